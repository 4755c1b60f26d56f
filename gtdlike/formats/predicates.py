"""Rules as conditions that JSON Schema can say.

A rule of SQL has three values, a schema two: a row is refused where the rule is FALSE, and passes where it is TRUE or
NULL. So each part of a rule is told in one of two ways: `strict` holds where it is TRUE, the other where it is TRUE or
NULL. NOT is carried down to the comparisons, which makes of "less" a "not less", so that the two ways never mix.

What compares one cell with another, or calculates with two, JSON Schema has no words for; it can be said only where the
cells have few values (see `few_values`). A rule of which a part cannot be said is left out as a whole: half a rule
would refuse what the whole one lets pass.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from attrs import frozen

from gtdlike.codebook.expression import Expression, columns_of, nodes
from gtdlike.codebook.model import Codebook, Kind
from gtdlike.formats.conditions import ALWAYS, NEVER, Cell, Condition, all_of, any_of, cell, implies
from gtdlike.formats.few_values import value_by_value
from gtdlike.formats.questions import (
    JSON_TYPES,
    MIRRORED,
    NEGATED,
    Question,
    UnsayableError,
    comparison,
    length,
    matching,
    multiple,
    one_of,
)


def condition_of(expression: Expression, codebook: Codebook, variables: Collection[str]) -> Condition | None:
    """What a row must be in order not to violate an expression; None where JSON Schema cannot say it.

    `variables` are those that the schema has. A rule of another one cannot be said.
    """
    if not set(columns_of(expression)) <= set(variables):
        return None
    try:
        return _Reader(codebook).requirement(expression)
    except UnsayableError:
        return None


@frozen
class _Reader:
    """Translates the parts of a rule for the variables of a codebook."""

    codebook: Codebook

    def kind(self, name: str) -> Kind:
        return self.codebook.variables[name].kind

    def requirement(self, expression: Expression) -> Condition:
        """Where an expression is TRUE or NULL, with implications told as such."""
        match expression:
            case nodes.And(parts):
                return all_of(map(self.requirement, parts))
            case nodes.Or((nodes.IsNull(nodes.Lookup()), nodes.Distinct(_, nodes.Lookup() as expected) as same)):
                return self.parents(same, expected)
            case nodes.Or(parts):
                return self.alternatives(parts)
            case nodes.Not(nodes.And(parts)):
                return self.alternatives([nodes.Not(part) for part in parts])
        return self.truth(expression)

    def alternatives(self, parts: Sequence[Expression]) -> Condition:
        """Where one of the parts is TRUE or NULL: if the opposite of some of them is so, then one of the others."""
        plain = any_of(map(self.truth, parts))
        if isinstance(plain, Cell):
            return plain
        conditions = [part for part in parts if _is_condition(part)]
        if len(conditions) == len(parts):
            # Every part is one. What then follows is best said of a cell that must be filled, else of the last.
            fills = [part for part in parts if _fills(part)]
            conditions.remove(fills[-1] if fills else parts[-1])
        rest = any_of(self.truth(part) for part in parts if part not in conditions)
        return implies(all_of(self.truth(part, strict=True, negated=True) for part in conditions), rest)

    def parents(self, same: nodes.Distinct, expected: nodes.Lookup) -> Condition:
        """Codes and the code above them: one implication for each code above."""
        if not isinstance(same.left, nodes.Column) or not same.negated:
            raise UnsayableError("It is not the check of a parent.")
        below: dict[int, list[int]] = {}
        for code, parent in expected.table.items():
            below.setdefault(parent, []).append(code)
        return all_of(
            implies(
                cell(expected.operand.name, {"enum": codes}, blank=False),
                cell(same.left.name, {"enum": [parent]}, blank=False),
            )
            for parent, codes in sorted(below.items())
        )

    def truth(self, expression: Expression, *, strict: bool = False, negated: bool = False) -> Condition:
        """Where an expression is TRUE (`strict`), or TRUE or NULL; where `negated`, the same of NOT the expression."""
        match expression:
            case nodes.Not(operand):
                return self.truth(operand, strict=strict, negated=not negated)
            case nodes.And(parts) | nodes.Or(parts):
                together = all_of if isinstance(expression, nodes.And) is not negated else any_of
                return together(self.truth(part, strict=strict, negated=negated) for part in parts)
            case nodes.IsNull(operand, is_not):
                return self.is_blank(operand) if is_not is negated else self.is_given(operand)
            case nodes.Distinct(left, right, is_not):
                if isinstance(left, nodes.Constant):
                    left, right = right, left
                same = comparison("=", _constant(right))
                if is_not is not negated:
                    return self.ask(left, same, strict=True)
                return any_of((self.is_blank(left), self.ask(left, same.inverted(), strict=True)))
            case nodes.Compare(op, left, right):
                if isinstance(left, nodes.Constant):
                    left, right, op = right, left, MIRRORED[op]
                op = NEGATED[op] if negated else op
                try:
                    return self.compare(op, left, _constant(right), strict)
                except UnsayableError:
                    found = value_by_value(nodes.Compare(op, left, right), self.codebook, strict=strict)
                    if found is None:
                        raise
                    return found
            case nodes.In(operand, values):
                question = one_of(values)
            case nodes.Matches(operand, pattern):
                question = matching(pattern)
            case _:
                raise UnsayableError(f"{type(expression).__name__} is not said in a schema.")
        return self.ask(operand, question.inverted() if negated else question, strict)

    def compare(self, op: nodes.Comparison, left: Expression, value: nodes.Scalar, strict: bool) -> Condition:
        """A comparison with a constant, of what JSON Schema has a keyword for."""
        match left:
            case nodes.Arithmetic("%", dividend, nodes.Constant(divisor)):
                return self.ask(dividend, multiple(op, divisor, value), strict)
            case nodes.Arithmetic("+" | "-" as sign, inner, nodes.Constant(int(number))) if isinstance(value, int):
                return self.compare(op, inner, value - number if sign == "+" else value + number, strict)
            case nodes.Call("LENGTH", (inner,)):
                return self.ask(inner, length(op, value), strict)
        return self.ask(left, comparison(op, value), strict)

    def ask(self, operand: Expression, question: Question, strict: bool) -> Condition:
        """Where the answer to a question is yes; where not `strict`, also where there is no value to ask."""
        match operand:
            case nodes.Column(name):
                return question.of(name, self.kind(name), strict)
            case nodes.Constant(value):
                return question.of_constant(value)
            case nodes.Call("NULLIF", (inner, nodes.Constant(nothing))):
                same = comparison("=", nothing)
                if strict:
                    return all_of((self.ask(inner, question, True), self.ask(inner, same.inverted(), True)))
                return any_of((self.ask(inner, question, False), self.ask(inner, same, True)))
            case nodes.Call("COALESCE", (first,)):
                return self.ask(first, question, strict)
            case nodes.Call("COALESCE", (first, *others)):
                rest = nodes.Call("COALESCE", tuple(others))
                return any_of(
                    (
                        self.ask(first, question, strict=True),
                        all_of((self.is_blank(first), self.ask(rest, question, strict))),
                    )
                )
        raise UnsayableError(f"{type(operand).__name__} is not said in a schema.")

    def is_blank(self, operand: Expression) -> Condition:
        """Where a value is NULL."""
        match operand:
            case nodes.Column(name):
                return cell(name, {"type": "null"}, blank=True)
            case nodes.Constant():
                return NEVER
            case nodes.Call("NULLIF", (inner, nodes.Constant(nothing))):
                return any_of((self.is_blank(inner), self.ask(inner, comparison("=", nothing), strict=True)))
            case nodes.Call("COALESCE", arguments):
                return all_of(map(self.is_blank, arguments))
            case nodes.Arithmetic(_, left, right):
                return any_of((self.is_blank(left), self.is_blank(right)))
            case nodes.Call("ABS" | "LENGTH", (inner,)) | nodes.Extract(_, inner):
                return self.is_blank(inner)
        raise UnsayableError(f"{type(operand).__name__} is not said in a schema.")

    def is_given(self, operand: Expression) -> Condition:
        """Where a value is not NULL."""
        match operand:
            case nodes.Column(name):
                return cell(name, {"type": JSON_TYPES[self.kind(name)]}, blank=False)
            case nodes.Constant():
                return ALWAYS
            case nodes.Call("NULLIF", (inner, nodes.Constant(nothing))):
                differs = comparison("<>", nothing)
                return self.ask(inner, differs, strict=True)
            case nodes.Call("COALESCE", arguments):
                return any_of(map(self.is_given, arguments))
            case nodes.Arithmetic(_, left, right):
                return all_of((self.is_given(left), self.is_given(right)))
            case nodes.Call("ABS" | "LENGTH", (inner,)) | nodes.Extract(_, inner):
                return self.is_given(inner)
        raise UnsayableError(f"{type(operand).__name__} is not said in a schema.")


def _is_condition(part: Expression) -> bool:
    """Whether a part of OR reads as "unless": its opposite is what the others depend on."""
    match part:
        case nodes.Not() | nodes.Compare("<>"):
            return True
        case nodes.IsNull(_, negated) | nodes.Distinct(_, _, negated):
            return not negated
    return False


def _fills(part: Expression) -> bool:
    """Whether a part is met only by a cell that is not blank."""
    match part:
        case nodes.Not(nodes.IsNull(_, negated) | nodes.Distinct(_, _, negated)):
            return not negated
    return False


def _constant(expression: Expression) -> nodes.Scalar:
    if not isinstance(expression, nodes.Constant):
        raise UnsayableError("JSON Schema cannot compare one cell with another.")
    return expression.value
