"""What a format cannot hold, told column by column."""

from __future__ import annotations

import warnings
from pathlib import Path

from gtdlike.errors import describe


class LossWarning(UserWarning):
    """A file does not hold all that the table holds: `cells` cells of `column` stand in it as `what` tells.

    `cells` is 0 where the cells are whole, and what describes the column is not.
    """

    def __init__(self, what: str, file: str, column: str, cells: int) -> None:
        super().__init__(what, file, column, cells)
        self.what, self.file, self.column, self.cells = what, file, column, cells

    def __str__(self) -> str:
        number = f"{self.cells:,} cell{'s' * (self.cells != 1)}: " if self.cells else ""
        return describe(f"{number}{self.what}.", self.file, f"column {self.column}")


def tell_label(path: Path, column: str, label: str) -> None:
    """Warn of a label of a variable or of a code that is cut."""
    what = f"The label {label!r} is too long for the format, and cut"
    warnings.warn(LossWarning(what, str(path), column, 0), stacklevel=2)


def tell(path: Path, column: str, cells: int, what: str) -> None:
    """Warn of a loss, if there is one."""
    if cells:
        warnings.warn(LossWarning(what, str(path), column, cells), stacklevel=2)
