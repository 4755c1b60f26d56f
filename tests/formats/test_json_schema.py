"""The published JSON Schemas: up to date, valid, compatible, and at one with the validation of rows."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gtdlike.codebook import Variable, load_codebook
from gtdlike.codebook.checks import checks_of
from gtdlike.codebook.expression import to_python
from gtdlike.formats import PARTS, Part, json_schema_of, schema_text
from gtdlike.formats.cell_schemas import as_json
from gtdlike.formats.codebook_schema import codebook_schema
from gtdlike.formats.compatibility import breaking_changes
from gtdlike.formats.example import example_row
from gtdlike.formats.rule_schemas import covered, covered_checks, left_out
from gtdlike.nested import to_nested
from gtdlike.rows import from_row

ROOT = Path(__file__).resolve().parents[2]
BOOK = load_codebook()
SCHEMAS = {part: json.loads((ROOT / f"schemas/{part}.schema.json").read_text(encoding="utf-8")) for part in PARTS}
VALIDATORS = {part: Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
              for part, schema in SCHEMAS.items()}  # fmt: skip
SECOND = {part: jsonschema_rs.validator_for(schema, validate_formats=True) for part, schema in SCHEMAS.items()}
COVERED = [(check, to_python(check.expression)) for check in covered_checks(BOOK)]
ALL_ERRORS = [(check, to_python(check.expression)) for check in checks_of(BOOK) if check.severity == "error"]


def is_valid(part: Part, instance: Any) -> bool:
    """What two validators say, which must be the same."""
    found = VALIDATORS[part].is_valid(instance)
    assert SECOND[part].is_valid(instance) is found, instance
    return bool(found)


def as_object(row: dict[str, Any]) -> dict[str, Any]:
    return {name: as_json(value) for name, value in row.items()}


@pytest.mark.parametrize("part", PARTS)
def test_a_schema_is_what_the_codebook_makes(part: Part) -> None:
    text = (ROOT / f"schemas/{part}.schema.json").read_text(encoding="utf-8")
    assert text == schema_text(BOOK, part), "run make schemas"


@pytest.mark.parametrize("part", PARTS)
def test_a_schema_is_one(part: Part) -> None:
    schema = SCHEMAS[part]
    Draft202012Validator.check_schema(schema)
    jsonschema_rs.meta.validate(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].startswith("urn:gtdlike:")
    assert part == "codebook" or f":{BOOK.version}:" in schema["$id"]
    assert schema["title"]
    assert schema["description"]
    assert schema["examples"], part
    for example in schema["examples"]:
        assert is_valid(part, example), list(VALIDATORS[part].iter_errors(example))


@pytest.mark.parametrize("part", PARTS)
def test_what_was_published_stays_valid_within_a_major_version(part: Part) -> None:
    published = {tuple(map(int, f.name.split("."))): f for f in (ROOT / "schemas/published").iterdir() if f.is_dir()}
    assert published, "run scripts/make_schemas.py --publish"
    present = tuple(map(int, BOOK.version.split(".")))
    before = [version for version in published if version[0] == present[0] and version <= present]
    for version in sorted(before)[-1:]:
        old = json.loads((published[version] / f"{part}.schema.json").read_text(encoding="utf-8"))
        changes = breaking_changes(old, SCHEMAS[part])
        assert not changes, f"Not without a new major version of the codebook: {changes}"


def test_everything_in_a_row_has_a_title_and_a_description() -> None:
    for name, schema in SCHEMAS["row"]["properties"].items():
        assert schema["title"], name
        assert schema["description"], name
    for variable in BOOK.variables.values():
        assert SCHEMAS["row"]["properties"][variable.name]["title"] == variable.label
    for name, codes in BOOK.code_lists.items():
        assert SCHEMAS["row"]["$defs"][name]["x-labels"] == {str(c.code): c.label for c in codes}


def test_every_rule_is_said_or_named_as_left_out() -> None:
    comments = Counter(part["$comment"].split()[1] for part in SCHEMAS["row"]["allOf"])
    errors = {rule.id for rule in BOOK.rules.values() if rule.severity == "error"}
    outside = {check.rule for check in left_out(BOOK)} - {"label"}
    assert errors == (set(comments) - {"parent"}) | outside
    assert not set(comments) & outside
    assert all(name in SCHEMAS["row"]["description"] for name in outside)
    assert len(outside) <= len(errors) // 3
    assert ("parent", "country") in covered(BOOK)
    assert {("code", "attacktype1"), ("range", "nkill")} <= covered(BOOK)


@pytest.mark.parametrize("rule", [rule.id for rule in BOOK.rules.values()])
def test_the_examples_of_the_rules(rule: str) -> None:
    said = rule in {name for name, _ in covered(BOOK)}
    for row in BOOK.rules[rule].passes:
        assert is_valid("row", as_object(dict(row)))
        assert is_valid("incident", to_nested(from_row(row)))
    for row in BOOK.rules[rule].fails:
        assert is_valid("row", as_object(dict(row))) is not said
        assert is_valid("incident", to_nested(from_row(row))) is not said


STRANGE: dict[str, Any] = {
    "integer": st.sampled_from([-9, -99, 0, 1, 2, 29, 30, 31, 1900, 2016, 2017, 2**31, 201702290001]),
    "number": st.sampled_from([-99.0, -1.0, 0.0, 0.5, 91.0, 1e9]),
    "boolean": st.sampled_from([-9, 0, 1, 2]),
    "code": st.integers(-9, 25) | st.sampled_from([95, 217, 999]),
    "text": st.sampled_from(["Unknown", "unknown", "Taliban", "201701160001", " ", "<b>x</b>"]),
    "date": st.dates(),
}


BASES = [{}, example_row(BOOK), *(dict(row) for rule in BOOK.rules.values() for row in (*rule.passes, *rule.fails))]
READS = [list(check.reads) for check, _ in ALL_ERRORS if check.rule != "label"]
OWN = [v.name for v in BOOK.variables.values() if v.kind != "label"]


@st.composite
def rows_with_mistakes(draw: Any) -> dict[str, Any]:
    """Rows in which some cells are others, or blank. Labels follow from the codes, as in all that we write."""
    row: dict[str, Any] = dict.fromkeys(BOOK.columns) | draw(st.sampled_from(BASES))
    # Rules read few variables together, so those of one rule are changed together.
    for name in [*draw(st.sampled_from(READS)), *draw(st.lists(st.sampled_from(OWN), max_size=4))]:
        row[name] = draw(st.none() | STRANGE[BOOK.variables[name].kind] | values_of(BOOK.variables[name]))
    for variable in BOOK.variables.values():
        if variable.label_of is not None:
            known = BOOK.code_list(variable.name).by_code.get(row[variable.label_of])
            row[variable.name] = known.label if known else None
    return row


def values_of(variable: Variable) -> Any:
    """Values that are valid by themselves."""
    if variable.kind == "code":
        return st.sampled_from([code.code for code in BOOK.code_list(variable.name)])
    if variable.kind == "boolean":
        return st.sampled_from([0, 1])
    return STRANGE[variable.kind]


@settings(max_examples=150, deadline=None)
@given(rows_with_mistakes(), st.booleans())
def test_the_schemas_refuse_what_the_checks_they_cover_refuse(row: dict[str, Any], leave_out: bool) -> None:
    wrong = [check for check, value in COVERED if value(row) is False]
    given_row = {name: value for name, value in as_object(row).items() if not leave_out or value is not None}
    assert is_valid("row", given_row) is (not wrong), [e.message for e in VALIDATORS["row"].iter_errors(given_row)]
    if not any(check.rule == "range" or check.rule == "code" for check in wrong):
        assert is_valid("incident", to_nested(from_row(row))) is (not wrong)


def test_cells_of_a_wrong_form_are_refused() -> None:
    for wrong in (
        {"nkill": "3"},
        {"nkill": 3.5},
        {"nkill": 2**31},
        {"nkill": -99},
        {"success": True},
        {"success": -9},
        {"attacktype1": 10},
        {"attacktype1_txt": "Assassinaton"},
        {"city": ""},
        {"resolution": "16 January 2017"},
        {"resolution": "2017-02-30"},
        {"nkil": 3},
        {"evidence": [{"variable": "nkill"}]},
    ):
        assert not is_valid("row", wrong), wrong
    for right in ({"nkill": 3.0}, {"nperps": -99}, {"city": "Unknown"}, {"article_id": "a", "background": False}, {}):
        assert is_valid("row", right), right


def test_a_coded_row_with_evidence_is_valid() -> None:
    quote = {"variable": "nkill", "start": 3, "end": 8, "quote": "three", "how": "stated", "rule": "toll"}
    default = {"variable": "suicide", "start": None, "end": None, "quote": None, "how": "default", "rule": "suicide"}
    assert is_valid("row", {"article_id": "a", "nkill": 3, "background": False, "evidence": [quote, default]})
    assert is_valid("evidence", quote)
    for wrong in (quote | {"end": None}, default | {"quote": "x"}, quote | {"variable": "nkil"}, quote | {"how": "x"}):
        assert not is_valid("evidence", wrong)


def test_the_files_of_the_codebook_fit_their_schema() -> None:
    import tomllib

    folder = ROOT / "gtdlike/codebook/gtd"
    for name in ("codebook", "variables", "rules"):
        content = json.loads(
            json.dumps(tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8")), default=str)
        )
        assert is_valid("codebook", content), list(VALIDATORS["codebook"].iter_errors(content))
    for wrong in (
        {"rule": [{"id": "x", "severity": "fatal"}]},
        {"variable": [{"label": "x"}]},
        {"id": "x"},
        {"dataset_rules": []},
    ):
        assert not is_valid("codebook", wrong), wrong


def test_the_schema_of_a_codebook_knows_the_fields_that_the_loader_reads() -> None:
    from gtdlike.codebook.fields import HEADER, READERS

    schema = codebook_schema()
    assert set(HEADER) <= set(schema["properties"])
    for table, readers in READERS.items():
        assert set(readers) == set(schema["$defs"][table]["properties"]) or table == "variable"
        assert set(readers) <= set(schema["$defs"][table]["properties"])


def test_a_codebook_of_ones_own_has_its_own_schema() -> None:
    nkill = evolve(BOOK.variables["nkill"], maximum=10)
    book = evolve(BOOK, id="lab", version="2.0.0", variables={"nkill": nkill}, rules={}, dataset_rules={})
    schema = json_schema_of(book)
    assert schema["$id"] == "urn:gtdlike:codebook:lab:2.0.0:row"
    assert example_row(book) == {"nkill": 0}
    assert Draft202012Validator(schema).is_valid({"nkill": 10})
    assert not Draft202012Validator(schema).is_valid({"nkill": 11})
    assert set(json_schema_of(book, "incident")["properties"]) == {"casualties"}
