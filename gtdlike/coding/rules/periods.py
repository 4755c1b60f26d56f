"""Numbers that count the dead of a year, a campaign or a war, not those of one attack."""

from __future__ import annotations

from functools import cache

from gtdlike.coding.rules.lexicon import Phrases, phrase_words, rows
from gtdlike.coding.rules.numbers import read_number
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.wordlists import wordset

_UNITS = frozenset("year years month months decade decades".split())
_WITHIN = frozenset("in over during within last past".split())
_MOST = 10_000
"""No single attack has killed so many."""
_MANY = 50
"""From so many on, "the fighting has left ... dead" and "this year" tell of more than one attack."""
_REACH = 18


@cache
def _phrases() -> Phrases[str]:
    return Phrases(
        (phrase_words(r["phrase"]), r["class"])
        for r in rows("contexts")
        if r["class"] == "period" and r["phrase"] != "a total of"
    )


def counts_a_period(sentence: Sentence, verb: int, value: int | None) -> bool:
    """Does the number told with the word at `verb` belong to a time, and not to one attack?"""
    if value is not None and value >= _MOST:
        return True
    lows = sentence.lows
    if value == 0:
        return False
    if value is not None and value >= _MANY and wordset("war") & set(lows[max(0, verb - 12) : verb]):
        return True
    if (
        value is not None
        and value >= _MANY
        and any(lows[i : i + 2] in (["this", "year"], ["this", "month"]) for i in range(len(lows)))
    ):
        return True
    near = range(max(0, verb - _REACH), min(len(lows), verb + _REACH))
    for hit in _phrases().find(lows):
        if hit.start in near and not _broken(lows, verb, hit.start):
            return True
    return any(
        _begins(lows, i) and not _broken(lows, verb, i) and not wordset("record") & set(lows[max(0, i - 9) : i])
        for i in near
    )


def _broken(lows: list[str], a: int, b: int) -> bool:
    return any(w in (";", "(", ")", "--") for w in lows[min(a, b) : max(a, b)])


def _begins(lows: list[str], i: int) -> bool:
    """ "In 9 years", "since 1985", "in the last two months", "this 10-year-long war"."""
    word = lows[i]
    if word == "since":
        return any(
            w in wordset("month") or w in wordset("war") or (w.isdigit() and 1900 < int(w) < 2100)
            for w in lows[i + 1 : i + 5]
        ) or lows[i + 1 : i + 4] == ["the", "beginning", "of"]
    if word in _WITHIN:
        at = i + 1
        while at < len(lows) and lows[at] in ("the", "last", "past", "these", "less", "than"):
            at += 1
        read = read_number(lows, at) if at < len(lows) else None
        return (
            read is not None and read[1] is not None and bool(lows[read[0] : read[0] + 1]) and lows[read[0]] in _UNITS
        )
    return word == "far" and lows[i - 1 : i] == ["so"] and lows[i + 1 : i + 2] in (["this"], ["in"])
