"""How it was done: attack types in the codebook's order, weapons, success and suicide."""

from __future__ import annotations

from collections.abc import Mapping

from gtdlike.coding.rules.events import Draft
from gtdlike.coding.rules.lexicon import rows
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.sheet import Sheet, Span
from gtdlike.coding.rules.targets import Candidate, prominent
from gtdlike.coding.rules.triggers import Trigger

HIERARCHY = (1, 4, 6, 5, 3, 2, 8, 7, 9)
"""The codebook's order of attack types: the first that applies is the primary one."""

EXPLOSIVES, FIREARMS, INCENDIARY, MELEE, CHEMICAL, VEHICLE, UNKNOWN = 6, 5, 8, 9, 2, 10, 13


def _kinds() -> Mapping[str, Mapping[str, str]]:
    return {row["kind"]: row for row in rows("attacks")}


def _span(scene: Scene, first: int, last: int) -> Span:
    words = scene.sentence.words
    return words[first].start, words[last - 1].end


Found = dict[int, tuple[Scene, int, int]]


def weapons_of(draft: Draft) -> tuple[Found, dict[int, tuple[int, Scene, int, int]]]:
    """Weapon types that the tellings name, and the most telling sub-type of each."""
    types: Found = {}
    subtypes: dict[int, tuple[int, Scene, int, int]] = {}
    kinds = _kinds()
    for telling in draft.tellings:
        scene = telling.scene
        for hit in scene.weapons:
            lows = scene.sentence.lows
            if lows[hit.start] in ("fire", "fires") and lows[hit.start - 1 : hit.start] in (["opened"], ["open"], ["opening"], ["returned"], ["under"], ["mortar"], ["rocket"], ["gun"]):
                continue
            if lows[hit.start] in ("club", "bat", "stick", "device", "drone") and hit.end == hit.start + 1 and not telling.events:
                continue
            code = int(hit.value["weaptype"])
            types.setdefault(code, (scene, hit.start, hit.end))
            sub = hit.value["weapsubtype"]
            if sub and (code not in subtypes or subtypes[code][0] in (16, 5, 18, 27)):
                subtypes[code] = (int(sub), scene, hit.start, hit.end)
        for event in telling.events:
            weapon = event.row.get("weaptype") or kinds[event.kind]["weaptype"]
            if weapon:
                types.setdefault(int(weapon), (scene, event.first, event.last))
                sub = event.row.get("weapsubtype") or ""
                if sub and (int(weapon) not in subtypes or subtypes[int(weapon)][0] in (16, 5, 18, 27)):
                    subtypes[int(weapon)] = (int(sub), scene, event.first, event.last)
    return types, subtypes


def _events(draft: Draft) -> list[tuple[Scene, Trigger]]:
    return [(t.scene, e) for t in draft.tellings for e in t.events]


def code_attack(sheet: Sheet, draft: Draft, targets: list[Candidate]) -> None:
    """attacktype1-3 and weaptype1-4 with sub-types."""
    kinds = _kinds()
    weapons, subtypes = weapons_of(draft)
    found: dict[int, tuple[Scene, int, int, str]] = {}
    events = _events(draft)
    people_hit = any(t.value for s in draft.scenes for t in s.tolls if t.fate in ("killed", "wounded") and not t.perpetrators)
    for scene, e in events:
        code = int(kinds[e.kind]["attacktype"])
        if e.kind in ("attack", "killing", "massacre", "assassination"):
            continue
        found.setdefault(code, (scene, e.first, e.last, e.kind))
    for scene, e in events:
        if e.kind in ("attack", "killing", "massacre") and not found:
            if EXPLOSIVES in weapons:
                s, a, b = weapons[EXPLOSIVES]
                found.setdefault(3, (s, a, b, "explosives"))
            elif INCENDIARY in weapons and not people_hit:
                s, a, b = weapons[INCENDIARY]
                found.setdefault(7, (s, a, b, "incendiary"))
            elif weapons.keys() & {FIREARMS, MELEE} or e.kind in ("killing", "massacre") or people_hit:
                found.setdefault(2, (scene, e.first, e.last, e.kind))
        if e.kind == "assassination" or (
            targets and prominent(targets[0]) and targets[0].score > 3.2 and (2 in found or 3 in found or e.kind in ("killing", "attack"))
        ):
            found.setdefault(1, (scene, e.first, e.last, "assassination"))
    if not found and events:
        scene, e = events[0]
        found[2 if targets else 9] = (scene, e.first, e.last, e.kind)
    # Arson against people, or together with a shooting, is not a type of its own unless it is the only one.
    if 7 in found and (3 in found or 2 in found):
        moved = found.pop(7)
        found[7] = moved
    if 1 in found:
        found = {k: v for k, v in found.items() if k in (1, 4, 6, 5)} or found
    order = [code for code in HIERARCHY if code in found][:3]
    for n, code in enumerate(order, start=1):
        s, a, b, kind = found[code]
        stated = kind not in ("attack", "killing", "massacre", "explosives", "incendiary")
        sheet.put(f"attacktype{n}", code, f"attack.{kind.replace(' ', '_')}", _span(s, a, b), inferred=not stated)
    _code_weapons(sheet, draft, order, weapons, subtypes)


