"""From a sentence to tellings: one for each attack that it speaks of, with the place and the day that are its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from attrs import evolve

from gtdlike.coding.rules.belonging import attack_dates, chain_score, distance, master, nearest, usable
from gtdlike.coding.rules.dates import DateMention
from gtdlike.coding.rules.drafts import Telling
from gtdlike.coding.rules.lexicon import word_set
from gtdlike.coding.rules.places import PlaceChain, PlaceFinder
from gtdlike.coding.rules.scene import Scene, told_aside
from gtdlike.coding.rules.triggers import Trigger
from gtdlike.coding.rules.victims import fresh_things, named_victims

_TURNS = frozenset(("after", "following"))


_HEAD, _BEHIND = 4, 2
_SINCE = 9
"""So many words at the head of a sentence may tell how long ago it was."""


def _apart(scene: Scene, events: Sequence[Trigger]) -> int | None:
    """Where a sentence turns from one attack to an earlier one: the word behind "comes days after"."""
    lows = scene.sentence.lows
    for i, w in enumerate(() if _TURNS.isdisjoint(lows.different) else lows):
        if w in _TURNS and word_set("apart") & set(lows[max(0, i - 3) : i]) and events[0].last <= i < events[-1].first:
            return i
    return None


def tell(scene: Scene, finder: PlaceFinder) -> list[Telling]:
    """The tellings of one sentence: one, unless its triggers have places or dates of their own."""
    turn = _apart(scene, scene.events)
    if turn is not None:
        earlier = [e for e in scene.events if e.first < turn]
        later = [e for e in scene.events if e.first > turn]
        here = _tell(scene, finder, earlier, (0, turn))
        same_day = not word_set("same day").isdisjoint(scene.sentence.lows[max(0, turn - 3) : turn])
        day = next((t.date for t in here if t.date is not None), None) if same_day else None
        return here + [
            evolve(t, other=True, date=t.date or day)
            for t in _tell(scene, finder, later, (turn, len(scene.sentence.words)))
        ]
    told: list[Telling] = []
    for within in _items(scene):
        told += _tell(scene, finder, [e for e in scene.events if within[0] <= e.first < within[1]], within)
    since = _since(scene)
    return [evolve(t, other=True) if since or _compared_to(scene, t.events) else t for t in told]


def _since(scene: Scene) -> bool:
    """ "It is two weeks since a bomb killed ...": an earlier attack is recalled."""
    lows = scene.sentence.lows
    return lows[0] == "it" and "since" in lows[:_SINCE]


def _compared_to(scene: Scene, events: Sequence[Trigger]) -> bool:
    """ "The group claimed it, as it did the attack on a church a day before"."""
    before = scene.sentence.lows[max(0, events[0].first - 5) : events[0].first]
    return "as" in before and bool({"did", "had"} & set(before[before.index("as") :])) and all(e.noun for e in events)


def _of_the_motive(scene: Scene, at: int) -> bool:
    """ "In revenge for the murder of a judge in Lahore in May": place and day are those of the reason."""
    before = [t for t in scene.triggers if t.first < at]
    return bool(before) and before[-1].barred == "motive"


def _items(scene: Scene) -> list[tuple[int, int]]:
    """The items of a list with semicolons, if each that tells of an attack also tells when or where; else the whole."""
    lows = scene.sentence.lows
    cuts = [0, *(i for i, w in enumerate(lows) if w == ";"), len(lows)]
    items = [(a, b) for a, b in pairwise(cuts) if any(a <= e.first < b for e in scene.events)]
    dated = {i for i, (a, b) in enumerate(items) if any(a <= scene.word_at(d.start) < b for d in scene.dates)}
    placed = {i for i, (a, b) in enumerate(items) if any(c.local and a <= c.first.first < b for c in scene.chains)}
    return items if len(items) > 1 and len(dated | placed) == len(items) else [(0, len(lows))]


def _of_another_deed(scene: Scene, chain: PlaceChain) -> bool:
    """ "The bombs went off at the tomb of the general, who was killed by a drone in Baghdad": where he was killed.

    So is the place of "the army's offensive in Sinai" that of the offensive.
    """
    at = min(m.first for m in chain.mentions)
    before = max((t for t in scene.triggers if t.last <= at), key=lambda t: t.first, default=None)
    if before is not None and before.noun and before.barred in ("clash", "state") and at - before.last < _BEHIND:
        return True
    return before is not None and told_aside(scene, before)


def _parts(
    events: list[Trigger], owns_c: dict[int, list[PlaceChain]], owns_d: dict[int, list[DateMention]]
) -> list[list[Trigger]]:
    """Triggers that speak of one attack together: a new part begins where place and date are told anew."""
    parts: list[list[Trigger]] = []
    for e in events:
        has_c, has_d = bool(owns_c[id(e)]), bool(owns_d[id(e)])
        before_c = bool(parts) and any(owns_c[id(x)] for x in parts[-1])
        before_d = bool(parts) and any(owns_d[id(x)] for x in parts[-1])
        place_anew = has_c and before_c and (e.noun or (has_d and before_d))
        date_anew = has_d and before_d and e.noun and bool(parts) and parts[-1][-1].noun
        if not parts or place_anew or date_anew:
            parts.append([e])
        else:
            parts[-1].append(e)
    return parts


def _aftermath(scene: Scene, events: Sequence[Trigger]) -> int | None:
    """ "After the blast the talks in Oslo were broken off": up to which word a place may be that of the blast."""
    lows, e = scene.sentence.lows, events[0]
    led = {"after", "following", "since"} & set(lows[max(0, e.first - 4) : e.first])
    if len(events) > 1 or not (e.noun and e.definite and led) or e.first > _HEAD:
        return None
    return e.last + _BEHIND


def _tell(scene: Scene, finder: PlaceFinder, events: list[Trigger], within: tuple[int, int]) -> list[Telling]:
    """The tellings of some of a sentence's triggers, from its words `within` only."""
    first, last = within
    part_only = last - first < len(scene.sentence.words)
    chains = [
        c
        for c in scene.chains
        if usable(c, events, scene) and first <= c.first.first < last and not _of_another_deed(scene, c)
    ]
    chains = [c for c in chains if not _of_the_motive(scene, c.first.first)]
    if (reach := _aftermath(scene, events)) is not None:
        chains = [c for c in chains if c.first.first <= reach]
    dates = [d for d in attack_dates(scene) if first <= scene.word_at(d.end - 1) < last]
    dates = [d for d in dates if not _of_the_motive(scene, scene.word_at(d.start))]
    local = [c for c in chains if c.local]
    owns_c = {id(e): [c for c in local if nearest(scene, c.start, events) is e] for e in events}
    masters = [master(scene, d, events) for d in dates]
    owns_d = {id(e): [d for d, owner in zip(dates, masters, strict=True) if owner is e] for e in events}
    parts = _parts(events, owns_c, owns_d) if len(local) > 1 or len(dates) > 1 else [events]
    found = []
    for part in parts:
        own_c = [c for e in part for c in owns_c[id(e)]] or (local if len(parts) == 1 else [])
        own_d = [d for e in part for d in owns_d[id(e)]] or (dates if len(parts) == 1 else [])
        pool = own_c or (chains if len(parts) == 1 else [])
        ranked = [(max(chain_score(scene, c, e) for e in part), -n, c) for n, c in enumerate(pool)]
        score, _, best = max(ranked, key=lambda r: r[:2], default=(0.0, 0, None))
        if score < -2.0:
            best = None  # too far off, or where the report comes from
        date = min(own_d, key=lambda d: (min(distance(scene, d.start, e) for e in part), d.span), default=None)
        place = finder.settle(best) if best else None
        things, on_people = fresh_things(scene, part)
        whole = len(parts) == 1 and not part_only
        victims = named_victims(scene, part)
        found.append(Telling(scene, part, best, place, date, whole, victims, things, on_people))
    return found
