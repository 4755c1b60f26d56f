"""What an article says around a telling: names and kinds of place, from the sentences in which its evidence lies.

A coder may miss the hotel, or take the city of the dateline for that of the attack; the sentence still names them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache

from attrs import frozen

from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
from gtdlike.linking.names import fold, peoples, spelling
from gtdlike.linking.settings import settings

# A capitalized word, with the particle that some languages write before it: "Karrada", "el-Menia", "Sha'ab".
_TOKEN = re.compile(r"(?:\b[a-z]{2}-)?\b[A-Z][^\W\d_]*(?:['\u2019-][^\W\d_]+)*|\b[a-z][^\W\d_]+|\S")
_DATELINE = re.compile(r"\s*([A-Z][A-Z .'-]{2,40})\b[^\n.]{0,40}? [-\u2013\u2014]+ ")
_STOP = re.compile(r"[.!?][\"'\u201d\u2019)]*\s+|\n\s*\n")


@frozen
class Scene:
    """The words by which two articles that tell of one attack know each other."""

    names: frozenset[str] = frozenset()
    """Proper names, in one spelling: not of countries, peoples, groups or the calendar."""
    kinds: frozenset[int] = frozenset()
    """Kinds of place or thing that are attacked, as numbers of `linking.toml`'s list."""


def scene(article: Article, coded: CodedIncident) -> Scene:
    """The scene of a telling: of the sentences that its evidence for what happened, where and to whom lies in."""
    wanted = settings().scene_variables
    spans = {(e.start, e.end) for e in coded.evidence if e.start is not None and e.variable in wanted}
    found = {_sentence(article.text, start, end or start) for start, end in spans}
    names: set[str] = set()
    kinds: set[int] = set()
    for start, end in sorted(found):
        named, kind = _words(article.text[start:end])
        names |= named
        kinds |= kind
    return Scene(frozenset(names), frozenset(kinds))


def dateline(article: Article) -> frozenset[str]:
    """The names of the place that an article begins with: "LONDON, Nov 30 - "."""
    found = _DATELINE.match(article.text)
    return frozenset(spelling(word) for word in fold(found[1]).split()) if found else frozenset()


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
    before = [stop.end() for stop in _STOP.finditer(text, max(0, start - 400), start)]
    after = _STOP.search(text, end, end + 400)
    return before[-1] if before else max(0, start - 400), after.start() if after else min(len(text), end + 400)


@lru_cache(maxsize=10_000)
def _words(sentence: str) -> tuple[frozenset[str], frozenset[int]]:
    """The names of a sentence, and the kinds of place that it speaks of."""
    tokens: Sequence[str] = _TOKEN.findall(sentence)
    names: set[str] = set()
    kinds: set[int] = set()
    known, by_word = _no_names(), _kinds()
    for i, token in enumerate(tokens):
        for word in fold(token).split():
            singular = word[:-1] if word.endswith("s") else word
            kind = by_word.get(word, by_word.get(singular))
            if kind is not None:
                kinds.add(kind)
            elif len(word) > 2 and _is_name(tokens, i) and not {word, singular} & known:
                names.add(spelling(word))
    return frozenset(names), frozenset(kinds)


def _is_name(tokens: Sequence[str], place: int) -> bool:
    """Whether a word is written as a name: the first of a sentence only if the next one is, too."""
    token = tokens[place]
    if not any(c.isupper() for c in token) or token.isupper():
        return False
    first = place == 0 or tokens[place - 1] in ("-", "\u2013", "\u2014", '"', "\u201c")
    return not first or (place + 1 < len(tokens) and tokens[place + 1][:1].isupper())


@cache
def _kinds() -> dict[str, int]:
    return {word: number for number, alike in enumerate(settings().kinds) for word in alike}


@cache
def _no_names() -> frozenset[str]:
    """Words that are written large but tell no attack apart."""
    return settings().no_names | peoples()
