"""What of a coded incident tells it apart from others, made comparable."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from enum import IntEnum
from functools import cache, lru_cache

from attrs import frozen

from gtdlike.article import Article
from gtdlike.codebook import load_codebook
from gtdlike.coding.base import CodedIncident
from gtdlike.incident import Code, Count, EventDate, Name
from gtdlike.linking.names import known, proper, words
from gtdlike.linking.settings import settings

LONGEST = 62
"""An incident of more days than this is taken as one of its first days only: its end would match anything."""


class Precision(IntEnum):
    """How much of a date is known."""

    NONE = 0
    YEAR = 1
    MONTH = 2
    DAY = 3


@frozen
class Profile:
    """A coded incident for comparison: folded names, sets of codes, and days as numbers."""

    article_id: str
    background: bool
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

    @classmethod
    def of(cls, article: Article, coded: CodedIncident) -> Profile:
        """The profile of an incident as one article tells it."""
        incident, conf = coded.incident, settings()
        place = incident.place
        precision, first, last = span(incident.date)
        city, province = known(place.city), known(place.province)
        own = frozenset(f"{city or ''} {province or ''}".split())
        point = None
        if place.latitude is not None and place.longitude is not None and place.specificity in (None, 1):
            point = (place.latitude, place.longitude)
        described = tuple([text for target in incident.targets for text in (target.name, target.organization)])
        return cls(
            article_id=article.id,
            background=coded.background,
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
            killed=number(incident.casualties.killed),
            wounded=number(incident.casualties.wounded),
            target_types=_codes(tuple([target.type for target in incident.targets]), conf.unknown_targets),
            target_words=_apart(words, described, own),
            target_names=_apart(proper, described, own),
        )

    @property
    def told(self) -> int:
        """How much is told: the more, the better it is to start from."""
        singles = (self.country, self.city, self.province, self.killed, self.wounded)
        sets = (self.location, self.attacks, self.weapons, self.groups, self.target_types, self.target_words)
        return sum(value is not None for value in singles) + sum(map(bool, sets))


def span(date: EventDate) -> tuple[Precision, int, int]:
    """How precise a date is, and the first and last day that it can be (days counted from the year 1)."""
    year, month, day = date.year, date.month or 0, date.day or 0
    if year is None or not 1 <= year <= 9998:
        return Precision.NONE, 0, 0
    if not 1 <= month <= 12:
        return Precision.YEAR, dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal()
    length = calendar.monthrange(year, month)[1]
    if not 1 <= day <= length:
        return Precision.MONTH, dt.date(year, month, 1).toordinal(), dt.date(year, month, length).toordinal()
    first = dt.date(year, month, day).toordinal()
    end = date.resolution.toordinal() if date.extended is True and date.resolution is not None else first
    return Precision.DAY, first, end if first <= end <= first + LONGEST else first


def number(count: Count) -> int | None:
    """A count, or None where none is known."""
    return count if isinstance(count, int) else None


# What follows is asked again and again with the same words and codes, and one set is kept for all that say the same.


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
