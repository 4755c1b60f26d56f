"""What a rule asks of the value of one cell: to be one of a list, within bounds, of a form; or not to be so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import evolve, frozen

from gtdlike.codebook.expression.nodes import Comparison, Scalar
from gtdlike.codebook.expression.operators import OPERATORS
from gtdlike.codebook.model import Kind
from gtdlike.formats.conditions import ALWAYS, NEVER, Condition, Schema, cell

JSON_TYPES: Final[Mapping[Kind, str]] = {
    "integer": "integer",
    "code": "integer",
    "boolean": "integer",
    "number": "number",
    "text": "string",
    "label": "string",
    "date": "string",
}
"""The type that a cell of a kind has in JSON, unless it is null."""

NEGATED: Final[Mapping[Comparison, Comparison]] = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", "<=": ">", ">": "<="}
MIRRORED: Final[Mapping[Comparison, Comparison]] = {"=": "=", "<>": "<>", "<": ">", ">": "<", "<=": ">=", ">=": "<="}

_BOUNDS: Final = {"<": "exclusiveMaximum", "<=": "maximum", ">": "exclusiveMinimum", ">=": "minimum"}
# Groups that look around or have names, anchors and classes that are not the same in Python, Rust and ECMAScript.
_NOT_SHARED: Final = re.compile(r"\(\?(?!:)|\\[AZzdDwWsSbB]|[*+?}]\+")


class UnsayableError(Exception):
    """JSON Schema has no words for it."""


@frozen
class Question:
    """A question to a value that is not blank. JSON Schema passes over a keyword that is not for the value's type."""

    keywords: Schema
    """The keywords of JSON Schema that ask it; `enum` for a list of values."""
    holds: Callable[[Any], bool]
    """The same question to a constant of the rule."""
    negated: bool = False

    def of(self, variable: str, kind: Kind, strict: bool) -> Condition:
        """The condition on the cell of a variable: strict, where it is TRUE; else where it is TRUE or NULL."""
        type_ = JSON_TYPES[kind]
        blank = not strict
        if "enum" in self.keywords:
            values = self.keywords["enum"]
            if not self.negated:
                return cell(variable, {"enum": [*values, None] if blank else values}, blank)
            refused = {"const": values[0]} if len(values) == 1 else {"enum": values}
            return cell(variable, {"not": refused} if blank else {"type": type_, "not": refused}, blank)
        if not self.negated:
            return cell(variable, self.keywords if blank else {"type": type_, **self.keywords}, blank)
        # Without the type, null would meet the keywords and be refused.
        if blank:
            return cell(variable, {"not": {"type": type_, **self.keywords}}, blank)
        return cell(variable, {"type": type_, "not": self.keywords}, blank)

    def of_constant(self, value: Scalar) -> Condition:
        """What the question comes to for a constant."""
        return ALWAYS if self.holds(value) is not self.negated else NEVER

    def inverted(self) -> Question:
        """The opposite question."""
        return evolve(self, negated=not self.negated)


def comparison(op: Comparison, value: Scalar) -> Question:
    """Whether a value compares in this way to a constant."""
    if op in _BOUNDS:
        if not isinstance(value, int | float):
            raise UnsayableError("Texts and dates have no order in JSON Schema.")
        return Question({_BOUNDS[op]: value}, lambda given: OPERATORS[op](given, value))
    return Question({"enum": [as_json(value)]}, lambda given: bool(given == value), negated=op == "<>")


def one_of(values: tuple[Scalar, ...]) -> Question:
    """Whether a value is one of these."""
    return Question({"enum": list(dict.fromkeys(map(as_json, values)))}, lambda given: given in values)


def matching(pattern: str) -> Question:
    """Whether a pattern is found in a text. Raises UnsayableError for one that ECMAScript would read otherwise."""
    if _NOT_SHARED.search(pattern):
        raise UnsayableError(f"The pattern {pattern!r} is not the same in every language.")
    return Question({"pattern": pattern}, lambda text: re.search(pattern, text) is not None)


def multiple(op: Comparison, divisor: Scalar, rest: Scalar) -> Question:
    """Whether the rest of a division is 0, or is not."""
    if op not in ("=", "<>") or rest != 0 or not isinstance(divisor, int | float):
        raise UnsayableError("JSON Schema knows of no rest but 0.")
    return Question({"multipleOf": abs(divisor)}, lambda value: value % divisor == 0, negated=op == "<>")


def length(op: Comparison, value: Scalar) -> Question:
    """Whether the length of a text compares in this way to a whole number."""
    most = value - (op == "<") if isinstance(value, int) else -1
    if not isinstance(value, int) or most < 0:
        raise UnsayableError("A length is a whole number.")
    if op in ("=", "<>"):
        return Question({"minLength": value, "maxLength": value}, lambda text: len(text) == value, op == "<>")
    bound = {"minLength": value + (op == ">")} if op in (">", ">=") else {"maxLength": most}
    return Question(bound, lambda text: OPERATORS[op](len(text), value))


def as_json(value: Scalar) -> Any:
    """A constant as it stands in JSON: dates as text."""
    return value.isoformat() if isinstance(value, dt.date) else value
