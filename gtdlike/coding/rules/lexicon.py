"""Lexicons: CSV files of phrases, and the matcher that finds them among the words of a sentence.

A phrase is words; `word*` stands for any word that begins so. Rows that begin with `#` are remarks.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Generic, NamedTuple, TypeVar

from attrs import define

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


_REMEMBERED = 32_768
"""For so many words it is remembered what they begin: a bound to the memory, which news reaches seldom."""


def _matches(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


class _Entry(NamedTuple, Generic[T]):
    """A phrase that a word begins: its words behind that one, and whether they must be met to the letter."""

    length: int
    rest: list[str]
    literal: bool
    value: T


def _longest(entries: Iterable[_Entry[T]], lows: list[str], start: int) -> Hit[T] | None:
    """The first of the phrases that the words from `start` on are."""
    for length, rest, literal, value in entries:
        end = start + length
        if length > 1:
            words = lows[start + 1 : end]
            if words != rest and (literal or len(words) < length - 1 or not all(map(_matches, rest, words))):
                continue
        return Hit(start, end, value)
    return None


class _Beginning(Generic[T]):
    """The phrases that one word begins, the longest first, by the word that must come next."""

    __slots__ = ("alone", "by_next")

    def __init__(self, entries: list[_Entry[T]]) -> None:
        self.alone = [e for e in entries if e.length == 1]
        """The phrases to be tried whatever comes next."""
        self.by_next: dict[str, list[_Entry[T]]] = {}
        """The phrases to be tried before a certain word; those to be tried whatever comes next are among them."""
        if any(e.length > 1 and e.rest[0].endswith("*") for e in entries):
            self.alone = entries  # which word comes next is not known to the letter: each is compared
            return
        for e in entries:
            if e.length > 1:
                self.by_next.setdefault(e.rest[0], []).append(e)
        for longer in self.by_next.values():
            longer += self.alone

    def before(self, after: str) -> list[_Entry[T]]:
        """The phrases to be tried before a word."""
        return self.by_next.get(after, self.alone)


class _Begun(dict[str, _Beginning[T] | None]):
    """What each word begins, or None; found at the first call for the word."""

    def __init__(self, look_up: Callable[[str], _Beginning[T] | None]) -> None:
        self._look_up = look_up

    def __missing__(self, word: str) -> _Beginning[T] | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[word] = self._look_up(word)
        return found


_LASTING: list[Phrases[Any]] = []
"""The lexicons that stay for good: each has its number."""

_Numbered = tuple[tuple[int, list[_Entry[Any]]], ...]
"""The phrases of some lexicons, with the numbers of these."""


class _BegunInAll(dict[str, tuple[_Numbered, dict[str, _Numbered]] | None]):
    """What a word begins in all lasting lexicons: whatever comes next, and by the word that comes next.

    None for most words; found at the first call for the word.
    """

    def __missing__(self, word: str) -> tuple[_Numbered, dict[str, _Numbered]] | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        begun = [(number, b) for number, p in enumerate(_LASTING) if (b := p.beginning(word)) is not None]
        found = None
        if begun:
            alone = tuple((number, b.alone) for number, b in begun if b.alone)
            nexts = {after for _, b in begun for after in b.by_next}
            found = alone, {x: tuple((n, b.before(x)) for n, b in begun if b.before(x)) for x in nexts}
        self[word] = found
        return found


_BEGUN_IN_ALL = _BegunInAll()
_NO_HITS: Mapping[int, Hit[Any]] = {}


class Lows(list[str]):
    """The folded words of a sentence. The phrases of all lexicons in it are found in one pass, and remembered."""

    __slots__ = ("_hits", "_lexicons")

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(words)
        self._lexicons = 0
        self._hits: dict[int, dict[int, Hit[Any]]] = {}

    def hits(self, lexicon: int) -> Mapping[int, Hit[Any]]:
        """The longest phrase of the lasting lexicon of that number at each word at which one begins."""
        if self._lexicons <= lexicon:
            self._find()
        return self._hits.get(lexicon, _NO_HITS)

    def _find(self) -> None:
        self._lexicons = len(_LASTING)
        found: dict[int, dict[int, Hit[Any]]] = defaultdict(dict)
        last = len(self) - 1
        for i, begun in enumerate(map(_BEGUN_IN_ALL.__getitem__, self)):
            if begun is not None:
                alone, by_next = begun
                for number, entries in by_next.get(self[i + 1], alone) if i < last else alone:
                    if (hit := _longest(entries, self, i)) is not None:
                        found[number][i] = hit
        self._hits = found


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
        lengths = [len(stem) for stem in self._stems]
        self._shortest, self._longest = min(lengths, default=1), max(lengths, default=0)
        self._begun = _Begun(self.beginning)
        self._number: int | None = None
        if lasting:
            self._number = len(_LASTING)
            _LASTING.append(self)
            _BEGUN_IN_ALL.clear()

    def __bool__(self) -> bool:
        return bool(self._exact or self._stems)

    def beginning(self, word: str) -> _Beginning[T] | None:
        """The phrases that a word may begin, the longest first; those that name the word before those with a stem."""
        found = list(self._exact.get(word, ()))
        for cut in range(min(len(word), self._longest), self._shortest - 1, -1):
            found += self._stems.get(word[:cut], ())
        return _Beginning(_sorted(found)) if found else None

    def hits(self, lows: list[str]) -> Mapping[int, Hit[T]]:
        """The longest phrase at each word at which one begins, from left to right."""
        if self._number is not None and type(lows) is Lows:
            return lows.hits(self._number)
        return {i: hit for i in range(len(lows)) if (hit := self.at(lows, i)) is not None} if self else _NO_HITS

    def at(self, lows: list[str], start: int) -> Hit[T] | None:
        """The longest phrase that begins at word `start`."""
        if self._number is not None and type(lows) is Lows:
            return lows.hits(self._number).get(start)
        begun = self._begun[lows[start]] if start < len(lows) else None
        if begun is None:
            return None
        return _longest(begun.before(lows[start + 1]) if start + 1 < len(lows) else begun.alone, lows, start)

    def find(self, lows: list[str]) -> Sequence[Hit[T]]:
        """All phrases from left to right, longest first, without overlap."""
        hits = self.hits(lows)
        if len(hits) < 2:
            return tuple(hits.values())
        found: list[Hit[T]] = []
        free = 0
        for i, hit in hits.items():
            if i >= free:
                found.append(hit)
                free = hit.end
        return found


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
