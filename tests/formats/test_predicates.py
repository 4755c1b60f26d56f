"""Rules as JSON Schema: the schema of a rule refuses the rows in which the rule is false, and no others."""

from __future__ import annotations

import re
from typing import Any

import jsonschema_rs
import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gtdlike.codebook import Code, Codebook, CodeList, Variable
from gtdlike.codebook.expression import nodes, parse, to_python, to_sql
from gtdlike.formats.places import flat_places, nested_places, schema_of
from gtdlike.formats.predicates import condition_of
from gtdlike.nested import steps_of

NUMBERS, TEXTS = (-9, 0, 1, 2, 3), ("a", "b", "Unknown")


def variable(name: str, kind: Any, **more: Any) -> Variable:
    return Variable(name=name, label=name, section="s", kind=kind, definition=name, **more)


BOOK = Codebook(
    id="small",
    version="1.0.0",
    title="A small codebook",
    sections={"s": "All of it."},
    variables={
        v.name: v
        for v in (
            variable("n", "integer", path="n"),
            variable("m", "integer", path="part.m"),
            variable("yes", "boolean", path="part.yes", unknown=-9),
            variable("no", "boolean", path="list[0]"),
            variable("c", "code", codes="c", path="list[1]"),
            variable("d", "code", codes="c", path="things[1].d"),
            variable("t", "text", path="things[0].t", unknown="Unknown"),
        )
    },
    code_lists={"c": CodeList("c", (Code(1, "one"), Code(2, "two"), Code(3, "three")))},
    groups=(),
    countries=(),
)

number_columns = st.sampled_from(["n", "m", "yes", "no", "c", "d"]).map(nodes.Column)
texts = st.just(nodes.Column("t"))
comparisons = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
number_constants = st.sampled_from(NUMBERS).map(nodes.Constant)
text_constants = st.sampled_from(TEXTS).map(nodes.Constant)


def calls(columns: Any, constants: Any) -> Any:
    nothing = st.builds(lambda a, b: nodes.Call("NULLIF", (a, b)), columns, constants)
    first = st.builds(lambda a, b: nodes.Call("COALESCE", (a, b)), columns | nothing, constants)
    second = st.builds(lambda a, b, c: nodes.Call("COALESCE", (a, b, c)), columns, columns, constants)
    return columns | nothing | first | second


numbers = calls(number_columns, number_constants)
leaves = (
    st.builds(nodes.Compare, comparisons, numbers, number_constants)
    | st.builds(nodes.Compare, comparisons, number_constants, numbers)
    | st.builds(nodes.Compare, st.sampled_from(["=", "<>"]), calls(texts, text_constants), text_constants)
    | st.builds(nodes.Compare, comparisons, number_columns, number_columns)
    | st.builds(nodes.Distinct, numbers, number_constants, st.booleans())
    | st.builds(nodes.Distinct, calls(texts, text_constants), text_constants, st.booleans())
    | st.builds(nodes.IsNull, numbers | calls(texts, text_constants), st.booleans())
    | st.builds(nodes.In, numbers, st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=3).map(tuple))
    | st.builds(nodes.In, calls(texts, text_constants), st.lists(st.sampled_from(TEXTS), min_size=1).map(tuple))
    | st.builds(nodes.Matches, texts, st.sampled_from(["^a", "b$", "n+k"]))
    | st.builds(
        lambda op, a, n: nodes.Compare(op, nodes.Arithmetic("%", a, nodes.Constant(n)), nodes.Constant(0)),
        st.sampled_from(["=", "<>"]),
        number_columns,
        st.sampled_from([2, 3]),
    )
    | st.builds(
        lambda op, sign, a, n, m: nodes.Compare(op, nodes.Arithmetic(sign, a, n), m),
        comparisons,
        st.sampled_from(["+", "-"]),
        number_columns,
        number_constants,
        number_constants,
    )
    | st.builds(
        lambda op, n: nodes.Compare(op, nodes.Call("LENGTH", (nodes.Column("t"),)), n), comparisons, number_constants
    )
)
expressions = st.recursive(
    leaves,
    lambda inner: (
        st.builds(nodes.Not, inner)
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: nodes.And(tuple(parts)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: nodes.Or(tuple(parts)))
    ),
    max_leaves=6,
)
DOMAINS: dict[str, Any] = {
    "n": NUMBERS,
    "m": NUMBERS,
    "yes": (0, 1, -9),
    "no": (0, 1),
    "c": (1, 2, 3),
    "d": (1, 2, 3),
    "t": TEXTS,
}
rows = st.fixed_dictionaries({name: st.none() | st.sampled_from(values) for name, values in DOMAINS.items()})


