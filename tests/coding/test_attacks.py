"""How the coder codes attack types, weapons, success and suicide. All sentences are made up."""

from __future__ import annotations

import datetime as dt

import pytest

from gtdlike.article import Article
from gtdlike.coding import RuleCoder

CODER = RuleCoder()


def code(text: str) -> dict[str, object]:
    """The row of the first incident of a text."""
    coded = CODER.code(Article(id="t", text=text, published=dt.date(2012, 5, 4)))
    assert coded, text
    return coded[0].to_row()


@pytest.mark.parametrize(
    ("text", "attacktype", "weaptype"),
    [
        ("Gunmen shot dead two shopkeepers in Quetta on Tuesday.", 2, 5),
        ("A man stabbed two pedestrians in Lyon on Tuesday.", 2, 9),
        ("A bomb exploded at a market in Baghdad on Tuesday, killing five people.", 3, 6),
        ("Rebels fired mortars at an army base in Donetsk on Tuesday.", 3, 6),
        ("Arsonists set fire to a school in Cali on Tuesday. Nobody was hurt.", 7, 8),
        (
            "Gunmen kidnapped two engineers in Port Harcourt on Tuesday.",
            6,
            5,
        ),  # taken at gunpoint unless told otherwise
        ("A driver rammed a van into pedestrians in Nantes on Tuesday, injuring four people.", 8, 10),
        ("Rebels shot down an army helicopter near Aleppo on Tuesday.", 3, 6),
    ],
)
def test_type_and_weapon(text: str, attacktype: int, weaptype: int) -> None:
    row = code(text)
    assert (row["attacktype1"], row["weaptype1"]) == (attacktype, weaptype)


def test_assassination_is_for_a_prominent_person() -> None:
    assert code("Gunmen shot and killed Mayor Karim Daoud in Basra on Tuesday.")["attacktype1"] == 1
    assert code("Gunmen shot and killed Karim Daoud, a baker, in Basra on Tuesday.")["attacktype1"] == 2
    assert code("Gunmen shot and killed a police officer in Basra on Tuesday.")["attacktype1"] == 2
    assert code("Gunmen shot at five mayors in Basra on Tuesday.")["attacktype1"] == 2


def test_assassination_succeeds_only_if_the_target_dies() -> None:
    row = code(
        "Gunmen opened fire on Mayor Karim Daoud in Basra on Tuesday. Daoud was unharmed, but a bodyguard was killed."
    )
    assert (row["attacktype1"], row["success"]) == (1, 0)
    row = code("Gunmen opened fire on Mayor Karim Daoud in Basra on Tuesday. Daoud was killed.")
    assert (row["attacktype1"], row["success"]) == (1, 1)


def test_grenades_in_a_shooting_make_no_bombing() -> None:
    row = code("Gunmen opened fire and threw grenades at a restaurant in Nairobi on Tuesday, killing three people.")
    assert row["attacktype1"] == 2
    row = code("A car bomb exploded at a hotel in Nairobi on Tuesday and gunmen opened fire, killing three people.")
    assert row["attacktype1"] == 3


def test_people_killed_in_a_raid_with_fire_are_the_assault() -> None:
    row = code(
        "Rebels attacked residents of Mubi in Adamawa on Tuesday and set houses on fire. Ten people were killed."
    )
    assert row["attacktype1"] == 2


def test_a_siege_without_hostages_is_no_hostage_taking() -> None:
    assert code("Gunmen laid siege to a police station in Aden on Tuesday, killing two officers.")["attacktype1"] != 5


@pytest.mark.parametrize(
    "text",
    [
        "A man stabbed two pedestrians in Lyon on Tuesday before police shot him dead.",
        "Rebels stabbed two guards in Cali on Tuesday. They also stole rifles.",
        "A man stabbed two pedestrians in Lyon on Tuesday. The fire department took them to hospital.",
    ],
)
def test_weapons_that_were_not_used(text: str) -> None:
    row = code(text)
    assert row["weaptype1"] == 9
    assert "weaptype2" not in row or row["weaptype2"] in (None, "")


def test_an_open_weapon_stays_open() -> None:
    row = code("Two people were killed in an attack on an office in Lagos on Tuesday.")
    assert row["weaptype1"] in (5, 13)
    row = code("Unknown persons attacked a warehouse in Lagos on Tuesday. Nobody was hurt.")
    assert row["weaptype1"] == 13


