"""The built-in codebook is whole and fits the incident; a codebook of one's own is read, or its fault is named."""

from __future__ import annotations

import csv
import pickle
import re
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from attrs import evolve, fields_dict
from hypothesis import given
from hypothesis import strategies as st

from gtdlike.codebook import (
    Code,
    CodebookError,
    CodebookProblem,
    CodeList,
    Country,
    Group,
    built_in_codebooks,
    check_codebook,
    load_codebook,
)
from gtdlike.codebook.sheet import read_sheet
from gtdlike.errors import GtdlikeError, did_you_mean
from gtdlike.incident import Incident, Unknown

GTD = load_codebook()
COLUMNS = """
eventid iyear imonth iday approxdate extended resolution country country_txt region region_txt provstate city latitude
longitude specificity vicinity location summary crit1 crit2 crit3 doubtterr alternative alternative_txt multiple
success suicide attacktype1 attacktype1_txt attacktype2 attacktype2_txt attacktype3 attacktype3_txt targtype1
targtype1_txt targsubtype1 targsubtype1_txt corp1 target1 natlty1 natlty1_txt targtype2 targtype2_txt targsubtype2
targsubtype2_txt corp2 target2 natlty2 natlty2_txt targtype3 targtype3_txt targsubtype3 targsubtype3_txt corp3 target3
natlty3 natlty3_txt gname gsubname gname2 gsubname2 gname3 gsubname3 motive guncertain1 guncertain2 guncertain3
individual nperps nperpcap claimed claimmode claimmode_txt claim2 claimmode2 claimmode2_txt claim3 claimmode3
claimmode3_txt compclaim weaptype1 weaptype1_txt weapsubtype1 weapsubtype1_txt weaptype2 weaptype2_txt weapsubtype2
weapsubtype2_txt weaptype3 weaptype3_txt weapsubtype3 weapsubtype3_txt weaptype4 weaptype4_txt weapsubtype4
weapsubtype4_txt weapdetail nkill nkillus nkillter nwound nwoundus nwoundte property propextent propextent_txt
propvalue propcomment ishostkid nhostkid nhostkidus nhours ndays divert kidhijcountry ransom ransomamt ransomamtus
ransompaid ransompaidus ransomnote hostkidoutcome hostkidoutcome_txt nreleased addnotes scite1 scite2 scite3 dbsource
INT_LOG INT_IDEO INT_MISC INT_ANY related
""".split()
LISTS = {"attacks": 3, "weapons": 4, "targets": 3, "perpetrators": 3, "citations": 3}
TYPES = {"integer": "int", "number": "float", "boolean": "bool", "code": "int", "text": "str", "date": "date"}


def types_at(path: str) -> set[Any]:
    """The types that an incident allows at a path, as far as the classes tell."""
    found: Any = Incident
    for step in path.split("."):
        match = re.fullmatch(r"(\w+)(?:\[(\d)\])?", step)
        assert match, path
        assert match[1] in fields_dict(found), path
        found = get_type_hints(found)[match[1]]
        assert (match[2] is not None) == (match[1] in LISTS), path
        if match[2] is not None:
            (found,) = get_args(found)
    return set(get_args(found)) or {found}


def leaves(cls: type, prefix: str = "") -> set[str]:
    """The paths of all the values that an incident holds."""
    paths: set[str] = set()
    for name, hint in get_type_hints(cls).items():
        for index in [f"[{i}]" for i in range(LISTS[name])] if name in LISTS else [""]:
            inner = get_args(hint)[0] if name in LISTS else hint
            path = f"{prefix}{name}{index}"
            paths |= leaves(inner, path + ".") if hasattr(inner, "__attrs_attrs__") else {path}
    return paths


# The built-in codebook.


def test_columns_are_those_of_the_flat_row_in_their_order() -> None:
    assert list(GTD.columns) == COLUMNS
    assert len(COLUMNS) == 135


def test_built_in_codebook_has_no_problems() -> None:
    assert [str(problem) for problem in check_codebook(GTD)] == []


def test_built_in_codebook_is_read_once() -> None:
    assert built_in_codebooks() == ("gtd",)
    assert load_codebook("gtd") is GTD
    assert (GTD.id, GTD.version) == ("gtd", "1.0.0")


def test_every_value_of_an_incident_has_one_variable() -> None:
    paths = [v.path for v in GTD.variables.values() if v.path is not None]
    assert sorted(paths) == sorted(leaves(Incident))


