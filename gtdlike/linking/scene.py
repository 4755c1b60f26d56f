"""What an article says around a telling: names, numbers and kinds of place, from the sentences of its evidence.

A coder may miss the hotel, or take the city of the dateline for that of the attack; the sentence still names them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache

from attrs import frozen

from gtdlike.article import Article
from gtdlike.evidence import Evidence
from gtdlike.linking.kept import NOTHING, kept
from gtdlike.linking.names import fold, peoples, spelling
from gtdlike.linking.settings import settings

LONGEST = 400
"""How many characters before and after a piece of evidence are searched for the ends of its sentence."""
# A number, a word or any other character. A capitalized word goes with the particle that some languages write before
# it: "Karrada", "el-Menia", "Sha'ab". Blanks are passed over first and plain words tried first, because most is that.
_TOKEN = re.compile(
    r"(?!\s)(?:\b[a-z](?![a-z]-[A-Z])[^\W\d_]+|\d+(?:,\d{3})*"
    r"|\b(?:[a-z]{2}-)?[A-Z][^\W\d_]*(?:['\u2019-][^\W\d_]+)*|[^\s\w])"
)
_STOP = re.compile(r"[.!?][\"'\u201d\u2019)]*\s+|\n\s*\n")
_DATELINE = re.compile(r"\s*([A-Z][A-Z .'-]{2,40})\b[^\n.]{0,40}? [-\u2013\u2014]+ ")
_POSSESSIVE = re.compile(r"['\u2019]s$")
_BEFORE_NAMES = frozenset('-\u2013\u2014"\u201c\u2018')


@frozen
class Scene:
    """What two articles that tell of one attack know each other by."""

    names: frozenset[str] = frozenset()
    """Proper names, in one spelling: not of countries, peoples, groups or the calendar."""
    openers: frozenset[str] = frozenset()
    """Words that open a sentence, where every word is capitalized: names if the other article knows them as such."""
    numbers: frozenset[int] = frozenset()
    kinds: frozenset[int] = frozenset()
    """Kinds of place or thing that are attacked, by their numbers in the list of `linking.toml`."""


def scene(article: Article, evidence: Iterable[Evidence], *, main: bool = False) -> Scene:
    """The scene of a telling: of the sentences in which the evidence for what happened, where and to whom lies.

    Where the telling is the main one of its article, what the title says is a part of it.
    """
    text, wanted = article.text, settings().scene_variables
    spans = {(e.start, e.end) for e in evidence if e.variable in wanted and e.start is not None}
    found = [text[start:end] for start, end in {_sentence(text, start, end or start) for start, end in spans}]
    if main and article.title and not _all_capitalized(article.title):
        found.append(article.title)
    names: set[str] = set()
    openers: set[str] = set()
    numbers: set[int] = set()
    kinds: set[int] = set()
    for sentence in found:
        tokens: Sequence[str] = _TOKEN.findall(sentence)
        for place, meaning in enumerate(map(_meaning, tokens)):
            if meaning is None:
                continue
            figure, speaks_of, called = meaning
            if figure is None:
                kinds.update(speaks_of)
                if called:
                    (names if _is_name(tokens, place) else openers).update(called)
            # "June 28" is no figure.
            elif not (place and fold(tokens[place - 1]) in settings().months):
                numbers.add(figure)
    return Scene(frozenset(names), kept(openers), kept(numbers), kept(kinds))


def dateline(article: Article) -> frozenset[str]:
    """The names of the place that an article begins with: "LONDON, Nov 30 - "."""
    found = _DATELINE.match(article.text)
    return kept(spelling(word) for word in fold(found[1]).split()) if found else NOTHING


def common_names(told: Iterable[tuple[int | None, Collection[str]]]) -> frozenset[str]:
    """The names that say nothing, because they come up in many months: given the day of each telling and its names."""
    months: defaultdict[str, set[int]] = defaultdict(set)
    for day, names in told:
        if day is not None:
            for name in names:
                months[name].add(day // 30)
    return frozenset(name for name, found in months.items() if len(found) > settings().common_months)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence, or the sentences, that a piece of evidence stands in."""
    first = max(0, start - LONGEST)
    for stop in _STOP.finditer(text, first, start):
        first = stop.end()
    after = _STOP.search(text, end, end + LONGEST)
    return first, after.start() if after else min(len(text), end + LONGEST)


@lru_cache(maxsize=50_000)
def _meaning(token: str) -> tuple[int | None, tuple[int, ...], tuple[str, ...]] | None:
    """The figure that a token is, or the kinds of place that it speaks of and the names that it may be.

    None for most tokens: they are neither.
    """
    if token[0].isdigit():
        # What is longer is no figure of people, as far as one can see.
        return (int(token.replace(",", "")), (), ()) if len(token) < 9 else None
    kinds: list[int] = []
    names: list[str] = []
    by_word = _kinds()
    for word in fold(_POSSESSIVE.sub("", token)).split() if token[0].isalpha() else ():
        kind = by_word.get(word)
        if kind is None and word.endswith("s"):
            kind = by_word.get(word[:-1])
        if kind is not None:
            kinds.append(kind)
        elif token != token.lower() and not token.isupper() and len(word) > 2 and not _means_nothing(word):
            names.append(spelling(word))
    return (None, tuple(kinds), tuple(names)) if kinds or names else None


def _is_name(tokens: Sequence[str], place: int) -> bool:
    """Whether a capitalized word is written as a name: the first of a sentence only if the next one is, too."""
    first = place == 0 or tokens[place - 1] in _BEFORE_NAMES
    return not first or (place + 1 < len(tokens) and tokens[place + 1][:1].isupper())


def _all_capitalized(title: str) -> bool:
    """Whether a title is in capitals, or all of its words begin with one, so that names cannot be told in it."""
    long = [word for word in title.split() if len(word) > 3]
    return sum(word[0].isupper() for word in long) > 0.7 * len(long)


def _means_nothing(word: str) -> bool:
    """Whether a word is written large but tells no attack apart."""
    known = _no_names()
    return word in known or word.removesuffix("s") in known


@cache
def _kinds() -> dict[str, int]:
    return {word: number for number, alike in enumerate(settings().kinds) for word in alike}


@cache
def _no_names() -> frozenset[str]:
    return settings().no_names | settings().months | peoples()
