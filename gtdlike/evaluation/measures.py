"""Measures of agreement between coders: Cohen's kappa and Krippendorff's alpha."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Literal

Metric = Literal["nominal", "interval"]


def cohen_kappa(table: Mapping[tuple[Hashable, Hashable], int]) -> float | None:
    """Cohen's kappa of two coders: agreement beyond what their habits alone would bring, 1 at the most.

    `table` counts how often the first coder gave one answer and the second another. None where it cannot be told: there
    is nothing to compare, or both have given one and the same answer throughout.
    """
    total = sum(table.values())
    if not total:
        return None
    firsts: Counter[Hashable] = Counter()
    seconds: Counter[Hashable] = Counter()
    for (first, second), count in table.items():
        firsts[first] += count
        seconds[second] += count
    agreed = sum(count for (first, second), count in table.items() if first == second)
    # In whole numbers, so that no rounding makes a chance of one into something less.
    by_chance = sum(count * seconds[answer] for answer, count in firsts.items())
    if by_chance == total * total:
        return None
    return (agreed * total - by_chance) / (total * total - by_chance)


def krippendorff_alpha(units: Iterable[Sequence[Any]], metric: Metric = "nominal") -> float | None:
    """Krippendorff's alpha of any number of coders: 1 is full agreement, 0 what chance would bring.

    Each unit holds the answers that it was given, by two coders or more; one with fewer tells nothing. `nominal` takes
    answers as alike or not, `interval` by their distance. None where all the answers are one and the same.
    """
    distance: Callable[[Any, Any], float] = _squared if metric == "interval" else _unlike
    answers: Counter[Any] = Counter()
    observed = 0.0
    for unit in units:
        if len(unit) < 2:
            continue
        answers.update(unit)
        here = sum(distance(a, b) for place, a in enumerate(unit) for b in unit[:place])
        observed += 2 * here / (len(unit) - 1)
    total = answers.total()
    if metric == "interval":
        # The sum over all pairs, from the two moments.
        first = sum(answer * count for answer, count in answers.items())
        second = sum(answer * answer * count for answer, count in answers.items())
        expected = 2 * (total * second - first * first)
    else:
        expected = total * total - sum(count * count for count in answers.values())
    if expected <= 0:
        return None
    return 1 - float((total - 1) * observed / expected)


def _squared(a: float, b: float) -> float:
    return (a - b) ** 2


def _unlike(a: Any, b: Any) -> float:
    return float(a != b)
