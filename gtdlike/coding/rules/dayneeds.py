"""Which words a text must hold before a pattern of dates is tried on it: most sentences hold none of them.

A pattern without a line here is always tried; `tests/coding/test_dayneeds.py` proves that no need shuts out a date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from gtdlike.coding.rules.daypatterns import patterns
from gtdlike.coding.rules.lexicon import column

_RUN = re.compile("[a-z]+")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNITS = frozenset(u + s for u in ("day", "week", "month", "year") for s in ("", "s"))
_HALVES = frozenset(("morning", "afternoon", "evening", "night"))
_MONTHS = frozenset(
    "jan january feb february mar march apr april may jun june jul july aug august sep sepember sept september oct "
    "october nov november dec december".split()
)
_WEEKDAYS = frozenset(
    "mon monday tue tues tueday tuesday wed wednesday thu thurs thuday thursday fri friday sat saturday sun sunday"
    .split()
)  # fmt: skip


Need = frozenset[str]
"""One of these words must be there."""

# For each rule ways in which it can be met; each way is a row of needs.
_NEEDS: dict[str, tuple[tuple[Need, ...], ...]] = {
    "month_day": ((_MONTHS,),),
    "day_month": ((_MONTHS,),),
    "months": ((_MONTHS,),),
    "month_year": ((_MONTHS,),),
    "month_unit": ((_MONTHS, frozenset(("year",))),),
    "last_month": ((_MONTHS, frozenset("last in this since during of by early late mid until the past".split())),),
    "lag": ((frozenset(("after", "since")), _UNITS | {"hours"}),),
    "earlier": (
        (frozenset(("earlier", "before", "previously")), _UNITS | _HALVES),
        (frozenset(("previous", "preceding")), _HALVES | {"day"}),
    ),
    "later": (
        (frozenset(("later",)), _UNITS),
        (frozenset(("next", "following")), _HALVES | {"day"}),
        (frozenset(("after",)), frozenset(("day", "morning"))),
    ),
    "same": ((frozenset(("that", "same")), _HALVES | {"day"}),),
    "ago": ((frozenset(("ago",)), _UNITS),),
    "weekday": ((_WEEKDAYS,),),
    "weekend": ((frozenset(("weekend",)),),),
    "unit": ((frozenset(("last", "this", "past", "previous")), frozenset(("week", "month", "year"))),),
}
_DIGITS = {
    "slash": re.compile(r"\d/\d"),
    "iso": re.compile(r"\d-\d"),
    "month_day": _DIGIT,
    "day_month": _DIGIT,
    "months": _YEAR,
    "month_year": _YEAR,
    "first_hours": _YEAR,
    "year": _YEAR,
}
"""What digits a rule needs."""
_KINDS = tuple(dict.fromkeys(_DIGITS.values()))
_LISTED = {"holiday": "holidays", "words": "date_words"}


@cache
def _ways(rule: str) -> tuple[tuple[Need, ...], ...]:
    """The ways in which the needs of a rule can be met; a listed phrase needs one of its words, or itself ("9/11")."""
    if rule in _LISTED:
        phrases = column(_LISTED[rule], "phrase")
        return ((frozenset(max(_RUN.findall(phrase), key=len, default=phrase) for phrase in phrases),),)
    return _NEEDS.get(rule, ((),))


@cache
def _bits() -> dict[Need | re.Pattern[str], int]:
    """A bit for each need, and for each kind of digits."""
    needs: list[Need | re.Pattern[str]] = [need for rule, _ in patterns() for way in _ways(rule) for need in way]
    return {need: 1 << n for n, need in enumerate(dict.fromkeys([*needs, *_KINDS]))}


@cache
def _words() -> dict[str, int]:
    """The bits of the needs that a word meets."""
    found: dict[str, int] = {}
    for need, bit in _bits().items():
        for word in need if isinstance(need, frozenset) else ():
            found[word] = found.get(word, 0) | bit
    return found


@cache
def _figures() -> tuple[str, ...]:
    """What is listed without a word to the letter: "9/11"."""
    return tuple(word for word in _words() if not _RUN.search(word))


@cache
def _rules(last: str) -> tuple[tuple[str, re.Pattern[str], tuple[int, ...]], ...]:
    """The rules up to `last`: name, pattern, and the bits of each way in which its needs can be met."""
    names = [name for name, _ in patterns()]
    upto = names.index(last) + 1 if last else len(names)
    return tuple((name, p, tuple(_mask(name, way) for way in _ways(name))) for name, p in patterns()[:upto])


def _mask(rule: str, way: tuple[Need, ...]) -> int:
    """The bits of all that a rule needs in one of its ways."""
    bits = _bits()
    mask = bits[_DIGITS[rule]] if rule in _DIGITS else 0
    for need in way:
        mask |= bits[need]
    return mask


@lru_cache(maxsize=1024)
def _fitting(met: int, last: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, p) for name, p, ways in _rules(last) if any(way & met == way for way in ways))


def fitting(text: str, last: str = "") -> Sequence[tuple[str, re.Pattern[str]]]:
    """The rules of the grammar that may fit somewhere in a text in lower case, in their order, up to rule `last`."""
    bits, met = _words(), 0
    for word in _RUN.findall(text):
        if word in bits:
            met |= bits[word]
    if _DIGIT.search(text) is not None:
        for digits in _KINDS:
            if digits.search(text) is not None:
                met |= _bits()[digits]
        for figure in _figures():
            if figure in text:
                met |= bits[figure]
    return _fitting(met, last)
