"""Counted noun phrases: "at least seven people", "one soldier", "his driver", "no one"."""

from __future__ import annotations

from functools import cache

from attrs import define

from gtdlike.coding.rules.fates import is_fate
from gtdlike.coding.rules.lexicon import column
from gtdlike.coding.rules.numbers import Number, numbers
from gtdlike.coding.rules.people import Entity, count_head, disguise
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.wordlists import wordset

BE = frozenset("was were been being is are be get got has have had".split())
_DETERMINERS = frozenset("a an another the one his her its their whose".split())
_FILLERS = frozenset("of the other others more further additional its their his her".split())


@define(slots=True)
class Counted:
    """A number of people as one noun phrase tells it: words `first` to `last` (exclusive)."""

    number: Number
    head: Entity | None
    first: int
    last: int
    part: bool = False
    """It is already in a number told beside it ("including the bomber")."""
    plus: bool = False
    """It comes on top of a number told beside it ("in addition to the bomber")."""

    @property
    def attached(self) -> bool:
        return self.part or self.plus

    def has(self, lows: list[str], words: frozenset[str]) -> bool:
        return any(w in words for w in lows[self.first : self.last])

    def friendly(self, lows: list[str]) -> bool:
        """ "Pro-government militants": fighters, but of the side that was attacked."""
        return self.has(lows, wordset("friendly"))


@cache
def _things() -> frozenset[str]:
    return frozenset(column("counted_things", "word"))


@cache
def _companions() -> frozenset[str]:
    return frozenset(column("companions", "word"))


def single(head: str) -> bool:
    """Is this noun in the singular?"""
    plural = (
        head in wordset("not single")
        or (head.endswith("s") and not head.endswith("ss") and head != "us")
        or head.endswith("men")
    )
    return not plural


def counted(sentence: Sentence) -> list[Counted]:
    """All counted noun phrases of a sentence that may be people, from left to right."""
    lows = sentence.lows
    found = [p for n in numbers(sentence) if (p := _numbered(sentence, n)) is not None]
    taken = {i for p in found for i in range(p.first, p.last)}
    for i, word in enumerate(lows):
        if i in taken:
            continue
        if word == "both":
            head = count_head(sentence, i + 1)
            if head is not None and head.shape == "person" and not single(lows[head.head]) and head.head not in taken:
                found.append(Counted(Number(i, i + 1, 2), head, i, head.last))
                taken.update(range(i, head.last))
            continue
        phrase = None
        if word in _DETERMINERS:
            phrase = _determined(sentence, i)
        elif word in ("no", "nobody", "none"):
            phrase = _none(sentence, i)
        if phrase is None or (phrase.head is not None and disguise(lows, phrase.head.head)):
            continue
        if not taken & set(range(phrase.first, phrase.last)):
            found.append(phrase)
            taken.update(range(phrase.first, phrase.last))
    found.sort(key=lambda p: p.first)
    return found


def _numbered(sentence: Sentence, number: Number) -> Counted | None:
    lows = sentence.lows
    start = number.end
    if lows[number.start - 1 : number.start] == ["no"] and lows[number.start] == "one":
        return None
    while start < len(lows) and lows[start] in _FILLERS:
        start += 1
    head = count_head(sentence, start)
    if head is not None and head.shape != "person":
        return None
    last = head.last if head else number.end
    if start < len(lows) and lows[start][:1].isalpha() and lows[start] not in _things():
        head, last = _of_a_body(sentence, head, last if head else start + 1, last)
    if head is None and any(w in _things() for w in lows[start : start + 2]):
        return None
    if head is None and lows[number.end : number.end + 1] in (["others"], ["other"], ["more"]):
        last = number.end + 1
    if lows[number.start - 3 : number.start] == ["not", "a", "single"] or lows[number.start - 1 : number.start] == [
        "not"
    ]:
        number = Number(number.start, number.end, 0)
    return Counted(number, head, number.start, last)


def _of_a_body(sentence: Sentence, head: Entity | None, at: int, last: int) -> tuple[Entity | None, int]:
    """ "Two members | of his escort": people of a body of people. `at` is the word after the first noun."""
    lows = sentence.lows
    if lows[at : at + 1] != ["of"]:
        return head, last
    at += 1
    while at < len(lows) and lows[at] in ("the", "his", "her", "their", "its", "a"):
        at += 1
    inner = count_head(sentence, at)
    if inner is not None and inner.shape == "person":
        return (inner if head is None or inner.role == "perpetrator" else head), inner.last
    if at < len(lows) and lows[at] in _companions():
        return head, at + 1
    return head, last


def _determined(sentence: Sentence, i: int) -> Counted | None:
    """ "The mayor", "his driver", "another": one person by a determiner and a noun in the singular."""
    lows = sentence.lows
    word = lows[i]
    head = count_head(sentence, i + 1)
    if head and head.shape == "person" and single(lows[head.head]):
        none = lows[max(0, i - 1) : i] == ["not"]
        value = 0 if none else 2 if lows[head.head] == "couple" else 1
        return Counted(Number(i, i + 1, value, word == "another" and lows[i - 1 : i] != [","]), head, i, head.last)
    if word == "the" and head and head.role == "perpetrator" and lows[max(0, i - 2) : i] == ["addition", "to"]:
        return Counted(Number(i, i + 1, None), head, i, head.last)  # "in addition to the bombers": all of them
    if i + 1 < len(lows) and word in ("his", "her", "their") and lows[i + 1] in _companions():
        return Counted(Number(i, i + 1, 1), None, i, i + 2)
    if word == "another" and i + 1 < len(lows) and (is_fate(lows[i + 1]) or lows[i + 1] in BE):
        return Counted(Number(i, i + 1, 1, True), None, i, i + 1)
    return None


def _none(sentence: Sentence, i: int) -> Counted | None:
    lows = sentence.lows
    if lows[i] in ("nobody", "none"):
        return Counted(Number(i, i + 1, 0), None, i, i + 1)
    head = count_head(sentence, i + 1)
    if (head and head.shape == "person") or lows[i + 1 : i + 2] == ["one"]:
        return Counted(Number(i, i + 1, 0), head, i, head.last if head else i + 2)
    return None
