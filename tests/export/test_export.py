"""Tables to files and back: what comes back is the table."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gtdlike.export import FORMATS, WRITE_ONLY, LossWarning, read_table, write_table
from gtdlike.export.csv import SIGNS, guard, unguard
from gtdlike.export.description import described
from gtdlike.rows import arrow_schema, to_table
from gtdlike.testing import incidents

Told = Callable[..., list[LossWarning]]
"""What is told of losses when a table is written to a path."""
READABLE = [suffix for suffix in FORMATS if suffix not in WRITE_ONLY]
EXACT = [".parquet", ".csv", ".jsonl", ".json"]
"""The formats that hold any table."""
OTHERS = [".dta", ".sav", ".xlsx"]
TEXT = st.text(st.one_of(st.sampled_from("=+-@'\t\r\n\",; #\0é"), st.characters(codec="utf-8")), max_size=8)
ROWS = st.fixed_dictionaries(
    {
        "number": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "text": st.none() | TEXT,
        "day": st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
        "whole": st.none() | st.integers(-(2**63), 2**63 - 1),
        "small": st.none() | st.integers(-99, 999),
        "middle": st.none() | st.integers(-(2**31), 2**31 - 1),
        "yes": st.none() | st.booleans(),
    }
)


quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("suffix", EXACT)
@quick
@given(rows=st.lists(ROWS, max_size=6))
def test_nothing_is_lost_on_the_way_out_and_in(
    schema: pa.Schema, told: Told, tmp_path: Path, suffix: str, rows: list[dict[str, Any]]
) -> None:
    table = pa.Table.from_pylist(rows, schema=schema)
    path = tmp_path / f"table{suffix}"
    assert told(table, path) == []
    assert read_table(path, schema).equals(table)


@pytest.mark.parametrize("suffix", OTHERS)
@quick
@given(rows=st.lists(ROWS, max_size=6))
def test_what_is_lost_is_told_and_no_more_is_lost(
    schema: pa.Schema, told: Told, tmp_path: Path, suffix: str, rows: list[dict[str, Any]]
) -> None:
    # Rows without a cell at the end of a sheet have a test of their own.
    table = pa.Table.from_pylist([*rows, {"small": 1}], schema=schema)
    # What is rounded must still be a whole number of this size.
    table = table.filter(pc.fill_null(pc.less(table["whole"], 2**63 - 512), True))
    path = tmp_path / f"table{suffix}"
    losses = {one.column for one in told(table, path)}
    back = read_table(path, schema)
    assert back.column_names == table.column_names
    assert {name for name in schema.names if back[name].to_pylist() != table[name].to_pylist()} <= losses


@pytest.mark.parametrize("suffix", READABLE)
@pytest.mark.parametrize("whole", [2**53, 14_396_690_492_927_692, 10**16, -(10**17), 2**60])
def test_long_numbers_that_a_float_holds_keep_their_digits(
    schema: pa.Schema, told: Told, tmp_path: Path, suffix: str, whole: int
) -> None:
    table = pa.Table.from_pylist([{"whole": whole, "small": 1}], schema=schema)
    assert told(table, tmp_path / f"table{suffix}") == []
    assert read_table(tmp_path / f"table{suffix}", schema)["whole"].to_pylist() == [whole]


@pytest.mark.parametrize("suffix", READABLE)
def test_incidents_come_back_with_their_types_and_labels(
    told: Told, nasty: pa.Table, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"incidents{suffix}"
    assert told(nasty, path) == []
    back = read_table(path)
    assert back.equals(nasty)
    assert back.schema.field("nkill").metadata[b"label"] == nasty.schema.field("nkill").metadata[b"label"]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(some=st.lists(incidents(), min_size=1, max_size=4))
def test_any_valid_incidents_come_back(told: Told, tmp_path: Path, some: list[Any]) -> None:
    table = to_table(some)
    for suffix in READABLE:
        path = tmp_path / f"incidents{suffix}"
        losses = {one.column for one in told(table, path)}
        back = read_table(path)
        height = len(back)
        assert height == len(table) or "eventid" in losses
        assert {n for n in table.column_names if not back[n].equals(table[n].slice(0, height))} <= losses, suffix


@pytest.mark.parametrize("suffix", READABLE)
@pytest.mark.parametrize("rows", [0, 1])
def test_a_table_without_rows_or_with_one(told: Told, tmp_path: Path, suffix: str, rows: int) -> None:
    table = pa.Table.from_pylist([{"eventid": 201701010001}] * rows, schema=arrow_schema())
    path = tmp_path / f"incidents{suffix}"
    assert told(table, path) == []
    assert read_table(path).equals(table)


@pytest.mark.parametrize("suffix", READABLE)
def test_the_other_tables_of_a_release_come_back(told: Told, tmp_path: Path, suffix: str) -> None:
    columns = {
        "eventid": pa.array([201701010001, 201701010002], pa.int64()),
        "article_id": pa.array(["007", "b"]),
        "variable": pa.array(["nkill", None], pa.string()),
        "start": pa.array([None, 3], pa.int32()),
        "low": pa.array([2, None], pa.int64()),
        "score": pa.array([0.1, None], pa.float64()),
        "published": pa.array([None, dt.date(2017, 1, 2)], pa.date32()),
        "background": pa.array([True, False]),
        "url": pa.array([None, None], pa.string()),
        "other": pa.array([None, None], pa.int64()),
    }
    table = pa.table(columns)
    path = tmp_path / f"evidence{suffix}"
    assert told(table, path) == []
    assert read_table(path).equals(table)


def test_the_same_table_gives_the_same_bytes(nasty: pa.Table, tmp_path: Path) -> None:
    pq.write_table(nasty, tmp_path / "table.parquet")
    program = (
        "import sys, pathlib, pyarrow.parquet as pq; from gtdlike.export import FORMATS, write_table\n"
        "table = pq.read_table(sys.argv[1])\n"
        "for suffix in FORMATS: write_table(table, pathlib.Path(sys.argv[2], f'x{suffix}'))"
    )
    made = [tmp_path / name for name in ("1", "2", "3")]
    for folder in made:
        folder.mkdir()
    for suffix in FORMATS:
        write_table(nasty, made[0] / f"x{suffix}")
    for folder in made[1:]:
        command = [sys.executable, "-c", program, str(tmp_path / "table.parquet"), str(folder)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": folder.name, "TZ": "Asia/Kabul"})
    for suffix in FORMATS:
        assert len({(folder / f"x{suffix}").read_bytes() for folder in made}) == 1, suffix


@given(TEXT)
def test_guarding_is_reversible_and_leaves_no_formula(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(tuple(SIGNS))


def test_types_of_other_libraries_are_put_right(nasty: pa.Table, tmp_path: Path) -> None:
    # pandas makes doubles of whole numbers with blanks, and categories of texts.
    frame = nasty.to_pandas().astype({"country_txt": "category"})
    pq.write_table(pa.Table.from_pandas(frame), tmp_path / "pandas.parquet")
    assert read_table(tmp_path / "pandas.parquet").cast(nasty.schema).equals(nasty)
    assert read_table(tmp_path / "pandas.parquet").schema.types == nasty.schema.types


def test_a_table_that_is_described_is_described_once(nasty: pa.Table) -> None:
    once = described(nasty)
    assert described(once) is once
    assert once.equals(nasty)
