"""From sentences to drafts of incidents: which tellings speak of the same attack, and which begin another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from attrs import define, evolve, field

from gtdlike.coding.rules.casualties import Toll
from gtdlike.coding.rules.attach import dates_no_attack, owner
from gtdlike.coding.rules.dates import DateMention
from gtdlike.coding.rules.lexicon import word_set
from gtdlike.coding.rules.places import PlaceChain, PlaceFinder, Settled
from gtdlike.coding.rules.prose import fold
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.triggers import Trigger

_SAYING = frozenset("said says say told reported reports announced confirmed stated according added statement wrote disclosed revealed denied claimed asked tweeted issued condemned".split())
_ANOTHER = frozenset("another separate elsewhere meanwhile second third earlier previous other also previously likewise similarly".split())
_OPEN = frozenset({"attack", "killing", "massacre", "hostage siege"})
"""Kinds of trigger that may speak of an attack of any type."""
_CLASS = {
    "bombing": "bombing", "suicide bombing": "bombing", "assault": "assault", "stabbing": "assault", "ramming": "assault",
    "assassination": "assault", "kidnapping": "kidnapping", "hijacking": "hijacking", "facility": "facility", "chemical": "chemical",
}  # fmt: skip


@define(slots=True, eq=False)
class Telling:
    """What one sentence, or a part of it, tells of one attack."""

    scene: Scene
    events: list[Trigger]
    chain: PlaceChain | None = None
    place: Settled | None = None
    date: DateMention | None = None
    whole: bool = True
    """The sentence tells of this attack only."""
    other: bool = False
    """The sentence sets it apart from the attack before it ("... comes days after a bombing ...")."""

    @property
    def own(self) -> bool:
        """Has it a date or a place of its own?"""
        return self.date is not None or (self.chain is not None and self.chain.local)

    @property
    def tolls(self) -> list[Toll]:
        """What the sentence tells of the dead and wounded of this attack: all, or what stands nearest to its words."""
        if self.whole:
            return self.scene.tolls
        every = self.scene.events
        return [t for t in self.scene.tolls if min(every, key=lambda e: min(abs(e.first - t.verb), abs(e.last - t.verb))) in self.events]

    @property
    def killed(self) -> int | None:
        values = [t.value for t in self.tolls if t.fate == "killed" and t.value and not t.part]
        return sum(values) if values else None

    @property
    def classes(self) -> set[str]:
        return {_CLASS[e.kind] for e in self.events if e.kind in _CLASS}


@define(slots=True, eq=False)
class Frame:
    """When and where a passage is set: told by a header ("DHAKA, July 1.") or by a sentence that leads up to the attack."""

    scene: Scene
    header: bool
    date: DateMention | None = None
    chain: PlaceChain | None = None
    used: bool = False


@define(slots=True, eq=False)
class Draft:
    """An incident in the making: what tells of it, in the order of the article."""

    tellings: list[Telling]
    support: list[Scene] = field(factory=list)
    """Sentences that speak of it without a word for the attack ("No group claimed responsibility")."""

    @property
    def classes(self) -> set[str]:
        return set().union(*(t.classes for t in self.tellings))

    @property
    def scenes(self) -> list[Scene]:
        seen: dict[int, Scene] = {}
        for scene in [t.scene for t in self.tellings] + self.support:
            seen.setdefault(scene.sentence.index, scene)
        return [seen[i] for i in sorted(seen)]

    def dates(self) -> list[DateMention]:
        return [t.date for t in self.tellings if t.date is not None and t.date.low is not None]

    def best_date(self) -> DateMention | None:
        return min(self.dates(), key=lambda d: d.span, default=None)

    def places(self) -> list[Settled]:
        return [t.place for t in self.tellings if t.place is not None]


def _distance(scene: Scene, offset: int, trigger: Trigger) -> float:
    i = scene.word_at(offset)
    a, b = (i, trigger.first) if i < trigger.first else (trigger.last, i)
    lows = scene.sentence.lows[a:b]
    return len(lows) + 5 * sum(w in (",", ";", "and", "while", "after") for w in lows)


def reporting(scene: Scene, date: DateMention) -> bool:
    """The date is that of a statement, a trial, an arrest and the like, not of the attack."""
    return dates_no_attack(scene.sentence, date, scene.triggers)


def of_something_else(scene: Scene, date: DateMention) -> bool:
    """The date describes another noun: "a March 7 notice", "his 4 January speech"."""
    lows = scene.sentence.lows
    a, b = scene.word_at(date.start), scene.word_at(date.end - 1) + 1
    led = a > 0 and lows[a - 1] in ("a", "an", "the", "his", "her", "its", "their", "'s")
    if not led or b >= len(lows) or not lows[b].isalpha() or lows[b] in word_set("clause") | word_set("governing"):
        return False
    return not any(t.first <= b + 2 and t.last > b for t in scene.triggers)


def usable(chain: PlaceChain, events: Sequence[Trigger] = (), scene: Scene | None = None) -> bool:
    """May this chain be where something happened? "The Ankara bombing" may, a bare name elsewhere may not."""
    if any(m.last == e.first and e.noun and m.level != "people" for m in chain.mentions for e in events):
        return True
    lows = scene.sentence.lows if scene is not None else []
    if any(m.first and lows[m.first - 1 : m.first] and lows[m.first - 1] in word_set("place apposition") for m in chain.mentions):
        return True  # "the capital Jakarta"
    return not chain.only_people and not (len(chain.mentions) == 1 and chain.first.weak and chain.first.preposition is None)


def _master(scene: Scene, date: DateMention, events: Sequence[Trigger]) -> Trigger:
    """The trigger whose day a date is."""
    found = owner(scene.sentence, date, events)
    return found if found is not None else _nearest(scene, date.start, events)


def _nearest(scene: Scene, start: int, events: Sequence[Trigger]) -> Trigger:
    return min(events, key=lambda e: _distance(scene, start, e))


def _source(scene: Scene, offset: int, event: Trigger) -> bool:
    """Does what stands at `offset` belong to who reports ("papers in Ankara on Monday said that ... killed")?"""
    return any(w in _SAYING for w in scene.sentence.lows[scene.word_at(offset) : event.first])


def _chain_score(scene: Scene, chain: PlaceChain, event: Trigger) -> float:
    first = chain.first
    score = -0.12 * _distance(scene, chain.start, event)
    lead = min(chain.mentions, key=lambda m: m.start)
    if _source(scene, chain.start, event):
        score -= 3.0
    if lead.preposition in ("in", "at", "near", "outside", "inside", "on", "around", "between"):
        score += 2.0
    elif lead.preposition is None and lead.last == event.first:
        score += 2.5  # "the Ankara bombing"
    elif lead.preposition == "of":
        score -= 0.5
    elif lead.preposition in ("from", "to"):
        # People are from somewhere; what is taken is taken from where it was.
        score -= 0.5 if event.kind in ("kidnapping", "hijacking") else 2.5
    if chain.aside:
        score -= 4.0  # where people met, spoke or were caught
    if lead.first >= event.last:
        score += 1.0
    score += 1.0 if chain.local else 0.0
    return score - (1.5 if first.weak else 0.0)


_APART = frozenset("comes came follows followed days weeks months hours day week month year years".split())


def _apart(scene: Scene, events: Sequence[Trigger]) -> int | None:
    """Where a sentence turns from one attack to an earlier one: the word behind "comes days after"."""
    lows = scene.sentence.lows
    for i, w in enumerate(lows):
        if w in ("after", "following") and _APART & set(lows[max(0, i - 3) : i]) and events[0].last <= i < events[-1].first:
            return i
    return None


def tell(scene: Scene, finder: PlaceFinder) -> list[Telling]:
    """The tellings of one sentence: one, unless its triggers have places or dates of their own."""
    turn = _apart(scene, scene.events)
    if turn is not None:
        earlier = [e for e in scene.events if e.first < turn]
        later = [e for e in scene.events if e.first > turn]
        return _tell(scene, finder, earlier, (0, turn)) + [
            evolve(t, other=True) for t in _tell(scene, finder, later, (turn, len(scene.sentence.words)))
        ]
    told: list[Telling] = []
    for within in _items(scene):
        told += _tell(scene, finder, [e for e in scene.events if within[0] <= e.first < within[1]], within)
    return told


def _items(scene: Scene) -> list[tuple[int, int]]:
    """The items of a list with semicolons, if each that tells of an attack also tells when or where; else the whole."""
    lows = scene.sentence.lows
    cuts = [0, *(i for i, w in enumerate(lows) if w == ";"), len(lows)]
    items = [(a, b) for a, b in pairwise(cuts) if any(a <= e.first < b for e in scene.events)]
    dated = {i for i, (a, b) in enumerate(items) if any(a <= scene.word_at(d.start) < b for d in scene.dates)}
    placed = {i for i, (a, b) in enumerate(items) if any(c.local and a <= c.first.first < b for c in scene.chains)}
    return items if len(items) > 1 and len(dated | placed) == len(items) else [(0, len(lows))]


def _tell(scene: Scene, finder: PlaceFinder, events: list[Trigger], within: tuple[int, int]) -> list[Telling]:
    """The tellings of some of a sentence's triggers, from its words `within` only."""
    first, last = within
    part_only = last - first < len(scene.sentence.words)
    chains = [c for c in scene.chains if usable(c, events, scene) and first <= c.first.first < last]
    dates = [d for d in scene.dates if d.side is None and not reporting(scene, d) and not of_something_else(scene, d) and first <= scene.word_at(d.end - 1) < last]
    local = [c for c in chains if c.local]
    parts: list[list[Trigger]] = [[e] for e in events]
    owns_c = {id(e): [c for c in local if _nearest(scene, c.start, events) is e] for e in events}
    masters = [_master(scene, d, events) for d in dates]
    owns_d = {id(e): [d for d, master in zip(dates, masters, strict=True) if master is e] for e in events}
    if len(local) > 1 or len(dates) > 1:
        merged: list[list[Trigger]] = []
        for [e] in parts:
            has_c, has_d = bool(owns_c[id(e)]), bool(owns_d[id(e)])
            if merged:
                before_c = any(owns_c[id(x)] for x in merged[-1])
                before_d = any(owns_d[id(x)] for x in merged[-1])
                parted = (has_c and before_c and (e.noun or (has_d and before_d))) or (
                    e.noun and merged[-1][-1].noun and has_d and before_d
                )  # fmt: skip
                if not parted:
                    merged[-1].append(e)
                    continue
            merged.append([e])
        parts = merged
    else:
        parts = [events]
    found = []
    for part in parts:
        own_c = [c for e in part for c in owns_c[id(e)]] or (local if len(parts) == 1 else [])
        own_d = [d for e in part for d in owns_d[id(e)]] or (dates if len(parts) == 1 else [])
        pool = own_c or (chains if len(parts) == 1 else [])
        ranked = [(max(_chain_score(scene, c, e) for e in part), -n, c) for n, c in enumerate(pool)]
        score, _, best = max(ranked, key=lambda r: r[:2], default=(0.0, 0, None))
        if score < -2.0:
            best = None  # too far off, or where the report comes from
        date = min(own_d, key=lambda d: (min(_distance(scene, d.start, e) for e in part), d.span), default=None)
        found.append(Telling(scene, part, best, finder.settle(best) if best else None, date, whole=len(parts) == 1 and not part_only))
    return found


