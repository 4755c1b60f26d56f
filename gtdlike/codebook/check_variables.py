"""Whether each variable of a codebook is in order, and fits the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gtdlike.codebook.expression import ExpressionError, columns_of, parse
from gtdlike.codebook.locate import Finding, Item
from gtdlike.codebook.model import Codebook, Variable
from gtdlike.codebook.twice import twice
from gtdlike.errors import remedy_for

RESERVED: Final = ("value", "other", "article_id", "background", "evidence")
"""Names that mean something else: in the texts of rules, or in coded rows."""
_NAME: Final = re.compile(r"[A-Za-z]\w*", re.ASCII)

FieldFinding = tuple[str, str, str]
"""What is wrong with one variable: the field, the problem and its remedy."""


def variable_findings(codebook: Codebook) -> Iterator[Finding]:
    """All that is wrong with variables, apart from their paths."""
    for variable in codebook.variables.values():
        for key, problem, remedy in (
            *_name(variable),
            *_description(variable, codebook),
            *_codes(variable, codebook),
            *_parent(variable, codebook),
            *_values(variable, codebook),
        ):
            yield Item("variable", variable.name, (key,)), problem, remedy
    for label, first, second in twice((v.label, v.name) for v in codebook.variables.values()):
        yield Item("variable", second, ("label",)), f"The label {label!r} is also that of {first}.", "Change one."


def _name(variable: Variable) -> Iterator[FieldFinding]:
    if not _NAME.fullmatch(variable.name):
        yield "name", f"{variable.name!r} cannot be a column everywhere.", "Write letters, digits and _ only."
    elif variable.name in RESERVED or not _can_be_read(variable.name):
        yield "name", f"The name {variable.name!r} means something else in rules or rows.", "Write another name."


def _can_be_read(name: str) -> bool:
    """Whether a rule can speak of the variable: a keyword of its language cannot be one."""
    try:
        return columns_of(parse(f"{name} IS NULL")) == (name,)
    except ExpressionError:
        return False


def _description(variable: Variable, codebook: Codebook) -> Iterator[FieldFinding]:
    for key in ("label", "definition"):
        if not getattr(variable, key).strip():
            yield key, f"The {key} is empty.", "Fill it in."
    labelled = codebook.variables.get(variable.label_of or "")
    told = labelled is not None and labelled.section == variable.section  # of the variable that is labelled
    if variable.section not in codebook.sections and not told:
        remedy = remedy_for(variable.section, codebook.sections, "Add it to [sections] in codebook.toml.")
        yield "section", f"There is no section {variable.section!r}.", remedy


def _codes(variable: Variable, codebook: Codebook) -> Iterator[FieldFinding]:
    if (variable.kind == "code") != (variable.codes is not None):
        yield "codes", "A variable of the kind 'code', and no other, has `codes`.", "Add or take out `codes`."
    if variable.codes is not None and variable.codes not in codebook.code_lists:
        remedy = remedy_for(variable.codes, codebook.code_lists, f"Write codes/{variable.codes}.csv.")
        yield "codes", f"There is no code list {variable.codes!r}.", remedy
    if (variable.kind == "label") != (variable.label_of is not None):
        remedy = "Add or take out `label_of`."
        yield "label_of", "A variable of the kind 'label', and no other, has `label_of`.", remedy
    if variable.label_of is not None and variable.label_of not in _coded(codebook):
        remedy = remedy_for(variable.label_of, _coded(codebook), "Name a variable of the kind 'code'.")
        yield "label_of", f"There is no code variable {variable.label_of!r} that it could label.", remedy


def _parent(variable: Variable, codebook: Codebook) -> Iterator[FieldFinding]:
    if variable.parent is None:
        return
    if variable.parent not in _coded(codebook):
        remedy = remedy_for(variable.parent, _coded(codebook), "Name a variable of the kind 'code'.")
        yield "parent", f"There is no code variable {variable.parent!r} that could be its parent.", remedy
        return
    parent = codebook.variables[variable.parent]
    codes = codebook.code_lists.get(variable.codes or "")
    if codes is None or (codes.parent_list is not None and codes.parent_list not in codebook.code_lists):
        return  # said elsewhere
    if codes.parent_list != parent.codes:
        yield (
            "parent",
            f"Its parent {parent.name!r} has codes of {parent.codes!r}, but the parents of {codes.name!r} are of "
            f"{codes.parent_list!r}.",
            f'Correct `parent`, or write {codes.name} = "{parent.codes}" under [parents] in codebook.toml.',
        )


def _values(variable: Variable, codebook: Codebook) -> Iterator[FieldFinding]:
    low, high, unknown = variable.minimum, variable.maximum, variable.unknown
    if low is not None and high is not None and low > high:
        yield "maximum", f"The minimum {low} is above the maximum {high}.", "Swap the two."
    if (low, high) != (None, None) and variable.kind not in ("integer", "number"):
        key = "minimum" if low is not None else "maximum"
        yield key, "Only numbers have a minimum and a maximum.", "Take them out."
    if unknown is None:
        return
    if variable.kind in ("label", "date"):
        yield "unknown", f"A {variable.kind} has no `unknown`.", "Take it out."
    elif isinstance(unknown, str) != (variable.kind == "text"):
        yield (
            "unknown",
            f"`unknown` is {unknown!r}.",
            "Write a text if the variable is a text, and an integer otherwise.",
        )
    elif isinstance(unknown, int) and _is_answer(unknown, variable, codebook):
        yield "unknown", f"`unknown` is {unknown}, which is also an answer.", "Write a number that is none."


def _is_answer(number: int, variable: Variable, codebook: Codebook) -> bool:
    if variable.kind == "boolean":
        return number in (0, 1)
    if variable.kind == "code":
        codes = codebook.code_lists.get(variable.codes or "")
        return codes is not None and number in codes.by_code
    low = variable.minimum if variable.minimum is not None else float("-inf")
    high = variable.maximum if variable.maximum is not None else float("inf")
    return low <= number <= high


def _coded(codebook: Codebook) -> list[str]:
    return [v.name for v in codebook.variables.values() if v.kind == "code"]
