"""Parquet: the format that keeps every type and the description of every column."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a table as Parquet, compressed with Zstandard, with the metadata of its schema.

    Every page has its checksum, so that a damaged file can name the column that is damaged.
    """
    import pyarrow.parquet as pq

    pq.write_table(table, path, compression="zstd", write_page_checksum=True)


def read_parquet(path: Path) -> pa.Table:
    """Read a table with its types and metadata."""
    import pyarrow.parquet as pq

    # A plain file, never a data set: otherwise a folder named `country=4` above it would become a column.
    with path.open("rb") as stream:
        return pq.read_table(stream)
