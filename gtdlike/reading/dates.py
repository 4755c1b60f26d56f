"""The day of publication, from the forms in which files give it. Ambiguous forms are refused, never guessed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final, NoReturn

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
# A time of day or a zone may follow the date: the day is the one that is written.
_REST: Final = r"(?:[T ,].*)?"
_YMD: Final = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_REST}", re.S)
_COMPACT: Final = re.compile(rf"(\d{{4}})(\d\d)(\d\d){_REST}", re.S)
_NUMBERS: Final = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_REST}", re.S)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DMY: Final = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[ -]([a-z]{{3,9}})\.?,?[ -](\d{{4}}){_REST}", re.I | re.S
)
_MDY: Final = re.compile(rf"{_WEEKDAY}([a-z]{{3,9}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_REST}", re.I | re.S)
_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def parse_published(value: Any) -> tuple[dt.date | None, str | None]:
    """The day, and what is wrong where there is a value but no day in it."""
    if value is None or (isinstance(value, float) and value != value):
        return None, None
    if isinstance(value, dt.datetime):
        return value.date(), None
    if isinstance(value, dt.date):
        return value, None
    try:
        day = _of_number(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else _of_text(value)
    except (ValueError, OverflowError) as error:
        return None, f"the date of publication {value!r} is not used: {error}"
    return day, None


def _of_number(value: float) -> dt.date | None:
    """20170131, or the seconds or milliseconds since 1970 that data frames write."""
    if value == int(value) and 1900_01_01 <= value <= 2200_12_31:
        return _of_text(str(int(value)))
    for unit in (1, 1000):
        # Later than 1973 in either unit, so that a small number is not taken for a day.
        if 10**8 * unit < abs(value) < 10**10 * unit:
            return (_EPOCH + dt.timedelta(seconds=value / unit)).date()
    _refuse()


def _of_text(value: Any) -> dt.date | None:
    if not isinstance(value, str):
        _refuse()
    text = value.strip()
    if not text:
        return None
    if match := _YMD.fullmatch(text):
        return dt.date(int(match[1]), int(match[3]), int(match[4]))
    if match := _COMPACT.fullmatch(text):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DMY.fullmatch(text):
        return dt.date(int(match[3]), _month(match[2]), int(match[1]))
    if match := _MDY.fullmatch(text):
        return dt.date(int(match[3]), _month(match[1]), int(match[2]))
    if match := _NUMBERS.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if first > 12 or first == second:
            return dt.date(year, second, first)
        if second > 12:
            return dt.date(year, first, second)
        raise ValueError("day and month cannot be told apart; write it as YYYY-MM-DD")
    _refuse()


def _month(name: str) -> int:
    """The number of a month by its English name or the beginning of it."""
    start = "sep" if name.casefold() == "sept" else name.casefold()
    for number, month in enumerate(_MONTHS, start=1):
        if month.startswith(start):
            return number
    _refuse()


def _refuse() -> NoReturn:
    raise ValueError("it is not understood; write it as YYYY-MM-DD")
