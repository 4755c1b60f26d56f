"""Blocks: the clusters of one place and time, among which a telling looks for its own.

Most blocks hold a few clusters, and a telling is compared with all of them. In a crowded block it is compared only with
those that share most with it of targets, figures, groups and places, so that the time does not grow with the crowd.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from itertools import islice
from math import log

from attrs import Factory, define

from gtdlike.linking.compare import families
from gtdlike.linking.names import skeleton
from gtdlike.linking.profile import Precision, Profile
from gtdlike.linking.settings import settings


@define(eq=False)
class Details:
    """What a telling tells besides place and time, as keys; found out only where a block is crowded."""

    profile: Profile
    number: int = -1
    """The number of its cluster, once it is in one."""
    _told: Sequence[Hashable] | None = None
    _asked: Sequence[Hashable] | None = None

    @property
    def told(self) -> Sequence[Hashable]:
        """The keys under which a cluster is found by this telling."""
        if self._told is None:
            self._told = [*_supporting(self.profile), *_places(self.profile)]
        return self._told

    @property
    def asked(self) -> Sequence[Hashable]:
        """The keys under which this telling looks for clusters, with those of figures that are close to its own."""
        if self._asked is None:
            # A vague telling can join nothing by its place alone.
            places = _places(self.profile) if self.profile.precision == Precision.DAY else ()
            self._asked = tuple(dict.fromkeys([*_supporting(self.profile, near=True), *places]))
        return self._asked


@define(eq=False)
class Block:
    """Clusters of one place and time by their numbers; in a crowded block also by what they tell besides."""

    new: list[Details] = Factory(list)
    """The tellings that were put in since somebody looked last: in many a block nobody ever does."""
    _numbers: dict[int, None] = Factory(dict)
    _by_detail: dict[Hashable, dict[int, None]] | None = None
    _not_sorted: list[Details] = Factory(list)

    def near(self, details: Details) -> Iterable[int]:
        """The clusters that a telling is compared with: all, or in a crowd those that share most details with it.

        What few clusters tell is looked up first, and of the rest only so much as a telling may cost at most. Of those
        that share equally much the first ones are taken: they are the more precise and fuller ones.
        """
        if self.new:
            self._numbers.update([(new.number, None) for new in self.new])
            self._not_sorted += self.new
            self.new.clear()
        if len(self._numbers) <= settings().crowded:
            return self._numbers
        by_detail = self._sorted()
        shared = [found for detail in details.asked if (found := by_detail.get(detail))]
        # By length, and where that is equal by the first cluster, then as asked: an order that is always the same.
        shared.sort(key=lambda found: (len(found), next(iter(found))))
        return _most_shared(shared, settings().crowded)

    def _sorted(self) -> dict[Hashable, dict[int, None]]:
        if self._by_detail is None:
            self._by_detail = {}
        for new in self._not_sorted:
            for detail in new.told:
                self._by_detail.setdefault(detail, {})[new.number] = None
        self._not_sorted.clear()
        return self._by_detail


def _most_shared(shared: Iterable[Collection[int]], most: int) -> list[int]:
    """The numbers that are in most of these collections, which are read until so many have been seen."""
    counts: Counter[int] = Counter()
    left = 20 * most
    for numbers in shared:
        counts.update(islice(numbers, left))
        left -= min(left, len(numbers))
    # Of equals the first, because sorting leaves those in their order.
    return sorted(sorted(counts), key=counts.__getitem__, reverse=True)[:most]


def _supporting(profile: Profile, *, near: bool = False) -> Iterator[Hashable]:
    """What a telling tells besides place and time, as keys; with `near` also those of figures that are close to its."""
    for what, figure in (("killed", profile.killed), ("wounded", profile.wounded)):
        if figure is not None and figure > 0:
            # Figures that are close, by the ratio of the settings, are at most one such step apart.
            step = round(log(figure + 1, settings().figures["close_ratio"]))
            yield what, figure, "exactly"
            yield from ((what, one) for one in ((step - 1, step, step + 1) if near else (step,)))
    for group in sorted(profile.groups):
        yield "group", group
        for family in families(group):
            yield "family", family
    for word in sorted(profile.location | profile.target_words | profile.target_names | profile.names):
        yield "word", word


def _places(profile: Profile) -> Iterator[Hashable]:
    for name in (profile.city, profile.province):
        if name:
            yield "place", skeleton(name)
