"""Validation finds what is wrong, tells where and what to do, and finds nothing in what is right."""

from __future__ import annotations

import datetime as dt
import io
import json
import math

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.codebook import load_codebook
from gtdlike.errors import ReadError, ValidationError
from gtdlike.incident import UNKNOWN, Casualties, Incident
from gtdlike.rows import arrow_schema, from_row, to_row, to_table
from gtdlike.testing import rows
from gtdlike.validation import validate, violation_schema

BOOK = load_codebook()
few = settings(max_examples=8, deadline=None)

GOOD = to_row(
    from_row(
        {"eventid": 201701010001, "iyear": 2017, "imonth": 1, "iday": 1, "extended": 1,
         "resolution": dt.date(2017, 1, 16), "country": 209, "region": 10, "latitude": 41.0, "longitude": 28.9,
         "specificity": 4, "success": 1, "attacktype1": 2, "targtype1": 1, "targsubtype1": 8, "natlty1": 209,
         "weaptype1": 5, "weapsubtype1": 2, "nkill": 39, "nperps": -99, "gname": "Unknown", "claimed": -9}
    )
)  # fmt: skip


def good(number):
    """The good row with an eventid of its own, so that several may stand in one dataset."""
    return GOOD | {"eventid": GOOD["eventid"] + number}


def table(cells):
    """A table with all the columns, as text, in whose second row these cells stand."""
    text = {name: None if value is None else str(value) for name, value in GOOD.items()}
    first = text | {"eventid": str(good(1)["eventid"])}
    return pa.Table.from_pylist([first, text | cells], schema=pa.schema([(c, pa.string()) for c in BOOK.columns]))


def told(report):
    """What the report lists, without the words."""
    return [(v["row"], v["variable"], v["rule"], v["severity"]) for v in report.violations.to_pylist()]


@few
@given(st.lists(rows(), min_size=1, max_size=3))
def test_valid_rows_have_no_violation_in_any_form(given_rows):
    typed = to_table(from_row(row) for row in given_rows)
    csv = io.BytesIO()
    pl.DataFrame(typed).write_csv(csv)
    csv.seek(0)
    for data in (given_rows, [from_row(r) for r in given_rows], typed, pl.DataFrame(typed), typed.to_pandas(), csv):
        # The rows are made one by one: their ids may be alike, and name others that are not there.
        report = validate(data, ignore=BOOK.dataset_rules)
        assert report.rows == len(given_rows)
        assert report.counts == {}, str(report)
        assert report.ok


# What is wrong with one cell: the cell, the rule that finds it, and words of the message and of the remedy.
WRONG = [
    ({"nkill": "seven"}, ("nkill", "type"), "'seven' is not a whole number.", "Write digits only"),
    ({"nkill": "3.5"}, ("nkill", "type"), "'3.5' is not a whole number.", "leave the cell empty"),
    ({"nkill": "nan"}, ("nkill", "missing-mark"), "'nan'", "Leave the cell empty."),
    ({"nperps": "many"}, ("nperps", "type"), "not a whole number", "-99 where it is not known"),
    ({"latitude": "north"}, ("latitude", "type"), "not a number", "digits only"),
    ({"latitude": "inf"}, ("latitude", "type"), "not a number", "digits only"),
    ({"resolution": "16/1/2017"}, ("resolution", "type"), "not a date", "Write it as 2017-01-16"),
    ({"resolution": "2017-02-30"}, ("resolution", "type"), "not a date", "Write it as 2017-01-16"),
    ({"success": "yes"}, ("success", "type"), "not 0 or 1", "Write 0 (no), 1 (yes)"),
    ({"attacktype1": "Bombing", "attacktype1_txt": ""}, ("attacktype1", "type"), "not a code", "Write 3, the code of"),
    ({"attacktype1": "Hijaking", "attacktype1_txt": ""}, ("attacktype1", "type"), "not a code", "Write 4, the code of"),
    ({"attacktype1": "77", "attacktype1_txt": ""}, ("attacktype1", "code"), "77 is not a code of", "(1 to 9)"),
    ({"success": "2"}, ("success", "code"), "2 is no answer", "Write 0 (no), 1 (yes), or"),
    ({"success": "-9"}, ("success", "code"), "-9 is no answer", "Write 0 (no), 1 (yes), or"),
    ({"claimed": "-99"}, ("claimed", "code"), "-99 is no answer", "-9 (not known)"),
    ({"region": "9", "region_txt": ""}, ("country", "parent"), "209 (Turkey) belongs to", "Write 10 in region"),
    ({"region": "", "region_txt": ""}, ("country", "parent"), "but region is blank", "Write 10 in region"),
    ({"weapsubtype1": "27", "weapsubtype1_txt": ""}, ("weapsubtype1", "parent"), "belongs to weaptype1", "Write"),
    ({"imonth": "13", "extended": "0", "resolution": ""}, ("imonth", "range"), "13 is above the highest value, 12.",
     "Correct the number"),
    ({"nkill": "-1"}, ("nkill", "range"), "-1 is below the lowest value, 0.", "Correct the number"),
    ({"nperps": "-9"}, ("nperps", "range"), "-9 is below the lowest value, 0.", "write -99 where it is not known"),
    ({"nkill": "3000000000"}, ("nkill", "range"), "above the highest value, 2147483647", "Correct the number"),
    ({"latitude": "90.5"}, ("latitude", "range"), "90.5 is above the highest value, 90.", "Correct the number"),
    ({"country_txt": "Turky"}, ("country_txt", "label"), "whose label is 'Turkey', not 'Turky'", "Write 'Turkey'."),
    ({"country_txt": "Iraq"}, ("country_txt", "label"), "not 'Iraq'", "Write 'Turkey', or 95 in country."),
    ({"attacktype2_txt": "Hijacking"}, ("attacktype2_txt", "label"), "attacktype2 is blank", "Write 4 in"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "found", "message", "remedy"), WRONG, ids=[str(w[0]) for w in WRONG])
