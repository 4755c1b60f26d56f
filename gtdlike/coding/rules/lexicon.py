"""Lexicons: CSV files of phrases, and the matcher that finds them among the words of a sentence.

A phrase is words; `word*` stands for any word that begins so. Rows that begin with `#` are remarks.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, Generic, NamedTuple, TypeVar

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
    """A phrase that a word begins: its words behind that one."""

    length: int
    rest: list[str]
    last: str
    """The last word; blank where it, or one before it, is only begun."""
    value: T


def _longest(entries: Iterable[_Entry[T]], lows: list[str], start: int) -> Hit[T] | None:
    """The first of the phrases that the words from `start` on are."""
    for length, rest, last, value in entries:
        end = start + length
        if length > 1:
            if end > len(lows) or (last and lows[end - 1] != last):
                continue
            words = lows[start + 1 : end]
            if words != rest and (last or not all(map(_matches, rest, words))):
                continue
        return Hit(start, end, value)
    return None


_Numbered = tuple[tuple[int, list[_Entry[T]]], ...]
"""The phrases that may be met, the longest first, with the number of their lexicon."""


class _Begun(Generic[T]):
    """The phrases that some words begin: those to be tried, or by the next word those to be tried before it."""

    __slots__ = ("by_next", "tried")

    def __init__(self, begun: _Numbered[T], depth: int = 1) -> None:
        nexts = {e.rest[depth - 1] for _, entries in begun for e in entries if e.last and e.length > depth}
        self.tried = _only(begun, depth, None)
        self.by_next: dict[str, _Begun[T]] = {word: _Begun(_only(begun, depth, word), depth + 1) for word in nexts}

    def before(self, lows: list[str], after: int) -> _Numbered[T]:
        """The phrases to be tried before the words from `after` on."""
        begun = self
        while begun.by_next and after < len(lows) and (longer := begun.by_next.get(lows[after])) is not None:
            begun, after = longer, after + 1
        return begun.tried


def _only(begun: _Numbered[T], depth: int, word: str | None) -> _Numbered[T]:
    """Those of the phrases that need no further word behind the first `depth`, or need this one."""
    kept = ((n, [e for e in x if not e.last or e.length <= depth or e.rest[depth - 1] == word]) for n, x in begun)
    return tuple((number, entries) for number, entries in kept if entries)


class _ByWord(dict[str, _Begun[T] | None]):
    """What each word begins, None for most; found at the first call for the word."""

    def __init__(self, look_up: Callable[[str], _Numbered[T]]) -> None:
        self._look_up = look_up

    def __missing__(self, word: str) -> _Begun[T] | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        entries = self._look_up(word)
        found = self[word] = _Begun(entries) if entries else None
        return found


_LASTING: list[Phrases[Any]] = []
"""The lexicons that stay for good: each has its number."""


def _begun_in_all(word: str) -> _Numbered[Any]:
    return tuple((number, entries) for number, p in enumerate(_LASTING) if (entries := p.beginning(word)))


_BEGUN_IN_ALL: _ByWord[Any] = _ByWord(_begun_in_all)
_NO_HITS: Mapping[int, Hit[Any]] = {}


class Lows(list[str]):
    """The folded words of a sentence. The phrases of all lexicons in it are found in one pass, and remembered."""

    __slots__ = ("_hits", "_lexicons", "different")

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(words)
        self.different: Final = frozenset(self)
        """The words, each once: quick to ask whether one of several is there."""
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
        for i, (begun, after) in enumerate(zip(map(_BEGUN_IN_ALL.__getitem__, self), (*self[1:], None), strict=True)):
            if begun is not None:
                for number, entries in begun.before(self, i + 1) if after in begun.by_next else begun.tried:
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
        self._begun: _ByWord[T] = _ByWord(lambda word: ((0, found),) if (found := self.beginning(word)) else ())
        self._number = -1
        if lasting:
            self._number = len(_LASTING)
            _LASTING.append(self)
            _BEGUN_IN_ALL.clear()

    def __bool__(self) -> bool:
        return bool(self._exact or self._stems)

    def beginning(self, word: str) -> list[_Entry[T]]:
        """The phrases that a word may begin, the longest first; those that name the word before those with a stem."""
        found = list(self._exact.get(word, ()))
        for cut in range(min(len(word), self._longest), self._shortest - 1, -1):
            found += self._stems.get(word[:cut], ())
        return _sorted(found)

    def hits(self, lows: list[str]) -> Mapping[int, Hit[T]]:
        """The longest phrase at each word at which one begins, from left to right."""
        if type(lows) is Lows and self._number >= 0:
            return lows.hits(self._number)
        begin = range(len(lows)) if self._stems else [i for i, word in enumerate(lows) if word in self._exact]
        return {i: hit for i in begin if (hit := self.at(lows, i)) is not None}

    def at(self, lows: list[str], start: int) -> Hit[T] | None:
        """The longest phrase that begins at word `start`."""
        if type(lows) is Lows and self._number >= 0:
            return lows.hits(self._number).get(start)
        begun = self._begun[lows[start]] if start < len(lows) else None
        for _, entries in begun.before(lows, start + 1) if begun is not None else ():
            return _longest(entries, lows, start)
        return None

    def find(self, lows: list[str]) -> Sequence[Hit[T]]:
        """All phrases from left to right, longest first, without overlap."""
        hits = lows.hits(self._number) if type(lows) is Lows and self._number >= 0 else self.hits(lows)
        if len(hits) < 2:
            return tuple(hits.values()) if hits else ()
        found: list[Hit[T]] = []
        free = 0
        for i, hit in hits.items():
            if i >= free:
                found.append(hit)
                free = hit.end
        return found


def _sorted(found: list[tuple[Sequence[str], T]]) -> list[_Entry[T]]:
    return [
        _Entry(len(words), list(words[1:]), "" if any(w.endswith("*") for w in words[1:]) else words[-1], value)
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
