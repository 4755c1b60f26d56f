"""Whom an attack hit, by name: two people who are named are two attacks, unless one sentence names them together."""

from __future__ import annotations

from collections.abc import Sequence

from gtdlike.coding.rules.persons import given_names
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.target_name_words import name_at, upper_case
from gtdlike.coding.rules.target_phrases import NounPhrase
from gtdlike.coding.rules.target_roles import roles_of
from gtdlike.coding.rules.triggers import Trigger

_HIT = 3.0
"""From this score a phrase is whom the attack hit, and not who was near."""

_AIMED = 4.2
"""From this score a phrase is what the attack was aimed at."""

_KNOWN = frozenset("the this that these those his her its their".split())

_ON_PEOPLE = frozenset("killing assassination kidnapping execution assault stabbing attack".split())


def named_victims(scene: Scene, events: Sequence[Trigger]) -> frozenset[str]:
    """The words of the names of those whom these triggers hit; none where nobody is named."""
    aimed = [e for e in events if e.kind in _ON_PEOPLE]
    if not aimed:
        return frozenset()
    found: set[str] = set()
    for role in roles_of(scene, aimed):
        if role.score >= _HIT and role.pronoun is None:
            found |= _name(scene, role.phrase)
    return frozenset(found)


def fresh_things(scene: Scene, events: Sequence[Trigger]) -> tuple[frozenset[str], bool]:
    """The heads of what these triggers hit, where the text tells of it for the first time: "a bus", "two banks"; and
    whether they are people, and no things."""
    lows = scene.sentence.lows
    found: dict[str, str] = {}
    for role in roles_of(scene, [e for e in events if not (e.noun and e.definite)]):
        phrase = role.phrase
        if role.score < _AIMED or phrase.head is None or role.pronoun is not None:
            continue
        before = lows[max(0, phrase.first - 2) : phrase.head.head]
        if _KNOWN.isdisjoint(before):
            found[lows[phrase.head.head].rstrip("s")] = phrase.head.shape
    return frozenset(found), all(shape == "person" for shape in found.values())


def _name(scene: Scene, phrase: NounPhrase) -> set[str]:
    """The words of a person's name in a phrase: "the judge Ana Ruiz", "Ana Ruiz"."""
    s = scene.sentence
    head = phrase.head
    if head is not None and (head.shape != "person" or s.lows[head.head].endswith("s")):
        return set()
    start = head.last if head is not None else phrase.first
    end = name_at(s, start, upper_case(s)) if start < phrase.last else None
    if end is None or end - start < 2 or (head is None and not given_names() & set(s.lows[start:end])):
        return set()
    if any(m.first < end and start < m.last and m.level != "people" for m in scene.mentions):
        return set()
    if any(g.first < end and start < g.last for g in scene.groups):
        return set()
    return {w for w in s.lows[start:end] if len(w) > 2}
