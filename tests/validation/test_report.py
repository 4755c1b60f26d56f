"""What a report gives: rows, files, pictures for people, data for programs."""

from __future__ import annotations

import io
import json

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console

from gtdlike.codebook import load_codebook
from gtdlike.errors import ReadError, WriteError
from gtdlike.validation import validate, violation_schema

BOOK = load_codebook()
ROWS = [{"iyear": 2017, "nkill": 1}, {"iyear": 2018, "nkill": -4}, {"iyear": 2019, "nkill": 2, "gname": "A "}]
TABLE = pa.table({name: pa.array([row.get(name) for row in ROWS]) for name in BOOK.columns})
FORMS = {
    "list": lambda _: ROWS,
    "arrow": lambda _: TABLE,
    "polars": lambda _: pl.DataFrame(TABLE),
    "lazy": lambda _: pl.LazyFrame(TABLE),
    "pandas": lambda _: TABLE.to_pandas(),
    "parquet": lambda path: pq.write_table(TABLE, path / "rows.parquet") or path / "rows.parquet",
    "csv": lambda path: pl.DataFrame(TABLE).write_csv(path / "rows.csv") or str(path / "rows.csv"),
}


def years(rows):
    """The years of rows in whatever form."""
    if isinstance(rows, list):
        return [row["iyear"] for row in rows]
    column = rows["iyear"]
    return [int(year) for year in (column.to_pylist() if isinstance(rows, pa.Table) else column.to_list())]


@pytest.mark.parametrize("form", FORMS)
def test_valid_and_invalid_rows_come_back_as_they_came(form, tmp_path):
    data = FORMS[form](tmp_path)
    report = validate(data)
    assert report.invalid_rows.to_pylist() == [2]
    valid, invalid = report.valid(), report.invalid()
    assert years(valid) == [2017, 2019]
    assert years(invalid) == [2018]
    kinds = {"list": list, "polars": pl.DataFrame, "lazy": pl.DataFrame, "pandas": pd.DataFrame}
    assert isinstance(valid, kinds.get(form, pa.Table))


def test_rows_of_a_stream_are_gone():
    report = validate(iter(ROWS))
    with pytest.raises(ReadError, match="came from a stream"):
        report.valid()


def test_all_violations_are_in_the_file_where_the_report_stops_at_a_limit(tmp_path):
    rows = [{"eventid": n, "nkill": -1, "success": 7} for n in range(1, 51)]
    for name, read in (("v.parquet", pl.read_parquet), ("v.csv", pl.read_csv), ("v.jsonl", pl.read_ndjson)):
        report = validate(rows, limit=10, report=tmp_path / name, only=["range", "code"])
        written = read(tmp_path / name)
        assert report.violations.num_rows == 10
        assert report.omitted == len(written) - 10
        assert written.columns == violation_schema().names
        assert len(written.filter(pl.col("variable") == "success")) == 50
        assert sorted(path.name for path in tmp_path.iterdir()) == [name]
        (tmp_path / name).unlink()


def test_violations_are_handed_to_a_function():
    tables = []
    report = validate(ROWS, report=tables.append)
    assert pa.concat_tables(tables).equals(report.violations)


def test_a_report_that_fails_leaves_no_file(tmp_path):
    with pytest.raises(WriteError, match=r"no format of a report.*\.parquet, \.csv or \.jsonl"):
        validate(ROWS, report=tmp_path / "v.txt")
    with pytest.raises(ReadError):
        validate(tmp_path / "absent.csv", report=tmp_path / "v.csv")
    with pytest.raises(WriteError, match="cannot be written"):
        validate(ROWS, report=tmp_path / "no" / "v.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_shows_errors_first_and_counts_by_rule():
    rows = [{"gname": " A"} for _ in range(5)] + [{"nkill": -1}]
    console = Console(file=io.StringIO(), width=110)
    console.print(validate(rows))
    text = console.file.getvalue()
    assert "6 rows checked, 1 error, 5 warnings." in text
    assert text.index("range") < text.index("name-spaces")
    assert text.index("-1 is below the lowest value, 0.") < text.index("The name has spaces around it")


def test_a_notebook_shows_a_table_that_cannot_run():
    html = validate([{"nkill": "<script>alert(1)</script>", "gname": "<b>x</b>"}])._repr_html_()
    assert "<table>" in html
    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_programs_get_json():
    made = json.loads(json.dumps(validate(ROWS).to_dict(1)))
    assert {name: made[name] for name in ("ok", "rows", "errors", "warnings", "omitted")} == {
        "ok": False, "rows": 3, "errors": 1, "warnings": 1, "omitted": 1
    }  # fmt: skip
    assert [v["rule"] for v in made["violations"]] == ["range"]


def test_progress_counts_the_rows():
    done = []
    validate(ROWS, progress=done.append)
    assert sum(done) == 3
