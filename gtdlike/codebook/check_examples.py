"""Whether the examples of rules are what they say: rows that pass everything, and rows that violate one rule alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from gtdlike.codebook.locate import Finding, Item
from gtdlike.codebook.model import Codebook, Kind, Rule
from gtdlike.codebook.rowchecks import row_checks
from gtdlike.codebook.template import render
from gtdlike.errors import remedy_for

Cells = Mapping[str, Any]

_TYPES: Final[Mapping[Kind, tuple[tuple[type, ...], str]]] = {
    "integer": ((int,), "an integer"),
    "code": ((int,), "a code"),
    "boolean": ((int,), "0 or 1"),
    "number": ((int, float), "a number"),
    "text": ((str,), "a text"),
    "label": ((str,), "a text"),
    "date": ((dt.date,), "a date, without quotes: 2017-01-16"),
}


def example_findings(codebook: Codebook, own: Callable[[str], set[str]]) -> list[Finding]:
    """All that is wrong with examples. Of a codebook that extends another, those of its own rules are looked at: the
    others were chosen for the codebook that they come from, and need not fit what was added since."""
    ours = own("rule") if codebook.extends is not None else set(codebook.rules)
    return [f for rule in codebook.rules.values() if rule.id in ours for f in _examples(rule, codebook)]


def _examples(rule: Rule, codebook: Codebook) -> Iterator[Finding]:
    for key, rows in (("passes", rule.passes), ("fails", rule.fails)):
        for place, cells in enumerate(rows):
            item = Item("rule", rule.id, (key, place) if len(rows) > 1 else (key,))
            wrong = list(_cells(item, cells, codebook))
            yield from wrong or _judged(item, cells, rule, key == "fails", codebook)


def _cells(item: Item, cells: Cells, codebook: Codebook) -> Iterator[Finding]:
    if not cells:
        yield item, "The example is empty.", "Write {variable = value, ...}."
    for name, value in cells.items():
        here = Item(item.kind, item.name, (*item.way, name))
        if name not in codebook.variables:
            yield here, f"There is no variable {name!r}.", remedy_for(name, codebook.variables, "Take it out.")
            continue
        types, wanted = _TYPES[codebook.variables[name].kind]
        if not isinstance(value, types):
            yield here, f"{name} = {value!r} is not {wanted}.", f"Write {wanted}."


def _judged(item: Item, cells: Cells, rule: Rule, fails: bool, codebook: Codebook) -> Iterator[Finding]:
    violated = list(row_checks(codebook).violated(cells))
    if fails and not any(check.rule == rule.id for check in violated):
        yield item, "The example should violate the rule, and it does not.", "Correct the example or the rule."
    for check in violated:
        if check.rule == rule.id and fails:
            continue
        which = "the rule" if check.rule == rule.id else f"{check.rule!r} as well" if fails else f"{check.rule!r}"
        problem = f"The example violates {which}: {render(check.message, cells)}"
        yield item, problem, "Correct the example."
