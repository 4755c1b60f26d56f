"""The parts of an expression."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from attrs import evolve, field, fields, frozen

Scalar = int | float | str | dt.date
Comparison = Literal["=", "<>", "<", "<=", ">", ">="]


@frozen
class Expression:
    """Any part of an expression. `at` is where it begins in the text of the rule, which is no part of its identity."""

    at: int = field(default=0, kw_only=True, eq=False, repr=False)


@frozen
class Column(Expression):
    """The cell of a variable."""

    name: str


@frozen
class Constant(Expression):
    """A number, a text or a date that is written out."""

    value: Scalar


@frozen
class Compare(Expression):
    """Two values compared; NULL if one of them is."""

    op: Comparison
    left: Expression
    right: Expression


@frozen
class Distinct(Expression):
    """IS DISTINCT FROM: whether two values differ, where NULL is a value like others. Never NULL itself."""

    left: Expression
    right: Expression
    negated: bool = False


@frozen
class IsNull(Expression):
    """IS NULL, IS NOT NULL. Never NULL itself."""

    operand: Expression
    negated: bool = False


@frozen
class In(Expression):
    """IN a list of constants; NULL if the operand is."""

    operand: Expression
    values: tuple[Scalar, ...]


@frozen
class Matches(Expression):
    """REGEXP_LIKE: whether a pattern is found anywhere in a text. Patterns keep to what all engines read alike."""

    operand: Expression
    pattern: str


@frozen
class Not(Expression):
    operand: Expression


@frozen
class And(Expression):
    parts: tuple[Expression, ...]


@frozen
class Or(Expression):
    parts: tuple[Expression, ...]


@frozen
class Arithmetic(Expression):
    """Numbers added, taken away, multiplied, or the rest of a division, which has the sign of the dividend."""

    op: Literal["+", "-", "*", "%"]
    left: Expression
    right: Expression


@frozen
class Call(Expression):
    """COALESCE, NULLIF, ABS or LENGTH."""

    function: Literal["COALESCE", "NULLIF", "ABS", "LENGTH"]
    arguments: tuple[Expression, ...]


@frozen
class Extract(Expression):
    """The year, month or day of a date."""

    part: Literal["YEAR", "MONTH", "DAY"]
    operand: Expression


@frozen
class Lookup(Expression):
    """CASE: what a table gives for a cell, NULL where it has nothing. Also made from code lists."""

    operand: Column
    table: Mapping[Any, Any] = field(repr=False)


def parts_of(expression: Expression) -> Iterator[Expression]:
    """The expression itself and everything in it, from left to right."""
    yield expression
    for attribute in fields(type(expression)):
        value = getattr(expression, attribute.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Expression):
                yield from parts_of(part)


def columns_of(expression: Expression) -> tuple[str, ...]:
    """The variables that an expression reads, each once, in the order in which they come."""
    return tuple(dict.fromkeys(part.name for part in parts_of(expression) if isinstance(part, Column)))


def with_column(expression: Any, name: str, other: str) -> Any:
    """The expression with the cell of another variable in place of one."""
    if isinstance(expression, tuple):
        return tuple(with_column(part, name, other) for part in expression)
    if isinstance(expression, Column) and expression.name == name:
        return evolve(expression, name=other)
    if isinstance(expression, Expression):
        parts = {a.name: getattr(expression, a.name) for a in fields(type(expression))}
        return evolve(expression, **{of: with_column(part, name, other) for of, part in parts.items()})
    return expression
