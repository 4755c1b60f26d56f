"""How the place of a telling fits the tellings of an incident so far."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt

from gtdlike.linking.cluster import Cluster
from gtdlike.linking.names import alike, spelling
from gtdlike.linking.profile import Profile
from gtdlike.linking.settings import settings


def compare_place(profile: Profile, cluster: Cluster) -> list[str] | None:
    """The signals of the place; None where it is another."""
    signal = _city(profile, cluster)
    elsewhere = profile.country is not None and cluster.countries and profile.country not in cluster.countries
    if signal is None or (elsewhere and signal not in ("dateline", "city_named")):
        return None
    signals = [signal] if signal else []
    if _same_location(profile, cluster):
        signals.append("same_location")
    elif signal in ("same_city", "inside") and _other_location(signal, profile, cluster):
        signals.append("other_location")
    return signals


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
    return bool(as_target - _generic())


@cache
def _generic() -> frozenset[str]:
    """Words of what is finer than a city that tell nothing apart: "street", "hotel"."""
    return settings().no_names.union(*settings().kinds)


def spelt(names: Iterable[str]) -> set[str]:
    """The words of folded names as those of a scene are spelt."""
    return {spelling(word) for name in names for word in name.split()}


def _city(profile: Profile, cluster: Cluster) -> str | None:
    if profile.city and cluster.cities:
        if profile.city in cluster.cities or _any_alike(profile.city, cluster.cities):
            return "same_city"
        # A district of a city may be told as the city's name, and the other way round.
        inside = profile.city in cluster.provinces or profile.city in cluster.location
        if inside or profile.province in cluster.cities or not cluster.cities.isdisjoint(profile.location):
            return "inside"
        if profile.point and _any_nearby(profile.point, cluster.points):
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


# Loops, because these are asked of every pair, and mostly of one name or point.
def _any_alike(name: str, names: Iterable[str]) -> bool:
    for other in names:  # noqa: SIM110
        if alike(name, other):
            return True
    return False


def _any_nearby(point: tuple[float, float], points: Iterable[tuple[float, float]]) -> bool:
    for other in points:  # noqa: SIM110
        if nearby(point, other):
            return True
    return False


def _named(profile: Profile, cluster: Cluster) -> str | None:
    """Whether the one names the city or the province of the other: a coder may have chosen the wrong one."""
    mine = [name for name in (profile.city, profile.province) if name]
    theirs = (*cluster.cities, *cluster.provinces)
    if _any_in(mine, cluster.dateline) or _any_in(theirs, profile.dateline):
        return "dateline"
    return "city_named" if _any_in(mine, cluster.named) or _any_in(theirs, profile.named) else None


def _any_in(places: Iterable[str], names: frozenset[str]) -> bool:
    """Whether all words of one of the places are among the names, but for those that tell no place apart."""
    if not names:
        return False
    return any(words and words <= names for words in map(_telling, places))


@lru_cache(maxsize=50_000)
def _telling(place: str) -> frozenset[str]:
    """The words of a place, as those of a scene are spelt, that tell it apart."""
    return frozenset(spelt([place])) - settings().no_names


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
