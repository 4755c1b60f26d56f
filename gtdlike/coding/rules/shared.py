"""Numbers told for several linked attacks together: "across both attacks", "in the three blasts"."""

from __future__ import annotations

from itertools import pairwise

from attrs import frozen

from gtdlike.coding.rules.numbers import read_number
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.wordlists import wordset

_DEFINITE = frozenset("across the all 's these those".split())


@frozen(slots=True)
class Linked:
    """Words at `at` speak of several attacks; `count` of them.

    The count is None where it is not told, and 0 where the text says that the number is that of all of them
    ("across the attacks"), so that it is no use for one of them without a count.
    """

    at: int
    count: int | None


def linked_attacks(sentence: Sentence) -> list[Linked]:
    """Where a sentence speaks of several attacks together."""
    lows = sentence.lows
    found = []
    for i, word in enumerate(lows):
        if word == "across" and lows[i + 1 : i + 2] == ["all"]:
            read = read_number(lows, i + 2) if i + 2 < len(lows) else None
            found.append(Linked(i, read[1] if read else None))
        elif word == "across" and lows[i + 1 : i + 2] == ["which"]:
            found.append(Linked(i, None))
        elif word in ("this", "the") and lows[i + 1 : i + 4] == ["and", "a", "related"]:
            found.append(Linked(i, 2))
        elif word in wordset("attacks"):
            lead = lows[max(0, i - 5) : i]
            if wordset("former") & set(lead[-3:]):
                continue
            numbers = [read[1] for k in range(max(0, i - 3), i) if (read := read_number(lows, k)) is not None]
            if "both" in lead[-3:] or "twin" in lead[-2:]:
                found.append(Linked(i, 2))
            elif numbers and _DEFINITE & set(lead[-4:]):
                found.append(Linked(i, numbers[-1]))
            elif "across" in lead[-4:]:
                found.append(Linked(i, 0))
            elif not numbers and _DEFINITE & set(lead[-4:]):
                found.append(Linked(i, None))
    return found


def shared_with(sentence: Sentence, linked: list[Linked], verb: int) -> Linked | None:
    """The linked attacks for which a number told at word `verb` stands, if it does."""
    lows = sentence.lows
    for link in linked:
        between = lows[min(verb, link.at) : max(verb, link.at)]
        single = any(a in ("this", "the", "a") and b in wordset("attack") for a, b in pairwise(between))
        if not single and len(between) < 22 and not any(w in (";", "when", "that") for w in between):
            return link
    return None
