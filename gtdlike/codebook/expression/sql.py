"""Expressions as SQL text again, in the words of one database."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

from gtdlike.codebook.expression import nodes

Dialect = Literal["duckdb", "postgresql"]
DIALECTS: Final[tuple[Dialect, ...]] = ("duckdb", "postgresql")


def to_sql(expression: nodes.Expression, dialect: Dialect = "duckdb") -> str:
    """The SQL of an expression, with the parentheses that it needs."""

    def sql(part: nodes.Expression) -> str:
        text = to_sql(part, dialect)
        return f"({text})" if isinstance(part, nodes.And | nodes.Or | nodes.Arithmetic) else text

    match expression:
        case nodes.Column(name):
            return quoted(name)
        case nodes.Constant(value):
            return constant(value)
        case nodes.Compare(op, left, right) | nodes.Arithmetic(op, left, right):
            return f"{sql(left)} {op} {sql(right)}"
        case nodes.Distinct(left, right, negated):
            return f"{sql(left)} IS {'NOT ' if negated else ''}DISTINCT FROM {sql(right)}"
        case nodes.IsNull(operand, negated):
            return f"{sql(operand)} IS {'NOT ' if negated else ''}NULL"
        case nodes.In(operand, values):
            return f"{sql(operand)} IN ({', '.join(map(constant, values))})"
        case nodes.Matches(operand, pattern):
            function = "regexp_matches" if dialect == "duckdb" else "regexp_like"
            return f"{function}({sql(operand)}, {constant(pattern)})"
        case nodes.Not(operand):
            return f"NOT ({to_sql(operand, dialect)})"
        case nodes.And(parts):
            return " AND ".join(map(sql, parts))
        case nodes.Or(parts):
            return " OR ".join(map(sql, parts))
        case nodes.Call(function, arguments):
            return f"{function}({', '.join(to_sql(a, dialect) for a in arguments)})"
        case nodes.Extract(part, operand):
            return f"EXTRACT({part} FROM {sql(operand)})"
        case nodes.Lookup(operand, table):
            cases = " ".join(f"WHEN {constant(key)} THEN {constant(value)}" for key, value in table.items())
            return f"CASE {sql(operand)} {cases} END"
    raise TypeError(f"{type(expression).__name__} is no part of a rule.")


def quoted(name: str) -> str:
    """A name in double quotes, which keep its capitals and its likeness to a keyword harmless."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def constant(value: nodes.Scalar) -> str:
    """A constant as it is written in SQL."""
    if isinstance(value, str):
        doubled = value.replace("'", "''")
        return f"'{doubled}'"
    return f"DATE '{value.isoformat()}'" if isinstance(value, dt.date) else str(value)
