"""The word lists of the casualty rules: `lexicon/casualty_words.csv`, by class."""

from __future__ import annotations

from functools import cache

from gtdlike.coding.rules.lexicon import words


@cache
def wordset(kind: str) -> frozenset[str]:
    """The words of a class."""
    return words("casualty_words", kind)
