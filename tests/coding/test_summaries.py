"""Short summaries of one attack, as datasets keep them: what belongs to it, and what it does not tell. All made up."""

from __future__ import annotations

import pytest

from gtdlike.coding.code import code
from gtdlike.rows import to_row

Row = dict[str, object]


def rows(text: str) -> list[Row]:
    return [dict(to_row(c.incident)) for c in code(text, published="2016-06-08")]


def only(text: str) -> Row:
    found = rows(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "city"),
    [
        (
            "Gunmen shot dead two clerks in Multan, Pakistan, on Monday. The group stated that it acted in revenge for "
            "the killing of a preacher in Karachi in May 2015.",
            "Multan",
        ),
        (
            "Arsonists set fire to a shop in Malmo, Sweden, on Monday. Police believe that it was a response to the "
            "shooting of a student in Oslo, Norway, in March 2016.",
            "Malmo",
        ),
        (
            "A man stabbed a waiter in Lyon, France. Investigators said that he was inspired by the bombing of a train "
            "in Madrid in 2004.",
            "Lyon",
        ),
        (
            "Gunmen killed Omar Sayed, a driver, in Basra, Iraq, on Monday. Sayed was a witness to the murder of a "
            "judge in Mosul on 3 March 2016.",
            "Basra",
        ),
    ],
)
def test_the_reason_for_an_attack_is_no_incident_of_its_own(text: str, city: str) -> None:
    assert only(text)["city"] == city


@pytest.mark.parametrize(
    "text",
    [
        "Rebels fired a rocket into Galkayo, Somalia, on Monday. It is believed to have been targeting Garowe.",
        "Rebels launched a missile at Galkayo, Somalia, on Monday. They said that the target of the attack was a depot "
        "in Garowe.",
        "A bomb was found in Galkayo, Somalia, on Monday. The targeted officials had come from Garowe.",
    ],
)
def test_what_an_attack_was_meant_for_is_no_incident_of_its_own(text: str) -> None:
    assert only(text)["city"] == "Galkayo"


def test_the_town_in_a_title_says_who_it_was_and_not_where() -> None:
    row = only(
        "A man opened fire on Dario Lim at a hotel in Manila, Philippines, on Monday. Four people, including Lim, the "
        "mayor of Labangan town, were killed."
    )
    assert (row["city"], row["nkill"]) == ("Manila", 4)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Rockets fired from Gaza hit a house in Sderot, Israel, on Monday.", "Sderot"),
        ("Militants launched shells from Lebanon towards Kiryat Shmona, Israel, on Monday.", "Kiryat Shmona"),
    ],
)
def test_where_a_rocket_came_from_is_not_where_it_fell(text: str, city: str) -> None:
    assert only(text)["city"] == city


@pytest.mark.parametrize(
    ("text", "killed", "attackers"),
    [
        (
            "Rebels attacked a post near Wau, South Sudan. This was one of four similar raids on posts on that day. "
            "Thirty-six rebels were killed across the raids.",
            9,
            9,
        ),
        (
            "Gunmen robbed and bombed a bank in Kano, Nigeria. This was one of three coordinated attacks. Four "
            "guards and two gunmen were killed across all attacks.",
            2,
            1,
        ),
        (
            "A suicide bomber detonated at a club in Kano, Nigeria. This was one of two suicide bombings there. In "
            "addition to the two bombers, ten people were killed across both blasts.",
            6,
            1,
        ),
        (
            "Gunmen attacked a village near Jos, Nigeria. This was one of two coordinated attacks, across which at "
            "least 30 people were killed.",
            15,
            0,
        ),
    ],
)
def test_a_toll_of_several_attacks_is_spread_over_them(text: str, killed: int, attackers: int) -> None:
    row = only(text)
    assert (row.get("nkill"), row.get("nkillter")) == (killed, attackers)


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("Gunmen raided a farm in Cali, Colombia. Five workers were tied up and killed.", 5, 0),
        ("Gunmen raided a farm in Cali, Colombia. Six workers were rounded up and shot dead.", 6, 0),
        ("Gunmen raided a base in Cali, Colombia. The commander and an unknown number of men were injured.", 0, 1),
        ("Two bombers blew themselves up in Gao, Mali. In addition to the bombers, five people were killed.", 7, 0),
        (
            "Gunmen attacked a base in Gao, Mali. Six people died. Additionally, two cooks were abducted and killed.",
            8,
            0,
        ),
        ("Gunmen attacked a post in Gao, Mali. Troops killed the six gunmen; two civilians were also hurt.", 6, 2),
        ("Gunmen attacked an army post in Gao, Mali. It was in revenge for a raid that killed eight rebels.", 0, 0),
        ("A man stabbed a guard in Gao, Mali. The guard was hurt in the attack and the man was shot by police.", 0, 1),
    ],
)
def test_tolls_of_summaries(text: str, killed: int, wounded: int) -> None:
    row = rows(text)[0]
    assert (row.get("nkill"), row.get("nwound")) == (killed, wounded)


