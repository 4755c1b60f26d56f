"""All that a codebook says of one row, as checks: what follows from its variables and code lists, and its rules.

A check is an expression that is false where a row is wrong. That is the one form from which the validation of tables
and of single rows, the JSON Schemas and the SQL constraints are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import field, frozen

from gtdlike.codebook.expression import Expression, columns_of, nodes, parse
from gtdlike.codebook.expression.nodes import with_column
from gtdlike.codebook.model import Codebook, Rule, Severity, Variable
from gtdlike.codebook.once import once_per_codebook
from gtdlike.codebook.template import Shown, Template, cell, columns_shown, template_of

INT32_MAX: Final = 2**31 - 1

DERIVED: Final[Mapping[str, str]] = {
    "code": "A code is one of its list, or the unknown code; an answer is 0, 1 or the unknown code.",
    "range": "A number keeps to the lowest and the highest value of its variable, or is the unknown code.",
    "parent": "A code belongs to the code above it that stands in the same row.",
    "label": "A label is that of its code. A label that is left out is a warning.",
}
"""The rules that follow from variables and code lists without being written, and what they say."""

STRUCTURAL: Final[Mapping[str, str]] = {
    "column": "A table has the columns of the codebook, each once, and no others.",
    "row": "A row can be read: it has as many cells as there are columns, or it is one JSON object.",
    "type": "A cell is of its variable's kind: a whole number, a number, a date or text.",
}
"""The rules of the form that data come in."""

DAMAGE: Final[Mapping[str, str]] = {
    "spreadsheet-number": "A number was shortened to the form 1.97E+11, and its last digits are lost.",
    "spreadsheet-date": "A date was turned into a number, or something else into a date.",
    "spreadsheet-error": "A formula of a spreadsheet failed, and its error stands in place of a value.",
    "missing-mark": "A mark such as NA stands in place of an empty cell.",
    "mojibake": "Text was read in a wrong encoding and saved.",
    "shifted-row": "The cells of a row stand some columns too far to the right or to the left.",
}
"""The rules of what spreadsheets and wrong encodings do to cells."""

GENERAL: Final[Mapping[str, str]] = {**STRUCTURAL, **DAMAGE, **DERIVED}
"""The rules that every codebook has, and what they say."""


@frozen
class Check:
    """One check of a row: the id of its rule, the variable that a violation is told of, and what it says."""

    rule: str
    variable: str
    severity: Severity
    expression: Expression = field(repr=False)
    message: Template = field(repr=False)
    remedy: Template = field(repr=False)
    if_present: bool = False
    """Whether a table without the variable's column is not judged."""

    @property
    def reads(self) -> tuple[str, ...]:
        """The variables that the expression reads. A row in which one of them is of a wrong type is not judged."""
        return columns_of(self.expression)

    @property
    def uses(self) -> tuple[str, ...]:
        """The variables that the check reads or shows, its own first."""
        shown = (*columns_shown(self.message), *columns_shown(self.remedy))
        return tuple(dict.fromkeys((self.variable, *self.reads, *shown)))


@once_per_codebook
def checks_of(codebook: Codebook) -> list[Check]:
    """All the checks of a codebook: those of its variables in their order, then its rules. Made once for each."""
    derived = [check for v in codebook.variables.values() for check in _of_variable(v, codebook)]
    rules = [check for rule in codebook.rules.values() for check in checks_of_rule(rule, codebook)]
    return [*derived, *rules]


def checks_of_rule(rule: Rule, codebook: Codebook) -> list[Check]:
    """The checks of one rule: one, or one for each variable that it holds for. Raises ExpressionError."""
    expression = parse(rule.check)
    if rule.each is None:
        variable = rule.variable or columns_of(expression)[0]
        return [_check(rule, variable, expression, codebook)]
    return [
        _check(rule, variable, with_column(expression, "value", variable), codebook)
        for variable in each_of(rule, codebook)
    ]


def each_of(rule: Rule, codebook: Codebook) -> tuple[str, ...]:
    """The variables for each of which a rule holds."""
    if isinstance(rule.each, str):
        return tuple(v.name for v in codebook.variables.values() if v.kind == rule.each)
    return rule.each or ()


def _check(rule: Rule, variable: str, expression: Expression, codebook: Codebook) -> Check:
    message, remedy = (template_of(text, codebook, variable) for text in (rule.message, rule.remedy))
    return Check(rule.id, variable, rule.severity, expression, message, remedy)


def _of_variable(variable: Variable, codebook: Codebook) -> Iterator[Check]:
    match variable.kind:
        case "code":
            yield _code(variable, codebook)
            if variable.parent:
                yield _parent(variable, codebook.variables[variable.parent], codebook)
        case "boolean":
            yield _boolean(variable)
        case "integer" | "number":
            yield from _range(variable)
        case "label":
            yield from _label(variable, codebook)


