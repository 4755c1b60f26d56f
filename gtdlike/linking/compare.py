"""How well a telling fits the tellings of an incident so far, and why."""

from __future__ import annotations

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import TypeVar

from attrs import Factory, define, frozen

from gtdlike.linking.names import alike, fold
from gtdlike.linking.profile import Precision, Profile
from gtdlike.linking.settings import Pairs, settings

T = TypeVar("T")


@frozen
class Fit:
    """How well two tellings fit: the sum of the weights of the signals that were found."""

    score: float
    signals: tuple[str, ...]

    @property
    def reasons(self) -> str:
        """The signals in words."""
        return ", ".join(signal.replace("_", " ") for signal in self.signals)

    def __str__(self) -> str:
        return f"{self.reasons} ({self.score:g})"


@define(eq=False)
class Cluster:
    """The tellings that were found to be of one incident, and what they say together."""

    members: list[Profile] = Factory(list)
    articles: set[str] = Factory(set)
    multiple: bool = False
    precision: Precision = Precision.NONE
    latest_first: int = 0
    earliest_last: int = 10**9
    days: set[tuple[int, int]] = Factory(set)
    country: int | None = None
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
            self.days.add((profile.first, profile.last))
        self.country = profile.country if self.country is None else self.country
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


def _with(values: frozenset[T], value: T | None) -> frozenset[T]:
    return values if value is None or value in values else values | {value}


def _both(ours: frozenset[T], theirs: frozenset[T]) -> frozenset[T]:
    """All of both. What brings nothing new makes no new set: there are many clusters, and most tell little."""
    if theirs <= ours:
        return ours
    return ours | theirs if ours else theirs


def fit(profile: Profile, cluster: Cluster) -> Fit | None:
    """How well a telling fits a cluster, or None where it cannot be the same incident."""
    # What rules most out and is soon found out comes first.
    date = _date(profile, cluster)
    if date is None or not _attacks_agree(profile, cluster):
        return None
    place = _place(profile, cluster)
    if place is None:
        return None
    killed = _figures(profile.killed, cluster.killed, "killed")
    if killed is None:
        return None
    # The wounded are counted too differently for their number to rule anything out.
    wounded = _figures(profile.wounded, cluster.wounded, "wounded")
    if wounded is None:
        wounded = ["wounded_apart"]
    targets = _targets(profile, cluster)
    conf = settings()
    # Of several attacks a total is often told for all, and in one place after the other.
    if "other_city" in place and (
        profile.multiple or cluster.multiple or conf.distinctive.isdisjoint([*killed, *wounded, *targets])
    ):
        return None
    signals = [date, *place, *killed, *wounded]
    if profile.attacks and cluster.attacks:
        signals.append("same_attack" if profile.attacks & cluster.attacks else "compatible_attack")
    elif profile.attacks or cluster.attacks:
        signals.append("compatible_attack")
    if profile.weapons & cluster.weapons:
        signals.append("same_weapon")
    signals += _groups(profile, cluster) + targets
    if profile.multiple and cluster.multiple:
        signals.append("one_of_several")
    return Fit(sum([conf.weights[signal] for signal in signals]), tuple(signals))


def _date(profile: Profile, cluster: Cluster) -> str | None:
    precision = min(profile.precision, cluster.precision)
    if precision == Precision.NONE:
        return "no_date"
    # One article may tell the day before or after, so a day of difference is allowed, but not more within a cluster.
    if profile.first > cluster.earliest_last + 1 or cluster.latest_first > profile.last + 1:
        return None
    if precision == Precision.DAY:
        same = any(profile.first <= last and first <= profile.last for first, last in cluster.days)
        return "same_day" if same else "day_apart"
    return "same_month" if precision == Precision.MONTH else "same_year"


def _place(profile: Profile, cluster: Cluster) -> list[str] | None:
    """The signals of the place; None where it is another."""
    if profile.country is not None and cluster.country is not None and profile.country != cluster.country:
        return None
    signal = _city(profile, cluster)
    if signal is None:
        return None
    signals = [signal] if signal else []
    if profile.location and cluster.location:
        if not profile.location.isdisjoint(cluster.location):
            signals.append("same_location")
        elif signal == "same_city":
            signals.append("other_location")
    return signals


