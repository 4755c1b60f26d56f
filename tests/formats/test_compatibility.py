"""Whether a schema takes all that an older one took."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gtdlike.codebook import Code, CodeList, load_codebook
from gtdlike.formats import PARTS, json_schema_of
from gtdlike.formats.compatibility import breaking_changes

BOOK = load_codebook()


def changes(**more: Any) -> list[str]:
    return breaking_changes(json_schema_of(BOOK), json_schema_of(evolve(BOOK, **more)))


@pytest.mark.parametrize("part", PARTS)
def test_nothing_changed(part: Any) -> None:
    schema = json_schema_of(BOOK, part)
    assert breaking_changes(schema, copy.deepcopy(schema)) == []


def test_words_may_change() -> None:
    assert changes(version="1.0.1", title="Another title") == []


def test_a_variable_may_be_added_but_not_taken_out() -> None:
    fewer = {name: v for name, v in BOOK.variables.items() if name != "addnotes"}
    less, more = json_schema_of(evolve(BOOK, variables=fewer, rules={})), json_schema_of(evolve(BOOK, rules={}))
    assert "$: no longer there: addnotes." in breaking_changes(more, less)
    assert breaking_changes(less, more) == []


def test_bounds_may_be_loosened_but_not_tightened() -> None:
    variables = dict(BOOK.variables)
    variables["iyear"] = evolve(variables["iyear"], minimum=1970)
    assert changes(variables=variables) == ["$.iyear: the minimum is 1970 instead of 1900."]
    variables["iyear"] = evolve(variables["iyear"], minimum=1800)
    assert changes(variables=variables) == []
    variables["nperps"] = evolve(variables["nperps"], unknown=None)
    assert any("nperps" in one for one in changes(variables=variables))


def test_codes_may_be_added_but_not_taken_out() -> None:
    lists = dict(BOOK.code_lists)
    lists["claimmode"] = CodeList("claimmode", (*BOOK.code_lists["claimmode"], Code(11, "Broadcast")))
    assert changes(code_lists=lists) == []
    lists["claimmode"] = CodeList("claimmode", BOOK.code_lists["claimmode"].codes[1:])
    assert "$.claimmode: no longer valid: 1." in changes(code_lists=lists)


def test_rules_may_be_taken_out_but_not_become_errors() -> None:
    without = {name: rule for name, rule in BOOK.rules.items() if name != "day-31"}
    assert changes(rules=without) == []
    new = evolve(BOOK.rules["day-31"], id="new", check="NOT (imonth = 4 AND iday = 30)")
    assert changes(rules={**BOOK.rules, "new": new}) == ["$: rule new is new or asks for more."]
    stricter = evolve(BOOK.rules["day-31"], check="NOT (imonth IN (2, 4, 6, 9, 11) AND iday = 31)")
    assert changes(rules={**BOOK.rules, "day-31": stricter}) == ["$: rule day-31 is new or asks for more."]
    milder = evolve(BOOK.rules["day-31"], check="NOT (imonth IN (4, 6) AND iday = 31)")
    assert changes(rules={**BOOK.rules, "day-31": milder}) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"type": ["integer", "null"]}, {"type": "integer"}),
        ({}, {"type": "integer"}),
        ({"maximum": 3}, {"maximum": 2}),
        ({"maxLength": 3}, {"maxLength": 2}),
        ({}, {"required": ["a"]}),
        ({"enum": [1, 2]}, {"const": 1}),
        ({"enum": [1, 2]}, {"minimum": 2}),
        ({}, {"enum": [1]}),
        ({"not": {"const": 1}}, {"not": {"enum": [1, 2]}}),
        ({}, {"pattern": "a"}),
        ({"pattern": "a"}, {"pattern": "b"}),
        ({"prefixItems": [{}, {}]}, {"prefixItems": [{}], "items": False}),
        ({"anyOf": [{"const": 1}, {"const": 2}]}, {"anyOf": [{"const": 1}]}),
        ({"if": {"minimum": 3}, "then": {}}, {"if": {"minimum": 3}, "then": {"maximum": 5}}),
        ({"if": {"minimum": 3}, "then": {"maximum": 5}}, {"if": {"minimum": 2}, "then": {"maximum": 5}}),
        ({"properties": {"a": {}}}, {"properties": {"a": {}}, "additionalProperties": False}),
        ({"properties": {}}, {"properties": {"a": {"type": "string"}}}),
    ],
)
def test_what_breaks(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert breaking_changes(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"type": "integer"}, {"type": ["number", "null"]}),
        ({"minimum": 1}, {"minimum": 0}),
        ({"enum": [1, 2]}, {"enum": [3, 2, 1]}),
        ({"enum": [1, 2]}, {"type": "integer", "minimum": 0}),
        ({"minimum": 1}, {"anyOf": [{"const": -9}, {"minimum": 1}]}),
        ({"anyOf": [{"const": -9}, {"minimum": 1}]}, {"minimum": -9}),
        ({"not": {"enum": [1, 2]}}, {"not": {"const": 1}}),
        ({"properties": {}, "additionalProperties": False}, {"properties": {"a": {"const": 1}}}),
        ({"if": {"minimum": 2}, "then": {"maximum": 5}}, {"if": {"minimum": 3}, "then": {"maximum": 6}}),
        ({"required": ["a"]}, {"title": "x", "x-labels": {}}),
    ],
)
def test_what_does_not_break(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert breaking_changes(old, new) == []


small = st.integers(0, 4)
schemas = st.recursive(
    st.fixed_dictionaries({}, optional={"minimum": small, "maximum": small})
    | st.lists(small, min_size=1, max_size=3, unique=True).map(lambda values: {"enum": values})
    | st.sampled_from([{"type": "integer"}, {"type": ["integer", "null"]}, {"multipleOf": 2}]),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: {"allOf": parts})
        | st.lists(inner, min_size=1, max_size=2).map(lambda parts: {"anyOf": parts})
        | inner.map(lambda part: {"not": part})
        | st.builds(lambda a, b: {"if": a, "then": b}, inner, inner)
    ),
    max_leaves=4,
)


@settings(max_examples=200, deadline=None)
@given(schemas, schemas)
def test_what_is_called_compatible_is(old: dict[str, Any], new: dict[str, Any]) -> None:
    if breaking_changes(old, new):
        return
    for value in (None, -1, 0, 1, 2, 3, 4, 5):
        if Draft202012Validator(old).is_valid(value):
            assert Draft202012Validator(new).is_valid(value), value
