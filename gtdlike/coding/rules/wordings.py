"""The phrases of `lexicon/blame.csv` in a sentence, and what they say of a group that stands beside them."""

from __future__ import annotations

from functools import cache

from attrs import frozen

from gtdlike.coding.rules.lexicon import Hit, Phrases, phrase_words, rows
from gtdlike.coding.rules.memo import remembered
from gtdlike.coding.rules.perpetrators import GroupMention
from gtdlike.coding.rules.prose import Sentence


@frozen(slots=True)
class Wording:
    """A phrase of `lexicon/blame.csv`: where the group stands beside it, how far off, and what must lie between."""

    name: str
    group: str
    reach: int
    needs: str


@cache
def _phrases(name: str) -> Phrases[Wording]:
    return Phrases(
        (phrase_words(r["phrase"]), Wording(name, r["group"], int(r["reach"] or 0), r["needs"]))
        for r in rows("blame")
        if r["class"] == name
    )


@remembered
def wordings(sentence: Sentence, name: str) -> tuple[Hit[Wording], ...]:
    """The phrases of one class in a sentence."""
    return tuple(_phrases(name).find(sentence.lows))


def beside(s: Sentence, g: GroupMention, name: str) -> Hit[Wording] | None:
    """The phrase of a class that stands beside the group as the lexicon says."""
    lows = s.lows
    for hit in wordings(s, name):
        w = hit.value
        reach = w.reach + (8 if lows[g.last : g.last + 1] == [","] and name == "did" else 0)
        ahead = w.group in ("before", "any") and g.last <= hit.start <= g.last + reach
        if ahead and ";" not in lows[g.last : hit.start]:
            return hit
        if w.group in ("after", "any") and hit.end <= g.first <= hit.end + w.reach:
            between = lows[hit.end - 1 : g.first]
            if (not w.needs or w.needs in between) and ";" not in between:
                return hit
    return None


def is_related(s: Sentence, g: GroupMention) -> bool:
    """The group is only what another one, or a lone attacker, is said to be near to."""
    return g.inspired or beside(s, g, "relation") is not None
