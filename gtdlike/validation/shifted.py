"""Rows whose cells stand some columns too far to the right or to the left, from some column on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from gtdlike.codebook.model import Codebook, Variable
from gtdlike.validation.columns import shown
from gtdlike.validation.damage import Finding

if TYPE_CHECKING:
    import polars as pl

# A row is looked at if so many cells are of a wrong type, and judged if so many do not fit, be it for their codes.
_SUSPECT, _LEAST = 2, 5
_WAYS: Final = (1, -1, 2, -2, 3, -3)
# So many cells may be wrong where they should stand, for other reasons.
_TOLERATED: Final = 1
_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d*)?")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]00:00.*)?")

Fits = Callable[[str], bool]


@frozen
class Shift:
    """A row that is shifted: from which column on, and by how many columns to the right (to the left if below 0)."""

    first: str
    by: int
    wrong: int
    """How many cells do not fit where they stand."""

    def finding(self) -> Finding:
        """What to say of the row, in place of all that is wrong with its cells."""
        many = f"{abs(self.by)} column{'s' if abs(self.by) > 1 else ''}"
        side, why = ("right", "is too much") if self.by > 0 else ("left", "is missing")
        cells = f"{self.wrong} cells do not fit where they stand"
        message = f"From {self.first} on, or from somewhat before it, the cells stand {many} too far {side}: {cells}."
        cell = "a cell" if abs(self.by) == 1 else f"{abs(self.by)} cells"
        return Finding("shifted-row", "error", message, f"Look before {self.first} for {cell} that {why}.")


def shifted_rows(
    columns: Mapping[str, pl.Series], wrong: Mapping[str, pl.Series], codebook: Codebook
) -> dict[int, Shift]:
    """The shifted rows of a chunk by their place in it. `wrong` are the masks of the cells of a wrong type.

    `columns` must stand as they do in the file.
    """
    import polars as pl

    if len(wrong) < _SUSPECT:
        return {}
    suspects = pl.DataFrame([mask.alias(name) for name, mask in wrong.items()]).sum_horizontal() >= _SUSPECT
    names, found = list(columns), {}
    tests = _tests(names, codebook)
    for place in suspects.arg_true():
        cells = [None if (cell := columns[name][place]) is None else shown(cell).strip() or None for name in names]
        if (shift := shift_of(cells, names, tests)) is not None:
            found[place] = shift
    return found


def shift_of(cells: Sequence[str | None], names: Sequence[str], tests: Sequence[Fits | None]) -> Shift | None:
    """By how much the cells of a row are shifted, None where they are not: moved back, all of them but one must fit."""
    wrong = [place for place, misfit in _judged(cells, tests) if misfit]
    # The first wrong cell may be wrong for a reason of its own.
    for begin in range(2):
        for by in _WAYS:
            if len(wrong) - begin >= _LEAST and _fits_moved(cells, tests, wrong[begin], by):
                return Shift(names[wrong[begin]], by, len(wrong) - begin)
    return None


def _fits_moved(cells: Sequence[str | None], tests: Sequence[Fits | None], first: int, by: int) -> bool:
    # Where a cell is missing, what stood in the column of the first wrong cell is not known.
    held, start = (cells[first + by :], first) if by > 0 else (cells[first:], first - by)
    misfits = judged = 0
    for _, misfit in _judged(held, tests[start:]):
        judged += 1
        misfits += misfit
        if misfits > _TOLERATED:
            return False
    return judged >= _LEAST


def _judged(cells: Sequence[str | None], tests: Sequence[Fits | None]) -> Iterator[tuple[int, bool]]:
    """The places of the cells that can be judged, and whether each does not fit."""
    for place, (cell, fits) in enumerate(zip(cells, tests, strict=False)):
        if cell is not None and fits is not None:
            yield place, not fits(cell)


def _tests(names: Sequence[str], codebook: Codebook) -> list[Fits | None]:
    """For each column what tells whether a cell fits, None where anything does."""
    return [_test(codebook.variables[name], codebook) if name in codebook.variables else None for name in names]


def _test(variable: Variable, codebook: Codebook) -> Fits | None:
    match variable.kind:
        case "text":
            return None
        case "date":
            return lambda cell: _DATE.fullmatch(cell) is not None
        case "label":
            return codebook.code_list(variable.name).by_label.__contains__
        case "code":
            known: Any = codebook.code_lists[variable.codes or ""].by_code.keys()
        case "boolean":
            known = {0, 1}
        case _:
            known = None
    low, high, unknown = variable.minimum, variable.maximum, variable.unknown

    def fits(cell: str) -> bool:
        if _NUMBER.fullmatch(cell) is None:
            return False
        number = float(cell)
        if number == unknown:
            return True
        if known is not None:
            return number in known
        return (low is None or number >= low) and (high is None or number <= high)

    return fits
