"""What stands in the columns of a table, counted: for the formats of a codebook that tell of data as well."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen

from gtdlike.codebook.model import Codebook, Variable

if TYPE_CHECKING:
    import polars as pl


@frozen
class Statistics:
    """What stands in one column of `rows` cells: `told` + `unknown` + `blank` make all of them.

    `counts` is of codes and booleans: how often each of the told values stands there, from the lowest code. `minimum`
    and `maximum` are of numbers, in the unit of the variable; `mean` is of those numbers that have a unit.
    """

    told: int
    unknown: int
    blank: int
    counts: Mapping[int, int] = field(factory=dict)
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None

    @property
    def rows(self) -> int:
        """All cells of the column."""
        return self.told + self.unknown + self.blank


def statistics(frame: pl.DataFrame, codebook: Codebook) -> dict[str, Statistics]:
    """The statistics of every column of a table that is a variable of the codebook, in the codebook's order."""
    return {name: _of(frame[name], variable) for name, variable in codebook.variables.items() if name in frame.columns}


def _of(column: pl.Series, variable: Variable) -> Statistics:
    import polars as pl

    filled = column.drop_nulls()
    if filled.dtype == pl.Categorical:
        filled = filled.cast(pl.String)
    told = filled if variable.unknown is None else filled.filter(filled != variable.unknown)
    counts: dict[int, int] = {}
    low = high = mean = None
    if variable.kind in ("code", "boolean"):
        counts = dict(told.value_counts().sort(column.name).iter_rows())
    elif variable.kind in ("integer", "number") and len(told):
        low, high = float(told.min()), float(told.max())  # type: ignore[arg-type]
        mean = float(told.mean()) if variable.unit else None  # type: ignore[arg-type]
    return Statistics(len(told), len(filled) - len(told), column.null_count(), counts, low, high, mean)
