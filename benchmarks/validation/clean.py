"""Rows that are filled like those of a real release, and that satisfy every rule of the codebook by the way they are
made: errors and warnings. All the words are invented."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from benchmarks.validation import clean_events as events
from benchmarks.validation import clean_outcomes as outcomes
from benchmarks.validation.draw import NIL, Columns, Draw, Whole, column, names, only
from gtdlike.codebook import Codebook

_DAYS: Final = 18_600
"""From 1970 on, for about fifty years."""

_SEED: Final = 1970
# A prime: a step through the cities that comes back to none of them within a day.
_CITIES: Final = 39_989
_STEP: Final = 10_477


def clean_rows(first: int, number: int, total: int, codebook: Codebook) -> pl.DataFrame:
    """Rows of a table of `total` rows, from its row `first`, which counts from 0 and is even: rows come in pairs."""
    draw = Draw(number, _SEED, first)
    cells: Columns = {}
    _date(cells, draw, np.arange(first, first + number), -(-total // _DAYS))
    _place(cells, draw, codebook)
    _incident(cells, draw)
    events.attack(cells, draw)
    events.casualties(cells, draw)
    events.weapons(cells, draw, codebook)
    events.targets(cells, draw, codebook)
    outcomes.groups(cells, draw)
    outcomes.property(cells, draw)
    outcomes.hostages(cells, draw)
    outcomes.international(cells, draw)
    outcomes.texts(cells, draw)
    del cells["_slot"], cells["_day"]
    return with_labels(pl.DataFrame([column(name, values) for name, values in cells.items()]), codebook)


def with_labels(frame: pl.DataFrame, codebook: Codebook) -> pl.DataFrame:
    """The frame with the labels of its codes, in the order of the codebook."""
    labels = []
    for variable in codebook.variables.values():
        if variable.label_of is not None:
            codes = codebook.code_list(variable.name)
            expression = pl.col(variable.label_of).replace_strict(
                [c.code for c in codes], [c.label for c in codes], default=None, return_dtype=pl.String
            )
            labels.append(expression.alias(variable.name))
    return frame.with_columns(labels).select(codebook.columns)


def _date(cells: Columns, draw: Draw, places: Whole, per_day: int) -> None:
    days = np.datetime64("1970-01-01") + places // per_day
    months = days.astype("datetime64[M]")
    year = days.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    real_day = (days - months).astype(np.int64) + 1
    slot = places % per_day
    known = ~draw.chance(0.01)
    day = np.where(known, real_day, 0)
    # An unknown day leaves the number of the day to keep the ids apart.
    number = np.where(known, slot, real_day * per_day + slot) + 1
    extended = known & draw.chance(0.05)
    ends = pl.Series(days + draw.whole(1, 40)).cast(pl.Date)
    cells |= {
        "_slot": slot,
        "_day": places // per_day,
        "eventid": year * 10**8 + month * 10**6 + day * 10**4 + number,
        "iyear": year,
        "imonth": month,
        "iday": day,
        "approxdate": draw.text(3, 6, ~known | draw.chance(0.04)),
        "extended": extended.astype(np.int64),
        "resolution": pl.select(pl.when(pl.Series(extended)).then(ends)).to_series(),
    }


def _place(cells: Columns, draw: Draw, codebook: Codebook) -> None:
    codes = [c for c in codebook.code_lists["country"] if c.parent is not None]
    at_home = draw.rng.permutation(len(codes))[: draw.rows]
    weights = 1 / (1 + np.random.default_rng(_SEED).permutation(len(codes)))
    chosen = draw.among(range(len(codes)), list(weights))
    chosen[: len(at_home)] = at_home
    named = ~draw.chance(0.05)
    specificity = np.where(named, draw.among([1, 2], [9, 1]), draw.among([3, 4, 5]))
    located = specificity != 5
    # No two rows of one day are in the same city, so that none is like another one.
    cities = names(_CITIES, 21).gather((cells["_day"] * 7 + cells["_slot"] * _STEP) % _CITIES)
    vicinity = np.where(named, draw.among([0, 1, -9], [90, 8, 2]), draw.among([0, -9]))
    cells |= {
        "country": np.array([c.code for c in codes])[chosen],
        "region": np.array([c.parent for c in codes])[chosen],
        "provstate": pl.select(pl.when(pl.Series(draw.chance(0.97))).then(draw.of(names(2500, 22))).otherwise(
            pl.lit("Unknown"))).to_series(),
        "city": pl.select(pl.when(pl.Series(named)).then(cities).otherwise(pl.lit("Unknown"))).to_series(),
        "latitude": np.where(located, np.round(draw.rng.uniform(-60, 70, draw.rows), 6), np.nan),
        "longitude": np.where(located, np.round(draw.rng.uniform(-170, 170, draw.rows), 6), np.nan),
        "specificity": specificity,
        "vicinity": vicinity,
        "location": draw.text(5, 12, draw.chance(0.3)),
    }  # fmt: skip


def _incident(cells: Columns, draw: Draw) -> None:
    fails = np.where(draw.chance(0.14), draw.whole(1, 3), 0)
    doubt = draw.among([0, 1, -9], [78, 17, 5])
    paired = np.repeat(draw.chance(0.15)[: -(-draw.rows // 2)], 2)[: draw.rows]
    paired[draw.rows - draw.rows % 2 :] = False
    ids = pl.Series(cells["eventid"]).cast(pl.String)
    partners = ids.gather(np.minimum(np.arange(draw.rows) ^ 1, draw.rows - 1))
    cells |= {
        **{f"crit{i}": (fails != i).astype(np.int64) for i in (1, 2, 3)},
        "doubtterr": doubt,
        "alternative": np.where(doubt == 1, draw.among([1, 2, 3, 4, 5]), NIL),
        "multiple": paired.astype(np.int64),
        "related": only(ids + ", " + partners, paired),
    }
