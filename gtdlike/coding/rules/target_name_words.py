"""Words that may be a person's name, in mixed case and in texts that are all in capitals."""

from __future__ import annotations

from functools import cache

from gtdlike.coding.rules.lexicon import phrases, rows
from gtdlike.coding.rules.memo import remembered
from gtdlike.coding.rules.prose import Sentence, in_capitals
from gtdlike.coding.rules.target_phrases import ends

_PARTICLES = frozenset("de del la las los da dos bin ibn bint al el abu van von der di le y e ul ur".split())


@cache
def ordinary() -> frozenset[str]:
    """Words that are no names, for texts in capitals."""
    return (
        frozenset(row["word"] for row in rows("english_words"))
        | frozenset(ends())
        | frozenset(row["word"] for row in rows("common_words"))
    )


@remembered
def upper_case(sentence: Sentence) -> bool:
    """The sentence is in capitals, so that case tells nothing of names."""
    return in_capitals(" ".join(sentence.texts))


def _lexical(sentence: Sentence, i: int) -> bool:
    """A word that some lexicon knows as something else than a name."""
    lows = sentence.lows
    return any(phrases(name).at(lows, i) is not None for name in ("targets", "triggers", "weapons"))


def is_name_word(sentence: Sentence, i: int, upper: bool) -> bool:
    """May word `i` be part of a person's name?"""
    word = sentence.words[i]
    if not word.capital or not word.text[:1].isalpha() or word.low in ends() or word.low in ordinary():
        return False
    if not upper:
        return True
    return not word.low.endswith(("ed", "ing", "ly", "tion", "ment")) and not _lexical(sentence, i)


def name_at(sentence: Sentence, start: int, upper: bool, most: int = 5) -> int | None:
    """Where the name ends that begins at word `start`."""
    words = sentence.words
    i = start
    while i < len(words) and i - start < most:
        if (
            is_name_word(sentence, i, upper)
            or (
                (i > start or words[i].low in ("al", "el"))
                and words[i].low in _PARTICLES
                and i + 1 < len(words)
                and is_name_word(sentence, i + 1, upper)
            )
            or (
                i > start
                and words[i].text in ("-", ".")
                and i + 1 < len(words)
                and words[i + 1].capital
                and not words[i + 1].after_space
            )
        ):
            i += 1
        else:
            break
    return i if i > start else None


def name_before(sentence: Sentence, end: int, upper: bool, most: int = 5) -> int | None:
    """Where the name begins that ends before word `end`."""
    i = end
    while i > 0 and end - i < most:
        if is_name_word(sentence, i - 1, upper) or (
            i < end and i > 1 and sentence.lows[i - 1] in _PARTICLES and is_name_word(sentence, i - 2, upper)
        ):
            i -= 1
        else:
            break
    return i if i < end else None
