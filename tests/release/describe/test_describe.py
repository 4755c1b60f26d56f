"""All descriptions together: the same for the same release, and of a release with nothing in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import frictionless
import mlcroissant
import pyarrow.parquet as pq
import pytest
from attrs import evolve

from gtdlike.codebook import load_codebook
from gtdlike.export import write_table
from gtdlike.release import Manifest
from gtdlike.release.describe import FILES, About, describe
from gtdlike.release.manifest import File

from .conftest import Described, described


def test_all_files_are_written_and_no_others(release: Described, plain: tuple[Path, Manifest]) -> None:
    assert {path.name for path in release.folder.iterdir()} == {path.name for path in plain[0].iterdir()} | set(FILES)
    for name in FILES:
        content = (release.folder / name).read_bytes()
        assert content.endswith(b"\n")
        assert b"\r" not in content


def test_the_same_release_gives_the_same_bytes(
    release: Described, plain: tuple[Path, Manifest], about: About, tmp_path: Path
) -> None:
    again = described(plain, tmp_path / "elsewhere", about)
    for name in FILES:
        assert (again.folder / name).read_bytes() == (release.folder / name).read_bytes(), name


def test_a_release_that_is_described_already_is_described_the_same(release: Described, tmp_path: Path) -> None:
    folder = tmp_path / "twice"
    shutil.copytree(release.folder, folder)
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    files = {path.name: File.of(path) for path in sorted(folder.iterdir())}
    describe(folder, evolve(release.facts.manifest, files=files), load_codebook(), release.facts.about)
    for name in FILES:
        assert (folder / name).read_bytes() == (release.folder / name).read_bytes(), name


@pytest.fixture
def empty(plain: tuple[Path, Manifest], tmp_path: Path) -> tuple[Path, Manifest]:
    source, manifest = plain
    folder = tmp_path / "empty"
    folder.mkdir()
    for path in source.glob("*.parquet"):
        table = pq.read_table(path).slice(0, 0)
        write_table(table, folder / path.name)
        if path.stem == "incidents":
            for suffix in (".csv", ".jsonl"):
                write_table(table, folder / f"incidents{suffix}")
    files = {path.name: File.of(path) for path in sorted(folder.iterdir())}
    return folder, evolve(manifest, files=files, rows=dict.fromkeys(manifest.rows, 0), warnings={})


def test_a_release_without_an_incident_is_described(empty: tuple[Path, Manifest]) -> None:
    folder, manifest = empty
    describe(folder, manifest, load_codebook())
    assert "**0 incidents**\n" in (folder / "README.md").read_text(encoding="utf-8")
    assert not mlcroissant.Dataset(jsonld=str(folder / "croissant.json")).metadata.ctx.issues.errors
    package = frictionless.Package(str(folder / "datapackage.json"))
    for name in [one.name for one in package.resources if one.format == "jsonl"]:
        package.remove_resource(name)  # frictionless takes an empty file of JSON Lines for a broken one
    report = package.validate()
    assert report.valid, report.flatten(["name", "message"])
