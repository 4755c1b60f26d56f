"""One rule, every use: tables, single rows, and the published schema by two validators find the same."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gtdlike.codebook import load_codebook
from gtdlike.formats.json_schema import row_schema
from gtdlike.formats.rule_schemas import covered
from gtdlike.testing import rows
from gtdlike.validation import validate

BOOK = load_codebook()
COVERED = covered(BOOK)
SCHEMA = row_schema(BOOK)
ONE = jsonschema.Draft202012Validator(SCHEMA)
OTHER = jsonschema_rs.Draft202012Validator(SCHEMA)

# What a program writes into a cell by mistake. Numbers written as text are left out: the validation reads them, as it
# must those of CSV files, and the schema does not.
JUNK = st.one_of(
    st.integers(-200, 3000),
    st.floats(-200, 3000).filter(lambda number: not number.is_integer()),
    st.text(st.characters(categories=["L", "Zs"]), min_size=1, max_size=8),
    st.sampled_from(["Unknown", "NA", "in spring", "2017-02-30", "201701010002, 201701010003", 1, 0, -9, -99]),
)


def refused_by_the_validation(row):
    """Whether a row has an error of what the schema covers: the kinds of cells, and the rules that it can say."""
    report = validate(row)
    together = validate([row], ignore=BOOK.dataset_rules)
    assert report.violations.equals(together.violations)
    forms = {"type", "column", "missing-mark", "spreadsheet-date", "spreadsheet-number"}
    return any(
        v["severity"] == "error"
        and (v["rule"] in forms or (v["rule"], v["variable"]) in COVERED or is_no_label(v["variable"], v["value"]))
        for v in report.violations.to_pylist()
    )


def is_no_label(variable, value):
    """Whether a cell is no label at all. That a label is the one of its code, the schema does not say."""
    return BOOK.variables[variable].kind == "label" and value not in BOOK.code_list(variable).by_label


def as_json(row):
    return {name: cell.isoformat() if isinstance(cell, dt.date) else cell for name, cell in row.items()}


@settings(max_examples=40, deadline=None)
@given(rows(), st.dictionaries(st.sampled_from(BOOK.columns), JUNK, max_size=4))
@example({"iyear": 2017}, {"nkil": 3})
def test_all_engines_agree(row, junk):
    spoilt = as_json(row | junk)
    refused = refused_by_the_validation(spoilt)
    assert ONE.is_valid(spoilt) is not refused, [error.message[:200] for error in ONE.iter_errors(spoilt)]
    assert OTHER.is_valid(spoilt) is not refused


@pytest.mark.parametrize("rule", [rule for rule in BOOK.rules.values() if any(r == rule.id for r, _ in COVERED)],
                         ids=lambda rule: rule.id)  # fmt: skip
def test_the_examples_of_the_rules_that_the_schema_says(rule):
    for cells, refused in [*((c, False) for c in rule.passes), *((c, True) for c in rule.fails)]:
        row = as_json(cells)
        assert refused_by_the_validation(row) == refused
        assert ONE.is_valid(row) is OTHER.is_valid(row) is (not refused)


def test_the_schema_that_is_published_is_the_one_that_was_tested():
    # Beside the package where the sources are; the installed package makes it from the codebook.
    path = Path(__file__).resolve().parent.parent / "schemas" / "row.schema.json"
    assert json.loads(path.read_text(encoding="utf-8")) == SCHEMA
