"""The language of a text. English is known by its function words, without loading the model for all languages."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import Final

SAMPLE: Final = 4000
"""How many characters of a text are looked at: more change nothing, and cost time."""

# Of running English about a quarter of the words is in the list; of any other language next to none. A text of few
# words, or between the two, is left to the model.
_ENOUGH_WORDS: Final = 20
_ENGLISH_SHARE: Final = 0.15

# The model takes headlines and short sentences for languages in which there is next to no news. By so little (as a
# natural logarithm of probabilities) no sentence of another language of news was more probable than as English.
_NEARLY: Final = 7.0

_WORD: Final = re.compile(r"[^\W\d_]+")


@cache
def _function_words() -> frozenset[str]:
    text = (files("gtdlike.coding") / "lexicon" / "english_words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(row["word"] for row in rows)


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language that a text is most probably in; "und" where it holds no words at all."""
    # Lower case: of a text in capitals the model sees too little.
    sample = text[:SAMPLE].lower()
    words = _WORD.findall(sample)
    if not words:
        return "und"
    known = _function_words()
    if len(words) >= _ENOUGH_WORDS and sum(word in known for word in words) >= _ENGLISH_SHARE * len(words):
        return "en"
    # Takes most of a second to load, and only texts that may not be English need it.
    import py3langid

    found = dict(py3langid.rank(sample))
    best = max(found, key=found.__getitem__)
    return "en" if found[best] - found["en"] < _NEARLY else str(best)
