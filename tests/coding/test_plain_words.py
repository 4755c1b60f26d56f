"""What only looks like an attack, an attacker or a country: figures of speech, disguises, nationalities."""

from __future__ import annotations

import pytest

from gtdlike.coding.code import code
from gtdlike.rows import to_row

Row = dict[str, object]


def rows(text: str, published: str = "2016-06-08") -> list[Row]:
    """What is coded of a text; 8 June 2016 was a Wednesday."""
    return [dict(to_row(c.incident)) for c in code(text, published=published)]


@pytest.mark.parametrize(
    "text",
    [
        "The senate shot down the bill on Monday, and the party called it an attack on workers.",
        "Miners say that the company is holding the nation hostage with its threats.",
        "An explosion in prices has killed the hopes of many young buyers in Lisbon.",
        "States cannot shoot their way out of this, the minister said in Bamako on Monday.",
        "The group counts 2,100 deaths from bombings in Mali in the first half of the year.",
    ],
)
def test_figures_of_speech_are_no_attack(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A man dressed as a police officer shot dead three nurses in Bergen, Norway, on Monday.",
        "Men disguised as soldiers killed three nurses in Bergen, Norway, on Monday.",
        "A gunman posing as a postal worker killed three nurses in Bergen, Norway, on Monday.",
    ],
)
def test_who_is_only_played_is_not_there(text: str) -> None:
    (row,) = rows(text)
    assert (row["city"], row["nkill"], row["nkillter"]) == ("Bergen", 3, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen seized dozens of foreign engineers at a gas field in the Algerian desert on Monday.", "Algeria"),
        (
            "NAIROBI, June 7 - Rebels attacked the Mozambican town of Palma on Monday and killed six people.",
            "Mozambique",
        ),
        ("KABUL (BBC) - A bomber killed 60 people in Kabul on Monday. Two US soldiers were hurt.", "Afghanistan"),
        ("A bomb in the Kenyan town of Mandera killed four people on Monday, near the Somali border.", "Kenya"),
    ],
)
def test_the_country_is_where_it_was(text: str, expected: str) -> None:
    (row,) = rows(text)
    assert row["country_txt"] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen seized four teachers at a school in Kaduna, Nigeria, on Monday.",
        "Four teachers were seized by gunmen at a school in Kaduna, Nigeria, on Monday.",
        "Armed men snatched four teachers from their homes in Kaduna, Nigeria, on Monday.",
    ],
)
def test_people_who_are_seized_are_kidnapped(text: str) -> None:
    (row,) = rows(text)
    assert (row["attacktype1"], row["nhostkid"]) == (6, 4)


def test_what_the_police_seize_is_no_kidnapping() -> None:
    assert rows("Police seized two suspects and 40 rifles at a farm in Kaduna, Nigeria, on Monday.") == []
    assert rows("Customs officers seized 40 rifles from two traders in Kaduna, Nigeria, on Monday.") == []


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed nine people in Lahore, Pakistan, on Monday. The Pakistani Taliban was the likely perpetrator.",
        "A bomb killed nine people in Lahore, Pakistan, on Monday. Suspicion has turned to the Pakistani Taliban.",
        "A bomb killed nine in Lahore, Pakistan, on Monday. Officials pointed a finger at the Pakistani Taliban.",
    ],
)
def test_who_is_suspected(text: str) -> None:
    (row,) = rows(text)
    assert row["gname"] == "Tehrik-i-Taliban Pakistan (TTP)"


def test_the_man_whom_the_police_shoot_is_the_attacker() -> None:
    (row,) = rows("Four people were stabbed to death in Graz, Austria, on Monday. Officers shot the man dead.")
    assert (row["nkill"], row["nkillter"]) == (5, 1)


def test_the_day_of_a_member_of_parliament() -> None:
    (row,) = rows("Ana Ruiz, a member of parliament, died on Monday after she was shot in the street in Vigo, Spain.")
    assert (row["iday"], row["nkill"]) == (6, 1)


def test_what_was_called_so_is_no_statement() -> None:
    (row,) = rows("Gunmen shot dead a judge in Cali, Colombia, on Monday in what the mayor said was revenge.")
    assert row["iday"] == 6


