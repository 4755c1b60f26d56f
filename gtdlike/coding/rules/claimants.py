"""Does a sentence say that a group claims the attack: in so many words, or by telling what it did?"""

from __future__ import annotations

from gtdlike.coding.rules.perpetrators import GroupMention, words_of
from gtdlike.coding.rules.roles import Verdict, passive
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.wordings import beside, is_related, wordings


def claim_of(scene: Scene, g: GroupMention) -> Verdict | None:
    s, lows = scene.sentence, scene.sentence.lows
    hit = beside(s, g, "claim")
    unclaimed = wordings(s, "no claim")
    if hit is not None and not any(n.start <= hit.start < n.end + 2 for n in unclaimed):
        nearer = [
            o
            for o in scene.groups
            if g.last <= o.first < hit.start
            and not o.inspired
            and beside(s, o, "relation") is None
            and not _parent(lows, o)
        ]
        if hit.value.group == "before" and any(w in (",", "but", "while") for w in lows[g.last : hit.start]) and nearer:
            return None
        return Verdict(6.0, "claim", (hit.start, hit.end))
    led = g.noun_phrase > 1 and lows[g.noun_phrase - 1] in words_of("preposition") | {"of", "by"}
    if led and not words_of("voice") & set(lows[max(0, g.noun_phrase - 2) : g.first]):
        return None
    return _claimed_deed(scene, g) or _said_it_did(scene, g)


def _claimed_deed(scene: Scene, g: GroupMention) -> Verdict | None:
    """ "The group claimed on Monday the bombing of ...": what is claimed is an attack and no fact."""
    lows = scene.sentence.lows
    for i in range(g.last, min(len(lows), g.last + _subject_reach(scene, g, 8))):
        if lows[i] in ("claimed", "claims", "claiming") and scene.sentence.words[i].after_space:
            if {"not", "n't", "never", "nor"} & set(lows[g.last : i]):
                return None
            if _this_one(lows, i + 1):
                return Verdict(5.8, "claim", (i, i + 1))
            for j in range(i + 1, min(len(lows), i + 9)):
                if lows[j] in ("that", "it", "they", "he", "to", "there", "more", "when", "after"):
                    break
                attack = any(t.noun and t.first == j and t.barred != "state" for t in scene.triggers)
                if attack or lows[j] in words_of("deed"):
                    return Verdict(5.8, "claim", (i, i + 1))
            return None
    return None


def _this_one(lows: list[str], i: int) -> bool:
    """ "... claimed it.", "... claimed that attack", "... claimed both": the attack, and no fact."""
    after = lows[i + 1] if i + 1 < len(lows) else "."
    if lows[i : i + 1] in (["it"], ["them"], ["both"]):
        return after in words_of("after it")
    return lows[i : i + 1] == ["that"] and (after == "one" or after in words_of("deed"))


def _parent(lows: list[str], g: GroupMention) -> bool:
    """ "The Brigades, the armed wing of the movement, said": the second group only tells whose the first one is."""
    return "of" in lows[max(0, g.noun_phrase - 1) : g.first]


def _subject_reach(scene: Scene, g: GroupMention, reach: int) -> int:
    """How far off the verb of a subject may be: further after an apposition, no further than the next group."""
    lows = scene.sentence.lows
    if lows[g.last : g.last + 1] == [","]:
        reach += 8
    nearer = [
        o.first - g.last
        for o in scene.groups
        if o.first >= g.last and not is_related(scene.sentence, o) and o.name != g.name and not _parent(lows, o)
    ]
    return min([reach, *nearer])


def _said_it_did(scene: Scene, g: GroupMention) -> Verdict | None:
    """ "The group said in a statement that its fighters had carried out ..."."""
    lows = scene.sentence.lows
    for i in range(g.last, min(len(lows), g.last + _subject_reach(scene, g, 14))):
        if lows[i] in words_of("said"):
            for j in range(i + 1, min(len(lows), i + 12)):
                if lows[j] not in words_of("pronoun") and lows[j : j + 2] not in (
                    ["the", "group"],
                    ["the", "movement"],
                ):
                    continue
                later = lows[j + 1 : j + 9]
                if "not" in later[:4] or "no" in later[:4]:
                    return None
                active = any(
                    j < t.first <= j + 9 and not t.noun and t.barred in (None, "plan") and not passive(lows, t)
                    for t in scene.triggers
                )
                phrase = any(
                    j < h.start + 1 <= j + 8 for name in ("did", "attribution") for h in wordings(scene.sentence, name)
                )
                downed = bool(words_of("claimed deed") & set(later))
                if active or phrase or downed:
                    return Verdict(5.6, "claim", (i, i + 1))
            return None
    return None
