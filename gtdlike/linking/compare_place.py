"""How the place of a telling fits the tellings of an incident so far."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt

from gtdlike.linking.cluster import Cluster
from gtdlike.linking.names import alike, spelling
from gtdlike.linking.profile import Profile
from gtdlike.linking.settings import settings


def compare_place(profile: Profile, cluster: Cluster) -> tuple[str, ...] | None:
    """The signals of the place; None where it is another."""
    country, countries = profile.country, cluster.countries
    elsewhere = country is not None and countries and country not in countries
    if elsewhere and not _named(profile, cluster):
        return None  # what is soon found out comes first
    signal = _city(profile, cluster)
    if signal is None or (elsewhere and signal not in ("dateline", "city_named")):
        return None
    if _same_location(profile, cluster):
        return (signal, "same_location") if signal else ("same_location",)
    if signal in ("same_city", "inside") and _other_location(signal, profile, cluster):
        return signal, "other_location"
    return (signal,) if signal else ()


def _other_location(signal: str, profile: Profile, cluster: Cluster) -> bool:
    """Whether both tell what is finer than the city, and not the same: of a district told as a city, the district."""
    mine = (profile.location or profile.target_names) - _generic()
    theirs = (cluster.location or cluster.target_names) - _generic()
    if signal == "inside" and profile.city and profile.province in cluster.cities:
        mine |= frozenset(profile.city.split())
    elif signal == "inside" and profile.city in cluster.provinces:
        theirs |= {word for city in cluster.cities - {profile.city} for word in city.split()}
    if not mine or not theirs:
        return False
    return not (mine & theirs or spelt(mine) & cluster.named or spelt(theirs) & profile.named)


def _same_location(profile: Profile, cluster: Cluster) -> bool:
    """Whether both tell the same street or mosque, or the one as the place and the other as the target."""
    if not profile.location.isdisjoint(cluster.location):
        return True
    as_target = profile.target_names & cluster.location or cluster.target_names & profile.location
    return bool(as_target and as_target - _generic())


@cache
def _generic() -> frozenset[str]:
    """Words of what is finer than a city that tell nothing apart: "street", "hotel"."""
    return settings().no_names.union(*settings().kinds)


def spelt(names: Iterable[str]) -> set[str]:
    """The words of folded names as those of a scene are spelt."""
    return {spelling(word) for name in names for word in name.split()}


def _city(profile: Profile, cluster: Cluster) -> str | None:
    city, cities = profile.city, cluster.cities
    if city and cities:
        if city in cities or _any_alike(city, cities):
            return "same_city"
        # A district of a city may be told as the city's name, and the other way round.
        if city in cluster.provinces or city in cluster.location:
            return "inside"
        if profile.province in cities or not cities.isdisjoint(profile.location):
            return "inside"
        if profile.point and cluster.points and _any_nearby(profile.point, cluster.points):
            return "nearby"
        if named := _named(profile, cluster):
            return named
        return "same_province" if profile.province and profile.province in cluster.provinces else "other_city"
    regions = cluster.provinces | cluster.cities
    mine = {name for name in (profile.city, profile.province) if name}
    if mine and regions:
        if any(alike(a, b) or _contains(a, b) for a in mine for b in regions):
            return "inside"
        return _named(profile, cluster)
    if spelt(regions) & (profile.named | profile.dateline) or spelt(mine) & (cluster.named | cluster.dateline):
        return "inside"
    if profile.country is not None and cluster.country is not None:
        return "same_country"
    return ""


# These are asked of every pair, and the same few cities come up again and again.
@lru_cache(maxsize=200_000)
def _any_alike(name: str, names: frozenset[str]) -> bool:
    return any(alike(name, other) for other in names)


@lru_cache(maxsize=200_000)
def _any_nearby(point: tuple[float, float], points: frozenset[tuple[float, float]]) -> bool:
    return any(distance(point, other) <= settings().nearby_km for other in points)


def _named(profile: Profile, cluster: Cluster) -> str | None:
    """Whether the one names the city or the province of the other: a coder may have chosen the wrong one."""
    mine, theirs = profile.called, cluster.called
    if _any_in(mine, cluster.dateline) or _any_in(theirs, profile.dateline):
        return "dateline"
    return "city_named" if _any_in(mine, cluster.named) or _any_in(theirs, profile.named) else None


def _any_in(places: Iterable[frozenset[str]], names: frozenset[str]) -> bool:
    """Whether all words of one of the places are among the names."""
    if names:
        for words in places:
            if words <= names:
                return True
    return False


def _contains(a: str, b: str) -> bool:
    """Whether one name has all words of the other: "north sinai" and "sinai"."""
    return set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split())


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points on the earth in kilometres."""
    (lat1, lon1), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (a, b))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 12742 * asin(sqrt(min(1.0, h)))
