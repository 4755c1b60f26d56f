"""What an article is about, where that settles that its words of war are no war: reports of sport."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache

from gtdlike.coding.rules.lexicon import rows

_DIFFERENT, _SHARE = 3, 0.02
"""So many different words of sport, and such a share of all words, make a report of sport."""
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


@cache
def _words_of(subject: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of a subject, and what further words of it begin with."""
    listed = [row["word"] for row in rows("subjects") if row["class"] == subject]
    return frozenset(listed), tuple(word.removesuffix("*") for word in listed if word.endswith("*"))


def _of(subject: str, words: Set[str]) -> set[str]:
    """Those of some words that belong to a subject."""
    whole, begun = _words_of(subject)
    return {*(whole & words), *(word for word in words if word.startswith(begun))}


def is_sport(text: str) -> bool:
    """Does the article tell of matches, with no word of somebody who was really hit? One such word, and it is read."""
    words = _WORD.findall(text.lower())
    different = frozenset(words)
    sport = _of("sport", different)
    if len(sport) < _DIFFERENT or _of("harm", different):
        return False
    return sum(word in sport for word in words) >= _SHARE * len(words)
