"""A codebook as SQL for DuckDB and PostgreSQL: a table of incidents with its checks, tables of codes, the warnings.

Every error of a row is a CHECK with the name of its rule, so a database refuses what `gtdlike validate` refuses. (In
what DuckDB says then stands the expression; it forgets the names.) Warnings do not stop a row: the view
`incident_warnings` lists them. Codes are checked by lists rather than by foreign keys, because the unknown codes are in
no list, and because DuckDB loads tables with foreign keys slowly. What rules say of several rows together is left to
`gtdlike validate`, but for rows that must be unique.

All whole numbers are BIGINT: the rules calculate with them, and dates as yyyymmdd do not fit into less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve, fields, frozen

from gtdlike.codebook.checks import Check, checks_of
from gtdlike.codebook.expression import Expression, nodes, to_sql
from gtdlike.codebook.expression.sql import Dialect, constant, quoted
from gtdlike.codebook.model import Codebook, CodeList, DatasetRule, Kind
from gtdlike.formats.rule_schemas import words

TABLE: Final = "incident"
_TYPES: Final[Mapping[Kind, str]] = {
    "integer": "BIGINT",
    "code": "BIGINT",
    "boolean": "BIGINT",
    "number": "DOUBLE PRECISION",
    "text": "TEXT",
    "label": "TEXT",
    "date": "DATE",
}
_LOADING: Final[Mapping[Dialect, str]] = {
    "duckdb": "INSERT INTO incident BY NAME SELECT * FROM 'incidents.parquet';",
    "postgresql": "\\copy incident FROM 'incidents.csv' WITH (FORMAT csv, HEADER)",
}


@frozen
class Constraint:
    """A constraint of the table: the name of its rule, and what must not be false."""

    name: str
    expression: Expression


def sql(codebook: Codebook, dialect: Dialect = "duckdb") -> str:
    """The statements that make the tables and the view, as one script."""
    return "\n".join(
        [
            f"-- {codebook.title}. Codebook {codebook.id}, version {codebook.version}, for {dialect}.",
            "-- Every check is named after its rule; a row that it refuses is an error of `gtdlike validate` as well.",
            f"-- To fill it: {_LOADING[dialect]}",
            "",
            *(line for codes in codebook.code_lists.values() for line in _codes(codes)),
            *_table(codebook, dialect),
            *_comments(codebook),
            *_warnings(codebook, dialect),
        ]
    )


def constraints(codebook: Codebook) -> list[Constraint]:
    """The checks of a row that are errors, one constraint for each rule and variable."""
    parts: dict[tuple[str, str], list[Expression]] = {}
    for check in checks_of(codebook):
        if check.severity == "error":
            parts.setdefault((check.rule, check.variable), []).append(check.expression)
    times = Counter(rule for rule, _ in parts)
    return [
        Constraint(
            rule if times[rule] == 1 and rule in codebook.rules else f"{rule}:{variable}",
            found[0] if len(found) == 1 else nodes.And(tuple(found)),
        )
        for (rule, variable), found in parts.items()
    ]


def _codes(codes: CodeList) -> Iterator[str]:
    name = quoted(f"code_{codes.name}")
    yield f"CREATE TABLE {name} (code BIGINT PRIMARY KEY, label TEXT NOT NULL, parent BIGINT, definition TEXT);"
    if len(codes):
        rows = (
            f"  ({code.code}, {constant(code.label)}, {_or_null(code.parent)}, {_or_null(code.definition or None)})"
            for code in codes
        )
        yield f"INSERT INTO {name} VALUES\n" + ",\n".join(rows) + ";"
    yield ""


def _or_null(value: int | str | None) -> str:
    return "NULL" if value is None else constant(value)


def _table(codebook: Codebook, dialect: Dialect) -> Iterator[str]:
    lines = [f"  {quoted(v.name)} {_TYPES[v.kind]}" for v in codebook.variables.values()]
    lines += [f"  CONSTRAINT {quoted(c.name)} CHECK ({_sql(c.expression, dialect)})" for c in constraints(codebook)]
    lines += [
        f"  CONSTRAINT {quoted(rule.id)} UNIQUE ({', '.join(map(quoted, rule.columns))})" for rule in _unique(codebook)
    ]
    yield f"CREATE TABLE {TABLE} (\n" + ",\n".join(lines) + "\n);"
    yield ""


def _unique(codebook: Codebook) -> Iterable[DatasetRule]:
    """The rules that a UNIQUE says: NULL is like nothing there, as a blank is here."""
    return [
        rule
        for rule in codebook.dataset_rules.values()
        if rule.kind == "unique" and rule.severity == "error" and not rule.alike and rule.where is None
    ]


def _comments(codebook: Codebook) -> Iterator[str]:
    yield f"COMMENT ON TABLE {TABLE} IS {constant(f'{codebook.title}, {codebook.id} {codebook.version}')};"
    for v in codebook.variables.values():
        unknown = f" {v.unknown} where it was asked and is not known." if v.unknown is not None else ""
        text = f"{v.label}. {v.definition}{unknown}"
        yield f"COMMENT ON COLUMN {TABLE}.{quoted(v.name)} IS {constant(text)};"
    yield ""


def _warnings(codebook: Codebook, dialect: Dialect) -> Iterator[str]:
    found = [_warning(check, codebook, dialect) for check in checks_of(codebook) if check.severity == "warning"]
    if found:
        yield f"CREATE VIEW {TABLE}_warnings AS\n" + "\nUNION ALL\n".join(found) + ";"


def _warning(check: Check, codebook: Codebook, dialect: Dialect) -> str:
    row = quoted("eventid") if "eventid" in codebook.variables else "NULL"
    shown = ", ".join(
        f"{constant(text)} AS {name}"
        for name, text in (
            ("rule", check.rule),
            ("variable", check.variable),
            ("message", words(check.message)),
            ("remedy", words(check.remedy)),
        )
    )
    return f"SELECT {row} AS eventid, {shown} FROM {TABLE} WHERE NOT ({_sql(check.expression, dialect)})"


def _sql(expression: Expression, dialect: Dialect) -> str:
    """The SQL of an expression, without line breaks in its patterns: they would not survive every editor."""
    return to_sql(_escaped(expression), dialect)


def _escaped(part: Any) -> Any:
    if isinstance(part, tuple):
        return tuple(map(_escaped, part))
    if isinstance(part, nodes.Matches):
        escapes = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
        return evolve(part, pattern="".join(escapes.get(sign, sign) for sign in part.pattern))
    if isinstance(part, Expression):
        return evolve(part, **{a.name: _escaped(getattr(part, a.name)) for a in fields(type(part))})
    return part
