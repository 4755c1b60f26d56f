"""Texts that no editor would print: the words of every lexicon, dates, numbers, quotes and strange signs, mixed."""

from __future__ import annotations

import csv
import random
from functools import cache
from importlib.resources import files

from gtdlike.codebook import load_codebook

STRANGE = [
    "İ", "ß", "ﬁ", "ǅ", "™", "①", "²", "½", "Σ", "ς", "e\u0301", "\u0301", "\u200b", "\u200d", "\u2028", "\u202e",
    "\ufeff", "\u00a0", "\x85", "\r\n", "\t", "\v", "\0", "\x1c", "\U0001f4a3", "\ud800", "العنف", "攻撃", "Атака",
    "한국",
]  # fmt: skip
NUMBERS = [
    "0", "1", "7", "007", "3.5", "1,200", "1,2,3", "12/31/2015", "31/12/2015", "2015-02-30", "00/00/2000", "99999999",
    "two dozen", "a hundred", "hundreds of thousands", "twenty one hundred", "at least", "10 to 5", "no one", "1" * 40,
]  # fmt: skip
DATES = [
    "Monday", "on Feb. 30", "March 3, 2015", "31 April", "29 February 1900", "two days earlier", "999 years ago",
    "the next day", "last May", "in 1999", "Dec. 31 to Jan. 1", "this weekend", "Easter", "a week after", "9/11",
]  # fmt: skip
MARKS = [
    ".",
    ". ",
    ", ",
    "; ",
    ": ",
    " -- ",
    " - ",
    "-",
    "'",
    "’s ",
    '"',
    "“",
    "”",
    "(",
    ")",
    "[",
    "]",
    "\n",
    "\n\n",
    "  ",
    "…",
    "?!",
]
HALVES = [
    "were killed when", "claimed responsibility for", "the attackers, including", "none of whom", "in the city of",
    "was said to have been", "the group's", "near the", "a man who", "one of three", "at his home in", "[VIDEO",
    "(AP) --", "on suspicion of", "KABUL, Afghanistan -", "no casualties", "between", "who had",
]  # fmt: skip


@cache
def lexicon() -> list[str]:
    """All phrases of all lexicons, and the names of the codebook's groups and countries."""
    found: set[str] = set()
    for file in sorted((files("gtdlike.coding") / "lexicon").iterdir(), key=lambda f: f.name):
        lines = [x for x in file.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
        for row in csv.DictReader(lines):
            found.update(value.replace("*", "ed") for value in row.values() if value)
    book = load_codebook()
    found.update(name for group in book.groups for name in (group.name, *group.aliases))
    found.update(name for country in book.countries for name in (country.name, *country.aliases, *country.demonyms))
    return sorted(found)


KINDS = (lexicon, lambda: STRANGE, lambda: NUMBERS, lambda: DATES, lambda: MARKS, lambda: HALVES)


def cook(pick: random.Random, most: int = 120) -> str:
    """A text of up to so many pieces."""
    weights = [pick.choice((0, 1, 1, 5)) for _ in KINDS]
    weights[0] += 2
    pieces = []
    for kind in pick.choices(KINDS, weights, k=pick.randrange(most)):
        piece = pick.choice(kind())
        pieces.append(pick.choice((str, str, str, str.upper, str.title, str.capitalize))(piece))
        pieces.append(pick.choice((" ", " ", " ", " ", ". ", ", ", "", "\n")))
    return "".join(pieces)
