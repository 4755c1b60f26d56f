"""Dates in running text: absolute ones, and ones relative to the day on which the article appeared.

An anchored grammar: nothing is a date unless its words say so, and a date is no more precise than it is told.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from attrs import frozen

from gtdlike.coding.rules.lexicon import rows
from gtdlike.coding.rules.prose import Prose, Sentence, fold

_DAY = dt.timedelta(days=1)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SMALL = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())} | {"a": 1, "an": 1}

_M = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_D = r"(?P<day>\d{1,2})(?:st|nd|rd|th|d)?\b"
_Y = r"(?P<year>(?:19|20)\d\d)\b"
_W = r"(?P<weekday>mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs)?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b"
_N = r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_PATTERNS = [
    ("slash", r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>(?:19|20)\d\d)\b"),
    ("iso", r"\b(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)\b"),
    ("nine_eleven", r"\b9/11\b"),
    ("month_day", rf"\b{_M}\s*{_D}(?:\s*[-–]\s*(?P<day2>\d{{1,2}})\b)?(?:\s*,?\s*{_Y})?(?!\s*[:.]\d|\s*(?:people|persons))"),
    ("day_month", rf"\b{_D}\s+(?:of\s+)?{_M}(?:\s*,?\s*(?:{_Y}|(?P<yy>\d\d)\b(?!\s*(?:%|percent|people))))?"),
    ("month_year", rf"\b{_M}(?:\s+of|,)?\s+{_Y}"),
    ("holiday", r"\b(?P<holiday>new year's eve|new year's day|new year's|christmas eve|christmas day|christmas)\b"),
    ("ago", rf"\b{_N}\s+(?P<unit>day|week|month|year)s?\s+(?P<way>ago)\b"),
    ("yesterday", r"\b(?:the day before yesterday|yesterday|last night|overnight|last evening)\b"),
    ("today", r"\b(?:earlier today|today|tonight|this morning|this afternoon|this evening|early this morning)\b"),
    ("weekday", rf"(?P<which>last\s+|this\s+|past\s+)?\b{_W}"),
    ("weekend", r"\b(?P<which>last|this|over the|past)\s+weekend\b"),
    ("unit", r"\b(?P<which>last|this|past|previous)\s+(?P<unit>week|month|year)\b"),
    ("last_month", rf"\b(?P<which>last|in|this|since|during|of|by|early|late|mid|until|the|this past)[\s-]+{_M}(?!\s*\d)"),
    ("year", rf"\b(?:in|since|of|during|early|late|mid|from|until|the|and|year)[\s-]+{_Y}(?!\s*(?:people|persons|[-–]\s*\d))"),
]
_GRAMMAR = [(name, re.compile(pattern)) for name, pattern in _PATTERNS]
_OFFSET = re.compile(r"\b(?P<what>days|weeks|hours|a day|a week|shortly|soon|\w+ days|\w+ weeks)?\s*(?P<side>after|before|since|until|ahead of|following|from|by|prior to)\b[^,.;]{0,30}$")
_DATELINE = re.compile(r"^[^.!?]{0,120}?(?:--|—|–|\s-\s|:)")


@frozen(slots=True)
class DateMention:
    """A date in a sentence: from `low` to `high`, both None where the year is not known. Offsets are of the text."""

    start: int
    end: int
    low: dt.date | None
    high: dt.date | None
    relative: bool = False
    side: str | None = None
    """`after` or `before` where the date only bounds the event ("days after 4 January", "until May")."""

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def span(self) -> int:
        """Days from first to last."""
        return (self.high - self.low).days if self.low and self.high else 99999


def _month(text: str) -> int:
    return _MONTHS.index(text[:3]) + 1


def _make(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _whole_month(year: int, month: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _past(anchor: dt.date, month: int, day: int) -> dt.date | None:
    """The last such day up to the anchor (a day later still counts: newsrooms lie east and west)."""
    for year in (anchor.year, anchor.year - 1, anchor.year - 4):
        found = _make(year, month, day)
        if found and found <= anchor + _DAY:
            return found
    return None


def _back(anchor: dt.date, count: int, unit: str) -> tuple[dt.date, dt.date]:
    if unit == "day":
        day = anchor - count * _DAY
        return day, day
    if unit == "week":
        day = anchor - 7 * count * _DAY
        return (day - 3 * _DAY, day + 3 * _DAY)
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 - count
        return _whole_month(max(1, months // 12), months % 12 + 1)
    year = max(1, anchor.year - count)
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _monday(day: dt.date) -> dt.date:
    return day - day.weekday() * _DAY


Span = tuple[dt.date | None, dt.date | None]
_NONE: Span = (None, None)


def _named(name: str, m: re.Match[str], anchor: dt.date | None) -> Span | None:
    """Dates that name a month: the span of one match, `_NONE` without a year, None where the match is no date."""
    g = m.groupdict()
    month = _month(g["month"])
    if name == "month_year":
        return _whole_month(int(g["year"]), month)
    if name == "last_month":
        if g["month"] in ("may", "march", "mar") and g["which"] in ("the", "by", "of"):
            return None
        if anchor is None:
            return _NONE
        year = anchor.year if month < anchor.month or (month == anchor.month and g["which"] != "last") else anchor.year - 1
        return _whole_month(year, month)
    day = int(g["day"])
    year = int(g["year"]) if g.get("year") else 1900 + int(g["yy"]) if g.get("yy") else 0
    if g.get("yy") and int(g["yy"]) < 50:
        year += 100
    if year:
        low = _make(year, month, day)
    elif anchor is None:
        return _NONE if _make(2000, month, day) else None
    else:
        low = _past(anchor, month, day)
    if low is None:
        # "May 17" with an impossible day may be a month and a short year; nothing is sure, so it is no date.
        return None
    high = _make(low.year, month, int(g["day2"])) if g.get("day2") else low
    return low, high or low


def _relative(name: str, m: re.Match[str], anchor: dt.date | None) -> Span | None:
    g = m.groupdict()
    if anchor is None:
        return _NONE
    if name == "today":
        return anchor, anchor
    if name == "yesterday":
        day = anchor - (2 if "before" in m.group() else 1) * _DAY
        # "overnight" is the night to today.
        return (day, anchor) if "night" in m.group() and "over" in m.group() else (day, day)
    if name == "ago":
        count = _SMALL.get(g["count"]) or int(g["count"])
        return _back(anchor, count, g["unit"])
    if name == "weekday":
        back = (anchor.weekday() - _WEEKDAYS.index(g["weekday"][:3])) % 7
        if back == 0 and (g["which"] or "").strip() == "last":
            back = 7
        day = anchor - back * _DAY
        return day, day
    if name == "weekend":
        saturday = anchor - ((anchor.weekday() - 5) % 7) * _DAY
        return saturday, min(saturday + _DAY, anchor)
    if name == "holiday":
        eve = {"new year's eve": (12, 31), "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25)}
        day_found = _past(anchor, *eve.get(g["holiday"], (1, 1)))
        if g["holiday"] == "new year's" and day_found:
            return day_found - _DAY, day_found
        return (day_found, day_found) if day_found else None
    this = g["which"] == "this"
    if g["unit"] == "week":
        monday = _monday(anchor) - (0 if this else 7) * _DAY
        return monday, min(monday + 6 * _DAY, anchor)
    low, high = _back(anchor, 0 if this else 1, g["unit"])
    return low, min(high, anchor)


def _span(name: str, m: re.Match[str], anchor: dt.date | None) -> Span | None:
    g = m.groupdict()
    if name == "slash":
        a, b = int(g["a"]), int(g["b"])
        day = _make(int(g["year"]), a, b) or _make(int(g["year"]), b, a)
        return (day, day) if day else None
    if name == "iso":
        day = _make(int(g["year"]), int(g["m"]), int(g["day"]))
        return (day, day) if day else None
    if name == "nine_eleven":
        return dt.date(2001, 9, 11), dt.date(2001, 9, 11)
    if name == "year":
        return dt.date(int(g["year"]), 1, 1), dt.date(int(g["year"]), 12, 31)
    if g.get("month"):
        return _named(name, m, anchor)
    return _relative(name, m, anchor)


def find_dates(text: str, anchor: dt.date | None, offset: int = 0) -> Iterator[DateMention]:
    """The dates of a text in lower case, from left to right; `offset` is added to their places."""
    taken: list[tuple[int, int]] = []
    found: list[DateMention] = []
    for name, pattern in _GRAMMAR:
        for m in pattern.finditer(text):
            a, b = m.span()
            if any(a < y and x < b for x, y in taken):
                continue
            span = _span(name, m, anchor)
            if span is None:
                continue
            taken.append((a, b))
            before = _OFFSET.search(text, max(0, a - 60), a)
            side = None
            if before:
                side = "after" if before["side"] in ("after", "since", "following", "from") else "before"
            relative = name in ("today", "yesterday", "ago", "weekday", "weekend", "unit", "last_month", "holiday")
            found.append(DateMention(offset + a, offset + b, span[0], span[1], relative, side))
    return iter(sorted(found, key=lambda d: d.start))


@frozen(slots=True)
class Dateline:
    """The line that opens a report: where the newsroom sits, and when it wrote. `end` is where the report begins."""

    end: int
    place: tuple[int, int] | None
    date: dt.date | None
    day: tuple[int, int] | None


@cache
def _agencies() -> frozenset[str]:
    return frozenset(row["name"] for row in rows("agencies"))


def find_dateline(prose: Prose, published: dt.date | None) -> Dateline | None:
    """The dateline, in the first sentences: place in capitals (or a date) before a dash, or a date and a colon."""
    for sentence in prose.sentences[:3]:
        line = prose.plain[sentence.start : sentence.end]
        m = _DATELINE.match(line)
        if not m or len(m.group().split()) > 22:
            continue
        head = m.group().rstrip("-—–: ").rstrip()
        colon = m.group().endswith(":")
        dates = list(find_dates(fold(head), published, sentence.start))
        words = head.split()
        upper = bool(words) and words[0].rstrip(",").isupper() and len(words[0]) > 2
        agency = any(a in head.lower() for a in _agencies())
        if colon and not (dates and dates[0].start == sentence.start and len(words) <= 3) and not (upper and len(words) <= 3):
            continue
        if not colon and not (upper or dates or agency):
            continue
        comma = re.match(r"[A-Z][^,(—–\-]*?(?=,|\s*\(|\s*$|\s+[A-Z][a-z]{2}\.?\s+\d|\s*[—–-])", head)
        place = (sentence.start, sentence.start + comma.end()) if comma and not (dates and dates[0].start == sentence.start) else None
        day = next((d for d in dates if d.exact), None)
        return Dateline(sentence.start + m.end(), place, day.low if day else None, (dates[0].start, dates[0].end) if dates else None)
    return None


def sentence_dates(prose: Prose, sentence: Sentence, anchor: dt.date | None) -> list[DateMention]:
    return list(find_dates(fold(prose.plain[sentence.start : sentence.end]), anchor, sentence.start))
