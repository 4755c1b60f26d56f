"""Ours: `gtdlike.validate`, from each format, and of rows and incidents in memory."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet  # noqa: F401 (imported before the clock starts, like the libraries of the rivals)

import gtdlike
import gtdlike.errors
from benchmarks.validation.data import Files
from benchmarks.validation.rival import Found, Rival, every_rule, ready
from gtdlike.codebook import Codebook
from gtdlike.validation.engine import engine_of
from gtdlike.validation.rules import select

_TELLS = "row, cell, value, rule, message, remedy"


def make(files: Files, rows: int, codebook: Codebook) -> Rival:
    """From Parquet, with the usual limit of listed violations."""
    return _of_file(files.parquet, codebook, 100_000)


def make_csv(files: Files, rows: int, codebook: Codebook) -> Rival:
    """From CSV, with the usual limit."""
    return _of_file(files.csv, codebook, 100_000)


def make_all(files: Files, rows: int, codebook: Codebook) -> Rival:
    """From Parquet, with all violations listed."""
    return _of_file(files.parquet, codebook, None)


def make_jsonl(files: Files, rows: int, codebook: Codebook) -> Rival:
    """From JSON Lines, with all violations listed."""
    return _of_file(files.jsonl, codebook, None)


def make_exact(files: Files, rows: int, codebook: Codebook) -> Rival:
    """From Parquet, with all violations listed and compared to the known ones: those that differ are counted."""

    def check() -> Found:
        report = gtdlike.validate(files.parquet, codebook=codebook, limit=None)
        key = ["row", "variable", "rule"]
        found = pl.DataFrame(report.violations).select(key)
        known = pl.read_parquet(files.violations).select(key)
        differ = found.join(known, on=key, how="anti").height + known.join(found, on=key, how="anti").height
        return Found(report.rows, differ + abs(found.height - known.height))

    return ready(check, _TELLS, every_rule(codebook), codebook)


def make_incidents(files: Files, rows: int, codebook: Codebook) -> Rival:
    """From rows in memory: each is structured into an `Incident`, and all of them are validated.

    A row that is no incident, such as one with the answer 4 to a yes/no question, is validated as it is.
    """
    held = rows_in_memory(files, rows)

    def structured(row: dict[str, Any]) -> gtdlike.Incident | dict[str, Any]:
        try:
            return gtdlike.from_row(row, codebook)
        except gtdlike.errors.RowError:
            return row

    def check() -> Found:
        report = gtdlike.validate(map(structured, held), codebook=codebook, limit=None)
        return Found(report.rows, report.violations.num_rows)

    return ready(check, _TELLS, every_rule(codebook), codebook)


def make_rows(files: Files, rows: int, codebook: Codebook) -> Rival:
    """From rows in memory, not structured."""
    held = rows_in_memory(files, rows)

    def check() -> Found:
        report = gtdlike.validate(held, codebook=codebook, limit=None)
        return Found(report.rows, report.violations.num_rows)

    return ready(check, _TELLS, every_rule(codebook), codebook)


def rows_in_memory(files: Files, rows: int) -> list[dict[str, Any]]:
    """The first rows as JSON gives them."""
    with files.jsonl.open("rb") as lines:
        return [json.loads(line) for line in islice(lines, rows)]


def _of_file(path: Path, codebook: Codebook, limit: int | None) -> Rival:
    # As the schemas of the rivals, the rules are compiled before the clock starts.
    engine_of(codebook, select(codebook, None, None))

    def check() -> Found:
        report = gtdlike.validate(path, codebook=codebook, limit=limit)
        return Found(report.rows, report.errors + report.warnings)

    return ready(check, _TELLS, every_rule(codebook), codebook)
