"""The codings of the example articles, which people linked by hand: linking finds the same incidents."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

import pytest

from gtdlike.article import Article
from gtdlike.codebook import load_codebook
from gtdlike.coding.base import CodedIncident
from gtdlike.coding.gazetteer import Gazetteer
from gtdlike.linking import link
from gtdlike.reading import read
from gtdlike.rows import from_row

SEEDS = Path(__file__).parents[2] / "seeds"


def date_parts(dates: list[list[str]], pick: random.Random) -> dict[str, int]:
    """The parts of a date that all days of a range share."""
    first, last = (dt.date.fromisoformat(day) for day in pick.choice(dates))
    same_month = (first.year, first.month) == (last.year, last.month)
    return {"iyear": first.year, "imonth": first.month if same_month else 0, "iday": first.day if first == last else 0}


def row_of(fields: dict[str, Any], pick: random.Random) -> dict[str, Any]:
    """A row that a coder could write whom these fields accept: any of the accepted values."""
    country = load_codebook().code_lists["country"]
    row: dict[str, Any] = {"gname": pick.choice(fields.get("gname", ["Unknown"]))}
    if "date" in fields:
        row |= date_parts(fields["date"], pick)
    if "country_txt" in fields:
        row["country"] = country.code(pick.choice(fields["country_txt"]))
        row["region"] = country.parent(row["country"])
    if "city" in fields:
        row["city"] = pick.choice(fields["city"])
        iso = next(c.iso for c in load_codebook().countries if c.code == row.get("country"))
        if (found := Gazetteer.load().inside(row["city"], iso)) is not None:
            row |= {"latitude": found.latitude, "longitude": found.longitude, "specificity": 1}
    if finer := [place for place in fields.get("place", []) if place not in fields.get("city", [])]:
        row["location"] = pick.choice(finer)
    row |= {name: pick.choice(fields[name]) for name in ("attacktype1", "weaptype1", "targtype1") if name in fields}
    row |= {name: pick.randint(*fields[name]) for name in ("nkill", "nwound") if name in fields}
    targets = [target for target in fields.get("targets", []) if not target["optional"]]
    row |= {f"target{n}": pick.choice(target["any"]) for n, target in enumerate(targets[:3], 1)}
    return row


def codings() -> list[dict[str, Any]]:
    lines = (SEEDS / "codings.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {a.id: a for a in read([SEEDS / "articles"]) if isinstance(a, Article)}


@pytest.mark.parametrize("seed", range(8))
def test_the_examples_are_linked_as_people_linked_them(seed: int, articles: dict[str, Article]) -> None:
    pick = random.Random(seed)
    items, slugs = [], {}
    for coding in codings():
        for incident in coding["incidents"]:
            if "incident_id" not in incident or "date" not in incident["fields"]:
                continue
            coded = CodedIncident(coding["article_id"], from_row(row_of(incident["fields"], pick)))
            items.append((articles[coding["article_id"]], coded))
            slugs[id(coded)] = incident["incident_id"]
    pick.shuffle(items)
    found = sorted(sorted(slugs[id(m.coded)] for m in one.members) for one in link(items))
    expected: dict[str, list[str]] = {}
    for _, coded in items:
        expected.setdefault(slugs[id(coded)], []).append(slugs[id(coded)])
    assert found == sorted(expected.values())
    assert len(found) > 20


def test_the_list_of_incidents_counts_their_sources() -> None:
    with (SEEDS / "incidents.csv").open(encoding="utf-8", newline="") as stream:
        sources = {row["slug"]: int(row["articles"]) for row in csv.DictReader(stream)}
    assert sources["istanbul-reina-nightclub"] == 3
