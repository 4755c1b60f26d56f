"""Numbers of people, as news writes them: digits and words, "at least", "dozens", "up to", ranges."""

from __future__ import annotations

from functools import cache

from attrs import frozen

from gtdlike.coding.rules.lexicon import column
from gtdlike.coding.rules.memo import remembered
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.wordlists import wordset

_UNITS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}


@cache
def _leads() -> dict[int, frozenset[tuple[str, ...]]]:
    """What may lead to a number ("at least"), by the number of words, the longest first."""
    leads = {tuple(p.split()) for p in column("number_leads", "phrase")}
    return {n: frozenset(p for p in leads if len(p) == n) for n in sorted({len(p) for p in leads}, reverse=True)}


def number_lead(lows: list[str], i: int) -> bool:
    """Do words that lead to a number begin here ("at least")?"""
    return any(tuple(lows[i : i + n]) in leads for n, leads in _leads().items())


@frozen(slots=True)
class Number:
    """A number of people or things: words `start` to `end`; `value` is None where none is told ("dozens").

    `another` marks what comes on top of a number told before ("another 35", "five others").
    """

    start: int
    end: int
    value: int | None
    another: bool = False


def _digits(text: str) -> int | None:
    plain = text.replace(",", "")
    if not plain.isdigit() or len(plain) > 7 or (len(plain) > 1 and plain[0] == "0"):
        return None
    if "," in text and not all(len(part) == 3 for part in text.split(",")[1:]):
        return None
    return int(plain)


def read_number(lows: list[str], i: int) -> tuple[int, int | None] | None:
    """The number that begins at word `i`: where it ends, and its value (None for "dozens")."""
    word = lows[i]
    if word[:1].isdigit():
        value = _digits(word)
        if value is None:
            return None
        if i + 1 < len(lows) and lows[i + 1] in _SCALES:
            return i + 2, value * _SCALES[lows[i + 1]]
        return i + 1, value
    if word in ("a", "an") and i + 1 < len(lows):
        if lows[i + 1] == "dozen":
            return i + 2, 12
        if lows[i + 1] in ("hundred", "thousand"):
            return i + 2, _SCALES[lows[i + 1]]
        if lows[i + 1] == "couple":
            return i + 2, 2
        if lows[i + 2 : i + 4] == ["number", "of"] and lows[i + 1] in wordset("uncounted"):
            return i + 4, None
        return None
    total, part, j, seen = 0, 0, i, False
    while j < len(lows):
        word = lows[j]
        if word in _UNITS:
            if seen and not (part % 100 >= 20 and part % 10 == 0) and not (part and part % 100 == 0):
                break
            part += _UNITS[word]
        elif word in _TENS:
            if part % 100:
                break
            part += _TENS[word]
        elif word in _SCALES and seen:
            part = max(part, 1) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, part = total + part, 0
        elif word == "dozen" and seen:
            return j + 1, part * 12
        elif not (
            word == "and" and seen and lows[j - 1] in _SCALES and j + 1 < len(lows) and lows[j + 1] in _UNITS | _TENS
        ):
            break
        seen = True
        j += 1
    if seen:
        return j, total + part
    if word in wordset("vague"):
        return i + 1, None
    return None


@cache
def _first_words() -> frozenset[str]:
    """The words that begin a number; others are passed over."""
    return frozenset((*_UNITS, *_TENS, "a", "an")) | wordset("vague")


@remembered
def numbers(sentence: Sentence) -> list[Number]:
    """All numbers of a sentence that may count people: no dates, ages, times or measures."""
    lows = sentence.lows
    found: list[Number] = []
    first_words, free = _first_words(), 0
    for start, word in enumerate(lows):
        if start < free or not (word in first_words or word[0].isdigit()):
            continue
        read = read_number(lows, start)
        if read is None:
            continue
        end, value = read
        free = end
        nxt = lows[end] if end < len(lows) else ""
        before = lows[start - 1] if start else ""
        if (
            before == ","
            and nxt in (",", ";", "and")
            and start > 1
            and sentence.words[start - 2].capital
            and value is not None
            and 9 < value < 100
        ):
            continue  # "Ana Diaz, 42, ..."
        if nxt == "-" and lows[end + 1 : end + 2] and lows[end + 1] in wordset("measure"):
            continue
        if (
            nxt in wordset("measure")
            or nxt in wordset("month")
            or nxt in ("%", "per", "st", "nd", "rd", "th")
            or before in wordset("month")
            or before in ("$", "age", "aged")
        ):
            continue
        joint = nxt in ("to", "or", "-", "–") or (nxt == "and" and "between" in lows[max(0, start - 2) : start])
        if joint and end + 1 < len(lows):  # "10 to 15", "between 10 and 15": the lower one is sure
            upper = read_number(lows, end + 1)
            if upper is not None and upper[1] is not None and value is not None and upper[1] > value:
                free = end = upper[0]
        if before == "of" and lows[start - 2] in wordset("parent"):
            continue  # "a father of three"
        another = before in ("another", "further", "additional") or (
            end < len(lows) and lows[end] in ("other", "others", "more")
        )
        for _ in range(2):  # "at least an additional twenty"
            start -= next((n for n, p in _leads().items() if tuple(lows[max(0, start - n) : start]) in p), 0)
        found.append(Number(start, end, value, another))
    return found
