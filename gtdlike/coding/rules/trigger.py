"""A trigger: a word that tells of violence, and how the sentence tells it."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define

from gtdlike.coding.rules.lexicon import word_set
from gtdlike.coding.rules.people import Entity


@define(slots=True, eq=False)
class Trigger:
    """A word that tells of violence: words `first` to `last` (exclusive), its kind, and how it is told."""

    first: int
    last: int
    kind: str
    noun: bool
    weak: bool
    row: Mapping[str, str]
    plural: bool = False
    definite: bool = False
    indefinite: bool = False
    barred: str | None = None
    """Why this is no event: plan, negation, state, accident, drill, period, fiction, clash, generic."""
    attempt: bool = False
    legal: bool = False
    generic: bool = False
    agent: Entity | None = None


def start_of_clause(lows: list[str], i: int, reach: int) -> int:
    """Where the clause begins that holds word `i`, at most `reach` words back."""
    j = i
    while j > 0 and i - j < reach and lows[j - 1] not in word_set("clause"):
        j -= 1
    return j
