"""JSON Lines: one row a line, in UTF-8, with every column of the table; a blank is null, a day is an ISO date."""

from __future__ import annotations

import json
import mmap
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gtdlike.errors import ReadError
from gtdlike.export.column_types import all_columns, schema_of

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

    from gtdlike.codebook.model import Codebook

_HALF: Final = re.compile(rb"\\u[dD][89a-fA-F]")


def write(table: pa.Table, part: Path, path: Path) -> None:
    """Write a table. Every line has every column, so that any reader sees the whole shape in any line."""
    from gtdlike.export.cast import frame_of, without_dictionaries
    from gtdlike.export.numbers import finite

    finite(frame_of(without_dictionaries(table)), path).write_ndjson(part)


def read(path: Path, schema: pa.Schema | None, codebook: Codebook | None) -> pa.Table:
    """Read rows; what a line leaves out is blank."""
    table = _at_once(path, schema, codebook)
    return _line_by_line(path, schema, codebook) if table is None else table


def _at_once(path: Path, schema: pa.Schema | None, codebook: Codebook | None) -> pa.Table | None:
    """The table as Polars reads it, which is ten times as quick; None where something is not as it should be."""
    import polars as pl
    import pyarrow as pa

    if _has_half_letters(path):
        return None
    try:
        frame = pl.read_ndjson(path, infer_schema_length=None)
    except pl.exceptions.PolarsError:
        return None
    if schema is None:
        # In which order Polars has the columns depends on the machine.
        with path.open("rb") as stream:
            names = list(json.loads(stream.readline()))
        schema = schema_of(all_columns(names, codebook), codebook)
    if not set(frame.columns) <= set(schema.names):
        return None
    columns = []
    for field in schema:
        column = frame[field.name] if field.name in frame.columns else pl.repeat(None, frame.height, eager=True)
        if not _is_of(column.dtype, field.type):
            return None
        try:
            columns.append(column.to_arrow().cast(field.type))
        except pa.ArrowException:
            return None
    return pa.Table.from_arrays(columns, schema=schema)


def _has_half_letters(path: Path) -> bool:
    """Whether there may be half of a pair of code units (such as \\ud83d), of which Polars makes another letter."""
    with path.open("rb") as stream:
        if not path.stat().st_size:
            return False
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _HALF.search(data) is not None


def _is_of(found: pl.DataType, wanted: pa.DataType) -> bool:
    """Whether cells as Polars found them are cells of a column without any doubt."""
    import polars as pl
    import pyarrow as pa

    if found == pl.Null:
        return True
    if pa.types.is_integer(wanted):
        return found == pl.Int64
    if pa.types.is_floating(wanted):
        return found in (pl.Int64, pl.Float64)
    if pa.types.is_boolean(wanted):
        return found == pl.Boolean
    return found == pl.String


def _line_by_line(path: Path, schema: pa.Schema | None, codebook: Codebook | None) -> pa.Table:
    """The table, or a ReadError that names the line."""
    from gtdlike.export.records import Records

    records = Records(path, schema, codebook, "line")
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            try:
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ValueError("it is not an object")
            except ValueError as error:
                remedy = "Write one JSON object a line."
                raise ReadError(f"The line is not JSON: {error}.", str(path), f"line {number}", remedy) from error
            records.take(row)
    return records.table()
