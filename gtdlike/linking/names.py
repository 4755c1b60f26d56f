"""Names made comparable: the same place or target is spelt in many ways."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache, lru_cache

from gtdlike.codebook import load_codebook
from gtdlike.incident import Name
from gtdlike.linking.settings import settings

_MARKS = re.compile(r"['`´ʻʼʿʾ\u2018\u2019\u02bb]")
_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"\b(?:al|el|ad|an|ar|as|ash|at|az) (?=\w{3})")
_VOWELS = re.compile(r"[aeiouyhw\s]")
_DOUBLE = re.compile(r"(.)\1+")
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """A name without case, accents, marks, the Arabic article and administrative words ("Al-Hillah" is "hillah")."""
    # Once more at the end: there are letters in brackets or circles that only become letters here.
    bare = unicodedata.normalize("NFKD", _MARKS.sub("", name).casefold().translate(_LETTERS)).casefold()
    words = " ".join(_WORD.findall("".join(c for c in bare if not unicodedata.combining(c))))
    words = _ARTICLE.sub("", words)
    kept = [word for word in words.split() if word not in settings().suffixes]
    return " ".join(kept) or words


def known(name: Name) -> str | None:
    """A folded name, or None where none is told."""
    if not isinstance(name, str):
        return None
    folded = fold(name)
    return folded if folded and folded != "unknown" else None


@lru_cache(maxsize=50_000)
def spelling(folded: str) -> str:
    """A folded name in one of its spellings: the letters that transliterations write in two ways written in one."""
    for written, plain in settings().letters:
        folded = folded.replace(written, plain)
    return _DOUBLE.sub(r"\1", folded).removesuffix("h") or folded


@lru_cache(maxsize=50_000)
def skeleton(folded: str) -> str:
    """The consonants of a folded name, each once in a row: where transliterations differ least. Used as a key only."""
    spelt = spelling(folded)
    return _DOUBLE.sub(r"\1", _VOWELS.sub("", spelt)) or spelt.replace(" ", "")


def alike(a: str, b: str) -> bool:
    """Whether two folded names are spellings of one name."""
    if a == b:
        return True
    a, b = spelling(a), spelling(b)
    # Most names begin with another letter, so these need not be kept among those that were compared.
    return a == b or (a[0] == b[0] and min(len(a), len(b)) >= 4 and _spelt_alike(a, b))


@lru_cache(maxsize=200_000)
def _spelt_alike(a: str, b: str) -> bool:
    # No more letters can be common to both than the shorter one has.
    if 2 * min(len(a), len(b)) < settings().alike * (len(a) + len(b)) or skeleton(a)[:1] != skeleton(b)[:1]:
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= settings().alike


def words(text: Name) -> frozenset[str]:
    """The words of a description that tell it apart, plurals as singulars."""
    if not isinstance(text, str):
        return frozenset()
    common = settings().common_words
    found = (_singular(word) for word in fold(text).split() if word not in common)
    return frozenset(word for word in found if len(word) > 2)


def proper(text: Name) -> frozenset[str]:
    """Those words of a description that are capitalized. The first word counts only if the second is too."""
    if not isinstance(text, str):
        return frozenset()
    tokens = _WORD.findall(text)
    named = [
        t for i, t in enumerate(tokens) if t[:1].isupper() and (i > 0 or (len(tokens) > 1 and tokens[1][:1].isupper()))
    ]
    if text.isupper():
        return frozenset()
    return words(" ".join(named)) - peoples()


@cache
def peoples() -> frozenset[str]:
    """The words for countries and their people: "Iraqi police" names no police in particular."""
    names = (n for country in load_codebook().countries for n in (country.name, *country.aliases, *country.demonyms))
    return frozenset().union(*map(words, names))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
