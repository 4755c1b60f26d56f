"""The built-in codebook is whole and fits the incident."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from typing import Any, get_args, get_type_hints

import pytest
from attrs import fields_dict

from gtdlike.codebook import (
    CodebookError,
    built_in_codebooks,
    check_codebook,
    load_codebook,
)
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
