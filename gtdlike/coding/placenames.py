"""Place names: how they are compared, and which words are none.

The words stand in `data/place_words.csv`, which anyone who knows the field can edit; no file need be made anew.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

APOSTROPHES: Final = "'`´‘’‛ʹʻʼʽʾʿˈ′＇"
_SPECIAL: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "a", "ħ": "h", "ŋ": "ng"}
    | dict.fromkeys(APOSTROPHES)
)
_INITIALS: Final = re.compile(r"\b([^\W\d_])\.(?=[^\W\d_]\b)")
_BREAKS: Final = re.compile(r"[\W_]+")
_DOUBLES: Final = re.compile(r"(.)\1+")
_ARTICLES: Final = frozenset(("al", "el", "ad", "an", "ar", "as", "at", "ash", "az", "the"))


def fold(name: str) -> str:
    """The name as the gazetteer compares it: lower case, no diacritics or apostrophes, one space between words."""
    folded = name.lower().replace("'", "").replace("`", "") if name.isascii() else _fold_marks(name)
    if not folded.isalnum():
        folded = _BREAKS.sub(" ", _INITIALS.sub(r"\1", folded)).strip()
    return folded


def _fold_marks(name: str) -> str:
    # Case folding can bring forth new combining marks and the other way round, hence twice (as Unicode advises).
    for _ in range(2):
        name = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(c for c in name if not unicodedata.combining(c)).translate(_SPECIAL)


def loose(folded: str) -> str:
    """A looser key of a folded name, the same for most transliterations: "Hilla", "Al-Hillah"; "Baqubah", "Baqouba"."""
    words = folded.split()
    while len(words) > 1 and words[0] in _ARTICLES:
        del words[0]
    key = "".join(words).replace("ou", "u").replace("oo", "u").replace("ee", "i").replace("q", "k").replace("y", "i")
    key = _DOUBLES.sub(r"\1", key)
    return key[:-1] if len(key) > 4 and key.endswith(("ah", "eh")) else key


@cache
def place_words() -> dict[str, str]:
    """The words of `place_words.csv`, folded, and their use.

    `never`: no place at all; `context`: a place only where the context says so; `region` and `settlement`: what stands
    behind the name of a region or of a populated place ("Borno State", "Sadr City").
    """
    text = (files("gtdlike.coding") / "data" / "place_words.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {fold(row["word"]): row["use"] for row in csv.DictReader(lines)}
