"""The quality of a grouping, counted over pairs of mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any

from attrs import frozen


@frozen
class Quality:
    """Pairs of mentions that are rightly together, together at all, and that should be."""

    right: int
    found: int
    true: int
    mixed: int
    """Clusters that hold mentions of more than one incident: false merges."""

    @property
    def precision(self) -> float:
        """Of the pairs that are together, how many should be; 1 where there is none."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that should be together, how many are; 1 where there is none."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.found + self.true) if self.found + self.true else 1.0


Key = tuple[str, int]
"""A mention: the id of its article, and its number there."""


def quality(clusters: Mapping[Key, int], truth: Mapping[Key, Hashable]) -> Quality:
    """The quality of the cluster of each mention beside its incident. Both have the same keys."""
    together = Counter((clusters[key], incident) for key, incident in truth.items())
    incidents = Counter(cluster for cluster, _ in together)
    return Quality(
        right=_pairs(together),
        found=_pairs(Counter(clusters[key] for key in truth)),
        true=_pairs(Counter(truth.values())),
        mixed=sum(number > 1 for number in incidents.values()),
    )


def _pairs(sizes: Mapping[Any, int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
