"""Which words a text must hold before a pattern of dates is tried on it: most sentences hold none of them.

A pattern without a line here is always tried; `tests/coding/test_dayneeds.py` proves that no need shuts out a date.
"""

from __future__ import annotations

import re
from functools import cache

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
_LISTED = {"holiday": "holidays", "words": "date_words"}


@cache
def _listed(rule: str) -> tuple[Need, tuple[str, ...]]:
    """A word of each phrase of a rule's lexicon, and the phrases that have none ("9/11")."""
    longest = {phrase: max(_RUN.findall(phrase), key=len, default="") for phrase in column(_LISTED[rule], "phrase")}
    return frozenset(longest.values()) - {""}, tuple(phrase for phrase, word in longest.items() if not word)


@cache
def _rules(last: str) -> tuple[tuple[str, re.Pattern[str], tuple[tuple[Need, ...], ...], re.Pattern[str] | None], ...]:
    names = [name for name, _ in patterns()]
    upto = names.index(last) + 1 if last else len(names)
    listed = {rule: ((_listed(rule)[0],),) for rule in _LISTED}
    return tuple(
        (name, p, listed.get(name) or _NEEDS.get(name, ((),)), _DIGITS.get(name)) for name, p in patterns()[:upto]
    )


@cache
def _telling() -> Need:
    """Without a digit, and without one of these words, no rule fits: the last need of each way of each rule."""
    ways = [way for _, _, ways, number in _rules("") if number is None for way in ways]
    return frozenset().union(*(way[-1] for way in ways if way))


def fitting(text: str, last: str = "") -> list[tuple[str, re.Pattern[str]]]:
    """The rules of the grammar that may fit somewhere in a text in lower case, in their order, up to rule `last`."""
    words = frozenset(_RUN.findall(text))
    digits = _DIGIT.search(text) is not None
    found: list[tuple[str, re.Pattern[str]]] = []
    if not digits and _telling().isdisjoint(words):
        return found
    year = digits and _YEAR.search(text) is not None
    for name, pattern, ways, number in _rules(last):
        if number is not None and not (year if number is _YEAR else digits and number.search(text)):
            continue
        for way in ways:
            for need in way:
                if need.isdisjoint(words):
                    break
            else:
                found.append((name, pattern))
                break
        else:
            if name in _LISTED and any(phrase in text for phrase in _listed(name)[1]):
                found.append((name, pattern))
    return found
