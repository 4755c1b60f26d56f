"""Excel (.xlsx): the rows on one sheet, what the variables mean and what the codes are called on two others.

Texts are texts, never formulas or links. Numbers have all their digits, and a day is a day. A blank and an empty text
are the same in a cell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gtdlike.errors import MissingExtraError, WriteError
from gtdlike.export.cast import flat, frame_of
from gtdlike.export.description import Column, about, columns_of, holds_incidents
from gtdlike.export.losses import tell
from gtdlike.export.numbers import finite, tell_inexact
from gtdlike.export.xlsx_read import CODEBOOK, CODES, SHEETS
from gtdlike.export.xlsx_read import read as read

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

_MOST_ROWS, _MOST_COLUMNS, _MOST_LETTERS = 1_048_576, 16_384, 32_767
_FIRST_DAY: Final = dt.date(1900, 3, 1)
"""Excel has no days before 1900, and one too many in that year's February."""
_NOT_IN_XML: Final = "[\ufffe\uffff]"
_HIGH: Final = r"[\x{10000}-\x{10ffff}]"
_SETTINGS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class _Exact(float):
    """A number that is written with all its digits; the library would write sixteen of seventeen."""

    def __format__(self, _spec: str) -> str:
        return repr(int(self) if self.is_integer() and abs(self) < 1e17 else float(self))


def write(table: pa.Table, part: Path, path: Path) -> None:
    """Write a workbook. Raises WriteError for more rows or columns than a sheet has."""

    if table.num_rows >= _MOST_ROWS or table.num_columns > _MOST_COLUMNS:
        problem = f"A sheet has room for {_MOST_ROWS - 1:,} rows of {_MOST_COLUMNS:,} columns, and the table has "
        remedy = "Write it as .parquet or .csv, or write a part of it."
        raise WriteError(f"{problem}{table.num_rows:,} of {table.num_columns:,}.", str(path), remedy=remedy)
    try:
        import xlsxwriter
    except ModuleNotFoundError:
        remedy = "Install it: pip install 'gtdlike[xlsx]'."
        raise MissingExtraError("Workbooks need xlsxwriter.", str(path), remedy=remedy) from None
    known = columns_of(table.schema)
    frame = finite(frame_of(flat(table)), path)
    tell_inexact(frame, path)
    frame = frame.with_columns(_fitting(series, path) for series in frame)
    if last := _blank_rows_at_the_end(frame):
        tell(path, frame.columns[0], last, "of rows at the end without a single cell, which a sheet does not have")
    with xlsxwriter.Workbook(str(part), _SETTINGS) as book:
        book.set_properties({"title": about(table.schema, "codebook_title"), "created": dt.datetime(1970, 1, 1)})
        _write_rows(book, SHEETS[0 if holds_incidents(known) else 1], frame)
        if any(column.label for column in known.values()):
            _write_sheet(book, *CODEBOOK, (_about_column(c) for c in known.values()), (18, 40, 80))
            _write_sheet(book, *CODES, _codes(known.values()), (18, 8, 60))


