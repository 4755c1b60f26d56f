"""Subjects of passives, pronouns and speakers: the grammar by which a phrase stands in a role to an attack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.target_phrases import NounPhrase, ends, phrase_at

HARD = frozenset("; : . while when before after because but although".split())
BE = frozenset("was were been being be is are get got".split())
NUMBERS = frozenset("once twice two three four five six seven eight nine ten several repeatedly".split())


@frozen(slots=True)
class Role:
    """A noun phrase in a relation to the attack, and how plainly the relation makes it the target."""

    score: float
    phrase: NounPhrase
    pronoun: Literal["object", "subject"] | None = None
    """The phrase is "him" or "her", or "he" or "she" of a passive: it speaks of somebody told before."""
    victim: bool = False
    """Told as one who was killed or wounded, not as what was attacked."""


def speaks(scene: Scene, phrase: NounPhrase) -> bool:
    """ "..., killing six people, officials said": the last of the row is who tells it."""
    following = scene.sentence.lows[phrase.last : phrase.last + 1]
    return bool(following) and following[0] in ("said", "told", "says", "reported", "added", "tweeted", "announced")


def subjects(scene: Scene, verb: int) -> list[NounPhrase]:
    """The subject of a passive: the noun phrases before "was" that stand in no prepositional phrase."""
    lows = scene.sentence.lows
    be = next((i for i in range(verb - 1, max(-1, verb - 5), -1) if lows[i] in BE), verb)
    if lows[verb - 1 : verb] == [","]:
        be = verb  # "X, kidnapped last week"
    while be > 0 and lows[be - 1] in (
        "have",
        "has",
        "had",
        "also",
        "who",
        "which",
        "that",
        ",",
        "reportedly",
        "later",
        "and",
        "may",
        "not",
    ):
        be -= 1
    start = be
    while start > 0 and be - start < 32:
        word = lows[start - 1]
        if (
            word in HARD
            or (word == "that" and start < be)
            or ends().get(word) == "verb"
            or word in ("said", "reported")
        ):
            break
        if start < be and (
            ends().get(word) == "clause" or (word.endswith("ed") and lows[start] in ("the", "a", "an", "that"))
        ):
            break
        if any(x.first <= start - 1 < x.last and not x.noun for x in scene.triggers):
            break
        start -= 1
    found: list[NounPhrase] = []
    i = start
    while i < be and len(found) < 5:
        if lows[i] in ends() or not lows[i][:1].isalnum():
            skip = ends().get(lows[i]) in ("preposition", "clause")
            i += 1
            if skip:
                inner = phrase_at(scene, i, be)
                i = inner.last if inner is not None else i
            continue
        phrase = phrase_at(scene, i, be, joined=bool(found))
        if phrase is None:
            i += 1
            continue
        found.append(phrase)
        i = max(phrase.last, i + 1)
    return found


def pronoun_object(scene: Scene, i: int, score: float) -> Iterator[Role]:
    """ "shot her", "fired at him" """
    lows = scene.sentence.lows
    if i >= len(lows):
        return
    following = lows[i + 1] if i + 1 < len(lows) else "."
    if lows[i] == "him" or (
        lows[i] == "her"
        and (following in ends() or not following[:1].isalpha() or following in NUMBERS or following == "and")
    ):
        yield Role(score, NounPhrase(i, i + 1, None), pronoun="object")


def pronoun_subject(scene: Scene, verb: int, score: float) -> Iterator[Role]:
    """ "she was killed" """
    lows = scene.sentence.lows
    for i in range(verb - 2, max(-1, verb - 5), -1):
        if lows[i] in ("he", "she") and any(w in BE for w in lows[i + 1 : verb]):
            yield Role(score, NounPhrase(i, i + 1, None), pronoun="subject")
            return
