"""Tables to files and back: what comes back is the table, and what a format cannot hold is told."""

from __future__ import annotations

import datetime as dt
import json
import math
import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyreadstat
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gtdlike.codebook import load_codebook
from gtdlike.errors import MissingExtraError, ReadError, WriteError
from gtdlike.export import FORMATS, WRITE_ONLY, LossWarning, read_table, write_table
from gtdlike.export.csv import SIGNS, guard, unguard
from gtdlike.export.description import described
from gtdlike.rows import arrow_schema, to_table
from gtdlike.testing import incidents

READABLE = [suffix for suffix in FORMATS if suffix not in WRITE_ONLY]
EXACT = [".parquet", ".csv", ".jsonl", ".json"]
"""The formats that hold any table."""
OTHERS = [".dta", ".sav", ".xlsx"]
SCHEMA = pa.schema(
    [
        ("number", pa.float64()),
        ("text", pa.string()),
        ("day", pa.date32()),
        ("whole", pa.int64()),
        ("small", pa.int16()),
        ("middle", pa.int32()),
        ("yes", pa.bool_()),
    ]
)
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


def told(table: pa.Table, path: Path, **named: Any) -> list[LossWarning]:
    """What is told of losses when the table is written."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        write_table(table, path, **named)
    assert all(isinstance(one.message, LossWarning) for one in found)
    return [one.message for one in found if isinstance(one.message, LossWarning)]


@pytest.mark.parametrize("suffix", EXACT)
@quick
@given(rows=st.lists(ROWS, max_size=6))
def test_nothing_is_lost_on_the_way_out_and_in(tmp_path: Path, suffix: str, rows: list[dict[str, Any]]) -> None:
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    path = tmp_path / f"table{suffix}"
    assert told(table, path) == []
    assert read_table(path, SCHEMA).equals(table)


@pytest.mark.parametrize("suffix", OTHERS)
@quick
@given(rows=st.lists(ROWS, max_size=6))
def test_what_is_lost_is_told_and_no_more_is_lost(tmp_path: Path, suffix: str, rows: list[dict[str, Any]]) -> None:
    # Rows without a cell at the end of a sheet have a test of their own.
    table = pa.Table.from_pylist([*rows, {"small": 1}], schema=SCHEMA)
    # What is rounded must still be a whole number of this size.
    table = table.filter(pc.fill_null(pc.less(table["whole"], 2**63 - 512), True))
    path = tmp_path / f"table{suffix}"
    losses = {one.column for one in told(table, path)}
    back = read_table(path, SCHEMA)
    assert back.column_names == table.column_names
    assert {name for name in SCHEMA.names if back[name].to_pylist() != table[name].to_pylist()} <= losses


@pytest.mark.parametrize("suffix", READABLE)
@pytest.mark.parametrize("whole", [2**53, 14_396_690_492_927_692, 10**16, -(10**17), 2**60])
def test_long_numbers_that_a_float_holds_keep_their_digits(tmp_path: Path, suffix: str, whole: int) -> None:
    table = pa.Table.from_pylist([{"whole": whole, "small": 1}], schema=SCHEMA)
    assert told(table, tmp_path / f"table{suffix}") == []
    assert read_table(tmp_path / f"table{suffix}", SCHEMA)["whole"].to_pylist() == [whole]


@pytest.mark.parametrize("suffix", READABLE)
def test_incidents_come_back_with_their_types_and_labels(nasty: pa.Table, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"incidents{suffix}"
    assert told(nasty, path) == []
    back = read_table(path)
    assert back.equals(nasty)
    assert back.schema.field("nkill").metadata[b"label"] == nasty.schema.field("nkill").metadata[b"label"]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(some=st.lists(incidents(), min_size=1, max_size=4))
def test_any_valid_incidents_come_back(tmp_path: Path, some: list[Any]) -> None:
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
def test_a_table_without_rows_or_with_one(tmp_path: Path, suffix: str, rows: int) -> None:
    table = pa.Table.from_pylist([{"eventid": 201701010001}] * rows, schema=arrow_schema())
    path = tmp_path / f"incidents{suffix}"
    assert told(table, path) == []
    assert read_table(path).equals(table)


@pytest.mark.parametrize("suffix", READABLE)
def test_the_other_tables_of_a_release_come_back(tmp_path: Path, suffix: str) -> None:
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


def test_every_line_of_jsonl_has_every_column(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    write_table(pa.Table.from_pylist([{"small": 1}], schema=SCHEMA), path)
    blank = {"number": None, "text": None, "day": None, "whole": None, "small": 1, "middle": None, "yes": None}
    assert path.read_text(encoding="utf-8") == json.dumps(blank, separators=(",", ":")) + "\n"


def test_a_workbook_has_the_codebook_and_the_codes(nasty: pa.Table, tmp_path: Path) -> None:
    path = tmp_path / "incidents.xlsx"
    write_table(nasty, path)
    book, codebook = openpyxl.load_workbook(path), load_codebook()
    assert book.sheetnames == ["incidents", "codebook", "codes"]
    sheet = book["incidents"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", f"A1:EE{len(nasty) + 1}")
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]
    assert (sheet["A2"].value, sheet["A2"].number_format) == (201701010001, "0")
    told = {row[0]: row for row in book["codebook"].iter_rows(min_row=2, values_only=True)}
    variable = codebook.variables["nperps"]
    assert told["nperps"][1:4] == (variable.label, variable.definition, variable.section)
    assert list(told) == list(codebook.variables)
    codes = {(name, code): label for name, code, label in book["codes"].iter_rows(min_row=2, values_only=True)}
    assert codes == {(n, c.code): c.label for n, held in codebook.code_lists.items() for c in held}


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
    tmp_path: Path, suffix: str, text: str, what: str, held: str | None
) -> None:
    table = pa.table({"url": [text, "kept", text, None], "article_id": ["a", "b", "c", "d"]})
    path = tmp_path / f"x{suffix}"
    (loss,) = told(table, path)
    assert (loss.column, loss.cells, loss.file) == ("url", 2, str(path))
    assert what in str(loss)
    assert read_table(path)["url"].to_pylist() == [held, "kept", held, None]


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl", ".json", ".dta"])
def test_long_texts_are_whole(tmp_path: Path, suffix: str) -> None:
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
def test_what_is_no_number_is_blank_and_told(tmp_path: Path, suffix: str, numbers: list[float], cells: int) -> None:
    (loss,) = told(pa.table({"score": numbers}), tmp_path / f"x{suffix}")
    assert (loss.column, loss.cells) == ("score", cells)
    assert read_table(tmp_path / f"x{suffix}")["score"].to_pylist() == [None, None, 1.5]


@pytest.mark.parametrize("suffix", [".dta", ".sav", ".xlsx"])
def test_whole_numbers_beyond_doubles_are_told(tmp_path: Path, suffix: str) -> None:
    (loss,) = told(pa.table({"low": [2**53, 2**53 + 1, None, -(2**53) - 1]}), tmp_path / f"x{suffix}")
    assert (loss.column, loss.cells) == ("low", 2)


def test_labels_that_are_not_those_of_their_codes_are_told(tmp_path: Path) -> None:
    table = pa.Table.from_pylist(
        [{"country": 4, "country_txt": "Afghanistan"}, {"country": 4, "country_txt": "Elsewhere"}],
        schema=arrow_schema(),
    )
    (loss,) = told(table, tmp_path / "x.json")
    assert (loss.column, loss.cells) == ("country_txt", 1)
    assert read_table(tmp_path / "x.json")["country_txt"].to_pylist() == ["Afghanistan"] * 2


def test_labels_that_are_too_long_are_told(tmp_path: Path) -> None:
    book = load_codebook()
    long = evolve(book.variables["success"], label="What was it? " * 10)
    own = evolve(book, variables={**book.variables, "success": long})
    (loss,) = told(pa.table({"success": [1]}), tmp_path / "x.dta", codebook=own)
    assert (loss.column, loss.cells) == ("success", 0)
    _, about = pyreadstat.read_dta(tmp_path / "x.dta")
    assert about.column_names_to_labels["success"] == long.label[:79] + "…"


def test_rows_without_a_cell_at_the_end_of_a_sheet_are_told(tmp_path: Path) -> None:
    (loss,) = told(
        pa.table({"low": [None, 1, None, None]}, schema=pa.schema([("low", pa.int64())])), tmp_path / "x.xlsx"
    )
    assert loss.cells == 2
    assert read_table(tmp_path / "x.xlsx")["low"].to_pylist() == [None, 1]


def test_days_before_excel_are_text_and_come_back(tmp_path: Path) -> None:
    table = pa.table({"published": pa.array([dt.date(1812, 5, 11), dt.date(1900, 2, 28), dt.date(1900, 3, 1)])})
    (loss,) = told(table, tmp_path / "x.xlsx")
    assert loss.cells == 2
    assert read_table(tmp_path / "x.xlsx").equals(table)


def test_types_of_other_libraries_are_put_right(nasty: pa.Table, tmp_path: Path) -> None:
    # pandas makes doubles of whole numbers with blanks, and categories of texts.
    frame = nasty.to_pandas().astype({"country_txt": "category"})
    pq.write_table(pa.Table.from_pandas(frame), tmp_path / "pandas.parquet")
    assert read_table(tmp_path / "pandas.parquet").cast(nasty.schema).equals(nasty)
    assert read_table(tmp_path / "pandas.parquet").schema.types == nasty.schema.types


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.csv", "number,text,day,whole,small,middle\n", "yes"),
        ("x.csv", "text,number,day,whole,small,middle,yes\n", "order differs"),
        ("x.csv", "number,text,day,whole,small,middle,yes\nmany,,,,,,\n", "column number"),
        ("x.csv", "number,text,day,whole,small,middle,yes\n,,2017-02-31,,,,\n", "column day"),
        ("x.csv", "", "no CSV"),
        ("x.csv", "number,text,day,whole,small,middle,yes\n1,2,3,4,5,6,7,8\n", "no CSV"),
        ("x.jsonl", '{"small": 1}\n{"small"', "line 2"),
        ("x.jsonl", "[]\n", "line 1"),
        ("x.jsonl", '{"day": "today"}\n', "line 1, column day"),
        ("x.jsonl", '{"small": 1}\n{"number": "many"}\n', "line 2, column number"),
        ("x.jsonl", '{"small": true}\n', "line 1, column small"),
        ("x.jsonl", '{"text": "\\ud800"}\n', "line 1, column text"),
        ("x.jsonl", '{"strange": 1}\n', "no column 'strange'"),
        ("x.json", '{"rows": [{"small": 1.5}]}', "incident 1, column small"),
        ("x.json", '{"rows": [1]}', "incident 1"),
        ("x.json", '{"date": {"yaer": 2017}}', "no list"),
        ("x.json", '[{"date": {"yaer": 2017}}]', "no place for date.yaer"),
        ("x.json", "{", "not JSON"),
        ("x.parquet", "PAR1", "no Parquet"),
        ("x.xlsx", "PK", "no workbook"),
        ("x.dta", "Stata", "x.dta"),
        ("x.sav", "$FL2", "x.sav"),
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


def test_a_cell_of_a_workbook_that_does_not_fit_is_named_with_its_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["iyear", "city"], [2017, 1975], ["soon", None]):
        book.active.append(row)
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(ReadError, match=r"row 3, column iyear: .*'soon'"):
        read_table(tmp_path / "x.xlsx")
    book.active["A3"] = 2018
    book.save(tmp_path / "x.xlsx")
    assert read_table(tmp_path / "x.xlsx").to_pydict() == {"iyear": [2017, 2018], "city": ["1975", None]}


def test_an_unknown_format_gets_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"Did you mean '.json'\?"):
        write_table(SCHEMA.empty_table(), tmp_path / "x.jsn")
    (tmp_path / "x.docx").touch()
    with pytest.raises(ReadError, match=r"Give the file one of the suffixes"):
        read_table(tmp_path / "x.docx")
    with pytest.raises(ReadError, match=r"no such file"):
        read_table(tmp_path / "x.csv")


def test_what_a_format_has_no_room_for_is_an_error_and_leaves_the_old_file(tmp_path: Path) -> None:
    kept = {}
    for suffix in (".sav", ".xlsx", ".geojson", ".dta"):
        kept[suffix] = tmp_path / f"x{suffix}"
        kept[suffix].write_text("old")
    with pytest.raises(WriteError, match="one name: city, CITY"):
        write_table(pa.table({"city": ["a"], "CITY": ["b"]}), kept[".sav"])
    with pytest.raises(WriteError, match="1,048,575 rows"):
        write_table(pa.table({"low": pa.nulls(1_048_576, pa.int64())}), kept[".xlsx"])
    with pytest.raises(WriteError, match="latitude"):
        write_table(pa.table({"low": [1]}), kept[".geojson"])
    with pytest.raises(WriteError, match=r"x\.dta: .*Rename"):
        write_table(pa.table({"a name of two words": [1]}), kept[".dta"])
    assert {path.read_text() for path in kept.values()} == {"old"}
    assert sorted(tmp_path.iterdir()) == sorted(kept.values())


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="no folder"):
        write_table(SCHEMA.empty_table(), tmp_path / "no" / "x.csv")
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(WriteError, match="It is a folder"):
        write_table(SCHEMA.empty_table(), tmp_path / "x.csv")


@pytest.mark.parametrize(
    ("suffix", "library"), [(".dta", "pyreadstat"), (".sav", "pyreadstat"), (".xlsx", "xlsxwriter")]
)
def test_a_library_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=rf"{library}.*pip install 'gtdlike\["):
        write_table(pa.table({"low": [1]}), tmp_path / f"x{suffix}")


def test_a_table_that_is_described_is_described_once(nasty: pa.Table) -> None:
    once = described(nasty)
    assert described(once) is once
    assert once.equals(nasty)