def test_one_who_was_hurt_and_died_is_one_of_the_dead_only() -> None:
    row = only("Gunmen shot at Ana Diaz, a teacher, in Cali, Colombia. Diaz was wounded and died a week later.")
    assert (row["nkill"], row.get("nwound")) == (1, None)


def test_attackers_among_the_dead_of_whom_no_number_is_told_are_not_none() -> None:
    row = only("Gunmen attacked a post in Gao, Mali. Nine people, including guards, gunmen and a cook, were killed.")
    assert (row["nkill"], row.get("nkillter")) == (9, None)


@pytest.mark.parametrize(
    ("text", "targtype"),
    [
        ("A soldier stepped on a landmine near Kidal, Mali, on Monday.", 4),
        ("Police officers tripped a mine near Kidal, Mali, on Monday.", 3),
        ("A convoy of peacekeepers ran over an improvised explosive device near Kidal, Mali.", 7),
        ("A bus hit a landmine near Kidal, Mali, on Monday, killing five people.", 19),
    ],
)
def test_who_steps_on_a_mine_is_its_target(text: str, targtype: int) -> None:
    row = only(text)
    assert (row["attacktype1"], row["weaptype1"], row["targtype1"]) == (3, 6, targtype)


@pytest.mark.parametrize(
    "text",
    [
        "Guards killed a suicide bomber at a mosque in Lahore, Pakistan, before he could blow himself up.",
        "A suicide bomber was identified and killed by police before detonating in Lahore, Pakistan.",
        "A bomb fixed to the car of Imran Butt, the head of the harbour union and a member of the city council, was "
        "found and defused in Lahore, Pakistan.",
    ],
)
def test_an_attempt_that_was_stopped_is_an_incident_without_success(text: str) -> None:
    row = only(text)
    assert (row["attacktype1"] in (1, 3), row["weaptype1"], row["success"]) == (True, 6, 0)


def test_men_arrested_before_they_could_attack_had_only_planned() -> None:
    assert rows("Police arrested two men in Lahore, Pakistan, before they could carry out an attack.") == []


@pytest.mark.parametrize(
    ("text", "attacktype", "weaptype"),
    [
        ("Vandals lit fires in three churches in Ronda, Spain.", 7, 8),
        ("Activists set at least four fires at a fur farm in Ronda, Spain.", 7, 8),
        ("Two clerks in Ronda, Spain, fell ill when they opened a letter laced with ricin.", 8, 2),
    ],
)
def test_fires_and_poisoned_letters(text: str, attacktype: int, weaptype: int) -> None:
    row = only(text)
    assert (row["attacktype1"], row["weaptype1"]) == (attacktype, weaptype)


@pytest.mark.parametrize(
    ("text", "success"),
    [
        ("Gunmen attacked an army camp in Gao, Mali, on Monday. There were no casualties in the attack.", 0),
        ("Gunmen opened fire on a patrol in Gao, Mali, on Monday. Nobody was killed or injured.", 0),
        ("Gunmen opened fire on a police station in Gao, Mali. No one was hurt, but the gate was damaged.", 1),
        ("Gunmen raided a clinic in Gao, Mali. No casualties were reported, though two ambulances were stolen.", 1),
        ("A bomb exploded at a market in Gao, Mali, on Monday. There were no casualties.", 1),
        ("Men threw petrol bombs at the home of Ibrahim Sow in Gao, Mali. Sow was unhurt; the home was damaged.", 1),
        ("A man threw two grenades at a bar in Gao, Mali. One of them exploded and the other was defused.", 1),
        ("A man was arrested as he planted a bomb at a school in Gao, Mali.", 0),
        ("A youth was caught while placing a bomb near a court in Gao, Mali.", 0),
    ],
)
def test_an_assault_succeeds_if_something_is_hit(text: str, success: int) -> None:
    assert only(text)["success"] == success