def _code(variable: Variable, codebook: Codebook) -> Check:
    codes = codebook.code_lists[variable.codes or ""]
    known = [c.code for c in codes]
    also = f", or {variable.unknown} where it is not known" if variable.unknown is not None else ""
    first_and_last = f"{min(known)} to {max(known)}" if known else "none"
    remedy = f"Write one of its {len(known)} codes ({first_and_last}){also}, or leave the cell empty."
    message = (Shown(variable.name), f" is not a code of {codes.name}.")
    return Check("code", variable.name, "error", _one_of(variable, known), message, (remedy,))


def _boolean(variable: Variable) -> Check:
    also = f", {variable.unknown} (not known)" if variable.unknown is not None else ""
    message = (Shown(variable.name), " is no answer to a yes/no question.")
    remedy = f"Write 0 (no), 1 (yes){also}, or leave the cell empty."
    return Check("code", variable.name, "error", _one_of(variable, [0, 1]), message, (remedy,))


def _one_of(variable: Variable, codes: list[int]) -> Expression:
    allowed = codes if variable.unknown is None else [*codes, int(variable.unknown)]
    return nodes.In(nodes.Column(variable.name), tuple(allowed))


def bounds(variable: Variable) -> tuple[float | None, float | None]:
    """The lowest and the highest value of a number. One without a maximum stands in a column of 32 bits."""
    whole = variable.kind == "integer"
    low, high = variable.minimum, INT32_MAX if variable.maximum is None and whole else variable.maximum
    return (
        int(low) if whole and low is not None else low,
        int(high) if whole and high is not None else high,
    )


def _range(variable: Variable) -> Iterator[Check]:
    column = nodes.Column(variable.name)
    also = f", or write {variable.unknown} where it is not known" if variable.unknown is not None else ""
    remedy = (f"Correct the number{also}, or leave the cell empty.",)
    low, high = bounds(variable)
    for bound, op, words in ((low, ">=", "below the lowest value"), (high, "<=", "above the highest value")):
        if bound is None:
            continue
        within: Expression = nodes.Compare(op, column, nodes.Constant(bound))  # type: ignore[arg-type]
        if isinstance(variable.unknown, int):
            within = nodes.Or((within, nodes.Compare("=", column, nodes.Constant(variable.unknown))))
        message = (Shown(variable.name), f" is {words}, {_plain(bound)}.")
        yield Check("range", variable.name, "error", within, message, remedy)


def _parent(variable: Variable, parent: Variable, codebook: Codebook) -> Check:
    codes, above = codebook.code_lists[variable.codes or ""], codebook.code_lists.get(parent.codes or "")
    parents = {c.code: c.parent for c in codes if c.parent is not None}
    named = {code: f"{p} ({above.label(p)})" if above else f"{p}" for code, p in parents.items()}
    expected = nodes.Lookup(nodes.Column(variable.name), parents)
    expression = nodes.Or((nodes.IsNull(expected), nodes.Distinct(nodes.Column(parent.name), expected, negated=True)))
    message = (
        cell(variable.name, codebook), f" belongs to {parent.name} ", Shown(variable.name, named),
        f", but {parent.name} is ", cell(parent.name, codebook), ".",
    )  # fmt: skip
    numbers = {code: str(p) for code, p in parents.items()}
    remedy = ("Write ", Shown(variable.name, numbers), f" in {parent.name}, or correct {variable.name}.")
    return Check("parent", variable.name, "error", expression, message, remedy)


def _label(label: Variable, codebook: Codebook) -> Iterator[Check]:
    code = codebook.variables[label.label_of or ""]
    codes = codebook.code_lists[code.codes or ""]
    labels = {c.code: c.label for c in codes}
    quoted = Shown(code.name, {c: repr(text) for c, text in labels.items()})
    given, number = nodes.Column(label.name), nodes.Column(code.name)
    expected = nodes.Lookup(number, labels)
    as_code = {c.label: str(c.code) for c in codes}

    message: Template = (f"{code.name} is ", Shown(code.name), ", whose label is ", quoted, ", not ", _own(label), ".")
    also = Shown(label.name, {text: f", or {c} in {code.name}" for text, c in as_code.items()}, "")
    differs = nodes.Compare("=", given, expected)
    yield Check("label", label.name, "error", differs, message, ("Write ", quoted, also, "."))

    message = ("The label is ", _own(label), f", but {code.name} is blank.")
    written = Shown(label.name, as_code, "its code")
    remedy = ("Write ", written, f" in {code.name}, or leave the label empty.")
    no_code = nodes.Or((nodes.IsNull(given), nodes.IsNull(number, negated=True)))
    yield Check("label", label.name, "error", no_code, message, remedy)

    message = (f"{code.name} is ", Shown(code.name), ", but its label is blank.")
    # Rather than a look-up for each row: the code is not one of those that have a label.
    no_label = nodes.Or((nodes.IsNull(given, negated=True), nodes.Not(nodes.In(number, tuple(labels)))))
    yield Check("label", label.name, "warning", no_label, message, ("Write ", quoted, "."), if_present=True)


def _own(label: Variable) -> Shown:
    return Shown(label.name, quote=True)


def _plain(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)
