"""What belongs to which attack of a sentence: its place and its day, by distance and grammar."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gtdlike.coding.rules.attach import dates_no_attack, owner
from gtdlike.coding.rules.dates import DateMention
from gtdlike.coding.rules.lexicon import word_set
from gtdlike.coding.rules.places import PlaceChain
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.triggers import Trigger

_WHERE = frozenset("in at near outside inside on around into toward towards".split())
_LAUNCHED = frozenset("fired fire firing launched launching shelled shelling".split())


def distance(scene: Scene, offset: int, trigger: Trigger) -> float:
    """How far a trigger stands from an offset of the text: in words, and more where a clause ends between them."""
    i = scene.word_at(offset)
    a, b = (i, trigger.first) if i < trigger.first else (trigger.last, i)
    lows = scene.sentence.lows[a:b]
    return len(lows) + 5 * sum(w in (",", ";", "and", "while", "after") for w in lows)


def reporting(scene: Scene, date: DateMention) -> bool:
    """The date is that of a statement, a trial, an arrest and the like, not of the attack."""
    return dates_no_attack(scene.sentence, date, scene.triggers)


def of_something_else(scene: Scene, date: DateMention) -> bool:
    """The date describes another noun: "a March 7 notice", "his 4 January speech", "the invasion of 1979"."""
    lows = scene.sentence.lows
    a, b = scene.word_at(date.start), scene.word_at(date.end - 1) + 1
    if date.rule == "year" and lows[a] == "of" and a > 0:
        told = any(t.first < a <= t.last for t in scene.triggers)
        return not told and lows[a - 1].isalpha() and lows[a - 1] not in word_set("part of a year")
    led = a > 0 and lows[a - 1] in ("a", "an", "the", "his", "her", "its", "their", "'s")
    if not led or b >= len(lows) or not lows[b].isalpha() or lows[b] in word_set("clause") | word_set("governing"):
        return False
    return not any(t.first <= b + 2 and t.last > b for t in scene.triggers)


def attack_dates(scene: Scene) -> list[DateMention]:
    """The dates of a sentence on which an attack may have happened."""
    if _goes_on(scene):
        return []
    return [d for d in scene.dates if d.side is None and not reporting(scene, d) and not of_something_else(scene, d)]


def _goes_on(scene: Scene) -> bool:
    """ "On the third day of the siege", "were still holding hostages on Friday": it began on another day."""
    lows = scene.sentence.lows
    counted = any(
        lows[i] == "day" and lows[i - 1] in word_set("nth") and lows[i + 1 : i + 2] in (["of"], ["running"])
        for i in range(1, len(lows))
    )
    held = any(e.kind == "hostage siege" for e in scene.events)
    return counted or (held and all("still" in lows[max(0, e.first - 3) : e.first] for e in scene.events))


def usable(chain: PlaceChain, events: Sequence[Trigger] = (), scene: Scene | None = None) -> bool:
    """May this chain be where something happened? "The Ankara bombing" may, a bare name elsewhere may not."""
    if any(m.last == e.first and e.noun and m.level != "people" for m in chain.mentions for e in events):
        return True
    lows = scene.sentence.lows if scene is not None else []
    if lows and _premises(lows, chain):
        return True
    if lows and any(m.first and lows[m.first - 1] in word_set("place apposition") for m in chain.mentions):
        return True  # "the capital Jakarta"
    if lows and chain.first.first and lows[chain.first.first - 1] in word_set("arabic article"):
        return not chain.only_people  # "outside the town of al-Bab": the article hides what leads to the name
    named_so = any(set(lows[m.last : m.last + 3]) & word_set("one of another") for m in chain.mentions)
    if named_so and chain.first.preposition is None:
        return False  # "where the Orlando nightclub gunman used to pray"
    lead = min(chain.mentions, key=lambda m: m.start)
    if lead.preposition in ("toward", "towards") and word_set("getaway") & set(
        lows[max(0, lead.first - 4) : lead.first]
    ):
        return False  # "before driving off towards the forest"
    return not chain.only_people and not (
        len(chain.mentions) == 1 and chain.first.weak and chain.first.preposition is None
    )


def _premises(lows: Sequence[str], chain: PlaceChain) -> bool:
    """ "The Paris offices of a weekly": the offices are in Paris."""
    last = max(chain.mentions, key=lambda m: m.last)
    return last.level not in ("people", "country") and bool(set(lows[last.last : last.last + 1]) & word_set("premises"))


def master(scene: Scene, date: DateMention, events: Sequence[Trigger]) -> Trigger:
    """The trigger whose day a date is."""
    found = owner(scene.sentence, date, events)
    return found if found is not None else nearest(scene, date.start, events)


def nearest(scene: Scene, start: int, events: Sequence[Trigger]) -> Trigger:
    """The trigger that stands nearest to an offset of the text."""
    return min(events, key=lambda e: distance(scene, start, e))


def source(scene: Scene, offset: int, event: Trigger) -> bool:
    """Does what stands at `offset` belong to who reports ("papers in Ankara on Monday said that ... killed")?"""
    return any(w in word_set("saying") for w in scene.sentence.lows[scene.word_at(offset) : event.first])


def _shows_the_way(scene: Scene, first: int) -> bool:
    """ "In Baquba, north of the capital": the larger town only tells where the smaller one lies."""
    before = scene.sentence.lows[max(0, first - 3) : first]
    return any(x in word_set("compass") and y == "of" for x, y in pairwise(before))


def chain_score(scene: Scene, chain: PlaceChain, event: Trigger) -> float:
    """How plainly a sentence says that an attack happened at a place."""
    first = chain.first
    score = -0.12 * distance(scene, chain.start, event)
    lead = min(chain.mentions, key=lambda m: m.start)
    if source(scene, chain.start, event):
        score -= 3.0
    if _shows_the_way(scene, lead.first):
        score -= 4.0
    elif lead.preposition in _WHERE:
        score += 2.0
    elif lead.preposition == "from" and _LAUNCHED & set(scene.sentence.lows[event.first : event.last]):
        score -= 4.0  # "rockets fired from Gaza into Israel": where they came from
    elif lead.preposition == "between":
        score += 0.5  # a road: where on it, another name may tell
    elif lead.preposition is None and lead.last == event.first:
        score += 2.5  # "the Ankara bombing"
    elif _premises(scene.sentence.lows, chain):
        score += 2.5
    elif lead.preposition == "of":
        score -= 0.5
    elif lead.preposition in ("from", "to"):
        # People are from somewhere; what is taken is taken from where it was.
        score -= 0.5 if event.kind in ("kidnapping", "hijacking") else 2.5
    if chain.aside:
        score -= 4.0  # where people met, spoke or were caught
    if lead.first >= event.last:
        score += 1.0
    if all(m.level == "part" for m in chain.mentions):
        score -= 4.0  # a church or a square: the town says more of where it was
    score += 1.0 if chain.local else 0.0
    return score - (1.5 if first.weak else 0.0)
