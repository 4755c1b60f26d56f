"""Which counted phrases are part of a number told beside them, and which come on top of one."""

from __future__ import annotations

from gtdlike.coding.rules.counted import BE, Counted
from gtdlike.coding.rules.fates import is_fate
from gtdlike.coding.rules.lexicon import phrases
from gtdlike.coding.rules.wordlists import wordset

_JOINTS = frozenset(", ; and plus or as well of his her their".split())


def joined(words: list[str]) -> bool:
    """Do these words between two counted phrases make them one list?"""
    return (
        0 < len(words) <= 4 and all(w in _JOINTS for w in words) and bool(set(words) & {",", ";", "and", "plus", "or"})
    )


def _mark_inside(lows: list[str], found: list[Counted], start: int) -> None:
    """ "Nine people, including guests, cooks and a porter, were killed": all up to the verb is part."""
    end = start
    while (
        end < len(lows)
        and lows[end] not in BE
        and not is_fate(lows[end])
        and lows[end] not in (".", ";")
        and end - start < 30
    ):
        end += 1
    if lows[end : end + 1] and lows[end] in BE:
        for p in found:
            if start <= p.first and p.last <= end:
                p.part = True


def mark(lows: list[str], found: list[Counted]) -> None:
    """Mark what is part of a number told beside it, and what comes on top of one."""
    for hit in phrases("asides").find(lows):
        plus = hit.value["kind"] == "plus"
        if lows[hit.start : hit.end] == ["among", "them"] and any(p.last == hit.start for p in found):
            continue
        _mark_from(lows, found, hit.start, hit.end, plus)
        if not plus and hit.start and not any(is_fate(w) for w in lows[max(0, hit.start - 8) : hit.start]):
            _mark_inside(lows, found, hit.end)
    _mark_before(lows, found)
    for p in found:  # "24 people, 7 of them children"
        if lows[p.number.end : p.number.end + 2] in (["of", "them"], ["of", "whom"], ["of", "these"]) and any(
            q.last <= p.first for q in found
        ):
            p.part = True


def _mark_before(lows: list[str], found: list[Counted]) -> None:
    """ "Twenty people died, the driver among them": the mark stands behind the part."""
    for p in found:
        if lows[p.last : p.last + 2] == ["among", "them"] or lows[p.last : p.last + 1] == ["included"]:
            p.part = True


def _mark_from(lows: list[str], found: list[Counted], at: int, start: int, plus: bool) -> None:
    """Mark the counted phrases of the list that begins at `start`, behind a mark."""
    told = any(is_fate(w) for w in lows[max(0, at - 8) : at])
    end = start
    for p in (p for p in found if p.first >= start - 1):
        gap = lows[end : p.first]
        first = end == start
        close = (
            first and len(gap) <= 3 and not any(w == "," or is_fate(w) or w in BE or w in wordset("break") for w in gap)
        )
        if not (p.first <= start or close or joined(gap)):
            return
        if not first and at == 0:
            return  # "In addition to the bomber, ten people died": the second number stands for itself
        if not first and told and lows[p.last : p.last + 1] and (is_fate(lows[p.last]) or lows[p.last] in BE):
            return  # "two were killed, including a child, and six were wounded"
        p.plus, p.part = plus, not plus
        end = p.last
