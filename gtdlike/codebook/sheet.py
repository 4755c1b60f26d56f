"""Reading the CSV files of a codebook: each cell by its column, and for each mistake the line it is on."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from importlib.resources.abc import Traversable
from typing import NoReturn

from attrs import field, frozen

from gtdlike.codebook.problem import CodebookProblem, Mistake, Tell
from gtdlike.errors import remedy_for


@frozen
class Row:
    """One line of a sheet. Cells are without the spaces around them; a column that is not there is empty."""

    cells: Sequence[str]
    columns: dict[str, int] = field(repr=False)
    file: str
    line: int
    """Where it begins: a cell in quotes may hold line breaks."""

    def get(self, column: str) -> str:
        """The cell, empty if there is nothing in it."""
        index = self.columns.get(column)
        return "" if index is None else self.cells[index].strip()

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

    def problem(self, column: str, problem: str, remedy: str, place: str = "") -> CodebookProblem:
        """A problem with one cell of the line."""
        # As the cells would be written; where they are not (a text in quotes without need), the line is still right.
        before = list(self.cells[: self.columns.get(column, 0)])
        written = _written(before) + 1 if before else 0
        cell = _written([self.cells[self.columns[column]]]) if column in self.columns else 0
        return CodebookProblem(problem, self.file, place, remedy, self.line, written + 1, max(cell, 1))

    def _fail(self, column: str, problem: str, remedy: str) -> NoReturn:
        raise Mistake(self.problem(column, f"The column {column!r} {problem}", remedy))


def _written(cells: Sequence[str]) -> int:
    """How long cells are in a file, with the commas between them."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return len(out.getvalue()) if any(cells) or len(cells) > 1 else 0


def read_sheet(file: Traversable, *, required: Sequence[str], optional: Sequence[str], tell: Tell) -> list[Row]:
    """The lines of a CSV file in UTF-8 (a byte order mark is passed over) whose first line names the columns.

    Lines that cannot be read are told and left out.
    """
    name = str(file)

    def wrong(problem: str, remedy: str, line: int | None = None) -> None:
        tell(CodebookProblem(problem, name, "", remedy, line, None if line is None else 1))

    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong(f"It is not UTF-8: {error}.", "Save it as CSV UTF-8.")
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        columns = next(reader, [])
        if problems := list(_columns_problems(columns, (*required, *optional), required)):
            for problem, remedy in problems:
                wrong(problem, remedy, 1)
            return []
        index = {column: i for i, column in enumerate(columns)}
        end = reader.line_num
        for cells in reader:
            line, end = end + 1, reader.line_num
            if len(cells) == len(columns):
                rows.append(Row(cells, index, name, line))
            elif cells:
                problem = f"There are {len(cells)} cells under {len(columns)} columns."
                wrong(problem, "Put a cell that holds a comma into double quotes.", line)
    except csv.Error as error:
        wrong(f"It is not CSV: {error}.", "Look for a double quote without its pair, there or above.", reader.line_num)
    return rows


def _columns_problems(columns: Sequence[str], known: Sequence[str], required: Sequence[str]) -> list[tuple[str, str]]:
    problems: list[tuple[str, str]] = []
    for number, column in enumerate(columns):
        if column not in known:
            remedy = remedy_for(column, known, f"The columns are: {', '.join(known)}.")
            problems.append((f"There is no column {column!r}.", remedy))
        elif column in columns[:number]:
            problems.append((f"The column {column!r} is there twice.", "Take one of the two out."))
    # A name that was misspelt is told once, not as missing as well.
    return problems or [
        (f"The column {column!r} is missing.", "Add it.") for column in required if column not in columns
    ]
