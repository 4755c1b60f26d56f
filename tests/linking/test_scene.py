"""What the sentences around a telling's evidence add to it, and how far a date or a place may be mistaken."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
from gtdlike.evidence import Evidence, How
from gtdlike.linking import link
from gtdlike.linking.names import alike, fold
from gtdlike.linking.profile import Profile
from gtdlike.linking.scene import Scene, common_names, dateline, scene
from gtdlike.rows import from_row

ROW: dict[str, Any] = {
    "iyear": 2016, "imonth": 7, "iday": 3, "country": 95, "region": 10, "city": "Baghdad", "attacktype1": 3,
    "weaptype1": 6, "targtype1": 14, "nkill": 115,
}  # fmt: skip


def telling(name: str, text: str, published: str, *, background: bool = False, **values: Any) -> Any:
    """A telling whose evidence is the whole first sentence of its text."""
    row = {key: value for key, value in {**ROW, **values}.items() if value is not None}
    end = text.index(".")
    evidence = tuple(Evidence(key, How.STATED, "test", 0, end, text[:end], name) for key in row)
    article = Article(name, text, published=dt.date.fromisoformat(published))
    return article, CodedIncident(name, from_row(row), evidence, background)


def scene_of(name: str, text: str, published: str) -> Scene:
    article, coded = telling(name, text, published)
    return scene(article, coded.evidence)


def together(*tellings: Any) -> bool:
    return len(link(tellings)) == 1


def test_names_numbers_and_kinds_of_place_are_found() -> None:
    text = "BAGHDAD, July 3 - A bomb killed 1,115 people at a market in Sha'ab on Sunday, Ali Hassan said. In Iraq."
    found = scene_of("a", text, "2016-07-03")
    assert found.names == {"shab", "ali", "hasan"}
    assert found.numbers == {1115}
    assert found.kinds == scene_of("b", "Bazaars burned.", "2016-07-03").kinds != set()
    assert dateline(Article("a", text)) == {fold("Bagdad")}
    assert dateline(Article("a", "A bomb - it is said - went off.")) == frozenset()


def test_the_word_that_opens_a_sentence_is_a_name_only_if_the_other_knows_it() -> None:
    assert scene_of("a", "Westminster attacker was born in Kent.", "2017-03-24").openers == {"wistminstir"}
    text = {"a": "The bomb exploded in Karrada.", "b": "Karrada shops burned in the blast."}
    vague = {"iday": 0, "nkill": None, "targtype1": None, "weaptype1": None, "attacktype1": 9}
    assert together(telling("a", text["a"], "2016-07-03"), telling("b", text["b"], "2016-07-04", **vague))
    assert not together(telling("a", text["a"], "2016-07-03"), telling("b", "Shops burned.", "2016-07-04", **vague))


def test_names_that_come_up_in_many_months_say_nothing() -> None:
    told = [(30 * month, {"always", f"once {month}"}) for month in range(9)]
    assert common_names(told) == {"always"}
    assert common_names([(None, {"always"})] * 9) == frozenset()


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Jalalabad", "Djalalabad"),
        ("Al-Minya", "el-Menia"),
        ("Mulai", "Molai"),
        ("Karrada", "Karradah"),
    ],
)
def test_transliterations_are_alike(a: str, b: str) -> None:
    assert alike(fold(a), fold(b))
    assert not alike(fold("Zobe"), fold("Soobe"))


def test_news_without_a_day_is_of_the_days_before_it() -> None:
    first = telling("a", "A bomb killed 115 people.", "2016-07-03")
    other = telling("b", "A bomb killed 38 people.", "2016-07-19", iday=18, nkill=38)
    news = telling("c", "The bomb killed 120 people.", "2016-07-04", iday=0, nkill=120)
    groups = sorted(sorted(m.article.id for m in one.members) for one in link([first, other, news]))
    assert groups == [["a", "c"], ["b"]]
    (fit,) = [m.fit for one in link([first, news]) for m in one.members if m.fit]
    assert fit.signals[0] == "day_before"
    # Nobody tells of an attack before it.
    assert not together(other, telling("d", "A bomb killed 38 people.", "2016-07-10", iday=0, nkill=38))


def test_two_months_are_not_one() -> None:
    january = telling("a", "A bomb killed 92 people.", "2013-01-12", iyear=2013, imonth=1, iday=0, nkill=92)
    february = telling("b", "A bomb killed 92 people.", "2013-02-18", iyear=2013, imonth=2, iday=0, nkill=92)
    assert not together(january, february)


def test_a_figure_that_nothing_speaks_of_tells_nothing_apart() -> None:
    article, coded = telling("b", "A bomb went off.", "2016-07-04", nkill=0)
    default = [Evidence(e.variable, How.DEFAULT, "x") if e.variable == "nkill" else e for e in coded.evidence]
    assumed = CodedIncident("b", coded.incident, tuple(default))
    assert Profile.of(article, assumed).killed is None
    assert Profile.of(article, coded).killed == 0


def test_tolls_rise_but_do_not_fall() -> None:
    early = telling("a", "A bomb killed 22 people.", "2016-07-03", nkill=22)
    late = telling("b", "A bomb killed 276 people.", "2016-07-05", nkill=276)
    fits = [m.fit for one in link([early, late]) for m in one.members if m.fit]
    assert [("killed_risen" in fit.signals) for fit in fits] == [True]
    fell = telling("b", "A bomb killed 276 people.", "2016-07-01", nkill=276)
    assert not together(early, fell)


def test_the_number_of_the_other_article_may_be_said_beside_the_one_that_was_coded() -> None:
    first = telling("a", "A bomb killed 115 people.", "2016-07-03")
    coded = telling("b", "Three more have died and the toll is 115 now.", "2016-07-05", nkill=3)
    assert together(first, coded)
    assert not together(first, telling("b", "Three more have died.", "2016-07-05", nkill=3))


def test_a_city_that_was_mistaken_needs_the_right_one_in_the_sentence_and_more() -> None:
    istanbul = {"country": 209, "city": "Istanbul", "iday": 0}
    right = telling("a", "A bomb killed ten people at Sultanahmet in Istanbul.", "2016-07-03", **istanbul)
    text = "The ten dead of Sultanahmet in Istanbul were from Berlin."
    wrong = telling("b", text, "2016-07-05", country=75, city="Berlin")
    assert together(right, wrong)
    silent = telling("b", "The ten dead were from Berlin.", "2016-07-05", country=75, city="Berlin")
    assert not together(right, silent)
    plain = telling("b", "A bomb killed five in Istanbul and Berlin.", "2016-07-05", country=75, city="Berlin", nkill=5)
    assert not together(right, plain)


def test_an_anniversary_is_not_a_new_attack_and_its_year_is_not_taken() -> None:
    first = telling("a", "A truck bomb killed 115 people in Karrada.", "2016-07-03")
    text = "A year ago 115 people were killed in Karrada."
    (linked,) = link([first, telling("b", text, "2017-07-03", iyear=2017)])
    assert linked.incident.date.year == 2016
    # Without a word of recollection it is another attack, and so it is on another day.
    assert not together(first, telling("b", "A bomb killed 115 people in Karrada.", "2017-07-03", iyear=2017))
    later = telling("b", text, "2017-07-20", iyear=2017, iday=20, nkill=12)
    assert not together(first, later)


def test_the_day_of_a_verdict_is_not_that_of_the_attack() -> None:
    first = telling("a", "A bomb burned people at Parsons Green.", "2016-07-03", nkill=None, target1="train")
    verdict = "A man was convicted on Friday of the bombing at Parsons Green."
    misdated = {"iyear": 2017, "imonth": 3, "iday": 17, "nkill": None, "target1": "train"}
    (linked,) = link([first, telling("b", verdict, "2017-03-17", **misdated)])
    assert (linked.incident.date.year, linked.incident.date.month, linked.incident.date.day) == (2016, 7, 3)
    vague = "A man was convicted on Friday of a bombing."
    assert not together(first, telling("b", vague, "2017-03-17", **misdated))
    news = "A bomb burned people at Parsons Green."
    assert not together(first, telling("b", news, "2017-03-17", **misdated))


def test_a_telling_that_nearly_fitted_is_tried_again_when_more_is_known() -> None:
    first = telling("a", "A bomb killed 16 people at a mosque.", "2016-07-03", nkill=16)
    partial = telling("b", "One man died and the toll at the mosque is 26.", "2016-07-04", nkill=1, attacktype1=2)
    recalls = telling("c", "A bomb killed 26 people at a mosque.", "2016-07-06", nkill=26, background=True)
    assert together(first, partial, recalls)


def test_two_places_of_one_city_stay_two() -> None:
    square = telling("a", "A bomb went off.", "2016-07-03", location="Aden Square", nkill=10)
    market = telling("b", "A bomb went off.", "2016-07-03", location="Mredi Market", nkill=8)
    assert not together(square, market)
    assert together(square, telling("b", "A bomb went off.", "2016-07-03", location="Aden Square", nkill=8))


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_any_text_has_a_scene(text: str, start: int, end: int) -> None:
    first, last = sorted((min(start, len(text)), min(end, len(text))))
    evidence = Evidence("nkill", How.STATED, "test", first, last, text[first:last])
    found = scene(Article("a", text, title=text), [evidence], main=True)
    assert all(name == name.casefold() and len(name) > 1 for name in found.names | found.openers)
    assert all(number >= 0 for number in found.numbers)
