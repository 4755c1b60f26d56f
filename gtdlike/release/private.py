"""The names of private persons in the articles of an incident, and their way out of a text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from attrs import field, frozen

from gtdlike.coding.persons import NamedPerson, is_everyday, name_words
from gtdlike.coding.rules.prose import fold

Name = tuple[str, ...]
_SHORT = 3
"""Words of fewer letters are never taken for a name by themselves."""
_PARTICLES = frozenset("bin ibn bint abu del las los van von der the and".split())


@frozen
class Rules:
    """What `redaction.toml` says."""

    mark: str
    public: frozenset[int] = field(converter=frozenset)
    named: frozenset[int] = field(converter=frozenset)
    columns: tuple[str, ...] = field(converter=tuple)
    kept: tuple[str, ...] = field(converter=tuple)


@cache
def rules() -> Rules:
    """The rules of redaction."""
    text = (files("gtdlike.release") / "redaction.toml").read_text(encoding="utf-8")
    return Rules(**tomllib.loads(text))


@frozen
class Names:
    """Names that are to be left out: whole ones, and single words of them that stand for the person too."""

    whole: frozenset[Name] = frozenset()
    single: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.whole or self.single)

    def out_of(self, text: str) -> str:
        """The text with the mark in the place of each of the names."""
        pattern, mark = _pattern(self), rules().mark
        # Folding keeps the length, so that what is found there can be cut out here.
        low = fold(text)
        parts, done = [], 0
        for match in pattern.finditer(low):
            if match["whole"] or text[match.start()].isupper():
                parts += [text[done : match.start()], mark]
                done = match.end()
        if not parts:
            return text
        return _several().sub(mark, "".join([*parts, text[done:]]))


@cache
def _several() -> re.Pattern[str]:
    mark = re.escape(rules().mark)
    return re.compile(rf"{mark}(?:[\s.\-]*{mark})+")


@lru_cache(64)
def _pattern(names: Names) -> re.Pattern[str]:
    """What finds the names in a folded text: the longest first, their words with anything between that is no word."""
    whole = sorted(names.whole, key=lambda name: (-len(name), name))
    wholes = "|".join(r"[\W_]+".join(map(re.escape, name)) for name in whole) or r"(?!)"
    singles = "|".join(map(re.escape, sorted(names.single, key=lambda word: (-len(word), word)))) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:(?P<whole>{wholes})|{singles})(?!\w)")


def private_names(
    persons: Iterable[NamedPerson], rows: Iterable[Mapping[str, Any]], kept: Iterable[str | None] = ()
) -> Names:
    """The names of those who are private: nothing public is told of them, or something private as well.

    `persons` are those of all articles of an incident, `rows` what the articles tell of it, and `kept` the names of its
    places and groups. A surname that a public person has too is taken out only with the rest of a private name.
    """
    told: dict[Name, set[bool | None]] = {}
    for one in persons:
        told.setdefault(one.name, set()).add(_is_public(one) if one.told else None)
    for row in rows:
        for number in (1, 2, 3):
            name = name_words(str(row.get(f"target{number}") or ""))
            if row.get(f"targsubtype{number}") in rules().named and len(name) > 1:
                told.setdefault(name, set()).add(False)
    private = {name for name in told if not _stays(name, told)}
    public_words = {word for name in told.keys() - private for word in name}
    known = {word for text in kept if text for word in re.findall(r"\w+", fold(text))}
    whole = frozenset(name for name in private if len(name) > 1 and not known.issuperset(name))
    words = {word for name in private for word in name if len(word) >= _SHORT and word not in _PARTICLES}
    single = {word for word in words if not is_everyday(word)}
    return Names(whole, frozenset(single - public_words - known))


def _is_public(person: NamedPerson) -> bool:
    return not person.suspect and person.targsubtype in rules().public


def _stays(name: Name, told: Mapping[Name, set[bool | None]]) -> bool:
    """Is all that is told of the person public? "Ruiz" and "Ana Ruiz" are one person."""
    words = set(name)
    answers = {answer for other, found in told.items() if words.issubset(other) or words.issuperset(other)
               for answer in found}  # fmt: skip
    return True in answers and False not in answers
