"""Whose it is: a car, house or member has the target type of the one it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from gtdlike.coding.rules.lexicon import Hit, Phrases, phrases, rows, word_set
from gtdlike.coding.rules.people import Entity
from gtdlike.coding.rules.prose import Prose
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.target_name_words import name_at, upper_case
from gtdlike.coding.rules.target_names import who_is
from gtdlike.coding.rules.target_phrases import NounPhrase, phrase_at

_SUBTYPES = {("3", "facility"): "22", ("3", "vehicle"): "23", ("4", "facility"): "27", ("4", "vehicle"): "29"}


@cache
def _classes() -> frozenset[tuple[str, str]]:
    return frozenset((row["phrase"], row["class"]) for row in rows("target_classes"))


def has_class(phrase: str, wanted: str) -> bool:
    """Is a head of this class in the lexicon of target classes?"""
    return (phrase, wanted) in _classes()


@cache
def _organizations() -> Phrases[Mapping[str, str]]:
    return phrases("organizations")


def organizations(scene: Scene, phrase: NounPhrase) -> list[Mapping[str, str]]:
    """The rows of the organizations that a noun phrase names."""
    return [h.value for h in _named(scene, phrase)]


def _named(scene: Scene, phrase: NounPhrase) -> list[Hit[Mapping[str, str]]]:
    """The organizations of a noun phrase; a "pro-government elder" is none of the government's."""
    lows = scene.sentence.lows[phrase.first : phrase.last]
    return [h for h in _organizations().find(lows) if not {"pro", "anti"} & set(lows[max(0, h.start - 1) : h.start])]


def _owned(e: Entity) -> bool:
    return e.row["targtype"] in ("14", "") or has_class(e.row["phrase"], "owned")


def _within(e: Entity, first: int, last: int) -> bool:
    """Are these words part of what the head is called? A "wedding party" belongs to no party."""
    return e.own <= first and last <= e.last


def _by(row: Mapping[str, str], e: Entity) -> Mapping[str, str]:
    """The owner's type for a thing: a police car is a police vehicle."""
    sub = row["targsubtype"]
    if e.shape in ("facility", "vehicle"):
        sub = _SUBTYPES.get((row["targtype"], e.shape), sub)
    return {
        "phrase": f"{e.row['phrase']} of {row['phrase']}",
        "shape": e.shape,
        "role": "",
        "targtype": row["targtype"],
        "targsubtype": sub,
    }


def row_of(prose: Prose, scene: Scene, phrase: NounPhrase) -> Mapping[str, str]:
    """Type and sub-type of what a noun phrase speaks of: its own, or those of whose it is."""
    head = phrase.head
    if head is None:
        named = organizations(scene, phrase)
        return {"shape": "", "role": "", **(named[-1] if named else {"phrase": "", "targtype": "", "targsubtype": ""})}
    if not _owned(head):
        return head.row
    if scene.sentence.lows[head.head] in word_set("own side"):
        # "a soldier poisoned his colleagues"
        whose = next((e for e in scene.people if e.role == "state" and e.last <= phrase.first), None)
        return whose.row if whose is not None else head.row
    lows = scene.sentence.lows
    hits = [
        h
        for h in _named(scene, phrase)
        if h.value["targtype"] != head.row["targtype"]
        and not (head.role == "state" and h.value["phrase"] == "government")
        and not _within(head, phrase.first + h.start, phrase.first + h.end)
    ]
    owner = phrase.owner
    if owner is not None and has_class(owner.row["phrase"], "prominent"):
        return _by(owner.row, head)  # "the home of an army general": his, and not the army's
    if hits:
        return _by(hits[-1].value, head)
    if owner is not None and owner.role != "perpetrator" and owner.targtype not in (None, 14):
        return _by(owner.row, head)
    of = next((i for i in range(head.last, phrase.last) if lows[i] == "of"), None)
    if of is not None:
        end = name_at(scene.sentence, of + 1, upper_case(scene.sentence))
        person = who_is(prose, lows[of + 1 : min(end, phrase.last)]) if end is not None else None
        if person is not None and person.row["targtype"] not in ("14", ""):
            return _by(person.row, head)
    held = _held(scene, phrase.last)
    if held is not None and held.targtype not in (None, 14):
        return _by(held.row, head)
    return head.row


def _held(scene: Scene, i: int) -> Entity | None:
    """ "a bus carrying police officers", "a car belonging to a judge" """
    lows = scene.sentence.lows
    if i >= len(lows) or lows[i] not in word_set("holding"):
        return None
    i += 1
    while i < len(lows) and lows[i] in ("to", "by"):
        i += 1
    inner = phrase_at(scene, i)
    return inner.head if inner is not None and inner.head is not None and inner.head.role != "perpetrator" else None
