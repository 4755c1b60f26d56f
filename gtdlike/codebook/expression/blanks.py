"""What follows for an expression from a blank cell, without its value being known."""

from __future__ import annotations

from functools import reduce
from itertools import product
from typing import Final

from gtdlike.codebook.expression import nodes

Truth = bool | None
_ANY: Final[frozenset[Truth]] = frozenset({True, False, None})


def needed(expression: nodes.Expression) -> tuple[str, ...]:
    """The columns each of which must be filled for the expression to be false: in all other rows it holds."""
    return tuple(name for name in nodes.columns_of(expression) if False not in _truths(expression, name))


def _truths(expression: nodes.Expression, blank: str) -> frozenset[Truth]:
    """What a condition may be where a column is blank."""
    match expression:
        case nodes.Compare(_, left, right):
            return frozenset({None}) if _null(left, blank) or _null(right, blank) else _ANY
        case nodes.In(operand, _) | nodes.Matches(operand, _):
            return frozenset({None}) if _null(operand, blank) else _ANY
        case nodes.IsNull(operand, negated):
            return frozenset({not negated}) if _null(operand, blank) else frozenset({True, False})
        case nodes.Distinct(left, right, negated):
            same = _null(left, blank) and _null(right, blank)
            return frozenset({negated}) if same else frozenset({True, False})
        case nodes.Not(operand):
            return frozenset(None if truth is None else not truth for truth in _truths(operand, blank))
        case nodes.And(parts) | nodes.Or(parts):
            # One part that has this value settles the whole.
            settles = isinstance(expression, nodes.Or)

            def joined(first: frozenset[Truth], second: frozenset[Truth]) -> frozenset[Truth]:
                pairs = product(first, second)
                return frozenset(
                    settles if settles in pair else None if None in pair else not settles for pair in pairs
                )

            return reduce(joined, (_truths(part, blank) for part in parts))
    return _ANY


def _null(value: nodes.Expression, blank: str) -> bool:
    """Whether a value is certainly NULL where a column is blank."""
    match value:
        case nodes.Column(name):
            return name == blank
        case nodes.Arithmetic(_, left, right):
            return _null(left, blank) or _null(right, blank)
        case nodes.Call("COALESCE", arguments):
            return all(_null(argument, blank) for argument in arguments)
        case nodes.Call(_, (first, *_)):
            return _null(first, blank)
        case nodes.Extract(_, operand) | nodes.Lookup(operand, _):
            return _null(operand, blank)
    return False
