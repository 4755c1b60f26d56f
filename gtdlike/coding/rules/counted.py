"""Counted noun phrases: "at least seven people", "one soldier", "his driver", "no one"."""

from __future__ import annotations

from functools import cache

from attrs import define

from gtdlike.coding.rules.fates import is_fate
from gtdlike.coding.rules.lexicon import column
from gtdlike.coding.rules.numbers import Number, numbers
from gtdlike.coding.rules.people import Entity, count_head
from gtdlike.coding.rules.prose import Sentence

BE = frozenset("was were been being is are be get got has have had".split())
BREAK = frozenset(
    "; . : while when after before that which who whose where because although as if since during but".split()
)
_DETERMINERS = frozenset("a an another the one his her its their whose".split())
_FRIENDLY = frozenset("pro progovernment government regime peshmerga loyalist allied tribal".split())
_JOINTS = frozenset(", ; and plus or as well of his her their".split())
_FILLERS = frozenset("of the other others more further additional its their his her".split())
_NOT_SINGLE = frozenset(
    "people police men women children troops personnel families forces military army civilians crew family couple".split()
)
_PARTS = (
    "including",
    "includes",
    "included",
    "include",
    "counting",
    "among them",
    "among the",
    "amongst them",
    "of whom",
)
_PLUS = (
    "in addition to",
    "along with",
    "together with",
    "as well as",
    "besides",
    "apart from",
    "not counting",
    "not including",
    "excluding",
    "other than",
    "as were",
    "as was",
    "on top of",
)


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
        return self.has(lows, _FRIENDLY)


@cache
def _things() -> frozenset[str]:
    return frozenset(column("counted_things", "word"))


@cache
def _companions() -> frozenset[str]:
    return frozenset(column("companions", "word"))


def single(head: str) -> bool:
    """Is this noun in the singular?"""
    plural = (
        head in _NOT_SINGLE or (head.endswith("s") and not head.endswith("ss") and head != "us") or head.endswith("men")
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
        phrase = (
            _determined(sentence, i)
            if word in _DETERMINERS
            else _none(sentence, i)
            if word in ("no", "nobody", "none")
            else None
        )
        if phrase is not None and not taken & set(range(phrase.first, phrase.last)):
            found.append(phrase)
            taken.update(range(phrase.first, phrase.last))
    found.sort(key=lambda p: p.first)
    _mark(lows, found)
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
    if (
        head is None
        and lows[start + 1 : start + 2] == ["of"]
        and lows[start][:1].isalpha()
        and lows[start] not in _things()
    ):
        # "two members of his escort": people of a body of people
        at = start + 2
        while at < len(lows) and lows[at] in ("the", "his", "her", "their", "its", "a"):
            at += 1
        head = count_head(sentence, at)
        if head is None and at < len(lows) and lows[at] in _companions():
            return Counted(number, None, number.start, at + 1)
    if head is None and any(w in _things() for w in lows[start : start + 2]):
        return None
    last = head.last if head else number.end
    if head is None and lows[number.end : number.end + 1] in (["others"], ["other"], ["more"]):
        last = number.end + 1
    value = number
    if lows[number.start - 3 : number.start] == ["not", "a", "single"] or lows[
        max(0, number.start - 1) : number.start
    ] == ["not"]:
        value = Number(number.start, number.end, 0)
    return Counted(value, head, number.start, last)


def _determined(sentence: Sentence, i: int) -> Counted | None:
    """ "The mayor", "his driver", "another": one person by a determiner and a noun in the singular."""
    lows = sentence.lows
    word = lows[i]
    head = count_head(sentence, i + 1)
    if head and head.shape == "person" and single(lows[head.head]):
        none = lows[max(0, i - 1) : i] == ["not"]
        return Counted(
            Number(i, i + 1, 0 if none else 1, word == "another" and lows[i - 1 : i] != [","]), head, i, head.last
        )
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


def joined(words: list[str]) -> bool:
    """Do these words between two counted phrases make them one list?"""
    return (
        0 < len(words) <= 4 and all(w in _JOINTS for w in words) and bool(set(words) & {",", ";", "and", "plus", "or"})
    )


def _mark_inside(lows: list[str], found: list[Counted], start: int) -> None:
    """ "Seven people, including officers, attackers and a driver, were killed": all up to the verb is part."""
    end = start
    while (
        end < len(lows)
        and lows[end] not in BE
        and not is_fate(lows[end])
        and lows[end] not in (".", ";")
        and end - start < 30
    ):
        end += 1
    if lows[end : end + 1] and lows[end] in BE:
        for p in found:
            if start <= p.first and p.last <= end:
                p.part = True


def _mark(lows: list[str], found: list[Counted]) -> None:
    """Mark what is part of a number told beside it, and what comes on top of one."""
    for i in range(len(lows)):
        for marks, plus in ((_PARTS, False), (_PLUS, True)):
            mark = next((m for m in marks if lows[i : i + m.count(" ") + 1] == m.split()), None)
            if mark == "among them" and any(p.last == i for p in found):
                continue
            if mark is not None and not (mark == "including" and lows[i - 1 : i] == ["not"]):
                start = i + mark.count(" ") + 1
                _mark_from(lows, found, i, start, plus)
                if not plus and i and not any(is_fate(w) for w in lows[max(0, i - 8) : i]):
                    _mark_inside(lows, found, start)
    _mark_before(lows, found)
    for p in found:  # "86 people, 15 of them children"
        if lows[p.number.end : p.number.end + 2] in (["of", "them"], ["of", "whom"], ["of", "these"]) and any(
            q.last <= p.first for q in found
        ):
            p.part = True


def _mark_before(lows: list[str], found: list[Counted]) -> None:
    """ "Twenty people died, the driver among them": the mark stands behind the part."""
    for p in found:
        if lows[p.last : p.last + 2] == ["among", "them"] or lows[p.last : p.last + 1] == ["included"]:
            p.part = True


def _mark_from(lows: list[str], found: list[Counted], mark: int, start: int, plus: bool) -> None:
    told = any(is_fate(w) for w in lows[max(0, mark - 8) : mark])
    end = start
    for p in (p for p in found if p.first >= start - 1):
        gap = lows[end : p.first]
        first = end == start
        if not (
            p.first <= start
            or (
                first and len(gap) <= 3 and "," not in gap and not any(is_fate(w) or w in BE or w in BREAK for w in gap)
            )
            or joined(gap)
        ):
            return
        if not first and mark == 0:
            return  # "In addition to the bomber, ten people died": the second number stands for itself
        if not first and told and lows[p.last : p.last + 1] and (is_fate(lows[p.last]) or lows[p.last] in BE):
            return  # "two were killed, including a child, and six were wounded"
        p.plus, p.part = plus, not plus
        end = p.last
