"""How the codebook's groups are written: names, aliases and acronyms, less the spellings that mean other things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from attrs import frozen

from gtdlike.codebook import Group, load_codebook
from gtdlike.coding.gazetteer import Gazetteer
from gtdlike.coding.rules.lexicon import Hit, Phrases, phrase_words
from gtdlike.coding.rules.memo import remembered
from gtdlike.coding.rules.prose import Prose, Sentence

_ACRONYM = re.compile(r"\(([A-Z][A-Z0-9-]{1,9})\)")
_PARENTHESES = re.compile(r"\s*\([^)]*\)")


@frozen(slots=True)
class Spelling:
    """A way to write a group. `acronym`: told apart from a word by its case; `ambiguous`: not even that in capitals.

    `derived`: an acronym that only the standard name holds; elsewhere in the world it may be another body's.
    """

    group: Group
    acronym: bool
    ambiguous: bool
    derived: bool


def _derived(group: Group) -> Iterator[str]:
    """What needs no alias: a name without its parentheses, an acronym in them, and one member of an identity."""
    for name in (group.name, *group.aliases):
        bare = _PARENTHESES.sub("", name).strip()
        yield bare
        if group.kind == "generic" and bare.endswith("s") and not bare.endswith("ss") and " " in bare:
            yield bare[:-1]
    yield from _ACRONYM.findall(group.name)


@cache
def _spellings() -> Phrases[Spelling]:
    book = load_codebook()
    always = {u.spelling.casefold() for u in book.unsearched if u.when == "always"}
    in_capitals = {u.spelling.casefold() for u in book.unsearched if u.when == "capitals"}
    entries: list[tuple[Sequence[str], Spelling]] = []
    # What is listed beats what is derived, so it goes in first.
    for listed in (True, False):
        for group in book.groups:
            names = (group.name, *group.aliases) if listed else _derived(group)
            for name in dict.fromkeys(names):
                if name.casefold() in always or (len(name) < 2):
                    continue
                words = phrase_words(name)
                if len(words) > 2 and words[0] == "the":
                    words = words[1:]
                acronym = name.isupper()
                entries.append(
                    (words, Spelling(group, acronym, acronym and name.casefold() in in_capitals, not listed))
                )
    return Phrases(entries)


def spelling_starts(lows: list[str]) -> Iterable[int]:
    """The words at which the name of a group may begin."""
    return _spellings().hits(lows)


def spelling_at(prose: Prose, sentence: Sentence, i: int) -> Hit[Spelling] | None:
    """The group that is named from word `i` on, if the words are written as a name is."""
    if not sentence.lows[i][:1].isalnum():
        return None
    hit = _spellings().at(sentence.lows, i)
    return hit if hit is not None and _genuine(prose, sentence, hit) else None


def _genuine(prose: Prose, s: Sentence, hit: Hit[Spelling]) -> bool:
    first, spelling = s.words[hit.start], hit.value
    single = hit.end == hit.start + 1
    if spelling.acronym and spelling.derived and not _at_home(prose, spelling.group):
        return False
    if spelling.acronym:
        if prose.capitals:
            return not (single and (spelling.ambiguous or len(first.low) < 3))
        words = s.words[hit.start : hit.end]
        # "Eta" and "Farc" are acronyms as some papers write them; a short one in lower case is a word.
        spoken = single and len(first.text) > 2 and first.text[0].isupper() and first.text[1:].islower()
        capitals = all(w.text.isupper() or not w.text.isalpha() for w in words)
        return capitals or (spoken and not spelling.ambiguous and not (hit.start == 0 and len(first.text) < 4))
    if single and _of_a_town(s, hit.start):
        return False  # "Lashkar Gah"
    if spelling.group.kind == "generic" or prose.capitals:
        return True
    if (
        hit.start
        and s.lows[hit.start - 1] in ("a", "an")
        and not s.words[hit.end - 1].capital
        and hit.end - hit.start == 2
    ):
        return False  # "they fight for an Islamic state": a kind of thing, not the body of that name
    return any(w.capital or w.text[:1].isdigit() for w in s.words[hit.start : hit.end])


def _of_a_town(s: Sentence, i: int) -> bool:
    """Do this word and the next make the name of a town?"""
    if i + 1 >= len(s.words) or not s.words[i + 1].capital:
        return False
    found = Gazetteer.load().longest(s.texts, i)
    return found is not None and found[0] > 1


@cache
def _country_words() -> Phrases[int]:
    return Phrases(
        (phrase_words(word), country.code)
        for country in load_codebook().countries
        for word in (country.name, *country.aliases, *country.demonyms, country.capital or "")
        if word
    )


@remembered
def _countries_told(prose: Prose) -> frozenset[int]:
    return frozenset(hit.value for s in prose.sentences for hit in _country_words().find(s.lows))


def _at_home(prose: Prose, group: Group) -> bool:
    """Does the article tell of the group's country, or spell its name out?"""
    if group.nationality in _countries_told(prose):
        return True
    return _spelt_out(prose, group.name)


@remembered
def _spelt_out(prose: Prose, name: str) -> bool:
    """Does the article hold all words of a group's name, less its parentheses?"""
    words = phrase_words(_PARENTHESES.sub("", name))
    return any(
        words == s.lows[i : i + len(words)]
        for s in prose.sentences
        if words[0] in s.lows.different
        for i, word in enumerate(s.lows)
        if word == words[0]
    )
