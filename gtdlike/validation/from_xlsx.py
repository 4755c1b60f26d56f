"""Rows of an Excel workbook (.xlsx): of its first sheet with a header of the codebook, or else of its first sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from typing import IO, TYPE_CHECKING, Any

from gtdlike.codebook.model import Codebook, Variable
from gtdlike.errors import ReadError
from gtdlike.validation.chunk import Broken, Chunk, Source, column_of
from gtdlike.validation.xlsx_errors import error_cells

if TYPE_CHECKING:
    import polars as pl

_CHUNK = 5_000


def open_xlsx(file: IO[bytes], origin: str, codebook: Codebook) -> Source:
    """The source for a workbook. A cell with an error of Excel has its name as text, such as #REF!."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(file)
        title, sheet = _sheet(book, codebook)
    except python_calamine.PasswordError:
        raise ReadError("The workbook has a password.", origin, remedy="Save it without one.") from None
    except python_calamine.CalamineError as error:
        raise ReadError(f"This is no workbook of Excel: {error}.", origin, remedy="Save it anew as .xlsx.") from None
    errors = {} if sheet is None else error_cells(file, title)
    rows = iter(()) if sheet is None else _with_errors(iter(sheet.iter_rows()), errors, (sheet.start or (0, 0))[1])
    names = _header(rows)
    if not names:
        remedy = "Write the names of the columns into its first row."
        raise ReadError("This is no table: its sheet is empty.", origin, f"sheet {title!r}", remedy)
    notes = [f"Only the sheet {title!r} was read, of {len(book.sheet_names)}."] if len(book.sheet_names) > 1 else []
    return Source(names, _chunks(rows, names, codebook), origin, notes)


def _header(rows: Iterator[Sequence[Any]]) -> list[str]:
    """The names in the first row that is not blank, which is taken from the rows."""
    names = [str(cell) for cell in next((row for row in rows if any(cell != "" for cell in row)), [])]
    while names and not names[-1]:
        names.pop()
    return names


def _sheet(book: Any, codebook: Codebook) -> tuple[str, Any]:
    first = None
    for title in book.sheet_names:
        sheet = book.get_sheet_by_name(title)
        names = _header(iter(sheet.iter_rows()))
        if 2 * sum(name in codebook.variables for name in names) > len(names):
            return title, sheet
        first = first or (title, sheet)
    return first or ("", None)


def _numbered(rows: Iterator[Sequence[Any]], first: int) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows with their numbers, without the blank ones at the end."""
    blank: list[tuple[int, Sequence[Any]]] = []
    for number, row in enumerate(rows, first):
        if all(cell == "" for cell in row):
            blank.append((number, row))
        else:
            yield from blank
            blank = []
            yield number, row


def _chunks(rows: Iterator[Sequence[Any]], names: Sequence[str], codebook: Codebook) -> Iterator[Chunk]:
    numbered = _numbered(rows, 1)
    while piece := list(islice(numbered, _CHUNK)):
        too_long = {number for number, row in piece if any(cell != "" for cell in row[len(names) :])}
        broken = [_beyond(number, row, len(names)) for number, row in piece if number in too_long]
        piece = [(number, row) for number, row in piece if number not in too_long]
        columns: dict[str, pl.Series] = {}
        for name, cells in zip(names, zip_longest(*(row for _, row in piece), fillvalue=""), strict=False):
            columns.setdefault(name, _column(name, cells, codebook.variables.get(name)))
        yield Chunk([number for number, _ in piece], columns, broken)


def _with_errors(
    rows: Iterator[Sequence[Any]], errors: Mapping[int, Mapping[int, str]], start: int
) -> Iterator[Sequence[Any]]:
    """The rows, which begin with the column `start` of the sheet, with the errors in their cells."""
    if not errors:
        yield from rows
        return
    for place, row in enumerate(rows):
        if place in errors:
            row = list(row)
            for column, told in errors[place].items():
                if (here := column - start) >= 0:
                    row.extend([""] * (here + 1 - len(row)))
                    row[here] = told
        yield row


def _column(name: str, cells: Sequence[Any], variable: Variable | None) -> pl.Series:
    """The cells of a column, blanks as None; in a column of text numbers as their text."""
    kind = "text" if variable is None else variable.kind
    kinds = set(map(type, cells))
    if kinds == {str} or (kinds <= {str, float} and kind not in ("text", "label")):
        return column_of(name, [None if cell == "" else cell for cell in cells])
    return column_of(name, [None if cell == "" else _cell(cell, kind) for cell in cells])


def _cell(cell: Any, kind: str) -> Any:
    """A cell as its variable's kind takes it: dates in other columns, and all in those of text, as text."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, dt.date) and kind != "date":
        # As a spreadsheet writes the moment, which is how what it made of `1/5` is known for damage.
        return f"{cell} 00:00:00" if not isinstance(cell, dt.datetime) else str(cell)
    if isinstance(cell, dt.time | dt.timedelta):
        return str(cell)
    if kind in ("text", "label"):
        whole = isinstance(cell, float) and cell.is_integer()
        return str(int(cell)) if whole else str(cell)
    return cell


def _beyond(number: int, row: Sequence[Any], width: int) -> Broken:
    held = [str(cell) for cell in row[width:] if cell != ""]
    message = f"The row has cells beyond the last of the {width} columns of the header: {', '.join(held)[:100]}."
    return Broken(number, ", ".join(map(str, row))[:200], message, "Take them out, or name their columns.")
