"""Tables to files and back, without loss."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gtdlike.errors import ReadError, WriteError
from gtdlike.export import FORMATS, read_table, write_table
from gtdlike.export.csv import GUARDED, guard, unguard

SCHEMA = pa.schema(
    [
        ("eventid", pa.int64()),
        ("text", pa.string()),
        ("day", pa.date32()),
        ("number", pa.float64()),
        ("small", pa.int16()),
    ]
)
TEXT = st.text(st.one_of(st.sampled_from("=+-@'\t\r\n\",; #\0é"), st.characters(codec="utf-8")), max_size=8)
ROWS = st.fixed_dictionaries(
    {
        "eventid": st.none() | st.integers(-(2**63), 2**63 - 1),
        "text": st.none() | TEXT,
        "day": st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
        "number": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "small": st.none() | st.integers(-99, 999),
    }
)


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROWS, max_size=6))
def test_nothing_is_lost_on_the_way_out_and_in(tmp_path: Path, suffix: str, rows: list[dict[str, Any]]) -> None:
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    path = tmp_path / f"table{suffix}"
    write_table(table, path)
    assert read_table(path, SCHEMA).equals(table)


@given(TEXT)
def test_guarding_is_reversible_and_leaves_no_formula(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(tuple(GUARDED.replace("'", "")))


def test_the_dialect_of_csv(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"eventid": 201701010001, "text": "=1+1", "day": dt.date(2017, 1, 16), "number": 41.5, "small": -9},
        {"eventid": 1, "text": 'a "b", c\nd', "small": 0},
        {"eventid": 2, "text": "", "number": -12.0},
    ]
    path = tmp_path / "x.csv"
    write_table(pa.Table.from_pylist(rows, schema=SCHEMA), path)
    assert path.read_bytes() == (
        b'eventid,text,day,number,small\n201701010001,\'=1+1,2017-01-16,41.5,-9\n1,"a ""b"", c\nd",,,0\n2,"",,-12.0,\n'
    )
    with path.open(encoding="utf-8", newline="") as stream:
        assert [len(row) for row in csv.reader(stream)] == [5, 5, 5, 5]


def test_every_line_of_jsonl_has_every_column(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    write_table(pa.Table.from_pylist([{"eventid": 1}], schema=SCHEMA), path)
    assert path.read_text() == '{"eventid": 1, "text": null, "day": null, "number": null, "small": null}\n'


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.csv", "eventid,text,day,number\n", "small"),
        ("x.csv", "text,eventid,day,number,small\n", "order differs"),
        ("x.csv", "eventid,text,day,number,small\n1,,,many,\n", "column number"),
        ("x.csv", "eventid,text,day,number,small\n1,,2017-02-31,,\n", "column day"),
        ("x.jsonl", '{"eventid": 1}\n{"eventid"', "line 2"),
        ("x.jsonl", "[]\n", "line 1"),
        ("x.jsonl", '{"day": "today"}\n', "column day"),
        ("x.jsonl", '{"number": "many"}\n', "does not fit"),
    ],
)
def test_a_file_that_does_not_fit_is_named_with_the_place(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(ReadError, match=message) as caught:
        read_table(path, SCHEMA)
    assert caught.value.file == str(path)
    assert caught.value.remedy


def test_an_unknown_format_gets_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"Did you mean '.jsonl'\?"):
        write_table(SCHEMA.empty_table(), tmp_path / "x.json")
    with pytest.raises(ReadError, match=r"Give the file one of the suffixes"):
        read_table(tmp_path / "x.docx")
