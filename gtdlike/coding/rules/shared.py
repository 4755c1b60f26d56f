"""Numbers told for several linked attacks together: "across both attacks", "in the three blasts"."""

from __future__ import annotations

from attrs import frozen

from gtdlike.coding.rules.numbers import read_number
from gtdlike.coding.rules.prose import Sentence

_ATTACKS = frozenset("attacks incidents blasts explosions bombings assaults shootings ambushes raids strikes".split())
_ATTACK = frozenset("attack incident blast explosion bombing assault shooting ambush".split())
_FORMER = frozenset("previous earlier other past similar recent more such no".split())


@frozen(slots=True)
class Linked:
    """Words at `at` speak of several attacks; `count` of them, None where another sentence may tell it, 0 where none is known."""

    at: int
    count: int | None


def _told_count(lows: list[str]) -> bool:
    """ "This was one of three attacks": the number is told in the same sentence."""
    return any(lows[i : i + 2] == ["one", "of"] for i in range(len(lows)))


def linked_attacks(sentence: Sentence) -> list[Linked]:
    """Where a sentence speaks of several attacks together."""
    lows = sentence.lows
    found = []
    for i, word in enumerate(lows):
        if word == "across" and lows[i + 1 : i + 2] == ["all"]:
            read = read_number(lows, i + 2) if i + 2 < len(lows) else None
            found.append(Linked(i, read[1] if read else None))
        elif word in ("this", "the") and lows[i + 1 : i + 4] == ["and", "a", "related"]:
            found.append(Linked(i, 2))
        elif word in _ATTACKS:
            lead = lows[max(0, i - 5) : i]
            if _FORMER & set(lead[-3:]):
                continue
            numbers = [read[1] for k in range(max(0, i - 3), i) if (read := read_number(lows, k)) is not None]
            if "both" in lead[-3:] or "twin" in lead[-2:]:
                found.append(Linked(i, 2))
            elif numbers:
                found.append(Linked(i, numbers[-1]))
            elif "across" in lead[-4:]:
                found.append(Linked(i, 0 if not _told_count(lows) else None))
            elif {"the", "all", "'s", "these", "those"} & set(lead[-4:]):
                found.append(Linked(i, None))
    return found


def shared_with(sentence: Sentence, linked: list[Linked], verb: int) -> Linked | None:
    """The linked attacks for which a number told at word `verb` stands, if it does."""
    lows = sentence.lows
    for link in linked:
        between = lows[min(verb, link.at) : max(verb, link.at)]
        single = any(a in ("this", "the", "a") and b in _ATTACK for a, b in zip(between, between[1:], strict=False))
        if not single and len(between) < 22 and not any(w in (";", "when", "that") for w in between):
            return link
    return None
