"""Bad cells put into clean rows, and the list of the violations that they make."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
import polars as pl

from benchmarks.validation.draw import Mask
from benchmarks.validation.kind import Kind
from benchmarks.validation.kinds import kinds
from gtdlike.codebook import Codebook
from gtdlike.codebook.checks import checks_of

_SEED = 1


def spoiled(clean: pl.DataFrame, first: int, bad: int, codebook: Codebook) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with `bad` bad cells in them, and the violations: row (from 1, in the whole table), variable, rule."""
    made = list(kinds(codebook))
    chosen = _places(clean, made, first, bad, codebook)
    written: dict[str, list[tuple[Mask, pl.Expr]]] = {}
    violations: list[pl.DataFrame] = []
    for kind, mask in zip(made, chosen, strict=True):
        for name, value in kind.cells.items():
            written.setdefault(name, []).append((mask, value))
        places = np.flatnonzero(mask)
        rows = first + (places ^ 1 if kind.of_partner else places) + 1
        for variable, rule in kind.finds:
            violations.append(pl.DataFrame({"row": rows}).with_columns(variable=pl.lit(variable), rule=pl.lit(rule)))
    frame = clean.with_columns(_written(name, values).alias(name) for name, values in written.items())
    return frame, pl.concat(violations).sort("row", "variable", "rule")


def _written(name: str, values: Sequence[tuple[Mask, pl.Expr]]) -> pl.Expr:
    cell = pl.col(name)
    for mask, value in values:
        cell = pl.when(pl.lit(pl.Series(mask))).then(value).otherwise(cell)
    return cell


def _places(clean: pl.DataFrame, made: Sequence[Kind], first: int, bad: int, codebook: Codebook) -> list[Mask]:
    """For each kind the rows that it is put into. Kinds for few rows come first; those for many share the rest."""
    rng = np.random.default_rng((_SEED, first))
    fits = clean.select(kind.where.fill_null(False).alias(str(i)) for i, kind in enumerate(made))
    second = np.arange(first, first + clean.height) % 2 == 1
    masks = [fits[str(i)].to_numpy() & (second if kind.second else True) for i, kind in enumerate(made)]
    meets = _meetings(made, codebook)
    chosen = [np.zeros(clean.height, dtype=np.bool_) for _ in made]
    left = bad
    order = sorted(range(len(made)), key=lambda i: int(masks[i].sum()))
    for turn, i in enumerate(order):
        free = np.flatnonzero(masks[i] & ~reduce(np.logical_or, (chosen[j] for j in meets[i])))
        size = len(made[i].cells)
        fair = left // (len(order) - turn) // size
        # Of the rows that a kind fits, half are left to others, but where all that is left must find room.
        taken = rng.choice(free, min(fair, len(free) if turn > len(order) * 3 // 4 else len(free) // 2), replace=False)
        chosen[i][taken] = True
        left -= len(taken) * size
    for i in order:
        # What rounding has left over.
        if left and len(made[i].cells) == 1:
            free = np.flatnonzero(masks[i] & ~reduce(np.logical_or, (chosen[j] for j in meets[i])))[:left]
            chosen[i][free] = True
            left -= len(free)
    assert not left, f"{left} bad cells found no room."
    return chosen


def _meetings(made: Sequence[Kind], codebook: Codebook) -> list[list[int]]:
    """For each kind those, itself included, of which one check reads cells that it writes as well."""
    reading = [
        {i for i, check in enumerate(checks_of(codebook)) if not kind.cells.keys().isdisjoint(check.reads)}
        for kind in made
    ]
    return [
        [
            j
            for j, theirs in enumerate(reading)
            if i == j or not ours.isdisjoint(theirs) or not made[i].cells.keys().isdisjoint(made[j].cells)
        ]
        for i, ours in enumerate(reading)
    ]
