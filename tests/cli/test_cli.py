"""The command line as its users meet it: help, exit codes, pipes, messages and files."""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gtdlike.cli import app, run

ATTACK = """KABUL, Afghanistan - Gunmen stormed a hotel in Kabul on Saturday, killing 14 people, officials said.

The Taliban claimed responsibility for the attack.
"""
COMMANDS = sorted(name for name in app if not name.startswith("-"))
CODEBOOK = sorted(f"codebook {name}" for name in app["codebook"] if not name.startswith("-"))


@pytest.fixture
def attack(tmp_path: Path) -> Path:
    """A folder with one article."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "hotel.txt").write_text(ATTACK)
    (folder / "hotel.json").write_text('{"published": "2018-01-21", "title": "Hotel stormed", "source": "Desk"}')
    return folder


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def give(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    return give


def program(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "gtdlike", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        **options,
    )


def test_the_commands_are_these() -> None:
    assert COMMANDS == ["build", "code", "codebook", "evaluate", "export", "validate"]
    assert CODEBOOK == ["codebook check", "codebook export", "codebook show"]


@pytest.mark.parametrize("command", [*(name for name in COMMANDS if name != "codebook"), *CODEBOOK])
def test_help_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command.split(), "--help"]) == 0
    assert f"gtdlike {command} " in capsys.readouterr().out.partition("Examples")[2]


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_are_quick(argument: str) -> None:
    """Well under 0.4 s. Measured is the processor's time, which other work on the machine does not lengthen much."""
    seconds = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert program(argument).returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(seconds) < 0.5


def test_help_loads_nothing_heavy() -> None:
    script = "import sys\nfrom gtdlike.cli import run\nrun(['--help'])\n"
    script += "print([m for m in ('pyarrow', 'polars', 'trafilatura', 'py3langid', 'jsonschema') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_code_to_standard_output(attack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["code", str(attack)]) == 0
    out, err = capsys.readouterr()
    (row,) = [json.loads(line) for line in out.splitlines()]
    assert err == ""
    assert (row["article_id"], row["iyear"], row["imonth"], row["iday"]) == ("hotel", 2018, 1, 20)
    assert row["country_txt"] == "Afghanistan"
    assert {part["variable"] for part in row["evidence"]} >= {"iyear", "country", "nkill", "gname"}
    for part in row["evidence"]:
        assert part["start"] is None or ATTACK[part["start"] : part["end"]] == part["quote"]


def test_code_gives_the_same_rows_in_every_form(attack: Path, tmp_path: Path, stdin: Any, capsys: Any) -> None:
    import pyarrow.parquet as pq

    record = json.dumps({"id": "hotel", "text": ATTACK, "published": "2018-01-21", "title": "Hotel stormed"})
    stdin(record + "\n")
    assert run(["code", "-", "-o", "-"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert run(["code", str(attack), "-o", str(tmp_path / "x.jsonl"), "--processes", "1"]) == 0
    assert [json.loads(line)["nkill"] for line in (tmp_path / "x.jsonl").read_text().splitlines()] == [
        row["nkill"] for row in rows
    ]
    assert run(["code", str(attack), "-o", str(tmp_path / "x.parquet")]) == 0
    table = pq.read_table(tmp_path / "x.parquet").to_pylist()
    assert [row["nkill"] for row in table] == [row["nkill"] for row in rows]
    assert [len(row["evidence"]) for row in table] == [len(row["evidence"]) for row in rows]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "x.jsonl", "x.parquet"]


def test_code_names_what_it_could_not_read_and_goes_on(attack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (attack / "scan.pdf").write_bytes(b"%PDF-1.7")
    (attack / "empty.txt").write_text("")
    (attack / "nota.txt").write_text("Hombres armados mataron a tres personas el domingo, dijo la policía.")
    assert run(["code", str(attack)]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert "empty.txt: The file is empty." in err
    assert "scan.pdf: Files of the kind '.pdf' are not read." in err
    assert "nota: " in err
    assert "'es'" in err


@pytest.mark.parametrize("command", [["code"], ["build", "-o", "out"]])
def test_nothing_readable_is_exit_code_2(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run([*command, "missing.txt"]) == 2
    err = capsys.readouterr().err
    assert "missing.txt: " in err
    assert "There is no such file or folder." in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["code"], "INPUT"),
        (["cod", "a.txt"], "code"),
        (["code", "a.txt", "--outptu", "x"], "--outptu"),
        (["code", "a.txt", "--processes", "many"], "many"),
        (["code", "a.txt", "--processes", "0"], ">= 1"),
        (["code", "a.txt", "-o", "x.xml"], ".jsonl or .parquet"),
        (["code", "a.txt", "-o", "none/x.jsonl"], "Make it first"),
        (["code", "a.jsonl", "-o", "a.jsonl"], "also an input"),
        (["build", "a.txt"], "output"),
    ],
)
def test_what_cannot_run_says_why(
    arguments: list[str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(ATTACK)
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": ATTACK}))
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert words in out + err
    assert "Traceback" not in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "a.txt"]


def test_build_makes_a_release_once(attack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "release"
    assert run(["build", str(attack), "-o", str(output)]) == 0
    assert capsys.readouterr().out == f"{output}: 1 article (1 coded), 1 incident\n"
    assert {"incidents.parquet", "incidents.csv", "incidents.jsonl", "manifest.json"} <= {
        p.name for p in output.iterdir()
    }
    assert run(["build", str(attack), "-o", str(output)]) == 2
    assert "overwrite" in capsys.readouterr().err
    assert run(["build", str(attack), "-o", str(output), "--overwrite"]) == 0


def test_what_is_coded_can_be_piped_into_validate(attack: Path, tmp_path: Path) -> None:
    coded = program("code", str(attack))
    assert coded.returncode == 0, coded.stderr
    checked = program("validate", "-", input=coded.stdout)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    row = json.loads(coded.stdout)
    row["country_txt"] = "Atlantis"
    assert program("validate", "-", input=json.dumps(row) + "\n").returncode == 1


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"text": ATTACK, "published": "2018-01-21"}) + "\n" for _ in range(300)))
    command = [sys.executable, "-m", "gtdlike", "code", str(path), "--processes", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


def test_ctrl_c_is_quiet_and_leaves_no_file_behind(tmp_path: Path) -> None:
    import signal

    output = tmp_path / "x.jsonl"
    command = [sys.executable, "-m", "gtdlike", "code", "-", "-o", str(output), "--processes", "1"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(json.dumps({"text": ATTACK}).encode() + b"\n")
        process.stdin.flush()
        deadline = time.monotonic() + 30
        while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert list(tmp_path.iterdir()) == []
