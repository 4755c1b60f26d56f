"""Verbs that tell of an attack where people are their object: "gunmen seized two engineers"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from gtdlike.coding.rules.lexicon import Hit, Lows, rows, word_set
from gtdlike.coding.rules.people import Entity
from gtdlike.coding.rules.trigger import Trigger

_OBJECT = 7
"""So many words behind the verb, or behind its particle, the head of its object may stand."""
PARTICLE = 6
"""And so many the particle behind the verb."""
_SUBJECT = 4


@cache
def people_verbs() -> Mapping[str, Sequence[Mapping[str, str]]]:
    """The rows of each verb: with or without a particle that leads to the object."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in rows("people_verbs"):
        phrase = f"{row['verb']} {row['particle']}".strip()
        found.setdefault(row["verb"], []).append({**row, "phrase": phrase, "form": "verb", "strength": "strong"})
    return found


def find_people_verbs(
    lows: Lows,
    found: list[Trigger],
    people: Sequence[Entity],
    judge: Callable[[Hit[Mapping[str, str]]], Trigger],
) -> list[Trigger]:
    """The triggers of such verbs. What the verb would tell of a place ("seized the ...") is taken out of `found`."""
    more: list[Trigger] = []
    verbs = people_verbs()
    for i, word in enumerate(() if lows.different.isdisjoint(verbs) else lows):
        row = next((r for r in verbs.get(word, ()) if _of_people(lows, i, r, people)), None)
        if row is None:
            continue
        same = next((t for t in found if t.first <= i < t.last), None)
        if same is not None and same.kind != "hostage siege":
            continue
        if same is not None:
            found.remove(same)
        told = judge(Hit(i, i + 1, row))
        told.weak = told.agent is None or told.agent.role != "perpetrator"
        more.append(told)
    return more


def _of_people(lows: Sequence[str], i: int, row: Mapping[str, str], people: Sequence[Entity]) -> bool:
    at = i + 1
    if row["particle"]:
        at = next((k for k in range(at, min(at + PARTICLE, len(lows))) if lows[k] == row["particle"]), 0)
        if not at or not word_set("clause end").isdisjoint(lows[i:at]):
            return False
        at += 1
    if not row["particle"] and word_set("taken") & set(lows[max(0, i - _SUBJECT) : i]):
        suffered = (e for e in people if 0 < i - e.head <= _SUBJECT)
    else:
        suffered = (e for e in people if 0 <= e.head - at < _OBJECT and not _broken(lows[at : e.head]))
    first = next(suffered, None)
    return first is not None and first.shape == "person" and first.role != "perpetrator"


def _broken(between: Sequence[str]) -> bool:
    """Another phrase has begun before the person: "seized weapons from the guards"."""
    return any(w in word_set("clause end") or (w in word_set("governing") and w != "of") for w in between)
