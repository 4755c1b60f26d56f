"""Who did it: claims, attributions and what the group was seen to do; how many they were; who claimed it and how."""

from __future__ import annotations

from attrs import frozen

from gtdlike.coding.rules.events import Draft
from gtdlike.coding.rules.numbers import numbers
from gtdlike.coding.rules.people import count_head
from gtdlike.coding.rules.perpetrators import GroupMention
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.sheet import Sheet, Span

_MODES = {
    "letter": 1, "note": 5, "leaflet": 5, "leaflets": 5, "pamphlet": 5, "pamphlets": 5, "call": 2, "telephone": 2, "phone": 2, "called": 2, "email": 4,
    "video": 6, "videotape": 6, "website": 7, "online": 7, "twitter": 7, "telegram": 7, "blog": 7, "internet": 7, "amaq": 7, "aamaq": 7, "communique": 9, "statement": 9,
}  # fmt: skip
_STATE_RESPONSE = frozenset("killed arrested captured detained raided".split())


@frozen(slots=True)
class Blame:
    """A group, what the sentence says it did, and how much that weighs."""

    weight: float
    role: str
    scene: Scene
    mention: GroupMention


def _role(scene: Scene, g: GroupMention, event_scene: bool) -> tuple[float, str]:
    lows = scene.sentence.lows
    claim, attribution, denial = scene.has("claim"), scene.has("attribution"), scene.has("denial")
    if denial is not None and g.last <= denial.start and denial.start - g.last <= 8:
        return 0.0, "denial"
    if claim is not None and scene.has("no claim") is None:
        by = "by" in lows[claim.start : claim.end + 1]
        if (g.last <= claim.start and not by and claim.start - g.last <= 14) or (g.first >= claim.end - 1 and g.first - claim.end <= 8 and "by" in lows[claim.start : g.first]):
            return 6.0, "claim"
        if g.first < claim.start and not by:
            return 4.5, "claim"
        if event_scene or by:
            return 3.0, "claim"
    if attribution is not None:
        near = g.first - attribution.end
        before = attribution.start - g.last
        if attribution.value["phrase"] in ("was behind", "were behind", "behind the", "responsible for", "was responsible", "were responsible"):
            return (4.2, "attribution") if 0 <= before <= 8 or 0 <= near <= 10 else (1.5, "attribution")
        if 0 <= near <= 16:
            return 4.4, "attribution"
        if 0 <= before <= 3:
            return 1.0, "attribution"
    if scene.has("suspicion") is not None and not event_scene:
        return 3.2, "attribution"
    if event_scene:
        for e in scene.events:
            gap_after = g.first - e.last
            gap_before = e.first - g.last
            if 0 <= gap_after <= 7 and "by" in lows[e.last : g.first]:
                return 5.0, "agent"
            if 0 <= gap_before <= 12 and not e.noun and not any(w in (";", ".", "who", "which") for w in lows[g.last : e.first]) and "by" not in lows[max(0, g.first - 2) : g.first]:
                if e.agent is None or e.agent.role != "state":
                    return 4.0, "agent"
            if 0 <= gap_before <= 2 and e.noun:
                return 3.5, "agent"
        if g.member:
            return 3.0, "agent"
        return 1.2, "plain"
    if g.member and any(e.barred in ("state", "clash") for e in scene.triggers):
        return 0.6, "plain"
    return 0.8, "plain"


def blames(draft: Draft) -> list[Blame]:
    """The groups of a draft, the most blamed first."""
    event_scenes = {id(t.scene) for t in draft.tellings}
    best: dict[str, Blame] = {}
    for order, scene in enumerate(draft.scenes):
        for g in scene.groups:
            if g.inspired or _victim(scene, g):
                continue
            weight, role = _role(scene, g, id(scene) in event_scenes)
            weight -= 0.04 * order + (0.7 if g.generic else 0.0)
            if role != "denial" and (g.name not in best or weight > best[g.name].weight):
                best[g.name] = Blame(weight, role, scene, g)
    return sorted(best.values(), key=lambda b: (-b.weight, b.scene.sentence.index, b.mention.first))


def _victim(scene: Scene, g: GroupMention) -> bool:
    """The group is what was attacked, or who fought it: "attacked a Taliban base", "anti-ISIL militia"."""
    lows = scene.sentence.lows
    before = lows[max(0, g.first - 3) : g.first]
    if before[-1:] in (["anti"], ["against"], ["rival"], ["former"], ["ex"]):
        return True
    for e in scene.events:
        gap = lows[e.last : g.first]
        if g.first >= e.last and len(gap) <= 4 and not e.noun and "by" not in gap and all(w in ("a", "an", "the", "on", "against", "suspected", "at", "two", "three", "alleged") for w in gap):
            return True
    return False


