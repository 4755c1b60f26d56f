"""A fault of a codebook is named with its file, its place and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from gtdlike.codebook import (
    CodebookError,
    Country,
    Group,
    check_codebook,
    load_codebook,
)

GTD = load_codebook()

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
