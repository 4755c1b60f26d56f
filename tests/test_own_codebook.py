"""The worked example: the codebook in examples/drones, the page that explains it, and the command that checks it."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path

import jsonschema
import pytest
from attrs import has
from hypothesis import given, settings

import gtdlike
from gtdlike.cli.codebook_check import check
from gtdlike.codebook import check_codebook, load_codebook
from gtdlike.codebook.fields import HEADER, READERS
from gtdlike.codebook.layer import SIDE_FILES
from gtdlike.formats import export
from gtdlike.incident import UNKNOWN, Incident, incident_class
from gtdlike.rows import arrow_schema, from_row, from_table, to_row, to_table
from gtdlike.testing import rows

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "examples" / "drones"
PAGE = (ROOT / "docs" / "own-codebook.md").read_text(encoding="utf-8")
DRONES = load_codebook(FOLDER)
GTD = load_codebook()
ROWS = [json.loads(line) for line in (FOLDER / "incidents.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def drones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example to spoil, in the folder in which one works."""
    shutil.copytree(FOLDER, tmp_path / "drones")
    monkeypatch.chdir(tmp_path)
    return Path("drones")


# The example.


def test_it_has_three_variables_two_rules_and_a_code_list_more() -> None:
    assert check_codebook(DRONES) == []
    new = [name for name in DRONES.columns if name not in GTD.columns]
    assert new == ["drone", "dronetype", "dronetype_txt", "ndrones"]
    assert [name for name in DRONES.columns if name in GTD.columns] == list(GTD.columns)
    assert set(DRONES.rules) - set(GTD.rules) == {"drone-details", "drone-weapon"}
    assert set(DRONES.code_lists) - set(GTD.code_lists) == {"dronetype"}


def test_the_class_the_schema_and_the_rows_follow() -> None:
    cls = incident_class(DRONES)
    assert (cls.__name__, cls.__bases__) == ("DronesIncident", (Incident,))
    incidents = [from_row(row, DRONES) for row in ROWS]
    first = incidents[0]
    assert type(first) is cls
    assert has(type(first.drone))  # type: ignore[attr-defined]
    assert (first.drone.used, first.drone.type, first.drone.number) == (True, 2, 2)  # type: ignore[attr-defined]
    assert from_row({"ndrones": -99}, DRONES).drone.number is UNKNOWN  # type: ignore[attr-defined]
    schema = arrow_schema(DRONES)
    assert {name: str(schema.field(name).type) for name in ("drone", "dronetype", "dronetype_txt", "ndrones")} == {
        "drone": "int16", "dronetype": "int16", "dronetype_txt": "string", "ndrones": "int32",
    }  # fmt: skip
    assert schema.metadata == {b"codebook": b"drones", b"codebook_version": b"1.0.0"}
    assert from_table(to_table(incidents, DRONES), DRONES) == incidents
    written = to_row(first, DRONES)
    assert {name: written[name] for name in ROWS[0]} == ROWS[0]
    assert written["dronetype_txt"] == "One-way attack drone"


def test_its_incidents_are_valid_and_said_to_be_invented() -> None:
    report = gtdlike.validate(FOLDER / "incidents.jsonl", codebook=DRONES)
    assert report.counts == {}, str(report)
    assert all("Invented" in row["summary"] for row in ROWS)


@pytest.mark.parametrize("id", ["drone-details", "drone-weapon"])
def test_its_rules_find_what_they_are_for(id: str) -> None:
    rule = DRONES.rules[id]
    for cells in rule.fails:
        assert set(gtdlike.validate([dict(cells)], codebook=DRONES).counts) == {id}
    assert gtdlike.validate([dict(cells) for cells in rule.passes], codebook=DRONES).counts == {}


@settings(max_examples=5, deadline=None)
@given(rows(DRONES))
def test_rows_made_for_it_are_valid_and_survive(row: dict[str, object]) -> None:
    assert to_row(from_row(row, DRONES), DRONES) == row
    assert gtdlike.validate([row], codebook=DRONES).ok


def test_the_json_schema_follows() -> None:
    schema = jsonschema.Draft202012Validator(json.loads(export(DRONES, "json-schema", part="row", dialect="duckdb")))
    assert all(schema.is_valid(row) for row in ROWS)
    for cells in (*DRONES.rules["drone-details"].fails, {"dronetype": 4}, {"ndrones": 0}):
        assert not schema.is_valid(cells)


