"""What people decided about tellings: which are of one incident and which are not. The rules of linking follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from attrs import define, field, frozen

from gtdlike.linking.clusters import Clusters
from gtdlike.linking.compare import Fit
from gtdlike.linking.profile import Profile

Key = tuple[str, int]
"""A telling: the id of its article, and its number there."""


@frozen
class Ruling:
    """One decision of `who`: the tellings of both sides are of one incident (`same`), or those of `one` are not of the
    incident of the `other` ones."""

    who: str
    same: bool
    one: frozenset[Key]
    other: frozenset[Key]


@define
class Decided:
    """Rulings, ready to be followed. Where two contradict each other, the later one holds.

    `overruled` tells, by their places, which ruling does not hold and which later one is against it. `in_effect` fills
    while tellings are placed: the rulings without which the rules would have placed a telling elsewhere.
    """

    rulings: Sequence[Ruling]
    overruled: Mapping[int, int]
    in_effect: set[int] = field(factory=set)
    _group_of: dict[Key, int] = field(factory=dict)
    _joined_by: dict[Key, list[int]] = field(factory=lambda: defaultdict(list))
    _apart: dict[int, dict[int, int]] = field(factory=lambda: defaultdict(dict))
    _place_of: dict[int, int] = field(factory=dict)
    _who: dict[Key, str] = field(factory=dict)

    @classmethod
    def of(cls, rulings: Iterable[Ruling]) -> Decided:
        """Put rulings together, in the order in which they were made."""
        rulings = tuple(rulings)
        groups = _Groups()
        overruled: dict[int, int] = {}
        for place in range(len(rulings) - 1, -1, -1):
            against = groups.rule(place, rulings[place])
            if against is not None:
                overruled[place] = against
        decided = cls(rulings, overruled)
        decided._group_of = groups.group_of
        for place, ruling in enumerate(rulings):
            if ruling.same and place not in overruled:
                for key in ruling.one | ruling.other:
                    decided._joined_by[key].append(place)
        for place, one, other in groups.apart:
            for a in {groups.group_of[key] for key in one}:
                for b in {groups.group_of[key] for key in other}:
                    decided._apart[a][b] = decided._apart[b][a] = place
        return decided

    def place(self, key: Key, profile: Profile, clusters: Clusters) -> tuple[int, Fit | None]:
        """Put a telling into its cluster. The answer is its number, and the fit."""
        group = self._group_of.get(key)
        if group is None:
            return clusters.add(profile)
        never = {self._place_of[other]: n for other, n in self._apart[group].items() if other in self._place_of}
        to = self._place_of.get(group)
        best = clusters.best(profile)
        wanted = None if best is None else best[0]
        if to is not None and wanted != to:
            self.in_effect.update(self._joined_by[key])
            self._who[key] = self.rulings[self._joined_by[key][-1]].who
        elif to is None and wanted in never:
            self.in_effect.add(never[wanted])
            self._who.update(dict.fromkeys(self.rulings[never[wanted]].one, self.rulings[never[wanted]].who))
        number, found = clusters.add(profile, to=to, never=never)
        self._place_of[group] = number
        return number, found

    @property
    def places(self) -> Collection[int]:
        """The clusters with tellings that people decided about, from which the rules move nothing any more."""
        return set(self._place_of.values())

    def who(self, key: Key) -> str | None:
        """Who decided where a telling belongs; None where the rules did. To be asked when all are placed."""
        return self._who.get(key)


@define
class _Groups:
    """Tellings that must stay together, and which of them must stay apart; made from the last ruling to the first."""

    group_of: dict[Key, int] = field(factory=dict)
    members: dict[int, set[Key]] = field(factory=dict)
    made_by: dict[int, int] = field(factory=dict)
    apart: list[tuple[int, frozenset[Key], frozenset[Key]]] = field(factory=list)

    def rule(self, place: int, ruling: Ruling) -> int | None:
        """Take a ruling in, or give the later one that it contradicts."""
        return self._same(place, ruling) if ruling.same else self._not_same(place, ruling)

    def _same(self, place: int, ruling: Ruling) -> int | None:
        one, other = ruling.one, ruling.other
        for later, taken, left in self.apart:
            # Whoever took a telling out of an incident afterwards did not mean it any more.
            if (one | other) & left:
                one, other = one - taken, other - taken
                if not one or not other:
                    return later
        numbers = {self._group(key) for key in sorted(one | other)}
        joined = set().union(*(self.members[number] for number in numbers))
        for later, taken, left in self.apart:
            if joined & taken and joined & left:
                return later
        number = min(numbers)
        for old in numbers - {number}:
            del self.members[old]
        self.members[number] = joined
        self.group_of.update(dict.fromkeys(joined, number))
        self.made_by[number] = place
        return None

    def _not_same(self, place: int, ruling: Ruling) -> int | None:
        one = {self._group(key) for key in sorted(ruling.one)}
        both = one & {self._group(key) for key in sorted(ruling.other)}
        if both:
            return self.made_by[min(both)]
        self.apart.append((place, ruling.one, ruling.other))
        return None

    def _group(self, key: Key) -> int:
        if key not in self.group_of:
            number = self.group_of[key] = len(self.group_of)
            self.members[number] = {key}
        return self.group_of[key]
