"""What of a coded incident tells it apart from others, made comparable."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable
from enum import IntEnum
from functools import cache, lru_cache
from typing import Final

from attrs import define

from gtdlike.article import Article
from gtdlike.codebook import load_codebook
from gtdlike.coding.base import CodedIncident
from gtdlike.evidence import How
from gtdlike.incident import Code, Count, EventDate, Name
from gtdlike.linking.kept import NOTHING
from gtdlike.linking.names import known, proper, spelling, words
from gtdlike.linking.scene import dateline, scene
from gtdlike.linking.settings import settings

LONGEST = 62
"""An incident of more days than this is taken as one of its first days only: its end would match anything."""


_FIGURES: Final = frozenset({"nkill", "nwound"})


class Precision(IntEnum):
    """How much of a date is known."""

    NONE = 0
    YEAR = 1
    MONTH = 2
    DAY = 3


DAY: Final = Precision.DAY
"""Asked for of every pair, for which a look into the enumeration takes long."""


@define(eq=False)
class Profile:
    """A coded incident for comparison: folded names, sets of codes, and days as numbers."""

    article_id: str
    background: bool
    published: int | None
    multiple: bool
    precision: Precision
    first: int
    last: int
    country: int | None
    city: str | None
    province: str | None
    location: frozenset[str]
    point: tuple[float, float] | None
    attacks: frozenset[int]
    weapons: frozenset[int]
    groups: frozenset[str]
    killed: int | None
    wounded: int | None
    target_types: frozenset[int]
    target_words: frozenset[str]
    target_names: frozenset[str]
    names: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    """All names of the scene, also those that are too common to tell attacks apart: they may be that of its place."""
    places: frozenset[str] = frozenset()
    called: frozenset[frozenset[str]] = frozenset()
    """Of the city and of the province the words, as those of a scene are spelt, that tell it apart."""
    openers: frozenset[str] = frozenset()
    numbers: frozenset[int] = frozenset()
    kinds: frozenset[int] = frozenset()
    dateline: frozenset[str] = frozenset()
    """The names of the place that the article was written in, as a hint to that of the attack."""
    of_report: bool = False
    """Whether the day that is told may be that of the article's news."""
    recalls: bool = False
    """Whether that news may be a recollection: an anniversary or a verdict."""

    @classmethod
    def of(cls, article: Article, coded: CodedIncident, *, main: bool = False) -> Profile:
        """The profile of an incident as one article tells it; `main` where it is what the article is about."""
        incident, conf = coded.incident, settings()
        place = incident.place
        precision, first, last = span(incident.date)
        published = article.published.toordinal() if article.published else None
        if published is not None and precision < DAY and first <= published:
            last = min(last, published)  # nobody tells of an attack before it
        city, province = known(place.city), known(place.province)
        own = _split(city, province)
        point = None
        if place.latitude is not None and place.longitude is not None and place.specificity in (None, 1):
            point = (place.latitude, place.longitude)
        # What nothing in the article speaks of tells nothing apart.
        looked_at = conf.scene_variables | _FIGURES
        evidence = [e for e in coded.evidence if e.variable in looked_at]
        figures = [(e.variable, e.how) for e in evidence if e.variable in _FIGURES]
        told = [variable for variable, how in figures if how is not How.DEFAULT]
        assumed = [variable for variable, _ in figures if variable not in told]
        of_report = precision == DAY and published is not None and 0 <= published - first <= 1
        around = scene(article, evidence, main=main)
        # A city that is in no gazetteer is mostly what was attacked: a quarter, a church.
        known_places = (province, city if point is not None else None)
        places = _spelt(*known_places)
        described = tuple([text for target in incident.targets for text in (target.name, target.organization)])
        return cls(
            article_id=article.id,
            background=coded.background,
            published=published,
            multiple=incident.multiple is True,
            precision=precision,
            first=first,
            last=last,
            country=place.country,
            city=city,
            province=province,
            location=_apart(words, (place.location,), own),
            point=point,
            attacks=_codes(tuple(incident.attacks), conf.unknown_attacks),
            weapons=_codes(tuple([weapon.type for weapon in incident.weapons]), conf.unknown_weapons),
            groups=_groups(tuple([perpetrator.name for perpetrator in incident.perpetrators])),
            killed=None if "nkill" in assumed else number(incident.casualties.killed),
            wounded=None if "nwound" in assumed else number(incident.casualties.wounded),
            target_types=_codes(tuple([target.type for target in incident.targets]), conf.unknown_targets),
            target_words=_apart(words, described, own),
            target_names=_apart(proper, described, own),
            names=around.names if around.names.isdisjoint(places) else around.names - places,
            named=around.names,
            places=places,
            called=_called(city, province),
            openers=around.openers,
            numbers=around.numbers,
            kinds=around.kinds,
            # Where a recollection has no place of its own, that of the article is a hint: "in the same city".
            dateline=NOTHING if coded.background and own else dateline(article),
            of_report=of_report,
            recalls=of_report and _any_in(conf.recollections, article.text),
        )

    @property
    def told(self) -> int:
        """How much is told: the more, the better it is to start from."""
        singles = (self.country, self.city, self.province, self.killed, self.wounded)
        sets = (self.location, self.attacks, self.weapons, self.groups, self.target_types, self.target_words)
        return len(singles) - singles.count(None) + len(sets) - sets.count(NOTHING)


