"""The README of a release: its figures are those of the tables, and it says what is not known."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import polars as pl
import pytest
from attrs import evolve

from gtdlike.codebook import load_codebook
from gtdlike.coding import RuleCoder
from gtdlike.release import Manifest
from gtdlike.release.describe import About
from gtdlike.release.describe.facts import ReleaseFacts
from gtdlike.release.describe.limits import limits
from gtdlike.release.describe.readme import readme

from .conftest import Described


def text_of(folder: Path) -> str:
    return (folder / "README.md").read_text(encoding="utf-8")


def row(text: str, first: str) -> list[str]:
    """The other cells of the row of a table that begins so."""
    line = next(line for line in text.splitlines() if line.startswith(f"| {first} |"))
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def test_figures_are_those_of_the_tables(release: Described) -> None:
    text = text_of(release.folder)
    incidents = pl.read_parquet(release.folder / "incidents.parquet")
    assert f"**{incidents.height} incidents**, from 1994-12-26 to 2017-01-01" in text
    assert "6 articles: 4 with an incident, 1 without one, 1 not in English" in text
    assert row(text, "killed")[0] == str(incidents["nkill"].sum())
    for label, number in incidents["country_txt"].value_counts().iter_rows():
        assert row(text, label)[0] == str(number)
    evidence = pl.read_parquet(release.folder / "evidence.parquet")
    cells = evidence.select("eventid", "variable").n_unique()
    assert f"how the {cells:,} values were arrived at" in text
    shares = [float(share) for share in re.findall(r"\| (\d+\.\d) % \|$", text.split("arrived at")[1], re.M)[:3]]
    assert sum(shares) == pytest.approx(100, abs=0.2)
    stated = evidence.filter(pl.col("how") == "stated").select("eventid", "variable").n_unique()
    assert row(text, "stated by an article")[0] == str(stated)
    assert "1 incident told by more than one article" in text


def test_every_file_is_told_of(release: Described) -> None:
    text = text_of(release.folder)
    there = {path.name for path in release.folder.iterdir()} - {"README.md"}
    told = set(re.findall(r"^\| `([\w.-]+\.\w+|SHA256SUMS)` \|", text, re.M))
    assert there <= told <= there | {"manifest.json", "SHA256SUMS"}
    assert not re.search(r"^\| `[^`]+` \| +\|", text, re.M)


def test_what_was_said_and_how_to_cite(release: Described) -> None:
    text = text_of(release.folder)
    assert text.startswith('# Attacks: "a to z" | # 1\n\nWhat six articles tell of.\n')
    assert "- Creators: Josiah Carberry (Example University); Example Monitor" in text
    cited = 'Carberry, Josiah; Example Monitor (2024). Attacks: "a to z" | # 1, version 2024.1 [Data set]. '
    assert f"> {cited}https://doi.org/10.1234/attacks\n" in text
    assert "Not stated" not in text


def test_what_nobody_said_is_told_as_such(nameless: Described) -> None:
    text = text_of(nameless.folder)
    assert "- Not stated: creators, licence, version." in text
    assert "> Incidents coded from news articles [Data set].\n" in text
    assert "The creators are not stated" in text


def test_limits_are_those_of_the_coder(release: Described) -> None:
    mine, others = limits(f"{RuleCoder.__module__}.{RuleCoder.__qualname__}"), limits("my.Coder")
    assert set(others) < set(mine)
    text = text_of(release.folder)
    assert all(f"- {limit}\n" in text for limit in mine)
    manifest = evolve(release.facts.manifest, options={"coder": "my.Coder", "quotes": "full", "previous": None})
    other = readme(evolve(release.facts, manifest=manifest))
    assert "English" not in other.split("## Known limits")[1].split("##")[0]
    assert row(other, "`quotes`") == ["`full`"]
    assert row(other, "`previous`") == ["`null`"]


def test_what_was_rejected_and_warned_of_is_counted(release: Described) -> None:
    manifest = evolve(release.facts.manifest, rejected=2, warnings={"date-window": 3, "extended": 12})
    text = readme(evolve(release.facts, manifest=manifest))
    assert "- 2 incidents with errors left out, see `rejected.jsonl`" in text
    assert text.index("| `extended` | 12 |") < text.index("| `date-window` | 3 |")
    assert "none has a warning" in readme(evolve(release.facts, manifest=evolve(manifest, warnings={})))


def test_what_people_decided_and_what_became_of_ids_is_counted(
    plain: tuple[Path, Manifest], about: About, tmp_path: Path
) -> None:
    folder = tmp_path / "next"
    shutil.copytree(plain[0], folder)
    lines = ["decision,who,withdrawn", "set,Ada,", "set,Bo,", "drop,Bo,", "merge,Bo,2024-05-01"]
    (folder / "decisions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    pl.DataFrame({"eventid": [1, 2, 3], "change": ["retired", "added", "added"]}).write_parquet(
        folder / "changes.parquet"
    )
    evidence = pl.read_parquet(folder / "evidence.parquet")
    rule = pl.when(pl.col("variable") == "nkill").then(pl.lit("decision: Ada")).otherwise(pl.col("rule"))
    evidence.with_columns(rule=rule).write_parquet(folder / "evidence.parquet")
    facts = ReleaseFacts.of(folder, plain[1], load_codebook(), about)
    text = readme(facts)
    assert "- 3 decisions of people (drop 1, set 2), see `decisions.csv`" in text
    assert "- Event ids since the release before: 2 new, 1 retired; see `changes.parquet`" in text
    killed = evidence.filter(pl.col("variable") == "nkill")["eventid"].n_unique()
    assert row(text, "set by a person, see `decisions.csv`")[0] == str(killed)
    assert sum(facts.cells.values()) == evidence.select("eventid", "variable").n_unique()