def test_what_is_wrong_with_one_cell(cells, found, message, remedy):
    report = validate(table(cells))
    errors = [v for v in report.violations.to_pylist() if v["severity"] == "error"]
    assert [(v["row"], v["variable"], v["rule"]) for v in errors] == [(2, *found)]
    (violation,) = errors
    assert message in violation["message"]
    assert remedy in violation["remedy"]
    assert violation["eventid"] == GOOD["eventid"]
    assert violation["value"] == cells.get(found[0], str(GOOD[found[0]]))
    assert not report.ok
    assert report.errors == 1
    assert report.rows == 2


@pytest.mark.parametrize(
    "cells",
    [{"nkill": "39.0"}, {"nkill": " 39 "}, {"nkill": ""}, {"nkill": " "}, {"latitude": "41"},
     {"extended": "0", "resolution": ""}, {"resolution": "2017-01-16 00:00:00"},
     {"eventid": "201701010001.0"}, {"suicide": "0.0"}, {"motive": ""}],
)  # fmt: skip
def test_ways_to_write_that_are_fine(cells):
    assert validate(table(cells)).counts == {}


def test_a_label_that_is_left_out_is_a_warning_only():
    report = validate(table({"country_txt": ""}))
    assert report.ok
    assert told(report) == [(2, "country_txt", "label", "warning")]
    assert report.violations["remedy"].to_pylist() == ["Write 'Turkey'."]


def test_a_wrong_cell_is_one_violation_and_does_not_drag_others_along():
    # The country could not be read: whether its region and its label agree with it is not known.
    assert told(validate(table({"country": "Turkey"}))) == [(2, "country", "type", "error")]
    assert told(validate(table({"region": "x"}))) == [(2, "region", "type", "error")]


@pytest.mark.parametrize("cell", [[1], {"a": 1}, b"x", dt.date(2017, 1, 1), dt.timedelta(1), object(), "x", 10**30])
@pytest.mark.parametrize("alone", [True, False])
def test_no_python_value_is_a_crash(cell, alone):
    data = [GOOD | {"nkill": cell}] if alone else [good(0), good(1) | {"nkill": cell}, good(2) | {"nkill": None}]
    rule = "spreadsheet-date" if isinstance(cell, dt.date) else "type"
    assert told(validate(data)) == [(1 if alone else 2, "nkill", rule, "error")]
    if not isinstance(cell, str):
        data = [row | {"summary": row["nkill"] if row["nkill"] != 39 else "x"} | {"nkill": 39} for row in data]
        assert told(validate(data)) == [(1 if alone else 2, "summary", "type", "error")]


# What must stand in the other cells of a row, so that no rule objects to the rows themselves.
BESIDE = {
    "success": {"attacktype1": [9] * 4, "attacktype1_txt": ["Unknown"] * 4},
    "resolution": {"extended": [1, 1, 0, 0]},
    "latitude": {"longitude": [28.9] * 4, "specificity": [4] * 4},
    "propvalue": {"property": [1] * 4},
}


