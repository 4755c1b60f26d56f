"""The time to code an article grows with its length and no faster, whatever the text is."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import pytest

from gtdlike.article import Article
from gtdlike.coding import RuleCoder

CODER = RuleCoder()
STORY = (
    "QUETTA, March 3 - At least seven people were killed when a suicide bomber blew himself up at a market in Quetta "
    "on Monday, police said. Governor Sana Raza condemned the bombing.\n\nTwo days earlier gunmen had shot dead a "
    "teacher in Sindh province. No group claimed responsibility. Mr. Raza said the attack on the market was cruel.\n"
)
TOWNS = "Kabul Mosul Karachi Cali Lima Aden Manila Gaza Cairo Kano Nairobi Colombo Quetta Lahore Basra".split()


def briefs(length: int) -> str:
    lines = (
        f"{TOWNS[n % 15]}: Gunmen shot dead {n % 19 + 1} farmers on {n % 28 + 1} May {1990 + n % 29} near "
        f"{TOWNS[n // 15 % 15]}.\n"
        for n in range(length // 60)
    )
    return "".join(lines)[:length]


def repeated(text: str) -> Callable[[int], str]:
    return lambda length: (text * (length // len(text) + 1))[:length]


TEXTS: dict[str, Callable[[int], str]] = {
    "one story repeated": repeated(STORY),
    "briefs": briefs,
    "one letter": repeated("x"),
    "digits": repeated("7"),
    "spaces": lambda n: "killed by a bomb on Monday" + " " * n + "x",
    "newlines": lambda n: "killed by a bomb on Monday" + "\n" * n,
    "spaces and newlines": lambda n: "killed by a bomb, March" + " \n \t" * (n // 4),
    "killed killed": repeated("killed "),
    "unbroken capitals": lambda n: "Attack in " + "K" * n,
    "words in capitals": lambda n: "ATTACKED " + "KABUL " * (n // 6),
    "names": lambda n: "attacked " + "Kabul " * (n // 6),
    "commas": lambda n: "killed" + "," * n,
    "numbers and commas": lambda n: "killed " + "1," * (n // 2),
    "editor's brackets": lambda n: "killed " + "[VIDEO " * (n // 7),
    "brackets": lambda n: "killed " + "(" * n,
    "quotation marks": lambda n: "killed " + '"' * n,
    "dashes": lambda n: "killed " + "- " * (n // 2),
    "full stops": lambda n: "killed " + "." * n,
    "dates": lambda n: "killed on Monday, March 3, " * (n // 27),
    "short sentences": repeated("It was attacked. "),
    "attacks by a group": repeated("The Taliban attack on Kabul. "),
    "acronyms": lambda n: "killed by the ELN, FARC, ETA and PKK " * (n // 37),
}


def seconds(text: str) -> float:
    article = Article(id="a", text=text, published=dt.date(2018, 3, 5))
    start = time.process_time()
    CODER.code(article)
    return time.process_time() - start


@pytest.mark.parametrize("name", TEXTS)
def test_time_grows_with_the_length(name: str) -> None:
    make = TEXTS[name]
    CODER.code(Article(id="a", text=STORY))  # the lexicons are read once
    short, long = seconds(make(15_000)), seconds(make(120_000))
    # Eight times the text. Quadratic would be 64 times, and a tenth of a second is lost in the clock.
    assert long < 20 * short + 0.5, f"{short:.3f} s, {long:.3f} s"