def _names_meet(a: Settled, b: Settled) -> bool | None:
    """Do two places agree? None where they cannot tell."""
    if a.country and b.country and a.country != b.country:
        return False
    mine = {fold(x) for x in (a.city, a.location, a.province) if x}
    yours = {fold(x) for x in (b.city, b.location, b.province) if x}
    if not mine or not yours:
        return None
    if any(x in y or y in x for x in mine for y in yours):
        if a.city and b.city and not (fold(a.city) in fold(b.city) or fold(b.city) in fold(a.city)):
            inner = {fold(x) for x in (a.city, a.location) if x} & {fold(x) for x in (b.city, b.location) if x}
            return True if inner else False
        return True
    if (a.city is None or b.city is None) and (a.province is None or b.province is None):
        return None
    return False


def _dates_meet(a: DateMention, b: DateMention, near: bool) -> bool | None:
    if a.low is None or b.low is None or a.high is None or b.high is None:
        return None
    slack = dt.timedelta(days=1)
    if a.low <= b.high + slack and b.low <= a.high + slack:
        return True
    # A year recalled wrongly ("the 2014 bombing" of July 2015) is the same attack where place and kind are the same.
    if near and max(a.span, b.span) > 300 and abs(a.low.year - b.low.year) == 1:
        return None
    return False


