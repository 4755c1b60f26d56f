"""One number from all that an incident's sentences tell: sums, corrections, details told twice."""

from __future__ import annotations

from attrs import define, field

from gtdlike.coding.rules.casualties import Toll
from gtdlike.coding.rules.fates import Fate
from gtdlike.coding.rules.prose import Sentence


@define(slots=True)
class Count:
    """The settled number for one fate, and the tolls that it rests on."""

    total: int | None = None
    perpetrators: int | None = None
    us: int | None = None
    because: list[tuple[Sentence, Toll]] = field(factory=list)
    because_perpetrators: tuple[Sentence, Toll] | None = None
    because_us: tuple[Sentence, Toll] | None = None


def _sum(items: list[tuple[Sentence, Toll]]) -> int:
    """What one sentence tells together. A noun ("the murder of X") often recalls what the verb beside it tells."""
    verbs, nouns = (sum(t.value or 0 for _, t in items if t.noun is noun) for noun in (False, True))
    return max(verbs, nouns)


def settle(told: list[tuple[Sentence, Toll]], fate: Fate, attacks: int = 1) -> Count:
    """One count from all that an incident's sentences tell.

    Kinds of people told in one sentence add up; what a later sentence tells of the attackers comes on top; a later,
    larger sum takes the place of an earlier one; details of what was summed before do not. A number told for several
    linked attacks together is spread over their number, `attacks`.
    """
    out = Count()
    per_sentence: dict[int, list[tuple[Sentence, Toll]]] = {}
    for sentence, toll in told:
        if toll.fate == fate:
            per_sentence.setdefault(sentence.index, []).append((sentence, toll))
    victims: int | None = None
    for items in per_sentence.values():
        known = [(s, t) for s, t in items if t.value is not None]
        mine = [(s, t) for s, t in known if t.perpetrators and not t.part]
        inside = [(s, t) for s, t in known if t.perpetrators and t.part]
        theirs = [(s, t) for s, t in known if not t.perpetrators and not t.part]
        if inside and theirs and out.perpetrators is None:
            # Attackers that the total already holds.
            out.perpetrators = sum(t.value or 0 for _, t in inside)
            out.because_perpetrators = inside[0]
            theirs_value = sum(t.value or 0 for _, t in theirs)
            victims = max(0, theirs_value - out.perpetrators)
            out.because = theirs + inside
            continue
        if mine and (out.perpetrators is None or any(t.another for _, t in mine)):
            value = sum(t.value or 0 for _, t in mine)
            out.perpetrators = value + (out.perpetrators or 0)
            out.because_perpetrators = mine[0]
            out.because += mine
        if theirs:
            stated = [(s, t) for s, t in theirs if t.total]
            value = (stated[-1][1].value or 0) if stated else _sum(theirs)
            if attacks > 1 and any(t.shared for _, t in theirs):
                value //= attacks
            if victims is None or stated:
                victims, out.because = value, theirs + [b for b in out.because if b[1].perpetrators]
            elif all(t.another for _, t in theirs):
                victims += value
                out.because += theirs
            elif value > victims:
                victims, out.because = value, theirs + [b for b in out.because if b[1].perpetrators]
        american = sum(t.value or 0 for _, t in theirs if t.us)
        if american:
            out.us = max(out.us or 0, american)
            out.because_us = out.because_us or next(b for b in theirs if b[1].us)
    if victims is not None or out.perpetrators is not None:
        out.total = (victims or 0) + (out.perpetrators or 0)
    return out
