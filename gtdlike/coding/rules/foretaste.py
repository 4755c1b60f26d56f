"""Can a text tell of an attack at all? Asked before it is parsed, because most news tells of none.

The answer errs on one side only: where it is no, the rules would find no trigger that stands for an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import cache

from attrs import define, field

from gtdlike.coding.rules.actions import WEAPON_KINDS, split_verbs
from gtdlike.coding.rules.lexicon import phrase_words, phrases, rows
from gtdlike.coding.rules.people_verbs import PARTICLE, people_verbs
from gtdlike.coding.rules.prose import Sentence, fold, plain

_RUN = re.compile(r"[^\W\d_]+")
_ASCII_RUN = re.compile("[a-z]+")


@define(slots=True)
class _Bag:
    """Phrases as bags of words: what a text must hold, in whatever order, to hold one of them."""

    alone: set[str] = field(factory=set)
    """Words that are a phrase."""
    together: dict[str, list[tuple[set[str], tuple[str, ...]]]] = field(factory=dict)
    """By one of their words: the other words of a phrase, and what words of it only begin with."""
    begun: list[tuple[str, ...]] = field(factory=list)
    """Phrases without a word to the letter: only what their words begin with."""
    stems: tuple[str, ...] = ()

    def add(self, phrase: str) -> None:
        exact: list[str] = []
        stems: list[str] = []
        for word in phrase_words(phrase):
            *whole, last = _RUN.findall(word) or [""]
            exact += whole
            if last:
                (stems if word.endswith("*") else exact).append(last)
        if not exact:
            self.begun.append(tuple(stems))
        elif len(exact) == 1 and not stems:
            self.alone.add(exact[0])
        else:
            key = max(exact, key=len)
            self.together.setdefault(key, []).append((set(exact), tuple(stems)))

    def close(self) -> None:
        """All phrases are in."""
        self.stems = tuple(stem for stems in self.begun for stem in stems[:1])

    def may_be_in(self, words: Set[str]) -> bool:
        if not self.alone.isdisjoint(words):
            return True
        for key in self.together.keys() & words:
            for others, stems in self.together[key]:
                if others <= words and _begin(stems, words):
                    return True
        return "" in self.stems or (
            any(w.startswith(self.stems) for w in words) and any(_begin(stems, words) for stems in self.begun)
        )


def _begin(stems: Iterable[str], words: Set[str]) -> bool:
    return all(any(w.startswith(stem) for w in words) for stem in stems)


def _bag(phrases: Iterable[str]) -> _Bag:
    bag = _Bag()
    for phrase in phrases:
        bag.add(phrase)
    bag.close()
    return bag


@cache
def _triggers() -> _Bag:
    split = (f"{row['verb']} {row['particle']}" for row in rows("split_verbs"))
    strong = (row["phrase"] for row in rows("triggers") if row["strength"] != "none")
    alone = (verb for verb, told in people_verbs().items() if not all(row["particle"] for row in told))
    return _bag((*strong, *split, *alone))


@cache
def _driven() -> tuple[frozenset[str], re.Pattern[str]]:
    """Verbs that tell of an attack with a particle only ("drove into"), and what both near each other look like."""
    told = [row for several in people_verbs().values() for row in several if row["particle"]]
    verbs, particles = ("|".join(sorted({row[name] for row in told})) for name in ("verb", "particle"))
    between = rf"(?:[^a-z]+[a-z]+){{0,{4 * PARTICLE}}}?[^a-z]+"
    return frozenset(verbs.split("|")), re.compile(rf"(?<![a-z])(?:{verbs}){between}(?:{particles})(?![a-z])")


@cache
def _actions() -> tuple[_Bag, _Bag]:
    """An action is an attack only with a weapon of some kinds."""
    weapons = (row["phrase"] for row in rows("weapons") if row["weaptype"] in WEAPON_KINDS)
    return _bag(row["phrase"] for row in rows("actions")), _bag(weapons)


def may_tell_of_violence(text: str) -> bool:
    """Does the text hold the words of an attack, in whatever order?"""
    text = plain(text)
    # Cut first and folded then, as the prose is: folding may turn a sign into a letter.
    words = (
        set(_ASCII_RUN.findall(text.lower()))
        if text.isascii()
        else set(fold(" ".join(set(_RUN.findall(text)))).split(" "))
    )
    if _triggers().may_be_in(words):
        return True
    verbs, driven = _driven()
    if not verbs.isdisjoint(words) and not (text.isascii() and driven.search(text.lower()) is None):
        return True
    actions, weapons = _actions()
    return actions.may_be_in(words) and weapons.may_be_in(words)


def may_trigger(sentence: Sentence) -> bool:
    """Does the sentence hold a phrase that may stand for an event, however it is cut at its beginning?"""
    lows = sentence.lows
    triggers, actions, weapons = phrases("triggers"), phrases("actions"), phrases("weapons")
    if any(hit.value["strength"] != "none" for hit in triggers.hits(lows).values()):
        return True
    if next(split_verbs(lows), None) is not None or not lows.different.isdisjoint(people_verbs()):
        return True
    return bool(actions.hits(lows)) and any(
        hit.value["weaptype"] in WEAPON_KINDS for hit in weapons.hits(lows).values()
    )