@pytest.mark.parametrize(
    ("text", "attacktype", "weaptype"),
    [
        # of the attack no more is told than the word, and of the dead only the attackers
        ("Rebels attacked army posts near Wau, South Sudan, on Monday. Fourteen rebels were killed.", 9, 13),
        ("Rebels attacked soldiers near Wau, South Sudan. Nine rebels were killed and 12 were wounded.", 9, 13),
        ("Rebels attacked soldiers near Wau, South Sudan. Nine rebels died in the ensuing gun battle.", 2, 5),
        ("Rebels attacked soldiers near Wau, South Sudan. Two soldiers and nine rebels were killed.", 2, 13),
        ("A man drove a van into a crowd in Graz, Austria, on Monday, wounding nine people.", 8, 10),
        ("A man drove a van into a crowd in Graz, Austria, and stabbed two people.", 2, 10),
        ("Men armed with knives and bombs attacked a police station in Hotan, China, on Monday.", 2, 6),
        ("A suicide bomber armed with an explosive belt and a pistol attacked a barracks in Setif, Algeria.", 3, 6),
        ("Inmates took a warder hostage at the prison in Ronda, Spain, on Monday.", 5, 5),
        ("Men took a warder hostage near Ronda, Spain, and drove away with him on Monday.", 6, 5),
        ("Arsonists set fire to a depot in Ronda, Spain. The resulting explosion killed two people.", 7, 8),
        ("A petrol bomb exploded outside a shop in Derry, United Kingdom, on Monday.", 7, 8),
        ("A man threw an incendiary device into a shop in Derry, United Kingdom. The device failed to ignite.", 7, 8),
    ],
)
def test_types_of_summaries(text: str, attacktype: int, weaptype: int) -> None:
    row = only(text)
    assert (row["attacktype1"], row["weaptype1"]) == (attacktype, weaptype)


def test_what_the_victims_are_said_to_have_done_is_no_attack() -> None:
    row = only(
        "Gunmen shot dead two foresters in Davao, Philippines. The rebels stated that they were killed because "
        "their company was destroying the forest."
    )
    assert (row["attacktype1"], row.get("attacktype2")) == (2, None)


@pytest.mark.parametrize(
    ("text", "targtype"),
    [
        ("A bomb exploded at a restaurant frequented by soldiers in Gao, Mali, on Monday.", 1),
        ("A bomb exploded near a bar used by police officers in Gao, Mali, on Monday.", 1),
        ("Two nurses were abducted from a clinic run by the army in Gao, Mali, on Monday.", 1),
    ],
)
def test_who_runs_a_place_did_not_attack_it(text: str, targtype: int) -> None:
    row = only(text)
    assert (row["city"], row["targtype1"]) == ("Gao", targtype)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Gunmen attacked traders at Tufaha Camp in Garissa city, Garissa county, Kenya, on Monday.", "Garissa"),
        ("Gunmen attacked an Assam Armed Police camp in Dhekia village, Sonitpur district, India.", "Dhekia"),
        ("A bomb was thrown at Deborah's Tomb in Bethlehem city, West Bank, on Monday.", "Bethlehem"),
        ("Gunmen shot dead two men at the Jenin camp, West Bank, on Monday.", "Jenin"),
    ],
)
def test_a_camp_or_a_tomb_is_in_the_town_that_is_told_behind_it(text: str, city: str) -> None:
    assert only(text)["city"] == city


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("A bomb exploded outside a court in Sukkur, Pakistan, on Monday, wounding two clerks.", "Sukkur"),
        (
            "One of two bombings took place in the town of Dungu, Congo, on Monday. A bomb exploded at a bar, killing "
            "five people.",
            "Dungu",
        ),
        ("Two men were sentenced by a court in Lahore for the bombing of a bus in Sukkur, Pakistan.", "Sukkur"),
    ],
)
def test_the_place_of_a_court_that_was_bombed_and_of_one_of_several(text: str, city: str) -> None:
    assert only(text)["city"] == city


def test_no_damage_is_told_in_many_ways() -> None:
    row = only("Gunmen opened fire on a post office in Ronda, Spain. There were no reports of damages or injuries.")
    assert (row["property"], row["success"]) == (0, 0)
