"""A release of the example articles with the rule coder: the whole way, as users go it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from gtdlike.article import Article
from gtdlike.cli import run
from gtdlike.codebook import load_codebook
from gtdlike.export import read_table
from gtdlike.reading import read
from gtdlike.release import build
from gtdlike.validation import validate

SEEDS = Path(__file__).parents[2] / "seeds"
FILES = {
    "incidents.parquet", "incidents.csv", "incidents.jsonl", "evidence.parquet", "sources.parquet", "reports.parquet",
    "links.parquet", "manifest.json",
}  # fmt: skip


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("made") / "release"
    assert run(["build", str(SEEDS), "-o", str(output), "--processes", "1"]) == 0
    return output


@pytest.fixture(scope="module")
def manifest(release: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    return told


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {item.id: item for item in read([SEEDS]) if isinstance(item, Article)}


def table(release: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(release / f"{name}.parquet").to_pylist()
    return rows


def test_all_files_are_there_and_say_the_same(release: Path) -> None:
    assert FILES <= {path.name for path in release.iterdir()} <= FILES | {"rejected.jsonl"}
    incidents = pq.read_table(release / "incidents.parquet")
    assert incidents.column_names == list(load_codebook().columns)
    for suffix in ("csv", "jsonl"):
        assert read_table(release / f"incidents.{suffix}").equals(incidents)


def test_the_manifest_adds_up(release: Path, manifest: dict[str, Any], articles: dict[str, Article]) -> None:
    assert sum(manifest["fates"].values()) == manifest["articles"] == len(manifest["inputs"]) == len(articles)
    assert {one["id"] for one in manifest["inputs"]} == set(articles)
    assert manifest["fates"]["failed"] == manifest["fates"]["unreadable"] == 0
    assert manifest["fates"]["not_english"] == 1
    tellings = manifest["tellings"]
    assert tellings["coded"] == tellings["linked"] + tellings["dropped"] + tellings["rejected"]
    assert tellings["coded"] == sum(one["incidents"] for one in manifest["inputs"])
    # An article may tell of the same incident twice, and is one source of it.
    assert tellings["linked"] >= len(table(release, "sources")) >= manifest["rows"]["incidents"]
    for name, rows in manifest["rows"].items():
        assert rows == len(table(release, name)) > 0
    for name, file in manifest["files"].items():
        assert file["bytes"] == (release / name).stat().st_size


def test_the_release_has_no_errors(release: Path) -> None:
    for suffix in ("parquet", "csv", "jsonl"):
        report = validate(release / f"incidents.{suffix}")
        assert report.errors == 0, str(report)


def test_every_quote_is_its_slice_of_its_article(release: Path, articles: dict[str, Article]) -> None:
    quotes = [one for one in table(release, "evidence") if one["quote"] is not None]
    assert len(quotes) > 100
    for one in quotes:
        assert articles[one["article_id"]].text[one["start"] : one["end"]] == one["quote"], one


def test_every_cell_has_evidence(release: Path) -> None:
    held = {(one["eventid"], one["variable"]) for one in table(release, "evidence")}
    for row in table(release, "incidents"):
        cells = {name for name, value in row.items() if value is not None and not name.endswith("_txt")}
        assert {name for name in cells - {"eventid"} if (row["eventid"], name) not in held} == set()


@pytest.mark.parametrize("processes", [1, 2])
def test_the_same_articles_give_the_same_bytes(release: Path, tmp_path: Path, processes: int) -> None:
    build([SEEDS], tmp_path / "again", processes=processes)
    assert {path.name for path in (tmp_path / "again").iterdir()} == {path.name for path in release.iterdir()}
    for path in release.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name


def test_coded_rows_have_their_fixed_shape(tmp_path: Path, articles: dict[str, Article]) -> None:
    columns = list(load_codebook().columns)
    whole = {v.name for v in load_codebook().variables.values() if v.kind in ("integer", "code", "boolean")}
    assert run(["code", str(SEEDS), "-o", str(tmp_path / "coded.jsonl"), "--processes", "1"]) == 0
    rows = [json.loads(line) for line in (tmp_path / "coded.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 20
    for row in rows:
        text = articles[row["article_id"]].text
        names = list(row)
        assert (names[0], names[-2:]) == ("article_id", ["background", "evidence"])
        assert names[1:-2] == [name for name in columns if name in row]
        assert None not in row.values()
        assert isinstance(row["background"], bool)
        assert all(type(row[name]) is int for name in whole & row.keys())
        for one in row["evidence"]:
            assert list(one) == ["variable", "start", "end", "quote", "how", "rule"]
            assert one["how"] in ("stated", "inferred", "default")
            assert one["start"] is None or text[one["start"] : one["end"]] == one["quote"]


def test_an_attack_told_by_three_articles_is_one_incident(release: Path) -> None:
    told = [row for row in table(release, "sources") if row["article_id"].startswith("istanbul-nightclub-")]
    assert len(told) == 3
    assert len({row["eventid"] for row in told}) == 1
    [incident] = [row for row in table(release, "incidents") if row["eventid"] == told[0]["eventid"]]
    assert (incident["iyear"], incident["imonth"], incident["iday"]) == (2017, 1, 1)
    assert incident["gname"] == "Islamic State of Iraq and the Levant (ISIL)"
    assert (incident["attacktype1"], incident["weaptype1"]) == (2, 5)
    # The first reports had 35; the latest figure counts, and what each source said is kept.
    assert incident["nkill"] == 39
    killed = {
        row["value"]
        for row in table(release, "reports")
        if row["eventid"] == incident["eventid"] and row["variable"] == "nkill"
    }
    assert killed == {"35", "39"}


@pytest.mark.parametrize(
    "article",
    ["airliner-plot-foiled", "madrid-trenes-aniversario", "militant-spokesman-threat", "mosul-offensive-begins"],
)
def test_what_is_no_incident_makes_none(release: Path, article: str) -> None:
    assert all(row["article_id"] != article for row in table(release, "sources"))


def test_the_coder_finds_what_people_coded(release: Path) -> None:
    """Not a measure of quality, but a floor under it: most of what people coded in the seeds is found on its day."""
    gold = [json.loads(line) for line in (SEEDS / "codings.jsonl").read_text(encoding="utf-8").splitlines()]
    days = {
        (one["article_id"], day)
        for one in gold
        for incident in one["incidents"]
        if not incident["optional"]
        for day, last in incident["fields"].get("date", [])
        if day == last
    }
    sources = table(release, "sources")
    dates = {
        row["eventid"]: f"{row['iyear']:04}-{row['imonth']:02}-{row['iday']:02}" for row in table(release, "incidents")
    }
    found = {(row["article_id"], dates[row["eventid"]]) for row in sources}
    assert len(days & found) >= 0.7 * len(days)
