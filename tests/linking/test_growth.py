"""However many tellings there are, each is compared with few incidents: counted, not timed."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from gtdlike.linking import Linked, clusters, link
from gtdlike.linking.settings import settings

Tell = Callable[..., Any]
Case = Callable[[random.Random, int], dict[str, Any]]
NOTHING = {"nkill": None, "target1": None, "targtype1": None, "gname": "Unknown"}
WORDS = ("market", "bakery", "tailor", "barracks", "ministry", "museum", "stadium", "brewery", "tannery", "foundry")


def details(pick: random.Random) -> dict[str, Any]:
    """Targets, groups and figures of which each has some in common with many others, and none with all."""
    target = f"{pick.choice(WORDS)} {pick.choice(WORDS)} {pick.choice(WORDS)}"
    return {
        "target1": target,
        "nkill": pick.randrange(40),
        "nwound": pick.randrange(90),
        "attacktype1": pick.choice((1, 6)),
    }


def elsewhere(pick: random.Random) -> dict[str, Any]:
    """A city of a name that is like no other."""
    return {"city": "".join(pick.choices("bdfgjklmnprstvz", k=8)), "provstate": None}


YEAR = {"imonth": 0, "iday": 0}
NO_DATE = {"iyear": None, "imonth": None, "iday": None}
NO_COUNTRY = {"country": None, "region": None}
CASES: dict[str, Case] = {
    "attacks of many days": lambda pick, n: (
        details(pick) | {"iyear": 1990 + n // 336, "imonth": 1 + n // 28 % 12, "iday": 1 + n % 28}
    ),
    "one city on one day": lambda pick, n: details(pick),
    "one city on one day, nothing else told": lambda pick, n: NOTHING,
    "one city on one day, all of several": lambda pick, n: details(pick) | {"multiple": 1},
    "one day and no country": lambda pick, n: details(pick) | NO_COUNTRY,
    "one day, and many cities": lambda pick, n: details(pick) | elsewhere(pick),
    "one day, and many cities, nothing else told": lambda pick, n: NOTHING | elsewhere(pick),
    "one day and no country, nothing else told": lambda pick, n: NOTHING | elsewhere(pick) | NO_COUNTRY,
    "one place and year": lambda pick, n: details(pick) | YEAR,
    "one place and year, nothing else told": lambda pick, n: NOTHING | YEAR,
    "one place and year, recalled": lambda pick, n: details(pick) | YEAR | {"background": True},
    "one place, and half of them with a day": lambda pick, n: details(pick) | {"iday": (1 + n % 28) * (n % 2)},
    "one place and no date": lambda pick, n: details(pick) | NO_DATE,
    "one attack that all tell": lambda pick, n: {},
}


def compared(
    number: int, tell: Tell, case: str, monkeypatch: pytest.MonkeyPatch, articles: int
) -> tuple[float, list[Linked]]:
    """How many incidents a telling is compared with on average, and what was linked."""
    pick = random.Random(case)
    items = [tell(f"a{n % articles}", **CASES[case](pick, n)) for n in range(number)]
    count, fit = 0, clusters.fit

    def counting(*given: Any) -> Any:
        nonlocal count
        count += 1
        return fit(*given)

    monkeypatch.setattr(clusters, "fit", counting)
    linked = link(items)
    monkeypatch.setattr(clusters, "fit", fit)
    return count / number, linked


@pytest.mark.parametrize("case", CASES)
def test_a_telling_is_compared_with_few_incidents_however_many_there_are(
    tell: Tell, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, _ = compared(200, tell, case, monkeypatch, articles=200)
    many, linked = compared(800, tell, case, monkeypatch, articles=800)
    assert sum(len(one.members) for one in linked) == 800
    # It grows until a block is crowded and not after that: were it quadratic, it would be four times as much.
    assert many < 1.5 * max(few, settings().crowded)
    # The days before and after, or several names of the place, are looked through as well.
    assert many < 3 * settings().crowded


def test_one_article_that_tells_a_thousand_times_is_no_exception(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    case = "one attack that all tell"
    few, _ = compared(100, tell, case, monkeypatch, articles=1)
    many, (linked,) = compared(400, tell, case, monkeypatch, articles=1)
    assert few <= many < 1.5 * settings().crowded
    assert sorted(m.telling for m in linked.members) == list(range(1, 401))