def _fitting(column: pl.Series, path: Path) -> pl.Series:
    """A column of which Excel has room for every cell; what is changed for that is told."""
    import polars as pl

    name = column.name
    if column.dtype == pl.Date:
        early = column < _FIRST_DAY
        if cells := int(early.sum()):
            tell(path, name, cells, "days before March 1900, which Excel does not have, so they are text")
        return column
    if column.dtype != pl.String:
        return column
    tell(path, name, int((column == "").sum()), "empty texts, which are the same as blanks there")
    if strange := int(column.str.contains(_NOT_IN_XML).sum()):
        tell(path, name, strange, "with a character that XML does not have, in the place of which stands U+FFFD")
        column = column.str.replace_all(_NOT_IN_XML, "\ufffd")
    # Excel counts letters of the higher planes twice.
    if (column.str.len_chars() > _MOST_LETTERS // 2).any():
        long = column.is_not_null() & (column.str.len_chars() + column.str.count_matches(_HIGH) > _MOST_LETTERS)
        tell(path, name, int(long.sum()), f"longer than {_MOST_LETTERS:,} letters, which are cut")
        column = column.map_elements(_cut, return_dtype=pl.String)
    return column


def _blank_rows_at_the_end(frame: pl.DataFrame) -> int:
    import polars as pl

    filled = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series().arg_true()
    return frame.height - (int(filled[-1]) + 1 if len(filled) else 0)


def _cut(text: str) -> str:
    return text.encode("utf-16-le")[: 2 * _MOST_LETTERS].decode("utf-16-le", errors="ignore")


def _write_rows(book: Any, title: str, frame: pl.DataFrame) -> None:
    """The sheet of the rows: its header stays in sight and has a filter."""
    import polars as pl

    sheet = book.add_worksheet(title)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    whole = book.add_format({"num_format": "0"})
    sheet.freeze_panes(1, 1)
    for place, kind in enumerate(frame.dtypes):
        sheet.set_column(place, place, 14, whole if kind == pl.Int64 else day if kind == pl.Date else None)
    _write_header(book, sheet, frame.columns)
    writers = [_writer(sheet, kind, day) for kind in frame.dtypes]
    for line, row in enumerate(frame.iter_rows(), 1):
        for place, cell in enumerate(row):
            if cell is not None:
                writers[place](line, place, cell)
    if frame.width:
        sheet.autofilter(0, 0, frame.height, frame.width - 1)


def _writer(sheet: Any, kind: pl.DataType, day: Any) -> Callable[[int, int, Any], Any]:
    """How a cell of a column is written."""
    import polars as pl

    def text(row: int, column: int, cell: str) -> None:
        if cell.startswith("<r>") and cell.endswith("</r>"):
            # The library would take it for its own markup of a text with several fonts, which it has from pieces.
            sheet.write_rich_string(row, column, cell[0], cell[1], cell[2:])
        else:
            sheet.write_string(row, column, cell)

    def date_cell(row: int, column: int, cell: dt.date) -> None:
        if cell < _FIRST_DAY:
            sheet.write_string(row, column, cell.isoformat())
        else:
            sheet.write_datetime(row, column, cell, day)

    if kind == pl.Boolean:
        boolean: Callable[[int, int, Any], Any] = sheet.write_boolean
        return boolean
    if kind == pl.String:
        return text
    if kind == pl.Date:
        return date_cell
    # Only numbers of more than fifteen digits need it, which those of a narrow type never have.
    if kind.is_float() or kind in (pl.Int64, pl.UInt64):
        return lambda row, column, cell: sheet.write_number(row, column, _Exact(cell))
    number: Callable[[int, int, Any], Any] = sheet.write_number
    return number


def _write_header(book: Any, sheet: Any, names: Sequence[str]) -> None:
    bold = book.add_format({"bold": True})
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, bold)


def _write_sheet(
    book: Any, title: str, header: Sequence[str], rows: Iterable[Sequence[int | str | None]], widths: Sequence[int]
) -> None:
    """A sheet that explains the rows."""
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    _write_header(book, sheet, header)
    for line, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if cell is not None and cell != "":
                (sheet.write_string if isinstance(cell, str) else sheet.write_number)(line, place, cell)


def _about_column(column: Column) -> Sequence[int | str | None]:
    about_it = (column.label, column.definition, column.section, column.kind, column.unit, column.unknown)
    return (column.name, *about_it, column.list_name, column.label_of, column.path)


def _codes(columns: Iterable[Column]) -> Iterable[Sequence[int | str | None]]:
    """The codes of every list, once."""
    lists = {column.list_name: column.codes for column in columns if column.list_name}
    return ((name, code, label) for name, codes in sorted(lists.items()) for code, label in codes.items())
