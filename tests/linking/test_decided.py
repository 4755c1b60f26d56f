"""People have the last word: what they decided holds against the rules, and the later decision against the earlier."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.linking import Decided, Linked, Member, Ruling, link_members
from gtdlike.linking.decided import Key

Tell = Callable[..., Any]

PARIS: dict[str, Any] = {"city": "Paris", "provstate": "Paris", "country": 69, "nkill": 3, "target1": "A bank"}
KEYS = [(f"a{number}", telling) for number in range(4) for telling in (1, 2)]
SIDES = st.frozensets(st.sampled_from(KEYS), min_size=1, max_size=3)
RULINGS = st.lists(st.builds(Ruling, st.just("Ada"), st.booleans(), SIDES, SIDES), max_size=5)


def members(*told: tuple[Any, Any]) -> list[Member]:
    seen: dict[str, int] = {}
    made = []
    for article, coded in told:
        seen[article.id] = seen.get(article.id, 0) + 1
        made.append(Member(article, coded, telling=seen[article.id]))
    return made


def groups(linked: list[Linked]) -> list[set[Key]]:
    return [{(m.article.id, m.telling) for m in one.members} for one in linked]


def ruling(same: bool, one: str, other: str, who: str = "Ada") -> Ruling:
    return Ruling(who, same, frozenset({(a, 1) for a in one}), frozenset({(a, 1) for a in other}))


def test_what_people_join_is_one_incident_whatever_the_rules_say(tell: Tell) -> None:
    told = members(tell("a"), tell("b", **PARIS), tell("c", iday=28))
    assert len(link_members(told)) == 3
    decided = Decided.of([ruling(True, "a", "b"), ruling(True, "b", "c", "Bo")])
    [linked] = link_members(told, decided)
    assert groups([linked]) == [{("a", 1), ("b", 1), ("c", 1)}]
    assert decided.in_effect == {0, 1}
    assert {m.article.id: m.decided_by for m in linked.members if m.decided_by} == {"b": "Bo", "c": "Bo"}


def test_an_incident_that_people_joined_takes_in_later_tellings_of_each_of_its_days(tell: Tell) -> None:
    told = members(tell("a"), tell("b", iday=28), tell("c"), tell("d", iday=28))
    decided = Decided.of([ruling(True, "a", "b")])
    assert groups(link_members(told, decided)) == [{("a", 1), ("b", 1), ("c", 1), ("d", 1)}]


def test_what_people_take_apart_stays_apart(tell: Tell) -> None:
    told = members(tell("a"), tell("b"), tell("c"))
    assert len(link_members(told)) == 1
    decided = Decided.of([ruling(False, "b", "ac")])
    linked = link_members(told, decided)
    assert sorted(map(sorted, groups(linked))) == [[("a", 1), ("c", 1)], [("b", 1)]]
    assert [m.decided_by for one in linked for m in one.members if m.article.id == "b"] == ["Ada"]


def test_what_stands_apart_is_not_moved_at_a_second_look(tell: Tell) -> None:
    told = members(
        tell("a", nkill=3), tell("b", gname=None, targtype1=None, weaptype1=5), tell("c", gname=None, attacktype1=None)
    )
    assert any({("b", 1), ("c", 1)} <= group for group in groups(link_members(told)))
    for one, other in (("b", "c"), ("c", "b")):
        found = groups(link_members(told, Decided.of([ruling(False, one, other)])))
        assert not any({("b", 1), ("c", 1)} <= group for group in found)


def test_what_the_rules_say_too_is_no_effect(tell: Tell) -> None:
    told = members(tell("a"), tell("b"), tell("c", **PARIS))
    decided = Decided.of([ruling(True, "a", "b"), ruling(False, "a", "c")])
    linked = link_members(told, decided)
    assert groups(linked) == groups(link_members(told))
    assert (decided.in_effect, decided.overruled) == (set(), {})
    assert all(m.decided_by is None for one in linked for m in one.members)


def test_the_later_ruling_holds() -> None:
    join, part = ruling(True, "a", "b"), ruling(False, "b", "a")
    assert Decided.of([join, part]).overruled == {0: 1}
    assert Decided.of([part, join]).overruled == {0: 1}
    # Taking one telling out leaves the rest of what was joined before.
    assert Decided.of([ruling(True, "ab", "cd"), ruling(False, "d", "abc")]).overruled == {}
    # What two rulings join together a third cannot have joined as well, if a later one takes it apart.
    assert Decided.of([ruling(True, "a", "b"), ruling(True, "b", "c"), ruling(False, "a", "c")]).overruled == {0: 2}


@settings(max_examples=80, deadline=None)
@given(RULINGS, st.randoms())
def test_rulings_hold_in_any_order_of_the_tellings(tell: Tell, rulings: list[Ruling], chance: Any) -> None:
    rulings = [r for r in rulings if not r.one & r.other]
    told = members(*(tell(article, **(PARIS if telling == 2 else {})) for article, telling in KEYS))
    decided = Decided.of(rulings)
    linked = link_members(told, decided)
    found = groups(linked)
    for place, one in enumerate(rulings):
        if place in decided.overruled:
            assert decided.overruled[place] > place
        elif not one.same:
            assert not any(group & one.one and group & one.other for group in found)
        elif all(later.same for later in rulings[place:]):
            assert any(one.one | one.other <= group for group in found)
    assert sorted(key for group in found for key in group) == sorted(KEYS)
    chance.shuffle(told)
    assert link_members(told, Decided.of(rulings)) == linked
