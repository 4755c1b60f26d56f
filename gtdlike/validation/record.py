"""The checks of a codebook on one row, as Python functions: quick for a row at a time, and equal to those of tables."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from attrs import define, field

from gtdlike.codebook.checks import Check, checks_of
from gtdlike.codebook.expression import to_python
from gtdlike.codebook.model import Codebook, Variable
from gtdlike.validation.chunk import column_of
from gtdlike.validation.columns import typed
from gtdlike.validation.findings import Findings
from gtdlike.validation.rules import Selection

_INT64 = 2**63
Cells = dict[str, Any]


@define
class RowEngine:
    """The checks that are chosen, as functions of a row that are true, false or None."""

    codebook: Codebook
    checks: list[tuple[Check, Callable[[Mapping[str, Any]], Any], frozenset[str]]] = field(repr=False)

    def typed(self, row: Mapping[str, Any]) -> tuple[Cells, Cells]:
        """The typed cells that are not blank, and the cells that are of a wrong type, as they are."""
        cells: Cells = {}
        wrong: Cells = {}
        for name, value in row.items():
            variable = self.codebook.variables.get(name)
            if variable is None or value is None:
                continue
            if (exact := _exact(value, variable)) is not None:
                cells[name] = exact
                continue
            # Whatever is written in another way is read as the cells of tables are.
            column = typed(column_of(name, [value]), variable)
            if column.wrong is not None:
                wrong[name] = value
            elif (read := column.values[0]) is not None:
                cells[name] = read
        return cells, wrong

    def run(self, cells: Cells, wrong: Cells, present: Mapping[str, Any], number: int, findings: Findings) -> None:
        """Judge one row of typed cells, and add what fails to the findings."""
        eventid = cells.get("eventid")
        for check, holds, reads in self.checks:
            if reads.isdisjoint(cells) or not reads.isdisjoint(wrong):
                continue
            if check.if_present and check.variable not in present:
                continue
            if holds(cells) is False:
                used = {name: [cells.get(name)] for name in check.uses}
                findings.add_failed(check, [number], [eventid], used)


def row_engine(codebook: Codebook, selection: Selection) -> RowEngine:
    """The compiled checks of a codebook. Those of the last few are kept, for callers that check row by row."""
    return _compiled(_ById(codebook), selection)


@define(eq=False)
class _ById:
    """A codebook as a key: it is known by its identity, because it holds mappings and has no hash."""

    codebook: Codebook

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.codebook is other.codebook

    def __hash__(self) -> int:
        return id(self.codebook)


@lru_cache(maxsize=8)
def _compiled(key: _ById, selection: Selection) -> RowEngine:
    chosen = [check for check in checks_of(key.codebook) if check.rule in selection]
    return RowEngine(key.codebook, [(c, to_python(c.expression), frozenset(c.reads)) for c in chosen])


def _exact(value: Any, variable: Variable) -> Any:
    """The value, if it is of its variable's kind to the letter; None if it must be looked at more closely."""
    kind = type(value)
    match variable.kind:
        case "integer" | "code" | "boolean":
            return value if kind is int and -_INT64 <= value < _INT64 else None
        case "number":
            return float(value) if kind is float and math.isfinite(value) else None
        case "date":
            return value if kind is dt.date else None
        case _:
            return value if kind is str and value else None