def span(date: EventDate) -> tuple[Precision, int, int]:
    """How precise a date is, and the first and last day that it can be (days counted from the year 1)."""
    end = date.resolution.toordinal() if date.extended is True and date.resolution is not None else None
    return _span(date.year, date.month or 0, date.day or 0, end)


@lru_cache(maxsize=50_000)
def _span(year: int | None, month: int, day: int, end: int | None) -> tuple[Precision, int, int]:
    if year is None or not 1 <= year <= 9998:
        return Precision.NONE, 0, 0
    if not 1 <= month <= 12:
        return Precision.YEAR, dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal()
    length = calendar.monthrange(year, month)[1]
    if not 1 <= day <= length:
        return Precision.MONTH, dt.date(year, month, 1).toordinal(), dt.date(year, month, length).toordinal()
    first = dt.date(year, month, day).toordinal()
    return Precision.DAY, first, end if end is not None and first <= end <= first + LONGEST else first


def number(count: Count) -> int | None:
    """A count, or None where none is known."""
    return count if isinstance(count, int) else None


def _any_in(phrases: Iterable[str], text: str) -> bool:
    for phrase in phrases:  # noqa: SIM110 (a loop, because it is asked of every text)
        if phrase in text:
            return True
    return False


# What follows is asked again and again with the same words and codes, and one set is kept for all that say the same.


@lru_cache(maxsize=50_000)
def _split(*names: str | None) -> frozenset[str]:
    """The words of some names."""
    return frozenset(word for name in names if name for word in name.split())


@lru_cache(maxsize=50_000)
def _spelt(*names: str | None) -> frozenset[str]:
    """The words of some names, as those of a scene are spelt."""
    return frozenset(map(spelling, _split(*names)))


@lru_cache(maxsize=50_000)
def _called(*names: str | None) -> frozenset[frozenset[str]]:
    """Of each name the words that tell it apart; without names that have none."""
    return frozenset(_spelt(name) - settings().no_names for name in names) - {frozenset()}


@lru_cache(maxsize=50_000)
def _apart(find: Callable[[Name], frozenset[str]], texts: tuple[Name, ...], own: frozenset[str]) -> frozenset[str]:
    """The words of some texts, without those of the place's own name."""
    return frozenset().union(*map(find, texts)) - own


@lru_cache(maxsize=10_000)
def _codes(codes: tuple[Code, ...], unknown: frozenset[int]) -> frozenset[int]:
    """The codes that say something."""
    return frozenset(code for code in codes if code is not None) - unknown


@lru_cache(maxsize=10_000)
def _groups(names: tuple[Name, ...]) -> frozenset[str]:
    """The organizations that are named; an identity such as "Separatists" tells nothing apart."""
    return frozenset(n for n in names if isinstance(n, str) and n != "Unknown" and n not in _generic_names())


@cache
def _generic_names() -> frozenset[str]:
    return frozenset(group.name for group in load_codebook().groups if group.kind == "generic")