@pytest.mark.parametrize(
    ("name", "values", "wrong"),
    [
        ("nkill", pl.Series([1.0, 2.5, math.nan, None]), [2]),
        ("nkill", pl.Series([True, False, None, None]), [1, 2]),
        ("success", pl.Series([True, False, None, None]), []),
        ("nkill", pl.Series([1, 2, 2**63, None], dtype=pl.UInt64), [3]),
        ("nkill", pl.Series([[1], None, [], None]), [1, 3]),
        ("summary", pl.Series([1, None, 2, None]), []),
        ("summary", pl.Series([True, None, False, None]), [1, 3]),
        ("summary", pl.Series(["a", None, "", "b"], dtype=pl.Categorical), []),
        ("resolution", pl.Series([dt.datetime(2017, 1, 1), dt.datetime(2017, 1, 1, 5), None, None]), [2]),
        ("latitude", pl.Series([1, 2, 3, 4]), []),
        ("propvalue", pl.Series([1.0, math.inf, math.nan, None]), [2]),
        ("nkill", pl.Series(["1.0", "2", "x", ""], dtype=pl.Categorical), [3]),
    ],
)
def test_columns_of_other_types(name, values, wrong):
    filled = {**BESIDE.get(name, {}), name: values}
    frame = pl.DataFrame({c: filled.get(c, [None] * 4) for c in BOOK.columns})
    assert told(validate(frame)) == [(row, name, "type", "error") for row in wrong]
    assert told(validate(frame.to_arrow())) == told(validate(frame))
    assert told(validate(frame.lazy())) == told(validate(frame))


def test_a_pandas_frame_with_mixed_objects():
    frame = pd.DataFrame([good(n) for n in range(3)])
    frame["nkill"] = [1, "x", [2]]
    frame["claimmode"] = math.nan
    assert told(validate(frame)) == [(2, "nkill", "type", "error"), (3, "nkill", "type", "error")]


def test_columns_missing_strange_and_twice():
    full = table({})
    renamed = full.rename_columns(["nkil" if c == "nkill" else c for c in full.column_names])
    report = validate(renamed.drop_columns(["country_txt"]))
    assert set(told(report)) == {
        (None, "nkill", "column", "error"),
        (None, "nkil", "column", "error"),
        (None, "country_txt", "column", "warning"),
    }
    (strange,) = [v for v in report.violations.to_pylist() if v["variable"] == "nkil"]
    assert told(report)[0] == (None, "nkil", "column", "error")
    assert strange["remedy"] == "Did you mean 'nkill'?"
    twice = full.append_column("nkill", pa.array(["x", "y"]))
    assert told(validate(twice)) == [(None, "nkill", "column", "error")]
    extra = full.append_column("article_id", pa.array(["x", "y"])).append_column("evidence", pa.array([[1], None]))
    assert validate(extra).counts == {}


def test_rows_may_leave_cells_out_but_not_name_strange_ones():
    data = [{"eventid": 201701010001, "article_id": "a", "evidence": [{"variable": "nkill"}], "background": False},
            {"eventid": 201701010002, "nkil": 3}, {"eventid": 201701010003, "nkil": 4}]  # fmt: skip
    report = validate(data)
    assert told(report) == [(2, "nkil", "column", "error")]
    assert report.rows == 3


def test_incidents_and_what_has_no_place_in_a_row():
    data = [Incident(attacks=[1]), Incident(attacks=[1, 3, 2, 7], casualties=Casualties(killed=UNKNOWN))]
    assert told(validate(data)) == [(2, "attacktype3", "type", "error"), (2, "nkill", "type", "error")]
    assert told(validate([Incident(), Incident(place=None)])) == [(2, None, "row", "error")]
    assert validate(Incident()).rows == 1


