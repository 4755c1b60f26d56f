"""Expressions as Polars expressions, which run over whole tables."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from gtdlike.codebook.expression import nodes
from gtdlike.codebook.expression.operators import OPERATORS

if TYPE_CHECKING:
    import polars as pl

_FEW: Final = 4
"""So many constants are quicker compared one by one than looked up."""
_DENSE: Final = 10_000
"""A list from the lowest to the highest code may be so long."""


def to_polars(expression: nodes.Expression) -> pl.Expr:
    """The Polars expression over columns of the variables' names and types; null where the rule's value is NULL."""
    import polars as pl

    match expression:
        case nodes.Column(name):
            return pl.col(name)
        case nodes.Constant(value):
            return pl.lit(value)
        case nodes.Arithmetic("%", left, right):
            # Polars' rest has the sign of the divisor, SQL's that of the dividend.
            dividend, divisor = to_polars(left), to_polars(right).abs()
            return dividend.sign() * (dividend.abs() % divisor)
        case nodes.Compare(op, left, right) | nodes.Arithmetic(op, left, right):
            found: pl.Expr = OPERATORS[op](to_polars(left), to_polars(right))
            return found
        case nodes.Distinct(left, right, negated):
            first, second = to_polars(left), to_polars(right)
            return first.eq_missing(second) if negated else first.ne_missing(second)
        case nodes.IsNull(operand, negated):
            return to_polars(operand).is_not_null() if negated else to_polars(operand).is_null()
        case nodes.In(operand, values):
            return _is_in(to_polars(operand), values)
        case nodes.Matches(operand, pattern):
            return to_polars(operand).str.contains(pattern)
        case nodes.Not(operand):
            return ~to_polars(operand)
        case nodes.And(parts):
            return reduce(operator.and_, map(to_polars, parts))
        case nodes.Or(parts):
            return reduce(operator.or_, map(to_polars, parts))
        case nodes.Call("COALESCE", arguments):
            return pl.coalesce(*map(to_polars, arguments))
        case nodes.Call("NULLIF", (left, right)):
            first = to_polars(left)
            return pl.when(first.ne_missing(to_polars(right))).then(first)
        case nodes.Call("ABS", (operand,)):
            return to_polars(operand).abs()
        case nodes.Call("LENGTH", (operand,)):
            return to_polars(operand).str.len_chars()
        case nodes.Extract(part, operand):
            date = to_polars(operand).dt
            return {"YEAR": date.year, "MONTH": date.month, "DAY": date.day}[part]().cast(pl.Int64)
        case nodes.Lookup(operand, table):
            return _lookup(pl.col(operand.name), table)
    raise TypeError(f"{type(expression).__name__} is no part of a rule.")


def _is_in(operand: pl.Expr, values: tuple[nodes.Scalar, ...]) -> pl.Expr:
    import polars as pl

    if len(values) <= _FEW:
        return reduce(operator.or_, (operand == pl.lit(value) for value in values))
    if isinstance(values[0], int | float):
        # Whole numbers and fractions alike: constants are small enough to be exact as floats.
        return operand.cast(pl.Float64).is_in(pl.lit(pl.Series(values, dtype=pl.Float64)).implode())
    return operand.is_in(pl.lit(pl.Series(values)).implode())


def _lookup(operand: pl.Expr, table: Mapping[Any, Any]) -> pl.Expr:
    import polars as pl

    dtype = pl.String() if isinstance(next(iter(table.values())), str) else pl.Int64()
    if all(isinstance(key, int) for key in table) and max(table) - min(table) < _DENSE:
        # Codes are small numbers, so that a list is quicker than a table of hashes; what is off it is null.
        low, high = min(table), max(table)
        listed = pl.Series([None, *(table.get(key) for key in range(low, high + 1)), None], dtype=dtype)
        return pl.lit(listed).gather((operand - (low - 1)).clip(0, len(listed) - 1))
    return operand.replace_strict(list(table), list(table.values()), default=None, return_dtype=dtype)
