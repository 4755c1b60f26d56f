"""Event ids: one for each, and each says its date."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import given
from hypothesis import strategies as st

from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
from gtdlike.incident import EventDate, Incident, Place
from gtdlike.linking import Linked, Member
from gtdlike.release import eventids
from gtdlike.release.eventids import dated, numbered, related

DATES = st.builds(EventDate, st.sampled_from([None, 1970, 2017]), st.integers(0, 12), st.integers(0, 28))
INCIDENTS = st.builds(Incident, date=DATES, place=st.builds(Place, st.integers(1, 3), city=st.sampled_from(["A", "B"])))


@given(st.lists(INCIDENTS, max_size=12), st.randoms())
def test_ids_are_unique_say_the_date_and_count_from_one(incidents: list[Incident], chance: random.Random) -> None:
    linked = [Linked(one, ()) for one in incidents]
    with_ids, without = numbered(linked)
    assert len(with_ids) + len(without) == len(linked)
    assert all(one.incident.date.year is None for one in without)
    ids = [str(one.incident.eventid) for one in with_ids]
    assert ids == sorted(set(ids))
    by_day: dict[str, list[int]] = {}
    for text, one in zip(ids, with_ids, strict=True):
        date = one.incident.date
        assert text[:8] == f"{date.year:04}{date.month:02}{date.day:02}"
        by_day.setdefault(text[:8], []).append(int(text[8:]))
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_day.values())
    chance.shuffle(linked)
    assert numbered(linked)[0] == with_ids


def test_a_month_without_a_year_is_the_last_one_before_the_article() -> None:
    article = Article("a", "text", published=dt.date(2017, 1, 2))
    for month, day, year in ((12, 31, 2016), (1, 3, 2016), (1, 1, 2017), (1, 0, 2017), (None, None, 2017)):
        incident = Incident(date=EventDate(None, month, day))
        found = dated(Linked(incident, (Member(article, CodedIncident("a", incident)),))).incident.date
        assert (found.year, found.month, found.day) == (year, month or 0, day or 0)


def test_a_day_has_room_for_so_many_and_the_rest_is_told() -> None:
    linked = [Linked(Incident(date=EventDate(2017, 1, 1), summary=str(n)), ()) for n in range(eventids.MOST_A_DAY + 2)]
    with_ids, without = numbered(linked)
    assert (with_ids[-1].incident.eventid, len(without)) == (201701019999, 2)


def _told(number: int, *, multiple: bool, day: int = 2, attack: int = 3, background: bool = False) -> Linked:
    """An incident that one article tells beside others."""
    article = Article("a", "text", published=dt.date(2017, 1, 3))
    date = EventDate(2017, 1, day)
    one = Incident(201701020000 + number, date, Place(4), multiple=multiple, attacks=[attack])
    return Linked(one, (Member(article, CodedIncident("a", one, background=background)),))


def test_what_an_article_tells_beside_one_of_several_attacks_belongs_to_them() -> None:
    said, beside = _told(1, multiple=True), _told(2, multiple=False)
    others = [
        _told(3, multiple=False, day=1),
        _told(4, multiple=False, attack=2),
        _told(5, multiple=False, background=True),
    ]
    found = related([said, beside, *others])
    assert [one.incident.related for one in found] == ["201701020002", "201701020001", None, None, None]
    assert [one.incident.multiple for one in found] == [True, True, False, False, False]
    assert {e.rule for e in found[1].evidence if e.variable == "multiple"} == {"release.related"}


def test_attacks_of_which_none_is_told_as_one_of_several_stay_apart() -> None:
    found = related([_told(1, multiple=False), _told(2, multiple=False)])
    assert [one.incident.related for one in found] == [None, None]
