"""Drafts of incidents: tellings that speak of the same attack."""

from __future__ import annotations

from collections.abc import Iterable

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
    victims: frozenset[str] = frozenset()
    """The words of the names of those whom it hit."""
    things: frozenset[str] = frozenset()
    """The heads of what it was aimed at, where they are told for the first time."""
    on_people: bool = False
    """What it was aimed at are people, and no thing."""
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
    def undated(self) -> tuple[str, str] | None:
        """The day that it names, where no year is known: the rule that read it, and its words."""
        if self.date is None or self.date.low is not None:
            return None
        first, last = self.scene.word_at(self.date.start), self.scene.word_at(self.date.end - 1)
        return self.date.rule, " ".join(self.scene.sentence.lows[first : last + 1])

    @property
    def killed(self) -> int | None:
        values = [t.value for t in self.tolls if t.fate == "killed" and t.value and not t.part]
        return sum(values) if values else None

    @property
    def classes(self) -> set[str]:
        return {_CLASS[e.kind] for e in self.events if e.kind in _CLASS}


@define(slots=True, eq=False)
class Draft:
    """An incident in the making: what tells of it, in the order of the article.

    What its tellings say is gathered as they are added, because each new one is compared with all that was said.
    """

    tellings: list[Telling]
    support: list[Scene] = field(factory=list)
    """Sentences that speak of it without a word for the attack ("No group claimed responsibility")."""
    among: bool = False
    """The text tells of another attack on the same day."""
    classes: set[str] = field(init=False, factory=set)
    tolls: set[int] = field(init=False, factory=set)
    """The numbers of killed that its tellings tell."""
    victims: set[str] = field(init=False, factory=set)
    """The words of the names of those whom it hit, as its tellings tell."""
    things: set[str] = field(init=False, factory=set)
    """The heads of what its tellings say it was aimed at."""
    undated: set[tuple[str, str]] = field(init=False, factory=set)
    """The days that its tellings name where no year is known: the rule that read each, and its words."""
    _best_date: DateMention | None = field(init=False, default=None)
    _places: dict[tuple[object, ...], Settled] = field(init=False, factory=dict)
    _scenes: tuple[int, int, list[Scene]] = field(init=False, default=(0, 0, []))

    def __attrs_post_init__(self) -> None:
        for telling in self.tellings:
            self._gather(telling)

    def add(self, telling: Telling) -> None:
        """A further telling of the same attack."""
        self.tellings.append(telling)
        self._gather(telling)

    def _gather(self, telling: Telling) -> None:
        self.classes |= telling.classes
        self.victims |= telling.victims
        self.things |= telling.things
        if killed := telling.killed:
            self.tolls.add(killed)
        if (day := telling.undated) is not None:
            self.undated.add(day)
        date, best = telling.date, self._best_date
        if date is not None and date.low is not None and (best is None or date.span < best.span):
            self._best_date = date
        if (place := telling.place) is not None:
            self._places.setdefault((place.country, place.province, place.city, place.location), place)

    @property
    def scenes(self) -> list[Scene]:
        if self._scenes[:2] != (len(self.tellings), len(self.support)):
            seen: dict[int, Scene] = {}
            for scene in [t.scene for t in self.tellings] + self.support:
                seen.setdefault(scene.sentence.index, scene)
            self._scenes = (len(self.tellings), len(self.support), [seen[i] for i in sorted(seen)])
        return self._scenes[2]

    def best_date(self) -> DateMention | None:
        return self._best_date

    def places(self) -> Iterable[Settled]:
        """The different places that its tellings name."""
        return self._places.values()
