"""Clean rows: the groups, what became of things and hostages, and where it is told."""

from __future__ import annotations

from typing import Final

import numpy as np

from benchmarks.validation.draw import NIL, Columns, Draw, Mask, Whole, names, words

_HOSTAGE_TAKING: Final = (5, 6)


def groups(cells: Columns, draw: Draw) -> None:
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


def property(cells: Columns, draw: Draw) -> None:
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


def hostages(cells: Columns, draw: Draw) -> None:
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


def international(cells: Columns, draw: Draw) -> None:
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


def texts(cells: Columns, draw: Draw) -> None:
    first = draw.chance(0.8)
    second = first & draw.chance(0.65)
    third = second & draw.chance(0.5)
    cells["summary"] = draw.text(24, 46, draw.chance(0.69))
    cells["addnotes"] = draw.text(10, 40, draw.chance(0.16))
    for place, where in enumerate((first, second, third), 1):
        cells[f"scite{place}"] = draw.text(9, 14, where)
    cells["dbsource"] = draw.of(names(26, 80))
