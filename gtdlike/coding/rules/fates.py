"""Words that tell what became of people: killed, wounded, kidnapped, captured, or unharmed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, cast

from attrs import frozen

from gtdlike.coding.rules.lexicon import phrases, rows
from gtdlike.coding.rules.memo import remembered
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.wordlists import wordset

_OBJECT = 10
"""So many words may the object of a verb with a particle have."""

Fate = Literal["killed", "wounded", "kidnapped", "captured"]


@frozen(slots=True)
class FateWord:
    """A phrase of the lexicon `fates`: words `start` to `end` (exclusive). `fate` None: unharmed."""

    start: int
    end: int
    fate: Fate | None
    form: str


@remembered
def fate_words(sentence: Sentence) -> tuple[FateWord, ...]:
    """The fates that a sentence tells, from left to right, with their form in this place."""
    lows = sentence.lows
    found = []
    for hit in phrases("fates").find(lows):
        form = hit.value["form"]
        if form == "none":
            continue
        before, after = lows[max(0, hit.start - 1) : hit.start], lows[hit.end : hit.end + 1]
        if form == "active" and lows[hit.start].endswith("ing") and after == ["of"]:
            form = "noun"  # "the killing of six nurses"
        elif (
            form == "active"
            and before
            and before[0] in ("the", "this", "that", "'s")
            and lows[hit.start].endswith("ing")
        ):
            form = "noun"
        elif (
            form == "active"
            and lows[hit.start] == "wounds"
            and before
            and before[0] in ("bullet", "gunshot", "shrapnel", "stab", "knife", "his", "her", "their", "the", "of")
        ):
            continue
        found.append(FateWord(hit.start, hit.end, cast(Fate, hit.value["fate"]) or None, form))
    if "death" in lows.different:
        found = sorted([*found, *_to_death(lows)], key=lambda w: w.start)
    return tuple(found)


def _to_death(lows: list[str]) -> Iterator[FateWord]:
    """ "Hacked | a clerk | to death": the object stands before the particle."""
    for end in (i for i in range(2, len(lows) - 1) if lows[i] == "to" and lows[i + 1] == "death"):
        for i in range(end - 2, max(-1, end - _OBJECT), -1):
            if lows[i] in (",", ";", "and", "was", "were"):
                break
            if lows[i] in wordset("to death"):
                yield FateWord(i, i + 1, "killed", "active")
                break


@cache
def _verbs() -> frozenset[str]:
    return frozenset(
        r["phrase"]
        for r in rows("fates")
        if r["form"] in ("participle", "active", "fatal", "state") and " " not in r["phrase"]
    )


def is_fate(word: str) -> bool:
    """Is this word alone a verb or adjective of what became of people?"""
    return word in _verbs()
