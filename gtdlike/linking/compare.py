"""How well a telling fits the tellings of an incident so far, and why."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from attrs import frozen

from gtdlike.linking.cluster import Cluster
from gtdlike.linking.compare_date import compare_date
from gtdlike.linking.compare_figures import compare_killed, compare_wounded
from gtdlike.linking.compare_place import compare_place
from gtdlike.linking.names import fold
from gtdlike.linking.profile import Profile
from gtdlike.linking.settings import Pairs, settings

MISDATED: Final = frozenset({"anniversary", "day_of_recollection", "day_of_report"})
"""The signals of a telling whose date is that of its article's news and not that of the attack."""


@frozen
class Fit:
    """How well two tellings fit: the sum of the weights of the signals that were found."""

    score: float
    signals: tuple[str, ...]

    @property
    def reasons(self) -> str:
        """The signals in words."""
        return ", ".join(signal.replace("_", " ") for signal in self.signals)

    @property
    def weighed(self) -> str:
        """The signals in words, each with its weight: "same day 2, same city 2, close killed 1"."""
        weights = settings().weights
        return ", ".join(f"{signal.replace('_', ' ')} {weights[signal]:g}" for signal in self.signals)

    @property
    def misdated(self) -> bool:
        """Whether the telling gives another day than that of the attack."""
        return not MISDATED.isdisjoint(self.signals)

    def __str__(self) -> str:
        return f"{self.reasons} ({self.score:g})"


def fit(profile: Profile, cluster: Cluster) -> Fit | None:
    """How well a telling fits a cluster, or None where it cannot be the same incident."""
    # What rules most out and is soon found out comes first.
    date = compare_date(profile, cluster)
    if date is None or not _attacks_agree(profile, cluster):
        return None
    place = compare_place(profile, cluster)
    if place is None:
        return None
    # Another city, or another day, needs something distinctive besides.
    needed = _needed(date, *place)
    several = profile.multiple and cluster.multiple
    # Of several attacks a total is often told for all, and in one place after the other.
    if needed and (several or profile.multiple or cluster.multiple):
        return None
    killed = compare_killed(profile, cluster)
    if killed is None:
        return None
    wounded = compare_wounded(profile, cluster)
    targets, names = _targets(profile, cluster), _names(profile, cluster)
    if needed:
        found = {date, *place, killed, wounded, *targets, names}
        if any(map(found.isdisjoint, needed)):
            return None
    attacks, group = _attacks(profile, cluster), _group(profile, cluster)
    # Where there is no signal is "".
    signals = (date, *place, killed, wounded, *attacks, group, *targets, names, "one_of_several" if several else "")
    return _fit(tuple(filter(None, signals)))


@lru_cache(maxsize=50_000)
def _fit(signals: tuple[str, ...]) -> Fit:
    """The fit with these signals: many pairs have the same, and one is kept for all of them."""
    weights = settings().weights
    return Fit(sum([weights[signal] for signal in signals]), signals)


@lru_cache(maxsize=1_000)
def _needed(*signals: str) -> tuple[frozenset[str], ...]:
    """Of each of these signals that need others besides, the others."""
    needs = settings().needs
    return tuple(needs[signal] for signal in signals if signal in needs)


def _attacks(profile: Profile, cluster: Cluster) -> tuple[str, str]:
    mine, theirs = profile.attacks, cluster.attacks
    attack = ("compatible_attack" if mine.isdisjoint(theirs) else "same_attack") if mine or theirs else ""
    return attack, "" if profile.weapons.isdisjoint(cluster.weapons) else "same_weapon"


def _attacks_agree(profile: Profile, cluster: Cluster) -> bool:
    if not profile.attacks or not cluster.attacks or not profile.attacks.isdisjoint(cluster.attacks):
        return True
    return _any_pair(profile.attacks, cluster.attacks, settings().compatible_attacks)


@lru_cache(maxsize=10_000)
def _any_pair(ours: frozenset[int], theirs: frozenset[int], pairs: Pairs) -> bool:
    return any((a, b) in pairs for a in ours for b in theirs)


def _group(profile: Profile, cluster: Cluster) -> str:
    if not profile.groups or not cluster.groups:
        return ""
    if not profile.groups.isdisjoint(cluster.groups):
        return "same_group"
    return "near_group" if _any_near(profile.groups, cluster.groups) else "other_group"


@lru_cache(maxsize=10_000)
def _any_near(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return any(families(a) & families(b) for a in ours for b in theirs)


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
        signals = ["other_target_type" if confusable else "other_target"]
    if profile.kinds and cluster.kinds:
        signals.append("other_kind" if profile.kinds.isdisjoint(cluster.kinds) else "same_kind")
    return signals


def _shared(ours: frozenset[str], theirs: frozenset[str], profile: Profile, cluster: Cluster) -> bool:
    """Whether both targets have a word in common, or one's target has one with the other's place."""
    if not (ours.isdisjoint(theirs) and ours.isdisjoint(cluster.location)):
        return True
    return not theirs.isdisjoint(profile.location)


def _names(profile: Profile, cluster: Cluster) -> str:
    mine, theirs = profile.names, cluster.names
    if (
        mine.isdisjoint(theirs)
        and (not cluster.openers or mine.isdisjoint(cluster.openers))
        and (not profile.openers or theirs.isdisjoint(profile.openers))
    ):
        return ""
    shared = (mine & theirs | mine & cluster.openers | profile.openers & theirs) - cluster.places
    if not shared:
        return ""
    return "shared_name" if len(shared) == 1 else "shared_names"
