"""Parquet: the format that keeps every type and the description of every column."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from gtdlike.errors import ReadError

if TYPE_CHECKING:
    import pyarrow as pa

    from gtdlike.codebook.model import Codebook

_ROWS_OF_A_GROUP: Final = 122_880
"""As DuckDB writes them: readers that take a group at a time need little memory."""
_SAMPLE: Final = 10_000


def write(table: pa.Table, part: Path, path: Path) -> None:
    """Write a table, compressed with Zstandard, with what is known of its columns.

    What repeats (codes, labels, names) is written once for each group, and its numbers in the rows. Every page has its
    checksum, so that a damaged file can name the column that is damaged.
    """
    import pyarrow.parquet as pq

    repeating = [field.name for field in table.schema if _repeats(table.column(field.name))]
    pq.write_table(
        table,
        part,
        compression="zstd",
        use_dictionary=repeating or False,
        row_group_size=_ROWS_OF_A_GROUP,
        write_page_checksum=True,
    )


def read(path: Path, schema: pa.Schema | None, codebook: Codebook | None) -> pa.Table:
    """Read a table with its types and metadata; a column of the codebook in another type gets its own if it fits."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from gtdlike.export.cast import cast, without_dictionaries
    from gtdlike.export.column_types import type_of

    try:
        # A plain file, never a data set: otherwise a folder named `country=4` above it would become a column.
        with path.open("rb") as stream:
            table = without_dictionaries(pq.read_table(stream))
    except pa.ArrowException as error:
        raise ReadError(f"This is no Parquet file: {error}.", str(path), remedy="Write the file anew.") from error
    if schema is not None:
        return cast(table, schema, path)
    for place, field in enumerate(table.schema):
        wanted = type_of(field.name, codebook)
        if wanted is not None and wanted != field.type:
            try:
                table = table.set_column(place, field.with_type(wanted), table.column(place).cast(wanted))
            except pa.ArrowException:
                # What does not fit its variable is for `gtdlike validate` to tell; here nothing is lost.
                continue
    return table


def _repeats(column: pa.ChunkedArray) -> bool:
    """Whether the cells of a column are so few different ones that it pays to write each of them once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_nested(column.type) or pa.types.is_floating(column.type):
        return False
    sample = column.slice(0, _SAMPLE)
    filled = len(sample) - sample.null_count
    return bool(2 * pc.count_distinct(sample).as_py() <= filled) or filled == 0
