"""Whether an expression fits a codebook: are its variables there, and can its values be compared?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal

from gtdlike.codebook.expression import nodes
from gtdlike.codebook.expression.tokens import ExpressionError
from gtdlike.codebook.model import Kind
from gtdlike.errors import did_you_mean

Type = Literal["a number", "a text", "a date", "a truth"]

_TYPES: Final[Mapping[Kind, Type]] = {
    "integer": "a number",
    "number": "a number",
    "boolean": "a number",
    "code": "a number",
    "text": "a text",
    "label": "a text",
    "date": "a date",
}


def check_types(expression: nodes.Expression, kinds: Mapping[str, Kind]) -> list[ExpressionError]:
    """All that is wrong with the types of an expression, which as a whole must be a truth."""
    problems: list[ExpressionError] = []
    found = _type(expression, kinds, problems.append)
    if found not in (None, "a truth"):
        problems.append(ExpressionError(f"The rule is {found}, not a comparison.", expression.at))
    return problems


def _type(
    expression: nodes.Expression, kinds: Mapping[str, Kind], tell: Callable[[ExpressionError], None]
) -> Type | None:
    """The type of an expression; None if it has none because of a problem that was told."""

    def wanted(part: nodes.Expression, type_: Type) -> None:
        if (found := _type(part, kinds, tell)) not in (None, type_):
            tell(ExpressionError(f"{type_.capitalize()} is expected there, not {found}.", part.at))

    def alike(parts: Iterator[nodes.Expression]) -> Type | None:
        first: Type | None = None
        for part in parts:
            found = _type(part, kinds, tell)
            if first is None:
                first = found
            elif found not in (None, first):
                tell(ExpressionError(f"It is {found}, and is compared with {first}.", part.at))
        return first

    match expression:
        case nodes.Column(name):
            if name not in kinds:
                tell(ExpressionError(f"There is no variable {name!r}.", expression.at, did_you_mean(name, kinds)))
                return None
            return _TYPES[kinds[name]]
        case nodes.Constant(value):
            return _of(value)
        case nodes.Compare(op, left, right):
            if alike(iter((left, right))) == "a text" and op not in ("=", "<>"):
                tell(ExpressionError("Texts have no order that all engines share.", expression.at, "Use = or <>."))
        case nodes.Distinct(left, right):
            alike(iter((left, right)))
        case nodes.IsNull(operand):
            _type(operand, kinds, tell)
        case nodes.In(operand, values):
            alike(iter((operand, *(nodes.Constant(value, at=expression.at) for value in values))))
        case nodes.Matches(operand):
            wanted(operand, "a text")
        case nodes.Not(operand):
            wanted(operand, "a truth")
        case nodes.And(parts) | nodes.Or(parts):
            for part in parts:
                wanted(part, "a truth")
        case nodes.Arithmetic(_, left, right):
            wanted(left, "a number")
            wanted(right, "a number")
            return "a number"
        case nodes.Call("COALESCE" | "NULLIF", arguments):
            return alike(iter(arguments))
        case nodes.Call(function, (operand,)):
            wanted(operand, "a text" if function == "LENGTH" else "a number")
            return "a number"
        case nodes.Extract(_, operand):
            wanted(operand, "a date")
            return "a number"
        case nodes.Lookup(operand, table):
            alike(iter((operand, *(nodes.Constant(key, at=expression.at) for key in table))))
            return alike(nodes.Constant(value, at=expression.at) for value in table.values())
    return "a truth"


def _of(value: nodes.Scalar) -> Type:
    return "a text" if isinstance(value, str) else "a date" if isinstance(value, dt.date) else "a number"
