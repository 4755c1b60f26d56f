"""Which tellings are of one incident."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.linking import Linked, link, link_members
from gtdlike.linking.names import alike, fold

Tell = Callable[..., Any]


def groups(linked: list[Linked]) -> list[list[str]]:
    return sorted(sorted(m.article.id for m in one.members) for one in linked)


def joined(*tellings: Any) -> bool:
    return len(link(tellings)) == 1


SAME: dict[str, dict[str, Any]] = {
    "an early figure": {"nkill": 11, "gname": None},
    "a day of difference, and the same figure": {"iday": 21},
    "the province only": {"city": None},
    "the country only": {"city": None, "provstate": None},
    "no country": {"country": None, "region": None},
    "a city mistaken, but the target named alike": {"city": "Antwerp", "provstate": "Antwerp"},
    "another spelling": {"city": "Zaventhem"},
    "an unknown attack type": {"attacktype1": 9, "weaptype1": 13},
    "an attack type near it": {"attacktype1": 2},
    "an unknown group": {"gname": "Unknown"},
    "a generic group": {"gname": "Muslim extremists"},
    "a branch of the group": {"gname": "Khorasan Chapter of the Islamic State"},
    "the month only": {"iday": 0},
    "the year only": {"imonth": 0, "iday": 0},
    "no date, in a recollection": {"iyear": None, "imonth": None, "iday": None, "background": True},
}


@pytest.mark.parametrize("difference", SAME)
def test_tellings_of_one_attack_are_joined(tell: Tell, difference: str) -> None:
    assert joined(tell("a"), tell("b", **SAME[difference]))
    assert joined(tell("a", **SAME[difference]), tell("b"))


OTHER: dict[str, dict[str, Any]] = {
    "another country": {"country": 69},
    "another city": {"city": "Antwerp", "provstate": "Antwerp", "target1": "airport", "nkill": 5},
    "two days later": {"iday": 24},
    "a day later, and nothing else in common": {"iday": 23, "nkill": 2, "target1": "Hotel", "targtype1": 1},
    "another attack type": {"attacktype1": 6, "weaptype1": 5},
    "other target and figure": {"target1": "police patrol", "targtype1": 3, "nkill": 2},
    "a figure absurdly apart": {"nkill": 700},
    "the month only, and another figure and target": {
        "iday": 0, "nkill": 2, "target1": "Hotel", "targtype1": 1, "gname": None,
    },
    "the month only, and no place": {"iday": 0, "city": None, "provstate": None},
    "another year": {"iyear": 2015, "imonth": 0, "iday": 0},
    "no date, and only the place in common": {
        "iyear": None, "imonth": None, "iday": None, "nkill": None, "target1": None, "targtype1": None, "gname": None,
    },
}  # fmt: skip


@pytest.mark.parametrize("difference", OTHER)
def test_tellings_of_other_attacks_are_kept_apart(tell: Tell, difference: str) -> None:
    assert not joined(tell("a"), tell("b", **OTHER[difference]))
    assert not joined(tell("a", **OTHER[difference]), tell("b"))


def test_one_of_several_attacks_is_not_another_of_them(tell: Tell) -> None:
    there = {"city": "Antwerp", "provstate": "Antwerp", "multiple": 1}
    assert joined(tell("a"), tell("b", **{**there, "multiple": 0}))
    assert not joined(tell("a"), tell("b", **there))
    vague = {"target1": None, "nkill": None, "gname": None}
    assert joined(tell("a", **vague), tell("b", **vague))
    assert not joined(tell("a", **vague, multiple=1), tell("b", **vague, multiple=1))


def test_that_nobody_was_killed_joins_nothing(tell: Tell) -> None:
    vague = {"city": None, "provstate": None, "target1": None, "gname": None}
    assert not joined(tell("a", **vague, nkill=0), tell("b", **vague, nkill=0))
    assert joined(tell("a", **vague), tell("b", **vague))


def test_two_attacks_of_one_day_and_city_stay_two(tell: Tell) -> None:
    market = {"city": "Baghdad", "country": 95, "target1": "vegetable market", "targtype1": 14, "nkill": 12}
    patrol = {"city": "Baghdad", "country": 95, "target1": "police patrol", "targtype1": 3, "nkill": 3}
    told = [tell("a", **market), tell("a", **patrol), tell("b", **patrol), tell("c", **{**market, "nkill": 13})]
    assert groups(link(told)) == [["a", "b"], ["a", "c"]]


def test_one_article_tells_its_incidents_apart(tell: Tell) -> None:
    vague = {"target1": None, "targtype1": None, "nkill": None}
    assert not joined(tell("a", **vague), tell("a", **vague))
    assert joined(tell("a"), tell("a"))
    assert not joined(tell("a", multiple=1), tell("a", multiple=1))


def test_a_guess_between_two_attacks_is_not_made(tell: Tell) -> None:
    told = [tell("a", iday=3), tell("b", iday=19), tell("c", iday=0, background=True)]
    assert groups(link(told)) == [["a"], ["b"], ["c"]]


def test_a_chain_of_days_is_not_one_incident(tell: Tell) -> None:
    linked = link([tell(f"a{day:02}", iday=day) for day in range(1, 11)])
    assert max(len(one.members) for one in linked) == 2


def test_why_an_article_joined_is_on_record(tell: Tell) -> None:
    (one,) = link([tell("a"), tell("b", city=None)])
    fits = {m.article.id: m.fit for m in one.members}
    assert fits["a"] is None
    assert str(fits["b"]).startswith("same day, inside, same many killed, same attack, same weapon, same group")
    assert fits["b"] is not None
    assert fits["b"].weighed.startswith("same day 2, inside 1, same many killed 3, same attack 1, same weapon 0.5")
    assert sum(float(one.rsplit(" ", 1)[1]) for one in fits["b"].weighed.split(", ")) == fits["b"].score


@settings(max_examples=40, deadline=None)
@given(
    told=st.lists(
        st.fixed_dictionaries(
            {
                "iday": st.sampled_from([0, 21, 22, 23, 25]),
                "city": st.sampled_from([None, "Zaventem", "Brussels", "Antwerp"]),
                "nkill": st.sampled_from([None, 3, 15, 16, 40]),
                "gname": st.sampled_from(["Unknown", "Taliban"]),
                "target1": st.sampled_from([None, "Zaventem Airport", "police patrol"]),
                "multiple": st.sampled_from([None, 0, 1]),
                "background": st.booleans(),
                "published": st.sampled_from([None, "2016-03-22", "2016-03-23", "2019-01-01"]),
            }
        ),
        max_size=8,
    ),
    chance=st.randoms(),
)
def test_linking_loses_nothing_and_does_not_depend_on_the_order(
    tell: Tell, told: list[Any], chance: random.Random
) -> None:
    items = [tell(f"a{n % 5}", **values) for n, values in enumerate(told)]
    linked = link(items)
    members = [m for one in linked for m in one.members]
    assert sorted(id(m.coded) for m in members) == sorted(id(coded) for _, coded in items)
    assert sorted((m.article.id, m.telling) for m in members) == [
        (f"a{a}", n + 1) for a in range(5) for n in range(len(items[a::5]))
    ]
    for one in linked:
        days = {m.coded.incident.date.day for m in one.members} - {0}
        assert not days or max(days) - min(days) <= 1
    chance.shuffle(members)
    assert link_members(members) == linked


def test_names_are_folded() -> None:
    assert fold("Al-Hillah") == "hillah"
    assert fold("Sana'a City") == fold("Sanaa") == "sanaa"
    assert fold("Suruç") == "suruc"
    assert fold("Diyarbakır Province") == "diyarbakir"
    assert fold("City") == "city"
    assert alike(fold("Baqubah"), fold("Baqouba"))
    assert not alike(fold("Mosul"), fold("Madrid"))


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_thousands_of_incidents_are_linked_in_seconds(tell: Tell) -> None:
    template = tell("a")
    items = []
    for n in range(3000):
        article, coded = evolve(template[0], id=f"a{n}"), template[1]
        date = evolve(coded.incident.date, month=1 + n % 12, day=1 + n // 12 % 28)
        place = evolve(coded.incident.place, country=(4, 21, 69, 95, 217)[n // 336 % 5])
        items.append(
            (article, evolve(coded, article_id=article.id, incident=evolve(coded.incident, date=date, place=place)))
        )
    start = time.perf_counter()
    linked = link(items)
    assert time.perf_counter() - start < 20
    assert sum(len(one.members) for one in linked) == 3000
