"""How well a telling fits the tellings of an incident so far, and why."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from attrs import frozen

from gtdlike.linking.cluster import Cluster
from gtdlike.linking.compare_date import compare_date
from gtdlike.linking.compare_figures import compare_figures
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
    conf = settings()
    needed = [conf.needs[signal] for signal in (date, *place) if signal in conf.needs]
    # Of several attacks a total is often told for all, and in one place after the other.
    if needed and (profile.multiple or cluster.multiple):
        return None
    killed = compare_figures("killed", profile, cluster)
    if killed is None:
        return None
    # The wounded are counted too differently for their number to rule anything out.
    wounded = compare_figures("wounded", profile, cluster)
    targets, names = _targets(profile, cluster), _names(profile, cluster)
    signals = [date, *place, *killed, *(["wounded_apart"] if wounded is None else wounded), *targets, *names]
    if needed and any(one.isdisjoint(signals) for one in needed):
        return None
    told = len(signals) - len(targets) - len(names)
    signals[told:told] = [*_attacks(profile, cluster), *_groups(profile, cluster)]
    if profile.multiple and cluster.multiple:
        signals.append("one_of_several")
    return Fit(sum([conf.weights[signal] for signal in signals]), tuple(signals))


def _attacks(profile: Profile, cluster: Cluster) -> list[str]:
    signals = []
    if profile.attacks and cluster.attacks:
        signals.append("compatible_attack" if profile.attacks.isdisjoint(cluster.attacks) else "same_attack")
    elif profile.attacks or cluster.attacks:
        signals.append("compatible_attack")
    if not profile.weapons.isdisjoint(cluster.weapons):
        signals.append("same_weapon")
    return signals


def _attacks_agree(profile: Profile, cluster: Cluster) -> bool:
    if not profile.attacks or not cluster.attacks or not profile.attacks.isdisjoint(cluster.attacks):
        return True
    return _any_pair(profile.attacks, cluster.attacks, settings().compatible_attacks)


@lru_cache(maxsize=10_000)
def _any_pair(ours: frozenset[int], theirs: frozenset[int], pairs: Pairs) -> bool:
    return any((a, b) in pairs for a in ours for b in theirs)


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
        signals = ["other_target_type" if confusable else "other_target"]
    if profile.kinds and cluster.kinds:
        signals.append("other_kind" if profile.kinds.isdisjoint(cluster.kinds) else "same_kind")
    return signals


def _shared(ours: frozenset[str], theirs: frozenset[str], profile: Profile, cluster: Cluster) -> bool:
    """Whether both targets have a word in common, or one's target has one with the other's place."""
    if not (ours.isdisjoint(theirs) and ours.isdisjoint(cluster.location)):
        return True
    return not theirs.isdisjoint(profile.location)


def _names(profile: Profile, cluster: Cluster) -> list[str]:
    mine, theirs = profile.names, cluster.names
    if (
        mine.isdisjoint(theirs)
        and (not cluster.openers or mine.isdisjoint(cluster.openers))
        and (not profile.openers or theirs.isdisjoint(profile.openers))
    ):
        return []
    shared = (mine & theirs | mine & cluster.openers | profile.openers & theirs) - cluster.places
    if not shared:
        return []
    return ["shared_name" if len(shared) == 1 else "shared_names"]
