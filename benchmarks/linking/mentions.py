"""Mentions of incidents as a coder gives them, with the noise of news and the true grouping.

Each incident is told by one to eight articles; figures rise from day to day, dates are off by a day or only a month or
a year, places are spelt in other ways or left out, groups are unknown or a branch of another, and an article recalls
old attacks or tells of several.
"""

from __future__ import annotations

import calendar
import datetime as dt
import random
from collections.abc import Hashable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Final

from attrs import evolve, frozen

from benchmarks.linking.world import Event, events
from gtdlike.article import Article
from gtdlike.codebook import load_codebook
from gtdlike.coding.base import CodedIncident
from gtdlike.evidence import Evidence, How
from gtdlike.incident import (
    UNKNOWN,
    Casualties,
    Criteria,
    EventDate,
    Hostages,
    Incident,
    International,
    Name,
    Perpetrator,
    Place,
    Property,
    Target,
    Weapon,
)
from gtdlike.linking.settings import settings

_SHARES: Final = (26, 22, 17, 12, 9, 6, 5, 3)
"""How many incidents of a hundred are told by one article, by two, by three ..."""
_CONFUSED: Final[Mapping[int, int]] = {14: 1, 1: 14, 3: 4, 4: 3, 2: 3, 15: 14, 19: 14, 8: 14, 10: 14, 17: 2}
_NEAR: Final[Mapping[int, int]] = {3: 2, 2: 3, 1: 2, 6: 2, 7: 3}
_VOWELS: Final = {"a": "e", "e": "a", "i": "e", "o": "u", "u": "o"}
_BEGINNINGS: Final[Mapping[int, str]] = {
    3: "A bomb went off beside",
    2: "Gunmen opened fire on",
    1: "Gunmen shot",
    6: "Armed men took away",
    7: "Attackers set fire to",
}
# Every coded row has these, mostly as defaults of the coder.
_DEFAULTS: Final = (
    "crit1 crit2 crit3 doubtterr multiple success suicide individual nperps claimed property ishostkid INT_LOG INT_IDEO"
    " INT_MISC INT_ANY summary dbsource specificity vicinity"
).split()


@frozen
class Mention:
    """One article's telling of an incident, its number in the article, and which incident it is."""

    article: Article
    coded: CodedIncident
    telling: int
    truth: Hashable


def mentions(number: int, seed: int = 1) -> list[Mention]:
    """So many mentions, in an order drawn by the seed."""
    found = list(islice(_mentions(seed), number))
    random.Random(f"order {seed}").shuffle(found)
    return found


def _mentions(seed: int) -> Iterator[Mention]:
    rng = random.Random(f"mentions {seed}")
    world = events(seed)
    ahead = list(islice(world, 8))
    first = articles = 0
    while True:
        for _ in range(rng.choices(range(1, 9), _SHARES)[0]):
            # One article of ten tells of another incident of these days too.
            told = [0] if rng.random() < 0.9 else [0, rng.randrange(1, len(ahead))]
            articles += 1
            background = rng.random() < 0.08
            published = ahead[told[-1]].day + dt.timedelta(
                rng.randint(20, 700) if background else rng.choices((0, 1, 2, 3), (35, 45, 13, 7))[0]
            )
            article = Article(f"g{articles:07}", "", f"Report {articles}", published, f"Daily {articles % 40}")
            codings = [_incident(rng, ahead[place], article, background) for place in told]
            sentences = [_sentence(incident, ahead[place]) for incident, place in zip(codings, told, strict=True)]
            article = evolve(article, text=" ".join(sentences))
            for telling, (incident, sentence, place) in enumerate(zip(codings, sentences, told, strict=True), 1):
                evidence = _evidence(incident, article, sentence)
                coded = CodedIncident(article.id, incident, evidence, background)
                yield Mention(article, coded, telling, first + place)
        ahead = [*ahead[1:], next(world)]
        first += 1


def _incident(rng: random.Random, event: Event, article: Article, background: bool) -> Incident:
    """What an article says of an incident."""
    delay = (article.published - event.day).days if article.published and not background else 9
    named = event.named is not None and rng.random() < 0.65
    target: Name = event.named if named else event.called if rng.random() < 0.9 else None
    kind = event.target if rng.random() < 0.92 else _CONFUSED[event.target]
    attack = event.attack if rng.random() < 0.92 else rng.choice((9, _NEAR[event.attack]))
    place = _place(rng, event, background)
    return Incident(
        date=_date(rng, event.day, background),
        place=place,
        summary=f"An attack told in {article.title}.",
        criteria=Criteria(True, True, True, False),
        multiple=event.multiple and rng.random() < 0.7,
        success=True,
        suicide=False,
        attacks=[attack],
        weapons=[Weapon(event.weapon if rng.random() < 0.9 else 13)],
        targets=[Target(kind, None, None, target, event.city.country)],
        perpetrators=[Perpetrator(_group(rng, event.group), claimed=False)],
        individual=False,
        number_of_perpetrators=UNKNOWN,
        casualties=Casualties(
            killed=_figure(rng, event.killed, delay, 0.13), wounded=_figure(rng, event.wounded, delay, 0.25)
        ),
        property=Property(UNKNOWN),
        hostages=Hostages(False),
        international=International(UNKNOWN, UNKNOWN, False, UNKNOWN),
        citations=[f"{article.title}, {article.source}"],
        database="generated",
    )


