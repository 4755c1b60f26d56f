"""Which words a text must hold before a pattern of dates is tried on it: most sentences hold none of them.

A pattern without a line here is always tried; `tests/coding/test_dayneeds.py` proves that no need shuts out a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from functools import cache

from gtdlike.coding.rules.lexicon import column

_RUN = re.compile("[a-z]+")
_UNITS = frozenset(u + s for u in ("day", "week", "month", "year") for s in ("", "s"))
_HALVES = frozenset(("morning", "afternoon", "evening", "night"))
_MONTHS = frozenset(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october "
    "nov november dec december".split()
)
_WEEKDAYS = frozenset(
    "mon monday tue tues tueday tuesday wed wednesday thu thurs thuday thursday fri friday sat saturday sun sunday"
    .split()
)  # fmt: skip


def _any(*words: str | Set[str]) -> Callable[[Set[str]], bool]:
    needed = frozenset().union(*({w} if isinstance(w, str) else w for w in words))
    return lambda runs: not needed.isdisjoint(runs)


_NEEDS: dict[str, tuple[Callable[[Set[str]], bool], ...]] = {
    "month_day": (_any(_MONTHS),),
    "day_month": (_any(_MONTHS),),
    "months": (_any(_MONTHS),),
    "month_year": (_any(_MONTHS),),
    "last_month": (_any(_MONTHS),),
    "lag": (_any("after", "since"), _any(_UNITS, "hours")),
    "earlier": (_any("earlier", "before", "previously", "previous", "preceding"),),
    "later": (_any("later", "next", "following", "after"),),
    "same": (_any("that", "same"), _any("day", _HALVES)),
    "ago": (_any("ago"), _any(_UNITS)),
    "weekday": (_any(_WEEKDAYS),),
    "weekend": (_any("weekend"),),
    "unit": (_any("week", "month", "year"),),
    "year": (_any("in", "since", "of", "during", "early", "late", "mid", "from", "until", "the", "and", "year"),),
}
_DIGITS = frozenset(("slash", "iso", "month_day", "day_month", "months", "month_year", "year"))
"""Patterns that need a digit."""
_LISTED = {"holiday": "holidays", "words": "date_words"}


@cache
def _listed(rule: str) -> tuple[frozenset[str], bool]:
    """A word of each phrase of a rule's lexicon, and whether all its phrases have one."""
    longest = [max(_RUN.findall(phrase), key=len, default="") for phrase in column(_LISTED[rule], "phrase")]
    return frozenset(longest), "" not in longest


def words_in(text: str) -> frozenset[str]:
    """The runs of letters in a text of lower case."""
    return frozenset(_RUN.findall(text))


def may_hold(rule: str, text: str, runs: Set[str], digits: bool) -> bool:
    """May the pattern of a rule fit somewhere in the text? `runs` are its words; `digits`: it has a digit."""
    if rule in _LISTED:
        needed, complete = _listed(rule)
        return not complete or not needed.isdisjoint(runs)
    if rule in _DIGITS and not digits:
        return False
    if rule == "slash":
        return "/" in text
    return all(need(runs) for need in _NEEDS.get(rule, ()))
