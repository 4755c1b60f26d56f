"""Which tellings are of the same incident: each is compared with the few clusters that it can belong to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator
from functools import lru_cache

from attrs import Factory, define, evolve

from gtdlike.linking.blocks import Block, Details
from gtdlike.linking.cluster import Cluster
from gtdlike.linking.compare import Fit, fit
from gtdlike.linking.compare_date import reaches
from gtdlike.linking.names import skeleton
from gtdlike.linking.profile import DAY, Precision, Profile
from gtdlike.linking.same import same_incident
from gtdlike.linking.settings import settings

YEAR = 365.2425


@define
class Clusters:
    """The clusters found so far, to be looked up by day and country and by name of place and year."""

    clusters: list[Cluster] = Factory(list)
    _blocks: dict[Hashable, Block] = Factory(lambda: defaultdict(Block))
    _nearly: dict[int, None] = Factory(dict)

    def add(self, profile: Profile, *, to: int | None = None, never: Container[int] = ()) -> tuple[int, Fit | None]:
        """Put a telling into the cluster that it fits best, or into a new one. The answer is its number, and the fit.

        Give precise and full tellings first: a vague one joins what is there and never starts what others must fit.
        Where people decided, the cluster is `to`, or none of `never`.
        """
        if to is not None:
            why = fit(profile, self.clusters[to])
            self._put(profile, to, why)
            return to, why
        best, nearly = self._best(profile, never)
        if best is None:
            if nearly:
                self._nearly.update(dict.fromkeys([*nearly, len(self.clusters)]))
            self.clusters.append(Cluster())
        number, why = best or (len(self.clusters) - 1, None)
        self._put(profile, number, why)
        return number, why

    def best(self, profile: Profile, never: Container[int] = ()) -> tuple[int, Fit] | None:
        """The cluster that a telling fits best and well enough, and the fit; None where there is none."""
        return self._best(profile, never)[0]

    def second_look(self, settled: Container[int] = ()) -> Iterator[tuple[int, int, Fit]]:
        """Tellings that nearly fitted each other and are alone still: where they belong, now that more is known.

        Each is the number of its cluster, which is left empty, that of the cluster in which it is now, and the fit.
        Nothing is moved out of the clusters that are `settled`.
        """
        for number in self._nearly:
            if number not in settled and len(self.clusters[number].members) == 1:
                (profile,) = self.clusters[number].members
                best, _ = self._best(profile, (number,))
                if best is not None:
                    self.clusters[number] = Cluster()
                    self._put(profile, *best)
                    yield number, *best

    def _put(self, profile: Profile, number: int, why: Fit | None) -> None:
        if why is not None and why.misdated:
            profile = evolve(profile, precision=Precision.NONE, first=0, last=0)
        self.clusters[number].add(profile)
        details, blocks = Details(profile, number), self._blocks
        for key in _keys(profile, self.clusters[number].country):
            blocks[key].new.append(details)

    def _best(self, profile: Profile, never: Container[int]) -> tuple[tuple[int, Fit] | None, list[int]]:
        """The cluster that a telling fits best, and those that it nearly fits."""
        fits = []
        nearly = []
        for number in self._candidates(profile):
            cluster = self.clusters[number]
            if not reaches(profile, cluster) or not cluster.members or number in never:
                continue
            if (found := fit(profile, cluster)) is None:
                continue
            if same_incident(profile, cluster, found):
                fits.append((-found.score, number, found))
            elif found.score >= settings().threshold["nearly"]:
                nearly.append(number)
        if not fits:
            return None, nearly
        fits.sort(key=lambda one: one[:2])
        if len(fits) > 1 and profile.precision < DAY and fits[1][0] - fits[0][0] < settings().margin:
            return None, nearly
        return (fits[0][1], fits[0][2]), nearly

    def _candidates(self, profile: Profile) -> list[int]:
        details = Details(profile)
        found: set[int] = set()
        for key in _asked(profile):
            if (block := self._blocks.get(key)) is not None:
                found.update(block.near(details))
        return sorted(found)


def _asked(profile: Profile) -> list[Hashable]:
    """The blocks in which a telling looks for its cluster."""
    if profile.precision < DAY:
        return [*_name_keys(profile, _names(profile))]
    days, country = range(profile.first - 1, profile.last + 2), profile.country
    keys: list[Hashable] = [*days] if country is None else [(day, one) for day in days for one in (country, None)]
    if profile.recalls:
        keys.append((_any_year(profile.first), country))
    if profile.of_report:
        year = None if profile.recalls else int(profile.first / YEAR)
        keys += [(name, year) for name in map(skeleton, profile.names)]
    return keys


def _keys(profile: Profile, country: int | None) -> list[Hashable]:
    """The blocks in which a cluster of a country is found by one of its tellings."""
    keys: list[Hashable] = []
    if profile.precision == DAY:
        for day in range(profile.first, profile.last + 1):
            keys += (day, (day, country))
        keys.append((_any_year(profile.first), country))
    names = _names(profile)
    if profile.precision:
        keys += _name_keys(profile, names.union(map(skeleton, profile.named | profile.dateline)))
    return keys + [(name, None) for name in names.union(map(skeleton, profile.names))]


@lru_cache(maxsize=10_000)
def _any_year(day: int) -> tuple[str, int, int]:
    date = dt.date.fromordinal(day)
    return "any year", date.month, date.day


def _names(profile: Profile) -> frozenset[str]:
    """What the place is called, as keys: its names, and the words of them and of what is finer than a city."""
    names = _skeletons(profile.city, profile.province)
    if not names:
        names = names.union(map(skeleton, profile.named | profile.dateline))
    return names.union(map(skeleton, profile.location)) if profile.location else names


@lru_cache(maxsize=50_000)
def _skeletons(*places: str | None) -> frozenset[str]:
    return frozenset(skeleton(name) for place in places if place for name in (place, *place.split()))


def _name_keys(profile: Profile, names: Iterable[str]) -> list[Hashable]:
    if not profile.precision:
        return [(name, None) for name in names]
    # A day more on either side, because a day of difference is allowed at the turn of the year too.
    years = range(int((profile.first - 1) / YEAR), int((profile.last + 1) / YEAR) + 1)
    return [(name, year) for name in names for year in years]
