"""Who did it: the groups that an incident's sentences claim for it, blame or show at it, weighed against each other."""

from __future__ import annotations

from attrs import frozen

from gtdlike.coding.rules.attackers import code_individual
from gtdlike.coding.rules.attackers import code_numbers as code_numbers
from gtdlike.coding.rules.claims import code_claim
from gtdlike.coding.rules.events import Draft
from gtdlike.coding.rules.perpetrators import GroupMention
from gtdlike.coding.rules.roles import Verdict, verdict
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.sheet import Sheet

_COLUMNS = ("gname", "gname2", "gname3")
_TOGETHER = frozenset("and or , / ( ) [ ] the both either".split())


@frozen(slots=True)
class Blame:
    """A group, what a sentence says it did, and how much that weighs."""

    weight: float
    verdict: Verdict
    scene: Scene
    mention: GroupMention

    @property
    def role(self) -> str:
        """What the sentence says of the group."""
        return self.verdict.role


def blames(draft: Draft) -> list[Blame]:
    """The groups of a draft, the most blamed first."""
    told = {id(t.scene) for t in draft.tellings}
    best: dict[str, Blame] = {}
    denied: set[str] = set()
    for order, scene in enumerate(draft.scenes):
        for g in scene.groups:
            v = verdict(scene, g, id(scene) in told)
            if v.role == "denial":
                denied.add(g.name)
            weight = v.weight - 0.04 * min(order, 15) - (0.7 if g.generic else 0.0)
            if v.weight and (g.name not in best or weight > best[g.name].weight):
                best[g.name] = Blame(weight, v, scene, g)
    for name in denied & set(best):
        # Who denies it is not the perpetrator by suspicion alone.
        b = best[name]
        if b.role != "claim":
            best[name] = Blame(
                b.weight - 1.6, Verdict(b.verdict.weight, b.verdict.role, b.verdict.word, True), b.scene, b.mention
            )
    return sorted(best.values(), key=lambda b: (-b.weight, b.scene.sentence.index, b.mention.first))


def _perpetrators(draft: Draft, least: float) -> list[Blame]:
    taken = [b for b in blames(draft) if b.weight >= least]
    specific = [b for b in taken if not b.mention.generic]
    taken = specific or taken
    if not taken:
        return []
    top = taken[0]
    if top.role == "claim":
        return [b for b in taken if b.role == "claim"][:3]
    return [b for b in taken if b is top or _named_together(top, b)][:3]


def _named_together(a: Blame, b: Blame) -> bool:
    """ "... blamed on this group and that one"."""
    if a.scene is not b.scene or a.role != b.role:
        return False
    first, second = sorted((a.mention, b.mention), key=lambda m: m.first)
    between = a.scene.sentence.lows[first.last : second.first]
    return len(between) <= 6 and bool({"and", "or"} & set(between)) and set(between) <= _TOGETHER


def code_perpetrators(sheet: Sheet, draft: Draft, least: float) -> None:
    """gname, guncertain, claimed, claimmode, individual. `least` is the weight from which a group counts as named."""
    taken = _perpetrators(draft, least)
    for n, b in enumerate(taken):
        span = (b.mention.start, b.mention.end)
        sheet.put(_COLUMNS[n], b.mention.name, f"group.{b.role}", span, inferred=b.role == "attribution")
        uncertain = b.role != "claim" and b.verdict.doubt
        word = b.verdict.word
        words = b.scene.sentence.words
        why = (words[word[0]].start, words[word[1] - 1].end) if word is not None else span
        rule = "group.suspicion" if uncertain else f"group.{b.role}"
        sheet.put(f"guncertain{n + 1}", int(uncertain), rule, why, inferred=True)
    if not taken:
        sheet.put("gname", "Unknown", "group.unknown")
    claimant = next((b for b in taken if b.role == "claim"), None)
    code_claim(sheet, draft, claimant.scene if claimant else None, claimant.verdict.word if claimant else None)
    code_individual(sheet, draft, organized=any(not b.mention.generic for b in taken))
