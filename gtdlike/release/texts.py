"""Cells as text, column by column: what evidence, reports and comparisons show of a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def texts(column: pl.Series) -> pl.Series:
    """A column as text: numbers as Python writes them, days as 2017-01-16. A blank stays one."""
    import polars as pl

    if column.dtype.is_float():
        # Polars writes other digits than Python does, and evidence has Python's.
        return pl.Series(column.name, [None if v is None else repr(v) for v in column.to_list()], pl.String)
    if column.dtype == pl.Boolean:
        return column.cast(pl.Int8).cast(pl.String)
    return column.cast(pl.String)
