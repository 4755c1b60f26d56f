"""JSON Lines: one row a line, in UTF-8, with every column of the table; a blank is null, a day is an ISO date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from gtdlike.errors import ReadError

if TYPE_CHECKING:
    import pyarrow as pa

    from gtdlike.codebook.model import Codebook


def write(table: pa.Table, part: Path, path: Path) -> None:
    """Write a table. Every line has every column, so that any reader sees the whole shape in any line."""
    import polars as pl

    from gtdlike.export.cast import without_dictionaries
    from gtdlike.export.numbers import finite

    frame = finite(pl.DataFrame(without_dictionaries(table)), path)
    frame.write_ndjson(part)


def read(path: Path, schema: pa.Schema | None, codebook: Codebook | None) -> pa.Table:
    """Read rows; what a line leaves out is blank."""
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
