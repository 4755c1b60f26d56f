"""The grammar of dates: what the words of a date say, and the days they mean on the day of the report.

Nothing is a date unless its words say so, and a date is no more precise than it is told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from attrs import frozen

from gtdlike.coding.rules.dayneeds import fitting
from gtdlike.coding.rules.daypatterns import COUNTED, listed, namesakes
from gtdlike.coding.rules.days import DAY, NO_YEAR, Days, around, back, codable, feast, make_day, past, whole_month

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_ATTACK = re.compile(r"\s+(?:attack|shooting|massacre|bombing|assault)$")
_SMALL = {w: n for n, w in enumerate(_NUMBERS)} | {"a": 1, "an": 1}


@frozen(slots=True)
class Found:
    """A date among the words: its place, the rule that read it, and its days."""

    start: int
    end: int
    rule: str
    low: dt.date | None
    high: dt.date | None
    shift: int = 0
    """Days from the day that the words refer to, where they refer to another one ("two days earlier")."""
    assumed: bool = False
    """The year, or more, is not told but follows from the day of the report."""


def weekday_number(text: str) -> int:
    """0 for a word that begins like "mon", 6 for one like "sun"."""
    return _WEEKDAYS.index(text[:3])


def _named(name: str, m: re.Match[str], anchor: dt.date | None) -> Days | None:
    """Dates that name a month: the days of one match, `NO_YEAR` without a year, None where the match is no date."""
    g = m.groupdict()
    month = _MONTHS.index(g["month"][:3]) + 1
    if name in ("month_year", "months"):
        return whole_month(int(g["year"]), month)
    if name == "month_unit":
        return whole_month(anchor.year - (g["which"] == "last"), month) if anchor and anchor.year > 1 else NO_YEAR
    if name == "last_month":
        if g["month"] in ("may", "march", "mar") and g["which"] in ("the", "by", "of"):
            return None
        if anchor is None:
            return NO_YEAR
        over = month < anchor.month or (month == anchor.month and g["which"] != "last")
        return whole_month(anchor.year if over else max(1, anchor.year - 1), month)
    day = int(g["day"])
    year = int(g["year"]) if g.get("year") else 1900 + int(g["yy"]) if g.get("yy") else 0
    if g.get("yy") and int(g["yy"]) < 50:
        year += 100
    if year:
        found = make_day(year, month, day)
    elif anchor is None:
        return NO_YEAR if make_day(2000, month, day) else None
    else:
        found = past(anchor, month, day)
    if found is None:
        return None  # the calendar has no such day; nothing is sure, so it is no date
    low = make_day(found.year, month, int(g["day0"])) if g.get("day0") else found
    high = make_day(found.year, month, int(g["day2"])) if g.get("day2") else found
    return (low, high) if low and high and low <= high else (found, found)


def _count(text: str) -> int:
    return _SMALL.get(text) or int(text)


def _relative(name: str, m: re.Match[str], anchor: dt.date) -> Days | None:
    g = m.groupdict()
    if name == "words":
        first, last = listed("words", g["phrase"])
        return anchor + int(first) * DAY, anchor + int(last) * DAY
    if name == "ago":
        low, high = back(anchor, _count(g["count"]), g["unit"])
        if g["exactly"] and g["unit"] == "year":
            day = make_day(low.year, anchor.month, anchor.day)
            return (day, day) if day else None
        middle = low + (high - low) / 2
        return (middle, middle) if g["exactly"] and g["unit"] == "week" else (low, high)
    if name == "weekday":
        which = (g["which"] or "").strip()
        if which == "next":
            return None
        days = (anchor.weekday() - weekday_number(g["weekday"])) % 7
        day = anchor - (7 if days == 0 and which == "last" else days) * DAY
        return day, day
    if name == "weekend":
        saturday = anchor - ((anchor.weekday() - 5) % 7) * DAY
        return saturday, min(saturday + DAY, anchor)
    this = g["which"] == "this"
    if g["unit"] == "week":
        monday = anchor - anchor.weekday() * DAY - (0 if this else 7) * DAY
        return monday, min(monday + 6 * DAY, anchor)
    low, high = back(anchor, 0 if this else 1, g["unit"])
    return low, min(high, anchor)


def _shift(name: str, m: re.Match[str]) -> tuple[int, int]:
    """Days from the day referred to, and how many more or less: a week is not seven days to the hour."""
    g = m.groupdict()
    if name == "same":
        return 0, 0
    unit = (g.get("unit") or g.get("unit2") or "day").rstrip("s")
    if g.get("hours"):
        return -round(int(g["hours"]) / 24), 0
    days = _count(g["count"]) * {"day": 1, "week": 7, "month": 30, "year": 365}[unit] if g.get("count") else 1
    return (days if name == "later" else -days), {"day": 0, "week": 3, "month": 16, "year": 190}[unit]


def _days(name: str, m: re.Match[str], anchor: dt.date | None) -> Days | None:
    g = m.groupdict()
    if name == "slash":
        a, b = int(g["a"]), int(g["b"])
        day = make_day(int(g["year"]), a, b) or make_day(int(g["year"]), b, a)
        return (day, day) if day else None
    if name == "iso":
        day = make_day(int(g["year"]), int(g["m"]), int(g["day"]))
        return (day, day) if day else None
    if name == "year":
        return dt.date(int(g["year"]), 1, 1), dt.date(int(g["year"]), 12, 31)
    if name == "first_hours":
        day = make_day(int(g["year"]), 1, 1)
        return (day, day) if day else None
    if name == "holiday" and not listed("holiday", g["phrase"])[0]:
        return None  # "the Christmas market"
    if name == "holiday":
        first, last = (feast(x, anchor) for x in listed("holiday", g["phrase"]))
        if first is None or last is None:
            return NO_YEAR
        return (first if first <= last else past(last, first.month, first.day)), last
    if g.get("month"):
        return _named(name, m, anchor)
    if anchor is None:
        return NO_YEAR
    try:
        return _relative(name, m, anchor)
    except OverflowError:
        return None


ANAPHORA = ("lag", "earlier", "later", "same")


def _has_year(name: str, m: re.Match[str]) -> bool:
    g = m.groupdict()
    return bool(g.get("year") or g.get("yy")) or (name == "holiday" and len(listed(name, g["phrase"])[0]) == 10)


def _no_date(name: str, m: re.Match[str], text: str) -> bool:
    """Are these the words of a name ("9 October Avenue", the "9 May" Brigade) or of a count ("23 times this year")?"""
    a, b = m.span()
    if text[a - 1 : a] == '"' == text[b : b + 1]:
        return True
    if name == "unit":
        return m["which"] == "this" and COUNTED.search(text, max(0, a - 80), a) is not None
    named = name in ("month_day", "day_month", "weekday") and not m.groupdict().get("year")
    return named and namesakes().match(text, b) is not None


def read_dates(text: str, anchor: dt.date | None, last: str = "") -> Iterator[Found]:
    """The dates of a text in lower case, from left to right, seen from the day `anchor` of the report.

    `last` is the last rule to be tried, where only those before it are wanted.
    """
    found: list[Found] = []
    rules = fitting(text, last)
    taken = bytearray(len(text) if rules else 0)
    for name, pattern in rules:
        for m in pattern.finditer(text):
            a, b = m.span()
            if taken.find(1, a, b) >= 0 or _no_date(name, m, text):
                continue
            if name == "holiday" and (attack := _ATTACK.search(m[0])):
                b -= len(attack[0])  # in "the New Year attack" the last word tells what happened, not when
            before = len(found)
            if name in ANAPHORA:
                shift, slack = _shift(name, m)
                # The days are those of a report on `anchor`; the caller knows whether another day is meant.
                low, high = around(anchor, shift, slack)
                if codable(low):
                    found.append(Found(a, b, name, low, high, shift, True))
            elif (days := _days(name, m, anchor)) is not None and codable(days[0]):
                found.append(Found(a, b, name, days[0], days[1], 0, not _has_year(name, m)))
            if len(found) > before:
                taken[a:b] = b"\x01" * (b - a)
    return iter(sorted(found, key=lambda f: f.start))
