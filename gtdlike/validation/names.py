"""Whether the columns of a table, or the names in a row, are those of the codebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gtdlike.errors import remedy_for
from gtdlike.rows import EXTRA_COLUMNS
from gtdlike.validation.findings import Findings
from gtdlike.validation.report import ADD_COLUMN


def check_columns(names: Sequence[str], findings: Findings) -> None:
    """The columns of a table: none strange, none twice, none missing."""
    known = findings.codebook.variables
    for name in dict.fromkeys(names):
        if name not in known and name not in EXTRA_COLUMNS:
            strange(name, None, [k for k in known if k not in names], findings)
        if (times := names.count(name)) > 1:
            message = f"There are {times} columns of the name {name!r}; only the first is read."
            findings.add("column", name, "error", message, "Rename or take out the others.")
    for name, variable in known.items():
        if name not in names:
            # A label follows from its code, so that nothing is lost without it.
            severity = "warning" if variable.kind == "label" else "error"
            message = f"The column {name!r} ({variable.label}) is missing."
            findings.add("column", name, severity, message, ADD_COLUMN)


def strange(name: str, row: int | None, choices: Iterable[str], findings: Findings) -> None:
    """A name that is no variable; of rows, in the first one that has it."""
    message = f"{name!r} is no column of codebook {findings.codebook.id}."
    remedy = remedy_for(name, choices, "Rename it or take it out: its cells are not read.")
    findings.add("column", name, "error", message, remedy, row=row)
