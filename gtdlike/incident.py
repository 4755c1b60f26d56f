"""The incident: the 135 columns of a GTD row, nested as one thinks of them.

Three kinds of "missing" stay apart: None (blank: not collected or not applicable), `UNKNOWN` (asked, and not known:
-9, -99 or "Unknown" in the flat row) and, in dates, 0 (the month or day is not known).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import Factory, define

if TYPE_CHECKING:
    from gtdlike.codebook.model import Codebook, Value


class Unknown(Enum):
    """The type of `UNKNOWN`: the question was asked and the answer is not known."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> bool:
        return False


UNKNOWN: Final = Unknown.UNKNOWN

YesNo = bool | Literal[Unknown.UNKNOWN] | None
Count = int | Literal[Unknown.UNKNOWN] | None
Amount = float | Literal[Unknown.UNKNOWN] | None
Name = str | Literal[Unknown.UNKNOWN] | None
Code = int | None


@define
class EventDate:
    """When it happened. A month or day of 0 is not known; `approximate` then tells what is."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    approximate: str | None = None
    extended: YesNo = None
    resolution: dt.date | None = None


@define
class Place:
    """Where it happened, from the country down to what is finer than a city (`location`)."""

    country: Code = None
    region: Code = None
    province: Name = None
    city: Name = None
    latitude: float | None = None
    longitude: float | None = None
    specificity: Code = None
    vicinity: YesNo = None
    location: str | None = None


@define
class Criteria:
    """Why it counts: a political goal, a larger audience, outside legitimate warfare; and whether there is doubt."""

    goal: YesNo = None
    audience: YesNo = None
    outside_warfare: YesNo = None
    doubt: YesNo = None
    alternative: Code = None


@define
class Weapon:
    """One of up to four weapons."""

    type: Code = None
    subtype: Code = None


@define
class Target:
    """One of up to three targets: what was hit, whose it was and which country's."""

    type: Code = None
    subtype: Code = None
    organization: Name = None
    name: Name = None
    nationality: Code = None


@define
class Perpetrator:
    """One of up to three groups, and its claim."""

    name: Name = None
    subgroup: Name = None
    uncertain: YesNo = None
    claimed: YesNo = None
    claim_mode: Code = None


@define
class Casualties:
    """The killed and the wounded: in all (attackers included), US citizens, attackers."""

    killed: Count = None
    killed_us: Count = None
    killed_perpetrators: Count = None
    wounded: Count = None
    wounded_us: Count = None
    wounded_perpetrators: Count = None


@define
class Property:
    """Damage to property; the value in US dollars at the time."""

    damaged: YesNo = None
    extent: Code = None
    value: Amount = None
    comment: str | None = None


@define
class Hostages:
    """Hostages or kidnapping victims, and what became of them."""

    taken: YesNo = None
    number: Count = None
    number_us: Count = None
    hours: Amount = None
    days: Amount = None
    diverted_to: str | None = None
    resolved_in: str | None = None
    outcome: Code = None
    released: Count = None


@define
class Ransom:
    """Ransom demanded and paid, in US dollars."""

    demanded: YesNo = None
    amount: Amount = None
    amount_us: Amount = None
    paid: Amount = None
    paid_us: Amount = None
    note: str | None = None


@define
class International:
    """Did the attack cross a border: of the group and place, of group and target, of place and target, any?"""

    logistical: YesNo = None
    ideological: YesNo = None
    miscellaneous: YesNo = None
    any: YesNo = None


@define
class Incident:
    """One incident, as the codebook defines it."""

    eventid: int | None = None
    date: EventDate = Factory(EventDate)
    place: Place = Factory(Place)
    summary: str | None = None
    criteria: Criteria = Factory(Criteria)
    multiple: YesNo = None
    related: str | None = None
    success: YesNo = None
    suicide: YesNo = None
    attacks: list[Code] = Factory(list)
    weapons: list[Weapon] = Factory(list)
    weapon_detail: str | None = None
    targets: list[Target] = Factory(list)
    perpetrators: list[Perpetrator] = Factory(list)
    motive: str | None = None
    individual: YesNo = None
    number_of_perpetrators: Count = None
    number_captured: Count = None
    competing_claims: YesNo = None
    casualties: Casualties = Factory(Casualties)
    property: Property = Factory(Property)
    hostages: Hostages = Factory(Hostages)
    ransom: Ransom = Factory(Ransom)
    international: International = Factory(International)
    notes: str | None = None
    citations: list[str | None] = Factory(list)
    database: str | None = None

    def to_row(self, codebook: Codebook | None = None) -> dict[str, Value]:
        """The flat row: every column of the codebook in order. See `gtdlike.rows.to_row`."""
        from gtdlike.rows import to_row

        return to_row(self, codebook)

    @classmethod
    def from_row(cls, row: Mapping[str, Any], codebook: Codebook | None = None) -> Incident:
        """The incident of a flat row. See `gtdlike.rows.from_row`."""
        from gtdlike.rows import from_row

        return from_row(row, codebook)


def incident_class(codebook: Codebook) -> type[Incident]:
    """The class of the incidents of a codebook.

    It is `Incident` itself if all the paths of the codebook are in it, as with the built-in one. Otherwise it is a
    subclass with a field for each further path: `drone.model` makes a part `drone`, `weapons[0].maker` a field of each
    weapon. Its fields are given by name. There is one such class for the same paths in a process, and its incidents
    can be pickled to other processes.
    """
    from gtdlike.shapes import incident_class as found

    return found(codebook)
