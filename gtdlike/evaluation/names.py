"""Names made comparable: case, accents, articles and possessives tell no two names apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from gtdlike.evaluation.settings import settings

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'"})
_SHORTEST_ACRONYM = 3


@lru_cache(maxsize=100_000)
def words(name: str) -> tuple[str, ...]:
    """The words of a name that tell it apart."""
    bare = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    found = _WORD.findall("".join(c for c in bare if not unicodedata.combining(c)))
    return tuple(word for word in found if word not in settings().stop_words)


def same_text(a: str, b: str) -> bool:
    """The same words in the same order."""
    return words(a) == words(b)


@lru_cache(maxsize=200_000)
def same_name(a: str, b: str) -> bool:
    """One name stands whole within the other. A name without any word, such as "-", is like its own spelling only."""
    ours, theirs = words(a), words(b)
    if not ours or not theirs:
        return a == b
    return _within(ours, theirs) or _within(theirs, ours)


@lru_cache(maxsize=200_000)
def same_group(a: str, b: str) -> bool:
    """The same name of a group, or the initials of the other one: "FARC" is like the name that it is short for."""
    return same_name(a, b) or _initials(a) in words(b) or _initials(b) in words(a)


def _initials(name: str) -> str | None:
    letters = "".join(word[0] for word in words(name))
    return letters if len(letters) >= _SHORTEST_ACRONYM else None


def _within(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    length = len(few)
    return any(many[start : start + length] == few for start in range(len(many) - length + 1))
