"""The rules of a codebook as parts of a JSON Schema, and which of its checks a schema covers.

Only errors are said: a schema knows valid and invalid, and a warning is neither. That a label is the one of its code is
left out as well: it would take one implication for each code, three lists of nationalities among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Final

from gtdlike.codebook.checks import DERIVED, Check, checks_of
from gtdlike.codebook.model import Codebook, Rule
from gtdlike.codebook.template import Template
from gtdlike.formats.conditions import Condition, Schema
from gtdlike.formats.places import Steps, schema_of
from gtdlike.formats.predicates import condition_of

IN_CELLS: Final = ("code", "range")
"""The derived rules that the schema of each cell says."""


def rule_schemas(codebook: Codebook, places: Mapping[str, Steps]) -> list[Schema]:
    """One schema for each error that can be said, with the rule and its message, for the `allOf` of a row."""
    return [
        _named(check, codebook) | schema_of(condition, places)
        for check in _errors(codebook, places)
        if check.rule not in IN_CELLS and (condition := _condition(check, codebook, places)) is not None
    ]


def covered_checks(codebook: Codebook, variables: Collection[str] | None = None) -> list[Check]:
    """The checks that the schema of a row says, or of another thing that has these variables."""
    known = codebook.variables if variables is None else variables
    return [
        check
        for check in _errors(codebook, known)
        if check.rule in IN_CELLS or _condition(check, codebook, known) is not None
    ]


def covered(codebook: Codebook) -> set[tuple[str, str]]:
    """The rules that the schema of a row says, each with the variable that a violation is told of."""
    return {(check.rule, check.variable) for check in covered_checks(codebook)}


def left_out(codebook: Codebook) -> list[Check]:
    """The errors that JSON Schema has no words for: these are left to the validation."""
    said = covered(codebook)
    return [check for check in checks_of(codebook) if check.severity == "error" and _key(check) not in said]


def _errors(codebook: Codebook, variables: Collection[str]) -> list[Check]:
    return [
        check
        for check in checks_of(codebook)
        if check.severity == "error" and check.rule != "label" and check.variable in variables
    ]


def _key(check: Check) -> tuple[str, str]:
    return check.rule, check.variable


def _condition(check: Check, codebook: Codebook, variables: Collection[str]) -> Condition | None:
    return condition_of(check.expression, codebook, variables)


def _named(check: Check, codebook: Codebook) -> Schema:
    """The id of the rule, and in words what is wrong where it is violated."""
    several = Counter(one.rule for one in checks_of(codebook))[check.rule] > 1
    comment = f"rule {check.rule} of {check.variable}" if several else f"rule {check.rule}"
    if check.rule in DERIVED:
        return {"$comment": comment, "title": DERIVED[check.rule]}
    return {"$comment": comment, "title": words(check.message), "description": words(check.remedy)}


def words(template: Template) -> str:
    """A message with the names of variables, in braces, in place of their cells."""
    return "".join(part if isinstance(part, str) else f"{{{part.column}}}" for part in template)


def rules_by_variable(codebook: Codebook) -> dict[str, list[Rule]]:
    """The written rules of each variable: those whose violations are told of it."""
    found: dict[str, list[Rule]] = {}
    for check in checks_of(codebook):
        rule = codebook.rules.get(check.rule)
        if rule is not None and rule not in (rules := found.setdefault(check.variable, [])):
            rules.append(rule)
    return found
