"""What an article is about, where that settles that its words of war are no war: reports of sport."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from gtdlike.coding.rules.lexicon import rows

_DIFFERENT, _SHARE = 3, 0.02
"""So many different words of sport, and such a share of all words, make a report of sport."""
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


@cache
def _pattern(subject: str) -> re.Pattern[str]:
    words = [row["word"] for row in rows("subjects") if row["class"] == subject]
    return re.compile("|".join(re.escape(word).replace(r"\*", "[a-z-]*") for word in words))


def is_sport(text: str) -> bool:
    """Does the article tell of matches, with no word of somebody who was really hit? One such word, and it is read."""
    words = Counter(_WORD.findall(text.lower()))
    sport, harm = _pattern("sport").fullmatch, _pattern("harm").fullmatch
    found = [word for word in words if sport(word)]
    told = sum(words[word] for word in found)
    return len(found) >= _DIFFERENT and told >= _SHARE * words.total() and not any(map(harm, words))
