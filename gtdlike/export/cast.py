"""Columns to the types of a schema, for the formats that carry no types, and columns that every format can hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gtdlike.errors import ReadError

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

_VALIDATE = "Validate the file to see every cell that does not fit."


def cast(table: pa.Table, schema: pa.Schema, path: Path) -> pa.Table:
    """The table with the types of a schema. Raises ReadError that names the file and the column that does not fit."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = []
    for field in schema:
        try:
            columns.append(pc.cast(table.column(field.name), field.type))
        except pa.ArrowException as error:
            problem = f"A cell does not fit the type {field.type}: {error}."
            raise ReadError(problem, str(path), f"column {field.name}", _VALIDATE) from error
    return pa.Table.from_arrays(columns, schema=schema)


def does_not_fit(cell: object, kind: pa.DataType, path: Path, place: str) -> ReadError:
    """The error for a cell that is not of the type of its column."""
    return ReadError(f"A cell does not fit the type {kind}: {cell!r}.", str(path), place, _VALIDATE)


def check_names(names: list[str], schema: pa.Schema, path: Path) -> None:
    """Raise ReadError where the columns of a file are not those of the schema, in their order."""
    if names != schema.names:
        odd = sorted(set(names) ^ set(schema.names))
        problem = f"The columns are not those of the schema: {', '.join(odd[:5]) or 'their order differs'}."
        raise ReadError(problem, str(path), "line 1", "Validate the file to see which columns are unknown or missing.")


def flat(table: pa.Table) -> pa.Table:
    """The table with columns of numbers, texts, days and booleans only: lists and records are JSON, others text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = without_dictionaries(table)
    fields, columns = [], []
    for field, column in zip(table.schema, table.columns, strict=True):
        if not _is_flat(field.type):
            field = field.with_type(pa.string())
            if pa.types.is_nested(column.type):
                column = pa.array([None if cell is None else _json(cell) for cell in column.to_pylist()], pa.string())
            else:
                column = pc.cast(column, pa.string())
        fields.append(field)
        columns.append(column)
    return pa.Table.from_arrays(columns, schema=pa.schema(fields, metadata=table.schema.metadata))


def without_dictionaries(table: pa.Table) -> pa.Table:
    """The table with the texts themselves where it has them once and their numbers in the rows."""
    import pyarrow as pa

    fields = [f.with_type(f.type.value_type) if pa.types.is_dictionary(f.type) else f for f in table.schema]
    schema = pa.schema(fields, metadata=table.schema.metadata)
    return table if schema == table.schema else table.cast(schema)


def frame_of(table: pa.Table) -> pl.DataFrame:
    """The table as a frame of Polars, which shares what it can of its memory."""
    import polars as pl

    frame = pl.from_arrow(table, rechunk=False)
    assert isinstance(frame, pl.DataFrame)
    return frame


def _is_flat(kind: pa.DataType) -> bool:
    import pyarrow as pa

    is_ = pa.types
    return any(
        test(kind)
        for test in (is_.is_integer, is_.is_floating, is_.is_boolean, is_.is_string, is_.is_large_string, is_.is_date32)
    )


def _json(cell: Any) -> str:
    return json.dumps(cell, ensure_ascii=False, default=str)
