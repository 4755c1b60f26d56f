"""Does a telling speak of the attack of a draft? By day, place, kind, toll and how it is referred to."""

from __future__ import annotations

import datetime as dt
import math

from gtdlike.coding.rules.dates import DateMention
from gtdlike.coding.rules.daypatterns import listed_words
from gtdlike.coding.rules.drafts import Draft, Telling
from gtdlike.coding.rules.lexicon import word_set
from gtdlike.coding.rules.places import Settled
from gtdlike.coding.rules.prose import fold

_LARGE = 150_000
"""So many people live in a city of which a suburb is spoken as of the city itself."""

_SUBURB = 25.0
"""So many kilometres from it a suburb may lie."""

_SPANS = frozenset("minutes hour hours".split())
_DOERS = frozenset("he she it they".split())
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


def _spot(place: Settled) -> bool:
    """An area or a district that no gazetteer has ("the Shash Darak area"): it may lie in any town."""
    town = place.because.get("city") if place.because else None
    return town is not None and town.level in ("area", "district") and not town.candidates


def _suburb(a: Settled, b: Settled) -> bool:
    """Is one of the places a suburb of the other: Krasnogorsk and Moscow, Zaventem and Brussels?"""
    small, large = sorted((a, b), key=lambda p: p.people)
    if large.people < _LARGE or small.people * 5 > large.people or a.latitude is None or b.latitude is None:
        return False
    assert a.longitude is not None
    assert b.longitude is not None
    east = (a.longitude - b.longitude) * math.cos(math.radians(a.latitude))
    return small.specificity == 1 and 111.2 * math.hypot(a.latitude - b.latitude, east) <= _SUBURB


def _names_meet(a: Settled, b: Settled) -> bool | None:
    """Do two places agree? None where they cannot tell."""
    if a.country and b.country and a.country != b.country:
        return False
    mine = {fold(x) for x in (a.city, a.location, a.province) if x}
    yours = {fold(x) for x in (b.city, b.location, b.province) if x}
    if not mine or not yours:
        return None
    if _two_corners(a, b):
        return None
    if any(x in y or y in x for x in mine for y in yours):
        if a.city and b.city and not (fold(a.city) in fold(b.city) or fold(b.city) in fold(a.city)):
            inner = {fold(x) for x in (a.city, a.location) if x} & {fold(x) for x in (b.city, b.location) if x}
            return True if inner else None if _suburb(a, b) else False
        return True
    if a.near or b.near or _suburb(a, b) or _spot(a) or _spot(b):
        return None  # "outside the city", and later "in the village of ..."
    if (a.city is None or b.city is None) and (a.province is None or b.province is None):
        return None
    return False


def _two_corners(a: Settled, b: Settled) -> bool:
    """Two places in one town, as far as their names tell."""
    if not (a.city and b.city and a.location and b.location) or fold(a.city) != fold(b.city):
        return False
    mine, yours = fold(a.location), fold(b.location)
    return mine not in yours and yours not in mine


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


def _days_apart(telling: Telling, draft: Draft) -> bool:
    """ "Today" and "yesterday", "Monday" and "Friday": two days, although nothing tells of which year."""
    day = telling.undated
    if day is None or not draft.undated or day[0] not in ("words", "weekday"):
        return False
    if any(rule != day[0] for rule, _ in draft.undated):
        return False
    if day[0] == "weekday":
        named = set(day[1].split()) & _WEEKDAYS
        return bool(named) and all(named.isdisjoint(words.split()) for _, words in draft.undated)
    start, end = _from_to(day[1])
    return all(end < low or high < start for low, high in (_from_to(words) for _, words in draft.undated))


def _from_to(words: str) -> tuple[int, int]:
    """The days that words such as "yesterday" may mean, counted from the day of the report."""
    first, last = listed_words("words").get(tuple(words.split()), ("-9", "0"))
    return int(first), int(last)


def _kinds_meet(telling: Telling, draft: Draft) -> bool | None:
    if not telling.classes or not draft.classes:
        return None
    return bool(telling.classes & draft.classes)


def _far_apart(killed: int, known: set[int]) -> bool:
    """Tolls of two attacks: neither is a detail of the other, and none has merely risen."""
    return killed >= 5 and all(k >= 5 and (k >= 2 * killed or killed >= 2 * k) for k in known)


def _by_someone_new(telling: Telling) -> bool:
    """ "A gunman shot ...": by an attacker of whom nothing was told before, at a place that is told."""
    local = telling.chain is not None and telling.chain.local
    lows = telling.scene.sentence.lows
    return local and any(
        not e.noun and e.agent is not None and "the" not in lows[e.agent.first - 1 : e.agent.last]
        for e in telling.events
    )


def _elsewhere(telling: Telling) -> bool:
    """ "Elsewhere gunmen shot ...", "also in Quetta", "a second bomb, at a market in ...": told as another attack."""
    lows = telling.scene.sentence.lows
    if telling.chain is None or not telling.chain.local or all(e.noun and e.definite for e in telling.events):
        return False
    first = min(e.first for e in telling.events)
    ordinal = any(w in word_set("ordinal attack") and lows[i - 1 : i] == ["a"] for i, w in enumerate(lows[: first + 1]))
    return ordinal or "another" in lows[:first] or bool(word_set("elsewhere") & set(lows[:6])) or lows[0] == "also"


def _later(lows: list[str]) -> bool:
    """ "About an hour later a bomb ripped through a station": the next attack."""
    at = lows.index("later") if "later" in lows[:6] else 0
    return bool(_SPANS & set(lows[:at])) and lows[at + 1 : at + 2] in (["a"], ["an"], ["another"], [","], ["two"])


