"""The grammar of dates: what the words of a date say, and the days they mean on the day of the report.

Nothing is a date unless its words say so, and a date is no more precise than it is told.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from attrs import frozen

from gtdlike.coding.rules.lexicon import column, rows

Days = tuple[dt.date | None, dt.date | None]
NO_YEAR: Days = (None, None)
"""A date, but of no known year."""
DAY = dt.timedelta(days=1)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_SMALL = {w: n for n, w in enumerate(_NUMBERS)} | {"a": 1, "an": 1}

_M = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_D = r"(?P<day>\d{1,2})(?:st|nd|rd|th|d)?\b"
_Y = r"(?P<year>(?:19|20)\d\d)\b"
_WEEKDAY = r"(?:mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs)?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b\.?"
# "Friday, March 15", "Wednesday (Dec 26)", "Friday night, the 15th of March": one date, and its weekday tells the year.
_W = rf"(?:(?:last\s+|this\s+)?\b(?P<weekday>{_WEEKDAY})(?:\s+(?:morning|afternoon|evening|night))?\s*(?:,\s*|\(\s*)?(?:the\s+)?)?"
_N = r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_U = r"(?P<unit>day|week|month|year)s?"
_PATTERNS = [
    ("slash", r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>(?:19|20)\d\d)\b"),
    ("iso", r"\b(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)\b"),
    ("month_day", rf"{_W}\b{_M}\s*{_D}(?:\s*(?:[-–]|and|to)\s*(?P<day2>\d{{1,2}})\b(?!\s*[:.]\d))?(?:\s*,?\s*{_Y})?(?!\s*[:.]\d|\s*(?:people|persons))"),
    ("day_month", rf"{_W}\b(?:(?P<day0>\d{{1,2}})(?:\s*[-–]\s*|\s+(?:and|to)\s+))?{_D}\s+(?:of\s+)?{_M}(?:\s*,?\s*(?:{_Y}|(?P<yy>\d\d)\b(?!\s*(?:%|percent|people))))?"),
    ("months", rf"\b{_M}\s*(?:to|through|until|till|[-–])\s*(?:early\s+|late\s+|mid-?)?[a-z]{{3,9}}\s*,?\s*{_Y}"),
    ("month_year", rf"\b{_M}(?:\s+of|,)?\s+{_Y}"),
    ("holiday", ""),
    ("lag", rf"\b(?:{_N}\s+{_U}|(?P<hours>[2-9]\d|1\d\d)\s+hours)\s+(?:after\b(?!\s+(?:that|this|which)\b)|since\s+(?=the\b|an?\b))"),
    ("earlier", rf"\b(?:{_N}\s+{_U}\s+(?:earlier|before|previously)\b|(?:the\s+)?(?:previous|preceding)\s+(?:day|night|evening|afternoon|morning)\b|the\s+(?:day|night|evening)\s+before\b)(?=\s*(?:$|[,.;:)\"]|in\b|at\b|on\b|when\b|that\b|by\b|and\b))"),
    ("later", rf"\b(?:{_N}\s+(?P<unit2>days?|weeks?)\s+later\b|(?:the\s+)?(?:next|following)\s+(?:day|morning|afternoon|evening|night)\b|the\s+(?:day|morning)\s+after\b(?=\s*[,.;:)]))"),
    ("same", r"\b(?:on\s+)?(?:that|the\s+same)\s+(?:very\s+)?(?:day|morning|afternoon|evening|night)\b"),
    ("ago", rf"\b{_N}\s+{_U}\s+ago(?P<exactly>\s+to\s+the\s+day|\s+(?:today|yesterday))?\b"),
    ("words", ""),
    ("weekday", rf"(?<!\ba )(?<!\bevery )(?<!\beach )(?P<which>last\s+|this\s+|past\s+|next\s+)?\b(?P<weekday>{_WEEKDAY})"),
    ("weekend", r"\b(?P<which>last|this|over the|past)\s+weekend\b"),
    ("unit", r"\b(?P<which>last|this|past|previous)\s+(?P<unit>week|month|year)\b"),
    ("last_month", rf"\b(?P<which>last|in|this|since|during|of|by|early|late|mid|until|the|this past)[\s-]+{_M}(?!\s*\d)"),
    ("year", rf"\b(?:in|since|of|during|early|late|mid|from|until|the|and|year)[\s-]+{_Y}(?!\s*(?:people|persons|[-–]\s*\d))"),
]  # fmt: skip


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


def _alternatives(phrases: list[str]) -> str:
    spaced = (re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True))
    return rf"(?<![\w/])(?P<phrase>{'|'.join(spaced)})(?![\w/])"


@cache
def _grammar() -> list[tuple[str, re.Pattern[str]]]:
    listed = {"holiday": "holidays", "words": "date_words"}
    return [(name, re.compile(_alternatives(column(listed[name], "phrase")) if name in listed else p)) for name, p in _PATTERNS]


@cache
def _namesakes() -> re.Pattern[str]:
    return re.compile(rf"\s*\"?\s+(?:{'|'.join(column('date_namesakes', 'word'))})s?\b")


@cache
def _listed(name: str) -> dict[str, tuple[str, str]]:
    return {row["phrase"]: (row["from"], row["to"]) for row in rows(name)}


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has none."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def weekday_number(text: str) -> int:
    return _WEEKDAYS.index(text[:3])


def _whole_month(year: int, month: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _past(anchor: dt.date, month: int, day: int) -> dt.date | None:
    """The last such day up to the anchor (a day later still counts: newsrooms lie east and west)."""
    for year in (anchor.year, anchor.year - 1, anchor.year - 4):
        found = make_day(year, month, day) if year > 0 else None
        if found and found <= anchor + DAY:
            return found
    return None


def back(anchor: dt.date, count: int, unit: str) -> tuple[dt.date, dt.date]:
    """So many days, weeks, months or years before a day, no more precisely than the unit tells."""
    try:
        if unit == "day":
            day = anchor - count * DAY
            return day, day
        if unit == "week":
            day = anchor - 7 * count * DAY
            return (day - 3 * DAY, day + 3 * DAY)
        if unit == "month":
            months = anchor.year * 12 + anchor.month - 1 - count
            return _whole_month(max(1, months // 12), months % 12 + 1)
    except OverflowError:
        return anchor, anchor
    year = max(1, anchor.year - count)
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _easter(year: int) -> dt.date:
    """Easter Sunday of the western churches, by the calendar's old rule of the paschal moon."""
    golden, century = year % 19, year // 100
    leap = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = leap - (leap // 28) * (1 - (29 // (leap + 1)) * ((21 - golden) // 11))
    sunday = moon - (year + year // 4 + moon + 2 - century + century // 4) % 7
    month = 3 + (sunday + 40) // 44
    return dt.date(year, month, sunday + 28 - 31 * (month // 4))


def _feast(told: str, anchor: dt.date | None) -> dt.date | None:
    """A day of the holiday lexicon: the last one up to the day of the report."""
    if len(told) == 10:
        return dt.date.fromisoformat(told)
    if anchor is None:
        return None
    if told.startswith("easter"):
        days = int(told.removeprefix("easter")) * DAY
        return next((d for y in (anchor.year, anchor.year - 1) if y > 1 and (d := _easter(y) + days) <= anchor + DAY), None)
    return _past(anchor, int(told[:2]), int(told[3:]))


def _named(name: str, m: re.Match[str], anchor: dt.date | None) -> Days | None:
    """Dates that name a month: the days of one match, `NO_YEAR` without a year, None where the match is no date."""
    g = m.groupdict()
    month = _MONTHS.index(g["month"][:3]) + 1
    if name in ("month_year", "months"):
        return _whole_month(int(g["year"]), month)
    if name == "last_month":
        if g["month"] in ("may", "march", "mar") and g["which"] in ("the", "by", "of"):
            return None
        if anchor is None:
            return NO_YEAR
        year = anchor.year if month < anchor.month or (month == anchor.month and g["which"] != "last") else anchor.year - 1
        return _whole_month(max(1, year), month)
    day = int(g["day"])
    year = int(g["year"]) if g.get("year") else 1900 + int(g["yy"]) if g.get("yy") else 0
    if g.get("yy") and int(g["yy"]) < 50:
        year += 100
    if year:
        found = make_day(year, month, day)
    elif anchor is None:
        return NO_YEAR if make_day(2000, month, day) else None
    else:
        found = _past(anchor, month, day)
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
        first, last = _listed("date_words")[" ".join(g["phrase"].split())]
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
    if name == "holiday":
        first, last = (_feast(x, anchor) for x in _listed("holidays")[" ".join(g["phrase"].split())])
        if first is None or last is None:
            return NO_YEAR
        return (first if first <= last else _past(last, first.month, first.day)), last
    if g.get("month"):
        return _named(name, m, anchor)
    if anchor is None:
        return NO_YEAR
    try:
        return _relative(name, m, anchor)
    except OverflowError:
        return None


ANAPHORA = ("lag", "earlier", "later", "same")


def read_dates(text: str, anchor: dt.date | None) -> Iterator[Found]:
    """The dates of a text in lower case, from left to right, seen from the day `anchor` of the report."""
    found: list[Found] = []
    for name, pattern in _grammar():
        for m in pattern.finditer(text):
            a, b = m.span()
            if any(a < f.end and f.start < b for f in found):
                continue
            if name in ANAPHORA:
                shift, slack = _shift(name, m)
                # The days are those of a report on `anchor`; the caller knows whether another day is meant.
                low, high = around(anchor, shift, slack)
                found.append(Found(a, b, name, low, high, shift, True))
                continue
            if text[a - 1 : a] == '"' == text[b : b + 1]:
                continue  # the "9 May" Brigade
            days = _days(name, m, anchor)
            if days is None or (name in ("month_day", "day_month", "weekday") and not m.groupdict().get("year") and _namesakes().match(text, b)):
                continue
            told = m.groupdict().get("year") or m.groupdict().get("yy") or name == "holiday" and len(_listed("holidays")[" ".join(m["phrase"].split())][0]) == 10
            found.append(Found(a, b, name, days[0], days[1], 0, not told))
    return iter(sorted(found, key=lambda f: f.start))


def around(day: dt.date | None, shift: int, slack: int) -> Days:
    """The day `shift` days off, give or take `slack`."""
    if day is None:
        return NO_YEAR
    try:
        return day + (shift - slack) * DAY, day + (shift + slack) * DAY
    except OverflowError:
        return NO_YEAR
