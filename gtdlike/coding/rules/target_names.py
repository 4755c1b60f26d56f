"""Names of people, and what the article says they are: "Mayor Ana Ruiz"; "Ruiz, a judge"; "the judge, Ana Ruiz"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from gtdlike.coding.rules.lexicon import phrases
from gtdlike.coding.rules.memo import remembered
from gtdlike.coding.rules.people import Entity, entities
from gtdlike.coding.rules.prose import Prose, Sentence
from gtdlike.coding.rules.target_name_words import name_at, name_before, upper_case
from gtdlike.coding.rules.target_phrases import ends

_APPOSED = frozenset("a an the former who his her one".split())
_REACH = 12
"""How many words an apposition may have before its head."""
_NO_APPOSITION = frozenset("; . : -- and said to".split())
_NAMED = {"phrase": "named person", "shape": "person", "role": "", "targtype": "14", "targsubtype": "68"}


@frozen(slots=True)
class Person:
    """A person whom the article names: the words `first` to `last` of the name, and what he or she is said to be.

    `start` and `end` are offsets of all that is said together: "the mayor of X, Ana Ruiz"."""

    sentence: Sentence
    first: int
    last: int
    row: Mapping[str, str]
    start: int
    end: int

    @property
    def name(self) -> list[str]:
        return self.sentence.lows[self.first : self.last]


def _after_title(s: Sentence, e: Entity, upper: bool) -> Iterator[Person]:
    """ "Mayor Ana Ruiz" """
    end = name_at(s, e.last, upper)
    if end is not None and (end - e.last > 1 or not upper) and not s.lows[e.head].endswith("s"):
        yield Person(s, e.last, end, _office(s, e), s.words[e.first].start, s.words[end - 1].end)


def _after_office(s: Sentence, e: Entity, upper: bool) -> Iterator[Person]:
    """ "the mayor of X, Ana Ruiz," """
    i = e.last
    while (
        i < len(s.lows)
        and i - e.last < _REACH
        and s.lows[i] not in (",", "and")
        and (s.lows[i] not in ends() or s.lows[i] in ("in", "for", "at"))
    ):
        i += 1
    if i < len(s.lows) and s.lows[i] == ",":
        end = name_at(s, i + 1, upper)
        if (
            end is not None
            and end - i > 2
            and (end == len(s.lows) or s.lows[end] in (",", ".", ";", "(", "was", "in", "and", "at", "on", "as"))
        ):
            yield Person(s, i + 1, end, _office(s, e), s.words[e.first].start, s.words[end - 1].end)


def _before_apposition(s: Sentence, e: Entity, upper: bool) -> Iterator[Person]:
    """ "Ana Ruiz, a judge"; "Ruiz, 45, the mayor of X"; "Ana Ruiz was a judge" """
    lows = s.lows
    i = e.first
    while (
        i > 0 and e.first - i < _REACH and lows[i - 1] not in _NO_APPOSITION and lows[i - 1] not in (",", "was", "is")
    ):
        i = _opening(lows, i - 1) if lows[i - 1] in (")", "]") else i - 1
    if i < 2 or lows[i - 1] not in (",", "was", "is"):
        return
    # A list ("Ruiz, three guards and a driver") is no apposition.
    if lows[i] not in _APPOSED and lows[i + 1 : i + 2] != ["'s"] and i != e.first:
        return
    b = i - 1
    if lows[b] == "," and b > 1 and lows[b - 1].isdigit() and lows[b - 2] == ",":
        b -= 2
    if lows[b - 1] in (")", "]"):
        b = _opening(lows, b - 1)
    begin = name_before(s, b, upper)
    if begin is None or (lows[b - 1].endswith("s") and lows[e.head].endswith("s") and b - begin == 1):
        return
    if any(x.first < b and begin < x.last and x is not e for x in entities_of(s)) and b - begin < 2:
        return
    end = _office_end(s, e.last)
    yield Person(s, begin, b, _office(s, e), s.words[begin].start, s.words[end - 1].end)


def _office(s: Sentence, e: Entity) -> Mapping[str, str]:
    """What an office makes of a person: a "member" or "leader" is of the type of what it is a member of."""
    if e.row["targtype"] not in ("14", ""):
        return e.row
    hits = list(phrases("organizations").find(s.lows[e.first : _office_end(s, e.last)]))
    if not hits:
        return e.row
    org = hits[-1].value
    return {
        **e.row,
        "phrase": f"{e.row['phrase']} of {org['phrase']}",
        "targtype": org["targtype"],
        "targsubtype": org["targsubtype"],
    }


def _opening(lows: list[str], i: int) -> int:
    """The word of the bracket that the one at `i` closes; the one at `i` if it is far."""
    return next((k for k in range(i - 1, max(-1, i - 9), -1) if lows[k] in ("(", "[")), i)


def _office_end(s: Sentence, i: int) -> int:
    """The end of "of X" after an office ("mayor of Santa Ana")."""
    if i < len(s.lows) and s.lows[i] in ("of", "for"):
        j = i + 1
        small = ("the", "of", "a", "an")
        while (
            j < len(s.lows)
            and j - i < 8
            and (s.lows[j] in small or s.words[j].capital or (j < i + 5 and s.lows[j].isalpha()))
            and s.lows[j] not in ends()
        ):
            j += 1
        while j > i and s.lows[j - 1] in ("the", "of", "for"):
            j -= 1
        return j
    return i


@remembered
def entities_of(sentence: Sentence) -> tuple[Entity, ...]:
    """The people and things of a sentence, looked up once."""
    return tuple(entities(sentence))


def _collective(s: Sentence, e: Entity) -> bool:
    """ "United Nations", "police": an organisation is no title, and what follows it no name of a person."""
    return any(
        h.start == 0 and h.end == e.last - e.first for h in phrases("organizations").find(s.lows[e.first : e.last])
    )


@remembered
def people_of(prose: Prose) -> tuple[Person, ...]:
    """The people whom an article names with what they are, in the order of the article."""
    return _named_as(prose, perpetrators=False)


def suspects_of(prose: Prose) -> tuple[Person, ...]:
    """The people whom an article names as attackers, suspects and the like, in the order of the article."""
    return _named_as(prose, perpetrators=True)


def _named_as(prose: Prose, *, perpetrators: bool) -> tuple[Person, ...]:
    found: list[Person] = []
    for s in prose.sentences:
        upper = upper_case(s)
        for e in entities_of(s):
            if e.shape != "person" or (e.role == "perpetrator") != perpetrators or _collective(s, e):
                continue
            found += _after_title(s, e, upper)
            found += _after_office(s, e, upper)
            found += _before_apposition(s, e, upper)
    return tuple(found)


def who_is(prose: Prose, name: Sequence[str]) -> Person | None:
    """What the article says of the person so named; the fullest telling, and an office before no office."""
    words = [w for w in name if len(w) > 2]
    return _who_is(prose, words[0], words[-1], len(words)) if words else None


@remembered
def _by_name(prose: Prose) -> dict[str, list[Person]]:
    """The people of an article by each word of their names."""
    found: dict[str, list[Person]] = {}
    for p in people_of(prose):
        for word in set(p.name):
            found.setdefault(word, []).append(p)
    return found


@remembered
def _who_is(prose: Prose, first: str, last: str, count: int) -> Person | None:
    fits = [p for p in _by_name(prose).get(last, ()) if count == 1 or first in p.name or len(p.name) == 1]
    return max(
        fits, key=lambda p: (p.row["targtype"] not in ("14", ""), len(p.name) > 1, -p.sentence.index), default=None
    )


def spoken_of(prose: Prose, index: int, *, same: bool) -> Person | None:
    """Of whom a "he" or "she" in sentence `index` speaks: the person named last before, one with an office rather than
    one without. `same`: it may be somebody of the same sentence."""
    people = people_of(prose)
    first = bisect_left(people, index - 6, key=lambda p: p.sentence.index)
    near = people[first : bisect_left(people, index + same, key=lambda p: p.sentence.index)]
    return max(near, key=lambda p: (p.row["targtype"] not in ("14", ""), p.sentence.index), default=None)


def named(row: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """The row of a person of whom the article says only the name."""
    return row if row is not None and row["targtype"] else _NAMED
