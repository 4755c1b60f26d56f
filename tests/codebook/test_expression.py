"""The language of rules: what is read, what is refused and where, and one logic in all engines."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.codebook import load_codebook
from gtdlike.codebook.expression import ExpressionError, check_types, columns_of, nodes, parse, to_python, to_sql
from gtdlike.codebook.expression.blanks import needed
from gtdlike.codebook.expression.polars import to_polars
from gtdlike.codebook.expression.screen import Screen, found_in, not_found_in

KINDS = {v.name: v.kind for v in load_codebook().variables.values()}
TYPES = {"integer": pl.Int64, "code": pl.Int64, "boolean": pl.Int64, "number": pl.Float64, "date": pl.Date,
         "text": pl.String, "label": pl.String}  # fmt: skip
many = settings(max_examples=60, deadline=None)

# What a rule is for a row: true, false or None.
VALUES = [
    ("nkillter <= nkill", {"nkill": 3, "nkillter": 2}, True),
    ("nkillter <= nkill", {"nkill": 3, "nkillter": 5}, False),
    ("nkillter <= nkill", {"nkill": 3}, None),
    ("nkill != 3", {"nkill": 3}, False),
    ("nkill IS NULL", {}, True),
    ("nkill is not null", {"nkill": 0}, True),
    ("nkill IS DISTINCT FROM nwound", {"nkill": 1}, True),
    ("nkill IS NOT DISTINCT FROM nwound", {}, True),
    ("nkill IN (1, 2, -99)", {"nkill": -99}, True),
    ("nkill NOT IN (1, 2)", {"nkill": 2}, False),
    ("nkill NOT IN (1, 2)", {}, None),
    ("nkill BETWEEN 1 AND 3 AND nwound = 1", {"nkill": 3, "nwound": 1}, True),
    ("nkill NOT BETWEEN 1 AND 3", {"nkill": 3}, False),
    ("NOT (nkill = 1 AND nwound = 1)", {"nkill": 1}, None),
    ("NOT (nkill = 1 AND nwound = 1)", {"nkill": 2}, True),
    ("nkill = 1 OR nwound = 1", {"nkill": 1}, True),
    ("nkill = 1 OR nwound = 1 AND nkillter = 1", {"nkill": 1, "nwound": 0}, True),
    ("(nkill + nwound) * 2 - 1 = 5", {"nkill": 1, "nwound": 2}, True),
    ("nkill % 4 = -1", {"nkill": -5}, True),
    ("COALESCE(nkill, nwound, 7) = 7", {}, True),
    ("NULLIF(nperps, -99) >= 1", {"nperps": -99}, None),
    ("NULLIF(nperps, nkill) = 4", {"nperps": 4}, True),
    ("ABS(latitude) <= 90", {"latitude": -91.5}, False),
    ("LENGTH(city) = 3", {"city": "Łódź"[:3]}, True),
    ("REGEXP_LIKE(related, '^[0-9]{12}$')", {"related": "201701010001"}, True),
    ("city = 'it''s'", {"city": "it's"}, True),
    ("EXTRACT(YEAR FROM resolution) = 2017", {"resolution": dt.date(2017, 1, 16)}, True),
    ("resolution >= DATE '2017-01-16'", {"resolution": dt.date(2017, 1, 16)}, True),
    ("CASE attacktype1 WHEN 1 THEN 10 WHEN 2 THEN 20 END = 20", {"attacktype1": 2}, True),
    ("CASE attacktype1 WHEN 1 THEN 10 END = 20", {"attacktype1": 2}, None),
]


def in_polars(expression, cells):
    names = columns_of(expression)
    frame = pl.DataFrame({n: [cells.get(n)] for n in names}, schema={n: TYPES[KINDS[n]] for n in names})
    return frame.select(to_polars(expression).alias("value"))["value"][0] if names else None


@pytest.mark.parametrize(("text", "cells", "value"), VALUES, ids=[f"{t} {c}" for t, c, _ in VALUES])
def test_what_a_rule_is_for_a_row(text, cells, value):
    expression = parse(text)
    assert check_types(expression, KINDS) == []
    assert to_python(expression)(cells) is value
    assert in_polars(expression, cells) is value
    assert parse(to_sql(expression).replace('"', "").replace("regexp_matches", "REGEXP_LIKE")) == expression


# What cannot be read: the rule, what the message says, and the text that stands where it points.
MISTAKES = [
    ("nkill >", "A number or a text", ""),
    ("nkill => 3", "A number or a text", "> 3"),
    ("nkill", "A comparison is expected, but the rule ends", ""),
    ("nkill = 3 nwound", "AND, OR or the end is expected", "nwound"),
    ("nkill = 3 ADN nwound = 1", "Did you mean 'AND'?", "ADN"),
    ('city = "Kabul"', "Put texts into single quotes", '"Kabul"'),
    ("city = 'Kabul", "A text is not closed", "'Kabul"),
    ("nkill IN (1, 2", ") is expected", ""),
    ("nkill / 2 = 1", "There is no division", "/ 2"),
    ("nkill % nwound = 1", "The divisor", "% nwound"),
    ("SQRT(nkill) = 1", "There is no function 'SQRT'", "SQRT"),
    ("LENGHT(city) = 1", "Did you mean 'LENGTH'?", "LENGHT"),
    ("NULLIF(nkill) = 1", "takes 2 values, not 1", "NULLIF"),
    ("EXTRACT(HOUR FROM resolution) = 1", "YEAR, MONTH or DAY", "HOUR"),
    ("REGEXP_LIKE(city, '[')", "no regular expression", "'['"),
    ("resolution = DATE '2017-02-30'", "is no date", "DATE"),
    ("nkill = 1; nwound", "';' is not expected", "; nwound"),
    ("nkill IS 3", "NULL or DISTINCT FROM", "3"),
]


@pytest.mark.parametrize(("text", "words", "there"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_what_cannot_be_read_is_pointed_at(text, words, there):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert words in str(caught.value)
    assert text[caught.value.at :].startswith(there)


@pytest.mark.parametrize(
    ("text", "words", "there"),
    [
        ("nkil = 3", "Did you mean 'nkill'?", "nkil"),
        ("nkill = 'three'", "It is a text, and is compared with a number", "'three'"),
        ("city > 'A'", "Texts have no order", "city"),
        ("city + 1 = 2", "A number is expected there, not a text", "city"),
        ("LENGTH(nkill) = 1", "A text is expected there, not a number", "nkill"),
        ("resolution = 20170116", "It is a number, and is compared with a date", "20170116"),
        ("nkill IN (1, 'two')", "It is a text", "nkill"),
    ],
)
def test_what_does_not_fit_the_codebook_is_pointed_at(text, words, there):
    (problem,) = check_types(parse(text), KINDS)
    assert words in str(problem)
    assert text[problem.at :].startswith(there)


# Expressions of any shape over a few variables of each type.
NUMBERS, TEXTS = ("nkill", "nwound", "latitude"), ("city", "gname")
numbers = st.deferred(
    lambda: st.one_of(
        st.builds(nodes.Column, st.sampled_from(NUMBERS)),
        st.builds(nodes.Constant, st.integers(-3, 3)),
        st.builds(nodes.Arithmetic, st.sampled_from("+-*"), numbers, numbers),
        st.builds(lambda a, n: nodes.Arithmetic("%", a, nodes.Constant(n)), numbers, st.integers(1, 4)),
        st.builds(lambda a, b: nodes.Call("COALESCE", (a, b)), numbers, numbers),
        st.builds(lambda a, b: nodes.Call("NULLIF", (a, b)), numbers, numbers),
        st.builds(lambda a: nodes.Call("ABS", (a,)), numbers),
    )
)
texts = st.builds(nodes.Column, st.sampled_from(TEXTS)) | st.builds(nodes.Constant, st.sampled_from(["", "a", "ab"]))
truths = st.deferred(
    lambda: st.one_of(
        st.builds(nodes.Compare, st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), numbers, numbers),
        st.builds(nodes.Compare, st.sampled_from(["=", "<>"]), texts, texts),
        st.builds(nodes.Distinct, numbers, numbers, st.booleans()),
        st.builds(nodes.IsNull, numbers | texts, st.booleans()),
        st.builds(nodes.In, numbers, st.lists(st.integers(-3, 3), min_size=1, max_size=3).map(tuple)),
        st.builds(nodes.Matches, texts, st.sampled_from(["a", "^b", "[ab]$"])),
        st.builds(nodes.Not, truths),
        st.builds(nodes.And, st.lists(truths, min_size=2, max_size=3).map(tuple)),
        st.builds(nodes.Or, st.lists(truths, min_size=2, max_size=3).map(tuple)),
    )
)
cells = st.fixed_dictionaries(
    {},
    optional={
        "nkill": st.integers(-3, 3),
        "nwound": st.integers(-3, 3),
        "latitude": st.sampled_from([-1.5, 0.0, 2.0]),
        "city": st.sampled_from(["a", "ab", "b"]),
        "gname": st.sampled_from(["a", "ab", "b"]),
    },
)


@pytest.mark.parametrize("pattern", ["a$", "a[$]?$", "^a.$|b$", r"a\$?$"])
@pytest.mark.parametrize("text", ["a", "a\n", "ba\n", "a\nb", "ab", "a$", "a$\n"])
def test_a_dollar_is_the_end_of_the_text_in_all_engines(pattern, text):
    expression = nodes.Matches(nodes.Column("city"), pattern)
    assert in_polars(expression, {"city": text}) is to_python(expression)({"city": text})


@many
@given(truths.filter(columns_of), cells)
def test_all_engines_have_one_logic(expression, row):
    value = to_python(expression)(row)
    assert value in (True, False, None)
    assert in_polars(expression, row) is value


@many
@given(truths.filter(columns_of), cells)
def test_what_an_expression_needs_is_filled_where_it_is_false(expression, row):
    for name in needed(expression):
        assert to_python(expression)({cell: value for cell, value in row.items() if cell != name}) is not False


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("nkillter <= nkill", ("nkillter", "nkill")),
        ("nkill IS NULL OR nwound = 1", ("nkill", "nwound")),
        ("nkill IS NOT NULL OR nwound = 1", ("nwound",)),
        ("NOT (nkill = 1 AND nwound = 1)", ("nkill", "nwound")),
        ("nkill IS NOT NULL", ()),
        ("COALESCE(nkill, nwound) = 1", ()),
    ],
)
def test_what_an_expression_needs(text, names):
    assert needed(parse(text)) == names


@many
@given(truths)
def test_an_expression_survives_its_sql(expression):
    again = parse(to_sql(expression).replace('"', "").replace("regexp_matches", "REGEXP_LIKE"))
    for row in ({}, {"nkill": 1, "city": "a"}, {"nwound": -2, "latitude": 2.0, "gname": "ab"}):
        assert to_python(again)(row) is to_python(expression)(row)


@pytest.mark.parametrize(
    ("pattern", "screen"),
    [
        ("a<b>|&(amp|gt);", Screen(holds=frozenset({"a<b>", "&"}))),
        ("[\x00-\x02\x7f]", Screen(holds=frozenset("\0\1\2\x7f"))),
        ("^[ \t]+x|y[ \t]+$", Screen(begins=frozenset(" \t"), ends=frozenset(" \t"))),
        ("x[ \t]{2,}y", Screen(holds=frozenset({"  ", " \t", "\t ", "\t\t"}))),
        ("^(ab|c)", None),
        ("[a-f]", None),
        ("(?i)<br>", None),
        ("x(?i:<)", None),
        ("(?:<a>)*", None),
    ],
)
def test_how_a_text_looks_that_a_pattern_is_found_in(pattern, screen):
    assert found_in(pattern) == screen


@pytest.mark.parametrize(
    ("pattern", "firsts"),
    [("[^ \t]", "\t "), ("[^x]", "x"), ("[x]", None), ("[^x]y", None), ("^[^x]", None), ("(?i)[^x]", None)],
)
def test_what_a_text_begins_with_that_a_pattern_is_not_found_in(pattern, firsts):
    assert not_found_in(pattern) == (firsts and Screen(begins=frozenset(firsts)))
