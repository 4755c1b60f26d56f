"""The verdict of a sentence on a group: claimed it, seen at it, blamed or suspected, denied it, or none of these."""

from __future__ import annotations

from gtdlike.coding.rules.claimants import claim_of
from gtdlike.coding.rules.lexicon import Hit
from gtdlike.coding.rules.perpetrators import GroupMention, words_of
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.roles import Verdict, agent_after, agent_before, is_victim
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.wordings import Wording, beside, is_related, wordings


def _blamed(s: Sentence, g: GroupMention) -> Hit[Wording] | None:
    hit = beside(s, g, "attribution")
    if (
        hit is None
        or {"if", "whether"} & set(s.lows[max(0, hit.start - 8) : hit.start])
        or "not" in s.lows[max(0, hit.start - 2) : hit.start]
    ):
        return None
    return hit


def _suspected(s: Sentence, g: GroupMention) -> Hit[Wording] | None:
    """Someone suspects the group; "the suspected members of the group" tells nothing of what they did."""
    hit = beside(s, g, "suspicion")
    if hit is None or (g.noun_phrase < hit.start and hit.value.reach <= 3):
        return None
    before = s.lows[hit.start - 1] if hit.start else ""
    return None if before in words_of("preposition") or before in ("of", "by", "a", "an", "the", "") else hit


def verdict(scene: Scene, g: GroupMention, told: bool) -> Verdict:
    """What the sentence says of the group. `told`: the sentence tells of the attack itself."""
    s = scene.sentence
    denial = beside(s, g, "denial")
    blamed = _blamed(s, g)
    if denial is not None:
        # Blamed by others and denied by itself: still the one that is named, and uncertain.
        if blamed is not None and blamed.start < g.first <= denial.start:
            return Verdict(2.9, "attribution", (blamed.start, blamed.end), True)
        return Verdict(0.0, "denial", (denial.start, denial.end))
    others = [o for o in scene.groups if o.last <= g.first and o.name != g.name]
    related = is_related(s, g) or bool(others and beside(s, g, "part") is not None)
    claim = None if related and others else claim_of(scene, g)
    if claim is not None:
        return claim
    if related:
        return Verdict(0.0, "relation")
    events = scene.events
    doubt = bool(wordings(s, "doubt"))
    if told and agent_after(s, g, events):
        return Verdict(5.0, "agent", doubt=doubt)
    if blamed is not None:
        return Verdict(4.4, "attribution", (blamed.start, blamed.end), doubt)
    if is_victim(s, g, events):
        return Verdict(0.0, "victim")
    if told and (weight := agent_before(s, g, events)):
        return Verdict(weight, "agent", doubt=doubt)
    did = beside(s, g, "did")
    if did is not None and _active(s, g, did):
        return Verdict(4.0, "agent", (did.start, did.end), doubt)
    if beside(s, g, "background") is not None:
        return Verdict(0.0, "plain")
    suspected = _suspected(s, g)
    if suspected is not None:
        return Verdict(3.2, "attribution", (suspected.start, suspected.end), True)
    if told and g.member:
        return Verdict(2.6, "agent", doubt=True)
    return Verdict(1.2 if told else 0.8, "plain")


def _active(s: Sentence, g: GroupMention, did: Hit[Wording]) -> bool:
    """The group is the subject of the verb: "carried out" has an object, and nobody else speaks in between."""
    lows = s.lows
    between = lows[g.last : did.start]
    after = lows[did.end] if did.end < len(lows) else "."
    return not (words_of("barrier") | words_of("be") - {"be"}) & set(between) and after not in words_of("no object")
