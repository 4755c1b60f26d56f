"""The word lists of the casualty rules: `lexicon/casualty_words.csv`, by class."""

from __future__ import annotations

from functools import cache

from gtdlike.coding.rules.lexicon import rows


@cache
def wordset(kind: str) -> frozenset[str]:
    """The words of a class."""
    return frozenset(row["word"] for row in rows("casualty_words") if row["class"] == kind)