def test_many_rows_go_in_chunks_and_keep_their_numbers():
    data = [{"eventid": 201701010001 + n // 9999 * 10_000 + n % 9999, "iyear": 2017} for n in range(45_000)]
    data[44_999]["nkill"] = "x"
    data[20_000]["nkill"] = -1
    report = validate(data)
    assert told(report) == [(20_001, "nkill", "range", "error"), (45_000, "nkill", "type", "error")]
    assert report.rows == 45_000


def test_the_limit_bounds_the_list_and_not_the_counts():
    report = validate([{"nkill": "x", "nwound": -1}] * 50, limit=30)
    assert report.violations.num_rows == 30
    assert report.counts == {"range": 50, "type": 50}
    assert report.counts_by_variable == {("range", "nwound", "error"): 50, ("type", "nkill", "error"): 50}
    assert (report.errors, report.omitted) == (100, 70)
    assert validate([{"nkill": "x"}] * 50, limit=None).omitted == 0


def test_files(tmp_path):
    good, bad = table({}), table({"nkill": "x"})
    pq.write_table(bad, tmp_path / "a.parquet")
    pl.DataFrame(bad).write_csv(tmp_path / "a.csv")
    pl.DataFrame(bad).write_ndjson(tmp_path / "a.jsonl")
    (tmp_path / "a.json").write_text(json.dumps(bad.to_pylist()))
    for suffix in ("parquet", "csv", "jsonl", "json"):
        path = tmp_path / f"a.{suffix}"
        report = validate(path)
        assert told(report) == [(2, "nkill", "type", "error")]
        assert (report.rows, report.origin) == (2, str(path))
        assert told(validate(str(path))) == told(report)
    for suffix in ("csv", "jsonl", "json"):
        with (tmp_path / f"a.{suffix}").open("rb") as file:
            assert told(validate(file)) == [(2, "nkill", "type", "error")]
    pq.write_table(to_table([from_row(GOOD)]), tmp_path / "typed.parquet")
    assert validate(tmp_path / "typed.parquet").counts == {}
    assert validate(good).ok


def test_a_broken_line_of_json_costs_itself(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"nkill": 1}\n\n{"nkill": \n[1]\n{"nkill": "x"}\n\xff\n')
    report = validate(path)
    assert told(report) == [(2, None, "row", "error"), (3, None, "row", "error"), (4, "nkill", "type", "error"),
                            (5, None, "row", "error")]  # fmt: skip
    assert report.rows == 5


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.txt", b"a", "Rows are not read from .txt"),
        ("x.jsn", b"a", "Did you mean '.json'?"),
        ("x.parquet", b"PAR1 or not", "This is no Parquet file"),
        ("x.json", b"{", "This is not JSON"),
        ("x.csv", b"", "This is no CSV file"),
        ("x.xlsx", b"PK or not", "This is no"),
    ],
)
def test_what_cannot_be_read(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadError) as error:
        validate(path)
    assert message in str(error.value)
    assert str(path) in str(error.value)


def test_what_is_not_there_or_no_data_at_all(tmp_path):
    with pytest.raises(ReadError, match="No such file"):
        validate(tmp_path / "none.csv")
    with pytest.raises(ReadError, match=r"A int cannot be validated\. Give a path"):
        validate(3)


def test_the_report():
    report = validate(table({"attacktype1": "77", "attacktype1_txt": "", "country_txt": ""}))
    assert report.violations.schema.equals(violation_schema())
    assert report.summary() == "2 rows checked, 1 error, 1 warning (code 1, label 1)."
    assert "row 2: attacktype1: error (code): 77 is not a code of attacktype." in str(report)
    with pytest.raises(ValidationError, match="2 rows checked, 1 error"):
        report.raise_for_errors()
    fine = validate(table({}))
    fine.raise_for_errors()
    assert str(fine) == "2 rows checked, 0 errors, 0 warnings."
    labelled = validate(table({"region": "9", "region_txt": ""})).violations.to_pylist()
    assert [v["label"] for v in labelled if v["rule"] == "parent"] == ["Turkey"]


def test_the_report_is_written_in_its_shape(tmp_path):
    report = validate(table({"nkill": "x"}))
    names = violation_schema().names
    for suffix in ("parquet", "csv", "jsonl"):
        report.write(tmp_path / f"v.{suffix}")
    assert pq.read_table(tmp_path / "v.parquet").equals(report.violations)
    assert pl.read_csv(tmp_path / "v.csv").columns == names
    (line,) = [json.loads(line) for line in (tmp_path / "v.jsonl").read_text().splitlines()]
    assert list(line) == names
    assert (line["row"], line["variable"], line["value"], line["label"]) == (2, "nkill", "x", None)
    with pytest.raises(Exception, match="Name a file that ends in"):
        report.write(tmp_path / "v.xlsx")


def test_an_empty_table_is_valid():
    report = validate(arrow_schema().empty_table())
    assert (report.ok, report.rows, report.counts) == (True, 0, {})
    assert validate([]).rows == 0
