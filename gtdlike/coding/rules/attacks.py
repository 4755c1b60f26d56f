"""How it was done: attack types in the codebook's order."""

from __future__ import annotations

from gtdlike.coding.rules.actions import ensuing_blast
from gtdlike.coding.rules.arms import (
    EXPLOSIVES,
    FIREARMS,
    GRENADE,
    INCENDIARY,
    MELEE,
    VEHICLE,
    Arms,
    arms_of,
    code_weapons,
    fire_bomb,
    gunfight,
    kinds,
    span_of,
)
from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.fates import fate_words
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.sheet import Sheet
from gtdlike.coding.rules.target_candidates import PLAIN, Candidate
from gtdlike.coding.rules.targets import prominent
from gtdlike.coding.rules.triggers import Trigger

HIERARCHY = (1, 4, 6, 5, 3, 2, 8, 7, 9)
"""The codebook's order of attack types: the first that applies is the primary one."""

ASSASSINATION, ASSAULT, BOMBING, HOSTAGES, KIDNAPPING, FACILITY, UNARMED, OPEN = 1, 2, 3, 5, 6, 7, 8, 9
_OPEN = frozenset({"attack", "killing", "massacre"})
"""Kinds of words that may tell of an attack of any type."""
_WORN = (13, 15)
"""Explosives on the attacker's body or in his vehicle: not carried beside other arms to be thrown."""
_FIGHTERS = frozenset({4, 17})
"""Targets that are attacked with shells and bombs as often as with guns, so that "attacked" tells of neither."""
_Found = dict[int, tuple[Scene, int, int, str]]


def events_of(draft: Draft) -> list[tuple[Scene, Trigger]]:
    """The words that tell of the attack, each with its sentence."""
    return [(t.scene, e) for t in draft.tellings for e in t.events]


def _harmed(draft: Draft) -> bool:
    return any(
        t.value and t.fate in ("killed", "wounded") and not t.perpetrators for s in draft.scenes for t in s.tolls
    )


def _several_killed(draft: Draft) -> bool:
    return any((t.value or 0) > 1 and t.fate == "killed" and not t.perpetrators for s in draft.scenes for t in s.tolls)


def _hostages(draft: Draft) -> bool:
    """Does the text speak of people who were held?"""
    return any(w in ("hostage", "hostages", "captive", "captives") for s in draft.scenes for w in s.sentence.lows)


def _left_over(events: list[tuple[Scene, Trigger]]) -> bool:
    """ "A device was found in the lorry" that ran people over: the only bomb is one that did not go off."""
    bombs = [e.attempt for _, e in events if e.kind in ("bombing", "suicide bombing")]
    return bool(bombs) and all(bombs) and any(e.kind in ("ramming", "stabbing", "assault") for _, e in events)


def _types(draft: Draft, arms: Arms, targets: list[Candidate]) -> _Found:
    """The attack types that the text tells, each with the words that tell it."""
    events = events_of(draft)
    harmed = _harmed(draft)
    found: _Found = {}
    left = _left_over(events)
    for scene, e in events:
        code = int(kinds()[e.kind]["attacktype"])
        if e.kind in _OPEN or e.kind == "assassination" or (left and e.attempt and e.kind == "bombing"):
            continue
        if code == HOSTAGES and not _hostages(draft):
            continue  # "a siege", "took over the village": of a place, with nobody held
        if e.kind == "execution" and not _several_killed(draft):
            code = ASSAULT  # of one person it is said where he or she was only shot; several were held before
        if e.kind == "ramming" and EXPLOSIVES in arms.types and not left:
            code = BOMBING  # a car that explodes
        elif e.kind == "ramming" and arms.types.keys() & {FIREARMS, MELEE, INCENDIARY}:
            code = ASSAULT  # a driver who also shot or stabbed
        if fire_bomb(scene, e):
            code = FACILITY
        if code == ASSAULT and _shot_down(scene, e):
            code = BOMBING
        found.setdefault(code, (scene, e.first, e.last, e.kind))
    opened = next(((s, e) for s, e in events if e.kind in _OPEN), None)
    if opened is not None and not found:
        found |= _by_weapon(arms, *opened, harmed)
        if not found and not (opened[1].attempt or opened[1].noun) and _attackers_fell(draft):
            found[OPEN] = (opened[0], opened[1].first, opened[1].last, opened[1].kind)
    elif opened is not None and harmed and set(found) == {FACILITY} and ensuing_blast(opened[0].sentence.lows) is None:
        # "attacked residents and set houses on fire; ten people were killed"
        found[ASSAULT] = (opened[0], opened[1].first, opened[1].last, opened[1].kind)
    if (
        HOSTAGES in found
        and KIDNAPPING in found
        and found[KIDNAPPING][3] == "kidnapping"
        and _in_place(found[KIDNAPPING])
    ):
        del found[KIDNAPPING]  # "seized the bank and took its clerks hostage": they were held where they were
    if HOSTAGES not in found and KIDNAPPING in found and _held_inside(found[KIDNAPPING]):
        found[HOSTAGES] = found.pop(KIDNAPPING)
    if (
        BOMBING in found
        and ASSAULT in found
        and _only_grenades(arms)
        and not any(e.kind == "suicide bombing" for _, e in events)
    ):
        del found[BOMBING]  # grenades thrown in a shooting are its weapons
    if FACILITY in found and INCENDIARY in arms.types and targets and _people(targets[0]):
        found.setdefault(ASSAULT, found.pop(FACILITY))  # petrol bombs thrown at officers are no arson
    if not found and events:
        scene, e = events[0]
        found[ASSAULT if targets else OPEN] = (scene, e.first, e.last, e.kind)
    victim = _assassinated(events, found, targets)
    if victim is not None:
        found = {k: v for k, v in found.items() if k in (4, 5, 6)} | {ASSASSINATION: victim}
    return found


