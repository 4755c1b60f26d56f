"""Verbs that are an attack only with a weapon or a particle: "threw a petrol bomb", "took two engineers hostage"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from gtdlike.coding.rules.lexicon import Hit, Lows, phrase_words, phrases, rows, word_set
from gtdlike.coding.rules.trigger import Trigger

Judge = Callable[[Hit[Mapping[str, str]]], Trigger]

_REACH = {"release": 5, "launch": 7, "strike": 24, "plant": 6, "send": 6, "defuse": 14, "discover": 9, "trip": 5}
"""How many words may lie between the verb and the weapon."""
_PASSIVE = ("was", "were", "and", ",")
_NEAR = 4
"""And between a weapon and what it did to a thing: "the bomb hit"."""
_HIT = ("hit", "struck", "hits", "strikes")
_LAID = {"trip": ("7", "8", "10", "12", "16"), "strike": ("8",)}
"""What lies in wait for somebody to step on or drive over: mines, traps, devices beside the road."""
_FIRE_BOMB = {"phrase": "incendiary", "weaptype": "8", "weapsubtype": "18"}
"""What fails to ignite, whatever it is called."""
_FIRST = 3
"""A weapon among the first words is the subject of the sentence, however far its verb ("was defused") may be."""
_FIRED = ("fired", "firing", "fire")
WEAPON_KINDS = {"6": "bombing", "8": "facility", "2": "chemical", "12": "chemical", "1": "chemical"}


def _near(
    action: str, lows: list[str], hit: Hit[Mapping[str, str]], weapons: list[Hit[Mapping[str, str]]]
) -> Hit[Mapping[str, str]] | None:
    """The weapon that an action is about, if one stands where the grammar wants it."""
    verb, reach = lows[hit.start], _REACH[action]
    after = [w for w in weapons if 0 <= w.start - hit.end <= reach][:1]
    before = [w for w in weapons if 0 <= hit.start - w.end <= reach][-1:]
    if action == "trip" or (verb in _HIT and not before):
        return after[0] if after and after[0].value["weapsubtype"] in _LAID[action] else None
    if action in ("defuse", "discover"):
        first = [w for w in weapons if w.start <= _FIRST and w.end <= hit.start and lows[hit.start - 1] in _PASSIVE]
        either = [
            w for w in before or after or first if not {"no", "not", "any"} & set(lows[max(0, w.start - 2) : w.start])
        ]
        return either[0] if either and not word_set("searched") & set(lows) else None
    if action == "strike":
        widest = reach if verb in word_set("harm") else _NEAR
        lead = before[0] if before and hit.start - before[0].end <= widest else None
        if lead is None or (verb in word_set("harm") and not _struck_by(lows, lead.end, hit.start)):
            return None
        return None if {"no", "not"} & set(lows[max(0, lead.start - 3) : lead.start]) else lead
    passive = any(x in ("was", "were", "been") for x in lows[max(0, hit.start - 2) : hit.start])
    near = before if passive or (before and hit.start == before[0].end) else after
    if verb in _FIRED and near and near[0].start >= hit.end:
        gap = lows[hit.end : near[0].start]
        if len(gap) > 4 or {",", "and", "at", "from", "on", "into"} & set(gap):
            near = []  # "fired from a rifle and threw grenades"
    if action == "release":
        near = [w for w in near if w.value["weaptype"] == "2"]
    if action == "send":
        near = [w for w in before + after if w.value["weaptype"] in ("1", "2", "12") or verb in ("sent", "mailed")]
    return near[0] if near else None


def _struck_by(lows: list[str], a: int, b: int) -> bool:
    """ "A car bomb | at a market in the east of the city | killed eight": the words between only tell where it was."""
    if {"was", "were", "been"} & set(lows[a:b]):
        return False  # "a suicide bomber was killed"
    if b - a <= 1:
        return True
    first = a + (lows[a] == ",")
    return lows[first] in word_set("place of a bomb") and word_set("clause").isdisjoint(
        w for w in lows[a:b] if w != ","
    )


def ensuing_blast(lows: list[str]) -> int | None:
    """Where the sentence tells of "the resulting explosion", which came of what was told before."""
    if "resulting" not in lows and "subsequent" not in lows:
        return None
    return next(
        (
            i + 1
            for i, (led, word) in enumerate(pairwise(lows))
            if led in ("resulting", "subsequent") and word in ("explosion", "blast", "explosions", "blasts")
        ),
        None,
    )


def find_actions(lows: list[str], found: list[Trigger], taken: set[int], judge: Judge) -> list[Trigger]:
    """The triggers that come of a verb and a weapon. A firearm verb that fires rockets is taken out of `found`."""
    weapons = [
        w
        for w in phrases("weapons").find(lows)
        if w.value["weaptype"] in WEAPON_KINDS
        and w.start != ensuing_blast(lows)
        and not any(t.row["strength"] == "none" and t.first <= w.start < t.last for t in found)  # "a gas explosion"
    ]
    more: list[Trigger] = []
    for hit in phrases("actions").find(lows):
        same = next((t for t in found if t.first <= hit.start < t.last), None)
        harm = hit.value["action"] == "strike" and same is not None and same.kind in ("killing", "facility")
        action = hit.value["action"]
        if hit.start in taken or (same is not None and lows[hit.start] not in _FIRED and not harm and action != "trip"):
            continue
        weapon = _near(action, lows, hit, weapons)
        if weapon is None or "self" in lows[hit.start]:
            continue
        if weapon.start > hit.start and lows[hit.start] in _HIT:
            action = "trip"
        if "ignite" in lows[hit.start : hit.end]:
            weapon = Hit(weapon.start, weapon.end, _FIRE_BOMB)
        kind = WEAPON_KINDS[weapon.value["weaptype"]]
        told = {"phrase": hit.value["phrase"], "action": action, "kind": kind, "form": "verb", "strength": "strong"}
        row = {**weapon.value, **told}
        t = judge(Hit(hit.start, hit.end, row))
        if weapon.end == hit.start and t.barred in (None, "state") and action in ("plant", "launch"):
            t.agent, t.barred = None, None  # "officers found a bomb placed under a car": it was not they who placed it
        if action == "trip":  # "soldiers stepped on a mine": it was not they who laid it
            t.agent, t.barred = None, None if t.barred == "state" else t.barred
        if action in ("defuse", "discover"):
            t.attempt = True
            if t.barred in ("state", "negation"):
                t.barred = None
        if same is not None:
            if kind != "bombing":
                continue
            found.remove(same)
        more.append(t)
    return more


_BETWEEN = 8
"""How many words the object of a split verb may have."""


@cache
def _split_verbs() -> Mapping[str, Sequence[tuple[Sequence[str], Mapping[str, str]]]]:
    """The particles of each verb, and what verb and particle tell together."""
    found: dict[str, list[tuple[Sequence[str], Mapping[str, str]]]] = {}
    for row in rows("split_verbs"):
        told = {**row, "phrase": f"{row['verb']} {row['particle']}", "form": "verb", "strength": "strong"}
        found.setdefault(row["verb"], []).append((phrase_words(row["particle"]), told))
    return found


def split_verbs(lows: Lows) -> Iterator[Hit[Mapping[str, str]]]:
    """Verbs with the object before their particle: "took two engineers hostage". The hit is the verb."""
    verbs = _split_verbs()
    for i, word in enumerate(() if lows.different.isdisjoint(verbs) else lows):
        for particle, row in verbs.get(word, ()):
            ends = range(i + 2, min(i + 2 + _BETWEEN, len(lows)))
            at = next((j for j in ends if lows[j : j + len(particle)] == particle), None)
            if at is not None and word_set("clause end").isdisjoint(lows[i + 1 : at]):
                yield Hit(i, i + 1, row)
                break


def find_split_verbs(lows: Lows, found: list[Trigger], taken: set[int], judge: Judge) -> list[Trigger]:
    """The triggers of split verbs. They tell more than the verb alone, which is taken out of `found`."""
    more: list[Trigger] = []
    for hit in split_verbs(lows):
        same = next((t for t in found if t.first <= hit.start < t.last), None)
        if hit.start in taken or (same is not None and same.last - same.first > 1):
            continue
        if same is not None:
            found.remove(same)
        more.append(judge(hit))
    return more
