"""What ours and each rival are asked to do, in one small interface."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from attrs import frozen

from benchmarks.validation.data import Files
from gtdlike.codebook import Codebook
from gtdlike.codebook.checks import DERIVED


@frozen
class Found:
    """What a validation found: the rows that it looked at, how many violations, and their details as it tells them."""

    rows: int
    violations: int


@frozen
class Rival:
    """A validator that is ready: its schema is built, its libraries are imported."""

    check: Callable[[], Found]
    """From the file to all violations."""
    tells: str
    """What is told of a violation."""
    said: int
    """How many rules of the codebook its schema has."""
    lacks: str = ""
    """The rules that it cannot say."""


Make = Callable[[Files, int, Codebook], Rival]
"""Each module of a rival has a `make` of this kind: the files, the number of rows to look at, the codebook."""


def every_rule(codebook: Codebook) -> tuple[str, ...]:
    """The rules that a validation of a table can be asked for: those of variables, of rows and of all rows together."""
    return (*DERIVED, *codebook.rules, *codebook.dataset_rules)


def ready(check: Callable[[], Found], tells: str, said: Collection[str], codebook: Codebook, why: str = "") -> Rival:
    """A rival that can say these rules; the others are named, with why."""
    rules = every_rule(codebook)
    lacks = [rule for rule in rules if rule not in said]
    named = ", ".join(lacks[:4]) + (f" and {len(lacks) - 4} more" if len(lacks) > 4 else "")
    return Rival(check, tells, len(rules) - len(lacks), f"{named}{f': {why}' if why else ''}" if lacks else "")


def counted(errors_of: Callable[[Any], Iterable[Any]], rows: Iterable[Any]) -> Found:
    """All the errors of all rows, each of them taken out of the validator."""
    number = violations = 0
    for row in rows:
        number += 1
        violations += sum(1 for _ in errors_of(row))
    return Found(number, violations)