# The page.


def test_the_page_shows_the_files_as_they_are() -> None:
    files = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.rglob("*.*")))
    steps = PAGE.partition("## Amend")[0]
    for block in re.findall(r"```toml\n(.*?)```", steps, re.S):
        assert block in files, block
    (codes,) = re.findall(r"```text\n(code,label.*?)```", steps, re.S)
    written = (FOLDER / "codes" / "dronetype.csv").read_text(encoding="utf-8")
    assert codes.replace('"', "") == written.replace('"', "")


def test_the_other_toml_of_the_page_can_be_put_into_a_codebook(drones: Path) -> None:
    for block in re.findall(r"```toml\n(.*?)```", PAGE.partition("## Amend")[2], re.S):
        header = 'id = "x"\nversion = "1"\ntitle = "X"\nextends = "gtd"\n'
        (drones / "x.toml").write_text(header + block, encoding="utf-8")
        assert tomllib.loads(block)
        assert [str(p) for p in check_codebook(drones / "x.toml")] == []


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("codebook.toml", HEADER),
        ("[[variable]]", tuple(READERS["variable"])),
        ("[[rule]]", tuple(READERS["rule"])),
        ("[[dataset_rule]]", tuple(READERS["dataset_rule"])),
        ("[[codes.NAME]]", tuple(READERS["code"])),
    ],
)
def test_the_page_has_every_field_and_no_other(title: str, fields: tuple[str, ...]) -> None:
    section = PAGE.partition(f"\n### {title}\n")[2].partition("\n#")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.M)) == set(fields)


def test_the_page_has_every_file() -> None:
    for name in ("codebook.toml", *SIDE_FILES, "codes/NAME.csv", "names/groups.csv", "names/countries.csv"):
        assert f"| `{name}` |" in PAGE


# The command.


def test_the_command_tells_that_nothing_is_wrong(drones: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check([str(drones), "gtd"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("drones: no mistakes (139 variables, ")
    assert told[0].endswith(", extends gtd).")
    assert told[1].startswith("gtd: no mistakes (135 variables, ")


def test_the_command_tells_mistakes_as_the_page_shows(drones: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = drones / "variables.toml"
    file.write_text(file.read_text().replace("minimum", "minmum"))
    assert check(["drones"]) == 1
    (shown,) = re.findall(r"```text\n(drones/variables.*?)```", PAGE, re.S)
    assert capsys.readouterr().out == shown


def test_the_command_for_programs_and_workflows(drones: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = drones / "codebook.toml"
    file.write_text(file.read_text().replace("\n[sections]", 'without = ["nwoundus", "nkil"]\n[sections]'))
    assert check(["drones"], format="json") == 1
    mistake, note = map(json.loads, capsys.readouterr().out.splitlines())
    assert mistake == {
        "severity": "error", "file": "drones/codebook.toml", "line": 7, "column": 24, "place": "without",
        "problem": "There is no variable or rule 'nkil'.", "remedy": "Did you mean 'nkill'?",
    }  # fmt: skip
    assert (note["severity"], note["line"], note["column"]) == ("note", 7, 12)
    check(["drones"], format="github")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "::error file=drones/codebook.toml,line=7,col=24,title=without::"
        "There is no variable or rule 'nkil'. Did you mean 'nkill'?"
    )
    assert lines[1].startswith("::notice file=drones/codebook.toml,line=7,col=12,title=without::Without nwoundus")
    assert lines[2] == "drones: 1 mistake, 1 note."


def test_the_marks_stand_below_what_is_meant(drones: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = drones / "rules.toml"
    file.write_text(file.read_text().replace("ndrones IS NULL", "ndrone IS NULL").replace("check =", "\tcheck =", 1))
    assert check(["drones"]) == 1
    _, line, marks, _ = capsys.readouterr().out.splitlines()
    assert line[marks.index("^") :].startswith("ndrone IS NULL")
    assert marks.endswith("^")
    assert "\t" in marks


def test_a_codebook_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert check(["gdt", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert "There is no codebook 'gdt'" in told.err
    assert "Did you mean 'gtd'?" in told.err
    assert f"{tmp_path / 'codebook.toml'}: error: The file is missing." in told.out
