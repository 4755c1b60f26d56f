"""When it happened: the grammar of dates, the dateline, what a date belongs to, and the date that is coded."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.article import Article
from gtdlike.coding import RuleCoder
from gtdlike.coding.rules.attach import dates_no_attack, governor
from gtdlike.coding.rules.dateline import find_dateline
from gtdlike.coding.rules.dates import DateMention, find_dates, sentence_dates
from gtdlike.coding.rules.people import entities
from gtdlike.coding.rules.prose import read_prose
from gtdlike.coding.rules.triggers import find_triggers

REPORT = dt.date(2019, 5, 3)  # a Friday


def spans(text: str, anchor: dt.date | None = REPORT) -> list[tuple[str | None, str | None]]:
    return [(d.low and d.low.isoformat(), d.high and d.high.isoformat()) for d in find_dates(text.lower(), anchor)]


def mentions(text: str, anchor: dt.date | None = REPORT) -> list[DateMention]:
    prose = read_prose(text)
    return [d for s in prose.sentences for d in sentence_dates(prose, s, anchor)]


def coded(text: str, published: dt.date | None = REPORT) -> tuple[object, object, object]:
    rows = [c.to_row() for c in RuleCoder().code(Article(id="a", text=text, published=published))]
    assert rows, "no incident was coded"
    return rows[0].get("iyear"), rows[0].get("imonth"), rows[0].get("iday")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("on 4 July 2016", "2016-07-04", "2016-07-04"),
        ("on July 4, 2016", "2016-07-04", "2016-07-04"),
        ("on 26 JAN 89", "1989-01-26", "1989-01-26"),
        ("07/04/2016: assailants", "2016-07-04", "2016-07-04"),
        ("from 3 to 5 April", "2019-04-03", "2019-04-05"),
        ("on Monday", "2019-04-29", "2019-04-29"),
        ("last Friday", "2019-04-26", "2019-04-26"),
        ("Friday, March 15", "2019-03-15", "2019-03-15"),
        ("Wednesday (May 1)", "2019-05-01", "2019-05-01"),
        ("yesterday", "2019-05-02", "2019-05-02"),
        ("last night", "2019-05-02", "2019-05-02"),
        ("in the past few hours", "2019-05-03", "2019-05-03"),
        ("three days ago", "2019-04-30", "2019-04-30"),
        ("a week ago", "2019-04-23", "2019-04-29"),
        ("four years ago to the day", "2015-05-03", "2015-05-03"),
        ("in April 2014", "2014-04-01", "2014-04-30"),
        ("last October", "2018-10-01", "2018-10-31"),
        ("from May to October, 2017", "2017-05-01", "2017-05-31"),
        ("in 2014", "2014-01-01", "2014-12-31"),
        ("on Easter Sunday", "2019-04-21", "2019-04-21"),
        ("on Good Friday", "2019-04-19", "2019-04-19"),
        ("on New Year's Eve", "2018-12-31", "2018-12-31"),
        ("in the first hours of the new year", "2019-01-01", "2019-01-01"),
    ],
)
def test_days(text: str, low: str, high: str) -> None:
    assert spans(text) == [(low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "on 9 October Avenue",
        'the "9 May" Brigade',
        "after Friday prayers",
        "on 31 February",
        "the 1970's",
        "a Friday",
        "the sixth attack this year",
    ],
)
def test_no_date(text: str) -> None:
    assert spans(text) == []


def test_no_year_without_a_day_of_report() -> None:
    assert spans("on 4 July", None) == [(None, None)]
    assert spans("on Monday", None) == [(None, None)]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("killed by gunmen on Tuesday", None),
        ("before dawn on Tuesday", None),
        ("after the 14 April attack", None),
        ("since Monday's blast", None),
        ("days after 14 April", "after"),
        ("until at least April 20", "before"),
    ],
)
def test_bounds(text: str, side: str | None) -> None:
    [date] = find_dates(text.lower(), REPORT)
    assert date.side == side


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("She was buried on Thursday, a day after she was shot dead.", "2019-05-01"),
        ("Two bombs exploded in the market the day before, police said.", "2019-05-02"),
        ("The suspect was caught on Wednesday, 48 hours after the shooting.", "2019-04-29"),
        ("On 20 April, a bridge was blown up. That night gunmen attacked the post.", "2019-04-20"),
        ("On 20 April, a bridge was blown up. Two days later gunmen attacked the post.", "2019-04-22"),
    ],
)
def test_counted_from_another_date(text: str, last: str) -> None:
    date = mentions(text)[-1]
    assert date.low is not None
    assert date.low.isoformat() == date.high.isoformat() == last if date.high else False


def test_weeks_after_are_no_day() -> None:
    [date] = mentions("The hostages have not been found, three weeks after the kidnapping.")
    assert date.low is not None
    assert date.high is not None
    assert date.low <= dt.date(2019, 4, 12) <= date.high
    assert date.span == 6


@pytest.mark.parametrize(
    ("text", "attack"),
    [
        ("A bomb exploded in the town on Tuesday.", [True]),
        ("Gunmen killed four people on Tuesday, police said on Thursday.", [True, False]),
        ("The rebels claimed on Tuesday the attack on the station.", [False]),
        ("A court on Tuesday sentenced two men for the bombing.", [False]),
        ("The toll of the bombing rose to 40 on Tuesday.", [False]),
        ("Funerals were held on Thursday for those who were shot dead on Tuesday.", [False, True]),
        ("Tuesday's attack was condemned on Thursday.", [True, False]),
        ("The incident took place on Tuesday.", [True]),
        ("It has been reported that on 30 April four guerrillas attacked the garrison.", [True]),
        ("The election is scheduled for June 14.", [False]),
        ("The movement began in 1984.", [False]),
    ],
)
def test_what_a_date_belongs_to(text: str, attack: list[bool]) -> None:
    prose = read_prose(text)
    [sentence] = prose.sentences
    triggers = find_triggers(sentence, entities(sentence), [])
    found = sentence_dates(prose, sentence, REPORT)
    assert [not dates_no_attack(sentence, d, triggers) for d in found] == attack


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("LIMA, 11 MAR 89 (EFE) -- A bomb went off.", dt.date(1989, 3, 11)),
        ("NAIROBI, May 3 - A bomb went off.", dt.date(2019, 5, 3)),
        ("**ROME, 5 October 2010** — A bomb went off.", dt.date(2010, 10, 5)),
    ],
)
def test_dateline(text: str, date: dt.date) -> None:
    line = find_dateline(read_prose(text), REPORT)
    assert line is not None
    assert line.date == date
    assert line.place is not None


def test_calendar_tells_the_year() -> None:
    text = "The mayor said on Wednesday (Dec 26) that the town had been calm since the bombing of 2017."
    line = find_dateline(read_prose(text), None)
    assert line is not None
    assert line.date == dt.date(2018, 12, 26)
    assert find_dateline(read_prose("The mayor said on Wednesday (Dec 26) that the town was calm."), None) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (
            "QUETTA, May 3 - A court on Friday jailed two men for life for the bombing of a bus station in Quetta.\n\n"
            "On 12 March 2017 the bombers walked into the hall and blew themselves up, killing 14 people.",
            (2017, 3, 12),
        ),
        (
            "BAGHDAD, May 3 - Islamic State said on Friday that it was behind the bombing of a market in Baghdad "
            "the day before, in which 12 people were killed.",
            (2019, 5, 2),
        ),
        (
            "NAIROBI, May 3 - The death toll of last week's attack on a hotel in Nairobi has risen to 21.\n\n"
            "Gunmen entered the lobby on Tuesday, April 23, and fired at guests.",
            (2019, 4, 23),
        ),
        (
            "SAN SALVADOR, 3 MAY 89 (EFE) -- FOUR SOLDIERS WERE KILLED WHEN GUERRILLAS ATTACKED A POST IN "
            "SAN SALVADOR. THE BOMB EXPLODED AT 0530, THE ARMY REPORTED.",
            (1989, 5, 3),
        ),
        ("06/15/2014: Assailants shot a teacher in Kandahar. His body was found on June 17, 2014.", (2014, 6, 15)),
        ("KABUL, May 3 - Gunmen have killed a judge in Kabul, the governor's office reported.", (2019, 5, 0)),
    ],
)
def test_coded_date(text: str, date: tuple[int, int, int]) -> None:
    assert coded(text) == date


def test_a_date_without_a_year_stays_so() -> None:
    text = (
        "Gunmen killed four farmers in the Philippines on Monday. The town had been under martial law since May 2017."
    )
    assert coded(text, None)[0] in (None, 0)


_WORDS = st.sampled_from(
    "on the 4 12 31 may march July monday Friday, 2014 1989 89 ago day days after before since earlier later night "
    "that same a two said killed bombing attack court ( ) \" . , ; -- — 'S new year's eve easter sunday until "
    "İ today LAST".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=25).map(" ".join), st.none() | st.dates())
def test_never_raises_and_keeps_offsets(text: str, anchor: dt.date | None) -> None:
    prose = read_prose(text)
    find_dateline(prose, anchor)
    for sentence in prose.sentences:
        triggers = find_triggers(sentence, entities(sentence), [])
        for d in sentence_dates(prose, sentence, anchor):
            assert sentence.start <= d.start < d.end <= sentence.end
            assert (d.low is None) == (d.high is None)
            assert d.low is None or d.high is None or d.low <= d.high
            governor(sentence, d, triggers)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.none() | st.dates())
def test_any_text(text: str, anchor: dt.date | None) -> None:
    prose = read_prose(text)
    find_dateline(prose, anchor)
    for sentence in prose.sentences:
        sentence_dates(prose, sentence, anchor)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31)))
def test_a_whole_date_means_itself(day: dt.date) -> None:
    for text in (day.isoformat(), f"{day.day} {day:%B %Y}".lower(), f"{day:%B} {day.day}, {day.year}".lower()):
        assert spans(text, None) == [(day.isoformat(), day.isoformat())]


def test_no_day_before_the_years_of_the_codebook() -> None:
    assert list(find_dates("the town was founded 999 years ago", dt.date(2016, 2, 29))) == []
    assert list(find_dates("it was attacked two years earlier", dt.date(1901, 1, 1))) == []


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed four people at a market in Kabul on 1 May 2019, officials said.",
        "Gunmen shot dead a shopkeeper in Karachi on May 1, 2019, police said.",
        "Gunmen killed three soldiers at a checkpoint near Mosul on Wednesday, the army said in a statement.",
        "A gunman shot dead a senior judge in Karachi on Wednesday, officials said.",
        "Gunmen killed a prosecutor in Lima on Wednesday.",
    ],
)
def test_who_told_of_it_behind_a_comma_takes_no_day_from_the_attack(text: str) -> None:
    assert coded(text) == (2019, 5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed four people at a market in Kabul, officials said on Wednesday.",
        "A judge said on Wednesday that gunmen had killed four people at a market in Kabul.",
    ],
)
def test_the_day_of_a_statement_is_not_that_of_the_attack(text: str) -> None:
    assert coded(text) == (2019, 5, 0)
