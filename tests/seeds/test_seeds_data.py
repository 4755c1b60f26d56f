"""The seeds: every article has a coding, and every coding keeps to the codebook and to its article."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gtdlike.article import Article
from gtdlike.codebook import load_codebook
from gtdlike.coding.language import language_of
from gtdlike.reading import read

SEEDS = Path(__file__).parents[2] / "seeds"
CODED = {
    "country_txt": "country",
    "attacktype1": "attacktype",
    "weaptype1": "weaptype",
    "weapsubtype1": "weapsubtype",
    "targtype1": "targtype",
}
YES_NO = {"suicide": {0, 1}, "success": {0, 1}, "individual": {0, 1}, "claimed": {0, 1, -9}, "ishostkid": {0, 1, -9}}
RANGES = ("nkill", "nwound", "nkillter")
NAMES = ("place", "city", "gname")
FIELDS = {"date", "targets", "nperps", *CODED, *YES_NO, *RANGES, *NAMES}
ALWAYS = {"date", "country_txt", "place", "attacktype1", "gname", "suicide", "success", "ishostkid"}


@cache
def articles() -> dict[str, Article]:
    found = list(read([SEEDS / "articles"]))
    unreadable = [str(item) for item in found if not isinstance(item, Article)]
    assert not unreadable
    return {item.id: item for item in found if isinstance(item, Article)}


def codings() -> list[dict[str, Any]]:
    lines = (SEEDS / "codings.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def incidents() -> list[dict[str, str]]:
    with (SEEDS / "incidents.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tellings() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each incident of each coding, with the id of its article."""
    for coding in codings():
        for incident in coding["incidents"]:
            yield coding["article_id"], incident


def days(telling: dict[str, Any]) -> list[tuple[dt.date, dt.date]]:
    """The accepted ranges of days."""
    return [(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) for first, last in telling["fields"]["date"]]


def fold(text: str) -> str:
    """A text without accents, capitals and line breaks."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(plain.casefold().split())


def named(name: str, text: str) -> bool:
    """Is this name in the folded text, as whole words?"""
    return re.search(rf"\b{re.escape(fold(name))}\b", text) is not None


TELLINGS = [pytest.param(article, telling, id=f"{article}:{telling['incident_id']}") for article, telling in tellings()]
each_telling = pytest.mark.parametrize(("article", "telling"), TELLINGS)


def test_every_article_has_one_coding_and_every_coding_an_article() -> None:
    ids = [coding["article_id"] for coding in codings()]
    assert len(ids) == len(set(ids))
    assert set(ids) == set(articles())


def test_articles_say_when_they_appeared() -> None:
    assert [article.id for article in articles().values() if not article.published or not article.title] == []


def test_articles_are_english_but_for_one() -> None:
    others = {
        article.id: language for article in articles().values() if (language := language_of(article.text)) != "en"
    }
    assert others == {"madrid-trenes-aniversario": "es"}


def test_every_article_is_marked_as_free() -> None:
    folder = SEEDS / "articles"
    for path in folder.iterdir():
        if path.suffix in (".txt", ".md"):
            assert json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["license"] == "CC0-1.0", path.name
        elif path.suffix == ".jsonl":
            for line in path.read_text(encoding="utf-8").splitlines():
                assert json.loads(line)["license"] == "CC0-1.0", path.name
        elif path.suffix == ".html":
            assert '<meta name="license" content="CC0-1.0">' in path.read_text(encoding="utf-8"), path.name
        else:
            assert path.suffix == ".json", path.name


@each_telling
def test_fields_are_known_and_of_the_right_form(article: str, telling: dict[str, Any]) -> None:
    assert set(telling) == {"incident_id", "optional", "fields"}
    assert isinstance(telling["optional"], bool)
    fields = telling["fields"]
    assert set(fields) >= ALWAYS
    assert set(fields) <= FIELDS
    for name in RANGES:
        low, high = fields.get(name, [0, 0])
        assert 0 <= low <= high, name
    assert fields.get("nkillter", [0, 0])[1] <= fields.get("nkill", [10**6, 10**6])[1]
    assert all(isinstance(n, int) and (n == -99 or n > 0) for n in fields.get("nperps", []))
    for name in NAMES:
        assert all(isinstance(text, str) and text for text in fields.get(name, ["x"])), name
    for target in fields.get("targets", []):
        assert set(target) == {"any", "optional"}
        assert target["any"]


@each_telling
def test_codes_are_in_the_codebook(article: str, telling: dict[str, Any]) -> None:
    codebook = load_codebook()
    fields = telling["fields"]
    for name, codes in CODED.items():
        known = codebook.code_lists[codes].by_label if name.endswith("_txt") else codebook.code_lists[codes].by_code
        accepted = fields.get(name, [])
        assert [code for code in accepted if code not in known] == [], name
    for name, accepted in YES_NO.items():
        assert set(fields.get(name, [0])) <= accepted, name
    # Names that the code list tells apart may be one group in the codebook; then one is an alias of the other.
    groups = {name for group in codebook.groups for name in (group.name, *group.aliases)} | {"Unknown"}
    assert [name for name in fields["gname"] if name not in groups] == []
    subtypes = codebook.code_lists["weapsubtype"]
    astray = [code for code in fields.get("weapsubtype1", []) if subtypes.parent(code) not in fields["weaptype1"]]
    assert astray == []


@each_telling
def test_dates_parse_and_lie_before_publication(article: str, telling: dict[str, Any]) -> None:
    published = articles()[article].published
    assert published is not None
    for first, last in days(telling):
        assert first <= last
        assert first <= published


@each_telling
def test_the_article_names_the_place_and_the_targets(article: str, telling: dict[str, Any]) -> None:
    text = fold(articles()[article].text)
    fields = telling["fields"]
    assert any(named(name, text) for name in fields["place"])
    for target in fields.get("targets", []):
        assert any(named(name, text) for name in target["any"]), target


def test_one_article_tells_an_incident_once() -> None:
    told = [(article, telling["incident_id"]) for article, telling in tellings()]
    assert len(told) == len(set(told))


def test_incidents_are_listed_with_their_sources() -> None:
    listed = incidents()
    slugs = [incident["slug"] for incident in listed]
    assert len(slugs) == len(set(slugs))
    counted = dict.fromkeys(slugs, 0)
    for article, telling in tellings():
        slug = telling["incident_id"]
        assert slug in counted, f"{article}: {slug!r} is not in incidents.csv"
        counted[slug] += 1
    assert counted == {incident["slug"]: int(incident["articles"]) for incident in listed}


def test_tellings_of_an_incident_agree_on_day_and_country() -> None:
    listed = {incident["slug"]: incident for incident in incidents()}
    for article, telling in tellings():
        incident = listed[telling["incident_id"]]
        day = dt.date.fromisoformat(incident["date"])
        assert any(first <= day <= last for first, last in days(telling)), article
        assert incident["country"] in telling["fields"]["country_txt"], article


def test_seeds_hold_what_the_tests_of_coders_and_linking_need() -> None:
    sources = {incident["slug"]: int(incident["articles"]) for incident in incidents()}
    assert sources["istanbul-reina-nightclub"] == 3
    assert sum(count > 1 for count in sources.values()) >= 5
    assert any(telling["fields"]["success"] == [0] for _, telling in tellings())
    assert sum(not coding["incidents"] for coding in codings()) >= 5
    attacks = {code for _, telling in tellings() for code in telling["fields"]["attacktype1"]}
    assert attacks >= set(range(1, 9)), "every attack type but Unknown is there"
