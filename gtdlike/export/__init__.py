"""Tables to files and back: one module a format, chosen by the suffix of the file's name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gtdlike.errors import ReadError, WriteError, remedy_for

if TYPE_CHECKING:
    import pyarrow as pa

FORMATS = {".parquet": "parquet", ".csv": "csv", ".jsonl": "jsonl"}
"""Which module writes and reads the files of which suffix."""

__all__ = ["FORMATS", "read_table", "write_table"]


def write_table(table: pa.Table, path: Path) -> None:
    """Write a table to a file in the format that its suffix names. The same table gives the same bytes."""
    match _format(path):
        case "parquet":
            from gtdlike.export.parquet import write_parquet

            write_parquet(table, path)
        case "csv":
            from gtdlike.export.csv import write_csv

            write_csv(table, path)
        case "jsonl":
            from gtdlike.export.jsonl import write_jsonl

            write_jsonl(table, path)
        case _:
            raise WriteError("No such format.", file=str(path), remedy=_remedy(path))


def read_table(path: Path, schema: pa.Schema | None = None) -> pa.Table:
    """Read what `write_table` wrote. CSV and JSONL carry no types: `schema` gives them, by default the incidents'."""
    match _format(path):
        case "parquet":
            from gtdlike.export.parquet import read_parquet

            return read_parquet(path)
        case "csv":
            from gtdlike.export.csv import read_csv

            return read_csv(path, schema)
        case "jsonl":
            from gtdlike.export.jsonl import read_jsonl

            return read_jsonl(path, schema)
        case _:
            raise ReadError("No such format.", file=str(path), remedy=_remedy(path))


def _format(path: Path) -> str | None:
    return FORMATS.get(path.suffix.lower())


def _remedy(path: Path) -> str:
    return remedy_for(path.suffix, FORMATS, f"Give the file one of the suffixes {', '.join(FORMATS)}.")
