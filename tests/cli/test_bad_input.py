"""Bad input to the commands: each is named with its reason and a remedy, and costs only itself."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from gtdlike.cli import run

GOOD = "KABUL, Jan 21 - Gunmen stormed a hotel in Kabul on Saturday, killing 14 people, police said."
RECORD = json.dumps({"id": "good", "text": GOOD, "published": "2018-01-21"})
Make = Callable[[Path], object]
Output = pytest.CaptureFixture[str]

ARTICLES: dict[str, tuple[str, Make, str, str]] = {
    "empty file": ("a.txt", lambda path: path.touch(), "a.txt: The file is empty.", "leave the file out"),
    "blank file": ("a.txt", lambda path: path.write_text("\n \n"), "a.txt: The text is empty.", "Give the article"),
    "50 MB article": (
        "a.txt",
        lambda path: path.write_bytes(b"A bomb killed three people. " * 1_900_000),
        "a.txt: The text is too long for one article (53,200,000 bytes; the limit is 1,000,000 characters).",
        "Split it into its articles",
    ),
    "binary file": (
        "a.txt",
        lambda path: path.write_bytes(random.Random(7).randbytes(20_000)),
        "a.txt: It holds binary data, not text.",
        "plain text in UTF-8",
    ),
    "invalid UTF-8": (
        "a.txt",
        lambda path: path.write_bytes(GOOD.encode() + b" \x81\xfe\n"),
        f"a.txt: Its encoding is not known (byte {len(GOOD) + 2} is not UTF-8).",
        "Save it again as UTF-8.",
    ),
    "column without its name": (
        "a.csv",
        lambda path: path.write_text(f'id,body\n1,"{GOOD}"\n'),
        "a.csv: There is no field 'text' (the fields are: 'id', 'body').",
        "Did you mean 'body'? Rename the field to 'text'.",
    ),
    "folder without articles": ("a", lambda path: path.mkdir(), "a: There is no article in this folder.", ".jsonl"),
    "image": ("a.png", lambda path: path.touch(), "a.png: Files of the kind '.png' are not read.", "Convert it"),
    "nothing": ("a.txt", lambda path: None, "a.txt: There is no such file or folder.", "Check the path"),
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("name", "make", "reason", "remedy"), ARTICLES.values(), ids=list(ARTICLES))
def test_bad_articles(name: str, make: Make, reason: str, remedy: str, here: Path, capsys: Output) -> None:
    make(here / name)
    assert run(["code", name]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"gtdlike: {reason} " in err
    assert remedy in err
    assert len(err.splitlines()) == 1
    assert run(["build", name, "-o", "release"]) == 2
    assert f"No article can be read. {reason.partition(': ')[2]}" in capsys.readouterr().err
    assert not (here / "release").exists()
    # Beside a good article it costs only itself.
    (here / "good.jsonl").write_text(RECORD)
    assert run(["code", name, "good.jsonl"]) == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["article_id"] for line in out.splitlines()] == ["good"]
    assert f"gtdlike: {reason} " in err
    assert run(["build", name, "good.jsonl", "-o", "release"]) == 0
    out, err = capsys.readouterr()
    assert out == "release: 2 articles (1 coded, 1 unreadable), 1 incident\n"
    assert reason in err
    told = json.loads((here / "release" / "manifest.json").read_text())
    assert [one["fate"] for one in told["inputs"]] == ["unreadable", "coded"]
    assert remedy in told["inputs"][0]["message"]


def test_a_broken_line_costs_only_itself(here: Path, capsys: Output) -> None:
    (here / "a.jsonl").write_text(f'{RECORD}\n{{"id": "b", "text": "Gunm\n[1]\n{RECORD.replace("good", "last")}\n')
    assert run(["code", "a.jsonl"]) == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["article_id"] for line in out.splitlines()] == ["good", "last"]
    second, third = err.splitlines()
    assert second.startswith("gtdlike: a.jsonl:2: The line is not JSON (")
    assert third.startswith("gtdlike: a.jsonl:3: The line holds no JSON object. ")


def test_old_encodings_are_read_with_a_warning(here: Path, capsys: Output) -> None:
    (here / "a.txt").write_bytes(
        "BOGOTÁ, May 7 - A car bomb exploded in Bogotá on Monday, killing two people.".encode("cp1252")
    )
    assert run(["code", "a.txt"]) == 0
    out, err = capsys.readouterr()
    assert "Bogotá" in out
    assert "a.txt: it is not UTF-8 and was read as Windows-1252" in err


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("release", [], "release: The output folder exists. Choose another folder, or replace this one with --over"),
        ("mine", [], "mine: The output folder exists."),
        ("mine", ["--overwrite"], "mine: The folder is no release (it has no manifest.json), so it is not over"),
        ("good.jsonl", ["--overwrite"], "good.jsonl: The output is a file. Name a folder that does not exist yet."),
    ],
)  # fmt: skip
def test_an_output_that_exists(name: str, options: list[str], words: str, here: Path, capsys: Output) -> None:
    (here / "good.jsonl").write_text(RECORD)
    (here / "mine").mkdir()
    (here / "mine" / "thesis.txt").write_text("mine")
    assert run(["build", "good.jsonl", "-o", "release"]) == 0
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    capsys.readouterr()
    assert run(["build", "good.jsonl", "-o", name, *options]) == 2
    assert f"gtdlike: {words}" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "a.csv: This is no CSV file: it is empty, or its first line is."),
        ("a.xlsx", b"PK no more", "a.xlsx: This is no workbook of Excel: "),
        ("a.parquet", b"PAR1 no more", "a.parquet: This is no Parquet file: "),
        ("a.txt", b"", "a.txt: Rows are not read from .txt. Give a file that ends in .csv, .tsv, .xlsx, .parquet, "),
        ("folder", None, "folder: It is a folder."),
        ("none.csv", None, "none.csv: No such file or directory."),
    ],
)
def test_rows_that_cannot_be_read(name: str, content: bytes | None, words: str, here: Path, capsys: Output) -> None:
    (here / "folder").mkdir()
    if content is not None:
        (here / name).write_bytes(content)
    assert run(["validate", name]) == 2
    assert f"gtdlike: {words}" in capsys.readouterr().err


def test_a_release_is_named_by_its_rows(here: Path, capsys: Output) -> None:
    (here / "good.jsonl").write_text(RECORD)
    assert run(["build", "good.jsonl", "-o", "release"]) == 0
    assert run(["validate", "release"]) == 2
    assert "Give its rows: release/incidents.parquet." in capsys.readouterr().err
    assert run(["validate", "release/incidents.parquet"]) == 0


def test_many_missing_columns_are_one_line(here: Path, capsys: Output) -> None:
    (here / "mine.csv").write_text("eventid,iyear,imonth,iday,nkilled\n201801200001,2018,13,20,3\n")
    assert run(["validate", "mine.csv", "--report", "violations.jsonl"]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "'nkilled' is no column of codebook gtd. Did you mean 'nkill'?" in out
    assert out.count("columns are missing") == 1
    assert out.count("columns of labels are missing") == 1
    assert "13 is above the highest value, 12." in out
    assert "more." in out
    listed = [json.loads(line) for line in (here / "violations.jsonl").read_text().splitlines()]
    assert len([v for v in listed if "is missing" in v["message"]]) > 100
