"""The dateline: where a report comes from, and the day on which it was written."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from attrs import frozen

from gtdlike.coding.rules.dates import DateMention, find_dates
from gtdlike.coding.rules.daygrammar import weekday_number
from gtdlike.coding.rules.days import make_day
from gtdlike.coding.rules.lexicon import column
from gtdlike.coding.rules.memo import remembered
from gtdlike.coding.rules.prose import Prose, fold

_LINE = re.compile(r"^[^.!?]{0,120}?(?:--|—|–|\s-\s|:)")
_PLACE = re.compile(r"[A-Z](?:[^,(—–\-]|-(?=\w))*?(?=,|\s*\(|\s*$|\s+[A-Z][a-z]{2}\.?\s+\d|\s*[—–-])")
# That a word begins where these begin is asked last: a pattern is quicker to search by its first letters.
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d(?<!\w....)\b")
_WEEKDAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*")
# What every such date begins with: reading all dates of a whole article is slow.
_DAY_OF_WEEK = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun)(?<!\w...)[a-z]*\b[^a-z]*(?:(?:morning|afternoon|evening|night)\b[^a-z]*)?"
    r"(?:the\b[^a-z]*)?(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_OF_MONTH = ("month_day", "day_month")
_NEAR = 3
"""A text names years of its recent past; a calendar that fits only later than so many years after is no clue."""


@frozen(slots=True)
class Dateline:
    """The line that opens a report: where the newsroom sits, and when it wrote. `end` is where the report begins."""

    end: int
    place: tuple[int, int] | None
    date: dt.date | None
    day: tuple[int, int] | None


@cache
def _agencies() -> frozenset[str]:
    return frozenset(column("agencies", "name"))


@remembered
def find_dateline(prose: Prose, published: dt.date | None) -> Dateline | None:
    """The dateline, in the first sentences: place in capitals (or a date) before a dash, or a date and a colon.

    Where neither it nor `published` tells a year, the calendar may ("Wednesday (Dec 26)").
    """
    seen = published or _dated_by_calendar(prose)
    line = _read_line(prose, seen)
    if line is None:
        return Dateline(0, None, seen, None) if seen and not published else None
    if line.date is None and not published:
        return Dateline(line.end, line.place or (line.end, line.end), seen, line.day) if seen else line
    return line


def _read_line(prose: Prose, published: dt.date | None) -> Dateline | None:
    for sentence in prose.sentences[:3]:
        line = prose.plain[sentence.start : sentence.end]
        marks = len(line) - len(line.lstrip("*_#> "))  # of a text that was set in bold
        line = line[marks:]
        m = _LINE.match(line)
        if not m or len(m.group().split()) > 22:
            continue
        head = m.group().rstrip("-—–:*_ ").rstrip()
        colon = m.group().endswith(":")
        start = sentence.start + marks
        dates = list(find_dates(fold(head), published, start))
        words = head.split()
        upper = bool(words) and words[0].rstrip(",").isupper() and len(words[0]) > 2
        agency = any(a in head.lower() for a in _agencies())
        opens = bool(dates) and dates[0].start == start
        if colon and not (opens and len(words) <= 3) and not (upper and len(words) <= 3):
            continue
        if not colon and not (upper or dates or agency):
            continue
        comma = _PLACE.match(head)
        place = (start, start + comma.end()) if comma and not opens else None
        day = next((d for d in dates if d.exact), None)
        span = (dates[0].start, dates[0].end) if dates else None
        return Dateline(start + m.end(), place, day.low if day else None, span)
    return None


def _weekday_of(prose: Prose, mention: DateMention) -> int | None:
    m = _WEEKDAY.search(prose.low, mention.start, mention.end)
    return weekday_number(m.group()) if m else None


@remembered
def _dated_by_calendar(prose: Prose) -> dt.date | None:
    """The day of a report that tells weekday and date but no year: the first year that fits from the last one named."""
    start, end = (prose.sentences[0].start, prose.sentences[-1].end) if prose.sentences else (0, 0)
    years = [int(y.group()) for y in _YEAR.finditer(prose.low, start, end)]
    if not years or not _DAY_OF_WEEK.search(prose.low, start, end):
        return None
    told = [
        d
        for s in prose.sentences
        if _DAY_OF_WEEK.search(prose.low, s.start, s.end)
        for d in find_dates(prose.low[s.start : s.end], dt.date(2000, 12, 31), s.start, _OF_MONTH[-1])
        if d.assumed and d.rule in _OF_MONTH
    ]
    pairs = [(d.low, w) for d in told if d.low and d.exact and (w := _weekday_of(prose, d)) is not None]
    if not pairs:
        return None
    for year in range(max(years), max(years) + _NEAR + 1):
        days = [make_day(year, low.month, low.day) for low, _ in pairs]
        if all(day is not None and day.weekday() == weekday for day, (_, weekday) in zip(days, pairs, strict=True)):
            return days[0]
    return None
