"""Rules for the plain sentences of news, one by one: what a day, a number, a place or a claim belongs to."""

from __future__ import annotations

import pytest

from gtdlike.coding.code import code
from gtdlike.coding.rules.casualties import tolls
from gtdlike.coding.rules.prose import read_prose
from gtdlike.rows import to_row

Row = dict[str, object]


def rows(text: str, published: str = "2016-06-08") -> list[Row]:
    """What is coded of a text; 8 June 2016 was a Wednesday."""
    return [dict(to_row(c.incident)) for c in code(text, published=published)]


def told(text: str) -> list[tuple[str, int | None, bool]]:
    return [(t.fate, t.value, t.perpetrators) for s in read_prose(text).sentences for t in tolls(s) if not t.part]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("A bomb killed five guards in Herat on Monday, the deadliest attack there since 2009.", (2016, 6, 6)),
        ("Rebels fired rockets at Kabul on Monday, as they have since the invasion of 1979.", (2016, 6, 6)),
        ("Three nurses were abducted in Ibb, Yemen, on Monday and later found dead.", (2016, 6, 6)),
        ("A man stabbed a guard in Haifa on Monday before police shot him dead.", (2016, 6, 6)),
        ("Militants set fire to a clinic near Reno, Nevada, early on Monday, the mayor said.", (2016, 6, 6)),
        ("The number of people killed by a bomb in Basra on Monday has gone up to 12.", (2016, 6, 6)),
    ],
)
def test_the_day_is_that_of_the_attack(text: str, day: tuple[int, int, int]) -> None:
    row = rows(text)[0]
    assert (row.get("iyear"), row.get("imonth"), row.get("iday")) == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Between 20 and 25 villagers were killed.", [("killed", 20, False)]),
        ("A cook and a 12-year-old girl were killed.", [("killed", 1, False), ("killed", 1, False)]),
        ("The driver, a 40-year-old father of three, also died.", [("killed", 1, False)]),
        ("Men hacked a clerk to death with axes.", [("killed", 1, False)]),
        ("The crowd beat two thieves to death.", [("killed", 2, False)]),
        ("The senator was shot and stabbed to death.", [("killed", 1, False)]),
        ("They slit the throats of two shepherds.", [("killed", 2, False)]),
        ("Nine people were taken to hospital.", [("wounded", 9, False)]),
        ("The bodies of four miners were taken to hospital.", [("killed", 4, False)]),
        ("A second woman was badly hurt.", [("wounded", 1, False)]),
        ("Two gunmen shot at a clerk before being shot dead by guards.", [("killed", 2, True)]),
        ("Eighty bodies were brought to the morgue.", [("killed", 80, False)]),
    ],
)
def test_numbers_of_plain_sentences(text: str, expected: list[tuple[str, int | None, bool]]) -> None:
    assert told(text) == expected


def test_all_who_were_abducted_are_the_dead_that_were_found() -> None:
    row = rows("Twelve miners were abducted by gunmen in Bolan, Pakistan, on Monday and later found dead.")[0]
    assert (row["attacktype1"], row["nhostkid"], row["nkill"]) == (6, 12, 12)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("A bomb killed two guards in Baquba, north of Baghdad, on Monday.", "Baquba"),
        ("Gunmen killed five worshippers at Saint Anne's church in Jos, Nigeria, on Monday.", "Jos"),
        ("Gunmen killed two Guinean soldiers in Kidal on Monday.", "Kidal"),
        ("Gunmen killed two guards in Kebitigollewa on Monday.", "Kebitigollewa"),
        ("A bomb killed two guards in the village of Tongo Sandar, Niger, on Monday.", "Tongo Sandar"),
        ("LAHORE, June 7 - Gunmen killed two guards in the city on Monday.", "Lahore"),
    ],
)
def test_the_town_where_it_happened(text: str, city: str) -> None:
    assert rows(text)[0].get("city") == city


def test_a_town_is_no_group() -> None:
    row = rows("A teacher was shot dead by two gunmen in Lashkar Gah, Afghanistan, on Monday.")[0]
    assert (row["city"], row["gname"]) == ("Lashkar Gah", "Unknown")


@pytest.mark.parametrize(
    ("sentence", "claimed"),
    [
        ("Islamic State claimed it.", 1),
        ("The local branch of Islamic State claimed it through its news agency.", 1),
        ("Islamic State has not claimed it.", 0),
        ("A spokesman for Islamic State told reporters that the group had carried out the bombing.", 1),
        ("Islamic State said the pair were its soldiers.", 1),
        ("Islamic State praised the attack.", 0),
    ],
)
def test_who_claims_it(sentence: str, claimed: int) -> None:
    row = rows(f"A bomb killed five people at a market in Baghdad on Monday. {sentence}")[0]
    assert row.get("claimed") == claimed


def test_the_wing_claims_it_and_not_its_parent() -> None:
    text = (
        "A bomb killed five people in Lahore on Monday. Jamaat-ul-Ahrar, a faction of the Taliban, claimed the attack."
    )
    row = rows(text)[0]
    assert (row["gname"], row["claimed"]) == ("Jamaat-ul-Ahrar", 1)


def test_the_subject_of_killed_at_least() -> None:
    row = rows("Suspected Boko Haram fighters killed at least 22 farmers near Damboa, Nigeria, on Monday.")[0]
    assert (row["gname"], row["guncertain1"], row["nkill"]) == ("Boko Haram", 1, 22)


@pytest.mark.parametrize(
    ("text", "attacks"),
    [
        ("A bomb near the gate of a school in Mosul killed nine on Monday.", 1),
        ("The death toll from a series of blasts in Guwahati, India, rose to 77 on Monday.", 1),
        ("Four men seized ten hostages at a bank in Grozny on Monday.", 1),
        ("The chief of police of Kunduz was killed on Monday when a suicide bomber embraced him.", 1),
        ("Gunmen killed nine people in Jos on Monday. Six attackers were shot dead by police.", 1),
        ("A gas explosion in a restaurant in Lyon killed nine people on Monday.", 0),
        ("A bomb killed four in Quetta on Monday. Also in Quetta, gunmen shot dead two clerks outside a bank.", 2),
        ("Gunmen shot dead a judge in Kirkuk on Monday. Elsewhere, a bomb in Tikrit killed two guards.", 2),
    ],
)
def test_how_many_attacks_are_told(text: str, attacks: int) -> None:
    assert len(rows(text)) == attacks


def test_two_days_of_no_known_year_are_two_attacks() -> None:
    text = (
        "Mortars fired by rebels hit Damascus today, killing two. Yesterday a rebel rocket killed a child in Damascus."
    )
    assert len(code(text)) == 2


def test_a_report_of_the_last_day_of_the_calendar_is_read() -> None:
    assert rows("KABUL, Dec. 31 - A bomb killed five people in Kabul on New Year's Eve.", "9999-12-31")
