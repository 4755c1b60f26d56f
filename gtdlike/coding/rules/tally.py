"""One number from all that an incident's sentences tell: sums, corrections, details told twice."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import define, field

from gtdlike.coding.rules.casualties import Toll
from gtdlike.coding.rules.fates import Fate
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.wordlists import wordset

Told = tuple[Sentence, Toll]


@define(slots=True)
class Count:
    """The settled number for one fate, and the tolls that it rests on."""

    total: int | None = None
    perpetrators: int | None = None
    us: int | None = None
    because: list[Told] = field(factory=list)
    because_perpetrators: Told | None = None
    because_us: Told | None = None


def _value(toll: Toll, attacks: int) -> Fraction:
    """A toll's number for one attack: what is told for several together is spread over them."""
    return Fraction(toll.value or 0, max(toll.linked or attacks, 1) if toll.shared else 1)


def _whole(value: Fraction) -> int:
    """To the nearest whole number."""
    return int(value + Fraction(1, 2))


def _sum(items: Iterable[Told], attacks: int) -> Fraction:
    """What one sentence tells together. A noun ("the murder of X") often recalls what the verb beside it tells."""
    verbs = nouns = Fraction(0)
    for _, t in items:
        if t.noun:
            nouns += _value(t, attacks)
        else:
            verbs += _value(t, attacks)
    return max(verbs, nouns)


def _recalls(told: list[Told]) -> bool:
    """ "She had written about the massacre of 20 villagers": a noun in a later sentence may be about another attack."""
    return all(t.noun and s.lows[t.verb] in wordset("recalled") for s, t in told)


def _own(told: list[Told], attacks: int) -> list[Told]:
    """Without the numbers told for several attacks together, where this one has numbers of its own."""
    if attacks < 2:
        told = [(s, t) for s, t in told if t.linked != 0]
    for perpetrators in (False, True):
        side = [t for _, t in told if t.perpetrators is perpetrators and t.value and not t.part]
        if any(not t.shared for t in side):
            told = [(s, t) for s, t in told if not t.shared or t.perpetrators is not perpetrators]
    if any(t.value is not None and not t.possessive for _, t in told):
        told = [(s, t) for s, t in told if not t.possessive]
    return told


def settle(told: list[Told], fate: Fate, attacks: int = 1) -> Count:
    """One count from all that an incident's sentences tell.

    Kinds of people told in one sentence add up; what a later sentence tells of the attackers comes on top; a later,
    larger sum takes the place of an earlier one; details of what was summed before do not. A number told for several
    linked attacks together is spread over their number, `attacks`.
    """
    out = Count()
    per_sentence: dict[int, list[Told]] = {}
    for sentence, toll in _own([(s, t) for s, t in told if t.fate == fate and t.value is not None], attacks):
        per_sentence.setdefault(sentence.index, []).append((sentence, toll))
    victims: Fraction | None = None
    attackers: Fraction | None = None
    for items in per_sentence.values():
        mine = [x for x in items if x[1].perpetrators and not x[1].part]
        inside = [x for x in items if x[1].perpetrators and x[1].part]
        theirs = [x for x in items if not x[1].perpetrators and not x[1].part]
        if inside and theirs and not mine and attackers is None:
            # Attackers that the total already holds.
            attackers = _sum(inside, attacks)
            out.because_perpetrators = inside[0]
            victims = max(Fraction(0), _sum(theirs, attacks) - attackers)
            out.because = theirs + inside
            continue
        if mine:
            value = _sum(mine, attacks)
            if attackers is None or any(t.another for _, t in mine):
                attackers = value + (attackers or 0)
                out.because_perpetrators = mine[0]
                out.because = out.because + mine
            elif value > attackers:
                attackers, out.because_perpetrators = value, mine[0]
                out.because = [b for b in out.because if not b[1].perpetrators] + mine
        if theirs:
            stated = [x for x in theirs if x[1].total]
            value = _value(stated[-1][1], attacks) if stated else _sum(theirs, attacks)
            ours = [b for b in out.because if b[1].perpetrators]
            # "One died and at least 8 others were hurt": others than the dead, and among those who are told later.
            others = all(t.another for _, t in out.because if not t.perpetrators)
            if victims is None or stated:
                victims, out.because = value, theirs + ours
            elif all(t.also or (t.another and not others) for _, t in theirs):
                if value == 1 and any(t.general and (t.value or 0) > 1 for _, t in out.because if not t.perpetrators):
                    continue  # "Ten people died. ... The baker was also killed": one of the ten
                victims += value
                out.because = out.because + theirs
            elif value > victims and not (_recalls(theirs) and not all(t.noun for _, t in out.because)):
                victims, out.because = value, theirs + ours
        american = [x for x in theirs if x[1].us]
        if american:
            out.us = max(out.us or 0, _whole(sum((_value(t, attacks) for _, t in american), Fraction(0))))
            out.because_us = out.because_us or american[0]
    if attackers is not None:
        out.perpetrators = _whole(attackers)
    if victims is not None or attackers is not None:
        out.total = _whole((victims or Fraction(0)) + (attackers or Fraction(0)))
    return out
