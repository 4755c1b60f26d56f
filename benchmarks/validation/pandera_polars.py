"""pandera on a Polars frame: types, and every check of the codebook as a check of a column."""

from __future__ import annotations

from typing import Any

import pandera.polars as pa
import polars as pl

from benchmarks.validation.data import Files
from benchmarks.validation.rival import Found, Rival, ready
from gtdlike.codebook import Codebook
from gtdlike.codebook.checks import Check, checks_of
from gtdlike.codebook.expression import parse
from gtdlike.codebook.expression.polars import to_polars
from gtdlike.codebook.model import DatasetRule
from gtdlike.validation.columns import polars_type


def make(files: Files, rows: int, codebook: Codebook) -> Rival:
    """From Parquet; `lazy=True` collects all failures."""
    schema = _schema(codebook)

    def check() -> Found:
        frame = wide(pl.read_parquet(files.parquet))
        try:
            schema.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            return Found(frame.height, len(errors.failure_cases))
        return Found(frame.height, 0)

    said = {check.rule for check in checks_of(codebook)}
    said |= {rule.id for rule in codebook.dataset_rules.values() if rule.kind == "unique"}
    return ready(check, "row, cell, value, rule", said, codebook, "no relations between rows")


def wide(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with whole numbers of 64 bits: in smaller ones the sums of the rules run over."""
    return frame.with_columns(pl.col(pl.Int16, pl.Int32).cast(pl.Int64))


def _schema(codebook: Codebook) -> pa.DataFrameSchema:
    checks: dict[str, list[pa.Check]] = {name: [] for name in codebook.columns}
    for check in checks_of(codebook):
        checks[check.variable].append(_check(check))
    for rule in codebook.dataset_rules.values():
        if rule.kind == "unique":
            checks[rule.columns[0]].append(_unique(rule))
    columns = {name: pa.Column(polars_type(v.kind), checks=checks[name], nullable=True)
               for name, v in codebook.variables.items()}  # fmt: skip
    return pa.DataFrameSchema(columns, strict=True)


def _check(check: Check) -> pa.Check:
    return _of(to_polars(check.expression), check.rule)


def _unique(rule: DatasetRule) -> pa.Check:
    return _of(unique_expression(rule), rule.id)


def unique_expression(rule: DatasetRule) -> pl.Expr:
    """False for the rows that are like an earlier one."""
    asked = pl.all_horizontal(pl.col(name).is_not_null() for name in rule.columns)
    if rule.where is not None:
        asked &= to_polars(parse(rule.where)).fill_null(False)
    # Whether a row is asked is a part of it, so that those that are not are no earlier ones.
    return pl.struct(asked.alias("asked"), *rule.columns, *rule.alike).is_first_distinct() | ~asked


def _of(expression: pl.Expr, rule: str) -> pa.Check:
    def holds(data: Any) -> pl.LazyFrame:
        frame: pl.LazyFrame = data.lazyframe.select(expression.alias("holds"))
        return frame

    return pa.Check(holds, name=rule)
