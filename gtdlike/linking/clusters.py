"""Which tellings are of the same incident: each is compared with the few clusters that it can belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator

from attrs import Factory, define

from gtdlike.linking.compare import Cluster, Fit, fit
from gtdlike.linking.names import skeleton
from gtdlike.linking.profile import Precision, Profile
from gtdlike.linking.settings import settings

YEAR = 365.2425


@define
class Clusters:
    """The clusters found so far, to be looked up by day and country and by name of place and year."""

    clusters: list[Cluster] = Factory(list)
    _by_day: dict[Hashable, dict[int, None]] = Factory(lambda: defaultdict(dict))
    _by_name: dict[Hashable, dict[int, None]] = Factory(lambda: defaultdict(dict))

    def add(self, profile: Profile, *, to: int | None = None, never: Container[int] = ()) -> tuple[int, Fit | None]:
        """Put a telling into the cluster that it fits best, or into a new one. The answer is its number, and the fit.

        Give precise and full tellings first: a vague one joins what is there and never starts what others must fit.
        Where people decided, the cluster is `to`, or none of `never`.
        """
        best = self.best(profile, never) if to is None else (to, fit(profile, self.clusters[to]))
        number = len(self.clusters) if best is None else best[0]
        if best is None:
            self.clusters.append(Cluster.of(profile))
        else:
            self.clusters[number].add(profile)
        self._index(profile, number)
        return number, best[1] if best else None

    def best(self, profile: Profile, never: Container[int] = ()) -> tuple[int, Fit] | None:
        """The cluster that a telling fits best and well enough, and the fit; None where there is none."""
        fits = []
        for number in self._candidates(profile):
            if number in never:
                continue
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

    def _candidates(self, profile: Profile) -> list[int]:
        found: dict[int, None] = {}
        if profile.precision == Precision.DAY:
            for day in range(profile.first - 1, profile.last + 2):
                if profile.country is None:
                    found |= self._by_day.get(day, {})
                else:
                    found |= self._by_day.get((day, profile.country), {}) | self._by_day.get((day, None), {})
        else:
            for key in _name_keys(profile):
                found |= self._by_name.get(key, {})
        return sorted(found)

    def _index(self, profile: Profile, number: int) -> None:
        if profile.precision == Precision.DAY:
            country = self.clusters[number].country
            for day in range(profile.first, profile.last + 1):
                self._by_day[day][number] = None
                self._by_day[day, country][number] = None
        for key in _name_keys(profile):
            self._by_name[key][number] = None
        for name in _names(profile):
            self._by_name[name, None][number] = None


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
    return all(_one_in_article(profile, other) for other in cluster.members if other.article_id == profile.article_id)


def _one_in_article(profile: Profile, other: Profile) -> bool:
    """Whether one article tells an incident twice. It tells them apart, so more is asked than of two articles."""
    if profile.multiple and other.multiple:
        return False
    found = fit(profile, Cluster.of(other))
    conf = settings()
    return found is not None and found.score >= conf.threshold["same_article"] and bool(conf.sure & set(found.signals))


def _names(profile: Profile) -> Iterable[str]:
    names = {skeleton(name) for name in (profile.city, profile.province) if name}
    names |= {skeleton(word) for name in (profile.city, profile.province) if name for word in name.split()}
    return sorted(names | {skeleton(word) for word in profile.location})


def _name_keys(profile: Profile) -> Iterator[tuple[str, int | None]]:
    years: Iterable[int | None] = [None]
    if profile.precision:
        # A day more on either side, because a day of difference is allowed at the turn of the year too.
        years = range(int((profile.first - 1) / YEAR), int((profile.last + 1) / YEAR) + 1)
    for name in _names(profile):
        for year in years:
            yield name, year