def code_perpetrators(sheet: Sheet, draft: Draft, least: float) -> None:
    """gname, guncertain1, claimed, claimmode, individual. `least` is the weight from which a group counts as named."""
    ranked = blames(draft)
    taken = [b for b in ranked if b.weight >= least]
    specific = [b for b in taken if not b.mention.generic]
    taken = (specific or taken)[:3]
    if taken and taken[0].role == "claim":
        taken = [b for b in taken if b.role == "claim"]
    elif taken:
        taken = [b for b in taken if b.weight >= taken[0].weight - 0.8 and b.scene is taken[0].scene or b is taken[0]]
    columns = ("gname", "gname2", "gname3")
    for n, b in enumerate(taken):
        span = (b.mention.start, b.mention.end)
        sheet.put(columns[n], b.mention.name, f"group.{b.role}", span, inferred=b.role not in ("claim", "agent"))
        doubt = b.scene.has("suspicion")
        uncertain = b.role == "attribution" and doubt is not None
        if uncertain and doubt is not None:
            words = b.scene.sentence.words
            sheet.put(f"guncertain{n + 1}", 1, "group.suspicion", (words[doubt.start].start, words[doubt.end - 1].end), inferred=True)
        else:
            sheet.put(f"guncertain{n + 1}", 0, f"group.{b.role}", span, inferred=True)
    if not taken:
        sheet.put("gname", "Unknown", "group.unknown")
    _code_claim(sheet, draft, taken)
    alone = next(((s, c) for s in draft.scenes for c in s.cues if c.value["class"] == "alone"), None)
    if alone is not None and not (taken and taken[0].role == "claim"):
        s, c = alone
        sheet.put("individual", 1, "individual.alone", (s.sentence.words[c.start].start, s.sentence.words[c.end - 1].end), inferred=True)
    sheet.put("individual", 0, "individual.none_told")


def _cue_span(scene: Scene, cue: str) -> Span | None:
    hit = scene.has(cue)
    if hit is None:
        return None
    words = scene.sentence.words
    return words[hit.start].start, words[hit.end - 1].end


def _code_claim(sheet: Sheet, draft: Draft, taken: list[Blame]) -> None:
    for scene in draft.scenes:
        span = _cue_span(scene, "no claim")
        if span is not None:
            sheet.put("claimed", 0, "claim.none", span)
            return
    for b in taken:
        span = _cue_span(b.scene, "claim")
        if b.role == "claim" and span is not None:
            sheet.put("claimed", 1, "claim.made", span)
            lows, words = b.scene.sentence.lows, b.scene.sentence.words
            for i, w in enumerate(lows):
                if w in _MODES:
                    sheet.put("claimmode", _MODES[w], "claim.mode", (words[i].start, words[i].end))
                    break
            else:
                sheet.put("claimmode", 10, "claim.mode_unknown", span, inferred=True)
            return
    for scene in draft.scenes:
        span = _cue_span(scene, "claim")
        if span is not None and scene.has("denial") is None and any(w in scene.sentence.lows for w in ("responsibility", "credit")):
            sheet.put("claimed", 1, "claim.made", span)
            return
    sheet.put("claimed", 0, "claim.none_told")


def code_numbers(sheet: Sheet, draft: Draft) -> None:
    """nperps and nperpcap: how many attackers the text counts, and how many were caught."""
    for telling in draft.tellings[:3]:
        s = telling.scene.sentence
        for number in numbers(s):
            head = count_head(s, number.end, 3)
            if head is not None and head.role == "perpetrator" and number.value and number.value < 1000:
                toll = next((t for t in telling.scene.tolls if t.first <= number.start < t.last and t.fate in ("killed", "wounded")), None)
                if toll is None:
                    sheet.put("nperps", number.value, "nperps.counted", (s.words[number.start].start, s.words[head.last - 1].end))
        for e in telling.scene.people:
            if e.role == "perpetrator" and e.first and s.lows[e.first - 1] in ("a", "an") and not s.lows[e.head].endswith("s") and not s.lows[e.head].endswith("men"):
                if e.row["phrase"] in ("gang*", "mob", "armed group*", "terrorist group*", "guerrilla group*", "guerrilla unit*", "guerrilla column*", "guerrilla command*", "death squad*", "terrorist cell*", "suspected"):
                    continue
                if e.last < len(s.lows) and s.lows[e.last] in ("group", "cell", "organization", "attack", "leader", "commander", "stronghold", "hideout", "faction"):
                    continue
                sheet.put("nperps", 1, "nperps.single", (s.words[e.first - 1].start, s.words[e.last - 1].end))
    sheet.put("nperps", -99, "nperps.unknown")
    for scene in draft.scenes:
        for t in scene.tolls:
            if t.fate == "captured" and t.value and (t.perpetrators or "suspect" in " ".join(scene.sentence.lows[t.first : t.last])):
                sheet.put("nperpcap", t.value, "nperpcap.counted", (scene.sentence.words[t.first].start, scene.sentence.words[t.last - 1].end))
