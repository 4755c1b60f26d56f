"""The SQL of a codebook, run by DuckDB: what it takes, what it refuses by which constraint, and what it warns of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gtdlike.codebook import load_codebook
from gtdlike.codebook.checks import checks_of
from gtdlike.codebook.expression import to_python, to_sql
from gtdlike.codebook.expression.sql import quoted
from gtdlike.formats.example import example_row
from gtdlike.formats.sql import TABLE, constraints, sql

BOOK = load_codebook()
ERRORS = [rule for rule in BOOK.rules.values() if rule.severity == "error"]
WARNINGS = [rule for rule in BOOK.rules.values() if rule.severity == "warning"]
SCRIPT = sql(BOOK)
Row = dict[str, Any]


def insert(database: duckdb.DuckDBPyConnection, rows: list[Row]) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row)) or ["eventid"]
    places = f"({', '.join('?' * len(names))})"
    values = [row.get(name) for row in rows for name in names]
    database.execute(
        f"INSERT INTO {TABLE} ({', '.join(map(quoted, names))}) VALUES {', '.join([places] * len(rows))}", values
    )


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """All of the script but its comments, which take DuckDB seconds beside the checks, and have their own test."""
    with duckdb.connect() as connection:
        connection.execute("\n".join(line for line in SCRIPT.splitlines() if not line.startswith("COMMENT")))
        yield connection


@pytest.fixture
def empty(database: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    database.execute(f"DELETE FROM {TABLE}")
    return database


def names_of_checks(database: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The names of our constraints by what DuckDB makes of their expressions: it keeps their order, not their names."""
    texts = database.execute(
        f"SELECT constraint_text FROM duckdb_constraints() WHERE table_name = '{TABLE}' AND constraint_type = 'CHECK'"
    ).fetchall()
    ours = constraints(BOOK)
    assert len(texts) == len(ours)
    return {text: constraint.name for (text,), constraint in zip(texts, ours, strict=True)}


def test_every_column_is_there_and_told_of() -> None:
    with duckdb.connect() as database:
        bare = re.sub(r"\n  CONSTRAINT .*", "", SCRIPT).replace(",\n);", "\n);")
        assert "CONSTRAINT" not in bare
        database.execute(bare)
        found = database.execute("SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'incident'")
        columns = found.fetchall()
    assert [name for name, _ in columns] == list(BOOK.columns)
    for name, comment in columns:
        assert BOOK.variables[name].definition in comment


def test_every_code_has_its_label(database: duckdb.DuckDBPyConnection) -> None:
    for codes in BOOK.code_lists.values():
        found = database.execute(f"SELECT code, label, parent FROM code_{codes.name} ORDER BY code").fetchall()
        assert found == sorted((code.code, code.label, code.parent) for code in codes)


def test_valid_rows_are_taken(empty: duckdb.DuckDBPyConnection) -> None:
    rows = [row for rule in BOOK.rules.values() for row in rule.passes]
    # The examples are rows by themselves; together two of them may have one eventid.
    insert(empty, [example_row(BOOK), {}, *({k: v for k, v in row.items() if k != "eventid"} for row in rows)])
    assert empty.execute(f"SELECT count(*) FROM {TABLE}").fetchall() == [(len(rows) + 2,)]


@pytest.mark.parametrize("rule", ERRORS, ids=lambda rule: rule.id)
def test_an_error_is_refused_by_the_constraint_of_its_rule(empty: duckdb.DuckDBPyConnection, rule: Any) -> None:
    names = names_of_checks(empty)
    assert rule.fails
    for row in rule.fails:
        with pytest.raises(duckdb.ConstraintException) as error:
            insert(empty, [dict(row)])
        text = re.search(r"with expression (CHECK\\(.*\\))$".replace("\\\\", "\\"), str(error.value), re.S)
        assert text is not None, error.value
        assert names[text[1]].split(":")[0] == rule.id
        refused = [c.name for c in constraints(BOOK) if to_python(c.expression)(row) is False]
        assert {name.split(":")[0] for name in refused} == {rule.id}


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"attacktype1": 10}, "code:attacktype1"),
        ({"success": -9}, "code:success"),
        ({"nkill": -99}, "range:nkill"),
        ({"country": 95, "region": 1}, "parent:country"),
        ({"attacktype1": 1, "attacktype1_txt": "Armed Assault"}, "label:attacktype1_txt"),
        ({"attacktype1_txt": "Armed Assault"}, "label:attacktype1_txt"),
    ],
)
def test_what_follows_from_the_variables_is_refused(empty: duckdb.DuckDBPyConnection, row: Row, name: str) -> None:
    assert [c.name for c in constraints(BOOK) if to_python(c.expression)(row) is False] == [name]
    with pytest.raises(duckdb.ConstraintException, match="CHECK"):
        insert(empty, [row])


