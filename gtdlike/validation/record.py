"""One row at a time: its cells typed, and its violations found by Python functions, equal to those of tables."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any, Final

from gtdlike.codebook.checks import checks_of
from gtdlike.codebook.model import Codebook, Variable
from gtdlike.codebook.once import once_per_codebook
from gtdlike.codebook.rowchecks import RowChecks, row_checks
from gtdlike.validation.chunk import column_of
from gtdlike.validation.columns import typed
from gtdlike.validation.findings import Findings
from gtdlike.validation.rules import Selection

_INT64: Final = 2**63


def typed_cells(row: Mapping[str, Any], codebook: Codebook) -> tuple[dict[str, Any], dict[str, Any]]:
    """The typed cells of a row that are not blank, and the cells that are of a wrong type, as they are."""
    cells: dict[str, Any] = {}
    wrong: dict[str, Any] = {}
    for name, value in row.items():
        variable = codebook.variables.get(name)
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


def check_cells(
    cells: Mapping[str, Any], wrong: Mapping[str, Any], present: Mapping[str, Any], number: int, findings: Findings
) -> None:
    """Judge one row of typed cells, and add what fails to the findings."""
    checks = chosen_checks(findings.codebook, findings.selection)
    for check in checks.violated(cells, wrong=wrong.keys(), present=present.keys()):
        used = {name: [cells.get(name)] for name in check.uses}
        if check.severity == "error":
            findings.invalid_row(number)
        findings.add_failed(check, [number], [cells.get("eventid")], used)


@once_per_codebook
def chosen_checks(codebook: Codebook, selection: Selection) -> RowChecks:
    """The compiled checks of a codebook that are chosen."""
    checks = checks_of(codebook)
    chosen = [check for check in checks if check.rule in selection]
    return row_checks(codebook) if len(chosen) == len(checks) else RowChecks.of(chosen)


def _exact(value: Any, variable: Variable) -> Any:
    """The value, if it is of its variable's kind to the letter; None if it must be looked at more closely."""
    kind = type(value)
    match variable.kind:
        case "integer" | "code" | "boolean":
            return value if kind is int and -_INT64 <= value < _INT64 else None
        case "number":
            return value if kind is float and math.isfinite(value) else None
        case "date":
            return value if kind is dt.date else None
        case _:
            return value if kind is str and value else None
