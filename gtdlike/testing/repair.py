"""Making a row valid: cells that rules object to are changed to what their examples show, or emptied."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from gtdlike.codebook.model import Codebook
from gtdlike.codebook.rowchecks import RowChecks

Cells = dict[str, Any]


def repair(
    cells: Cells,
    codebook: Codebook,
    checks: RowChecks,
    *,
    fixed: Collection[str] = (),
    allowed: str | None = None,
    only_empty: bool = False,
) -> bool:
    """Change cells in place until no check is violated, but for those of the rule `allowed`. Cells `fixed` stay.

    With `only_empty` cells are emptied and never changed, which spares values that no example has. False if it cannot
    be done without touching what is fixed. It ends, because the examples of each rule are tried once, all other steps
    empty a cell, and a blank row violates nothing.
    """
    tried: set[str] = set()
    failing = {place for place in range(len(checks.checks)) if _fails(place, cells, checks, allowed)}
    while failing:
        check, _, reads = checks.checks[min(failing)]
        best: tuple[int, Cells, set[int]] | None = None
        untried = (
            [] if only_empty or check.rule in tried else _as_in_examples(check.rule, cells, codebook, reads, fixed)
        )
        tried.add(check.rule)
        for change in untried:
            left = _after(change, cells, failing, checks, allowed)
            if len(left) < len(failing) and (best is None or len(left) < best[0]):
                best = len(left), change, left
        if best is None:
            # The fewest violations left; of equals the cell that the rule is about.
            for name in dict.fromkeys((check.variable, *check.reads)):
                if name in reads and name in cells and name not in fixed:
                    left = _after({name: None}, cells, failing, checks, allowed)
                    if best is None or len(left) < best[0]:
                        best = len(left), {name: None}, left
        if best is None:
            return False
        _, change, failing = best
        _apply(change, cells)
    return True


def _as_in_examples(
    rule: str, cells: Cells, codebook: Codebook, reads: Collection[str], fixed: Collection[str]
) -> Iterator[Cells]:
    """The cells that a rule reads, as they are in its examples of rows that pass."""
    for example in codebook.rules[rule].passes if rule in codebook.rules else ():
        change = {name: example.get(name) for name in reads if cells.get(name) != example.get(name)}
        if all(name not in fixed for name in change):
            yield change


def _after(change: Cells, cells: Cells, failing: set[int], checks: RowChecks, allowed: str | None) -> set[int]:
    """The places of the checks that are violated after a change: only those that read a changed cell can differ."""
    changed = dict(cells)
    _apply(change, changed)
    affected = {place for name in change for place in checks.reading.get(name, ())}
    return failing.difference(affected) | {place for place in affected if _fails(place, changed, checks, allowed)}


def _apply(change: Cells, cells: Cells) -> None:
    for name, value in change.items():
        if value is None:
            cells.pop(name, None)
        else:
            cells[name] = value


def _fails(place: int, cells: Cells, checks: RowChecks, allowed: str | None) -> bool:
    check, _, reads = checks.checks[place]
    if check.rule == allowed or (check.if_present and check.variable not in cells) or reads.isdisjoint(cells):
        return False
    return checks.fails(place, cells)


def labelled(cells: Cells, codebook: Codebook) -> Cells:
    """The cells with the labels of their codes."""
    labels: Cells = {}
    for variable in codebook.variables.values():
        if variable.label_of and (code := cells.get(variable.label_of)) is not None:
            known = codebook.code_list(variable.name).by_code.get(code)
            if known is not None:
                labels[variable.name] = known.label
    return cells | labels
