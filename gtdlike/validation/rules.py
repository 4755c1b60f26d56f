"""Which rules a validation runs: all of a codebook, or those that are named."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from gtdlike.codebook.checks import GENERAL
from gtdlike.codebook.model import Codebook
from gtdlike.errors import ValidationError, remedy_for
from gtdlike.patterns import matching


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

    def unknown(name: str) -> ValidationError:
        remedy = remedy_for(name, ids, "`gtdlike codebook show` lists the rules.")
        return ValidationError(f"There is no rule {name!r}.", remedy=remedy)

    kept = set(ids) if only is None else matching(only, ids, unknown)
    return Selection(frozenset(kept - matching(ignore or (), ids, unknown)))
