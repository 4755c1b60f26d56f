"""Random columns and invented words, the same ones for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Columns = dict[str, Any]
"""Columns that are being made: arrays or series, by name."""

NIL: Final = int(np.iinfo(np.int64).min)
"""What stands for a blank in an array of whole numbers."""

_ONSETS = "b br ch d dr f g gr h j k kh l m n p qu r s sh st t tr v w y z".split()
_VOWELS = "a a e e i o u ai ou ia".split()
_CODAS = ["", "", "", "l", "m", "n", "r", "s", "k", "nd", "rt"]
_ACCENTS: Final = str.maketrans("aeo", "áéö")


@cache
def words(number: int, syllables: int, seed: int) -> pl.Series:
    """Invented words, each of them once."""
    rng = np.random.default_rng(seed)
    found: dict[str, None] = {}
    while len(found) < number:
        word = "".join(
            sounds[int(rng.integers(len(sounds)))]
            for _ in range(int(rng.integers(1, syllables + 1)))
            for sounds in (_ONSETS, _VOWELS, _CODAS)
        )
        # Now and then with an accent, as names have them.
        found[word.translate(_ACCENTS) if rng.random() < 0.03 else word] = None
    return pl.Series(list(found), dtype=pl.String)


@cache
def names(number: int, seed: int, lead: str = "") -> pl.Series:
    """Invented names of one or two words with capitals, each of them once; `lead` begins them all."""
    rng = np.random.default_rng(seed)
    pool = words(2500, 3, 11).str.to_titlecase().to_list()
    # More than are needed, because some come twice.
    pairs = rng.integers(0, len(pool), (number * 2, 2)).tolist()
    both = (rng.random(number * 2) < 0.7).tolist()
    drawn = (
        f"{lead}{pool[first]} {pool[second]}" if two else f"{lead}{pool[first]}"
        for (first, second), two in zip(pairs, both, strict=True)
    )
    found = list(dict.fromkeys(drawn))[:number]
    assert len(found) == number
    return pl.Series(found, dtype=pl.String)


class Draw:
    """Random columns of one length."""

    def __init__(self, rows: int, *seed: int) -> None:
        self.rows = rows
        self.rng = np.random.default_rng(seed)

    def chance(self, share: float) -> Mask:
        """True for about this share of the rows."""
        return self.rng.random(self.rows) < share

    def whole(self, low: int, high: int) -> Whole:
        """Whole numbers from `low` to `high`, both of them included."""
        return self.rng.integers(low, high + 1, self.rows)

    def few(self, mean: float) -> Whole:
        """Counts that are mostly small and now and then large, from 0."""
        drawn: Whole = self.rng.geometric(1 / (1 + mean), self.rows).astype(np.int64) - 1
        return np.where(self.chance(0.02), drawn * 7, drawn)

    def among(self, values: Sequence[int], weights: Sequence[float] | None = None) -> Whole:
        """One of some values in each row, more often those of larger weight."""
        shares = None if weights is None else np.array(weights) / sum(weights)
        return self.rng.choice(np.array(values, dtype=np.int64), self.rows, p=shares)

    def of(self, pool: pl.Series, where: Mask | None = None) -> pl.Series:
        """One text of a pool in each row, or a blank."""
        drawn = pool.gather(self.rng.integers(0, len(pool), self.rows))
        return drawn if where is None else only(drawn, where)

    def text(self, least: int, most: int, where: Mask | None = None) -> pl.Series:
        """A sentence of so many invented words in each row, or a blank."""
        pool, lengths = words(4000, 3, 7), pl.Series(self.whole(least, most))
        columns = [
            self.of(pool).to_frame("").select(pl.when(lengths > place).then(pl.col(""))).to_series().alias(str(place))
            for place in range(most)
        ]
        joined = pl.DataFrame(columns).select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)).to_series()
        sentence = joined.str.slice(0, 1).str.to_uppercase() + joined.str.slice(1) + "."
        return sentence if where is None else only(sentence, where)


def only(texts: pl.Series, where: Mask) -> pl.Series:
    """The texts where the mask is true, blanks elsewhere."""
    return pl.select(pl.when(pl.Series(where)).then(texts)).to_series()


def column(name: str, values: Whole | npt.NDArray[np.float64] | pl.Series) -> pl.Series:
    """An array as a column; NIL and NaN are blanks."""
    if isinstance(values, pl.Series):
        return values.alias(name)
    series = pl.Series(name, values)
    return series.fill_nan(None) if series.dtype.is_float() else series.set(series == NIL, None)
