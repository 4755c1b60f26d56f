"""Reading workbooks: ours with what their sheets say of the variables, and those of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gtdlike.cells import date, number, whole_number
from gtdlike.errors import ReadError
from gtdlike.export.cast import check_names, does_not_fit
from gtdlike.export.column_types import schema_of, type_of
from gtdlike.export.description import Column, with_columns

if TYPE_CHECKING:
    import pyarrow as pa

    from gtdlike.codebook.model import Codebook

SHEETS: Final = ("incidents", "rows")
"""What the sheet of the rows is called: the first where they are incidents."""
CODEBOOK: Final = (
    "codebook",
    ("variable", "label", "definition", "section", "kind", "unit", "unknown", "codes", "label of", "path"),
)
"""The sheet of the variables, and its header."""
CODES: Final = ("codes", ("list", "code", "label"))
"""The sheet of the codes, and its header."""


def read(path: Path, schema: pa.Schema | None, codebook: Codebook | None) -> pa.Table:
    """Read the sheet of the rows, or the first sheet of another's workbook, with the types of the schema or names."""
    import pyarrow as pa
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        title = next((name for name in SHEETS if name in book.sheet_names), book.sheet_names[0])
        rows = iter(book.get_sheet_by_name(title).to_python())
    except python_calamine.CalamineError as error:
        raise ReadError(f"This is no workbook of Excel: {error}.", str(path), remedy="Save it anew as .xlsx.") from None
    names = [str(name) for name in next(rows, [])]
    if "" in names:
        remedy = "Write the names of the columns into its first row, or take the column out."
        raise ReadError("A column has no name.", str(path), f"sheet {title!r}, column {names.index('') + 1}", remedy)
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    if schema is None:
        schema = schema_of(names, codebook)
        for place, (name, cells) in enumerate(zip(names, columns, strict=True)):
            if type_of(name, codebook) is None:
                schema = schema.set(place, pa.field(name, _type_of_cells(cells)))
        schema = with_columns(schema, _explained(book))
    check_names(names, schema, path)
    return pa.Table.from_arrays([_column(c, f, path) for c, f in zip(columns, schema, strict=True)], schema=schema)


def _explained(book: Any) -> dict[str, Column]:
    """What a workbook of ours says of its variables; nothing of another's."""
    codes: dict[str, dict[int, str]] = {}
    for name, code, label in _rows_of(book, *CODES):
        codes.setdefault(name, {})[int(code)] = label
    columns: dict[str, Column] = {}
    for row in _rows_of(book, *CODEBOOK):
        name, label, definition, section, kind, unit, unknown, list_name, label_of, path = row
        columns[name] = Column(
            name, label, definition, section, kind, unit, path, list_name, label_of,
            unknown=(int(unknown) if isinstance(unknown, float) else unknown or None),
            codes=codes.get(list_name, {}),
        )  # fmt: skip
    return columns


def _rows_of(book: Any, title: str, header: Sequence[str]) -> list[list[Any]]:
    """The rows of a sheet, if it is there and has this header."""
    rows = book.get_sheet_by_name(title).to_python() if title in book.sheet_names else []
    return rows[1:] if rows[:1] == [list(header)] else []


def _type_of_cells(cells: Sequence[Any]) -> pa.DataType:
    """The type of a column that is nobody's."""
    import pyarrow as pa

    kinds = {type(cell) for cell in cells if cell != ""}
    if kinds and kinds <= {float, int}:
        return pa.float64()
    return {bool: pa.bool_(), dt.date: pa.date32()}[kinds.pop()] if kinds in ({bool}, {dt.date}) else pa.string()


def _column(cells: Sequence[Any], field: pa.Field, path: Path) -> pa.Array:
    """The cells of a column, blanks as None, with the type of a field."""
    import pyarrow as pa

    convert = _converter(field.type)
    try:
        return pa.array([None if cell == "" else convert(cell) for cell in cells], field.type)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        for row, cell in enumerate(cells, 2):
            try:
                pa.array([None if cell == "" else convert(cell)], field.type)
            except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
                raise does_not_fit(cell, field.type, path, f"row {row}, column {field.name}") from error
        raise


def _converter(kind: pa.DataType) -> Callable[[Any], Any]:
    import pyarrow as pa

    if pa.types.is_boolean(kind):
        return _answer
    if pa.types.is_date(kind):
        return date
    if pa.types.is_integer(kind):
        return whole_number
    if pa.types.is_floating(kind):
        return number
    # Numbers in a column of text, such as a name of digits, are their digits.
    return lambda cell: str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _answer(cell: Any) -> bool:
    if not isinstance(cell, bool):
        raise TypeError("neither TRUE nor FALSE")
    return cell
