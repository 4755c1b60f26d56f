"""Which tellings are of the same incident: each is compared with the few clusters that it can belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from itertools import islice

from attrs import Factory, define

from gtdlike.linking.blocks import Block, Details
from gtdlike.linking.compare import Cluster, Fit, fit
from gtdlike.linking.names import skeleton
from gtdlike.linking.profile import Precision, Profile
from gtdlike.linking.settings import settings

YEAR = 365.2425


@define
class Clusters:
    """The clusters found so far, to be looked up by day and country and by name of place and year."""

    clusters: list[Cluster] = Factory(list)
    _blocks: dict[Hashable, Block] = Factory(lambda: defaultdict(Block))

    def add(self, profile: Profile) -> tuple[int, Fit | None]:
        """Put a telling into the cluster that it fits best, or into a new one. The answer is its number, and the fit.

        Give precise and full tellings first: a vague one joins what is there and never starts what others must fit.
        """
        names, details = _names(profile), Details(profile)
        best = self._best(profile, names, details)
        number = len(self.clusters) if best is None else best[0]
        if best is None:
            self.clusters.append(Cluster.of(profile))
        else:
            self.clusters[number].add(profile)
        for key in self._keys(profile, names, number):
            self._blocks[key].add(number, details, self.clusters)
        return number, best[1] if best else None

    def _best(self, profile: Profile, names: Collection[str], details: Details) -> tuple[int, Fit] | None:
        fits = []
        for number in self._candidates(profile, names, details):
            cluster = self.clusters[number]
            found = fit(profile, cluster)
            if found is not None and _same(profile, cluster, found):
                fits.append((-found.score, number, found))
        if not fits:
            return None
        fits.sort(key=lambda one: one[:2])
        if len(fits) > 1 and profile.precision < Precision.DAY and fits[1][0] - fits[0][0] < settings().margin:
            return None
        return fits[0][1], fits[0][2]

    def _candidates(self, profile: Profile, names: Collection[str], details: Details) -> list[int]:
        found: set[int] = set()
        keys: Iterable[Hashable]
        if profile.precision == Precision.DAY:
            days, country = range(profile.first - 1, profile.last + 2), profile.country
            keys = days if country is None else [(day, known) for day in days for known in (country, None)]
        else:
            keys = _name_keys(profile, names)
        for key in keys:
            if (block := self._blocks.get(key)) is not None:
                found.update(block.near(details))
        return sorted(found)

    def _keys(self, profile: Profile, names: Collection[str], number: int) -> Iterator[Hashable]:
        """The blocks in which a cluster is found by one of its tellings."""
        if profile.precision == Precision.DAY:
            country = self.clusters[number].country
            for day in range(profile.first, profile.last + 1):
                yield from (day, (day, country))
        if profile.precision:
            yield from _name_keys(profile, names)
        yield from ((name, None) for name in names)


def _same(profile: Profile, cluster: Cluster, found: Fit) -> bool:
    """Whether a fit is good enough to say that it is the same incident."""
    conf = settings()
    vague = min(profile.precision, cluster.precision) < Precision.DAY
    if found.score < conf.threshold["vague" if vague else "same"]:
        return False
    signals = set(found.signals)
    support = len(conf.supporting & signals)
    if vague:
        needed = 1 if profile.precision else 2
        if support < needed or not conf.place & signals:
            return False
    elif not support and not signals & {"same_city", "same_location"}:
        return False
    if profile.article_id not in cluster.articles:
        return True
    told = (other for other in cluster.members if other.article_id == profile.article_id)
    # These are surely of one incident among themselves, so a number of them will do.
    return all(_one_in_article(profile, other) for other in islice(told, conf.crowded))


def _one_in_article(profile: Profile, other: Profile) -> bool:
    """Whether one article tells an incident twice. It tells them apart, so more is asked than of two articles."""
    if profile.multiple and other.multiple:
        return False
    found = fit(profile, Cluster.of(other))
    conf = settings()
    return found is not None and found.score >= conf.threshold["same_article"] and bool(conf.sure & set(found.signals))


def _names(profile: Profile) -> Collection[str]:
    """What the place is called, as keys: its names, and the words of them and of what is finer than a city."""
    names: dict[str, None] = {}
    for name in (profile.city, profile.province):
        if name:
            names.update(dict.fromkeys(map(skeleton, (name, *name.split()))))
    names.update(dict.fromkeys(map(skeleton, profile.location)))
    return names


def _name_keys(profile: Profile, names: Iterable[str]) -> Iterator[tuple[str, int | None]]:
    years: Iterable[int | None] = [None]
    if profile.precision:
        # A day more on either side, because a day of difference is allowed at the turn of the year too.
        years = range(int((profile.first - 1) / YEAR), int((profile.last + 1) / YEAR) + 1)
    return ((name, year) for name in names for year in years)
