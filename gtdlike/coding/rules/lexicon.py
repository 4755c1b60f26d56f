"""Lexicons: CSV files of phrases, and the matcher that finds them among the words of a sentence.

A phrase is words; `word*` stands for any word that begins so. Rows that begin with `#` are remarks.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Generic, TypeVar

from attrs import frozen

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


@frozen(slots=True)
class Hit(Generic[T]):
    """A phrase found: words `start` to `end` (exclusive) of the sentence, and what the lexicon says of it."""

    start: int
    end: int
    value: T


_REMEMBERED = 100_000
"""For so many words a lexicon remembers what they begin: most of the words of a language, and a bound to the memory."""


def _matches(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


class Phrases(Generic[T]):
    """A set of phrases with a value each; finds the longest at every word. Of equal phrases the first one counts."""

    def __init__(self, entries: Iterable[tuple[Sequence[str], T]]) -> None:
        # By the first word, which is looked up; the few phrases that share it are compared one by one, longest first.
        self._exact: dict[str, list[tuple[Sequence[str], T]]] = {}
        self._stems: dict[str, list[tuple[Sequence[str], T]]] = {}
        for words, value in entries:
            if words:
                first = words[0]
                index, key = (self._stems, first[:-1]) if first.endswith("*") else (self._exact, first)
                index.setdefault(key, []).append((words, value))
        self._known: dict[str, Sequence[tuple[Sequence[str], T]]] = {}
        lengths = [len(stem) for stem in self._stems]
        self._shortest, self._longest = min(lengths, default=1), max(lengths, default=0)

    def _beginning(self, word: str) -> Sequence[tuple[Sequence[str], T]]:
        """The phrases that a word may begin, the longest first; those that name the word before those with a stem."""
        found = list(self._exact.get(word, ()))
        for cut in range(min(len(word), self._longest), self._shortest - 1, -1):
            found += self._stems.get(word[:cut], ())
        found.sort(key=lambda entry: -len(entry[0]))
        if len(self._known) < _REMEMBERED:
            self._known[word] = found
        return found

    def at(self, lows: Sequence[str], start: int) -> Hit[T] | None:
        """The longest phrase that begins at word `start`."""
        if start >= len(lows):
            return None
        word = lows[start]
        entries = self._known.get(word)
        if entries is None:
            entries = self._beginning(word)
        for words, value in entries:
            end = start + len(words)
            if end <= len(lows) and all(_matches(words[k], lows[start + k]) for k in range(1, len(words))):
                return Hit(start, end, value)
        return None

    def find(self, lows: Sequence[str]) -> Iterator[Hit[T]]:
        """All phrases from left to right, longest first, without overlap."""
        i = 0
        while i < len(lows):
            hit = self.at(lows, i)
            if hit is None:
                i += 1
            else:
                yield hit
                i = hit.end


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
