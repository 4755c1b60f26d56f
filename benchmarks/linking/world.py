"""A world of incidents to be told of: real places, the codebook's groups, and a few days with more than one attack.

Attacks are as uneven as real ones: a few countries have most of them, and in these a few cities, so that a city often
has several in one day. The same seed gives the same world on every machine.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import as_file, files
from itertools import accumulate
from typing import Final

import pyarrow as pa
from attrs import frozen

from gtdlike.codebook import load_codebook

START: Final = dt.date(1990, 1, 1)
A_DAY: Final = 30
"""Incidents a day in the whole world, about as in the 2010s, the worst decade on record."""
_COUNTRIES: Final = 70
_CITIES: Final = 60

# Attack type, weapon type, share.
ATTACKS: Final = ((3, 6, 50), (2, 5, 27), (1, 5, 8), (6, 13, 9), (7, 8, 6))
# Target type, what it is called in general, what it is called by its name, share.
TARGETS: Final = (
    (14, "civilians", "{} market", 30),
    (3, "police patrol", "{} police station", 18),
    (4, "soldiers", "{} army base", 16),
    (2, "government official", "{} council office", 9),
    (1, "shopkeepers", "Hotel {}", 9),
    (15, "worshippers", "{} mosque", 6),
    (19, "bus passengers", "{} bus station", 4),
    (8, "pupils", "{} primary school", 4),
    (10, "journalist", "Radio {}", 2),
    (17, "party members", "{} party headquarters", 2),
)
_SYLLABLES: Final = (
    "ba da fa ga ha ja ka la ma na ra sa ta za be de ke le me ne re se bi di ki li mi ni ri si zi".split()
)


@frozen
class City:
    """A city, its first-order region and its country."""

    name: str
    province: str
    country: int
    region: int
    latitude: float
    longitude: float


@frozen
class Event:
    """An incident as it was."""

    day: dt.date
    city: City
    attack: int
    weapon: int
    target: int
    called: str
    named: str | None
    group: str | None
    killed: int
    wounded: int
    multiple: bool
    quarter: str | None
    """What is finer than the city, if anything is told of it."""


@frozen
class Country:
    """A country's cities, the larger ones first, and the groups at home in it."""

    cities: Sequence[City]
    shares: Sequence[float]
    groups: Sequence[str]


def events(seed: int) -> Iterator[Event]:
    """Incidents without end, day by day."""
    rng = random.Random(f"events {seed}")
    countries = _countries()
    shares = _zipf(len(countries))
    number, day = 0, START
    while True:
        country = rng.choices(countries, cum_weights=shares)[0]
        city = rng.choices(country.cities, cum_weights=country.shares)[0]
        # Now and then several attacks at once: in one city, by one group, on targets of their own.
        together = rng.choices((1, 2, 3, 4), (94, 3, 2, 1))[0]
        group = rng.choice(country.groups) if country.groups and rng.random() < 0.55 else None
        for _ in range(together):
            yield _event(rng, day, city, group, several=together > 1)
            number += 1
            day = START + dt.timedelta(number // A_DAY)


def _event(rng: random.Random, day: dt.date, city: City, group: str | None, *, several: bool) -> Event:
    attack, weapon, _ = rng.choices(ATTACKS, [share for *_, share in ATTACKS])[0]
    target, called, pattern, _ = rng.choices(TARGETS, [share for *_, share in TARGETS])[0]
    killed = 0 if rng.random() < 0.42 else min(400, int(rng.paretovariate(1.1)))
    return Event(
        day=day,
        city=city,
        attack=attack,
        weapon=weapon,
        target=target,
        called=called,
        named=pattern.format(_invented(rng)) if rng.random() < 0.4 else None,
        group=group,
        killed=killed,
        wounded=min(900, int(killed * rng.uniform(0.3, 3.5)) + (rng.random() < 0.4) * rng.randint(0, 6)),
        multiple=several,
        quarter=f"{_invented(rng)} district" if rng.random() < 0.2 else None,
    )


def _invented(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))).capitalize()


def _zipf(number: int) -> list[float]:
    return list(accumulate(1 / (place + 2) for place in range(number)))


@cache
def _countries() -> list[Country]:
    """The countries with the largest numbers of cities in the gazetteer, in an order drawn once."""
    book = load_codebook()
    codes = {c.iso: c.code for c in book.countries if c.iso}
    groups: dict[int | None, list[str]] = {}
    for group in book.groups:
        if group.kind == "group":
            groups.setdefault(group.nationality, []).append(group.name)
    rng = random.Random("countries")
    by_country: dict[int, list[City]] = {}
    for name, province, iso, latitude, longitude in _places():
        if (code := codes.get(iso)) is None or len(held := by_country.setdefault(code, [])) == _CITIES:
            continue
        region = book.code_lists["country"].parent(code)
        if region is not None and province is not None:
            held.append(City(name, province, code, region, round(latitude, 4), round(longitude, 4)))
    full = [code for code, cities in sorted(by_country.items()) if len(cities) == _CITIES and code in groups]
    chosen = rng.sample(full, min(_COUNTRIES, len(full)))
    shares = _zipf(_CITIES)
    return [Country(by_country[c], shares, rng.sample(groups[c], min(5, len(groups[c])))) for c in chosen]


def _places() -> Iterator[tuple[str, str | None, str, float, float]]:
    """The cities of the gazetteer, the largest first."""
    with as_file(files("gtdlike.coding") / "data" / "places.arrow") as path, pa.memory_map(str(path)) as file:
        table = pa.ipc.open_file(file).read_all()
    columns = ("kind", "population", "id", "name", "province", "iso", "latitude", "longitude")
    rows = zip(*(table.column(column).to_pylist() for column in columns), strict=True)
    for _, _, _, name, province, iso, latitude, longitude in sorted(
        (row for row in rows if row[0] == 0), key=lambda row: (-row[1], row[2])
    ):
        yield name, province or None, iso or "", latitude, longitude