@pytest.mark.parametrize("name", [v.name for v in GTD.variables.values() if v.path])
def test_kind_and_unknown_are_what_the_incident_allows(name: str) -> None:
    variable = GTD.variable(name)
    assert variable.path is not None
    types = types_at(variable.path)
    assert TYPES[variable.kind] in {t.__name__ for t in types if isinstance(t, type)}
    if variable.unknown is not None:
        assert any(Unknown.UNKNOWN in get_args(t) for t in types)


def test_labels_follow_their_codes() -> None:
    for v in GTD.variables.values():
        if v.kind == "label":
            assert v.name == f"{v.label_of}_txt"
            assert GTD.columns.index(v.name) == GTD.columns.index(str(v.label_of)) + 1


@pytest.mark.parametrize(
    ("variables", "unknown"),
    [
        (
            "doubtterr vicinity property ishostkid ransom claimed claim2 claim3 compclaim"
            " INT_LOG INT_IDEO INT_MISC INT_ANY",
            -9,
        ),
        ("nperps nperpcap nhostkid nhostkidus nhours ndays ransomamt ransompaid nreleased propvalue", -99),
        ("gname gname2 gname3 city provstate corp1 target1", "Unknown"),
        ("nkill nwound success suicide extended summary iday country attacktype1", None),
    ],
)
def test_unknown_codes(variables: str, unknown: int | str | None) -> None:
    assert {GTD.variable(name).unknown for name in variables.split()} == {unknown}


def test_every_section_is_used() -> None:
    assert {v.section for v in GTD.variables.values()} == set(GTD.sections)


@pytest.mark.parametrize("name", sorted(set(GTD.code_lists) - {"country", "natlty"}))
def test_every_code_is_defined_by_a_sentence_of_its_own(name: str) -> None:
    definitions = [code.definition for code in GTD.code_lists[name]]
    assert all(d[0].isupper() and d.endswith(".") for d in definitions)
    assert len(set(definitions)) == len(definitions)


def test_every_country_has_a_region_unless_it_is_no_place() -> None:
    without = {c.label for c in GTD.code_lists["country"] if c.parent is None}
    assert without == {"Asian", "Commonwealth of Independent States", "Sinhalese", "Multinational"}
    assert all(c.parent is not None for name in ("targsubtype", "weapsubtype") for c in GTD.code_lists[name])


def test_a_country_and_a_nationality_of_one_code_are_the_same() -> None:
    nationalities = GTD.code_lists["natlty"].by_code
    assert all(nationalities[c.code].label == c.label for c in GTD.code_lists["country"] if c.code in nationalities)


def test_codes_by_name() -> None:
    assert GTD.label("country", 95) == "Iraq"
    assert GTD.label("attacktype2_txt", 3) == "Bombing/Explosion"
    assert GTD.label("country", None) is None
    assert GTD.code_list("targsubtype3").parent(112) == 1
    assert GTD.code_lists["weaptype"].code("Explosives") == 6
    with pytest.raises(CodebookError, match=r"no variable 'atacktype1'\. Did you mean 'attacktype1'"):
        GTD.variable("atacktype1")
    with pytest.raises(CodebookError, match=r"attacktype1: There is no code 10\. .*has: 1, 2, 3"):
        GTD.label("attacktype1", 10)
    with pytest.raises(CodebookError, match="'nkill' has no codes"):
        GTD.label("nkill", 1)


def test_a_codebook_survives_pickling() -> None:
    assert pickle.loads(pickle.dumps(GTD)) == GTD


