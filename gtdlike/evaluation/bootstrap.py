"""How sure the figures are: intervals from drawing the articles anew, as many as there are, with replacement."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

Interval = tuple[float, float]
_LEVEL = 0.95
_AT_ONCE = 1_000_000
"""So many drawn articles are held in memory at a time."""


def draw(articles: int, resamples: int, seed: int) -> list[list[int]]:
    """For each resample the places of the articles drawn. The same seed draws the same ones."""
    generator = random.Random(seed)
    return [generator.choices(range(articles), k=articles) for _ in range(resamples)] if articles > 1 else []


def sums(columns: Sequence[Sequence[int]], drawn: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """For each resample the sum of each column over the articles drawn."""
    import polars as pl

    frame = pl.DataFrame([pl.Series(str(n), column, dtype=pl.Int64) for n, column in enumerate(columns)])
    return [row for piece in _pieces(drawn, max(1, _AT_ONCE // max(1, len(frame)))) for row in _sums(frame, piece)]


def _pieces(drawn: Sequence[Sequence[int]], length: int) -> Iterator[Sequence[Sequence[int]]]:
    for start in range(0, len(drawn), length):
        yield drawn[start : start + length]


def _sums(frame: pl.DataFrame, drawn: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    import polars as pl

    places = pl.Series([place for resample in drawn for place in resample], dtype=pl.UInt32)
    which = pl.Series("which", range(len(drawn)), dtype=pl.UInt32)
    which = which.repeat_by(len(frame)).explode() if len(frame) else which
    taken = frame.select(pl.all().gather(places)).with_columns(which)
    return taken.group_by("which", maintain_order=True).sum().drop("which").rows()


def interval(sums: Sequence[tuple[int, ...]], figure: Callable[..., float | None]) -> Interval | None:
    """The middle 95 of 100 of a figure that is made of sums; None where half of the resamples do not have it."""
    figures = sorted(value for row in sums if (value := figure(*row)) is not None)
    if not figures or 2 * len(figures) < len(sums):
        return None
    beyond = (1 - _LEVEL) / 2
    return _quantile(figures, beyond), _quantile(figures, 1 - beyond)


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
