"""Stata (.dta, release 118, which Stata reads since 14): numbers with labels, texts of any length.

What stands for an unknown answer (-9, -99) stays a number with the label "Unknown", so a blank (`.`) is apart from it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from gtdlike.errors import ReadError, WriteError
from gtdlike.export.labelled import Limits, overwrite, prepared, pyreadstat, typed

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

    from gtdlike.codebook.model import Codebook

_LIMITS: Final = Limits(
    text=None,
    number=8.9884656743115785e307,
    label_letters=80,
    label_bytes=320,
    code_label_bytes=31_000,
    title_bytes=80,
    spaces_at_the_end=True,
)
_FIXED: Final = 2044
"""The most bytes of a text that has its room in every row; in a column with longer ones each stands elsewhere."""
_LEAST, _MOST = -2_147_483_647, 2_147_483_620
"""Whole numbers beyond these stand for blanks, so a column that has them becomes one of doubles."""
_TIME: Final = b"<timestamp>\x11"
_NO_TIME: Final = b"01 Jan 1970 00:00"


def write(table: pa.Table, part: Path, path: Path) -> None:
    """Write a table with the labels of its variables and codes."""
    import polars as pl

    made = prepared(table, _LIMITS, path)
    frame = made.frame.with_columns(_column(series) for series in made.frame)
    formats = {name: "%14.0f" for name, kind in frame.schema.items() if kind == pl.Int64}
    with pyreadstat(path, WriteError) as library:
        library.write_dta(
            frame,
            part,
            version=14,
            file_label=made.title,
            column_labels=dict(made.labels),
            variable_value_labels={name: dict(labels) for name, labels in made.code_labels.items()},
            variable_format=formats,
        )
    with part.open("rb") as stream:
        overwrite(part, stream.read(1_000).index(_TIME) + len(_TIME), _NO_TIME)


def read(path: Path, schema: pa.Schema | None, codebook: Codebook | None) -> pa.Table:
    """Read a table, with the types of the schema or of the columns' names."""
    with pyreadstat(path, ReadError) as library:
        found = library.read_dta(path, output_format="polars")
    return typed(found, schema, codebook, path)


def _column(column: pl.Series) -> pl.Series:
    import polars as pl

    if column.dtype == pl.String:
        longest = column.str.len_bytes().max()
        return column.fill_null("") if isinstance(longest, int) and longest > _FIXED else column
    if column.dtype == pl.Int32 and not column.is_between(_LEAST, _MOST).all():
        return column.cast(pl.Float64)
    return column
