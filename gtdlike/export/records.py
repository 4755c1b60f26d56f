"""Rows of JSON to a table: typed piece by piece, with the place of a cell that does not fit."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gtdlike.errors import ReadError
from gtdlike.export.cast import does_not_fit
from gtdlike.export.column_types import all_columns, schema_of, type_of

if TYPE_CHECKING:
    import pyarrow as pa

    from gtdlike.codebook.model import Codebook

_PIECE: Final = 10_000


class Records:
    """Takes rows, and gives their table.

    The columns are those of the schema; without one, all those of the codebook and whatever other columns the rows
    have, or just these if the rows are no incidents; or those of `names` and whatever others the rows have. `what` is
    what a row is called: `line` or `incident`.
    """

    def __init__(
        self,
        path: Path,
        schema: pa.Schema | None,
        codebook: Codebook | None,
        what: str,
        names: Sequence[str] = (),
    ) -> None:
        self._path, self._schema, self._codebook, self._what = path, schema, codebook, what
        self._rows: list[Mapping[str, Any]] = []
        self._done = 0
        self._names = names
        self._cells: dict[str, list[Any]] = {name: [] for name in names}
        """For each column its cells piece by piece: arrays, or lists where the type is not known yet."""

    def take(self, row: Mapping[str, Any]) -> None:
        """Take one more row."""
        self._rows.append(row)
        if len(self._rows) == _PIECE:
            self._flush()

    def table(self) -> pa.Table:
        """The table of all rows. Raises ReadError where a cell does not fit."""
        import pyarrow as pa

        self._flush()
        schema = self._schema
        if schema is None:
            names = list(self._cells)
            schema = schema_of(names if self._names else all_columns(names, self._codebook), self._codebook)
        columns = []
        for place, field in enumerate(schema):
            pieces = self._cells.get(field.name, [])
            if pieces and isinstance(pieces[0], list):
                column = self._guessed([cell for piece in pieces for cell in piece])
                schema = schema.set(place, field.with_type(column.type))
            else:
                missing = [pa.nulls(self._done - sum(map(len, pieces)), field.type)]
                column = pa.chunked_array([*pieces, *missing] if pieces else missing, field.type)
            columns.append(column)
        return pa.Table.from_arrays(columns, schema=schema)

    def _flush(self) -> None:
        import pyarrow as pa

        if not self._rows:
            return
        for name in dict.fromkeys(name for row in self._rows for name in row):
            cells = [row.get(name) for row in self._rows]
            kind = self._type(name)
            pieces = self._cells.setdefault(name, [])
            if (late := self._done - sum(map(len, pieces))) > 0:
                # The column is told for the first time after rows that leave it out.
                pieces.append([None] * late if kind is None else pa.nulls(late, kind))
            pieces.append(cells if kind is None else self._array(name, cells, kind))
        self._done += len(self._rows)
        self._rows = []

    def _type(self, name: str) -> pa.DataType | None:
        if self._schema is None:
            return type_of(name, self._codebook)
        if name not in self._schema.names:
            remedy = "Validate the file to see which columns are unknown."
            raise ReadError(f"The schema has no column {name!r}.", str(self._path), remedy=remedy)
        return self._schema.field(name).type

    def _array(self, name: str, cells: Sequence[Any], kind: pa.DataType) -> pa.Array:
        import pyarrow as pa

        try:
            return _typed(cells, kind)
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            for number, cell in enumerate(cells, self._done + 1):
                try:
                    _typed([cell], kind)
                except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
                    raise does_not_fit(cell, kind, self._path, f"{self._what} {number}, column {name}") from error
            raise

    def _guessed(self, cells: list[Any]) -> pa.Array:
        """Cells of a column that is nobody's: of the type that they have, or text where they are of several."""
        import pyarrow as pa

        cells += [None] * (self._done - len(cells))
        try:
            array = pa.array(cells)
        except (pa.ArrowException, OverflowError):
            return pa.array([_as_text(cell) for cell in cells], pa.string())
        return array.cast(pa.string()) if pa.types.is_null(array.type) else array


def _typed(cells: Sequence[Any], kind: pa.DataType) -> pa.Array:
    import pyarrow as pa

    if pa.types.is_date(kind):
        # JSON has days as text.
        cells = [dt.date.fromisoformat(cell) if isinstance(cell, str) else cell for cell in cells]
    elif pa.types.is_string(kind):
        cells = [_as_text(cell) for cell in cells]
    elif not pa.types.is_boolean(kind) and any(isinstance(cell, bool) for cell in cells):
        raise TypeError("not a number")
    elif pa.types.is_integer(kind):
        # Straight to whole numbers, Arrow would cut off what is behind the point.
        return pa.array(cells).cast(kind)
    return pa.array(cells, kind)


def _as_text(cell: Any) -> str | None:
    """A cell of a column of text: a number or a list in it is the text that JSON has for it."""
    return cell if cell is None or isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)
