"""Expressions over pandas columns of the types that know NA, whose logic is that of SQL."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, Final

import pandas as pd

from gtdlike.codebook.expression import nodes
from gtdlike.codebook.expression.operators import OPERATORS

_OPERATORS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    **OPERATORS,
    # All that the rules divide is positive.
    "%": operator.mod,
}
Evaluate = Callable[[Any], Any]
"""From a frame, or a mapping of names to columns, to a column."""


def to_pandas(expression: nodes.Expression) -> Evaluate:
    """A function from a frame to the column of the expression's values; NA where the rule's value is NULL."""
    match expression:
        case nodes.Column(name):
            return lambda frame: frame[name]
        case nodes.Constant(value):
            return lambda frame: value
        case nodes.Compare(op, left, right) | nodes.Arithmetic(op, left, right):
            first, second, apply = to_pandas(left), to_pandas(right), _OPERATORS[op]
            return lambda frame: apply(first(frame), second(frame))
        case nodes.Distinct(left, right, negated):
            first, second = to_pandas(left), to_pandas(right)
            return lambda frame: _distinct(first(frame), second(frame)) ^ negated
        case nodes.IsNull(operand, negated):
            inner = to_pandas(operand)
            return lambda frame: inner(frame).isna() ^ negated
        case nodes.In(operand, values):
            inner, allowed = to_pandas(operand), list(values)
            return lambda frame: (column := inner(frame)).isin(allowed).astype("boolean").mask(column.isna())
        case nodes.Matches(operand, pattern):
            # pandas warns of groups, which it would not use.
            inner, ungrouped = to_pandas(operand), re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)
            return lambda frame: inner(frame).str.contains(ungrouped, regex=True).astype("boolean")
        case nodes.Not(operand):
            inner = to_pandas(operand)
            return lambda frame: ~inner(frame)
        case nodes.And(parts):
            return _joined(operator.and_, [to_pandas(part) for part in parts])
        case nodes.Or(parts):
            return _joined(operator.or_, [to_pandas(part) for part in parts])
        case nodes.Call("COALESCE", arguments):
            choices = [to_pandas(argument) for argument in arguments]
            return lambda frame: reduce(lambda one, other: one.fillna(other), [choice(frame) for choice in choices])
        case nodes.Call("NULLIF", (left, right)):
            first, second = to_pandas(left), to_pandas(right)
            return lambda frame: (column := first(frame)).mask((column == second(frame)).fillna(False))
        case nodes.Call("ABS", (operand,)):
            inner = to_pandas(operand)
            return lambda frame: inner(frame).abs()
        case nodes.Call("LENGTH", (operand,)):
            inner = to_pandas(operand)
            return lambda frame: inner(frame).str.len()
        case nodes.Extract(part, operand):
            inner, name = to_pandas(operand), part.lower()
            return lambda frame: getattr(inner(frame).dt, name).astype("Int64")
        case nodes.Lookup(operand, table):
            inner, held = to_pandas(operand), pd.Series(dict(table))
            dtype = "string" if isinstance(next(iter(table.values())), str) else "Int64"
            return lambda frame: inner(frame).map(held).astype(dtype)
    raise TypeError(f"{type(expression).__name__} is no part of a rule.")


def _distinct(first: Any, second: Any) -> Any:
    """Whether two values differ, of which a blank is like a blank."""
    blank, also = pd.isna(first), pd.isna(second)
    return ((first != second).fillna(False).astype(bool) & ~blank & ~also) | (blank ^ also)


def _joined(join: Callable[[Any, Any], Any], parts: list[Evaluate]) -> Evaluate:
    return lambda frame: reduce(join, [part(frame) for part in parts])