def _kinds_meet(telling: Telling, draft: Draft) -> bool | None:
    if not telling.classes or not draft.classes:
        return None
    return bool(telling.classes & draft.classes)


def likeness(telling: Telling, draft: Draft, current: bool, first: bool) -> float | None:
    """How likely a telling speaks of a draft's attack; None where it cannot."""
    score = 0.6 if current else 0.2 if first else 0.0
    score -= 2.5 if telling.other and current else 0.0
    kinds = _kinds_meet(telling, draft)
    place: bool | None = None
    if telling.place is not None:
        meets = [m for p in draft.places() if (m := _names_meet(telling.place, p)) is not None]
        place = any(meets) if meets else None
    killed, known = telling.killed, [k for t in draft.tellings if (k := t.killed)]
    same_toll = bool(killed and killed >= 5 and killed in known)
    if place is False and not same_toll:
        return None
    if telling.date is not None and telling.date.low is not None and draft.dates():
        best = draft.best_date()
        assert best is not None
        meet = _dates_meet(telling.date, best, place is True and kinds is not False)
        if meet is False and not same_toll:
            return None
        if meet:
            score += 1.5
    score += {True: 1.5, False: -1.2, None: 0.0}[kinds] + (1.5 if place else 0.0)
    if killed and known:
        score += 2.0 if killed in known else -0.8
    lows = telling.scene.sentence.lows
    if any(e.definite and e.noun for e in telling.events):
        score += 1.0
    if not telling.own and current:
        score += 0.8  # what has neither date nor place of its own goes on with the story
    if _ANOTHER & set(lows[:8]) and (place is None or telling.date is not None) and any(e.indefinite or not e.noun for e in telling.events):
        score -= 1.2
    if telling.date is not None and telling.date.low is not None and not draft.dates():
        # "The January 2016 siege" in a story without a date is another one.
        recalled = not telling.date.relative and telling.date.span > 20 and not place
        score -= 1.5 if recalled else 0.0 if current else 1.0
    new_place = telling.place is not None and telling.place.city and place is None and not any(p.city for p in draft.places())
    if new_place and not current:
        score -= 0.6
    return score


