"""Expressions as Python functions of one row: true, false or None, as in SQL."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from gtdlike.codebook.expression import nodes
from gtdlike.codebook.expression.operators import OPERATORS

Cells = Mapping[str, Any]
"""The typed cells of a row: numbers, texts and dates. A variable that is not there is NULL."""

_DOLLAR = re.compile(r"(\\.|\[\^?\]?(?:\\.|[^\]\\])*\])|\$", re.DOTALL)
"""The end of a text in a pattern; and what is none: what is escaped, and a class of characters."""


def to_python(expression: nodes.Expression) -> Callable[[Cells], Any]:
    """A function from the cells of a row to what the expression is there: true or false, or None for NULL."""
    match expression:
        case nodes.Column(name):
            return lambda cells: cells.get(name)
        case nodes.Constant(value):
            return lambda cells: value
        case nodes.Arithmetic("%", left, right):
            # With the sign of the dividend, as in SQL.
            return _of_both(lambda a, b: abs(a) % abs(b) * (-1 if a < 0 else 1), to_python(left), to_python(right))
        case nodes.Compare(op, left, right) | nodes.Arithmetic(op, left, right):
            return _of_both(OPERATORS[op], to_python(left), to_python(right))
        case nodes.Distinct(left, right, negated):
            first, second = to_python(left), to_python(right)
            return lambda cells: (first(cells) != second(cells)) is not negated
        case nodes.IsNull(operand, negated):
            inner = to_python(operand)
            return lambda cells: (inner(cells) is None) is not negated
        case nodes.In(operand, values):
            return _of(frozenset(values).__contains__, to_python(operand))
        case nodes.Matches(operand, pattern):
            # To Python alone a dollar is also what stands before a last line break.
            search = re.compile(_DOLLAR.sub(lambda found: found[1] or r"\Z", pattern)).search
            return _of(lambda text: search(text) is not None, to_python(operand))
        case nodes.Not(operand):
            return _of(operator.not_, to_python(operand))
        case nodes.And(parts):
            return _first(False, [to_python(part) for part in parts])
        case nodes.Or(parts):
            return _first(True, [to_python(part) for part in parts])
        case nodes.Call("COALESCE", arguments):
            choices = [to_python(argument) for argument in arguments]
            return lambda cells: next((v for choice in choices if (v := choice(cells)) is not None), None)
        case nodes.Call("NULLIF", (left, right)):
            first, second = to_python(left), to_python(right)
            return lambda cells: None if (value := first(cells)) == second(cells) else value
        case nodes.Call("ABS", (operand,)):
            return _of(abs, to_python(operand))
        case nodes.Call("LENGTH", (operand,)):
            return _of(len, to_python(operand))
        case nodes.Extract(part, operand):
            return _of(operator.attrgetter(part.lower()), to_python(operand))
        case nodes.Lookup(operand, table):
            inner = to_python(operand)
            return lambda cells: table.get(inner(cells))
    raise TypeError(f"{type(expression).__name__} is no part of a rule.")


def _of(function: Callable[[Any], Any], inner: Callable[[Cells], Any]) -> Callable[[Cells], Any]:
    def result(cells: Cells) -> Any:
        value = inner(cells)
        return None if value is None else function(value)

    return result


def _of_both(
    function: Callable[[Any, Any], Any], left: Callable[[Cells], Any], right: Callable[[Cells], Any]
) -> Callable[[Cells], Any]:
    def result(cells: Cells) -> Any:
        first, second = left(cells), right(cells)
        return None if first is None or second is None else function(first, second)

    return result


def _first(decisive: bool, parts: list[Callable[[Cells], Any]]) -> Callable[[Cells], Any]:
    """AND (one false decides) or OR (one true decides); NULL if none decides and one is NULL."""

    def result(cells: Cells) -> Any:
        found: bool | None = not decisive
        for part in parts:
            value = part(cells)
            if value is decisive:
                return decisive
            if value is None:
                found = None
        return found

    return result
