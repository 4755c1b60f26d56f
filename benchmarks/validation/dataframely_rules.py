"""dataframely on a Polars frame: types and code lists as columns, the other checks as rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import dataframely as dy
import polars as pl

from benchmarks.validation.data import Files
from benchmarks.validation.pandera_polars import unique_expression, wide
from benchmarks.validation.rival import Found, Rival, ready
from gtdlike.codebook import Codebook
from gtdlike.codebook.checks import checks_of
from gtdlike.codebook.expression.polars import to_polars
from gtdlike.codebook.model import Kind

_COLUMNS: Final[Mapping[Kind, Any]] = {
    "integer": dy.Int64,
    "code": dy.Int64,
    "boolean": dy.Int64,
    "number": dy.Float64,
    "date": dy.Date,
    "text": dy.String,
    "label": dy.String,
}


def make(files: Files, rows: int, codebook: Codebook) -> Rival:
    """From Parquet; `filter` gives the rows that fail, with a column for each rule."""
    schema = _schema(codebook)

    def check() -> Found:
        frame = wide(pl.read_parquet(files.parquet))
        _, failure = schema.filter(frame)
        return Found(frame.height, sum(failure.counts().values()))

    said = {check.rule for check in checks_of(codebook)}
    said |= {rule.id for rule in codebook.dataset_rules.values() if rule.kind == "unique"}
    return ready(check, "row, rule", said, codebook, "no relations between rows")


def _schema(codebook: Codebook) -> Any:
    held: dict[str, Any] = {name: _COLUMNS[v.kind](nullable=True) for name, v in codebook.variables.items()}
    for number, check in enumerate(checks_of(codebook)):
        held[f"{check.rule} at {check.variable}, {number}"] = dy.rule()(_rule(to_polars(check.expression)))
    for rule in codebook.dataset_rules.values():
        if rule.kind == "unique":
            held[rule.id] = dy.rule()(_rule(unique_expression(rule)))
    return type("Rows", (dy.Schema,), held)


def _rule(expression: pl.Expr) -> Callable[[Any], pl.Expr]:
    return lambda cls: expression.fill_null(True)
