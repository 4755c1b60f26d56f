"""How the figures of a telling fit the tellings of an incident so far."""

from __future__ import annotations

from collections.abc import Iterable

from gtdlike.linking.cluster import Cluster
from gtdlike.linking.profile import Profile
from gtdlike.linking.settings import settings


def compare_figures(what: str, profile: Profile, cluster: Cluster) -> list[str] | None:
    """The signal of a figure and the nearest one of the cluster; None where they are absurdly apart."""
    mine, theirs = (profile.killed, cluster.killed) if what == "killed" else (profile.wounded, cluster.wounded)
    if mine is None or not theirs:
        return []
    conf = settings().figures
    other = mine if mine in theirs else min(theirs, key=lambda figure: (abs(figure - mine), figure))
    if mine == other and mine >= conf["telling"]:
        return [f"same_many_{what}" if mine >= conf["many"] else f"same_{what}"]
    difference = abs(mine - other)
    if max(mine, other) < conf["telling"]:
        # Many an attack costs one life, and most none.
        return [f"same_few_{what}"] if mine == other and mine else []
    if what == "wounded" and 0 in (mine, other):
        return []  # Nor that somebody was unhurt.
    # One is added so that the ratio to none at all is a number too.
    ratio = (max(mine, other) + 1) / (min(mine, other) + 1)
    if what == "killed" and ratio > conf["close_ratio"] and _said(profile, cluster):
        return ["said_killed"]
    risen = _risen(mine, other, profile, cluster)
    if difference > conf["absurd_difference"] and ratio > conf["absurd_rise" if risen else "absurd_ratio"]:
        return None
    if difference <= conf["close_difference"] or ratio <= conf["close_ratio"]:
        return [f"close_{what}"]
    if difference > conf["apart_difference"] and ratio > conf["apart_ratio"]:
        return [f"{what}_{'risen' if risen else 'apart'}"]
    return []


def _risen(mine: int, other: int, profile: Profile, cluster: Cluster) -> bool:
    """Whether the one that tells less told it as news, before the other was published: tolls rise."""
    if profile.published is None:
        return False
    if mine > other:
        return profile.published > min(cluster.news, default=profile.published)
    return not profile.background and profile.published < max(cluster.published, default=profile.published)


def _said(profile: Profile, cluster: Cluster) -> bool:
    """Whether the one speaks of the number that died by the other: a coder may have taken another one for it."""
    mine = () if profile.killed is None else (profile.killed,)
    return _among(cluster.killed, profile.numbers) or _among(mine, cluster.numbers)


def _among(killed: Iterable[int], numbers: Iterable[int]) -> bool:
    many, ratio = settings().figures["many"], settings().figures["said_ratio"]
    return any(max(a, b) <= ratio * min(a, b) for a in killed if a >= many for b in numbers if b >= many)
