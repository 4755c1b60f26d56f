"""How the figures of a telling fit the tellings of an incident so far."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Final

from attrs import frozen

from gtdlike.linking.cluster import Cluster
from gtdlike.linking.profile import Profile
from gtdlike.linking.settings import settings


@frozen
class _Signals:
    """The signals of one figure."""

    same: str
    few: str
    many: str
    close: str
    risen: str
    apart: str


_KILLED: Final = _Signals(
    "same_killed", "same_few_killed", "same_many_killed", "close_killed", "killed_risen", "killed_apart"
)
_WOUNDED: Final = _Signals(
    "same_wounded", "same_few_wounded", "same_many_wounded", "close_wounded", "wounded_risen", "wounded_apart"
)


def compare_killed(profile: Profile, cluster: Cluster) -> str | None:
    """The signal of the dead and the nearest figure of the cluster, "" for none; None where they are absurdly apart."""
    mine, theirs = profile.killed, cluster.killed
    if mine is None or not theirs:
        return ""
    if mine in theirs:
        return _same(mine, _KILLED)
    other, conf = _nearest(mine, theirs), settings().figures
    if mine < conf["telling"] > other:
        return ""
    if _ratio(mine, other) > conf["close_ratio"] and _said(profile, cluster):
        return "said_killed"
    return _unlike(mine, other, _KILLED, profile, cluster)


def compare_wounded(profile: Profile, cluster: Cluster) -> str:
    """The signal of the wounded and the nearest figure of the cluster, "" for none."""
    mine, theirs = profile.wounded, cluster.wounded
    if mine is None or not theirs:
        return ""
    if mine in theirs:
        return _same(mine, _WOUNDED)
    other = _nearest(mine, theirs)
    if mine < settings().figures["telling"] > other or not mine or not other:
        return ""  # Nor does it tell anything that somebody was unhurt.
    # The wounded are counted too differently for their number to rule anything out.
    found = _unlike(mine, other, _WOUNDED, profile, cluster)
    return _WOUNDED.apart if found is None else found


def _same(figure: int, signals: _Signals) -> str:
    conf = settings().figures
    if figure >= conf["telling"]:
        return signals.many if figure >= conf["many"] else signals.same
    # Many an attack costs one life, and most none.
    return signals.few if figure else ""


def _unlike(mine: int, other: int, signals: _Signals, profile: Profile, cluster: Cluster) -> str | None:
    conf, difference, ratio = settings().figures, abs(mine - other), _ratio(mine, other)
    risen = _risen(mine, other, profile, cluster)
    if difference > conf["absurd_difference"] and ratio > conf["absurd_rise" if risen else "absurd_ratio"]:
        return None
    near = conf["great_ratio" if min(mine, other) >= conf["great"] else "close_ratio"]
    if difference <= conf["close_difference"] or ratio <= near:
        return signals.close
    if difference > conf["apart_difference"] and ratio > conf["apart_ratio"]:
        return signals.risen if risen else signals.apart
    return ""


def _nearest(mine: int, theirs: Set[int]) -> int:
    if len(theirs) == 1:
        return next(iter(theirs))
    return min(theirs, key=lambda figure: (abs(figure - mine), figure))


def _ratio(a: int, b: int) -> float:
    # One is added so that the ratio to none at all is a number too.
    return (max(a, b) + 1) / (min(a, b) + 1)


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
