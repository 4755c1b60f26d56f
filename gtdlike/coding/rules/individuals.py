"""Did someone act for no group: a lone attacker, or one who is named while no organization is?"""

from __future__ import annotations

from gtdlike.coding.rules.antecedents import names_organization
from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.lexicon import Hit
from gtdlike.coding.rules.memo import remembered
from gtdlike.coding.rules.perpetrators import find_groups, words_of
from gtdlike.coding.rules.prose import Prose, Sentence
from gtdlike.coding.rules.sheet import Sheet
from gtdlike.coding.rules.wordings import Wording, wordings

_REACH = 8


def code_individual(sheet: Sheet, draft: Draft, *, organized: bool) -> None:
    """individual: 1 where someone acted alone or is named as the attacker, and no organization is behind it."""
    if not organized:
        shown = next(iter(_told(sheet.prose, "alone")), None) or _named(sheet.prose, draft)
        if shown is not None:
            s, hit = shown
            span = (s.words[hit.start].start, s.words[hit.end - 1].end)
            sheet.put("individual", 1, f"individual.{hit.value.name}", span, inferred=True)
    sheet.put("individual", 0, "individual.none_told")


@remembered
def _told(prose: Prose, name: str) -> list[tuple[Sentence, Hit[Wording]]]:
    """The phrases of one class in an article, with their sentences."""
    return [(s, hit) for s in prose.sentences for hit in wordings(s, name)]


def _named(prose: Prose, draft: Draft) -> tuple[Sentence, Hit[Wording]] | None:
    """Someone who has a name claims it, is sentenced or is arrested for it; no organization is so much as named."""
    if prose.capitals or names_organization(prose):
        return None
    places = {s.sentence.index: s.mentions for s in draft.scenes}
    for name in ("claim", "confession", "individual"):
        for s, hit in _told(prose, name):
            taken = {i for m in places.get(s.index, ()) for i in range(m.first, m.last)}
            taken |= {i for g in find_groups(prose, s) for i in range(g.first, g.last)}
            before = _person(s, taken, hit.start - _REACH, hit.start)
            after = name != "claim" and _person(s, taken, hit.end, hit.end + _REACH)
            if (before or after) and (name != "claim" or hit.value.group == "before"):
                return s, hit
    return None


def _person(s: Sentence, taken: set[int], first: int, last: int) -> bool:
    """Do the words hold a person's name: two capitalized words that name no place, body or group?"""
    common = words_of("head") | words_of("state") | words_of("kind") | words_of("no name")
    named = [
        k not in taken and w.capital and w.text[1:].islower() and w.low not in common
        for k, w in enumerate(s.words[: max(0, last)])
    ]  # fmt: skip
    return any(named[k] and named[k + 1] for k in range(max(0, first), len(named) - 1))
