"""Rows that are filled like those of a real release, and that satisfy every rule of the codebook by the way they are
made: errors and warnings. All the words are invented."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import polars as pl

from benchmarks.validation.draw import NIL, Draw, Mask, Whole, column, names, only, words
from gtdlike.codebook import Codebook

_DAYS: Final = 18_600
"""From 1970 on, for about fifty years."""

_SEED: Final = 1970
# A prime: a step through the cities that comes back to none of them within a day.
_CITIES: Final = 39_989
_STEP: Final = 10_477

# For each attack type, a first weapon type; and the order of precedence of the attack types.
_WEAPON: Final = np.array([0, 5, 5, 6, 5, 5, 13, 8, 9, 13])
_ORDER: Final = np.array([1, 4, 6, 5, 3, 2, 8, 7, 9])
_HOSTAGE_TAKING: Final = (5, 6)
_NEVER_ALONE: Final = 13
"""The weapon sub-type of a bomb that is worn, which no attack has that is not a suicide attack."""

Columns = dict[str, Any]


def clean_rows(first: int, number: int, total: int, codebook: Codebook) -> pl.DataFrame:
    """Rows of a table of `total` rows, from its row `first`, which counts from 0 and is even: rows come in pairs."""
    draw = Draw(number, _SEED, first)
    cells: Columns = {}
    _date(cells, draw, np.arange(first, first + number), -(-total // _DAYS))
    _place(cells, draw, codebook)
    _incident(cells, draw)
    _attack(cells, draw)
    _casualties(cells, draw)
    _weapons(cells, draw, codebook)
    _targets(cells, draw, codebook)
    _groups(cells, draw)
    _property(cells, draw)
    _hostages(cells, draw)
    _international(cells, draw)
    _texts(cells, draw)
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


def _attack(cells: Columns, draw: Draw) -> None:
    # As places in the order of precedence, so that a second one comes after the first.
    place = draw.among(range(9), [11, 0.5, 6, 1, 49, 25, 1, 6, 4])
    second = place + draw.whole(1, 4)
    third = second + draw.whole(1, 3)
    has_second = draw.chance(0.06) & (second < 8)
    has_third = has_second & draw.chance(0.1) & (third < 8)
    kind = _ORDER[place]
    suicide = (kind == 3) & draw.chance(0.08)
    cells |= {
        "success": (suicide | ~draw.chance(0.11)).astype(np.int64),
        "suicide": suicide.astype(np.int64),
        "attacktype1": kind,
        "attacktype2": np.where(has_second, _ORDER[np.minimum(second, 8)], NIL),
        "attacktype3": np.where(has_third, _ORDER[np.minimum(third, 8)], NIL),
    }


def _casualties(cells: Columns, draw: Draw) -> None:
    suicide, success = cells["suicide"] == 1, cells["success"] == 1
    kind = cells["attacktype1"]
    told, parts_told = ~draw.chance(0.06), draw.chance(0.66)
    attackers = np.where(suicide, 1, np.where(draw.chance(0.06), draw.few(1), 0))
    # Nobody but attackers dies where an attack fails; somebody does where an assassination does not.
    others = np.where(success, draw.few(2) + (kind == 1), 0)
    us = np.where(draw.chance(0.01), np.minimum(others, 2), 0)
    hurt_attackers = np.where(draw.chance(0.03), draw.few(1), 0)
    hurt = np.where(success | ~np.isin(kind, (2, 8)), draw.few(3), 0)
    hurt_us = np.where(draw.chance(0.01), np.minimum(hurt, 2), 0)
    # Of an attack that failed, the attackers among the dead and the hurt are told.
    parts = told & (parts_told | suicide | ~success)
    for name, values, where in (
        ("nkill", others + attackers, told),
        ("nkillus", us, told & parts_told),
        ("nkillter", attackers, parts | suicide),
        ("nwound", hurt + hurt_attackers, told),
        ("nwoundus", hurt_us, told & parts_told),
        ("nwoundte", hurt_attackers, parts),
    ):
        cells[name] = np.where(where, values, NIL)
    # Attackers that died are no parts of an unknown total.
    cells["nkill"] = np.where(suicide & ~told, others + attackers, cells["nkill"])


def _weapons(cells: Columns, draw: Draw, codebook: Codebook) -> None:
    first = _WEAPON[cells["attacktype1"]]
    first = np.where((cells["attacktype1"] == 1) & draw.chance(0.3), 6, first)
    first = np.where((first == 5) & draw.chance(0.05), 13, first)
    types = [
        first,
        np.where(first == 5, 6, 5),
        np.where(first == 8, 9, 8),
        np.where(draw.chance(0.5), 10, 11),
    ]
    held = np.ones(draw.rows, dtype=np.bool_)
    for place, (kind, share) in enumerate(zip(types, (1, 0.07, 0.13, 0.05), strict=True), 1):
        held = held & draw.chance(share)
        kind = np.where(held, kind, NIL)
        below = [np.array([c.code for c in codebook.code_lists["weapsubtype"] if c.parent == t]) for t in range(14)]
        subtype = np.full(draw.rows, NIL)
        for t, codes in enumerate(below):
            codes = codes[codes != _NEVER_ALONE]
            if len(codes):
                subtype = np.where(kind == t, codes[draw.whole(0, len(codes) - 1)], subtype)
        subtype = np.where(draw.chance(0.08), NIL, subtype)
        if place == 1:
            subtype = np.where((cells["suicide"] == 1) & draw.chance(0.7), _NEVER_ALONE, subtype)
        cells[f"weaptype{place}"], cells[f"weapsubtype{place}"] = kind, subtype
    cells["weapdetail"] = draw.text(4, 12, draw.chance(0.62))


def _targets(cells: Columns, draw: Draw, codebook: Codebook) -> None:
    held = np.ones(draw.rows, dtype=np.bool_)
    below = {t.code: [c.code for c in codebook.code_lists["targsubtype"] if c.parent == t.code]
             for t in codebook.code_lists["targtype"]}  # fmt: skip
    for place, share in ((1, 1), (2, 0.06), (3, 0.12)):
        held = held & draw.chance(share)
        kind = draw.among([14, 4, 3, 2, 1, 19, 21, 15, 8, 10, 7, 20, 13], [24, 16, 14, 12, 11, 4, 3, 3, 2, 2, 2, 4, 1])
        subtype = np.full(draw.rows, NIL)
        for t, codes in below.items():
            if codes:
                subtype = np.where(kind == t, np.array(codes)[draw.whole(0, len(codes) - 1)], subtype)
        abroad = draw.chance(0.08)
        nationality = np.where(abroad, draw.among([217, 200, 603, 69, 4, 153]), cells["country"])
        cells[f"targtype{place}"] = np.where(held, kind, NIL)
        cells[f"targsubtype{place}"] = np.where(held, subtype, NIL)
        cells[f"corp{place}"] = draw.of(names(9000, 30 + place), held & draw.chance(0.76))
        # Each place has names of its own, so that no target comes twice.
        cells[f"target{place}"] = draw.of(names(30_000, 40 + place, f"{'ABC'[place - 1]}. "), held)
        cells[f"natlty{place}"] = np.where(held, nationality, NIL)


def _groups(cells: Columns, draw: Draw) -> None:
    known = ~draw.chance(0.45)
    second = known & draw.chance(0.02)
    third = second & draw.chance(0.15)
    alone = ~known & draw.chance(0.01)
    held = (known, second, third)
    for place, (suffix, number, where) in enumerate(zip(("", "2", "3"), ("1", "2", "3"), held, strict=True)):
        group = draw.of(names(3400 if place == 0 else 400, 50 + place, ("", "New ", "Old ")[place]), where)
        cells[f"gname{suffix}"] = group.fill_null("Unknown") if place == 0 else group
        cells[f"gsubname{suffix}"] = draw.of(names(300, 60 + place), where & draw.chance(0.04))
        doubt = where & draw.chance(0.08)
        present = np.ones(draw.rows, dtype=np.bool_) if place == 0 else where
        cells[f"guncertain{number}"] = np.where(present, doubt.astype(np.int64), NIL)
        claimed = np.where(where & draw.chance(0.3), 1, np.where(draw.chance(0.03), -9, 0))
        mode = np.where((claimed == 1) & draw.chance(0.4), draw.whole(1, 10), NIL)
        cells["claimed" if place == 0 else f"claim{number}"] = np.where(present, claimed, NIL)
        cells["claimmode" if place == 0 else f"claimmode{number}"] = np.where(present, mode, NIL)
    cells["compclaim"] = np.where((cells["claimed"] == 1) & draw.chance(0.3), draw.among([0, 1, -9]), NIL)
    cells["individual"] = alone.astype(np.int64)
    cells["motive"] = draw.text(8, 25, draw.chance(0.28))
    caught = np.where(draw.chance(0.1), draw.few(1) + 1, 0)
    least = np.maximum(np.maximum(_filled(cells["nkillter"]), _filled(cells["nwoundte"])), caught)
    perpetrators = draw.among([-99, NIL, 1], [55, 32, 13])
    cells["nperps"] = np.where(perpetrators == 1, least + 1 + draw.few(3), perpetrators)
    cells["nperpcap"] = np.where(draw.chance(0.35), NIL, np.where(draw.chance(0.05), -99, caught))


def _filled(values: Whole) -> Whole:
    return np.where(values == NIL, 0, values)


def _property(cells: Columns, draw: Draw) -> None:
    damaged = draw.among([0, 1, -9], [29, 52, 19])
    damaged = np.where((cells["attacktype1"] == 7) & (damaged == 0), -9, damaged)
    yes = damaged == 1
    extent = np.where(yes & draw.chance(0.65), draw.among([1, 2, 3, 4], [0.1, 4, 80, 16]), NIL)
    low, high = np.array([0, 10**9, 10**6, 0, 0]), np.array([0, 5 * 10**9, 10**9 - 1, 10**6 - 1, 10**6])
    kind = np.where(extent == NIL, 0, extent)
    amount = np.floor(low[kind] + draw.rng.random(draw.rows) * (high[kind] - low[kind]))
    value = np.where(draw.chance(0.6) | (kind == 0) | (kind == 4), -99.0, amount)
    cells |= {
        "property": damaged,
        "propextent": extent,
        "propvalue": np.where(yes & draw.chance(0.4), value, np.nan),
        "propcomment": draw.text(4, 14, yes & draw.chance(0.55)),
    }


def _hostages(cells: Columns, draw: Draw) -> None:
    first = cells["attacktype1"]
    taken = (np.isin(first, _HOSTAGE_TAKING) & (cells["success"] == 1)) | ((first == 4) & draw.chance(0.6))
    number = np.where(draw.chance(0.15), -99, draw.few(4) + 1)
    counted = number > 0
    outcome = np.where(taken & draw.chance(0.75), draw.among([1, 2, 3, 4, 5, 6, 7], [1, 25, 4, 22, 7, 2, 30]), NIL)
    some = np.where(counted, np.maximum(1, number - draw.few(1)), -99)
    released = np.where(np.isin(outcome, (2, 3, 5)), some, np.where(outcome == 4, 0, draw.among([-99, NIL])))
    in_hours = draw.chance(0.3)
    asked = taken & draw.chance(0.4)
    demanded = np.where(asked, draw.among([0, 1, -9], [50, 35, 15]), NIL)
    demanded = np.where(demanded == NIL, np.where(draw.chance(0.2), 0, NIL), demanded)
    amount = np.where(draw.chance(0.4), -99.0, np.floor(draw.rng.random(draw.rows) * 10**6) + 1000)
    yes = (demanded == 1) & draw.chance(0.7)
    paid = np.where(amount > 0, np.floor(amount * draw.rng.random(draw.rows)), -99.0)
    cells |= {
        "ishostkid": np.where(taken, 1, np.where((first == 9) & draw.chance(0.3), -9, 0)),
        "nhostkid": np.where(taken, number, NIL),
        "nhostkidus": np.where(taken, np.where(counted & draw.chance(0.04), 1, 0), NIL),
        "nhours": np.where(taken & in_hours, np.where(draw.chance(0.5), -99, draw.whole(1, 23)), np.nan),
        "ndays": np.where(taken & ~in_hours, np.where(draw.chance(0.4), -99, draw.few(20) + 1), np.nan),
        "divert": draw.of(words(300, 3, 71).str.to_titlecase(), taken & (first == 4) & draw.chance(0.5)),
        "kidhijcountry": draw.of(words(200, 3, 72).str.to_titlecase(), taken & draw.chance(0.25)),
        "ransom": demanded,
        "ransomamt": np.where(yes, amount, np.nan),
        "ransomamtus": np.where(yes & draw.chance(0.3), 0.0, np.nan),
        "ransompaid": np.where(yes & draw.chance(0.5), paid, np.nan),
        "ransompaidus": np.where(yes & draw.chance(0.2), 0.0, np.nan),
        "ransomnote": draw.text(4, 12, (demanded == 1) & draw.chance(0.4)),
        "hostkidoutcome": outcome,
        "nreleased": np.where(taken, released, NIL),
    }


def _international(cells: Columns, draw: Draw) -> None:
    country = cells["country"]
    foreign: Mask = np.zeros(draw.rows, dtype=np.bool_)
    for place in (1, 2, 3):
        nationality = cells[f"natlty{place}"]
        foreign |= (nationality != NIL) & (nationality != country)
    misc = foreign.astype(np.int64)
    known = (cells["gname"] != "Unknown").to_numpy() & draw.chance(0.75)
    log = np.where(known, draw.among([0, 1], [88, 12]), -9)
    # A group that crosses no border is a stranger to whom the place is one.
    ideo = np.where(known, np.where(log == 0, misc, draw.whole(0, 1)), -9)
    parts = np.stack([log, ideo, misc])
    cells |= {
        "INT_LOG": log,
        "INT_IDEO": ideo,
        "INT_MISC": misc,
        "INT_ANY": np.where((parts == 1).any(axis=0), 1, np.where((parts == -9).any(axis=0), -9, 0)),
    }


def _texts(cells: Columns, draw: Draw) -> None:
    first = draw.chance(0.8)
    second = first & draw.chance(0.65)
    third = second & draw.chance(0.5)
    cells["summary"] = draw.text(24, 46, draw.chance(0.69))
    cells["addnotes"] = draw.text(10, 40, draw.chance(0.16))
    for place, where in enumerate((first, second, third), 1):
        cells[f"scite{place}"] = draw.text(9, 14, where)
    cells["dbsource"] = draw.of(names(26, 80))
