"""Lexicons: CSV files of phrases, and the matcher that finds them among the words of a sentence.

A phrase is words; `word*` stands for any word that begins so. Rows that begin with `#` are remarks.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

from attrs import define, frozen

T = TypeVar("T")


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `coding/lexicon/<name>.csv`."""
    text = (files("gtdlike.coding") / "lexicon" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def column(name: str, field: str) -> list[str]:
    return [row[field] for row in rows(name)]


@cache
def words(name: str, word_class: str) -> frozenset[str]:
    """The words of one class of a lexicon with the columns `class` and `word`."""
    return frozenset(row["word"] for row in rows(name) if row["class"] == word_class)


def word_set(word_class: str) -> frozenset[str]:
    """The words of one class of `word_sets.csv`: short closed lists that rules ask for by name."""
    return words("word_sets", word_class)


@define(slots=True, unsafe_hash=True)  # not frozen, which would double the cost of so many
class Hit(Generic[T]):
    """A phrase found: words `start` to `end` (exclusive) of the sentence, and what the lexicon says of it."""

    start: int
    end: int
    value: T


_REMEMBERED = 8_192
"""For so many words a lexicon remembers what they begin: a bound to the memory, which news reaches seldom."""


def _matches(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@frozen(slots=True)
class _Entry(Generic[T]):
    """A phrase that a word begins: its words behind that one, and whether they must be met to the letter."""

    length: int
    rest: list[str]
    literal: bool
    value: T


class _Beginning(Generic[T]):
    """The phrases that one word begins, the longest first, by the word that must come next."""

    __slots__ = ("_alone", "_by_next")

    def __init__(self, entries: list[_Entry[T]]) -> None:
        self._alone = [e for e in entries if e.length == 1]
        self._by_next: dict[str, list[_Entry[T]]] = {}
        if any(e.length > 1 and e.rest[0].endswith("*") for e in entries):
            self._alone = entries  # which word comes next is not known to the letter: each is compared
            return
        for e in entries:
            if e.length > 1:
                self._by_next.setdefault(e.rest[0], []).append(e)
        for longer in self._by_next.values():
            longer += self._alone

    def longest(self, lows: list[str], start: int) -> Hit[T] | None:
        """The longest phrase that the words from `start` on are."""
        after = start + 1
        for entry in self._by_next.get(lows[after], self._alone) if after < len(lows) else self._alone:
            end = start + entry.length
            if entry.length == 1:
                return Hit(start, end, entry.value)
            if entry.literal:
                if lows[after:end] == entry.rest:
                    return Hit(start, end, entry.value)
            elif end <= len(lows) and all(map(_matches, entry.rest, lows[after:end])):
                return Hit(start, end, entry.value)
        return None


class _Begun(dict[str, _Beginning[T] | None]):
    """What each word begins, or None; found at the first call for the word."""

    def __init__(self, look_up: Callable[[str], list[_Entry[T]]]) -> None:
        self._look_up = look_up

    def __missing__(self, word: str) -> _Beginning[T] | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        entries = self._look_up(word)
        found = self[word] = _Beginning(entries) if entries else None
        return found


_LASTING: list[Phrases[Any]] = []
"""The lexicons that stay for good: each has its bit in the signs of a word."""


class _Lexicons(dict[str, tuple[int, ...]]):
    """The numbers of the lasting lexicons in which a word begins a phrase; found at the first call for the word."""

    def __missing__(self, word: str) -> tuple[int, ...]:
        if len(self) >= 4 * _REMEMBERED:
            self.clear()
        numbers = self[word] = tuple(n for n, p in enumerate(_LASTING) if p.begun_at(word) is not None)
        return numbers


_BEGUN_IN = _Lexicons()


class Lows(list[str]):
    """The folded words of a sentence. Where the phrases of each lexicon may begin in it is found in one pass."""

    __slots__ = ("_lexicons", "_starts")

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(words)
        self._lexicons = 0
        self._starts: dict[int, list[int]] = {}

    def starts(self, lexicon: int) -> Sequence[int]:
        """The words at which a phrase of the lasting lexicon of that number may begin."""
        if self._lexicons <= lexicon:
            self._lexicons = len(_LASTING)
            found: dict[int, list[int]] = {}
            for i, word in enumerate(self):
                for number in _BEGUN_IN[word]:
                    if number in found:
                        found[number].append(i)
                    else:
                        found[number] = [i]
            self._starts = found
        return self._starts.get(lexicon, ())


class Phrases(Generic[T]):
    """A set of phrases with a value each; finds the longest at every word. Of equal phrases the first one counts.

    `lasting`: it stays as long as the process, and not for one article only.
    """

    def __init__(self, entries: Iterable[tuple[Sequence[str], T]], lasting: bool = True) -> None:
        # By the first word, which is looked up; the few phrases that share it are compared one by one, longest first.
        self._exact: dict[str, list[tuple[Sequence[str], T]]] = {}
        self._stems: dict[str, list[tuple[Sequence[str], T]]] = {}
        for words, value in entries:
            if words:
                first = words[0]
                index, key = (self._stems, first[:-1]) if first.endswith("*") else (self._exact, first)
                index.setdefault(key, []).append((words, value))
        # What a word begins. Where no phrase begins with a stem, the index tells; else it is remembered.
        self.begun_at: Callable[[str], _Beginning[T] | None] = (
            _Begun(self._beginning).__getitem__ if self._stems else self._literal().get
        )
        lengths = [len(stem) for stem in self._stems]
        self._shortest, self._longest = min(lengths, default=1), max(lengths, default=0)
        self._number: int | None = None
        if lasting:
            self._number = len(_LASTING)
            _LASTING.append(self)
            _BEGUN_IN.clear()

    def __bool__(self) -> bool:
        return bool(self._exact or self._stems)

    def _literal(self) -> dict[str, _Beginning[T]]:
        return {word: _Beginning(_sorted(entries)) for word, entries in self._exact.items()}

    def _beginning(self, word: str) -> list[_Entry[T]]:
        """The phrases that a word may begin, the longest first; those that name the word before those with a stem."""
        found = list(self._exact.get(word, ()))
        for cut in range(min(len(word), self._longest), self._shortest - 1, -1):
            found += self._stems.get(word[:cut], ())
        return _sorted(found)

    def at(self, lows: list[str], start: int) -> Hit[T] | None:
        """The longest phrase that begins at word `start`."""
        if start >= len(lows):
            return None
        begun = self.begun_at(lows[start])
        return None if begun is None else begun.longest(lows, start)

    def starts(self, lows: list[str]) -> Sequence[int]:
        """The words at which a phrase may begin; no other word begins one."""
        if type(lows) is Lows and self._number is not None:
            return lows.starts(self._number)
        begun = list(map(self.begun_at, lows))
        return [i for i, b in enumerate(begun) if b is not None] if any(begun) else ()

    def find(self, lows: list[str]) -> Iterator[Hit[T]]:
        """All phrases from left to right, longest first, without overlap."""
        free = 0
        for i in self.starts(lows):
            if i >= free and (begun := self.begun_at(lows[i])) is not None and (hit := begun.longest(lows, i)):
                yield hit
                free = hit.end


def _sorted(found: list[tuple[Sequence[str], T]]) -> list[_Entry[T]]:
    return [
        _Entry(len(words), list(words[1:]), not any(w.endswith("*") for w in words[1:]), value)
        for words, value in sorted(found, key=lambda entry: -len(entry[0]))
    ]


_PLAIN = str.maketrans("", "", " -")


def phrase_words(phrase: str) -> list[str]:
    """A lexicon's phrase cut as the prose is cut, with `word*` kept."""
    from gtdlike.coding.rules.prose import WORD, fold

    if phrase.isascii() and phrase.translate(_PLAIN).isalpha():
        return phrase.lower().replace("-", " ").split()  # most phrases are plain words; this is the quick way
    found: list[str] = []
    for match in WORD.finditer(phrase):
        if match.group() == "*" and found:
            found[-1] += "*"
        elif match.group() != "-":
            found.append(fold(match.group()))
    return found


@cache
def phrases(name: str, field: str = "phrase") -> Phrases[Mapping[str, str]]:
    """The matcher of a lexicon file; each phrase's value is its row."""
    return Phrases((phrase_words(row[field]), row) for row in rows(name))
