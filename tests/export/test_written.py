"""What files look like to those who open them: the dialect of CSV, and what Parquet, Stata and SPSS tell of columns."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
from attrs import evolve

from gtdlike.codebook import load_codebook
from gtdlike.export import FORMATS, WRITE_ONLY, read_table, write_table
from gtdlike.export.csv import SIGNS
from gtdlike.export.description import columns_of
from gtdlike.rows import arrow_schema


def test_the_dialect_of_csv(tmp_path: Path) -> None:
    schema = pa.schema([("eventid", pa.int64()), ("text", pa.string()), ("day", pa.date32()), ("x", pa.float64())])
    rows: list[dict[str, Any]] = [
        {"eventid": 201701010001, "text": "=1+1", "day": dt.date(2017, 1, 16), "x": -9.0},
        {"eventid": 1, "text": 'a "b", c\nd'},
        {"eventid": 2, "text": "", "x": -12.0},
        {"eventid": 3, "text": "'Abu"},
    ]
    path = tmp_path / "x.csv"
    write_table(pa.Table.from_pylist(rows, schema=schema), path)
    assert path.read_bytes() == (
        b'eventid,text,day,x\n201701010001,\'=1+1,2017-01-16,-9.0\n1,"a ""b"", c\nd",,\n2,"",,-12.0\n3,\'Abu,,\n'
    )
    with path.open(encoding="utf-8", newline="") as stream:
        assert [len(row) for row in csv.reader(stream)] == [4, 4, 4, 4, 4]


def test_no_cell_of_a_csv_is_a_formula_and_no_name_either(tmp_path: Path) -> None:
    table = pa.table({"@name": ["=1", None], "codes": pa.array(["+1", "-1"]).dictionary_encode()})
    path = tmp_path / "x.csv"
    write_table(table, path)
    with path.open(encoding="utf-8", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert not [cell for cell in cells if cell.startswith(tuple(SIGNS))]
    assert read_table(path).to_pydict() == {"@name": ["=1", None], "codes": ["+1", "-1"]}


READABLE = [suffix for suffix in FORMATS if suffix not in WRITE_ONLY]


def test_jsonl_of_others_may_leave_out_blanks_and_have_more_columns(tmp_path: Path) -> None:
    path = tmp_path / "coded.jsonl"
    evidence = [{"variable": "nkill", "start": 1, "end": 2}]
    rows = [
        {"iyear": 2017, "imonth": 1, "article_id": "a"},
        {"nkill": 3, "nwound": 1, "evidence": evidence, "note": "x"},
        {"note": 5},
    ]
    path.write_text("".join(f"{json.dumps(row)}\n\n" for row in rows).replace("\n\n", "\n"))
    table = read_table(path)
    assert table.column_names == [*arrow_schema().names, "article_id", "evidence", "note"]
    assert table.select(["iyear", "nkill", "article_id", "evidence", "note"]).to_pylist() == [
        {"iyear": 2017, "nkill": None, "article_id": "a", "evidence": None, "note": None},
        {"iyear": None, "nkill": 3, "article_id": None, "evidence": evidence, "note": "x"},
        {"iyear": None, "nkill": None, "article_id": None, "evidence": None, "note": "5"},
    ]
    for suffix in READABLE:
        # Formats without lists have them as JSON.
        write_table(table, other := tmp_path / f"other{suffix}")
        held = read_table(other)["evidence"].to_pylist()
        assert [json.loads(one) if isinstance(one, str) else one for one in held] == [None, evidence, None]


def test_parquet_tells_what_its_columns_are(nasty: pa.Table, tmp_path: Path) -> None:
    path = tmp_path / "incidents.parquet"
    write_table(nasty, path)
    file = pq.ParquetFile(path)
    book = load_codebook()
    schema = file.schema_arrow
    assert schema.metadata[b"codebook"] == b"gtd"
    assert schema.metadata[b"codebook_version"] == book.version.encode()
    for name, column in columns_of(schema).items():
        variable = book.variables[name]
        assert (column.label, column.definition) == (variable.label, variable.definition)
        assert (column.kind, column.path or None, column.unknown) == (variable.kind, variable.path, variable.unknown)
        if variable.codes is not None:
            assert column.codes == {c.code: c.label for c in book.code_lists[variable.codes]}
    group = file.metadata.row_group(0)
    encoded = {group.column(i).path_in_schema: group.column(i).encodings for i in range(group.num_columns)}
    assert "RLE_DICTIONARY" in encoded["country_txt"]
    assert "RLE_DICTIONARY" not in encoded["eventid"]


@pytest.mark.parametrize("suffix", [".dta", ".sav"])
def test_stata_and_spss_have_labels_and_what_is_missing(nasty: pa.Table, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"incidents{suffix}"
    write_table(nasty, path)
    reader = pyreadstat.read_dta if suffix == ".dta" else pyreadstat.read_sav
    frame, about = reader(path, output_format="polars")
    book = load_codebook()
    assert about.column_names_to_labels == {name: v.label for name, v in book.variables.items()}
    assert about.file_label.startswith(book.title[:40])
    labels = about.variable_value_labels
    assert labels["attacktype1"] == {float(c.code): c.label for c in book.code_lists["attacktype"]}
    assert labels["vicinity"] == {0: "No", 1: "Yes", -9: "Unknown"}
    assert labels["nperps"] == labels["propvalue"] == {-99: "Unknown"}
    assert labels["success"] == {0: "No", 1: "Yes"}
    if suffix == ".sav":
        _, about = reader(path, output_format="polars", user_missing=True)
        unknown = {n: v.unknown for n, v in book.variables.items() if isinstance(v.unknown, int)}
        assert {name: ranges[0]["lo"] for name, ranges in about.missing_ranges.items()} == unknown
        # A reader that takes user-missing values for missing has them as blanks; the others stay.
        assert set(frame["vicinity"].drop_nulls()) == {0, 1}


def test_a_codebook_of_ones_own_labels_what_is_written_and_parquet_carries_it_on(tmp_path: Path) -> None:
    book = load_codebook()
    weather = evolve(book.variables["success"], name="weather", label="How was the weather?", path=None)
    own = evolve(book, id="own", version="9", variables={**book.variables, "weather": weather})
    table = pa.table({"eventid": [1, 2], "weather": pa.array([0, 1], pa.int16())})
    first = tmp_path / "own.parquet"
    write_table(table, first, codebook=own)
    write_table(read_table(first), tmp_path / "own.dta")
    _, about = pyreadstat.read_dta(tmp_path / "own.dta")
    assert about.column_names_to_labels["weather"] == "How was the weather?"
    assert about.variable_value_labels["weather"] == {0: "No", 1: "Yes"}
    # From there it goes on as well, through a workbook too.
    write_table(read_table(tmp_path / "own.dta"), tmp_path / "own.xlsx")
    write_table(read_table(tmp_path / "own.xlsx"), tmp_path / "own.sav")
    _, about = pyreadstat.read_sav(tmp_path / "own.sav")
    assert about.column_names_to_labels["weather"] == "How was the weather?"
    assert about.variable_value_labels["weather"] == {0: "No", 1: "Yes"}


def test_every_line_of_jsonl_has_every_column(schema: pa.Schema, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    write_table(pa.Table.from_pylist([{"small": 1}], schema=schema), path)
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