_FIT = {3: (6,), 2: (5, 9, 10, 6, 8), 7: (8, 6, 11, 9), 8: (2, 10, 12, 1, 9), 6: (5, 9, 6), 1: (5, 6, 9, 2), 4: (5, 6, 7, 9), 5: (5, 6, 9), 9: (6, 5, 9, 8)}


def _code_weapons(sheet: Sheet, draft: Draft, order: list[int], weapons: Found, subtypes: dict[int, tuple[int, Scene, int, int]]) -> None:
    ranked: list[int] = []
    for attack in order:
        ranked += [w for w in _FIT.get(attack, ()) if w in weapons and w not in ranked]
    if 3 not in order and EXPLOSIVES in ranked and len(ranked) > 1 and order[:1] == [2]:
        ranked.sort(key=lambda w: w == EXPLOSIVES)
    if not ranked and order:
        scene, e = _events(draft)[0]
        span = _span(scene, e.first, e.last)
        people = any(t.value for s in draft.scenes for t in s.tolls if t.fate == "killed")
        armed = sheet.values.get("targtype1") in (3, 4, 17)
        if order[0] == 2 and (people or armed):
            sheet.put("weaptype1", FIREARMS, "weapon.usual_for_assault", span, inferred=True)
            sheet.put("weapsubtype1", 5, "weapon.usual_for_assault", span, inferred=True)
        else:
            sheet.put("weaptype1", UNKNOWN, "weapon.unknown")
        return
    for n, code in enumerate(ranked[:4], start=1):
        s, a, b = weapons[code]
        sheet.put(f"weaptype{n}", code, "weapon.named", _span(s, a, b), inferred=code == FIREARMS)
        sub = subtypes.get(code)
        if sub is None and code == EXPLOSIVES:
            sheet.put(f"weapsubtype{n}", 16, "weapon.unknown_explosive", _span(s, a, b), inferred=True)
        elif sub is not None:
            sheet.put(f"weapsubtype{n}", sub[0], "weapon.subtype", _span(sub[1], sub[2], sub[3]), inferred=sub[0] in (5, 16))


def code_outcome(sheet: Sheet, draft: Draft) -> None:
    """success, suicide and multiple."""
    suicide = None
    for scene, e in _events(draft):
        if e.kind == "suicide bombing":
            suicide = suicide or (scene, e.first, e.last)
    for scene in draft.scenes[:6]:
        lows = scene.sentence.lows
        for i, w in enumerate(lows[:-1]):
            if w == "suicide" and lows[i + 1][:6] in ("bomber", "attack", "vest", "vests", "bombin", "assail", "car", "squad", "truck", "operat", "belt"):
                if not any(t.barred == "plan" for t in scene.triggers):
                    suicide = suicide or (scene, i, i + 2)
    if suicide is not None:
        sheet.put("suicide", 1, "suicide.named", _span(*suicide))
    else:
        sheet.put("suicide", 0, "suicide.none_told")
    killed = any((t.value or 0) > 0 for s in draft.scenes for t in s.tolls if t.fate in ("killed", "wounded") and not t.perpetrators)
    failed = next(((t.scene, c) for t in draft.tellings for c in t.scene.cues if c.value["class"] == "success 0"), None)
    attempt = next(((s, e) for s, e in _events(draft) if e.attempt), None)
    went_off = any(e.kind in ("bombing", "suicide bombing") and not e.attempt for _, e in _events(draft))
    if failed is not None and not killed and (not went_off or failed[1].value["phrase"] in ("defus*", "foiled", "thwarted", "was foiled", "failed to explode", "did not explode")):
        scene, cue = failed
        sheet.put("success", 0, "success.failed", _span(scene, cue.start, cue.end))
    elif attempt is not None and not killed:
        scene, e = attempt
        sheet.put("success", 0, "success.attempt", _span(scene, e.first, e.last))
    else:
        events = _events(draft)
        if events:
            scene, e = events[0]
            sheet.put("success", 1, "success.took_place", _span(scene, e.first, e.last), inferred=True)
    many = next(((s, c) for s in draft.scenes[:8] for c in s.cues if c.value["class"] == "multiple"), None)
    if many is not None:
        sheet.put("multiple", 1, "multiple.named", _span(many[0], many[1].start, many[1].end))
    else:
        sheet.put("multiple", 0, "multiple.none_told")
