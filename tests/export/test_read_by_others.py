"""What is written is read by other programs' libraries, and every cell compared."""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

import gtdlike
from gtdlike.export import LossWarning, write_table
from gtdlike.export.csv import unguard
from gtdlike.rows import arrow_schema
from gtdlike.testing import rows

Columns = dict[str, list[Any]]


def pandas_parquet(path: Path) -> Columns:
    return pd.read_parquet(path, dtype_backend="pyarrow").to_dict("list")


def polars_parquet(path: Path) -> Columns:
    return pl.read_parquet(path).to_dict(as_series=False)


def duckdb_parquet(path: Path) -> Columns:
    return by_duckdb(f"SELECT * FROM read_parquet('{path}')")


def pandas_csv(path: Path) -> Columns:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[])
    return unguarded(frame.to_dict("list"))


def polars_csv(path: Path) -> Columns:
    return unguarded(pl.read_csv(path, infer_schema=False).to_dict(as_series=False))


def duckdb_csv(path: Path) -> Columns:
    options = "all_varchar=true, header=true, delim=',', quote='\"', escape='\"', allow_quoted_nulls=false"
    return unguarded(by_duckdb(f"SELECT * FROM read_csv('{path}', {options}, max_line_size=10000000)"))


def standard_csv(path: Path) -> Columns:
    with path.open(encoding="utf-8", newline="") as stream:
        names, *lines = csv.reader(stream)
    return unguarded(dict(zip(names, map(list, zip(*lines, strict=True)), strict=True)))


def polars_jsonl(path: Path) -> Columns:
    columns = pl.read_ndjson(path, infer_schema_length=None).to_dict(as_series=False)
    # It does not keep the order of the names.
    return {name: columns.pop(name) for name in json.loads(path.open().readline())} | columns


def duckdb_jsonl(path: Path) -> Columns:
    return by_duckdb(f"SELECT * FROM read_json('{path}', format='newline_delimited', sample_size=-1)")


def pandas_jsonl(path: Path) -> Columns:
    # Its own parser of numbers is not exact without `precise_float`.
    frame = pd.read_json(path, lines=True, dtype=False, precise_float=True)
    return frame.to_dict("list")


def standard_jsonl(path: Path) -> Columns:
    lines = [json.loads(line) for line in path.read_bytes().split(b"\n") if line]
    return {name: [line[name] for line in lines] for name in lines[0]}


def pandas_stata(path: Path) -> Columns:
    return pd.read_stata(path, convert_categoricals=False).to_dict("list")


def pyreadstat_stata(path: Path) -> Columns:
    return pyreadstat.read_dta(path, output_format="dict")[0]


def pyreadstat_spss(path: Path) -> Columns:
    return pyreadstat.read_sav(path, output_format="dict", user_missing=True)[0]


def pandas_spss(path: Path) -> Columns:
    return pd.read_spss(path, convert_categoricals=False, user_missing=True).to_dict("list")


def openpyxl_xlsx(path: Path) -> Columns:
    names, *lines = openpyxl.load_workbook(path)["incidents"].iter_rows(values_only=True)
    cells = [[unescape(c) if isinstance(c, str) else c for c in column] for column in zip(*lines, strict=True)]
    return dict(zip(names, cells, strict=True))


def pandas_xlsx(path: Path) -> Columns:
    frame = pd.read_excel(path, sheet_name="incidents", dtype=object, keep_default_na=False, engine="openpyxl")
    return {name: [unescape(c) if isinstance(c, str) else c for c in frame[name]] for name in frame}


def by_duckdb(query: str) -> Columns:
    with duckdb.connect() as connection:
        return connection.sql(query).to_arrow_table().to_pydict()


def unguarded(columns: Columns) -> Columns:
    """What a reader of CSV does to have the texts as they were: takes away the apostrophe of a guarded cell."""
    return {name: [None if cell is None else unguard(cell) for cell in cells] for name, cells in columns.items()}


def same(cell: Any, expected: Any) -> bool:
    """Whether a cell as another library has it is the cell of the table."""
    if cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell)):
        return expected is None
    if isinstance(expected, dt.date):
        return str(cell)[:10] == expected.isoformat()
    if isinstance(expected, int | float):
        # Text where all is text, as in CSV.
        return float(cell) == float(expected)
    return bool(cell == ("" if expected is None else expected))


