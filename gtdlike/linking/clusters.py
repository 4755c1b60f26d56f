"""Which tellings are of the same incident: each is compared with the few clusters that it can belong to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from attrs import Factory, define, evolve

from gtdlike.linking.cluster import Cluster
from gtdlike.linking.compare import Fit, fit
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
    _nearly: list[int] = Factory(list)

    def add(self, profile: Profile) -> tuple[int, Fit | None]:
        """Put a telling into the cluster that it fits best, or into a new one. The answer is its number, and the fit.

        Give precise and full tellings first: a vague one joins what is there and never starts what others must fit.
        """
        best = self._best(profile)
        if best is None:
            self.clusters.append(Cluster())
        number, why = best or (len(self.clusters) - 1, None)
        self._put(profile, number, why)
        return number, why

    def _put(self, profile: Profile, number: int, why: Fit | None) -> None:
        if why is not None and why.misdated:
            profile = evolve(profile, precision=Precision.NONE, first=0, last=0)
        self.clusters[number].add(profile)
        self._index(profile, number)

    def second_look(self) -> Iterator[tuple[int, int, Fit]]:
        """Tellings that nearly fitted others and are alone still: where they belong, now that more is known of these.

        Each is the number of its cluster, which is left empty, that of the cluster in which it is now, and the fit.
        """
        for number in self._nearly:
            if len(self.clusters[number].members) == 1:
                (profile,) = self.clusters[number].members
                best = self._best(profile, but=number)
                if best is not None:
                    self.clusters[number] = Cluster()
                    self._put(profile, *best)
                    yield number, *best

    def _best(self, profile: Profile, but: int | None = None) -> tuple[int, Fit] | None:
        fits = []
        nearly = False
        for number in self._candidates(profile):
            cluster = self.clusters[number]
            if number == but or not cluster.members:
                continue
            found = fit(profile, cluster)
            if found is None:
                continue
            if _same(profile, cluster, found):
                fits.append((-found.score, number, found))
            nearly = nearly or found.score >= settings().threshold["nearly"]
        if not fits:
            if nearly and but is None:
                self._nearly.append(len(self.clusters))
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
            if profile.recalls:
                found |= self._by_day.get((_day_of_year(profile.first), "any year", profile.country), {})
            if profile.of_report:
                year = None if profile.recalls else int(profile.first / YEAR)
                for name in profile.names:
                    found |= self._by_name.get((skeleton(name), year), {})
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
            self._by_day[_day_of_year(profile.first), "any year", country][number] = None
        for key in _name_keys(profile, also=profile.named | profile.dateline):
            self._by_name[key][number] = None
        for name in {*_names(profile), *map(skeleton, profile.names)}:
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
    if found is None:
        return False
    if found.score >= conf.threshold["same_article"] and not conf.sure.isdisjoint(found.signals):
        return True
    return found.score >= conf.threshold["same"] and _complement(profile, other)


def _complement(a: Profile, b: Profile) -> bool:
    """Whether two tellings of an article are the halves of one: each has what the other lacks, or one has nothing."""
    ours, theirs = _facts(a), _facts(b)
    if not ours or not theirs:
        return True
    return not ours <= theirs and not theirs <= ours and ours & theirs <= {"day"}


def _facts(profile: Profile) -> set[str]:
    facts = {"day": profile.precision == Precision.DAY, "killed": profile.killed, "wounded": profile.wounded}
    return {name for name, told in facts.items() if told}


def _day_of_year(day: int) -> tuple[int, int]:
    date = dt.date.fromordinal(day)
    return date.month, date.day


def _names(profile: Profile) -> Iterable[str]:
    names = {skeleton(name) for name in (profile.city, profile.province) if name}
    names |= {skeleton(word) for name in (profile.city, profile.province) if name for word in name.split()}
    if not names:
        names = {skeleton(word) for word in profile.named | profile.dateline}
    return sorted(names | {skeleton(word) for word in profile.location})


def _name_keys(profile: Profile, also: Iterable[str] = ()) -> Iterator[tuple[str, int | None]]:
    years: Iterable[int | None] = [None]
    if profile.precision:
        # A day more on either side, because a day of difference is allowed at the turn of the year too.
        years = range(int((profile.first - 1) / YEAR), int((profile.last + 1) / YEAR) + 1)
    for name in sorted({*_names(profile), *map(skeleton, also)}):
        for year in years:
            yield name, year
