"""Lexicons: CSV files of phrases, and the matcher that finds them among the words of a sentence.

A phrase is words; `word*` stands for any word that begins so. Rows that begin with `#` are remarks.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Generic, TypeVar

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


@frozen(slots=True)
class Hit(Generic[T]):
    """A phrase found: words `start` to `end` (exclusive) of the sentence, and what the lexicon says of it."""

    start: int
    end: int
    value: T


@define(slots=True)
class _Node(Generic[T]):
    exact: dict[str, _Node[T]]
    stems: dict[str, _Node[T]]
    shortest: int
    longest: int
    value: T | None


def _node() -> _Node[T]:
    return _Node({}, {}, 99, 0, None)


class Phrases(Generic[T]):
    """A set of phrases with a value each; finds the longest at every word."""

    def __init__(self, entries: Iterable[tuple[Sequence[str], T]]) -> None:
        self._root: _Node[T] = _node()
        for words, value in entries:
            node = self._root
            for word in words:
                if word.endswith("*"):
                    stem = word[:-1]
                    node.shortest = min(node.shortest, len(stem))
                    node.longest = max(node.longest, len(stem))
                    node = node.stems.setdefault(stem, _node())
                else:
                    node = node.exact.setdefault(word, _node())
            if node.value is None:
                node.value = value

    def at(self, lows: Sequence[str], start: int) -> Hit[T] | None:
        """The longest phrase that begins at word `start`."""
        best: Hit[T] | None = None
        nodes = [self._root]
        for i in range(start, len(lows)):
            word = lows[i]
            following: list[_Node[T]] = []
            for node in nodes:
                if (exact := node.exact.get(word)) is not None:
                    following.append(exact)
                if node.stems:
                    for cut in range(min(len(word), node.longest), node.shortest - 1, -1):
                        if (stem := node.stems.get(word[:cut])) is not None:
                            following.append(stem)
            if not following:
                break
            for node in following:
                if node.value is not None:
                    best = Hit(start, i + 1, node.value)
                    break
            nodes = following
        return best

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


def phrase_words(phrase: str) -> list[str]:
    """A lexicon's phrase cut as the prose is cut, with `word*` kept."""
    from gtdlike.coding.rules.prose import WORD, fold

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
