"""How well a telling fits the tellings of an incident so far, and why."""

from __future__ import annotations

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
    multiple: bool = False
    precision: Precision = Precision.NONE
    latest_first: int = 0
    earliest_last: int = 10**9
    days: set[tuple[int, int]] = Factory(set)
    country: int | None = None
    cities: set[str] = Factory(set)
    provinces: set[str] = Factory(set)
    location: set[str] = Factory(set)
    points: set[tuple[float, float]] = Factory(set)
    attacks: set[int] = Factory(set)
    weapons: set[int] = Factory(set)
    groups: set[str] = Factory(set)
    killed: set[int] = Factory(set)
    wounded: set[int] = Factory(set)
    target_types: set[int] = Factory(set)
    target_words: set[str] = Factory(set)
    target_names: set[str] = Factory(set)

    @classmethod
    def of(cls, profile: Profile) -> Cluster:
        """The cluster of one telling."""
        cluster = cls()
        cluster.add(profile)
        return cluster

    def add(self, profile: Profile) -> None:
        """Take in one more telling."""
        self.members.append(profile)
        self.multiple |= profile.multiple
        self.precision = max(self.precision, profile.precision)
        if profile.precision:
            self.latest_first = max(self.latest_first, profile.first)
            self.earliest_last = min(self.earliest_last, profile.last)
        if profile.precision == Precision.DAY:
            self.days.add((profile.first, profile.last))
        self.country = profile.country if self.country is None else self.country
        self.cities |= _one(profile.city)
        self.provinces |= _one(profile.province)
        self.points |= _one(profile.point)
        self.killed |= _one(profile.killed)
        self.wounded |= _one(profile.wounded)
        self.location |= profile.location
        self.attacks |= profile.attacks
        self.weapons |= profile.weapons
        self.groups |= profile.groups
        self.target_types |= profile.target_types
        self.target_words |= profile.target_words
        self.target_names |= profile.target_names


def _one(value: T | None) -> set[T]:
    return set() if value is None else {value}


def fit(profile: Profile, cluster: Cluster) -> Fit | None:
    """How well a telling fits a cluster, or None where it cannot be the same incident."""
    date = _date(profile, cluster)
    place = _place(profile, cluster)
    if date is None or place is None or not _attacks_agree(profile, cluster):
        return None
    killed = _figures(profile.killed, cluster.killed, "killed")
    if killed is None:
        return None
    # The wounded are counted too differently for their number to rule anything out.
    wounded = _figures(profile.wounded, cluster.wounded, "wounded")
    signals = [date, *place, *killed, *(["wounded_apart"] if wounded is None else wounded)]
    if profile.attacks and cluster.attacks:
        signals.append("same_attack" if profile.attacks & cluster.attacks else "compatible_attack")
    elif profile.attacks or cluster.attacks:
        signals.append("compatible_attack")
    if profile.weapons & cluster.weapons:
        signals.append("same_weapon")
    signals += _groups(profile, cluster) + _targets(profile, cluster)
    conf = settings()
    # Of several attacks a total is often told for all, and in one place after the other.
    if "other_city" in signals and (profile.multiple or cluster.multiple or not conf.distinctive & set(signals)):
        return None
    if profile.multiple and cluster.multiple:
        signals.append("one_of_several")
    return Fit(sum(conf.weights[signal] for signal in signals), tuple(signals))


def _date(profile: Profile, cluster: Cluster) -> str | None:
    precision = min(profile.precision, cluster.precision)
    if precision == Precision.NONE:
        return "no_date"
    # One article may tell the day before or after, so a day of difference is allowed, but not more within a cluster.
    if profile.first > cluster.earliest_last + 1 or cluster.latest_first > profile.last + 1:
        # Where people joined tellings of days further apart, each of these days is one of the incident.
        return "same_day" if (profile.first, profile.last) in cluster.days else None
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
        if profile.location & cluster.location:
            signals.append("same_location")
        elif signal == "same_city":
            signals.append("other_location")
    return signals


def _city(profile: Profile, cluster: Cluster) -> str | None:
    if profile.city and cluster.cities:
        if any(alike(profile.city, city) for city in cluster.cities):
            return "same_city"
        if profile.point and any(distance(profile.point, p) <= settings().nearby_km for p in cluster.points):
            return "nearby"
        # A district of a city may be told as the city's name, and the other way round.
        inside = profile.city in cluster.provinces | cluster.location or cluster.cities & {profile.province or ""}
        return "inside" if inside or cluster.cities & profile.location else "other_city"
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


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points on the earth in kilometres."""
    (lat1, lon1), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (a, b))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 12742 * asin(sqrt(min(1.0, h)))


def _attacks_agree(profile: Profile, cluster: Cluster) -> bool:
    if not profile.attacks or not cluster.attacks or profile.attacks & cluster.attacks:
        return True
    return _any_pair(profile.attacks, cluster.attacks, settings().compatible_attacks)


def _any_pair(ours: frozenset[int], theirs: set[int], pairs: Pairs) -> bool:
    return any((a, b) in pairs for a in ours for b in theirs)


def _figures(mine: int | None, theirs: set[int], what: str) -> list[str] | None:
    """The signal of a figure and the nearest one of the cluster; None where they are absurdly apart."""
    if mine is None or not theirs:
        return []
    conf = settings().figures
    other = min(theirs, key=lambda figure: (abs(figure - mine), figure))
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
    if profile.groups & cluster.groups:
        return ["same_group"]
    near = any(_family(a) & _family(b) for a in profile.groups for b in cluster.groups)
    return ["near_group" if near else "other_group"]


def _family(group: str) -> set[int]:
    name = fold(group)
    families = settings().families
    return {i for i, family in enumerate(families) if any(fold(phrase) in name for phrase in family)}


def _targets(profile: Profile, cluster: Cluster) -> list[str]:
    signals = []
    if profile.target_types & cluster.target_types:
        signals.append("same_target_type")
    if profile.target_names & (cluster.target_names | cluster.location) or cluster.target_names & profile.location:
        return [*signals, "same_target"]
    if profile.target_words & (cluster.target_words | cluster.location) or cluster.target_words & profile.location:
        return [*signals, "alike_target"]
    if profile.target_types and cluster.target_types and not signals:
        confusable = _any_pair(profile.target_types, cluster.target_types, settings().confusable_targets)
        return ["other_target_type" if confusable else "other_target"]
    return signals
