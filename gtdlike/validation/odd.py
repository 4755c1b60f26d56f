"""The cells of text that are looked at closer: those that a quick look points at, of all columns in one piece.

In one piece, because a call of Polars for each column would take longer than all that is asked of these few cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import frozen

from gtdlike.codebook.expression.screen import Screen
from gtdlike.validation.damage import SCREEN, suspects
from gtdlike.validation.scan import texts_of

if TYPE_CHECKING:
    import polars as pl


@frozen
class Odd:
    """Cells of text of some rows, one column after the other."""

    cells: pl.Series
    rows: Any
    """The place of the row of each, as an array."""
    columns: Mapping[str, slice]
    """Which of them are of which column."""

    @classmethod
    def of(cls, frame: pl.DataFrame, screens: Mapping[str, Screen]) -> Odd:
        """Those of a frame of texts that look damaged, or as `screens` tells for their column."""
        import numpy as np
        import polars as pl

        found = {
            name: texts.look(screens.get(name, Screen()) | SCREEN) | suspects(texts) for name, texts in texts_of(frame)
        }
        names = [name for name, odd in found.items() if odd.any()]
        filled = frame.select(pl.col(names).is_not_null())
        rows = [np.flatnonzero(filled.get_column(name).to_numpy())[found[name]] for name in names]
        ends = np.cumsum([0, *map(len, rows)]).tolist()
        cells = [frame.get_column(name)[here].alias("") for name, here in zip(names, rows, strict=True)]
        return cls(
            pl.concat(cells) if cells else pl.Series("", [], pl.String),
            np.concatenate(rows) if rows else np.empty(0, np.int64),
            {name: slice(start, end) for name, start, end in zip(names, ends[:-1], ends[1:], strict=True)},
        )

    def where(self, truths: pl.Series) -> dict[str, Any]:
        """The places of the rows in which a cell is so, for each column that has some."""
        true = truths.to_numpy()
        return {name: self.rows[here][true[here]] for name, here in self.columns.items() if true[here].any()}

    def without(self, rows: set[int]) -> Odd:
        """The cells of all other rows."""
        import numpy as np

        kept = ~np.isin(self.rows, list(rows))
        ends = {name: int(kept[: here.stop].sum()) for name, here in self.columns.items()}
        starts = [0, *ends.values()]
        columns = {name: slice(start, ends[name]) for name, start in zip(ends, starts, strict=False)}
        return Odd(self.cells.filter(kept), self.rows[kept], columns)
