"""Numbers that a format cannot hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gtdlike.export.losses import tell

if TYPE_CHECKING:
    import polars as pl


def finite(frame: pl.DataFrame, path: Path, largest: float | None = None) -> pl.DataFrame:
    """The frame with blanks for what is no number (NaN), infinite, or beyond the largest number; each is told."""
    import polars as pl

    changed = []
    for name, kind in frame.schema.items():
        if kind.is_float():
            fits = frame[name].is_finite() if largest is None else frame[name].abs() <= largest
            if cells := int((~(fits & frame[name].is_finite())).sum()):
                tell(path, name, cells, "not finite or too large for the format, so they are blank")
                changed.append(pl.when(fits & pl.col(name).is_finite()).then(pl.col(name)).alias(name))
    return frame.with_columns(changed)


def tell_inexact(frame: pl.DataFrame, path: Path) -> None:
    """Warn of whole numbers that are no doubles, which is all that Stata, SPSS and Excel have."""
    import polars as pl

    for column in frame:
        if column.dtype in (pl.Int64, pl.UInt64):
            inexact = column.cast(pl.Float64).cast(pl.Int128) != column.cast(pl.Int128)
            tell(path, column.name, int(inexact.sum()), "whole numbers beyond 2^53, which are rounded")
