"""People who are named and not counted: "Colonel X", "his driver", "X, Y and Z"; each is one."""

from __future__ import annotations

from functools import cache

from gtdlike.coding.rules.counted import BE, single
from gtdlike.coding.rules.fates import is_fate
from gtdlike.coding.rules.lexicon import column
from gtdlike.coding.rules.people import lexicon
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.wordlists import wordset

Run = tuple[int, int]
"""Words of a sentence, the second exclusive."""

_CLAUSE = frozenset(". : when after while before that where because although though if since said reported".split())
_ENDS = (
    _CLAUSE
    | BE
    | frozenset("in on at by from near who whose which to for with during outside inside as for is but or into".split())
)
_APPOSITIVE = frozenset("the a an who whose whom which".split())
_OWNED = frozenset("his her their its".split())
_SKIP = frozenset(
    "the a an his her its their former late retired then also both of and , slain murdered young old prominent".split()
)


@cache
def given_names() -> frozenset[str]:
    return frozenset(column("given_names", "name"))


def shouting(sentence: Sentence) -> bool:
    """All is in capitals, so that case does not tell names."""
    words = [w.text for w in sentence.words[:12] if w.text[:1].isalpha()]
    return bool(words) and sum(w.isupper() for w in words) > 0.8 * len(words)


def is_person(sentence: Sentence, first: int, last: int) -> bool:
    """Do these words speak of one person: by a given name, a title, a noun in the singular, or capitals?"""
    lows, words = sentence.lows, sentence.words
    if last <= first or any(w in wordset("collective") or w in wordset("nobody") for w in lows[first:last]):
        return False
    if any(lows[i] in given_names() and (words[i].capital or shouting(sentence)) for i in range(first, last)):
        return True
    heads = [
        i
        for i in range(first, last)
        if (hit := lexicon().at(lows, i)) is not None and hit.value["shape"] == "person" and hit.end <= last
    ]
    if heads:
        hit = lexicon().at(lows, heads[-1])
        return hit is not None and single(lows[hit.end - 1])
    if lows[first] in wordset("title"):
        return True
    return not shouting(sentence) and any(
        words[i].capital
        and lows[i][:1].isalpha()
        and lows[i] not in _SKIP
        and (i > 0 or words[min(i + 1, last - 1)].capital)
        and single(lows[i])
        for i in range(first, last)
    )


def persons_from(sentence: Sentence, start: int, most: int = 12) -> list[Run]:
    """The single persons of a list that begins at a word: "killing Ana Diaz, 42; a minor; and his driver"."""
    lows = sentence.lows
    end = start
    while end < len(lows) and lows[end] not in _ENDS and not is_fate(lows[end]) and end - start < 60:
        end += 1
    return _people(sentence, start, end)[:most]


def persons_before(sentence: Sentence, end: int, most: int = 20) -> list[Run]:
    """The single persons of a list that ends before a word: "X, Y, and the driver | were killed"."""
    lows = sentence.lows
    start = end
    while start > 0 and lows[start - 1] not in _CLAUSE and not is_fate(lows[start - 1]) and end - start < 80:
        start -= 1
    return _people(sentence, start, end)[:most]


def _people(sentence: Sentence, start: int, end: int) -> list[Run]:
    lows = sentence.lows
    found: list[Run] = []
    bare: list[bool] = []
    aside = kin = False
    first, lead = start, "and"
    for i in range(start, end + 1):
        if i < end and lows[i] not in (",", ";", "and"):
            continue
        if first < i:
            named = any(w in given_names() for w in lows[first:i])
            role = lexicon().at(lows, first)
            tie = role is not None and lows[role.end : role.end + 1] == ["of"]  # "Ana Diaz, wife of General Diaz"
            owned = lows[first] in _OWNED
            apposition = bool(found) and (
                (lead == "," and (tie or kin or not named)) or (lead == "and" and aside and not named and not owned)
            )
            aside, kin = apposition, owned and not named  # "his sister, Ana Diaz": the name is hers
            if not apposition and lows[first] not in _APPOSITIVE - {"the", "a", "an"} and is_person(sentence, first, i):
                found.append((first, i))
                bare.append(
                    not named
                    and not owned
                    and lows[first] not in ("the", "a", "an")
                    and (lows[first] not in wordset("title") or i - first == 1)
                )
        lead = "and" if i < end and lows[i] == "and" else lows[i] if i < end and (first < i or lead != ";") else lead
        first = i + 1
    if shouting(sentence) and len(found) > 1 and not all(bare):
        return [run for run, b in zip(found, bare, strict=True) if not b]  # "senator and candidate Ana Diaz" is one
    return found


def one_subject(sentence: Sentence, end: int) -> Run | None:
    """The subject before word `end`, where a verb in the singular ("was killed") tells that it is one."""
    lows = sentence.lows
    start = end
    while (
        start > 0 and lows[start - 1] not in _CLAUSE and lows[start - 1] not in (";", "and", "but") and end - start < 25
    ):
        start -= 1
    if start == end and lows[start - 1 : start] != ["and"]:
        return None
    near = lows[start:end]
    if not near or any(
        w in wordset("collective") or w in ("no", "nobody", "none", "neither", "nothing", "number", "toll", "there")
        for w in near
    ):
        return None
    if near[-1] in ("it", "this", "attack", ",") and len(near) < 2:
        return None
    return max(start, end - 6), end
