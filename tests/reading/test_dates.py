"""The date of publication, in the forms in which files give it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtdlike.reading.dates import parse_published

DAY = dt.date(2017, 2, 13)


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        dt.datetime(2017, 2, 13, 23, 59),
        "2017-02-13",
        " 2017-02-13 ",
        "2017/2/13",
        "20170213",
        20170213,
        "2017-02-13T23:30:00+05:00",
        "2017-02-13 08:00",
        "20170213T080000Z",
        "13 February 2017",
        "13 Feb 2017",
        "13-Feb-2017",
        "February 13, 2017",
        "Feb. 13, 2017",
        "Feb 13 2017",
        "February 13th, 2017",
        "Monday, February 13, 2017",
        "Monday 13 February 2017",
        "Mon, 13 Feb 2017 10:00:00 GMT",
        "13/02/2017",
        "02/13/2017",
        "13.2.2017",
        1486944000,
        1486944000000,
        1486944000000.0,
    ],
)
def test_forms(value: object) -> None:
    assert parse_published(value) == (DAY, None)


@pytest.mark.parametrize("value", [None, "", "  ", float("nan")])
def test_blank(value: object) -> None:
    assert parse_published(value) == (None, None)


@pytest.mark.parametrize(
    "value",
    ["soon", "2017", "2017-02", "2017-13-01", "2017-02-30", "01/02/2017", 5, True, [], "Maybe 3, 2017", "2017111"],
)
def test_refused_with_a_reason(value: object) -> None:
    day, problem = parse_published(value)
    assert day is None
    assert problem is not None
    assert "date of publication" in problem


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2199, 12, 31)))
def test_every_day_in_every_unambiguous_form(day: dt.date) -> None:
    month = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
    month += ["November", "December"]
    name = month[day.month - 1]
    for form in (
        day.isoformat(),
        f"{day.day} {name} {day.year}",
        f"{name[:3]}. {day.day}, {day.year}",
        day.strftime("%Y%m%d"),
    ):
        assert parse_published(form) == (day, None)


@given(st.text() | st.integers() | st.floats())
def test_anything_is_a_day_or_a_reason_or_blank(value: object) -> None:
    day, problem = parse_published(value)
    assert day is None or problem is None