def test_reading_a_codebook_loads_no_heavy_library() -> None:
    program = (
        "import sys; from gtdlike.codebook import load_codebook; load_codebook();"
        "print(sorted({'cattrs', 'polars', 'pyarrow', 'jsonschema', 'hypothesis'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


# A codebook of one's own.


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the built-in codebook to spoil."""
    with resources.as_file(resources.files("gtdlike.codebook").joinpath("gtd")) as folder:
        return shutil.copytree(folder, tmp_path / "own")


def test_a_codebook_is_read_from_its_folder_or_its_file(own: Path) -> None:
    assert load_codebook(own) == GTD
    assert load_codebook(str(own / "codebook.toml")) == GTD


def test_codes_and_names_may_be_absent(tmp_path: Path) -> None:
    (tmp_path / "codebook.toml").write_text('id = "x"\nversion = "1"\ntitle = "X"\n[sections]\nall = "All."\n')
    (tmp_path / "variables.toml").write_text(
        '[[variable]]\nname = "summary"\nlabel = "Summary"\nsection = "all"\nkind = "text"\npath = "summary"\n'
        'definition = "What happened."\n'
    )
    codebook = load_codebook(tmp_path)
    assert codebook.columns == ("summary",)
    assert (codebook.code_lists, codebook.groups, codebook.countries) == ({}, (), ())


def test_names_are_read(own: Path) -> None:
    shutil.rmtree(own / "names", ignore_errors=True)
    (own / "names").mkdir()
    (own / "names" / "groups.csv").write_text(
        "name,kind,nationality,aliases\nRiver Front (RF),group,95,Front of the River| RFX\nRaiders,generic,,\n"
    )
    (own / "names" / "countries.csv").write_text(
        "code,name,iso,capital,aliases,demonyms\n"
        "95,Iraq,IQ,Baghdad,Republic of Iraq,Iraqi|Iraqis\n"
        "406,South Yemen,,Aden,,\n"
    )
    codebook = load_codebook(own)
    assert codebook.groups == (
        Group("River Front (RF)", ("Front of the River", "RFX"), "group", 95),
        Group("Raiders", (), "generic"),
    )
    assert codebook.countries == (
        Country(95, "Iraq", ("Republic of Iraq",), ("Iraqi", "Iraqis"), "IQ", "Baghdad"),
        Country(406, "South Yemen", capital="Aden"),
    )


SPOILED = [
    # the file, what is replaced in it, by what; what the message says: where, what, and the remedy
    (
        "codebook.toml",
        'title = "',
        'titel = "',
        r"codebook\.toml: line 3: There is no field 'titel'\. Did you mean 'title'\?",
    ),
    ("codebook.toml", 'id = "gtd"', "id = 5", r"codebook\.toml: line 1: 'id' is not given as text\. Write id = "),
    (
        "codebook.toml",
        'country = "region"',
        'contry = "region"',
        r"\[parents\]: There is no code list 'contry'\. Did you mean 'country'",
    ),
    (
        "codebook.toml",
        'country = "region"',
        'country = "regoin"',
        r"\[parents\] country: There is no code list 'regoin'\. Did you mean 'region'",
    ),
    ("codebook.toml", 'country = "region"', "country = 1", r"line 25, \[parents\]: country is not a text"),
    ("codebook.toml", "[sections]", "[sections", r"codebook\.toml: line 6: It is not TOML: "),
    (
        "variables.toml",
        'name = "iyear"',
        'name = "eventid"',
        r"variables\.toml: line 17, variable eventid: It is there twice",
    ),
    (
        "variables.toml",
        'kind = "date"',
        'kind = "dat"',
        r"variable resolution: There is no kind 'dat'\. Did you mean 'date'",
    ),
    (
        "variables.toml",
        "minimum = 1900\n",
        "minimun = 1900\n",
        r"variable iyear: There is no field 'minimun'\. Did you mean 'minimum'",
    ),
    (
        "variables.toml",
        "minimum = 1900\n",
        'minimum = "1900"\n',
        r"variable iyear: minimum = '1900' is of a wrong type\. Write an integer or a number",
    ),
    ("variables.toml", 'label = "Year"\n', "", r"variable iyear: The field 'label' is missing"),
    ("variables.toml", 'label = "Year"', 'label = " "', r"variable iyear: The label is empty"),
    (
        "variables.toml",
        'label = "Year"',
        'label = "Month"',
        r"variable imonth: The label 'Month' is also that of iyear",
    ),
    (
        "variables.toml",
        'path = "date.year"',
        'path = "date.month"',
        r"variable imonth: The path 'date.month' is also that of iyear",
    ),
    (
        "variables.toml",
        'label_of = "country"\n',
        'label_of = "country"\npath = "place.name"\n',
        r"line 86, variable country_txt: Every variable has a `path`, except labels",
    ),
    (
        "variables.toml",
        'definition = "The year in which the incident began."',
        'definition = ""',
        r"variable iyear: The definition is empty",
    ),
    (
        "variables.toml",
        'section = "date"',
        'section = "dates"',
        r"variable iyear: There is no section 'dates'\. Did you mean 'date'",
    ),
    (
        "variables.toml",
        "maximum = 2100\n",
        "maximum = 100\n",
        r"variable iyear: The minimum 1900 is above the maximum 100",
    ),
    (
        "variables.toml",
        "maximum = 2100\n",
        "maximum = 2100\nunknown = 2000\n",
        r"variable iyear: `unknown` is 2000, which is also an answer",
    ),
    ("variables.toml", 'unknown = "Unknown"', "unknown = -9", r"variable provstate: `unknown` is -9\. Write a text"),
    (
        "variables.toml",
        'codes = "specificity"',
        'codes = "specifity"',
        r"variable specificity: There is no code list 'specifity'\. Did you mean 'specificity'",
    ),
    (
        "variables.toml",
        'codes = "specificity"\n',
        "",
        r"variable specificity: A variable of the kind 'code', and no other, has `codes`",
    ),
    (
        "variables.toml",
        'label_of = "country"',
        'label_of = "contry"',
        r"variable country_txt: There is no code variable 'contry'.*Did you mean 'country'",
    ),
    (
        "variables.toml",
        'parent = "targtype1"',
        'parent = "targtipe1"',
        r"variable targsubtype1: There is no code variable 'targtipe1'.*Did you mean 'targtype1'",
    ),
    (
        "variables.toml",
        'parent = "targtype1"',
        'parent = "weaptype1"',
        r"variable targsubtype1: Its parent 'weaptype1' has codes of 'weaptype'",
    ),
    ("variables.toml", "[[variable]]", "[variable]", r"variables\.toml: line 16: It is not TOML"),
    (
        "codes/hostkidoutcome.csv",
        "\n2,",
        "\n1,",
        r"hostkidoutcome\.csv: line 3, code 1: The code is there twice, as 'Attempted Rescue' and as 'Hostage",
    ),
    (
        "codes/region.csv",
        "\n4,East Asia",
        "\n4,South America",
        r"code 4: The label 'South America' is also that of the code 3",
    ),
    (
        "codes/region.csv",
        "\n4,",
        "\nfour,",
        r"region\.csv: line 5: The column 'code' is 'four', which is not an integer",
    ),
    ("codes/region.csv", "\n4,East Asia", "\n4,", r"region\.csv: line 5, code 4: The label is empty"),
    (
        "codes/region.csv",
        "\n4,East Asia",
        "\n4,East, Asia",
        r"region\.csv: line 5: There are 5 cells under 4 columns\. .*double quotes",
    ),
    (
        "codes/region.csv",
        "code,label",
        "code,lable",
        r"region\.csv: line 1: There is no column 'lable'\. Did you mean 'label'",
    ),
    ("codes/region.csv", "code,label", "code,code", r"region\.csv: line 1: The column 'code' is there twice"),
    (
        "codes/region.csv",
        "East Asia,,",
        "East Asia,3,",
        r"region\.csv: line 5, code 4: It has a parent, and the list of the parents is not named",
    ),
    (
        "codes/country.csv",
        "Afghanistan,6",
        "Afghanistan,66",
        r"line 2, code 4: There is no parent 66 in 'region'\. Write one of the codes of codes/region\.csv",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), SPOILED, ids=range(len(SPOILED)))
def test_a_fault_is_named_with_its_file_its_place_and_a_remedy(
    own: Path, file: str, old: str, new: str, message: str
) -> None:
    text = (own / file).read_text(encoding="utf-8")
    assert old in text
    (own / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CodebookError, match=message) as caught:
        load_codebook(own)
    assert str(own) in str(caught.value.file)
    assert caught.value.remedy


def test_an_unchecked_codebook_tells_all_that_is_wrong(own: Path) -> None:
    variables = (own / "variables.toml").read_text(encoding="utf-8")
    (own / "variables.toml").write_text(variables.replace('section = "date"', 'section = "day"'), encoding="utf-8")
    problems = check_codebook(load_codebook(own, check=False))
    assert [p.place for p in problems] == [f"variable {v.name}" for v in GTD.variables.values() if v.section == "date"]
    with pytest.raises(CodebookError, match=rf"And {len(problems) - 1} more"):
        load_codebook(own)


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        ((Group("A"), Group("A")), "group A: The group is there twice"),
        ((Group("River Front", ("RF",)), Group("Red Flag", ("RF",))), "group Red Flag: The name 'RF' is also that of"),
        ((Group("River Front"), Group("Red Flag", ("river front",))), "The name 'river front' is also that of"),
        ((Group("River Front", nationality=-1),), "group River Front: There is no nationality -1"),
    ],
)
def test_groups_that_cannot_be_told_apart(groups: tuple[Group, ...], message: str) -> None:
    problems = check_codebook(evolve(GTD, groups=groups))
    assert len(problems) == 1
    assert message in str(problems[0])


def test_an_acronym_and_a_word_are_told_apart_by_case() -> None:
    assert check_codebook(evolve(GTD, groups=(Group("River Front", ("SHE",)), Group("Red Flag", ("She",))))) == []


@pytest.mark.parametrize(
    ("countries", "message"),
    [
        ((Country(95, "Iraq"), Country(95, "Iran")), "country Iran: The code 95 is also that of Iraq"),
        (
            (Country(95, "Iraq", ("Land",)), Country(94, "Iran", ("Land",))),
            "country Iran: The name 'land' is also that of",
        ),
        ((Country(-1, "Nowhere"),), "country Nowhere: There is no country of the code -1"),
    ],
)
def test_countries_that_cannot_be_told_apart(countries: tuple[Country, ...], message: str) -> None:
    problems = check_codebook(evolve(GTD, countries=countries))
    assert len(problems) == 1
    assert message in str(problems[0])


def test_a_list_that_is_left_out_is_missed(own: Path) -> None:
    (own / "codes" / "region.csv").unlink()
    with pytest.raises(CodebookError, match=r"There is no code list 'region'.*\(And 1 more\.\)"):
        load_codebook(own)


def test_a_codebook_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"There is no codebook 'gdt'.*Did you mean 'gtd'\?"):
        load_codebook("gdt")
    with pytest.raises(CodebookError, match=r"codebook\.toml: The file is missing"):
        load_codebook(tmp_path)


def test_a_file_that_is_not_utf_8(own: Path) -> None:
    (own / "codes" / "region.csv").write_bytes("code,label\n1,Amérique\n".encode("latin-1"))
    with pytest.raises(CodebookError, match=r"region\.csv: It is not UTF-8.*Save it as CSV UTF-8"):
        load_codebook(own)


text = st.text(st.characters(codec="utf-8", exclude_characters="\0")).map(str.strip)


@given(st.lists(st.builds(Code, st.integers(), text.filter(bool), text, st.none() | st.integers())), st.booleans())
def test_a_code_list_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, codes: list[Code], mark: bool
) -> None:
    file = tmp_path_factory.getbasetemp() / "codes.csv"
    with file.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["code", "label", "parent", "definition"])
        writer.writerows([c.code, c.label, "" if c.parent is None else c.parent, c.definition] for c in codes)
    problems: list[CodebookProblem] = []
    rows = read_sheet(file, required=("code", "label"), optional=("parent", "definition"), tell=problems.append)
    assert problems == []
    assert codes == [
        Code(r.integer("code"), r.text("label"), r.get("definition"), r.optional_integer("parent")) for r in rows
    ]


@given(st.lists(st.builds(Code, st.integers(), text), unique_by=(lambda c: c.code, lambda c: c.label)))
def test_code_and_label_lead_to_each_other(codes: list[Code]) -> None:
    code_list = CodeList("x", tuple(codes))
    assert len(code_list) == len(codes)
    assert all(code_list.code(code_list.label(c.code)) == c.code for c in code_list)


# Errors.


@given(st.sampled_from(COLUMNS), st.data())
def test_a_slip_of_one_letter_is_recognised(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name)))
    assert did_you_mean(name[:at] + "x" + name[at:], [name, "zzz"]) == f"Did you mean {name!r}?"
    assert did_you_mean(name.upper(), COLUMNS).casefold() == f"Did you mean {name!r}?".casefold()


def test_nothing_near_is_not_guessed() -> None:
    assert did_you_mean("qqqqq", COLUMNS) == ""


def test_errors_survive_pickling_and_say_where_and_what_to_do() -> None:
    error = CodebookError("It is odd.", "file.csv", "line 3", "Even it.")
    assert str(error) == "file.csv: line 3: It is odd. Even it."
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.place) == (CodebookError, str(error), "line 3")
    assert isinstance(error, GtdlikeError)
    assert str(CodebookError("It is odd.")) == "It is odd."
