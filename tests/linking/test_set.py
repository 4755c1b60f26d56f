"""The set for reconciliation: its data hold together, and linking finds the true grouping in it."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gtdlike.coding.language import language_of

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks/linking"
SET = FOLDER / "set"


def table(name: str) -> list[dict[str, str]]:
    with (SET / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def articles() -> dict[str, dict[str, Any]]:
    lines = (SET / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return {article["id"]: article for article in map(json.loads, lines)}


def incidents() -> dict[str, dict[str, str]]:
    return {row["slug"]: row for row in table("incidents.csv")}


@pytest.fixture(scope="module")
def quality() -> Any:
    """The benchmark, from its file: it is no part of the package."""
    spec = importlib.util.spec_from_file_location("linking_quality", FOLDER / "quality.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def result(quality: Any) -> Any:
    return quality.measure(quality.Truth.load())


def test_the_set_is_large_enough() -> None:
    told = table("grouping.csv")
    clusters = {incidents()[row["incident"]]["cluster"] for row in told}
    assert len(articles()) >= 60
    assert len({row["incident"] for row in told}) >= 25
    assert len(clusters) >= 6
    assert len(articles()) == len((SET / "articles.jsonl").read_text(encoding="utf-8").splitlines())
    assert sum(not any(row["article"] == name for row in told) for name in articles()) >= 3


def test_articles_are_short_free_and_english() -> None:
    for article in articles().values():
        assert 80 <= len(article["text"].split()) <= 220, article["id"]
        assert article["license"] == "CC0-1.0"
        assert article["published"] == dt.date.fromisoformat(article["published"]).isoformat()
        assert article["title"]
        assert language_of(article["text"]) == "en", article["id"]


def test_every_mention_stands_in_its_article_and_no_words_are_of_two_mentions() -> None:
    taken: Counter[tuple[str, str]] = Counter()
    for row in table("grouping.csv"):
        article, incident = articles()[row["article"]], incidents()[row["incident"]]
        assert row["background"] in ("yes", "no")
        assert incident["date"].startswith(row["date"]), row
        assert row["date"] <= article["published"], row
        for words in row["says"].split(" | "):
            assert article["text"].count(words) == 1, words
            taken[row["article"], words] += 1
    assert max(taken.values()) == 1


def test_every_incident_is_mentioned_and_series_are_known() -> None:
    told = {row["incident"] for row in table("grouping.csv")}
    assert told == set(incidents())
    for row in incidents().values():
        assert not row["part_of"] or row["part_of"] in incidents()
        assert dt.date.fromisoformat(row["date"]) < dt.date(2020, 1, 1)


def test_linking_finds_the_grouping_and_merges_no_look_alikes(result: Any) -> None:
    score = result.score()
    assert [(a.name, b.name) for a, b in score.wrong] == []
    assert score.f1 >= 0.95
    assert score.right >= 120


def test_most_of_the_set_is_coded_and_counted(result: Any, quality: Any) -> None:
    report = "\n".join(quality.lines(result))
    assert len(result.uncoded) < 0.25 * len(result.truth.mentions)
    for mention in result.uncoded:
        assert f"not coded: {mention.article}: {mention.incident}" in report
    for a, b in result.score().missed:
        assert f"missed: {a.name}" in report
        assert f"and {b.name}" in report


def test_a_wrong_merge_is_counted_as_one(quality: Any, result: Any) -> None:
    """The scorer would see it: all codings in one incident are many false merges, and in none many missed pairs."""
    from attrs import evolve

    linked = result.linked
    everything = tuple(m for one in linked for m in one.members)
    merged = quality.Result(result.truth, result.codings, [evolve(linked[0], members=everything)])
    apart = [evolve(linked[0], members=(member,)) for member in everything]
    split = quality.Result(result.truth, result.codings, apart)
    assert len(merged.score().wrong) > 1000
    assert (merged.score().missed, split.score().wrong) == ([], [])
    assert split.score().right == 0
    assert len(split.score().missed) == result.score().right + len(result.score().missed)
