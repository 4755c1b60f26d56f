"""Noun phrases: where they begin and end, what stands at their head, and whose they are ("the house of the mayor")."""

from __future__ import annotations

from functools import cache

from attrs import frozen

from gtdlike.coding.rules.lexicon import column, phrases, rows, word_set
from gtdlike.coding.rules.memo import remembered
from gtdlike.coding.rules.people import Entity
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.scene import Scene

_JOINS = frozenset({",", "and", "or", "&", "--"})
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
_WAYS = frozenset("gate gates entrance entrances door doors".split())
_MOST_WORDS = 14
"""No noun phrase is longer, "of" and what follows it apart."""


@frozen(slots=True)
class NounPhrase:
    """Words `first` to `last` (exclusive), without article or number. `head` is what the phrase is about, `owner` whose
    it is; either may be None where the lexicon knows no such word."""

    first: int
    last: int
    head: Entity | None
    owner: Entity | None = None
    joined: bool = False
    """It stands in a row with the phrase before it: "X, Y and Z"."""


@cache
def ends() -> dict[str, str]:
    """The words that end a noun phrase, and the kind of each."""
    return {row["word"]: row["kind"] for row in rows("phrase_ends") if row["kind"] != "determiner"}


@cache
def determiners() -> frozenset[str]:
    """Articles, numbers and other words that stand before a noun phrase and tell nothing of what it is."""
    return frozenset(row["word"] for row in rows("phrase_ends") if row["kind"] == "determiner")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(column("abbreviations", "abbreviation"))


@remembered
def inside_organizations(sentence: Sentence) -> frozenset[int]:
    """The words within the names of organizations, the first of each apart: "Doctors Without Borders"."""
    return frozenset(i for hit in phrases("organizations").find(sentence.lows) for i in range(hit.start + 1, hit.end))


def _number(lows: list[str], i: int) -> bool:
    """A figure that counts ("32 soldiers"), and is no part of a name or an age ("11th Brigade", "32-year-old")."""
    return lows[i].replace(",", "").isdigit() and not (
        i + 1 < len(lows) and lows[i + 1] in ("st", "nd", "rd", "th", "d", "year", "years", "-")
    )


def _closing(lows: list[str], i: int) -> int | None:
    """The word after the bracket that closes the one at `i`, if it is near."""
    return next((j + 1 for j in range(i + 1, min(len(lows), i + 12)) if lows[j] in _CLOSE), None)


def _stops(scene: Scene, i: int, has_head: bool) -> bool:
    """Does the noun phrase end before word `i`?"""
    lows = scene.sentence.lows
    word = lows[i]
    if word in ends() and not (word == "late" and not has_head):
        known = i in inside_organizations(scene.sentence) or any(e.own < i < e.last for e in scene.people)
        return not (known or _inside_name(scene, i))
    if word == "." and i and lows[i - 1] in _abbreviations():
        return False  # "St. Mary's Church"
    if not word[:1].isalnum() and word not in ("'s", "-", "&", "'", '"', "/"):
        return True
    if any(t.first == i and not t.noun for t in scene.triggers) or (has_head and word in word_set("holding")):
        return True
    if word.endswith("ed") and i + 1 < len(lows) and lows[i + 1] in determiners() and not has_head:
        return False
    return (
        has_head
        and word.endswith(("ed", "ing"))
        and not any(e.first <= i < e.last or e.first == i + 1 for e in scene.people)
    )


def _inside_name(scene: Scene, i: int) -> bool:
    """A small word within a name: "the Mission in Somalia (AMISOM) base"; "Front for the Liberation of Y"."""
    words = scene.sentence.words
    if (
        not (0 < i < len(words) - 2)
        or words[i].text.isupper()
        or words[i].low not in ("in", "for", "on", "to", "at", "against")
    ):
        return False
    after = next((k for k in range(i + 1, min(len(words), i + 3)) if words[k].capital), None)
    if not words[i - 1].capital or after is None:
        return False
    tail = range(after, min(len(words), after + 6))
    bracket = next((k for k in tail if words[k].text == "("), None)
    return bracket is not None and any(
        e.last > bracket and e.first < bracket + 5 and e.head > bracket for e in scene.people
    )


@remembered
def phrase_at(scene: Scene, start: int, limit: int | None = None, joined: bool = False) -> NounPhrase | None:
    """The noun phrase that begins at word `start`; None where no noun phrase does."""
    lows = scene.sentence.lows
    limit = len(lows) if limit is None else min(limit, len(lows))
    first = start
    if start < len(lows) and lows[start] == "no":
        return None
    while first < limit and (lows[first] in determiners() or _number(lows, first) or lows[first] in ('"', "'")):
        first += 1
    i, of = first, None
    while i < limit and i - first < _MOST_WORDS:
        if lows[i] in _OPEN and (after := _closing(lows, i)) is not None:
            i = after
            continue
        if (lows[i] == "of" or (lows[i] == "to" and lows[i - 1] in _WAYS)) and i > first:
            of = i if of is None else of
            i += 1
            while i < limit and lows[i] in determiners():
                i += 1
            continue
        if lows[i] == "and" and of is None and _compound(scene, first, i):
            i += 1
            continue
        has_head = any(first <= e.head < i for e in scene.people)
        if lows[i] in _JOINS or _stops(scene, i, has_head):
            break
        i += 1
    if (
        first < limit
        and lows[first].endswith("ed")
        and first + 1 < i
        and (lows[first + 1] in determiners() or lows[first + 1] in ends())
    ):
        return None  # a verb: "and warned the driver"
    last = i
    while last > first and lows[last - 1] in (*_OPEN, "of", "the", "'", '"', "-"):
        last -= 1
    if last <= first:
        return None
    cut = of if of is not None and of < last else last
    inside = [e for e in scene.people if first <= e.head < last]
    heads = [e for e in inside if e.head < cut]
    owned = [e for e in inside if e.head > cut]
    # "the mayor's house": the head is the last, and what stands before "'s" owns it.
    owner = owned[0] if owned else None
    if len(heads) > 1 and {"'s", "'"} & set(lows[heads[0].head : heads[-1].head]):
        owner = owner or heads[-2]
    if not heads and owner is not None:
        return NounPhrase(first, last, owner, None, joined)  # "the gate of the base"
    return NounPhrase(first, last, heads[-1] if heads else None, owner, joined)


def _compound(scene: Scene, first: int, i: int) -> bool:
    """ "a joint military and police camp": the words on both sides of "and" belong to one head."""
    lows = scene.sentence.lows
    if "joint" in lows[max(0, first - 1) : i]:
        return True
    before = next((e for e in scene.people if e.head == i - 1), None)
    after = next((e for e in scene.people if e.first == i + 1), None)
    return before is not None and before.shape == "" and after is not None


def phrases_from(scene: Scene, start: int, limit: int | None = None, most: int = 5) -> list[NounPhrase]:
    """The noun phrase at `start` and those that are joined to it by commas and "and"."""
    lows = scene.sentence.lows
    found: list[NounPhrase] = []
    i = start
    while len(found) < most:
        phrase = phrase_at(scene, i, limit, joined=bool(found))
        if phrase is None:
            break
        found.append(phrase)
        i = phrase.last
        while i < len(lows) and lows[i] in ('"', "'", ")", "]"):
            i += 1
        if i >= len(lows) or lows[i] not in _JOINS:
            break
        while i < len(lows) and lows[i] in _JOINS:
            i += 1
    return found
