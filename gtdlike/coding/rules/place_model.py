"""What a place is to the coder: a mention, a chain of mentions, and the place that a chain settles on."""

from __future__ import annotations

from typing import Literal

from attrs import define, frozen

from gtdlike.coding.gazetteer import GazetteerPlace

Level = Literal["country", "people", "province", "district", "city", "area", "part", "region", "any"]


@define(slots=True, unsafe_hash=True)  # not frozen, which would double the cost of so many
class PlaceMention:
    """A place name: words `first` to `last` (exclusive) of its sentence, offsets in the text, and what it may be."""

    first: int
    last: int
    start: int
    end: int
    name: str
    level: Level
    country: int | None = None
    candidates: tuple[GazetteerPlace, ...] = ()
    preposition: str | None = None
    weak: bool = False
    point: tuple[float, float] | None = None
    province: str | None = None
    noun: str | None = None
    """The noun beside the name: village, city, district; or the word that stands for a name: capital, here."""
    aside: bool = False
    """People spoke, met or were caught there; it did not happen there."""


@frozen(slots=True)
class PlaceChain:
    """Place names of one sentence that name one place together: "a market in X, Y province, Z"."""

    mentions: tuple[PlaceMention, ...]

    @property
    def first(self) -> PlaceMention:
        return self.mentions[0]

    @property
    def start(self) -> int:
        return min(m.start for m in self.mentions)

    @property
    def aside(self) -> bool:
        """Is it a place that is told beside what happened?"""
        return min(self.mentions, key=lambda m: m.start).aside

    @property
    def only_people(self) -> bool:
        return all(m.level == "people" for m in self.mentions)

    @property
    def local(self) -> bool:
        """Does it name anything smaller than a country?"""
        return any(m.level not in ("country", "people") for m in self.mentions)


@define(slots=True)
class Settled:
    """A place of the codebook's kind, with the mention behind each part."""

    country: int | None = None
    province: str | None = None
    city: str | None = None
    location: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    specificity: int = 5
    near: bool = False
    people: int = 0
    """How many live in the city."""
    because: dict[str, PlaceMention] | None = None
