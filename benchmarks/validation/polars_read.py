"""No validator, but the measure of ours: Polars reads the file, and that is all."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from benchmarks.validation.data import Files
from benchmarks.validation.rival import Found, Rival
from gtdlike.codebook import Codebook


def make(files: Files, rows: int, codebook: Codebook) -> Rival:
    """The Parquet file."""
    return _reads(lambda: pl.read_parquet(files.parquet))


def make_csv(files: Files, rows: int, codebook: Codebook) -> Rival:
    """The CSV file, all of it as text."""
    return _reads(lambda: pl.read_csv(files.csv, infer_schema=False))


def make_csv_typed(files: Files, rows: int, codebook: Codebook) -> Rival:
    """The CSV file, with the types that Polars finds in the first rows or, where these mislead it, in all."""
    return _reads(lambda: pl.read_csv(files.csv))


def _reads(read: Callable[[], pl.DataFrame]) -> Rival:
    return Rival(lambda: Found(read().height, 0), "nothing", 0)
