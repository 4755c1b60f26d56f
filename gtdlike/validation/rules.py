"""Which rules a validation runs: all of a codebook, or those that are named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from attrs import frozen

from gtdlike.codebook.checks import GENERAL
from gtdlike.codebook.model import Codebook
from gtdlike.errors import ValidationError, remedy_for


def rule_ids(codebook: Codebook | None = None) -> tuple[str, ...]:
    """The ids of all rules of a codebook, by default the built-in one: those that every codebook has, and its own."""
    if codebook is None:
        from gtdlike.codebook.load import load_codebook

        codebook = load_codebook()
    return (*GENERAL, *codebook.rules, *codebook.dataset_rules)


@frozen
class Selection:
    """The rules to run."""

    chosen: frozenset[str]

    def __contains__(self, rule: str) -> bool:
        return rule in self.chosen


def select(codebook: Codebook, only: Iterable[str] | None, ignore: Iterable[str] | None) -> Selection:
    """The rules of `only` (all, if it is None) without those of `ignore`. A name may be a pattern such as `target-*`.

    Raises ValidationError for a name that is no rule and a pattern that fits none.
    """
    ids = rule_ids(codebook)
    kept = set(ids) if only is None else _matching(only, ids)
    return Selection(frozenset(kept - _matching(ignore or (), ids)))


def _matching(patterns: Iterable[str], ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for pattern in [patterns] if isinstance(patterns, str) else patterns:
        fitting = {rule for rule in ids if fnmatchcase(rule, pattern)}
        if not fitting:
            remedy = remedy_for(pattern, ids, "`gtdlike codebook show` lists the rules.")
            raise ValidationError(f"There is no rule {pattern!r}.", remedy=remedy)
        found |= fitting
    return found