def _sentence(incident: Incident, event: Event) -> str:
    """What the article writes of it: all that is coded, in the words of a report."""
    place, target, group = incident.place, incident.targets[0].name, incident.perpetrators[0].name
    where = ", ".join(name for name in (place.location, place.city, place.province) if isinstance(name, str))
    parts = [
        f"{_BEGINNINGS[event.attack]} {target}" if isinstance(target, str) else "There was an attack",
        f"in {where}" if where else "in the country",
        f"on {incident.date.day} {calendar.month_name[incident.date.month or 0]}" if incident.date.day else "",
        f"and killed {incident.casualties.killed} people" if incident.casualties.killed is not None else "",
        f"and wounded {incident.casualties.wounded}" if incident.casualties.wounded is not None else "",
        f"and fled, and {group} was blamed" if isinstance(group, str) else "",
    ]
    return " ".join(part for part in parts if part) + "."


def _date(rng: random.Random, day: dt.date, background: bool) -> EventDate:
    """The day; more seldom the day beside it, the month, the year or nothing. A recollection is vaguer."""
    weights = (45, 4, 30, 16, 5) if background else (84, 9, 5, 1, 1)
    kind = rng.choices(("day", "beside", "month", "year", "none"), weights)[0]
    if kind == "none":
        return EventDate()
    if kind == "year":
        return EventDate(day.year, 0, 0)
    if kind == "month":
        return EventDate(day.year, day.month, 0)
    if kind == "beside":
        day += dt.timedelta(rng.choice((-1, 1)))
    return EventDate(day.year, day.month, day.day, extended=False)


def _place(rng: random.Random, event: Event, background: bool) -> Place:
    """The city; more seldom in another spelling, the region only or the country only."""
    city, chance = event.city, rng.random()
    if chance < (0.10 if background else 0.05):
        province = city.province if chance < 0.035 else None
        return Place(city.country, city.region, province, specificity=5 if province is None else 4)
    name = _spelt(rng, city.name) if rng.random() < 0.13 else city.name
    # A name that is spelt in a strange way is seldom found in a gazetteer.
    found = name == city.name
    return Place(
        country=city.country,
        region=city.region,
        province=city.province if rng.random() < 0.85 else None,
        city=name,
        latitude=city.latitude if found else None,
        longitude=city.longitude if found else None,
        specificity=1 if found else 3,
        vicinity=False,
        location=event.quarter if rng.random() < 0.6 else None,
    )


def _spelt(rng: random.Random, name: str) -> str:
    """A name in another transliteration."""
    kind = rng.randrange(4)
    places = [i for i, letter in enumerate(name) if i and letter in _VOWELS]
    if kind == 0 and places:
        place = rng.choice(places)
        return name[:place] + _VOWELS[name[place]] + name[place + 1 :]
    if kind == 1 and len(name) > 3:
        place = rng.randrange(1, len(name) - 1)
        return name[:place] + name[place] + name[place:]
    return f"Al-{name}" if kind == 2 else f"{name} City"


def _group(rng: random.Random, group: str | None) -> Name:
    """The group; often unknown, now and then a group near it."""
    chance = rng.random()
    if group is None or chance < 0.3:
        return UNKNOWN
    near = _branches(group)
    return rng.choice(near) if chance < 0.4 and near else group


@cache
def _branches(group: str) -> tuple[str, ...]:
    """Other names of the family of a group."""
    phrases = [p for family in settings().families if any(p in group for p in family) for p in family]
    return tuple(
        g.name for g in load_codebook().groups if g.name != group and any(phrase in g.name for phrase in phrases)
    )[:10]


def _figure(rng: random.Random, value: int, delay: int, blank: float) -> int | None:
    """The figure as it was known then: often less on the first day, and now and then another one."""
    chance = rng.random()
    if chance < blank:
        return None
    if value > 2 and delay < 2 and chance < 0.4:
        return max(1, int(value * rng.uniform(0.55, 0.98)))
    if chance > 0.93:
        return max(0, value + rng.choice((-2, -1, 1, 2)))
    return value


def _evidence(incident: Incident, article: Article, sentence: str) -> tuple[Evidence, ...]:
    """Evidence for what is coded, as much of it as the rule coder gives."""
    names = ["country", "region", "attacktype1", "weaptype1", "targtype1", "natlty1", "gname"]
    optional = (
        ("iyear imonth iday", incident.date.year),
        ("provstate", incident.place.province),
        ("city", incident.place.city),
        ("latitude longitude", incident.place.latitude),
        ("location", incident.place.location),
        ("target1", incident.targets[0].name),
        ("nkill", incident.casualties.killed),
        ("nwound", incident.casualties.wounded),
    )
    for columns, value in optional:
        if value is not None:
            names += columns.split()
    start = article.text.index(sentence)
    end = start + len(sentence)
    stated = tuple(Evidence(n, How.STATED, "generated", start, end, sentence, article.id) for n in names)
    return stated + tuple(Evidence(n, How.DEFAULT, "generated", article_id=article.id) for n in _DEFAULTS)