def test_an_eventid_comes_once(empty: duckdb.DuckDBPyConnection) -> None:
    insert(empty, [{"eventid": 201701160002}, {"eventid": None}, {"eventid": None}])
    with pytest.raises(duckdb.ConstraintException, match="unique"):
        insert(empty, [{"eventid": 201701160002}])


def test_warnings_are_listed(empty: duckdb.DuckDBPyConnection) -> None:
    expected: set[tuple[int, str, str]] = set()
    rows: list[Row] = []
    checks = [(c, to_python(c.expression)) for c in checks_of(BOOK) if c.severity == "warning"]
    for rule in WARNINGS:
        for row in rule.fails:
            # Rows are told apart by their eventids; those of which the date is part of the rule keep theirs out.
            if {"eventid", "iyear", "imonth", "iday"} & {
                name for c, _ in checks if c.rule == rule.id for name in c.reads
            }:
                continue
            made = {**row, "eventid": 201701010001 + len(rows)}
            rows.append(made)
            found = {(made["eventid"], c.rule, c.variable) for c, value in checks if value(made) is False}
            assert rule.id in {name for _, name, _ in found}
            expected |= found
    insert(empty, rows)
    assert set(empty.execute(f"SELECT eventid, rule, variable FROM {TABLE}_warnings").fetchall()) == expected


def test_names_are_quoted_and_texts_escaped() -> None:
    order = evolve(BOOK.variables["addnotes"], name="order", label="It's", definition='A "note"; --')
    book = evolve(BOOK, variables={"order": order}, rules={}, dataset_rules={}, title="It's a title")
    with duckdb.connect() as connection:
        connection.execute(sql(book))
        assert connection.execute("SELECT comment FROM duckdb_columns() WHERE table_name = 'incident'").fetchall() == [
            ('It\'s. A "note"; --',)
        ]


def test_postgresql_has_its_own_words() -> None:
    script = sql(BOOK, "postgresql")
    assert "regexp_like(" in script
    assert "regexp_matches(" not in script
    assert 'CONSTRAINT "killed-perpetrators" CHECK ("nkillter" <= "nkill")' in script


# A second opinion: DuckDB and Python must agree on every rule, NULL included.

VALUES: dict[str, Any] = {
    "integer": st.none() | st.sampled_from([-99, 0, 1, 2, 3, 12, 29, 31, 1900, 2016, 2017, 2**31]),
    "number": st.none() | st.sampled_from([-99.0, 0.0, 0.5, 1.0, 45.0]),
    "boolean": st.none() | st.sampled_from([-9, 0, 1]),
    "code": st.none() | st.integers(1, 16) | st.sampled_from([95, 217]),
    "text": st.none()
    | st.sampled_from(["Unknown", "unknown", "Taliban", " x  y ", "\t", "<b>x</b>", "201701160002, 1"]),
    "label": st.none() | st.sampled_from(["Assassination", "Iraq", "Unknown"]),
    "date": st.none() | st.dates(),
}
TYPES = {"integer": pa.int64(), "code": pa.int64(), "boolean": pa.int64(), "number": pa.float64(), "date": pa.date32()}
ARROW = {v.name: TYPES.get(v.kind, pa.string()) for v in BOOK.variables.values()}
# A whole number of 64 bits that is no eventid would not fit where rules calculate with it; its range is checked first.
EVENTIDS = st.none() | st.sampled_from([201701160001, 201702290000, 200013319999])
# Of a rule that holds for many variables a few are enough.
PLACES = Counter[str]()
CHECKS = [
    (check, to_python(check.expression))
    for check in checks_of(BOOK)
    if PLACES.update([check.rule]) or PLACES[check.rule] < 12
]


@st.composite
def any_rows(draw: Any) -> list[Row]:
    """Rows in which about a third of the cells is filled, with values that rules speak of."""
    found = []
    for _ in range(draw(st.integers(10, 30))):
        random = draw(st.randoms(use_true_random=False))
        names = random.sample(list(BOOK.columns), k=random.choice([20, 60, 130]))
        row = {name: draw(VALUES[BOOK.variables[name].kind]) for name in names}
        found.append({**row, "eventid": draw(EVENTIDS)})
    return found


@settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(any_rows())
def test_duckdb_and_python_agree_on_every_check(rows: list[Row]) -> None:
    rows += [dict(row) for rule in BOOK.rules.values() for row in (*rule.passes, *rule.fails)]
    with duckdb.connect() as connection:
        # As a table of Arrow, because inserting rows one by one takes longer than all the rest.
        columns = {name: pa.array([row.get(name) for row in rows], type_) for name, type_ in ARROW.items()}
        connection.register("plain", pa.table(columns))
        told = ", ".join(f"({to_sql(check.expression)})" for check, _ in CHECKS)
        found = connection.execute(f"SELECT {told} FROM plain").fetchall()
    for place, (check, value) in enumerate(CHECKS):
        for row, answers in zip(rows, found, strict=True):
            assert answers[place] is value(row), f"{check.rule}: {to_sql(check.expression)} of {row}"