def _attackers_fell(draft: Draft) -> bool:
    """Only the attackers' losses are told, and of the attack itself no more than the word, with no shot heard."""
    fell = any(t.value and t.fate in ("killed", "wounded") and t.perpetrators for s in draft.scenes for t in s.tolls)
    return fell and not gunfight(draft)


def _in_place(taking: tuple[Scene, int, int, str]) -> bool:
    """Taken hostage, and not said to have been taken away."""
    scene, first, _, _ = taking
    return any(w in ("hostage", "hostages") for w in scene.sentence.lows[first : first + 10])


def _held_inside(taking: tuple[Scene, int, int, str]) -> bool:
    """ "Took three clerks hostage at the bank": a building, and nobody is said to have been taken away from it."""
    scene, first, _, kind = taking
    lows = scene.sentence.lows
    at = next((i for i in range(first, min(first + 10, len(lows))) if lows[i] in ("hostage", "hostages")), None)
    if kind != "kidnapping" or at is None or lows[at + 1 : at + 2] not in (["at"], ["in"], ["inside"]):
        return False
    return any(p.shape == "facility" and at < p.first <= at + 4 for p in scene.people)


def _by_weapon(arms: Arms, scene: Scene, e: Trigger, harmed: bool) -> _Found:
    """The type of "an attack" is that of its weapons."""
    armed = bool(arms.types.keys() & {FIREARMS, MELEE})
    for weapon, code in (
        (VEHICLE, ASSAULT if armed else UNARMED), (EXPLOSIVES, BOMBING), (INCENDIARY, FACILITY),
    ):  # fmt: skip
        if weapon in arms.types and not (weapon == INCENDIARY and harmed):
            s, a, b = arms.types[weapon]
            if weapon == EXPLOSIVES and armed and arms.subtypes.get(EXPLOSIVES, (0,))[0] not in _WORN:
                break  # "armed with knives and bombs"
            return {code: (s, a, b, {VEHICLE: "vehicle", EXPLOSIVES: "explosives", INCENDIARY: "incendiary"}[weapon])}
    if armed or e.kind in ("killing", "massacre") or harmed:
        return {ASSAULT: (scene, e.first, e.last, e.kind)}
    return {}


def _people(target: Candidate) -> bool:
    """Does the text say that people were attacked, and not a thing of theirs?"""
    head = target.phrase.head
    return head is not None and head.shape == "person" and target.score >= PLAIN and not target.victim


def _shot_down(scene: Scene, e: Trigger) -> bool:
    """An aircraft is shot down by a missile or a shell, not by a gun."""
    return any(w.value["weaptype"] == str(EXPLOSIVES) and w.start <= e.first < w.end for w in scene.weapons)


def _only_grenades(arms: Arms) -> bool:
    return arms.subtypes.get(EXPLOSIVES, (0,))[0] == GRENADE


def _assassinated(
    events: list[tuple[Scene, Trigger]], found: _Found, targets: list[Candidate]
) -> tuple[Scene, int, int, str] | None:
    """An attack on one specific, prominent person, or one that the text calls an assassination."""
    for scene, e in events:
        if e.kind == "assassination":
            return scene, e.first, e.last, "assassination"
    if KIDNAPPING in found:
        return None  # killed in captivity: the taking is what was done first, and is coded as such
    killing = any(e.kind == "killing" for _, e in events)
    violent = {ASSAULT, BOMBING} & found.keys() or killing or any(e.kind == "attack" for _, e in events)
    if FACILITY in found and not {ASSAULT, BOMBING} & found.keys() and not killing:
        return None  # a house set on fire
    if targets and violent and targets[0].score > 3.2 and prominent(targets[0]):
        scene, e = events[0]
        return scene, e.first, e.last, "assassination"
    return None


def code_attack(sheet: Sheet, draft: Draft, targets: list[Candidate]) -> None:
    """attacktype1-3 and weaptype1-4 with sub-types."""
    arms = arms_of(draft)
    found = _types(draft, arms, targets)
    order = [code for code in HIERARCHY if code in found][:3]
    for n, code in enumerate(order, start=1):
        s, a, b, kind = found[code]
        stated = kind not in (*_OPEN, "explosives", "incendiary", "vehicle")
        sheet.put(f"attacktype{n}", code, f"attack.{kind.replace(' ', '_')}", span_of(s, a, b), inferred=not stated)
    events = events_of(draft)
    fighters = bool(targets) and targets[0].targtype in _FIGHTERS
    code_weapons(sheet, draft, order, arms, events[0] if events else None, _harmed(draft) and not fighters)
    if order[:1] == [ASSASSINATION] and targets:
        _code_survival(sheet, draft, targets[0])


def _code_survival(sheet: Sheet, draft: Draft, target: Candidate) -> None:
    """An assassination succeeds only if its target dies."""
    for scene in draft.scenes:
        lows = scene.sentence.lows
        at = next((i for i, w in enumerate(lows) if w == target.key), None)
        if at is None:
            continue
        fate = next((f for f in fate_words(scene.sentence) if 0 <= f.start - at <= 20), None)
        if fate is None:
            continue
        if fate.fate == "killed" or any(w in ("died", "dies", "death") for w in lows[fate.end :]):
            return
        if fate.fate in (None, "wounded"):
            span = span_of(scene, fate.start, fate.end)
            sheet.put("success", 0, "success.target_survived", span, inferred=True)
            return
