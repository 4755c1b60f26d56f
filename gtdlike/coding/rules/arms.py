"""With what it was done: the weapons that the text puts into the hands of the attackers, and their sub-types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from attrs import define, field

from gtdlike.coding.rules.actions import ensuing_blast
from gtdlike.coding.rules.drafts import Draft, Telling
from gtdlike.coding.rules.lexicon import Hit, rows
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.sheet import Sheet, Span
from gtdlike.coding.rules.triggers import Trigger

CHEMICAL, FIREARMS, EXPLOSIVES, INCENDIARY, MELEE, VEHICLE, UNKNOWN = 2, 5, 6, 8, 9, 10, 13
GRENADE = 7
"""The sub-type of grenades: thrown in a shooting they do not make a bombing of it."""
_VAGUE = frozenset({5, 16, 18, 27})
"""Sub-types that say only that it is not known which."""
_NO_WEAPON_OF_THIS = frozenset("seized seizing stole stolen stealing confiscated looted surrendered smuggled".split())
"""Arms that somebody took or lost are not those of the attack."""
_NO_FIRE = frozenset("opened open opening returned under mortar rocket gun small heavy cease".split())
"""Before "fire" they tell of shots, not of flames."""
_NO_FLAMES = frozenset(
    "department brigade station fighters fighter truck trucks engine chief officials crackers services".split()
)


@cache
def kinds() -> Mapping[str, Mapping[str, str]]:
    """What the lexicon says of each kind of attack."""
    return {row["kind"]: row for row in rows("attacks")}


def span_of(scene: Scene, first: int, last: int) -> Span:
    """Offsets of the words `first` to `last` (exclusive)."""
    words = scene.sentence.words
    return words[first].start, words[last - 1].end


@define(slots=True)
class Arms:
    """Weapon types that the text names, in the order of its telling, each with the most telling sub-type."""

    types: dict[int, tuple[Scene, int, int]] = field(factory=dict)
    subtypes: dict[int, tuple[int, Scene, int, int]] = field(factory=dict)

    def add(self, row: Mapping[str, str], scene: Scene, first: int, last: int) -> None:
        """Take a weapon that the words `first` to `last` name."""
        if not row.get("weaptype"):
            return
        if row.get("phrase") == "device" and INCENDIARY in self.types and EXPLOSIVES not in self.types:
            return  # "the device", of an incendiary one
        code = int(row["weaptype"])
        self.types.setdefault(code, (scene, first, last))
        sub = row.get("weapsubtype")
        if sub and (code not in self.subtypes or self.subtypes[code][0] in _VAGUE):
            self.subtypes[code] = (int(sub), scene, first, last)


def _counts(scene: Scene, hit: Hit[Mapping[str, str]], events: list[Trigger], whole: bool) -> bool:
    """Is this weapon one that the attackers used?"""
    lows = scene.sentence.lows
    word, before = lows[hit.start], lows[hit.start - 1] if hit.start else ""
    after = lows[hit.end] if hit.end < len(lows) else ""
    if word in ("fire", "fires") and (before in _NO_FIRE or after in _NO_FLAMES):
        return False
    if word in ("club", "bat", "stick", "device", "drone", "drones") and hit.end == hit.start + 1 and not events:
        return False
    if hit.start == ensuing_blast(lows):
        return False
    if before == "no" or any(w in _NO_WEAPON_OF_THIS for w in lows[max(0, hit.start - 4) : hit.start]):
        return False
    if any(t.barred is not None and t.first < hit.end and hit.start < t.last for t in scene.triggers):
        return False  # "police shot the attackers"
    agent = next((t for t in scene.triggers if t.barred == "state" and 0 <= hit.start - t.last <= 6), None)
    if agent is not None and not any(e.first > agent.first and e.first < hit.start for e in events):
        return False  # "troops responded with rockets"
    if whole or not events:
        return True
    others = [t for t in scene.events if t not in events]
    mine = min(_gap(hit, e) for e in events)
    return all(mine <= _gap(hit, o) for o in others)


def fire_bomb(scene: Scene, e: Trigger) -> bool:
    """ "A petrol bomb exploded"."""
    return e.kind == "bombing" and any(
        w.value["weaptype"] == str(INCENDIARY) and 0 <= e.first - w.end <= 1 for w in scene.weapons
    )


def _gap(hit: Hit[Mapping[str, str]], t: Trigger) -> int:
    return max(0, t.first - hit.end, hit.start - t.last)


def arms_of(draft: Draft) -> Arms:
    """The weapons of a draft: first those of its tellings, then those of the sentences that support them."""
    arms = Arms()
    for telling in draft.tellings:
        for row, first, last in _told(telling):
            arms.add(row, telling.scene, first, last)
    told = set(arms.types)
    for scene in draft.support:
        if any(t.barred in ("state", "clash") for t in scene.triggers):
            continue
        for hit in scene.weapons:
            # What a later sentence names adds detail, and a type only where none was told.
            if (not told or int(hit.value["weaptype"]) in told) and _counts(scene, hit, [], True):
                arms.add(hit.value, scene, hit.start, hit.end)
    return arms


def _told(telling: Telling) -> Iterator[tuple[Mapping[str, str], int, int]]:
    for event in telling.events:
        row = event.row if event.row.get("weaptype") else kinds()[event.kind]
        if row["weaptype"] and event.kind != "assault" and not fire_bomb(telling.scene, event):
            yield row, event.first, event.last
    for hit in telling.scene.weapons:
        if _counts(telling.scene, hit, telling.events, telling.whole):
            yield hit.value, hit.start, hit.end
    for event in telling.events:
        shot_down = any(w.value["weaptype"] == "6" and w.start <= event.first < w.end for w in telling.scene.weapons)
        if event.kind == "assault" and not shot_down:
            yield (event.row if event.row.get("weaptype") else kinds()["assault"]), event.first, event.last


_FIT = {
    1: (5, 6, 9, 8, 2, 10), 2: (10, 9, 5, 6, 8), 3: (6,), 4: (5, 6, 7, 9), 5: (5, 6, 9), 6: (5, 9, 6),
    7: (8, 6, 11, 9, 5), 8: (2, 10, 12, 1, 9), 9: (6, 5, 9, 8),
}  # fmt: skip
"""The weapons of each attack type, the usual ones first."""


def _only_meant(arms: Arms) -> bool:
    """Firearms that only the word for the attack means ("ambushed"): what is named beside them was used."""
    scene, first, _ = arms.types[FIREARMS]
    return scene.sentence.lows[first] in ("ambush", "ambushed", "ambushing", "gunmen", "gunman")


def rank(order: list[int], arms: Arms) -> list[int]:
    """The weapon types in the order in which they are coded: those of the primary attack type first."""
    ranked: list[int] = []
    for attack in order:
        fit = [w for w in _FIT.get(attack, ()) if w in arms.types]
        if attack in (1, 2):
            # The first one told; but grenades and fire only help in a shooting, or it would be a bombing or an arson.
            helping = (EXPLOSIVES, INCENDIARY) if attack == 2 else ()
            fit.sort(key=lambda w: (w in helping, list(arms.types).index(w)))
            if FIREARMS in fit and len(fit) > 1 and _only_meant(arms):
                fit.sort(key=lambda w: (w in helping, w == FIREARMS))
        if attack != 1 and arms.subtypes.get(FIREARMS, (0,))[0] in (0, *_VAGUE):
            # What explodes comes before shots of which no more is told; a rifle that is named stays where it is.
            fit.sort(key=lambda w: w != EXPLOSIVES)
        ranked += [w for w in fit if w not in ranked]
    return ranked


_GUNFIGHT = frozenset("firefight firefights gunfight gunfights gunbattle gunbattles shootout shootouts gunfire".split())


def gunfight(draft: Draft) -> Span | None:
    """The words by which it came to shots between the two sides ("in the ensuing gun battle")."""
    for scene in draft.scenes:
        for t in scene.triggers:
            words = scene.sentence.lows[t.first : t.last]
            if t.barred == "clash" and t.definite and (words[0] == "gun" or not _GUNFIGHT.isdisjoint(words)):
                return span_of(scene, t.first, t.last)
    return None


def code_weapons(
    sheet: Sheet, draft: Draft, order: list[int], arms: Arms, event: tuple[Scene, Trigger] | None, shot: bool
) -> None:
    """weaptype1-4 with sub-types. `shot`: an assault of which no weapon is told may be taken for one with firearms."""
    ranked = rank(order, arms)
    if not ranked:
        heard = gunfight(draft) if order[:1] == [2] else None
        if heard is None:
            _code_usual(sheet, order, event, shot)
        else:
            sheet.put("weaptype1", FIREARMS, "weapon.gunfight", heard, inferred=True)
            sheet.put("weapsubtype1", 5, "weapon.gunfight", heard, inferred=True)
        return
    for n, code in enumerate(ranked[:4], start=1):
        scene, first, last = arms.types[code]
        sheet.put(f"weaptype{n}", code, "weapon.named", span_of(scene, first, last))
        sub = arms.subtypes.get(code)
        if sub is not None:
            sheet.put(
                f"weapsubtype{n}", sub[0], "weapon.subtype", span_of(sub[1], sub[2], sub[3]), inferred=sub[0] in _VAGUE
            )
        elif code == EXPLOSIVES:
            sheet.put(f"weapsubtype{n}", 16, "weapon.unknown_explosive", span_of(scene, first, last), inferred=True)
        elif code == FIREARMS:
            sheet.put(f"weapsubtype{n}", 5, "weapon.unknown_gun", span_of(scene, first, last), inferred=True)


def _code_usual(sheet: Sheet, order: list[int], event: tuple[Scene, Trigger] | None, shot: bool) -> None:
    """No weapon is told. Hostages are taken at gunpoint unless the text says else."""
    if event is not None and order:
        scene, e = event
        span = span_of(scene, e.first, e.last)
        if order[0] in (4, 5, 6) and e.kind != "execution":
            sheet.put("weaptype1", FIREARMS, "weapon.usual_for_hostage_taking", span, inferred=True)
            sheet.put("weapsubtype1", 5, "weapon.usual_for_hostage_taking", span, inferred=True)
            return
        if order[0] == 2 and shot and e.kind in ("attack", "massacre"):
            sheet.put("weaptype1", FIREARMS, "weapon.usual_for_assault", span, inferred=True)
            sheet.put("weapsubtype1", 5, "weapon.usual_for_assault", span, inferred=True)
            return
    sheet.put("weaptype1", UNKNOWN, "weapon.unknown")
