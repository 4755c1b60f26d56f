"""Reckoning with days: the calendar, the days that news calls by a name, and so many weeks before another day."""

from __future__ import annotations

import calendar
import datetime as dt

Days = tuple[dt.date | None, dt.date | None]
NO_YEAR: Days = (None, None)
"""A date, but of no known year."""
DAY = dt.timedelta(days=1)


FIRST_YEAR, LAST_YEAR = 1900, 2100
"""The years of the codebook: "999 years ago" tells the day of no attack."""


def codable(day: dt.date | None) -> bool:
    """May an incident have happened on this day?"""
    return day is None or FIRST_YEAR <= day.year <= LAST_YEAR


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has none."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def whole_month(year: int, month: int) -> tuple[dt.date, dt.date]:
    """The first and the last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def past(anchor: dt.date, month: int, day: int) -> dt.date | None:
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
            return whole_month(max(1, months // 12), months % 12 + 1)
    except OverflowError:
        return anchor, anchor
    year = max(1, anchor.year - count)
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def easter(year: int) -> dt.date:
    """Easter Sunday of the western churches, by the calendar's old rule of the paschal moon."""
    golden, century = year % 19, year // 100
    leap = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = leap - (leap // 28) * (1 - (29 // (leap + 1)) * ((21 - golden) // 11))
    sunday = moon - (year + year // 4 + moon + 2 - century + century // 4) % 7
    month = 3 + (sunday + 40) // 44
    return dt.date(year, month, sunday + 28 - 31 * (month // 4))


def feast(told: str, anchor: dt.date | None) -> dt.date | None:
    """A day of the holiday lexicon: the last one up to the day of the report."""
    if len(told) == 10:
        return dt.date.fromisoformat(told)
    if anchor is None:
        return None
    if told.startswith("easter"):
        days = int(told.removeprefix("easter")) * DAY
        this, last = (easter(max(2, year)) + days for year in (anchor.year, anchor.year - 1))
        return this if this <= anchor + DAY else last
    return past(anchor, int(told[:2]), int(told[3:]))


def around(day: dt.date | None, shift: int, slack: int) -> Days:
    """The day `shift` days off, give or take `slack`."""
    if day is None:
        return NO_YEAR
    try:
        return day + (shift - slack) * DAY, day + (shift + slack) * DAY
    except OverflowError:
        return NO_YEAR
