"""What a text must hold or begin with to fail a pattern: a quick look spares the pattern most texts."""

from __future__ import annotations

import re._constants as sre  # type: ignore[import-not-found]
from collections.abc import Iterable
from functools import lru_cache
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

_MOST: Final = 60
"""So many characters at most are looked for; with more of them the look is no quicker than the pattern."""


@lru_cache
def screen(pattern: str) -> tuple[str, ...] | None:
    """Texts, one of which is in every text that the pattern is found in; None if there are none that are rare.

    They are read off the parsed pattern: a character that must come, or for a choice one of each branch.
    """
    found = _of_sequence(parser.parse(pattern))
    if not found or len(found) > _MOST or any(text.isalnum() or text == " " for text in found):
        return None
    return tuple(sorted(found))


@lru_cache
def beginnings(pattern: str) -> tuple[str, ...] | None:
    """The characters, one of which begins every text that the pattern is not found in; None if that is not known.

    It is known of a pattern such as [^ \\t], which is found in every text that is more than blanks.
    """
    match list(parser.parse(pattern)):
        case [(sre.IN, [(sre.NEGATE, _), *rest])]:
            found = _of_class(rest)
        case [(sre.NOT_LITERAL, code)]:
            found = {chr(code)}
        case _:
            return None
    return tuple(sorted(found)) if found else None


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> set[str] | None:
    """The smallest of the sets that the parts of a sequence give: every part must come."""
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
    return min(choices, key=len) if choices else None


def _of_part(op: Any, value: Any) -> set[str] | None:
    if op is sre.BRANCH:
        branches = [_of_sequence(branch) for branch in value[1]]
        return set().union(*(b for b in branches if b)) if all(branches) else None
    if op is sre.SUBPATTERN:
        return _of_sequence(value[-1])
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] > 0:
        return _of_sequence(value[2])
    if op is sre.IN:
        return _of_class(value)
    return None


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