def test_suicide() -> None:
    assert code("A man blew himself up at a checkpoint in Kabul on Tuesday, killing two soldiers.")["suicide"] == 1
    row = code(
        "Two blasts hit a market in Kabul on Tuesday, killing ten people. Police said both were suicide bombers."
    )
    assert row["suicide"] == 1
    assert code("A car bomb exploded at a market in Kabul on Tuesday, killing two people.")["suicide"] == 0


def test_a_defused_bomb_did_not_succeed() -> None:
    row = code("Police found and defused a bomb outside a bank in Athens on Tuesday.")
    assert (row["attacktype1"], row["success"]) == (3, 0)


def test_explosives_come_before_the_guns_beside_them() -> None:
    row = code("Gunmen opened fire and threw grenades at a restaurant in Nairobi on Tuesday, killing three people.")
    assert (row["attacktype1"], row["weaptype1"], row["weaptype2"]) == (2, 6, 5)


def test_fire_thrown_at_people_is_an_assault() -> None:
    row = code("Assailants threw petrol bombs at police officers in Sitra on Tuesday.")
    assert (row["attacktype1"], row["weaptype1"]) == (2, 8)
    row = code("Assailants threw petrol bombs at a police station in Sitra on Tuesday.")
    assert (row["attacktype1"], row["weaptype1"]) == (7, 8)


def test_several_who_were_executed_had_been_taken() -> None:
    row = code("Militants executed seven villagers in Konna on Tuesday.")
    assert (row["attacktype1"], row["weaptype1"]) == (6, 13)
    assert code("Militants executed a villager in Konna on Tuesday.")["attacktype1"] == 2


def test_the_home_or_car_of_a_prominent_person_stands_for_the_person() -> None:
    row = code("A bomb exploded outside the home of an army general in Tunis on Tuesday. There were no casualties.")
    assert (row["attacktype1"], row["success"]) == (1, 0)
    assert code("Gunmen fired on the villa of Omar Kaba, the mayor of Sikasso, on Tuesday.")["attacktype1"] == 1
    assert code("Gunmen shot dead Omar Kaba, a Malian diplomat, in Bamako on Tuesday.")["attacktype1"] == 1
    # A house that is set on fire is a facility, whoever lives there.
    assert code("Arsonists set fire to the house of the mayor of Sikasso on Tuesday.")["attacktype1"] == 7


@pytest.mark.parametrize(
    ("text", "attacktype", "weaptype"),
    [
        # The object stands between verb and particle.
        ("Gunmen took two engineers hostage in Kano on Tuesday.", 6, 5),
        ("Assailants doused a temple with petrol in Songkhla on Tuesday.", 7, 8),
        ("Assailants set several trucks on fire in Temuco on Tuesday.", 7, 8),
        ("Gunmen sprayed a bar with bullets in Lima on Tuesday.", 2, 5),
        # Neither gun nor blade nor fire: an unarmed assault.
        ("Assailants beat a teacher with sticks in Rangpur on Tuesday.", 8, 9),
        ("A soldier poisoned his colleagues in Herat on Tuesday, killing one of them.", 8, 2),
        # Held where they were, and not taken away.
        ("Gunmen seized a hotel in Bamako on Tuesday and took its guests hostage.", 5, 5),
        # A vehicle or a drone that carries explosives.
        ("A bomber rammed an explosives-laden truck into an army base in Gao on Tuesday.", 3, 6),
        ("An explosives-laden drone struck an airport in Najran on Tuesday.", 3, 6),
        ("Gunmen threw grenades at a post in Bannu on Tuesday and two suicide bombers blew themselves up.", 3, 6),
        # Soldiers are attacked with shells as often as with guns.
        ("Assailants attacked an army post in Gao on Tuesday, killing four soldiers.", 2, 13),
        ("Assailants attacked a police post in Gao on Tuesday, killing four officers.", 2, 5),
        ("Assailants sabotaged a railway line in Orissa on Tuesday.", 7, 11),
    ],
)
def test_how_it_was_done(text: str, attacktype: int, weaptype: int) -> None:
    row = code(text)
    assert (row["attacktype1"], row["weaptype1"]) == (attacktype, weaptype)
