"""Chunks of Parquet files, larger than memory in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from gtdlike.codebook.model import Codebook
from gtdlike.errors import ReadError
from gtdlike.validation.chunk import CHUNK, FIRST, Chunk, Source
from gtdlike.validation.from_tables import of_batches, texts_as_text

_LARGEST_GROUP = 150_000
"""So many rows has a row group at most that Polars reads: to reach rows within a group, it goes through those before
them, which takes long in a larger one."""

_LONG, _LATER = 200_000, 2 / 3
"""After so many rows a chunk is so much smaller: what the allocator keeps of the memory that chunks gave back grows on
slowly, and a long file is not to need more than a short one."""
_PARTS = 8
"""The columns are read in so many parts, one after the other: what it takes to unpack all of them at once is several
times what they hold."""


def parquet_source(file: Path | IO[bytes], origin: str, codebook: Codebook) -> Source:
    """The source for a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # Without its buffer ahead, which would keep the bytes of every row group that was read.
        table = pq.ParquetFile(file, pre_buffer=False)
    except pa.ArrowInvalid as error:
        raise ReadError(
            f"This is no Parquet file: {str(error).rstrip('.')}.", origin, remedy="Write the file anew."
        ) from None
    names = table.schema_arrow.names
    if _for_polars(table.metadata, names):
        return texts_as_text(Source(names, _slices(file, names, table.metadata.num_rows, origin), origin), codebook)
    return texts_as_text(of_batches(names, table.iter_batches(batch_size=CHUNK), origin), codebook)


def _for_polars(metadata: Any, names: list[str]) -> bool:
    """Whether Polars reads the file, which takes half as long as Arrow: its row groups are of a moderate size, and no
    two columns have one name."""
    groups = (metadata.row_group(place) for place in range(metadata.num_row_groups))
    return len(set(names)) == len(names) and all(group.num_rows <= _LARGEST_GROUP for group in groups)


def _slices(file: Path | IO[bytes], names: list[str], rows: int, origin: str) -> Iterator[Chunk]:
    import polars as pl

    done = 0
    try:
        if not isinstance(file, Path):
            file.seek(0)
        whole = pl.scan_parquet(file)
        parts = [whole.select(names[start::_PARTS]) for start in range(min(_PARTS, len(names)))]
        while done < rows:
            number = round(CHUNK * (FIRST if not done else 1 if done < _LONG else _LATER))
            read = {s.name: s for part in parts for s in part.slice(done, number).collect().get_columns()}
            height = min(number, rows - done)
            yield Chunk(range(done + 1, done + height + 1), {name: read[name] for name in names})
            done += height
    except (pl.exceptions.PolarsError, OSError) as error:
        remedy = "Write the file anew."
        raise ReadError(f"It cannot be read beyond row {done}: {error}.", origin, remedy=remedy) from None
