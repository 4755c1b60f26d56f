"""Drafts of incidents: tellings that speak of the same attack."""

from __future__ import annotations

from attrs import define, field

from gtdlike.coding.rules.casualties import Toll
from gtdlike.coding.rules.dates import DateMention
from gtdlike.coding.rules.places import PlaceChain, Settled
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.triggers import Trigger

_CLASS = {
    "bombing": "bombing", "suicide bombing": "bombing",
    "assault": "assault", "stabbing": "assault", "ramming": "assault", "assassination": "assault",
    "kidnapping": "kidnapping", "hijacking": "hijacking", "facility": "facility", "chemical": "chemical",
}  # fmt: skip
"""Kinds of trigger that exclude one another. An attack, a killing or a massacre may be of any of them."""


@define(slots=True, eq=False)
class Telling:
    """What one sentence, or a part of it, tells of one attack."""

    scene: Scene
    events: list[Trigger]
    chain: PlaceChain | None = None
    place: Settled | None = None
    date: DateMention | None = None
    whole: bool = True
    """The sentence tells of this attack only."""
    other: bool = False
    """The sentence sets it apart from the attack before it ("... comes days after a bombing ...")."""

    @property
    def own(self) -> bool:
        """Has it a date or a place of its own?"""
        return self.date is not None or (self.chain is not None and self.chain.local)

    @property
    def tolls(self) -> list[Toll]:
        """What the sentence tells of the dead and wounded of this attack: all, or what stands nearest to its words."""
        if self.whole:
            return self.scene.tolls
        every = self.scene.events

        def nearest(toll: Toll) -> Trigger:
            return min(every, key=lambda e: min(abs(e.first - toll.verb), abs(e.last - toll.verb)))

        return [t for t in self.scene.tolls if nearest(t) in self.events]

    @property
    def killed(self) -> int | None:
        values = [t.value for t in self.tolls if t.fate == "killed" and t.value and not t.part]
        return sum(values) if values else None

    @property
    def classes(self) -> set[str]:
        return {_CLASS[e.kind] for e in self.events if e.kind in _CLASS}


@define(slots=True, eq=False)
class Draft:
    """An incident in the making: what tells of it, in the order of the article."""

    tellings: list[Telling]
    support: list[Scene] = field(factory=list)
    """Sentences that speak of it without a word for the attack ("No group claimed responsibility")."""

    @property
    def classes(self) -> set[str]:
        return set().union(*(t.classes for t in self.tellings))

    @property
    def scenes(self) -> list[Scene]:
        seen: dict[int, Scene] = {}
        for scene in [t.scene for t in self.tellings] + self.support:
            seen.setdefault(scene.sentence.index, scene)
        return [seen[i] for i in sorted(seen)]

    def dates(self) -> list[DateMention]:
        return [t.date for t in self.tellings if t.date is not None and t.date.low is not None]

    def best_date(self) -> DateMention | None:
        return min(self.dates(), key=lambda d: d.span, default=None)

    def places(self) -> list[Settled]:
        return [t.place for t in self.tellings if t.place is not None]
