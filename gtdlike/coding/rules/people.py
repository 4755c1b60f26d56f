"""People and things that news speaks of: phrases of the target lexicon, and the noun phrases around them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from attrs import define

from gtdlike.coding.rules.lexicon import Phrases, phrase_words, rows, word_set
from gtdlike.coding.rules.memo import remembered
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.wordlists import wordset


@cache
def _length(phrase: str) -> int:
    """How many words a phrase of the lexicon has."""
    return len(phrase_words(phrase))


@define(slots=True, unsafe_hash=True)  # not frozen, which would double the cost of so many
class Entity:
    """A noun phrase: words `first` to `last` (exclusive), its head from the lexicon, and what that head tells."""

    first: int
    last: int
    head: int
    row: Mapping[str, str]

    @property
    def own(self) -> int:
        """Where the lexicon's phrase begins; the words before it only belong to it."""
        return self.last - _length(self.row["phrase"])

    @property
    def shape(self) -> str:
        return self.row["shape"]

    @property
    def role(self) -> str:
        return self.row["role"]

    @property
    def targtype(self) -> int | None:
        return int(self.row["targtype"]) if self.row["targtype"] else None

    @property
    def targsubtype(self) -> int | None:
        return int(self.row["targsubtype"]) if self.row["targsubtype"] else None


@cache
def lexicon() -> Phrases[Mapping[str, str]]:
    return Phrases((phrase_words(row["phrase"]), row) for row in rows("targets"))


@remembered
def entities(sentence: Sentence) -> list[Entity]:
    """The people, buildings and vehicles of a sentence, each with the words that belong to its name on the left."""
    lows = sentence.lows
    found: list[Entity] = []
    for hit in lexicon().find(lows):
        if hit.start + 1 == hit.end and lows[hit.start] in wordset("also verb") and _is_verb(lows, hit.start):
            continue
        behind = sentence.words[hit.end] if hit.end < len(lows) else None
        if behind is not None and not behind.after_space and behind.low in wordset("compound"):
            continue  # "a home-made gun", "the police-run hotel"
        if (
            lows[hit.start] == "march"
            and sentence.words[hit.start].capital
            and hit.start + 1 < len(lows)
            and lows[hit.start + 1][:1].isdigit()
        ):
            continue
        first = hit.start
        floor = found[-1].last if found else 0
        while first > floor and first > hit.start - 5 and _belongs(lows[first - 1]):
            first -= 1
        entity = Entity(first, hit.end, hit.end - 1, hit.value)
        # "police officers" found as one; "police" followed by a further head is its modifier.
        if found and found[-1].last == hit.start and found[-1].shape != "":
            previous = found.pop()
            row = hit.value
            if (
                previous.role == "state"
                and row["role"] != "state"
                and row["shape"] == "person"
                and row["targtype"] == "14"
            ):
                row = previous.row
            entity = Entity(previous.first, hit.end, hit.end - 1, row)
        found.append(entity)
    return found


def _belongs(word: str) -> bool:
    return word not in wordset("stop left") and (
        word[:1].isalpha() or (word[:1].isdigit() and "/" not in word and False)
    )


def _is_verb(lows: list[str], i: int) -> bool:
    return i > 0 and lows[i - 1] in ("to", "will", "would", "not", "they", "we", "who")


def count_head(sentence: Sentence, start: int, most: int = 5) -> Entity | None:
    """The head of a counted noun phrase whose words begin at `start`: the last lexicon head before a break."""
    lows = sentence.lows
    best: Entity | None = None
    i = start
    while i < min(len(lows), start + most):
        hit = lexicon().at(lows, i)
        if hit is not None:
            best = Entity(start, hit.end, hit.end - 1, hit.value)
            i = hit.end
            most = max(most, hit.end - start + 2)
            nxt = lows[i] if i < len(lows) else ""
            if lexicon().at(lows, i) is None or nxt in wordset("stop left"):
                return best
            continue
        if lows[i] == "(" and lows[i + 2 : i + 3] == [")"]:
            i += 3  # the acronym of a name: "Frontier Corps (FC) soldiers"
            most += 3
            continue
        if (aged := _aged(lows, i)) > i:
            most += aged - i
            i = aged
            continue
        if lows[i] in wordset("stop left") or not lows[i][:1].isalpha():
            return best
        i += 1
    return best


_DISGUISE = 5
"""So many words before it may tell that a person is only played."""


def disguise(lows: list[str], i: int) -> bool:
    """Is the person at word `i` only played: "a man dressed as a police officer"? Then nobody is there but the man."""
    before = lows[max(0, i - _DISGUISE) : i]
    worn = next((k for k, w in enumerate(before) if w in word_set("disguise")), None)
    return worn is not None and any(w in ("as", "like", "in") for w in before[worn + 1 : worn + 3])


_AGES = frozenset(("year", "month", "week"))


def _aged(lows: list[str], i: int) -> int:
    """The end of "12-year-old" at word `i`; `i` where no age is told."""
    if not lows[i].isdigit() or lows[i + 1 : i + 2] != ["-"] or not _AGES & set(lows[i + 2 : i + 3]):
        return i
    end = i + 3
    while end < len(lows) and lows[end] in ("-", "old"):
        end += 1
    return end
