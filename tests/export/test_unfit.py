"""What cannot be read or written is an error that names the place and the remedy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from gtdlike.errors import MissingExtraError, ReadError, WriteError
from gtdlike.export import LossWarning, read_table, write_table

Told = Callable[..., list[LossWarning]]
"""What is told of losses when a table is written to a path."""


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
    schema: pa.Schema, tmp_path: Path, name: str, content: str, message: str
) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(ReadError, match=message) as caught:
        read_table(path, schema)
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


def test_an_unknown_format_gets_a_suggestion(schema: pa.Schema, tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"Did you mean '.json'\?"):
        write_table(schema.empty_table(), tmp_path / "x.jsn")
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


def test_a_folder_that_is_not_there(schema: pa.Schema, tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="no folder"):
        write_table(schema.empty_table(), tmp_path / "no" / "x.csv")
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(WriteError, match="It is a folder"):
        write_table(schema.empty_table(), tmp_path / "x.csv")


@pytest.mark.parametrize(
    ("suffix", "library"), [(".dta", "pyreadstat"), (".sav", "pyreadstat"), (".xlsx", "xlsxwriter")]
)
def test_a_library_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=rf"{library}.*pip install 'gtdlike\["):
        write_table(pa.table({"low": [1]}), tmp_path / f"x{suffix}")
