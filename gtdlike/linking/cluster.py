"""The tellings of one incident, and what they say together."""

from __future__ import annotations

from typing import TypeVar

from attrs import Factory, define

from gtdlike.linking.kept import only
from gtdlike.linking.profile import Precision, Profile

T = TypeVar("T")


@define(eq=False)
class Cluster:
    """The tellings that were found to be of one incident, and what they say together."""

    members: list[Profile] = Factory(list)
    articles: set[str] = Factory(set)
    multiple: bool = False
    precision: Precision = Precision.NONE
    latest_first: int = 0
    earliest_last: int = 10**9
    days: frozenset[tuple[int, int]] = frozenset()
    country: int | None = None
    countries: frozenset[int] = frozenset()
    cities: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    location: frozenset[str] = frozenset()
    points: frozenset[tuple[float, float]] = frozenset()
    attacks: frozenset[int] = frozenset()
    weapons: frozenset[int] = frozenset()
    groups: frozenset[str] = frozenset()
    killed: frozenset[int] = frozenset()
    wounded: frozenset[int] = frozenset()
    target_types: frozenset[int] = frozenset()
    target_words: frozenset[str] = frozenset()
    target_names: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    """The words of the cities and provinces that the gazetteer knows, as names are spelt."""
    called: frozenset[frozenset[str]] = frozenset()
    kinds: frozenset[int] = frozenset()
    named: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    numbers: frozenset[int] = frozenset()
    dateline: frozenset[str] = frozenset()
    published: frozenset[int] = frozenset()
    news: frozenset[int] = frozenset()
    """When those of them were published that tell it as their news."""

    @classmethod
    def of(cls, profile: Profile) -> Cluster:
        """The cluster of one telling."""
        cluster = cls()
        cluster.add(profile)
        return cluster

    def add(self, profile: Profile) -> None:
        """Take in one more telling."""
        self.members.append(profile)
        self.articles.add(profile.article_id)
        self.multiple |= profile.multiple
        self.precision = max(self.precision, profile.precision)
        if profile.precision:
            self.latest_first = max(self.latest_first, profile.first)
            self.earliest_last = min(self.earliest_last, profile.last)
        if profile.precision == Precision.DAY:
            self.days = _with(self.days, (profile.first, profile.last))
        self.country = profile.country if self.country is None else self.country
        self.countries = _with(self.countries, profile.country)
        self.cities = _with(self.cities, profile.city)
        self.provinces = _with(self.provinces, profile.province)
        self.points = _with(self.points, profile.point)
        self.killed = _with(self.killed, profile.killed)
        self.wounded = _with(self.wounded, profile.wounded)
        self.location = _both(self.location, profile.location)
        self.attacks = _both(self.attacks, profile.attacks)
        self.weapons = _both(self.weapons, profile.weapons)
        self.groups = _both(self.groups, profile.groups)
        self.target_types = _both(self.target_types, profile.target_types)
        self.target_words = _both(self.target_words, profile.target_words)
        self.target_names = _both(self.target_names, profile.target_names)
        self.places = _both(self.places, profile.places)
        self.called = _both(self.called, profile.called)
        self.names = _both(self.names, profile.names)
        self.kinds = _both(self.kinds, profile.kinds)
        self.named = _both(self.named, profile.named)
        self.openers = _both(self.openers, profile.openers)
        self.numbers = _both(self.numbers, profile.numbers)
        self.dateline = _both(self.dateline, profile.dateline)
        self.published = _with(self.published, profile.published)
        if not profile.background:
            self.news = _with(self.news, profile.published)


# What brings nothing new makes no new set: there are many clusters, and most tell little.


def _with(values: frozenset[T], value: T | None) -> frozenset[T]:
    if value is None or value in values:
        return values
    return values | {value} if values else only(value)


def _both(ours: frozenset[T], theirs: frozenset[T]) -> frozenset[T]:
    if not ours:
        return theirs
    return ours if theirs <= ours else ours | theirs
