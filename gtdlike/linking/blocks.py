"""Blocks: the clusters of one place and time, among which a telling looks for its own.

Most blocks hold a few clusters, and a telling is compared with all of them. In a crowded block it is compared only with
those that share most with it of targets, figures, groups and places, so that the time does not grow with the crowd.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
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
            self._told = (*_supporting(self.profile), *_places(self.profile))
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
    _unsorted: list[Details] = Factory(list)
    _by_detail: _ByDetail | None = None

    def near(self, details: Details) -> Iterable[int]:
        """The clusters that a telling is compared with: all, or in a crowd those that share most details with it.

        What few clusters tell is looked up first, and of the rest only so much as a telling may cost at most. Of those
        that share equally much the first ones are taken: they are the more precise and fuller ones.
        """
        crowded = settings().crowded
        if self._by_detail is None:
            self._numbers.update([(new.number, None) for new in self.new])
            self._unsorted += self.new
            self.new.clear()
            if len(self._numbers) <= crowded:
                return self._numbers
            self._by_detail = _ByDetail()
            self.new, self._unsorted, self._numbers = self._unsorted, [], {}
        for new in self.new:
            self._by_detail.add(new)
        self.new.clear()
        shared = self._by_detail.shared(details)
        # By length, and where that is equal by the first cluster, then as asked: an order that is always the same.
        shared.sort(key=lambda found: (len(found), next(iter(found))))
        return _most_shared(shared, crowded)


@define(eq=False)
class _ByDetail:
    """The clusters of a crowded block by what they tell, in the order in which they were put in."""

    _several: dict[Hashable, dict[int, None]] = Factory(dict)
    _one: dict[Hashable, int] = Factory(dict)
    """What only one cluster tells, as most is: no collection is kept for that."""

    def add(self, details: Details) -> None:
        number, several, ones = details.number, self._several, self._one
        for detail in details.told:
            if (numbers := several.get(detail)) is not None:
                numbers[number] = None
            elif (one := ones.setdefault(detail, number)) != number:
                several[detail] = {one: None, number: None}
                del ones[detail]

    def shared(self, details: Details) -> list[Collection[int]]:
        """The clusters that tell it, for each detail that this telling asks for and any cluster tells."""
        found: list[Collection[int]] = []
        for detail in details.asked:
            if (numbers := self._several.get(detail)) is not None:
                found.append(numbers)
            elif (one := self._one.get(detail)) is not None:
                found.append((one,))
        return found


def _most_shared(shared: Iterable[Iterable[int]], most: int) -> list[int]:
    """The numbers that are in most of these collections, which are read until so many have been seen."""
    counts = Counter(islice(chain.from_iterable(shared), 20 * most))
    # Of equals the first, because sorting leaves those in their order.
    return sorted(sorted(counts), key=counts.__getitem__, reverse=True)[:most]


def _supporting(profile: Profile, *, near: bool = False) -> Iterator[Hashable]:
    """What a telling tells besides place and time, as keys; with `near` also those of figures that are close to its."""
    for what, figure in (("killed", profile.killed), ("wounded", profile.wounded)):
        if figure is not None and figure > 0:
            yield _key(what, figure)
            # Figures that are close, by the ratio of the settings, are at most one such step apart.
            step = round(log(figure + 1, settings().figures["close_ratio"]))
            yield from (_key("about", what, one) for one in ((step - 1, step, step + 1) if near else (step,)))
    for group in sorted(profile.groups):
        yield _key("group", group)
        for family in families(group):
            yield _key("family", family)
    # Words are keys by themselves: there are too many of them to keep others for them.
    yield from sorted(profile.location | profile.target_words | profile.target_names | profile.names)


def _places(profile: Profile) -> Iterator[Hashable]:
    for name in (profile.city, profile.province):
        if name:
            yield _key("place", skeleton(name))


@lru_cache(maxsize=50_000)
def _key(*told: str | int) -> Hashable:
    """One key is kept for all that tell the same."""
    return told
