"""Tellings of an attack, made by hand for the tests of linking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
from gtdlike.evidence import Evidence, How
from gtdlike.rows import from_row

ATTACK: dict[str, Any] = {
    "iyear": 2016,
    "imonth": 3,
    "iday": 22,
    "country": 21,
    "region": 8,
    "provstate": "Brussels",
    "city": "Zaventem",
    "attacktype1": 3,
    "weaptype1": 6,
    "targtype1": 6,
    "target1": "Zaventem Airport",
    "gname": "Islamic State of Iraq and the Levant (ISIL)",
    "nkill": 16,
}

Tell = Callable[..., tuple[Article, CodedIncident]]


def tell_attack(
    article: str,
    published: str | None = "2016-03-23",
    *,
    background: bool = False,
    how: How = How.STATED,
    hows: dict[str, How] | None = None,
    rules: dict[str, str] | None = None,
    **values: Any,
) -> tuple[Article, CodedIncident]:
    """One article's telling: the attack above, with other values where they are given (None leaves one out)."""
    row = {name: value for name, value in {**ATTACK, **values}.items() if value is not None}
    evidence = tuple(
        Evidence(name, (hows or {}).get(name, how), (rules or {}).get(name, "test"), article_id=article) for name in row
    )
    day = dt.date.fromisoformat(published) if published else None
    text = f"The text of {article}."
    return Article(article, text, f"Title of {article}", day, "The Daily Test"), CodedIncident(
        article, from_row(row), evidence, background
    )


@pytest.fixture(scope="session")
def tell() -> Tell:
    """The function that makes a telling."""
    return tell_attack
