"""How much of an article's words a release quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

SHORT: Final = 60
"""A short quote has so many characters at the most, its ellipsis included."""
RUN: Final = 8
"""So many words in a row that an article has too are a quote; fewer are a name or a fact."""
ELLIPSIS: Final = "…"
_WORD: Final = re.compile(r"\w+")


class Quotes(StrEnum):
    """How evidence quotes the articles. Offsets and digests are there in any case."""

    FULL = "full"
    SHORT = "short"
    """Whole words from the beginning of the quote, and an ellipsis."""
    NONE = "none"
    """No quotes, and no cell of a table with eight or more words in a row of an article."""

    @classmethod
    def _missing_(cls, value: object) -> Quotes:
        raise ValueError(f"quotes={value!r}: give {', '.join(one.value for one in cls)}.")

    def of(self, quote: str | None) -> str | None:
        """As much of a quote as is published."""
        if quote is None or self is Quotes.NONE:
            return None
        return shortened(quote) if self is Quotes.SHORT else quote


def shortened(quote: str) -> str:
    """The quote if it is short, else the whole words that there is room for and an ellipsis."""
    if len(quote) <= SHORT:
        return quote
    room = quote[:SHORT]  # a word may end where the room does
    cut = max((match.start() for match in re.finditer(r"\s", room)), default=SHORT - 1)
    return quote[: min(cut, SHORT - 1)].rstrip() + ELLIPSIS


def words_of(text: str) -> str:
    """The words of a text in lower case, one space around each: what `unquoted` compares with."""
    return f" {' '.join(_WORD.findall(text)).casefold()} "


def unquoted(text: str, articles: Sequence[str]) -> str:
    """The text without longer quotes from articles: of each, fewer words than `RUN` are left, and an ellipsis.

    `articles` are as `words_of` gives them.
    """
    while True:
        found = list(_WORD.finditer(text))
        words = [match.group().casefold() for match in found]
        first = next((n for n in range(len(words) - RUN + 1) if _quoted(words[n : n + RUN], articles)), None)
        if first is None:
            return text
        last = first + RUN
        while last < len(words) and _quoted(words[last - RUN + 1 : last + 1], articles):
            last += 1
        text = text[: found[first + RUN - 2].end()] + ELLIPSIS + text[found[last - 1].end() :]


def _quoted(words: Sequence[str], articles: Sequence[str]) -> bool:
    run = f" {' '.join(words)} "
    return any(run in article for article in articles)