def _of_someone(scene: Scene, e: Trigger) -> bool:
    """ "The murder of six priests", "the killing of Ana Ruiz": the victims are told."""
    words, lows = scene.sentence.words, scene.sentence.lows
    if e.plural or "of" not in lows[e.last - 1 : e.last + 1]:
        return False
    if {"its", "their"} & set(lows[e.last : e.last + 5]):
        return False  # "the killing of most of its leaders": the group's own dead
    person = any(x.shape == "person" and x.role != "perpetrator" and x.first - e.last <= 4 and x.first >= e.last for x in scene.people)
    at = e.last + (lows[e.last : e.last + 1] == ["of"])
    named = at + 1 < len(words) and words[at].capital and words[at + 1].capital
    return person or named


def founds(telling: Telling, first: bool = True) -> bool:
    """May this telling stand for an incident of its own? A later one needs more than "the attack" to be another."""
    scene = telling.scene
    first = first or telling.other
    local = telling.place is not None and bool(telling.place.city or telling.place.location)
    if not first and telling.date is None and not local and all(e.noun and e.definite for e in telling.events):
        return False
    specific = sum((
        telling.date is not None,
        telling.chain is not None and telling.chain.local,
        any(t.value for t in telling.tolls),
        bool(scene.groups),
    ))  # fmt: skip
    for e in telling.events:
        if e.kind in ("killing", "massacre") and not e.noun:
            victims = [t for t in telling.tolls if t.fate == "killed" and t.value != 0]
            if not victims or all(t.perpetrators for t in victims):
                continue
            if e.agent is not None and e.agent.role == "perpetrator" or scene.groups or scene.sentence.lows[e.first] in ("murdered", "executed", "massacred", "slain"):
                return True
            continue
        if e.noun and (e.plural or e.generic):
            counted = any(w in ("two", "three", "four", "five", "twin", "double") for w in scene.sentence.lows[max(0, e.first - 3) : e.first])
            if specific >= 2 + (not counted) and not e.generic:
                return True
            continue
        if e.kind in ("killing", "assassination") and e.noun and _of_someone(scene, e):
            return True
        if (e.weak or e.noun and e.legal) and specific < 2:
            continue
        if e.noun and specific < 1:
            continue
        if e.kind == "facility" and not e.noun and scene.sentence.lows[e.first] in ("destroyed", "damaged", "destroying", "damaging", "burned", "burnt", "burning", "looted", "wrecked"):
            if not (e.agent is not None and e.agent.role == "perpetrator") and not scene.groups:
                continue
        if e.kind == "hostage siege" and specific < 1:
            continue
        return True
    return False


