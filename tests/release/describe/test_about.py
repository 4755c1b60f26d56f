"""What people say of a release: all of it read, and a mistake named with its file, line, key and remedy."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from attrs import asdict

from gtdlike.errors import ReadError
from gtdlike.release.describe import About, Creator, read_about
from gtdlike.release.describe.about import licenses


def test_all_that_can_be_said(about: About) -> None:
    assert about.title == 'Attacks: "a to z" | # 1'
    assert (about.version, about.published) == ("2024.1", dt.date(2024, 5, 31))
    assert about.license == licenses()["CC-BY-4.0"]
    assert about.address == "https://doi.org/10.1234/attacks"
    person, organization = about.creators
    assert person == Creator(
        given="Josiah",
        family="Carberry",
        affiliation="Example University",
        orcid="https://orcid.org/0000-0002-1825-0097",
    )
    assert (person.full_name, person.sorted_name, person.is_person) == ("Josiah Carberry", "Carberry, Josiah", True)
    assert (organization.full_name, organization.is_person) == ("Example Monitor", False)


def test_the_example_is_read() -> None:
    about = read_about(Path(__file__).parents[3] / "examples" / "release" / "about.toml")
    assert all(value for value in asdict(about).values())
    assert [one.is_person for one in about.creators] == [True, False]


def test_all_may_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "about.toml").write_text("", encoding="utf-8")
    assert read_about(tmp_path / "about.toml") == About()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('title = "A"\nlicence = "CC0-1.0"', ["line 2, licence: There is no key 'licence'.", "'license'?"]),
        ('license = "CC-BY-4"', ["line 1, license", "no licence that is known", "'CC-BY-4.0'?", "https://"]),
        ("version = 1.0", ["version = '1.0' is no text", '"..."']),
        ('title = " "', ["is no text"]),
        ('published = "31 May 2024"', ["is no date", "2024-05-31"]),
        ('url = "example.org"', ["no address", "https://"]),
        ('doi = "https://example.org/10.1234/x"', ["is no DOI"]),
        ('keywords = "a, b"', ["is no list"]),
        ('creators = ["A"]', ["[[creators]]"]),
        ('[[creators]]\nname = "A"\n[[creators]]\nname = "B"\nfamily = "B"', ["line 3, creators.2", "either"]),
        ('[[creators]]\ngiven = "A"', ["either a family name or a whole name"]),
        ('[[creators]]\nname = "A"\norchid = "x"', ["line 3, creators.1.orchid", "'orcid'?"]),
        ('[[creators]]\nname = "A"\norcid = "0000-0002-1825-0098"', ["check digit"]),
        ('[[creators]]\nname = "A"\norcid = "1234"', ["is no ORCID"]),
        ("title = ", ["It is not TOML"]),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, told: list[str]) -> None:
    path = tmp_path / "about.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError) as caught:
        read_about(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    for part in told:
        assert part in message


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        read_about(tmp_path / "about.toml")


@pytest.mark.parametrize("written", ["10.5281/zenodo.1", "https://doi.org/10.5281/zenodo.1", "doi:10.5281/zenodo.1"])
def test_a_doi_is_read_as_people_write_it(tmp_path: Path, written: str) -> None:
    (tmp_path / "about.toml").write_text(f'doi = "{written}"', encoding="utf-8")
    assert read_about(tmp_path / "about.toml").doi == "10.5281/zenodo.1"


def test_a_licence_is_known_by_its_address_as_well(tmp_path: Path) -> None:
    (tmp_path / "about.toml").write_text('license = "https://example.org/terms"', encoding="utf-8")
    license_ = read_about(tmp_path / "about.toml").license
    assert license_ is not None
    assert (license_.url, license_.id) == ("https://example.org/terms", None)
