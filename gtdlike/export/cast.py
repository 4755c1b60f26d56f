"""Columns of text to the types of a schema, for the formats that carry no types."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gtdlike.errors import ReadError

if TYPE_CHECKING:
    import pyarrow as pa


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
            remedy = "Validate the file to see every cell that does not fit."
            raise ReadError(problem, str(path), f"column {field.name}", remedy) from error
    return pa.Table.from_arrays(columns, schema=schema)
