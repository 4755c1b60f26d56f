"""JSON Lines: one row a line, in UTF-8, with every column of the table; a blank is null."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from gtdlike.errors import ReadError
from gtdlike.export.cast import cast

if TYPE_CHECKING:
    import pyarrow as pa


def write_jsonl(table: pa.Table, path: Path) -> None:
    """Write a table as JSON Lines. Every line has every column, so that any reader sees the whole shape in any line."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for batch in table.to_batches(max_chunksize=10_000):
            for row in batch.to_pylist():
                stream.write(json.dumps(row, ensure_ascii=False, default=str, allow_nan=False) + "\n")


def read_jsonl(path: Path, schema: pa.Schema | None = None) -> pa.Table:
    """Read what `write_jsonl` wrote, with the types of `schema`, or of the incidents if None."""
    import pyarrow as pa

    if schema is None:
        from gtdlike.rows import arrow_schema

        schema = arrow_schema()
    rows = []
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            try:
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ValueError("it is not an object")
            except ValueError as error:
                remedy = "Write one JSON object a line."
                raise ReadError(f"The line is not JSON: {error}.", str(path), f"line {number}", remedy) from error
            rows.append(row)
    # Dates are texts in JSON; they are cast after they were read as what they are.
    texts = pa.schema([f.with_type(pa.string()) if pa.types.is_date(f.type) else f for f in schema])
    try:
        table = pa.Table.from_pylist(rows, schema=texts)
    except pa.ArrowException as error:
        raise ReadError(
            f"A cell does not fit its column: {error}.", str(path), None, "Validate the file first."
        ) from error
    return cast(table, schema, path)
