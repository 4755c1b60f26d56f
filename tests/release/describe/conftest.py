"""A small release of example articles, described with what people say about it and without."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from attrs import evolve, frozen

from gtdlike.codebook import load_codebook
from gtdlike.release import Manifest, build
from gtdlike.release.describe import FILES, About, describe, read_about
from gtdlike.release.describe.facts import ReleaseFacts
from gtdlike.release.manifest import File

SEEDS = Path(__file__).parents[3] / "seeds" / "articles"
ARTICLES = ("istanbul-nightclub-*", "algiers-airliner-hijack", "madrid-trenes-*", "eta-arrest")
ABOUT = """
title = 'Attacks: "a to z" | # 1'
version = "2024.1"
description = "What six articles tell of."
license = "CC-BY-4.0"
published = 2024-05-31
url = "https://example.org/attacks"
doi = "10.1234/attacks"
keywords = ["terrorism", "événements: \u202f#"]

[[creators]]
given = "Josiah"
family = "Carberry"
orcid = "0000-0002-1825-0097"
affiliation = "Example University"

[[creators]]
name = "Example Monitor"
"""


@frozen
class Described:
    """A folder with a release and its descriptions, and what they were made from."""

    folder: Path
    facts: ReleaseFacts


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    """A release with its data alone, and its manifest."""
    folder = tmp_path_factory.mktemp("plain") / "release"
    manifest = build([SEEDS / f"{name}.txt" for name in ARTICLES], folder, processes=1)
    for name in ("manifest.json", "SHA256SUMS", *FILES):
        (folder / name).unlink(missing_ok=True)
    files = {path.name: File.of(path) for path in sorted(folder.iterdir())}
    return folder, evolve(manifest, files=files)


@pytest.fixture(scope="session")
def about(tmp_path_factory: pytest.TempPathFactory) -> About:
    path = tmp_path_factory.mktemp("about") / "about.toml"
    path.write_text(ABOUT, encoding="utf-8")
    return read_about(path)


def described(plain: tuple[Path, Manifest], folder: Path, about: About) -> Described:
    """A copy of the release, described."""
    source, manifest = plain
    shutil.copytree(source, folder)
    book = load_codebook()
    describe(folder, manifest, book, about)
    return Described(folder, ReleaseFacts.of(folder, manifest, book, about))


@pytest.fixture(scope="session")
def release(plain: tuple[Path, Manifest], about: About, tmp_path_factory: pytest.TempPathFactory) -> Described:
    """A release of which people have said all that can be said."""
    return described(plain, tmp_path_factory.mktemp("release") / "release", about)


@pytest.fixture(scope="session")
def nameless(plain: tuple[Path, Manifest], tmp_path_factory: pytest.TempPathFactory) -> Described:
    """The same release, of which nobody has said anything."""
    return described(plain, tmp_path_factory.mktemp("nameless") / "release", About())