def differing(columns: Columns, table: pa.Table) -> list[tuple[str, int, Any, Any]]:
    """The cells that are not those of the table: the column, the row, the cell and what it should be."""
    assert list(columns) == table.column_names
    return [
        (name, row, cell, expected)
        for name, cells in columns.items()
        for row, (cell, expected) in enumerate(zip(cells, table[name].to_pylist(), strict=True))
        if not same(cell, expected)
    ]


READERS: list[tuple[str, Callable[[Path], Columns]]] = [
    (".parquet", pandas_parquet),
    (".parquet", polars_parquet),
    (".parquet", duckdb_parquet),
    (".csv", pandas_csv),
    (".csv", polars_csv),
    (".csv", duckdb_csv),
    (".csv", standard_csv),
    (".jsonl", polars_jsonl),
    (".jsonl", duckdb_jsonl),
    (".jsonl", pandas_jsonl),
    (".jsonl", standard_jsonl),
    (".dta", pandas_stata),
    (".dta", pyreadstat_stata),
    (".sav", pyreadstat_spss),
    (".sav", pandas_spss),
    (".xlsx", openpyxl_xlsx),
    (".xlsx", pandas_xlsx),
]


@pytest.mark.parametrize(("suffix", "reader"), READERS, ids=lambda one: getattr(one, "__name__", one))
def test_every_cell_is_there_for_others(
    nasty: pa.Table, tmp_path: Path, suffix: str, reader: Callable[[Path], Columns]
) -> None:
    path = tmp_path / f"incidents{suffix}"
    with warnings.catch_warnings():
        warnings.simplefilter("error", LossWarning)
        write_table(nasty, path)
    assert differing(reader(path), nasty) == []


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.lists(rows().filter(lambda row: row["iyear"] is not None), min_size=1, max_size=4))
def test_every_cell_of_any_valid_row_is_there_for_others(tmp_path: Path, data: list[dict[str, Any]]) -> None:
    table = pa.Table.from_pylist(data, schema=arrow_schema())
    for suffix, reader in (
        (".parquet", duckdb_parquet),
        (".csv", polars_csv),
        (".jsonl", standard_jsonl),
        (".dta", pandas_stata),
        (".sav", pyreadstat_spss),
        (".xlsx", openpyxl_xlsx),
    ):
        path = tmp_path / f"incidents{suffix}"
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            write_table(table, path)
        lossy = {warning.message.column for warning in told if isinstance(warning.message, LossWarning)}
        assert [one for one in differing(reader(path), table) if one[0] not in lossy] == [], suffix


def test_nested_json_is_what_the_incidents_are(nasty: pa.Table, tmp_path: Path) -> None:
    path = tmp_path / "incidents.json"
    write_table(nasty, path)
    document = json.loads(path.read_text(encoding="utf-8"))
    assert (document["codebook"], document["columns"]) == ("gtd", nasty.column_names)
    assert [gtdlike.from_nested(one) for one in document["incidents"]] == gtdlike.from_table(nasty)
    assert document["incidents"] == [gtdlike.to_nested(one) for one in gtdlike.from_table(nasty)]


def test_the_places_of_geojson(nasty: pa.Table, tmp_path: Path) -> None:
    path = tmp_path / "places.geojson"
    write_table(nasty, path)
    places = json.loads(path.read_text(encoding="utf-8"))
    with_coordinates = [row for row in nasty.to_pylist() if row["latitude"] is not None]
    assert places["incidents"] == len(nasty)
    assert places["without_coordinates"] == len(nasty) - len(with_coordinates)
    for feature, row in zip(places["features"], with_coordinates, strict=True):
        assert feature["geometry"] == {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}
        assert (feature["id"], feature["properties"]["date"]) == (row["eventid"], "2017-01")
        told = feature["properties"]
        assert {name: row[name] for name in told if name != "date"} == {n: c for n, c in told.items() if n != "date"}
    assert {"country_txt", "city", "attacktype1_txt", "gname", "nkill", "specificity"} <= set(told)
