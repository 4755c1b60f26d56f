"""Which attacks a text tells of: what is told again, what is told besides, and what is taken for granted."""

from __future__ import annotations

import pytest

from gtdlike.coding.code import code
from gtdlike.rows import to_row

Row = dict[str, object]


def rows(text: str, published: str = "1989-06-14") -> list[Row]:
    """What is coded of a text; 14 June 1989 was a Wednesday."""
    return [dict(to_row(c.incident)) for c in code(text, published=published)]


FIRST = "Guerrillas blew up two power pylons near Chinandega, Nicaragua, on Tuesday. "


@pytest.mark.parametrize(
    "told",
    [
        "In addition, urban commandos set fire to a minibus in the capital's western suburbs.",
        "Meanwhile, rebels burned a sugar factory and killed two watchmen on Tuesday.",
        "Another dynamite charge was placed at a savings bank.",
    ],
)
def test_what_is_hit_besides_is_another_attack(told: str) -> None:
    assert len(rows(FIRST + told)) == 2
    assert len(rows((FIRST + told).upper())) == 2


@pytest.mark.parametrize(
    "told",
    [
        "The attackers also set fire to a truck.",
        "The explosion also damaged a school.",
        "They also burned three minibuses.",
        "A watchman was also wounded.",
        "Two farmers were also hurt in the attack.",
    ],
)
def test_what_is_hit_along_with_it_is_no_other_attack(told: str) -> None:
    assert len(rows(FIRST + told)) == 1
    assert len(rows((FIRST + told).upper())) == 1


@pytest.mark.parametrize(
    "told",
    [
        "Gunmen murdered Judge Pedro Lucero in Cali, Colombia, on Monday. Mayor Jorge Salinas was shot dead on 2 June.",
        "Unidentified men shot dead deputy Carlos Ibarra in Cali, Colombia, on Monday. "
        "The murder of union leader Manuel Otero on 5 June has not been cleared up.",
        "Two hooded men kidnapped rancher Luis Arana in Cali, Colombia, on Monday. "
        "On 3 June, guerrillas kidnapped engineer Roberto Paz.",
    ],
)
def test_somebody_else_of_a_name_is_another_victim(told: str) -> None:
    assert len(rows(told)) == 2
    assert len(rows(told.upper())) == 2


def test_who_is_killed_along_with_somebody_is_of_the_same_attack() -> None:
    text = (
        "Gunmen murdered Judge Pedro Lucero in Cali, Colombia, on Monday. His secretary, Ana Robles, was also killed."
    )
    assert len(rows(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met after Senator Pedro Lucero's murder in Lima.",
        "The bishops could not attend because of the assassination of Father Pedro Lucero.",
        "The judges may go on strike over the murder of magistrate Pedro Lucero in Lima.",
        "The offices of a newspaper in Lima were destroyed with dynamite.",
        "A bridge in Lima has been damaged by a powerful bomb.",
    ],
)
def test_what_is_taken_for_granted_is_an_attack(text: str) -> None:
    assert len(rows(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The rebels threatened the murder of every mayor in Lima.",
        "Several houses in Lima were damaged by the rain.",
        "He warned of the attacks that may come.",
        "The city's murder rate has grown.",
    ],
)
def test_what_only_might_be_is_none(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The Extraditables blew up a radio station in Santa Barbara on Tuesday.", "Colombia"),
        ("Tupac Amaru Revolutionary Movement guerrillas burned a bank in Santa Rosa on Tuesday.", "Peru"),
        (
            "Farabundo Marti National Liberation Front guerrillas set fire to a bank in San Miguel on Tuesday.",
            "El Salvador",
        ),
    ],
)
def test_of_namesakes_the_one_in_the_groups_country_is_meant(text: str, country: str) -> None:
    assert [row["country_txt"] for row in rows(text)] == [country]


def test_in_a_wire_report_another_thing_is_another_attack() -> None:
    told = "Urban commandos fired a rocket at a bank branch, shattering its windows and wounding two clerks."
    assert len(rows((FIRST + told).upper())) == 2
    assert len(rows(FIRST + told)) == 1
