"""Reading the CSV files of a codebook: each cell by its column, and for each mistake the line it is on."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from importlib.resources.abc import Traversable
from typing import NoReturn

from gtdlike.errors import CodebookError, remedy_for


class Row:
    """One line of a sheet. Cells are without the spaces around them; a column that is not there is empty."""

    __slots__ = ("_cells", "_columns", "_file", "_line")

    def __init__(self, cells: list[str], columns: dict[str, int], file: str, line: int) -> None:
        self._cells = cells
        self._columns = columns
        self._file = file
        self._line = line

    def get(self, column: str) -> str:
        """The cell, empty if there is nothing in it."""
        index = self._columns.get(column)
        return "" if index is None else self._cells[index].strip()

    def text(self, column: str) -> str:
        """The cell, which must not be empty."""
        if not (cell := self.get(column)):
            self._fail(column, "is empty.", "Fill it in, or take the line out.")
        return cell

    def integer(self, column: str) -> int:
        """The cell as an integer."""
        cell = self.text(column)
        try:
            return int(cell)
        except ValueError:
            self._fail(column, f"is {cell!r}, which is not an integer.", "Write digits only.")

    def optional_integer(self, column: str) -> int | None:
        """The cell as an integer, None if it is empty."""
        return self.integer(column) if self.get(column) else None

    def choice(self, column: str, choices: Sequence[str]) -> str:
        """The cell, one of the choices; the first of them if it is empty."""
        cell = self.get(column) or choices[0]
        if cell not in choices:
            self._fail(column, f"is {cell!r}.", remedy_for(cell, choices, f"Write one of: {', '.join(choices)}."))
        return cell

    def several(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that holds a list separated by `|`."""
        cell = self.get(column)
        if not cell:
            return ()
        return tuple(part.strip() for part in cell.split("|") if part.strip())

    def _fail(self, column: str, problem: str, remedy: str) -> NoReturn:
        raise CodebookError(f"The column {column!r} {problem}", self._file, f"line {self._line}", remedy)


def read_sheet(file: Traversable, *, required: Sequence[str], optional: Sequence[str]) -> list[Row]:
    """The lines of a CSV file in UTF-8 (a byte order mark is passed over) whose first line names the columns."""
    name = str(file)
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CodebookError(f"It is not UTF-8: {error}.", name, remedy="Save it as CSV UTF-8.") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        columns = next(reader, [])
        _check_columns(columns, (*required, *optional), required, name)
        index = {column: i for i, column in enumerate(columns)}
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(columns):
                raise CodebookError(
                    f"There are {len(cells)} cells under {len(columns)} columns.",
                    name,
                    f"line {reader.line_num}",
                    "Put a cell that holds a comma into double quotes.",
                )
            rows.append(Row(cells, index, name, reader.line_num))
    except csv.Error as error:
        raise CodebookError(
            f"It is not CSV: {error}.",
            name,
            f"line {reader.line_num}",
            "Look for a double quote without its pair, there or above.",
        ) from None
    return rows


def _check_columns(columns: Sequence[str], known: Sequence[str], required: Sequence[str], file: str) -> None:
    for number, column in enumerate(columns):
        if column not in known:
            remedy = remedy_for(column, known, f"The columns are: {', '.join(known)}.")
            raise CodebookError(f"There is no column {column!r}.", file, "line 1", remedy)
        if column in columns[:number]:
            raise CodebookError(f"The column {column!r} is there twice.", file, "line 1", "Take one of the two out.")
    for column in required:
        if column not in columns:
            raise CodebookError(f"The column {column!r} is missing.", file, "line 1", "Add it.")
