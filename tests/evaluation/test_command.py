"""`gtdlike evaluate` as its users meet it."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from gtdlike.cli import run

TEXT = (
    "KABUL, Afghanistan - Gunmen stormed a <hotel> in Kabul on Saturday. They killed 14 people & fled, officials said."
)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an article, its coding by the rule coder, and those of two people."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    article = {"id": "hotel", "text": TEXT, "published": "2018-01-21", "title": "Hotel <stormed>"}
    (tmp_path / "articles.jsonl").write_text(json.dumps(article) + "\n")
    assert run(["code", "articles.jsonl", "-o", "coded.jsonl"]) == 0
    row = json.loads((tmp_path / "coded.jsonl").read_text())
    for name, killed in (("anna", 14), ("ben", 12)):
        cells = {
            k: row[k] for k in ("article_id", "iyear", "imonth", "iday", "country", "city", "attacktype1", "success")
        }
        (tmp_path / f"{name}.csv").write_text(
            ",".join([*cells, "nkill"]) + "\n" + ",".join(map(str, [*cells.values(), killed])) + "\n"
        )
    return tmp_path


def test_the_table_names_both_sides(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "anna.csv", "ben.csv", "--labels", "Anna", "Ben", "--differences", "nkill"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "Ben against Anna: incidents of both 1, of Anna only 0, of Ben only 0." in out
    cells = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line}
    assert cells["nkill"][:6] == ["1", "1", "0", "0.000", "0.000", "0.000"]
    assert cells["attacktype1"][:6] == ["1", "1", "1", "1.000", "1.000", "1.000"]
    assert ["hotel", "14", "12"] in [line.split() for line in out.splitlines()]


def test_confusion_of_codes(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "ben.csv").write_text((files / "ben.csv").read_text().replace(",2,1,12", ",3,1,12"))
    assert run(["evaluate", "anna.csv", "ben.csv", "--confusion", "attacktype1", "--only", "attacktype1"]) == 0
    out = capsys.readouterr().out
    assert [line.split() for line in out.splitlines()[-2:]] == [["gold", "3"], ["2", "(Armed", "Assault)", "1"]]


def test_json_is_one_object(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["evaluate", "anna.csv", "coded.jsonl", "--format", "json", "--differences", "nkill"]
    assert run(command) == 0
    told = json.loads(capsys.readouterr().out)
    figures = {one["field"]: one for one in told["fields"]}
    assert figures["nkill"]["f1"] == 1
    assert figures["success"]["confusion"] == [{"gold": "1 (yes)", "coded": "1 (yes)", "count": 1}]
    assert told["labels"] == ["gold", "coded"]
    assert told["differences"] == []


class Page(HTMLParser):
    """What is on a page: the text of each kind of tag, and the tags that are open at the end."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta", "br"):
            self.open.append(tag)
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[self.open[-1]][-1] += data


def test_the_page_shows_the_quote_in_its_sentence(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["evaluate", "ben.csv", "coded.jsonl", "--html", "page.html", "--articles", "articles.jsonl"]
    assert run([*command, "--labels", "<Ben>", "coder"]) == 0
    text = (files / "page.html").read_text(encoding="utf-8")
    page = Page(text)
    assert page.open == []
    assert page.texts["h1"] == ["coder against <Ben>"]
    assert any("14 people" in mark for mark in page.texts["mark"])
    assert "Gunmen stormed" not in text.partition("nkill</th><td>12</td>")[2].partition("</tr>")[0]
    assert "&amp; fled, officials said." in text
    assert "hotel: Hotel <stormed>" in " ".join(page.texts["summary"])
    assert all(address.startswith("#") for address in page.addresses)
    assert "<script" not in text
    assert "http" not in text.replace("http-equiv", "")
    assert [path.name for path in files.iterdir() if path.name.startswith(".")] == []


def test_without_the_articles_the_quote_stands_alone(files: Path) -> None:
    assert run(["evaluate", "ben.csv", "coded.jsonl", "--html", "page.html"]) == 0
    page = Page((files / "page.html").read_text(encoding="utf-8"))
    assert any("14 people" in quote for quote in page.texts["q"])
    assert "mark" not in page.texts


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["anna.csv"], "CODED"),
        (["anna.csv", "missing.csv"], "missing.csv"),
        (["-", "-"], "Both sides are standard input"),
        (["anna.csv", "ben.csv", "--only", "nkil"], "Did you mean 'nkill'"),
        (["anna.csv", "ben.csv", "--differences", "nwound"], "is not compared"),
        (["anna.csv", "ben.csv", "--confusion", "city"], "no codes to compare"),
        (["anna.csv", "ben.csv", "--html", "none/page.html"], "Make it first"),
        (["anna.csv", "ben.csv", "--resamples", "-1"], ">= 0"),
    ],
)
def test_what_cannot_run_says_why(
    arguments: list[str], words: str, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", *arguments]) == 2
    out, err = capsys.readouterr()
    assert words in out + err
    assert "Traceback" not in err


def test_coded_rows_may_come_through_a_pipe(files: Path) -> None:
    command: list[Any] = [sys.executable, "-m", "gtdlike", "evaluate", "anna.csv", "-", "--format", "json"]
    done = subprocess.run(command, input=(files / "coded.jsonl").read_bytes(), capture_output=True, check=True)
    assert json.loads(done.stdout)["fields"][1]["found"] == 1
