"""The figures of one field: precision, recall and F1 of its answers, and how far the coders agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import Factory, frozen

from gtdlike.evaluation.bootstrap import Interval


def share(part: int, whole: int) -> float | None:
    """A part of the whole; None of nothing."""
    return part / whole if whole else None


def precision(gold: int, coded: int, found: int, right: int, *_: int) -> float | None:
    """The share of the coded answers that are right."""
    return share(right, coded)


def recall(gold: int, coded: int, found: int, right: int, *_: int) -> float | None:
    """The share of the gold answers that were found."""
    return share(found, gold)


def f1(gold: int, coded: int, found: int, right: int, *_: int) -> float | None:
    """The harmonic mean of both, which is 0 where nothing is right; None where nothing was asked or said."""
    p, r = share(right, coded), share(found, gold)
    if p is None and r is None:
        return None
    return 2 * p * r / (p + r) if p and r else 0.0


def agreement(gold: int, coded: int, found: int, right: int, pairs: int, same: int) -> float | None:
    """The share of the incidents of both sides in which they say the same."""
    return share(same, pairs)


FIGURES: Mapping[str, Callable[..., float | None]] = {
    "precision": precision,
    "recall": recall,
    "f1": f1,
    "agreement": agreement,
}


@frozen
class FieldFigures:
    """What became of one field.

    `gold` and `coded` are the answers of each side, `found` those of gold that were coded, `right` those coded that
    gold has. `pairs` are the incidents that both sides have and in which either answers, `same` those of them in which
    they say the same. `kappa` (Cohen) and `alpha` (Krippendorff) are of the pairs in which both answer. `intervals`
    holds the 95 % intervals of the figures by name, and `confusion` how often which answer met which, blanks as "".
    """

    field: str
    label: str
    gold: int
    coded: int
    found: int
    right: int
    pairs: int
    same: int
    kappa: float | None = None
    alpha: float | None = None
    intervals: Mapping[str, Interval] = Factory(dict)
    confusion: Mapping[tuple[str, str], int] = Factory(dict)

    @property
    def counts(self) -> tuple[int, int, int, int, int, int]:
        """The counts that the figures are made of."""
        return (self.gold, self.coded, self.found, self.right, self.pairs, self.same)

    @property
    def precision(self) -> float | None:
        """The share of the coded answers that are right."""
        return precision(*self.counts)

    @property
    def recall(self) -> float | None:
        """The share of the gold answers that were found."""
        return recall(*self.counts)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return f1(*self.counts)

    @property
    def agreement(self) -> float | None:
        """The share of the incidents of both sides in which they say the same."""
        return agreement(*self.counts)

    def to_dict(self) -> dict[str, Any]:
        """All of it, with names and numbers that JSON has."""
        measures = {name: figure(*self.counts) for name, figure in FIGURES.items()}
        return {
            "field": self.field,
            "label": self.label,
            "gold": self.gold,
            "coded": self.coded,
            "found": self.found,
            "right": self.right,
            **measures,
            "pairs": self.pairs,
            "same": self.same,
            "kappa": self.kappa,
            "alpha": self.alpha,
            "intervals": {name: list(ends) for name, ends in self.intervals.items()},
            "confusion": [{"gold": g, "coded": c, "count": n} for (g, c), n in self.confusion.items()],
        }
