"""`gtdlike validate` as a shell sees it: what it prints, what it writes and how it ends."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from gtdlike.cli import run
from gtdlike.rows import from_row, to_table
from gtdlike.validation import violation_schema


@pytest.fixture(autouse=True)
def _wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.parquet"
    pq.write_table(to_table([from_row({"eventid": 201701010001, "iyear": 2017, "nkill": 39})]), path)
    return str(path)


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.jsonl"
    rows = [{"eventid": 201701010001, "nkill": "seven"}, {"nkil": 3}, {"iyear": 2017, "imonth": 13}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def test_valid_is_0(good, capsys):
    assert run(["validate", good]) == 0
    assert "1 row checked, 0 errors, 0 warnings." in capsys.readouterr().out


def test_violations_are_1_and_told_with_their_remedy(bad, capsys):
    assert run(["validate", bad]) == 1
    out = capsys.readouterr().out
    assert "3 rows checked, 3 errors, 0 warnings." in out
    counted = [line.split() for line in out.splitlines()[2:5]]
    assert counted == [[rule, "error", "1", name] for rule, name in
                       (("column", "nkil"), ("range", "imonth"), ("type", "nkill"))]  # fmt: skip
    assert "'seven' is not a whole number. Write digits only" in out
    assert "Did you mean 'nkill'?" in out
    assert run(["validate", bad, "--max", "1"]) == 1
    out = capsys.readouterr().out
    assert "2 more." in out
    assert "nkil'" not in out


def test_a_narrow_terminal_has_the_message_below_the_cell(bad, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["validate", bad]) == 1
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    at = lines.index("  1  nkill  seven  error  type")
    assert lines[at + 1].startswith("     'seven' is not a whole number. Write digits only")
    assert max(map(len, lines)) <= 80


def test_what_cannot_be_read_is_2_and_the_others_are_checked(bad, good, tmp_path, capsys):
    assert run(["validate", good, str(tmp_path / "none.csv"), bad]) == 2
    told = capsys.readouterr()
    assert "none.csv: No such file or directory." in told.err
    assert "3 errors" in told.out
    assert run(["validate", good, "--codebook", "gdt"]) == 2
    assert "gtd" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", ["parquet", "csv", "jsonl"])
def test_the_report_file(bad, tmp_path, suffix):
    path = tmp_path / f"report.{suffix}"
    assert run(["validate", bad, "--report", str(path)]) == 1
    if suffix == "parquet":
        table = pq.read_table(path)
        assert table.schema.equals(violation_schema())
        assert table["row"].to_pylist() == [1, 2, 3]
    else:
        assert len(path.read_text().splitlines()) == (4 if suffix == "csv" else 3)


def test_the_report_of_several_files_names_each(bad, good, tmp_path):
    path = tmp_path / "report.jsonl"
    assert run(["validate", good, bad, bad, "--report", str(path)]) == 1
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert len(lines) == 6
    assert all(line["message"].startswith(f"{bad}: ") for line in lines)


def test_a_report_that_cannot_be_written_is_2(bad, tmp_path, capsys):
    assert run(["validate", bad, "--report", str(tmp_path / "report.xlsx")]) == 2
    assert "Name a file that ends in .parquet, .csv or .jsonl." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"nkill": 3}\n', 0),
        (b'\n {"nkill": "x"}\n', 1),
        (b'[{"nkill": 3}, {"nkill": 4}]', 0),
        (b"nkill\n3\n", 1),
        (b"", 2),
    ],
)
def test_standard_input(data, code, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert run(["validate", "-"]) == code


def test_the_report_file_stands_though_the_reader_of_the_output_goes_away(tmp_path):
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"nkill": -1}\n' * 3000)
    program = f"{sys.executable} -m gtdlike validate {rows} --max 3000 --report {tmp_path / 'v.jsonl'} | head -1"
    subprocess.run(["sh", "-c", program], check=True, capture_output=True)
    assert len((tmp_path / "v.jsonl").read_text().splitlines()) == 3000
