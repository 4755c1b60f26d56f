"""The range of a figure as an article gives it: "between 30 and 40", "at least 7", "about 20"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from attrs import frozen

from gtdlike.article import Article
from gtdlike.evidence import Evidence, How
from gtdlike.linking.settings import settings

BEFORE, AFTER = 24, 16
"""How many characters around a piece of evidence may hold the words that belong to its number."""


@frozen
class Range:
    """The least and the greatest number that a text allows; None where it sets no such bound."""

    low: int | None = None
    high: int | None = None


def range_of(value: int, evidence: tuple[Evidence, ...], article: Article) -> Range:
    """The range of a figure by the words around its number; without such words the figure itself is both ends.

    `evidence` is what the coder gives for the figure. There is no range where nothing in the article speaks of it, or
    where it is unknown. "At least 7" has no high end, "up to 7" no low one, "about 7" neither.
    """
    if value < 0 or (evidence and all(e.how is How.DEFAULT for e in evidence)):
        return Range()
    for piece in evidence:
        if piece.start is None or piece.end is None:
            continue
        first = max(0, piece.start - BEFORE)
        text = article.text[first : piece.end + AFTER].casefold()
        for found, start, end in _ranges(text, value):
            if start < piece.end - first and end > piece.start - first:
                return found
    return Range(value, value)


def _ranges(text: str, value: int) -> Iterator[tuple[Range, int, int]]:
    """The ranges of a text, and where the numbers that they belong to begin and end. Two numbers go before one."""
    for pattern in _two_numbers():
        for found in pattern.finditer(text):
            low, high = _number(found["low"]), _number(found["high"])
            if low < high:
                yield Range(low, high), found.start("low"), found.end("high")
    for kind, pattern in _patterns():
        for found in pattern.finditer(text):
            bounds = {"at_least": Range(value, None), "at_most": Range(None, value), "about": Range()}
            yield bounds[kind], found.start("number"), found.end("number")


@cache
def _numeral() -> str:
    words = "|".join(sorted(settings().number_words, key=len, reverse=True))
    return rf"\d+(?:,\d{{3}})*|(?:{words})"


@cache
def _two_numbers() -> tuple[re.Pattern[str], ...]:
    """Two numbers that are the ends of a range: "30 to 40", "30-40", "between 30 and 40"."""
    low, high = rf"(?P<low>\b(?:{_numeral()}))", rf"(?P<high>(?:{_numeral()})\b)"
    return re.compile(rf"{low}(?: to | or | ?[-\u2013] ?){high}"), re.compile(rf"\bbetween {low} and {high}")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    number = rf"(?P<number>\b(?:{_numeral()})\b)"
    made = []
    for kind, phrases in settings().ranges.items():
        before = "|".join(re.escape(p.removeprefix("... ")) for p in phrases if not p.startswith("... "))
        after = "|".join(re.escape(p.removeprefix("... ")) for p in phrases if p.startswith("... "))
        if before:
            made.append((kind, re.compile(rf"\b(?:{before}) {number}")))
        if after:
            made.append((kind, re.compile(rf"{number} (?:{after})\b")))
    return tuple(made)


def _number(text: str) -> int:
    return int(text.replace(",", "")) if text[0].isdigit() else settings().number_words[text]
