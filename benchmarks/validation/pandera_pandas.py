"""pandera on a pandas frame: every check of the codebook, of one column where it reads one, otherwise of the frame.

A check of a column sees no other column here. What fails a check of the frame is kept with all the columns of its row,
which takes so much memory that only a sample is measured.
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import pandera.pandas as pa

from benchmarks.validation.data import Files
from benchmarks.validation.rival import Found, Rival, ready
from benchmarks.validation.to_pandas import Evaluate, to_pandas
from gtdlike.codebook import Codebook
from gtdlike.codebook.checks import checks_of
from gtdlike.codebook.expression import parse
from gtdlike.codebook.model import DatasetRule, Kind

_TYPES: Final[dict[Kind, str]] = {"integer": "Int64", "code": "Int64", "boolean": "Int64", "number": "Float64"}


def make(files: Files, rows: int, codebook: Codebook) -> Rival:
    """From Parquet, with the pandas types that tell a blank; `lazy=True` collects all failures."""
    schema = _schema(codebook)
    types = {name: _TYPES.get(v.kind, "string") for name, v in codebook.variables.items() if v.kind != "date"}

    def check() -> Found:
        frame = pd.read_parquet(files.parquet, dtype_backend="numpy_nullable").head(rows).astype(types)
        frame["resolution"] = pd.to_datetime(frame["resolution"])
        try:
            schema.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            # A check of the frame is told once for each of the columns.
            return Found(len(frame), len(errors.failure_cases.drop_duplicates(["check", "index"])))
        return Found(len(frame), 0)

    said = {check.rule for check in checks_of(codebook)}
    said |= {rule.id for rule in codebook.dataset_rules.values() if rule.kind == "unique"}
    return ready(check, "row, cell, value, rule", said, codebook, "no relations between rows")


def _schema(codebook: Codebook) -> pa.DataFrameSchema:
    of_columns: dict[str, list[pa.Check]] = {name: [] for name in codebook.columns}
    of_frame = [_unique(rule) for rule in codebook.dataset_rules.values() if rule.kind == "unique"]
    for number, check in enumerate(checks_of(codebook)):
        name, holds = f"{check.rule} at {check.variable}, {number}", to_pandas(check.expression)
        if check.reads == (check.variable,):
            of_columns[check.variable].append(_of(_of_one(holds, check.variable), name))
        else:
            of_frame.append(_of(_passes(holds), name))
    columns = {name: pa.Column(checks=checks, nullable=True) for name, checks in of_columns.items()}
    return pa.DataFrameSchema(columns, checks=of_frame, strict=True)


def _passes(holds: Evaluate) -> Evaluate:
    """What is NULL passes."""
    return lambda frame: holds(frame).fillna(True).astype(bool)


def _of_one(holds: Evaluate, variable: str) -> Evaluate:
    passes = _passes(holds)
    return lambda column: passes({variable: column})


def _unique(rule: DatasetRule) -> pa.Check:
    asked_of = to_pandas(parse(rule.where)) if rule.where is not None else None

    def holds(frame: pd.DataFrame) -> Any:
        asked = frame[list(rule.columns)].notna().all(axis=1)
        if asked_of is not None:
            asked &= asked_of(frame).fillna(False).astype(bool)
        repeated = frame.loc[asked, [*rule.columns, *rule.alike]].duplicated()
        return ~repeated.reindex(frame.index, fill_value=False)

    return _of(holds, rule.id)


def _of(holds: Evaluate, name: str) -> pa.Check:
    return pa.Check(holds, name=name, ignore_na=False)
