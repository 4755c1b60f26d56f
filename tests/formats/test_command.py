"""`gtdlike codebook show` and `export`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from gtdlike.cli import run
from gtdlike.cli.codebook_show import in_full
from gtdlike.codebook import load_codebook
from gtdlike.codebook.expression.sql import Dialect
from gtdlike.formats import FORMATS, PARTS, export, schema_text
from gtdlike.formats import Dialect as SameDialect

BOOK = load_codebook()


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(["codebook", *arguments]) == code
    captured = capsys.readouterr()
    return captured.err if code else captured.out


def test_in_short(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "show")
    assert all(section in out for section in BOOK.sections)
    assert all(f"{name}" in out for name in BOOK.columns)
    assert f"{len(BOOK.variables)} variables" in out


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nperps", ["Number of perpetrators", "-99", "number_of_perpetrators", "perpetrators-captured"]),
        ("attacktype1", ["Assassination", "attack-order-2", "attacks[0]"]),
        ("weapsubtype", ["Handgun", "weaptype"]),
        ("casualties", ["nkillter", "killed-perpetrators"]),
        ("day-31", ["imonth IN (4, 6, 9, 11)", "30 days", "passes", "fails", "error"]),
        ("eventid-unique", ["unique", "eventid"]),
        ("parent", ["code above it"]),
    ],
)
def test_in_full(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, told: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    out = printed(capsys, "show", name)
    for part in told:
        assert part in out


def test_everything_that_has_a_name_can_be_shown() -> None:
    for name in [*BOOK.variables, *BOOK.code_lists, *BOOK.sections, *BOOK.rules, *BOOK.dataset_rules]:
        assert f"[bold]{name}[/]" in str(next(in_full(name, BOOK)))


def test_a_name_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Did you mean 'attacktype1'?" in printed(capsys, "show", "atacktype1", code=2)


@pytest.mark.parametrize("format", FORMATS)
def test_export(capsys: pytest.CaptureFixture[str], tmp_path: Path, format: str) -> None:
    out = printed(capsys, "export", "--as", format)
    assert out == export(BOOK, format)  # type: ignore[arg-type]
    file = tmp_path / "out"
    assert printed(capsys, "export", "--as", format, "-o", str(file)) == ""
    assert file.read_text(encoding="utf-8") == out


def test_export_of_parts_and_dialects(capsys: pytest.CaptureFixture[str]) -> None:
    for part in PARTS:
        assert printed(capsys, "export", "--as", "json-schema", "--part", part) == schema_text(BOOK, part)
    assert "for postgresql" in printed(capsys, "export", "--as", "sql", "--dialect", "postgresql")
    assert get_args(SameDialect) == get_args(Dialect)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--as", "sql", "--part", "row"], "--part is of --as json-schema"),
        (["--as", "ddi", "--dialect", "duckdb"], "--dialect is of --as sql"),
        (["--as", "ddi", "-o", "no/such/folder/x.xml"], "There is no folder"),
        (["--as", "ddi", "--codebook", "gdt"], "Did you mean 'gtd'?"),
    ],
)
def test_what_cannot_be_exported(capsys: pytest.CaptureFixture[str], arguments: list[str], told: str) -> None:
    assert told in printed(capsys, "export", *arguments, code=2)


def test_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("show", "export"):
        assert "Examples:" in printed(capsys, command, "--help")


def test_the_command_line_does_not_load_what_only_a_command_needs() -> None:
    program = "import sys, gtdlike.cli; print(sorted(m for m in sys.modules if m.startswith('gtdlike')))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = json.loads(done.stdout.replace("'", '"'))
    assert "gtdlike.formats.json_schema" not in loaded
    assert "gtdlike.codebook.load" not in loaded