def test_an_attack_hours_after_another() -> None:
    text = (
        "Gunmen shot dead nine people in Tikrit, Iraq, on Monday, hours after a car bomb in Baghdad killed twelve."
        " Nobody has claimed the attacks."
    )
    found = {row["city"]: (row["iday"], row["attacktype1"], row["nkill"]) for row in rows(text)}
    assert found == {"Tikrit": (6, 2, 9), "Baghdad": (6, 3, 12)}


def test_another_bomb_in_a_town_of_the_same_province_is_another_attack() -> None:
    text = (
        "A car bomb killed 90 people at a bar on the Indonesian island of Bali on Monday."
        " Another bomb went off near a consulate in Denpasar and hurt two guards."
    )
    assert [(row.get("city"), row["nkill"]) for row in rows(text)] == [(None, 90), ("Denpasar", 0)]


@pytest.mark.parametrize(
    "text",
    [
        "A van was driven at worshippers by a mosque in Leeds, England, on Monday. One man died and ten were hurt.",
        "A man drove a rented lorry into shoppers in Leeds, England, on Monday. One woman died and ten were hurt.",
        "A car swerved into pedestrians in Leeds, England, on Monday in what the police call an act of terror."
        " One man died and ten were hurt.",
    ],
)
def test_a_car_that_is_driven_at_people_is_a_weapon_and_no_target(text: str) -> None:
    (row,) = rows(text)
    assert (row["weaptype1"], row["nkill"], row["nwound"]) == (10, 1, 10)
    assert row["target1"] not in ("van", "lorry", "car", "rented lorry")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Gunmen shot dead six people at a funeral in Diyala, Iraq, on Monday.", 6),
        ("A bomb killed six people at a ceremony in Diyala, Iraq, on Monday that marked the end of the war.", 6),
        ("A bomb killed six people in Diyala, Iraq, on Sunday. Islamic State claimed the blast on Monday.", 5),
        (
            "Gunmen seized ten hostages at a bank in Diyala on Sunday. They were still holding hostages on Monday.",
            5,
        ),
    ],
)
def test_the_day_is_that_of_what_happened(text: str, day: int) -> None:
    assert [row["iday"] for row in rows(text)] == [day]


def test_days_before_are_counted_from_the_day_that_was_told() -> None:
    text = (
        "TURIN - A gunman killed a guard at the gate of a barracks on Monday."
        " Two days before, a man ran over two guards with his car in Naples, killing one."
    )
    assert [(row["city"], row["iday"], row["nkill"]) for row in rows(text)] == [("Turin", 6, 1), ("Naples", 4, 1)]


def test_offices_are_in_the_town_before_them() -> None:
    (row,) = rows("Gunmen stormed the Lyon offices of a weekly paper on Monday and shot dead two people.")
    assert row["city"] == "Lyon"


def test_what_is_home_made_is_no_home() -> None:
    text = "Kenji Mori, Japan's oldest senator, died on Monday after he was shot in Nara with a home-made gun."
    (row,) = rows(text)
    assert (row["attacktype1"], row["city"], row["nkill"]) == (1, "Nara", 1)


@pytest.mark.parametrize(
    "since",
    [
        "It is two weeks since a bomb killed 40 people in the city.",
        "It has been just three days since rebels shot dead 40 people in the town.",
        "It comes a month after gunmen killed 40 people in the city.",
    ],
)
def test_what_is_recalled_as_so_long_ago_is_another_attack(since: str) -> None:
    found = rows(f"A bomb killed three people in Quetta on Monday. {since}")
    assert [(row["city"], row["nkill"]) for row in found] == [("Quetta", 3), ("Quetta", 40)]


def test_what_was_done_after_the_blast_was_elsewhere() -> None:
    text = "A bomb killed six cadets in Cali, Colombia, on Monday. After the blast the talks in Oslo were broken off."
    assert [row["city"] for row in rows(text)] == ["Cali"]


def test_an_offensive_has_a_place_of_its_own() -> None:
    text = (
        "Gunmen climbed over the wall of a school in Peshawar, Pakistan, on Monday, firing automatic rifles, and killed"
        " 140 people. The Taliban called the massacre revenge for the army's offensive in North Waziristan."
    )
    assert [(row["city"], row["nkill"]) for row in rows(text)] == [("Peshawar", 140)]
