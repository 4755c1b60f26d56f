"""Who did it: the groups that an incident's sentences claim for it, blame or show at it, weighed against each other."""

from __future__ import annotations

from attrs import frozen

from gtdlike.coding.rules.antecedents import anaphor_before, antecedent, blamed_alone, only_group, speaks_of_rebels
from gtdlike.coding.rules.attackers import code_numbers as code_numbers
from gtdlike.coding.rules.claims import code_claim
from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.individuals import code_individual
from gtdlike.coding.rules.perpetrators import GroupMention
from gtdlike.coding.rules.prose import Prose
from gtdlike.coding.rules.roles import Verdict
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.sheet import Sheet
from gtdlike.coding.rules.subunits import subgroup
from gtdlike.coding.rules.verdicts import verdict
from gtdlike.coding.rules.wordings import wordings

_COLUMNS = ("gname", "gname2", "gname3")
_SUBGROUPS = ("gsubname", "gsubname2", "gsubname3")
_TOGETHER = frozenset("and or , / ( ) [ ] the both either".split())


@frozen(slots=True)
class Blame:
    """A group, what a sentence says it did, and how much that weighs."""

    weight: float
    verdict: Verdict
    scene: Scene
    mention: GroupMention

    told_at: tuple[int, int] | None = None
    """Where the text stands for the group with other words ("the rebels"), as word numbers of the scene."""

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
            weight = v.weight - 0.04 * min(order, 15) - (0.5 if g.generic else 0.0)
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


def _meant(prose: Prose, draft: Draft) -> list[Blame]:
    """Groups that the sentences mean without naming them: "the group also claimed ...", "the rebels attacked ..."."""
    found: list[Blame] = []
    for scene in draft.scenes:
        s = scene.sentence
        for hit in wordings(s, "claim"):
            if hit.value.group != "before" or any(n.start <= hit.start <= n.end for n in wordings(s, "no claim")):
                continue
            anaphor = anaphor_before(s, hit.start)
            group = antecedent(prose, s.index) if anaphor is not None else None
            if anaphor is not None and group is not None and not any(g.last <= hit.start for g in scene.groups):
                found.append(
                    Blame(4.9, Verdict(4.9, "claim", (hit.start, hit.end)), scene, group, (anaphor.start, anaphor.end))
                )
    group = only_group(prose)
    if found or group is None:
        return found
    for telling in draft.tellings:
        for e in telling.events:
            agent = e.agent
            if (
                agent is not None
                and agent.role == "perpetrator"
                and speaks_of_rebels(telling.scene.sentence, agent.first, agent.last)
            ):
                at = (agent.first, agent.last)
                return [Blame(3.0, Verdict(3.0, "agent", at, True), telling.scene, group, at)]
    elsewhere = blamed_alone(prose)
    if elsewhere is None or any(
        wordings(s.sentence, "no claim") for s in draft.scenes if elsewhere.verdict.role == "claim"
    ):
        return []
    mention = elsewhere.mention
    return [Blame(2.8, elsewhere.verdict, elsewhere.scene, mention, (mention.first, mention.last))]


def _perpetrators(prose: Prose, draft: Draft, least: float) -> list[Blame]:
    taken = [b for b in blames(draft) if b.weight >= least]
    specific = [b for b in taken if not b.mention.generic] or [b for b in _meant(prose, draft) if b.weight >= least]
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
    taken = _perpetrators(sheet.prose, draft, least)
    for n, b in enumerate(taken):
        words = b.scene.sentence.words
        named = b.told_at is None
        span = (
            (words[b.told_at[0]].start, words[b.told_at[1] - 1].end) if b.told_at else (b.mention.start, b.mention.end)
        )
        rule = f"group.{b.role}" if named else f"group.{b.role}_meant"
        sheet.put(_COLUMNS[n], b.mention.name, rule, span, inferred=not named or b.role == "attribution")
        part = subgroup(sheet.prose, b.scene, b.mention) if named else None
        if part is not None:
            sheet.put(_SUBGROUPS[n], sheet.prose.text[slice(*part)], "group.part", part)
        uncertain = b.role != "claim" and b.verdict.doubt
        word = b.verdict.word
        why = (words[word[0]].start, words[word[1] - 1].end) if word is not None else span
        rule = "group.suspicion" if uncertain else f"group.{b.role}"
        sheet.put(f"guncertain{n + 1}", int(uncertain), rule, why, inferred=True)
    if not taken:
        sheet.put("gname", "Unknown", "group.unknown")
    claimant = next((b for b in taken if b.role == "claim"), None)
    code_claim(sheet, draft, claimant.scene if claimant else None, claimant.verdict.word if claimant else None)
    code_individual(sheet, draft, organized=any(not b.mention.generic for b in taken))