def _city(profile: Profile, cluster: Cluster) -> str | None:
    if profile.city and cluster.cities:
        if profile.city in cluster.cities or any(alike(profile.city, city) for city in cluster.cities):
            return "same_city"
        if profile.point and any(nearby(profile.point, point) for point in cluster.points):
            return "nearby"
        # A district of a city may be told as the city's name, and the other way round.
        inside = profile.city in cluster.provinces or profile.city in cluster.location
        inside = inside or profile.province in cluster.cities or not cluster.cities.isdisjoint(profile.location)
        return "inside" if inside else "other_city"
    regions = cluster.provinces | cluster.cities
    mine = {name for name in (profile.city, profile.province) if name}
    if mine and regions:
        return "inside" if any(alike(a, b) or _contains(a, b) for a in mine for b in regions) else None
    if profile.country is not None and cluster.country is not None:
        return "same_country"
    return ""


def _contains(a: str, b: str) -> bool:
    """Whether one name has all words of the other: "north sinai" and "sinai"."""
    return set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split())


@lru_cache(maxsize=50_000)
def nearby(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether two points on the earth are so near each other that one place may be told as the other."""
    return distance(a, b) <= settings().nearby_km


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points on the earth in kilometres."""
    (lat1, lon1), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (a, b))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 12742 * asin(sqrt(min(1.0, h)))


def _attacks_agree(profile: Profile, cluster: Cluster) -> bool:
    if not profile.attacks or not cluster.attacks or not profile.attacks.isdisjoint(cluster.attacks):
        return True
    return _any_pair(profile.attacks, cluster.attacks, settings().compatible_attacks)


def _any_pair(ours: frozenset[int], theirs: frozenset[int], pairs: Pairs) -> bool:
    return any((a, b) in pairs for a in ours for b in theirs)


def _figures(mine: int | None, theirs: frozenset[int], what: str) -> list[str] | None:
    """The signal of a figure and the nearest one of the cluster; None where they are absurdly apart."""
    if mine is None or not theirs:
        return []
    conf = settings().figures
    other = mine if mine in theirs else min(theirs, key=lambda figure: (abs(figure - mine), figure))
    if mine == other and mine >= conf["telling"]:
        return [f"same_many_{what}" if mine >= conf["many"] else f"same_{what}"]
    difference = abs(mine - other)
    if difference <= conf["close_difference"] and 0 in (mine, other):
        return []  # Many an attack costs no life, so that says nothing.
    # One is added so that the ratio to none at all is a number too.
    ratio = (max(mine, other) + 1) / (min(mine, other) + 1)
    if difference > conf["absurd_difference"] and ratio > conf["absurd_ratio"]:
        return None
    if difference <= conf["close_difference"] or ratio <= conf["close_ratio"]:
        return [f"close_{what}"]
    if difference > conf["apart_difference"] and ratio > conf["apart_ratio"]:
        return [f"{what}_apart"]
    return []


def _groups(profile: Profile, cluster: Cluster) -> list[str]:
    if not profile.groups or not cluster.groups:
        return []
    if not profile.groups.isdisjoint(cluster.groups):
        return ["same_group"]
    near = any(families(a) & families(b) for a in profile.groups for b in cluster.groups)
    return ["near_group" if near else "other_group"]


@lru_cache(maxsize=10_000)
def families(group: str) -> frozenset[int]:
    """The numbers of the families of groups that a group is of."""
    name = fold(group)
    known = enumerate(settings().families)
    return frozenset(number for number, family in known if any(fold(phrase) in name for phrase in family))


def _targets(profile: Profile, cluster: Cluster) -> list[str]:
    signals = [] if profile.target_types.isdisjoint(cluster.target_types) else ["same_target_type"]
    if _shared(profile.target_names, cluster.target_names, profile, cluster):
        return [*signals, "same_target"]
    if _shared(profile.target_words, cluster.target_words, profile, cluster):
        return [*signals, "alike_target"]
    if profile.target_types and cluster.target_types and not signals:
        confusable = _any_pair(profile.target_types, cluster.target_types, settings().confusable_targets)
        return ["other_target_type" if confusable else "other_target"]
    return signals


def _shared(ours: frozenset[str], theirs: frozenset[str], profile: Profile, cluster: Cluster) -> bool:
    """Whether both targets have a word in common, or one's target has one with the other's place."""
    if not (ours.isdisjoint(theirs) and ours.isdisjoint(cluster.location)):
        return True
    return not theirs.isdisjoint(profile.location)
