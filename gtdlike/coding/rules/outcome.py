"""What came of it: success, suicide and multiple."""

from __future__ import annotations

from collections.abc import Mapping

from gtdlike.coding.rules.arms import INCENDIARY, span_of
from gtdlike.coding.rules.attacks import ASSAULT, OPEN, events_of
from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.lexicon import Hit, phrases, word_set
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.sheet import Sheet


def code_outcome(sheet: Sheet, draft: Draft) -> None:
    """success, suicide and multiple."""
    _code_suicide(sheet, draft)
    _code_success(sheet, draft)
    many = next(((s, c) for s in draft.scenes[:8] for c in s.cues if c.value["class"] == "multiple"), None)
    if many is not None:
        sheet.put("multiple", 1, "multiple.named", span_of(many[0], many[1].start, many[1].end))
    else:
        sheet.put("multiple", 0, "multiple.none_told")


def _code_suicide(sheet: Sheet, draft: Draft) -> None:
    named = next(((s, e.first, e.last) for s, e in events_of(draft) if e.kind == "suicide bombing"), None)
    if named is None:
        own = [t.scene for t in draft.tellings if t.whole]
        for scene in [*own, *draft.scenes[:6], *draft.support]:
            if any(t.barred == "plan" for t in scene.triggers):
                continue
            hit = next(iter(phrases("suicide").find(scene.sentence.lows)), None)
            if hit is not None:
                named = (scene, hit.start, hit.end)
                break
    if named is not None:
        sheet.put("suicide", 1, "suicide.named", span_of(*named))
    else:
        sheet.put("suicide", 0, "suicide.none_told")


_NEVER_WENT_OFF = frozenset("defus* foiled thwarted".split()) | {
    "was foiled", "failed to explode", "did not explode", "apprehended as", "arrested as", "arrested while",
    "caught as", "caught while", "caught planting", "captured while", "detained while",
}  # fmt: skip
_ESCAPED = frozenset(("unharmed", "unhurt", "escaped", "survived"))
_NEAR = 4
_OTHER = frozenset(("other", "others", "second", "another", "third"))


def _harmed(draft: Draft) -> bool:
    return any(
        (t.value or 0) > 0
        for s in draft.scenes
        for t in s.tolls
        if t.fate in ("killed", "wounded") and not t.perpetrators
    )


def _another_went_off(scene: Scene, at: int) -> bool:
    """ "One of the grenades exploded and the other was | defused"."""
    went_off = any(e.kind in ("bombing", "suicide bombing") and not e.attempt for e in scene.events)
    return went_off and bool(_OTHER & set(scene.sentence.lows[max(0, at - _NEAR) : at]))


def _damaged(draft: Draft) -> bool:
    """Does the text tell of damage?"""
    told = next((h for name in ("no property", "property") for s in draft.scenes if (h := s.has(name))), None)
    return told is not None and told.value["class"] == "property"


def _fails(draft: Draft, scene: Scene, cue: Hit[Mapping[str, str]]) -> bool:
    """Does this phrase tell that the attack failed?

    Not where another bomb went off, nor where the target escaped and something else was hit: "The deputy was unhurt,
    but his house was damaged".
    """
    if cue.value["class"] != "success 0" or _another_went_off(scene, cue.start):
        return False
    return _ESCAPED.isdisjoint(cue.value["phrase"].split()) or not _damaged(draft)


def _code_success(sheet: Sheet, draft: Draft) -> None:
    """Did it take place? A bomb that went off succeeded wherever it went off; one that was found did not."""
    events = events_of(draft)
    harmed = _harmed(draft)
    failed = next(((t.scene, c) for t in draft.tellings for c in t.scene.cues if _fails(draft, t.scene, c)), None)
    attempt = next(((s, e) for s, e in events if e.attempt and not _another_went_off(s, e.first)), None)
    went_off = any(e.kind in ("bombing", "suicide bombing") and not e.attempt for _, e in events)
    if failed is not None and not harmed and (not went_off or failed[1].value["phrase"] in _NEVER_WENT_OFF):
        scene, cue = failed
        sheet.put("success", 0, "success.failed", span_of(scene, cue.start, cue.end))
    elif attempt is not None and not harmed:
        scene, e = attempt
        sheet.put("success", 0, "success.attempt", span_of(scene, e.first, e.last))
    elif events:
        scene, e = events[0]
        sheet.put("success", 1, "success.took_place", span_of(scene, e.first, e.last), inferred=True)


def code_missed(sheet: Sheet, draft: Draft) -> None:
    """An assault succeeds only if something or someone is hit: not if nobody is hurt and nothing damaged or taken."""
    if sheet.values.get("success") == 1 and sheet.values.get("attacktype1") in (ASSAULT, OPEN):
        nobody = next(((s, t) for s in draft.scenes for t in s.tolls if t.value == 0), None)
        spared = all(sheet.values.get(name) == 0 for name in ("nkill", "nwound"))
        weapons = {sheet.values.get(f"weaptype{n}") for n in (1, 2, 3, 4)}
        if nobody is not None and spared and not _damaged(draft) and INCENDIARY not in weapons and not _took(draft):
            scene, toll = nobody
            sheet.drop("success")
            sheet.put("success", 0, "success.nobody_hit", span_of(scene, toll.first, toll.last), inferred=True)


def _took(draft: Draft) -> bool:
    """Did the attackers take something with them, or hold the place?"""
    return any(not word_set("taken away").isdisjoint(scene.sentence.lows) for scene in draft.scenes)
