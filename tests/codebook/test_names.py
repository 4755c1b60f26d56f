"""The names of groups and countries: whole, told apart, and leading where a reader of the news expects."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from gtdlike.codebook import Country, Group, check_codebook, load_codebook

GTD = load_codebook("gtd")
GROUPS = {g.name: g for g in GTD.groups}
COUNTRIES = {c.code: c for c in GTD.countries}

# The perpetrator names that releases of the GTD have used, one a line; "Unknown" and "Other" are no names.
CODE_LIST = (Path(__file__).parent / "gtd_group_names.txt").read_text(encoding="utf-8").splitlines()

# Words that stand in sentences about anything; an alias that is one would find the group everywhere.
ORDINARY = """
    army attackers bandits brigade cartel extremist extremists fighters force forces front gang group guerrilla
    guerrillas gunman gunmen individuals insurgent insurgents islamist islamists jihadist jihadists let mafia male
    militant militants militia militiamen movement party police province rebel rebels resistance separatist
    separatists soldiers state students terrorist terrorists the tigers union weatherman youths
""".split()


def matched(name: str) -> str:
    """How names are told apart: in capitals only by their letters as they are, otherwise regardless of case."""
    return name if name.isupper() else name.casefold()


def spoken(group: Group) -> Iterator[str]:
    """What a group is called: its listed names, its name without parentheses, and an acronym in them."""
    yield group.name
    yield from group.aliases
    yield re.sub(r"\s*\([^)]*\)", "", group.name).strip()
    yield from (inner for inner in re.findall(r"\(([^)]+)\)", group.name) if inner.isupper())


def rows(file: str) -> list[dict[str, str]]:
    text = resources.files("gtdlike.codebook").joinpath("gtd", "names", file).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_nothing_is_wrong_with_the_names() -> None:
    assert [str(p) for p in check_codebook(GTD) if p.file.startswith("names/")] == []


def test_every_name_of_the_code_list_is_there() -> None:
    known = {name.casefold() for g in GTD.groups for name in (g.name, *g.aliases)}
    assert len(CODE_LIST) > 3400
    assert [name for name in CODE_LIST if name.casefold() not in known] == []


def test_groups_are_sorted_and_there_once() -> None:
    names = [g.name for g in GTD.groups]
    assert names == sorted(set(names), key=lambda name: (name.casefold(), name))
    assert not {"Unknown", "Other"} & set(names)


def test_no_alias_belongs_to_two_groups() -> None:
    owners: dict[str, set[str]] = {}
    for g in GTD.groups:
        for name in (g.name, *g.aliases):
            owners.setdefault(matched(name), set()).add(g.name)
    assert {name: groups for name, groups in owners.items() if len(groups) > 1} == {}


def test_no_alias_is_an_ordinary_word_or_a_demonym() -> None:
    demonyms = {d.casefold() for c in GTD.countries for d in c.demonyms}
    words = demonyms.union(ORDINARY)
    aliases = [(alias, g.name) for g in GTD.groups for alias in g.aliases]
    assert [pair for pair in aliases if pair[0].casefold() in words and not pair[0].isupper()] == []
    assert [pair for pair in aliases if len(pair[0]) < 2 or pair[0] != " ".join(pair[0].split())] == []


def test_no_alias_is_there_twice_in_a_row() -> None:
    for g in GTD.groups:
        assert len(set(map(matched, g.aliases))) == len(g.aliases), g.name
        assert g.name not in g.aliases


def test_every_nationality_exists() -> None:
    codes = GTD.code_lists["natlty"].by_code
    assert [g.name for g in GTD.groups if g.nationality is not None and g.nationality not in codes] == []
    assert sum(g.nationality is not None for g in GTD.groups) > 1500


def test_columns() -> None:
    assert list(rows("groups.csv")[0]) == ["name", "kind", "nationality", "aliases"]
    assert {row["kind"] for row in rows("groups.csv")} == {"group", "generic"}
    assert list(rows("countries.csv")[0]) == ["code", "name", "iso", "capital", "aliases", "demonyms"]


def test_what_is_not_searched_is_a_spelling_of_some_group() -> None:
    spellings = {name for g in GTD.groups for name in spoken(g)}
    spellings |= {name.removeprefix("The ") for name in spellings}
    spellings |= {inner for g in GTD.groups for inner in re.findall(r"\(([^)]+)\)", g.name)}
    unsearched = rows("unsearched.csv")
    assert [row["spelling"] for row in unsearched if row["spelling"] not in spellings] == []
    assert {row["when"] for row in unsearched} == {"always", "capitals"}
    assert max(Counter(row["spelling"] for row in unsearched).values()) == 1
    assert all(row["why"] for row in unsearched)


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("Daesh", "Islamic State of Iraq and the Levant (ISIL)"),
        ("IS", "Islamic State of Iraq and the Levant (ISIL)"),
        ("ISIL", "Islamic State of Iraq and the Levant (ISIL)"),
        ("Islamic State", "Islamic State of Iraq and the Levant (ISIL)"),
        ("ISIS-K", "Khorasan Chapter of the Islamic State"),
        ("Islamic State Khorasan Province", "Khorasan Chapter of the Islamic State"),
        ("Wilayat Sinai", "Sinai Province of the Islamic State"),
        ("Islamic State West Africa Province", "West Africa Province of the Islamic State (ISWAP)"),
        ("Islamic State in Greater Sahara", "Islamic State in the Greater Sahara (ISGS)"),
        ("Islamic State in East Asia", "East Asia Division of the Islamic State"),
        ("Pakistani Taliban", "Tehrik-i-Taliban Pakistan (TTP)"),
        ("Afghan Taliban", "Taliban"),
        ("TTP", "Tehrik-i-Taliban Pakistan (TTP)"),
        ("Al Shabaab", "Al-Shabaab"),
        ("al Shabab", "Al-Shabaab"),
        ("Al-Qaeda", "Al-Qaida"),
        ("Al-Qaeda in the Arabian Peninsula", "Al-Qaida in the Arabian Peninsula (AQAP)"),
        ("Houthis", "Houthi extremists (Ansar Allah)"),
        ("Hizbullah", "Hezbollah"),
        ("Tamil Tigers", "Liberation Tigers of Tamil Eelam (LTTE)"),
        ("Sendero Luminoso", "Shining Path (SL)"),
        ("Ejército de Liberación Nacional", "National Liberation Army of Colombia (ELN)"),
        ("ELN", "National Liberation Army of Colombia (ELN)"),
        ("FARC", "Revolutionary Armed Forces of Colombia (FARC)"),
        ("April 19 Movement", "M-19 (Movement of April 19)"),
        ("Medellín Cartel", "Medellin Drug Cartel"),
        ("MIR", "Movement of the Revolutionary Left (MIR) (Chile)"),
        ("Provisional IRA", "Irish Republican Army (IRA)"),
        ("New IRA", "The New Irish Republican Army"),
        ("Bangsamoro Islamic Freedom Fighters", "Bangsamoro Islamic Freedom Movement (BIFM)"),
        ("Abu Sayyaf", "Abu Sayyaf Group (ASG)"),
        ("Kurdistan Workers Party", "Kurdistan Workers' Party (PKK)"),
        ("Group for the Support of Islam and Muslims", "Jamaat Nusrat al-Islam wal Muslimin (JNIM)"),
        ("Fulani herdsmen", "Fulani extremists"),
        ("ADF", "Allied Democratic Forces (ADF)"),
        ("DNR", "Donetsk People's Republic"),
    ],
)
def test_known_names_lead_to_the_right_group(alias: str, name: str) -> None:
    listed = {matched(n): g.name for g in reversed(GTD.groups) for n in (g.name, *g.aliases)}
    derived = {matched(n): g.name for g in reversed(GTD.groups) for n in spoken(g)}
    assert (derived | listed)[matched(alias)] == name


@pytest.mark.parametrize("name", ["Separatists", "Gunmen", "Palestinian Extremists", "Death Squad", "Narco-Terrorists"])
def test_identities_are_generic(name: str) -> None:
    assert GROUPS[name].kind == "generic"


@pytest.mark.parametrize("name", ["Taliban", "Boko Haram", "Gulf Clan", "Indian Mujahideen", "Anti-Balaka Militia"])
def test_organizations_are_groups(name: str) -> None:
    assert GROUPS[name].kind == "group"


def test_countries_are_those_of_the_code_list() -> None:
    listed = {c.code: c.label for c in GTD.code_lists["country"]}
    assert {c.code: c.name for c in GTD.countries} == listed
    assert [c.code for c in GTD.countries] == sorted(listed)


def test_no_country_shares_a_name_or_a_demonym() -> None:
    names = Counter(matched(n) for c in GTD.countries for n in {c.name, *c.aliases})
    demonyms = Counter(matched(n) for c in GTD.countries for n in c.demonyms)
    assert [n for n, times in (names + demonyms).items() if times > 1] == []


def test_iso_codes() -> None:
    codes = Counter(c.iso for c in GTD.countries if c.iso)
    assert [code for code, times in codes.items() if times > 1 or not re.fullmatch("[A-Z]{2}", code)] == []
    assert len(codes) > 190


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("UK", "United Kingdom"),
        ("Scotland", "United Kingdom"),
        ("Côte d'Ivoire", "Ivory Coast"),
        ("Burma", "Myanmar"),
        ("Türkiye", "Turkey"),
        ("Gaza Strip", "West Bank and Gaza Strip"),
        ("DRC", "Democratic Republic of the Congo"),
        ("Filipinos", "Philippines"),
        ("Salvadorans", "El Salvador"),
        ("Nigerien", "Niger"),
        ("Nigerian", "Nigeria"),
        ("South Sudanese", "South Sudan"),
        ("Soviet", "Soviet Union"),
        ("Rhodesian", "Rhodesia"),
        ("Congolese", "Democratic Republic of the Congo"),
    ],
)
def test_words_lead_to_the_right_country(word: str, name: str) -> None:
    def called(c: Country) -> set[str]:
        return {matched(n) for n in (c.name, *c.aliases, *c.demonyms)}

    assert [c.name for c in GTD.countries if matched(word) in called(c)] == [name]
