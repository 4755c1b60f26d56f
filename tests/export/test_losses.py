"""What a format cannot hold is told, and nothing else is lost."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyreadstat
import pytest
from attrs import evolve

from gtdlike.codebook import load_codebook
from gtdlike.export import LossWarning, read_table
from gtdlike.rows import arrow_schema

Told = Callable[..., list[LossWarning]]
"""What is told of losses when a table is written to a path."""


LONG = "é" * 40_000


@pytest.mark.parametrize(
    ("suffix", "text", "what", "held"),
    [
        (".dta", "", "empty", None),
        (".sav", "", "empty", None),
        (".xlsx", "", "empty", None),
        (".dta", "a\0b", "character 0", "a\ufffdb"),
        (".sav", "a\0b", "character 0", "a\ufffdb"),
        (".sav", "a  ", "spaces at the end", "a"),
        (".sav", LONG, "32,767 bytes", "é" * 16_383),
        (".xlsx", LONG, "32,767 letters", "é" * 32_767),
        (".xlsx", "😀" * 20_000, "32,767 letters", "😀" * 16_383),
        (".xlsx", "a\uffff", "XML", "a\ufffd"),
    ],
)
def test_a_text_that_does_not_fit_is_told_and_nothing_else_changes(
    told: Told, tmp_path: Path, suffix: str, text: str, what: str, held: str | None
) -> None:
    table = pa.table({"url": [text, "kept", text, None], "article_id": ["a", "b", "c", "d"]})
    path = tmp_path / f"x{suffix}"
    (loss,) = told(table, path)
    assert (loss.column, loss.cells, loss.file) == ("url", 2, str(path))
    assert what in str(loss)
    assert read_table(path)["url"].to_pylist() == [held, "kept", held, None]


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl", ".json", ".dta"])
def test_long_texts_are_whole(told: Told, tmp_path: Path, suffix: str) -> None:
    table = pa.table({"url": [LONG, None, "short", LONG]})
    path = tmp_path / f"x{suffix}"
    assert told(table, path) == []
    assert read_table(path).equals(table)


@pytest.mark.parametrize(
    ("suffix", "numbers", "cells"),
    [
        (".jsonl", [math.nan, math.inf, 1.5], 2),
        (".json", [math.nan, math.inf, 1.5], 2),
        (".xlsx", [math.nan, math.inf, 1.5], 2),
        (".dta", [math.nan, 1e308, 1.5], 2),
        (".sav", [math.nan, -1.79e308, 1.5], 2),
    ],
)
def test_what_is_no_number_is_blank_and_told(
    told: Told, tmp_path: Path, suffix: str, numbers: list[float], cells: int
) -> None:
    (loss,) = told(pa.table({"score": numbers}), tmp_path / f"x{suffix}")
    assert (loss.column, loss.cells) == ("score", cells)
    assert read_table(tmp_path / f"x{suffix}")["score"].to_pylist() == [None, None, 1.5]


@pytest.mark.parametrize("suffix", [".dta", ".sav", ".xlsx"])
def test_whole_numbers_beyond_doubles_are_told(told: Told, tmp_path: Path, suffix: str) -> None:
    (loss,) = told(pa.table({"low": [2**53, 2**53 + 1, None, -(2**53) - 1]}), tmp_path / f"x{suffix}")
    assert (loss.column, loss.cells) == ("low", 2)


def test_labels_that_are_not_those_of_their_codes_are_told(told: Told, tmp_path: Path) -> None:
    table = pa.Table.from_pylist(
        [{"country": 4, "country_txt": "Afghanistan"}, {"country": 4, "country_txt": "Elsewhere"}],
        schema=arrow_schema(),
    )
    (loss,) = told(table, tmp_path / "x.json")
    assert (loss.column, loss.cells) == ("country_txt", 1)
    assert read_table(tmp_path / "x.json")["country_txt"].to_pylist() == ["Afghanistan"] * 2


def test_labels_that_are_too_long_are_told(told: Told, tmp_path: Path) -> None:
    book = load_codebook()
    long = evolve(book.variables["success"], label="What was it? " * 10)
    own = evolve(book, variables={**book.variables, "success": long})
    (loss,) = told(pa.table({"success": [1]}), tmp_path / "x.dta", codebook=own)
    assert (loss.column, loss.cells) == ("success", 0)
    _, about = pyreadstat.read_dta(tmp_path / "x.dta")
    assert about.column_names_to_labels["success"] == long.label[:79] + "…"


def test_rows_without_a_cell_at_the_end_of_a_sheet_are_told(told: Told, tmp_path: Path) -> None:
    (loss,) = told(
        pa.table({"low": [None, 1, None, None]}, schema=pa.schema([("low", pa.int64())])), tmp_path / "x.xlsx"
    )
    assert loss.cells == 2
    assert read_table(tmp_path / "x.xlsx")["low"].to_pylist() == [None, 1]


def test_days_before_excel_are_text_and_come_back(told: Told, tmp_path: Path) -> None:
    table = pa.table({"published": pa.array([dt.date(1812, 5, 11), dt.date(1900, 2, 28), dt.date(1900, 3, 1)])})
    (loss,) = told(table, tmp_path / "x.xlsx")
    assert loss.cells == 2
    assert read_table(tmp_path / "x.xlsx").equals(table)
