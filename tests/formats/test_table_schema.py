"""The Table Schema: the columns as the codebook has them, and the missing values each with its label."""

from __future__ import annotations

import json

from attrs import evolve

from gtdlike.codebook import load_codebook
from gtdlike.formats import export
from gtdlike.formats.table_schema import table_schema

BOOK = load_codebook()
SCHEMA = table_schema(BOOK)
FIELDS = {field["name"]: field for field in SCHEMA["fields"]}


def test_the_columns() -> None:
    assert list(FIELDS) == list(BOOK.columns)
    assert SCHEMA["$schema"].endswith("/2.0/tableschema.json")
    assert SCHEMA["primaryKey"] == ["eventid"]
    assert {field["type"] for field in FIELDS.values()} == {"integer", "number", "string", "date"}
    assert json.loads(export(BOOK, "table-schema")) == SCHEMA
    for name, variable in BOOK.variables.items():
        assert FIELDS[name]["title"] == variable.label
        assert FIELDS[name]["description"].startswith(variable.definition)


def test_codes_are_categories_with_labels() -> None:
    assert FIELDS["attacktype1"]["categories"][0] == {"value": 1, "label": "Assassination"}
    assert FIELDS["success"]["categories"] == [{"value": 0, "label": "No"}, {"value": 1, "label": "Yes"}]
    assert FIELDS["attacktype1_txt"]["categories"][0] == "Assassination"
    for field in FIELDS.values():
        values = [c["value"] if isinstance(c, dict) else c for c in field.get("categories", [])]
        assert len(values) == len(set(values))


def test_a_blank_and_an_unknown_answer_stay_apart() -> None:
    assert [one["value"] for one in SCHEMA["missingValues"]] == [""]
    assert [one["value"] for one in FIELDS["nperps"]["missingValues"]] == ["", "-99"]
    assert "missingValues" not in FIELDS["nkill"]
    assert len({one["label"] for one in FIELDS["city"]["missingValues"]}) == 2


def test_bounds() -> None:
    assert FIELDS["imonth"]["constraints"] == {"minimum": 0, "maximum": 12}
    assert FIELDS["latitude"]["constraints"] == {"minimum": -90, "maximum": 90}


def test_without_a_rule_of_uniqueness_there_is_no_key() -> None:
    assert "primaryKey" not in table_schema(evolve(BOOK, dataset_rules={}))
