"""The citation: the keys that the Citation File Format asks for, in YAML that says what was said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gtdlike.release.describe import About, Creator
from gtdlike.release.describe.citation import _quoted, citation

from .conftest import Described

KEYS = {
    "cff-version", "message", "type", "title", "abstract", "authors", "version", "date-released", "doi", "url",
    "license", "license-url", "keywords",
}  # fmt: skip
"""Those of version 1.2.0 that a release has a use for."""


def read(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    return found


def test_what_was_said(release: Described) -> None:
    cited = read(release.folder)
    assert set(cited) <= KEYS
    assert (cited["cff-version"], cited["type"]) == ("1.2.0", "dataset")
    assert (cited["title"], cited["version"]) == ('Attacks: "a to z" | # 1', "2024.1")
    assert (cited["date-released"], cited["doi"], cited["license"]) == ("2024-05-31", "10.1234/attacks", "CC-BY-4.0")
    assert cited["keywords"] == ["terrorism", "événements: \u202f#"]
    assert cited["authors"] == [
        {
            "family-names": "Carberry",
            "given-names": "Josiah",
            "affiliation": "Example University",
            "orcid": "https://orcid.org/0000-0002-1825-0097",
        },
        {"name": "Example Monitor"},
    ]


def test_nobody_is_made_up(nameless: Described) -> None:
    cited = read(nameless.folder)
    assert set(cited) == {"cff-version", "message", "type", "title", "abstract", "authors"}
    assert cited["authors"] == [{"name": "anonymous"}]
    assert "not stated" in cited["message"]


def test_a_licence_without_an_id_is_given_by_its_address(release: Described) -> None:
    license_ = evolve(release.facts.about.license, id=None)
    about = About(license=license_, creators=(Creator(name="A: b"),))
    cited = yaml.safe_load(citation(evolve(release.facts, about=about)))
    assert cited["license-url"] == license_.url
    assert "license" not in cited
    assert cited["authors"] == [{"name": "A: b"}]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_yaml_reads_every_text_as_it_was(text: str) -> None:
    assert yaml.safe_load(f"x: {_quoted(text)}") == {"x": text}