def read_frame(scene: Scene) -> Frame | None:
    """The setting that a sentence without an attack tells for the next one."""
    words = scene.sentence.words
    dates = [d for d in scene.dates if d.side is None and d.low is not None and d.span < 32 and not reporting(scene, d)]
    chains = [c for c in scene.chains if c.local and usable(c)]
    named = bool(chains) or (words[0].text.isupper() and len(words[0].text) > 2)
    header = bool(dates) and named and len(words) <= 8 and not scene.triggers
    if not header and (not dates or scene.triggers):
        return None
    chain = chains[0] if chains else None
    return Frame(scene, header, min(dates, key=lambda d: d.span, default=None), chain)


def _set_in(telling: Telling, frame: Frame | None, finder: PlaceFinder) -> None:
    """Give a telling the date and place of its frame, where it has none of its own."""
    if frame is None or frame.used:
        return
    near = 0 < telling.scene.sentence.index - frame.scene.sentence.index <= (3 if frame.header else 1)
    if not near:
        return
    if telling.date is None and not any(e.noun and e.definite for e in telling.events):
        telling.date = frame.date
    if frame.chain is not None and (telling.place is None or not (telling.place.city or telling.place.province)):
        telling.chain, telling.place = frame.chain, finder.settle(frame.chain)
    frame.used = not frame.header


def draft_incidents(scenes: Sequence[Scene], finder: PlaceFinder) -> list[Draft]:
    """The drafts of an article, in the order in which it tells of them."""
    drafts: list[Draft] = []
    current: Draft | None = None
    frame: Frame | None = None
    for scene in scenes:
        if not scene.events:
            found = read_frame(scene)
            if found is not None:
                frame = found
                if found.header:
                    current = None  # what follows a header has nothing to do with what stands before it
            if current is not None:
                current.support.append(scene)
            continue
        for telling in tell(scene, finder):
            fresh = frame is not None and frame.header and not frame.used
            _set_in(telling, frame, finder)
            scored = []
            for i, draft in enumerate(drafts):
                score = None if fresh else likeness(telling, draft, draft is current, i == 0)
                if score is not None:
                    scored.append((score, -i, draft))
            best = max(scored, key=lambda x: x[:2], default=None)
            new = founds(telling, first=not drafts)
            if not new and all(e.noun and (e.plural or e.generic) and not e.definite for e in telling.events):
                continue  # "a series of bombings": no telling of any one of them
            if current is not None and scene.has("multiple") is not None and not fresh:
                current.tellings.append(telling)  # "one of four attacks on that day" tells of this one
                continue
            enough = 0.5 if telling.own or telling.other else 0.0
            if best is not None and (best[0] >= enough or not new) and best[0] >= 0.0:
                best[2].tellings.append(telling)
                current = best[2]
            elif new:
                current = Draft([telling])
                drafts.append(current)
                if frame is not None:
                    frame.used = True
    return drafts
