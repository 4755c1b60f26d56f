"""Which group an article means by "the group" or "the rebels": the one named last, or the only one that it names."""

from __future__ import annotations

from functools import lru_cache

from gtdlike.coding.rules.lexicon import Hit
from gtdlike.coding.rules.perpetrators import GroupMention, find_groups
from gtdlike.coding.rules.prose import Prose, Sentence
from gtdlike.coding.rules.roles import Wording, is_related, wordings

_NEAR = 3
_SPECIES = frozenset(
    "rebels rebel guerrillas guerrilla guerillas guerrila insurgents insurgent militants militant group organization organisation "
    "subversives terrorists extremists fighters jihadists islamists movement kidnappers captors separatists".split()
)


@lru_cache(maxsize=32)
def _named(prose: Prose) -> tuple[tuple[int, GroupMention], ...]:
    """The organizations that the article names as actors, each with the number of its sentence."""
    found: list[tuple[int, GroupMention]] = []
    for s in prose.sentences:
        found += [(s.index, g) for g in find_groups(prose, s) if not g.generic and not is_related(s, g)]
    return tuple(found)


def antecedent(prose: Prose, index: int) -> GroupMention | None:
    """The organization that the sentences before number `index` named last."""
    earlier = [g for i, g in _named(prose) if index - _NEAR <= i < index]
    return earlier[-1] if earlier else None


def only_group(prose: Prose) -> GroupMention | None:
    """The one organization that the article names, if it names no other."""
    named = _named(prose)
    return named[0][1] if named and len({g.name for _, g in named}) == 1 else None


def anaphor_before(sentence: Sentence, at: int, reach: int = 4) -> Hit[Wording] | None:
    """ "The group", "it": what stands for a group as the subject of the verb at word `at`."""
    return next((h for h in reversed(wordings(sentence, "anaphor")) if 0 <= at - h.end <= reach), None)


def speaks_of_rebels(sentence: Sentence, first: int, last: int) -> bool:
    """Do the words name attackers by what they are in a conflict, as one does who has named the group before?"""
    return bool(_SPECIES & set(sentence.lows[first:last]))
