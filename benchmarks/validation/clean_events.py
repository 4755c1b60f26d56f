"""Clean rows: what was attacked, with what, and who was hurt."""

from __future__ import annotations

from typing import Final

import numpy as np

from benchmarks.validation.draw import NIL, Columns, Draw, names
from gtdlike.codebook import Codebook

# For each attack type, a first weapon type; and the order of precedence of the attack types.
_WEAPON: Final = np.array([0, 5, 5, 6, 5, 5, 13, 8, 9, 13])
_ORDER: Final = np.array([1, 4, 6, 5, 3, 2, 8, 7, 9])
_NEVER_ALONE: Final = 13
"""The weapon sub-type of a bomb that is worn, which no attack has that is not a suicide attack."""


def attack(cells: Columns, draw: Draw) -> None:
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


def casualties(cells: Columns, draw: Draw) -> None:
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


def weapons(cells: Columns, draw: Draw, codebook: Codebook) -> None:
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


def targets(cells: Columns, draw: Draw, codebook: Codebook) -> None:
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
