"""How a text looks that may fail a pattern: a quick look spares the pattern most texts."""

from __future__ import annotations

import re._constants as sre  # type: ignore[import-not-found]
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

from attrs import frozen

from gtdlike.codebook.expression import nodes

_MOST: Final = 60
"""So many texts at most are looked for; with more of them the look is no quicker than the pattern."""
_NONE: Final[frozenset[str]] = frozenset()


@frozen
class Screen:
    """A text that may fail begins with one of some characters, ends with one of some, or holds one of some texts."""

    begins: frozenset[str] = _NONE
    ends: frozenset[str] = _NONE
    holds: frozenset[str] = _NONE

    def __or__(self, other: Screen) -> Screen:
        return Screen(self.begins | other.begins, self.ends | other.ends, self.holds | other.holds)


def of_failing(expression: nodes.Expression) -> tuple[str, Screen] | None:
    """The column whose texts a check is about, and how those look that may fail it; None where that is not known."""
    match expression:
        case nodes.Not(nodes.Matches(nodes.Column(name), pattern)):
            screen = found_in(pattern)
        case nodes.Matches(nodes.Column(name), pattern):
            screen = not_found_in(pattern)
        case _:
            return None
    return None if screen is None else (name, screen)


@lru_cache
def found_in(pattern: str) -> Screen | None:
    """How every text looks that the pattern is found in; None where most texts look so.

    It is read off the parsed pattern: a text that must come, at the beginning or the end or anywhere, for each choice.
    """
    parsed = parser.parse(pattern)
    if parsed.state.flags & ~sre.SRE_FLAG_UNICODE:
        return None
    match list(parsed):
        case [(sre.BRANCH, (_, branches))]:
            choices = [_of_choice(list(branch)) for branch in branches]
        case items:
            choices = [_of_choice(items)]
    whole = Screen()
    for choice in choices:
        if choice is None:
            return None
        whole |= choice
    return whole if len(whole.holds) <= _MOST else None


@lru_cache
def not_found_in(pattern: str) -> Screen | None:
    """How every text looks that the pattern is not found in and that is not empty; None where that is not known.

    It is known of a pattern such as [^ \\t], which is found in every text that is more than blanks.
    """
    parsed = parser.parse(pattern)
    if parsed.state.flags & ~sre.SRE_FLAG_UNICODE:
        return None
    match list(parsed):
        case [(sre.IN, [(sre.NEGATE, _), *rest])]:
            found = _of_class(rest)
        case [(sre.NOT_LITERAL, code)]:
            found = {chr(code)}
        case _:
            return None
    return Screen(begins=frozenset(found)) if found else None


def _of_choice(items: Sequence[tuple[Any, Any]]) -> Screen | None:
    """How a text looks that a sequence is found in: the rarest look that is known, None where all are common."""
    holds = _of_sequence(items)
    if holds and not any(_common(text) for text in holds):
        return Screen(holds=frozenset(holds))
    match items:
        case [(sre.AT, sre.AT_BEGINNING), first, *_] if found := _of_character(*first):
            return Screen(begins=frozenset(found))
        case [*_, last, (sre.AT, sre.AT_END)] if found := _of_character(*last):
            return Screen(ends=frozenset(found))
    return None


def _common(text: str) -> bool:
    return text == " " or (text.isascii() and text.isalnum())


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> set[str] | None:
    """The rarest of the sets that the parts of a sequence give, of these the smallest: every part must come."""
    choices, literal = [], ""
    for op, value in items:
        if op is sre.LITERAL:
            literal += chr(value)
            continue
        if literal:
            choices.append({literal})
            literal = ""
        if (one := _of_part(op, value)) is not None:
            choices.append(one)
    if literal:
        choices.append({literal})
    return min(choices, key=lambda texts: (any(map(_common, texts)), len(texts)), default=None)


def _of_part(op: Any, value: Any) -> set[str] | None:
    if op is sre.BRANCH:
        branches = [_of_sequence(branch) for branch in value[1]]
        return set().union(*(b for b in branches if b)) if all(branches) else None
    if op is sre.SUBPATTERN:
        _, added, _, items = value
        return None if added & sre.SRE_FLAG_IGNORECASE else _of_sequence(items)
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] > 0:
        found = _of_character(op, value)
        if found and value[0] > 1 and len(found) ** 2 <= _MOST:
            return {a + b for a, b in product(found, repeat=2)}
        return found or _of_sequence(value[2])
    return _of_character(op, value)


def _of_character(op: Any, value: Any) -> set[str] | None:
    """The characters of a part that is one character, once or several times; None if it is something else."""
    if op is sre.LITERAL:
        return {chr(value)}
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] > 0 and len(value[2]) == 1:
        return _of_character(*value[2][0])
    return _of_class(value) if op is sre.IN else None


def _of_class(items: Iterable[tuple[Any, Any]]) -> set[str] | None:
    """The characters of a class such as [a-f&]; None if it is told by what it leaves out."""
    found: set[str] = set()
    for op, value in items:
        if op is sre.LITERAL:
            found.add(chr(value))
        elif op is sre.RANGE and value[1] - value[0] < _MOST:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return found