def _in_a_title(telling: Telling) -> bool:
    """ "The mayor of Cali was killed": the town says who it was, and where only as long as nothing else does."""
    chain = telling.chain
    if chain is None:
        return False
    lead = min(chain.mentions, key=lambda m: m.start)
    return lead.preposition == "of" and any(
        p.last == lead.first - 1 and p.shape == "person" for p in telling.scene.people
    )


def _same_town(telling: Telling, draft: Draft) -> bool:
    """Two bombs in one town may be one attack; in a town and somewhere in its province they are two."""
    town = telling.place.city if telling.place is not None else None
    return town is None or any(p.city is not None and fold(p.city) == fold(town) for p in draft.places())


def _someone_else(telling: Telling, draft: Draft) -> bool:
    """Does it name whom the attack hit, and name others than were named before? "X was also killed" adds to those."""
    if not telling.victims or not draft.victims or not telling.victims.isdisjoint(draft.victims):
        return False
    return telling.own or not word_set("adding") & set(telling.scene.sentence.lows)


def _something_else(telling: Telling, draft: Draft, weighed: bool) -> bool:
    """ "In addition, guerrillas blew up a bus", "also attacked the town hall": a thing not told of before.

    What the attackers of the story did besides ("the gunmen also burned a car", "he also shot ...") is of the same.
    Where it is `weighed` later, no such word is needed, if it was told what the attack before was aimed at."""
    if not telling.things or not telling.things.isdisjoint(draft.things) or all(e.noun for e in telling.events):
        return False
    lows = telling.scene.sentence.lows
    told = not word_set("one more").isdisjoint(lows) or (weighed and bool(draft.things))
    if not told or (telling.on_people and not telling.own):
        return False
    if any(t.noun and t.definite for t in telling.scene.triggers):
        return False
    if any(not e.noun and not _DOERS.isdisjoint(lows[max(0, e.first - 2) : e.first]) for e in telling.events):
        return False
    return not any(w in word_set("doer") and "the" in lows[max(0, i - 3) : i] for i, w in enumerate(lows))


def likeness(telling: Telling, draft: Draft, current: bool, first: bool, weighed: bool = False) -> float | None:
    """How likely a telling speaks of a draft's attack; None where it cannot.

    One draft too many costs less where it is `weighed` in the end which are incidents."""
    score = (0.3 if weighed else 0.6) if current else 0.2 if first else 0.0
    score -= 2.5 if telling.other and current else 0.0
    kinds = _kinds_meet(telling, draft)
    place: bool | None = None
    if telling.place is not None and not (_in_a_title(telling) and any(p.city for p in draft.places())):
        meets = [m for p in draft.places() if (m := _names_meet(telling.place, p)) is not None]
        place = any(meets) if meets else None
        several = any(e.plural for t in draft.tellings for e in t.events)
        if not place and several and any(_suburb(telling.place, p) for p in draft.places()):
            return None  # of "the attacks on the city" one was in the suburb
    elsewhere = _elsewhere(telling)
    if elsewhere and place and not _same_town(telling, draft):
        place = None
    killed, known = telling.killed, draft.tolls
    same_toll = bool(killed and killed >= 5 and killed in known)
    if place is False and not same_toll:
        return None
    if _days_apart(telling, draft) and not same_toll:
        return None
    if _someone_else(telling, draft) and not same_toll:
        return None
    if _something_else(telling, draft, weighed) and not same_toll:
        return None
    best = draft.best_date()
    if telling.date is not None and telling.date.low is not None and best is not None:
        meet = _dates_meet(telling.date, best, place is True and kinds is not False)
        if meet is False and not same_toll:
            return None
        if meet:
            other_day = telling.date.exact and best.exact and telling.date.low != best.low
            if other_day and telling.other:
                return None  # "a day after another bomb ..."
            score += -1.0 if other_day and place is not True and _by_someone_new(telling) else 1.5
    score += {True: 1.5, False: -1.2, None: 0.0}[kinds] + (1.5 if place else 0.0)
    if killed and known:
        score += 2.0 if killed in known else -2.5 if _far_apart(killed, known) else -0.8
    lows = telling.scene.sentence.lows
    if any(e.definite and e.noun for e in telling.events):
        score += 1.0
    the_one = lows[0] == "the" and bool(lows[1:2]) and lows[1] in word_set("the one")
    if current and (the_one or lows[0] in ("they", "he", "she")):
        score += 1.2  # "The device set the carriage alight": the one that was told of
    if not telling.own and current:
        score += 0.8  # what has neither date nor place of its own goes on with the story
    fresh = any(e.indefinite or not e.noun for e in telling.events) and (place is None or telling.date is not None)
    if elsewhere and (place is not True or lows[0] == "also"):
        score -= 3.0
    elif fresh and word_set("another") & set(lows[:8]):
        score -= 1.2
    elif fresh and current and telling.chain is not None and telling.chain.local and _later(lows):
        score -= 2.0
    if telling.date is not None and telling.date.low is not None and best is None:
        # "The January 2016 siege" in a story without a date is another one.
        recalled = not telling.date.relative and telling.date.span > 20 and not place
        score -= 1.5 if recalled else 0.0 if current else 1.0
    new_place = (
        telling.place is not None and telling.place.city and place is None and not any(p.city for p in draft.places())
    )
    if new_place and not current:
        score -= 0.6
    return score