def nested(row: dict[str, Any]) -> dict[str, Any]:
    """The row at the paths of its variables, without blanks."""
    found: dict[str, Any] = {}
    lists: dict[str, dict[int, Any]] = {}
    for name, value in row.items():
        head, *rest = steps_of(BOOK.variables[name].path or "")
        if value is None:
            continue
        if rest and isinstance(rest[0], int):
            element = lists.setdefault(str(head), {})
            if len(rest) == 1:
                element[rest[0]] = value
            else:
                element.setdefault(rest[0], {})[rest[1]] = value
        elif rest:
            found.setdefault(head, {})[rest[0]] = value
        else:
            found[str(head)] = value
    for name, elements in lists.items():
        blank: Any = {} if name == "things" else None
        found[name] = [elements.get(i, blank) for i in range(max(elements) + 1)]
    return found


@settings(max_examples=250, deadline=None)
@given(expressions, st.lists(rows, min_size=1, max_size=8))
@example(parse("NOT (n = 1 AND t IS NULL)"), [{"n": 1}, {"n": 1, "t": "a"}, {"n": None}, {}])
@example(parse("c <> d AND yes + no >= 1"), [{"c": 1, "d": 1}, {"yes": 0, "no": 0}, {"yes": 1, "no": 0}])
def test_a_schema_refuses_the_rows_in_which_the_rule_is_false(expression: Any, made: list[dict[str, Any]]) -> None:
    condition = condition_of(expression, BOOK, BOOK.variables)
    if condition is None:
        return
    flat, deep = (schema_of(condition, places(BOOK)) for places in (flat_places, nested_places))
    Draft202012Validator.check_schema(flat)
    value = to_python(expression)
    second = jsonschema_rs.validator_for(flat)
    for row in made:
        passes = value(row) is not False
        told = f"{to_sql(expression)} for {row}: {flat}"
        assert Draft202012Validator(flat).is_valid(row) is passes, told
        assert Draft202012Validator(flat).is_valid({k: v for k, v in row.items() if v is not None}) is passes, told
        assert second.is_valid(row) is passes, told
        assert Draft202012Validator(deep).is_valid(nested(row)) is passes, f"{nested(row)}: {deep}"


@pytest.mark.parametrize(
    ("rule", "schema"),
    [
        ("n <= 3", {"properties": {"n": {"maximum": 3}}}),
        ("n IS NOT NULL", {"properties": {"n": {"type": "integer"}}, "required": ["n"]}),
        ("t IN ('a', 'b')", {"properties": {"t": {"enum": ["a", "b", None]}}}),
        ("n IS NULL OR n > 2", {"properties": {"n": {"exclusiveMinimum": 2}}}),
        ("n % 2 = 0", {"properties": {"n": {"multipleOf": 2}}}),
        ("COALESCE(n, 0) = 0", {"properties": {"n": {"enum": [0, None]}}}),
        ("LENGTH(t) BETWEEN 2 AND 5", {"properties": {"t": {"minLength": 2, "maxLength": 5}}}),
        (
            "NOT (yes = 1 AND t IS NULL)",
            {
                "if": {"properties": {"yes": {"const": 1}}, "required": ["yes"]},
                "then": {"properties": {"t": {"type": "string"}}, "required": ["t"]},
            },
        ),
        (
            "t IS NULL OR yes = 1",
            {
                "if": {"properties": {"t": {"type": "string"}}, "required": ["t"]},
                "then": {"properties": {"yes": {"enum": [1, None]}}},
            },
        ),
    ],
)
def test_how_a_rule_reads(rule: str, schema: dict[str, Any]) -> None:
    condition = condition_of(parse(rule), BOOK, BOOK.variables)
    assert condition is not None
    assert schema_of(condition, flat_places(BOOK)) == schema


@pytest.mark.parametrize("rule", ["n <= m", "n + m > 3", "n % 2 = 1", "REGEXP_LIKE(t, '\\d')", "n <= 3 AND n <= m"])
def test_what_json_schema_cannot_say_is_left_out_as_a_whole(rule: str) -> None:
    assert condition_of(parse(rule), BOOK, BOOK.variables) is None


def test_a_rule_of_a_variable_that_is_not_there_is_left_out() -> None:
    assert condition_of(parse("n > 1"), BOOK, ["m"]) is None


def test_codes_are_tried_only_while_they_are_few() -> None:
    many = CodeList("c", tuple(Code(i, str(i)) for i in range(50)))
    book = evolve(BOOK, code_lists={"c": many})
    assert condition_of(parse("c <= d"), BOOK, BOOK.variables) is not None
    assert condition_of(parse("c <= d"), book, book.variables) is None


def test_patterns_that_languages_read_differently_are_not_passed_on() -> None:
    for pattern in (r"\w", r"\bx", "(?i)x", "(?P<a>x)", "x*+"):
        try:
            re.compile(pattern)
        except re.error:
            continue
        assert condition_of(nodes.Matches(nodes.Column("t"), pattern), BOOK, BOOK.variables) is None, pattern
