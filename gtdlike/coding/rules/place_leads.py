"""What leads to a place name: "in central X", "on the outskirts of X", "300 km north of X", "a court in X"."""

from __future__ import annotations

from functools import cache

from attrs import define

from gtdlike.coding.rules.lexicon import words
from gtdlike.coding.rules.memo import remembered
from gtdlike.coding.rules.place_lexicon import aside_words, country_names, glue, leads, place_nouns
from gtdlike.coding.rules.prose import Sentence

_REACH = 9
"""So many words may lie between a preposition and its name."""

_ASIDE_REACH = 4
_BESIDE = frozenset(("outside", "near", "behind", "opposite"))
_WHEN = frozenset("on late early monday tuesday wednesday thursday friday saturday sunday up".split())
_BREAKS = frozenset((",", ";", ":", "--", "-", "—", "–", "(", ")"))
_DETERMINERS = frozenset(("the", "a", "an", "this", "its"))
_LENGTHS = frozenset(("km", "kms", "kilometers", "kilometres", "miles"))
_FAR = 30
"""From so many kilometres on, the distance from a town does not tell that something was near it."""


@define(slots=True)  # not frozen, which would double the cost of so many
class Lead:
    """What leads to a name."""

    preposition: str | None = None
    led: bool = False
    article: bool = False
    """ "The" stands before the name itself."""
    far: bool = False
    """The place is named for the distance from it only."""
    aside: bool = False
    """People spoke, met or were caught there."""


@remembered
def lead(s: Sentence, i: int, capitals: bool) -> Lead:
    """What leads to the name at word `i`, over articles, directions and "the outskirts of"."""
    k, of, near, article, capital = i - 1, False, False, False, False
    while k >= 0 and i - k < _REACH:
        low = s.lows[k]
        if low in _DETERMINERS:
            article = article or (low == "the" and not of)
        elif low == "of" and k and not of and (side := _side(s, k, capitals)):
            of, near = True, side == "near"
            k -= 1
        elif low in leads():
            far = low in ("from", "of") and _distant(s, k)
            return Lead("near" if near and low != "of" else low, True, article, far, _aside(s, k))
        elif low in glue("attacked"):
            return Lead(None, True, article)
        elif low == "capital" and not of:
            capital = True
        elif low not in glue("direction") and not ((of or capital) and country_names().at(s.lows, k)):
            break
        k -= 1
    return Lead("near" if near else None, of, article, near and _distant(s, k + 1))


def _side(s: Sentence, of: int, capitals: bool) -> str | None:
    """ "near" for "the outskirts of", "in" for "the centre of" and "the town of"."""
    before = s.lows[of - 1]
    if before in glue("near_side"):
        return "near"
    if before in glue("side"):
        return "in"
    hit = place_nouns().at(s.lows, of - 1)
    return "in" if hit is not None and (capitals or not s.words[of - 1].capital) else None


def _distant(s: Sentence, i: int) -> bool:
    """Does a long distance stand before word `i`?"""
    before = s.lows[max(0, i - 4) : i]
    if not any(w in _LENGTHS for w in before):
        return False
    return any(w.isdigit() and int(w) >= _FAR for w in before if len(w) < 6)


@cache
def _times() -> frozenset[str]:
    return words("date_edges", "trail") | _WHEN


def _aside(s: Sentence, i: int) -> bool:
    """Does "a court" or "talks" stand before the preposition at `i`, in the same clause?"""
    before = [w for w in s.lows[max(0, i - 2 * _ASIDE_REACH) : i] if w not in _times()]
    for low in reversed(before[-_ASIDE_REACH:]):
        if low in _BREAKS or low in _BESIDE:
            return False
        if low in aside_words():
            return _BESIDE.isdisjoint(before)  # "outside a court in X" something happened
    return False
