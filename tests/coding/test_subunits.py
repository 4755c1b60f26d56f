"""Which organization was hit, and which part of a group did it."""

from __future__ import annotations

import pytest

import gtdlike


@pytest.mark.parametrize(
    ("text", "corp"),
    [
        ("Gunmen opened fire on Afghan National Police officers in Kabul, killing three.", "Afghan National Police"),
        ("A bomb exploded at the Ariana Hotel in Kabul on Monday, wounding two people.", "Ariana Hotel"),
        ("A bomb exploded at a hotel in Kabul on Monday, wounding two people.", None),
        ("A BOMB EXPLODED AT THE ARIANA HOTEL IN KABUL ON MONDAY.", None),
    ],
)  # fmt: skip
def test_the_organization_is_the_name_in_the_target(text: str, corp: str | None) -> None:
    [coded] = gtdlike.code(text, published="2019-05-07")
    assert coded.incident.targets[0].organization == corp


@pytest.mark.parametrize(
    ("subject", "part"),
    [
        ("The Karim faction of the Taliban", "Karim faction"),
        ("The Taliban's Hamza Brigade", "Hamza Brigade"),
        ("The Taliban", None),
    ],
)  # fmt: skip
def test_the_part_of_a_group_is_named(subject: str, part: str | None) -> None:
    text = f"{subject} claimed responsibility for a bomb that killed two people in Kabul."
    [coded] = gtdlike.code(text, published="2019-05-07")
    assert coded.incident.perpetrators[0].name == "Taliban"
    assert coded.incident.perpetrators[0].subgroup == part
