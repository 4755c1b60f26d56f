"""`gtdlike export`, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest

from gtdlike.cli import run
from gtdlike.export import FORMATS, WRITE_ONLY, write_table
from gtdlike.rows import arrow_schema


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A folder as a build makes it, as far as its tables go."""
    folder = tmp_path / "release"
    folder.mkdir()
    rows = [
        {"eventid": 201701010001, "iyear": 2017, "city": "=Kabul", "country": 4, "country_txt": "Afghanistan",
         "nkill": 0, "nperps": -99, "latitude": 34.5, "longitude": 69.2, "summary": "a \"b\",\nc"},
        {"eventid": 201701010002, "iyear": 2017, "city": "Cali", "country": 45, "country_txt": "Colombia"},
    ]  # fmt: skip
    write_table(pa.Table.from_pylist(rows, schema=arrow_schema()), folder / "incidents.parquet")
    evidence = {"eventid": [201701010001], "variable": ["nkill"], "start": pa.array([4], pa.int32())}
    write_table(pa.table(evidence), folder / "evidence.parquet")
    return folder


@pytest.mark.parametrize("suffix", [suffix for suffix in FORMATS if suffix not in WRITE_ONLY])
def test_a_release_goes_to_any_format_and_back(release: Path, tmp_path: Path, suffix: str) -> None:
    assert run(["export", str(release), "-o", str(tmp_path / f"x{suffix}")]) == 0
    assert run(["export", str(tmp_path / f"x{suffix}"), "-o", str(tmp_path / "back.parquet")]) == 0
    assert (tmp_path / "back.parquet").read_bytes() == (release / "incidents.parquet").read_bytes()


def test_the_other_tables_are_given_as_files(release: Path, tmp_path: Path) -> None:
    assert run(["export", str(release / "evidence.parquet"), "-o", str(tmp_path / "evidence.csv")]) == 0
    assert (tmp_path / "evidence.csv").read_text() == "eventid,variable,start\n201701010001,nkill,4\n"


def test_a_pipe(release: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", str(release), "--to", "jsonl", "-o", "-"]) == 0
    lines = capfdbinary.readouterr().out.splitlines()
    assert [json.loads(line)["city"] for line in lines] == ["=Kabul", "Cali"]


def test_what_is_lost_is_told_on_standard_error(
    release: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = pq.read_table(release / "incidents.parquet")
    place = table.column_names.index("location")
    write_table(table.set_column(place, table.schema.field(place), [["", "x" * 40_000]]), release / "incidents.parquet")
    assert run(["export", str(release), "-o", str(tmp_path / "x.sav")]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert [line.partition("location: ")[2] for line in printed.err.splitlines()] == [
        "1 cell: empty texts, which are the same as blanks there.",
        "1 cell: longer than 32,767 bytes, which are cut.",
    ]


def test_a_codebook_of_ones_own_gives_types_and_labels(tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    (book / "codebook.toml").write_text(
        'id = "own"\nversion = "1.0.0"\ntitle = "Own"\nextends = "gtd"\n\n[[variable]]\nname = "weather"\n'
        'label = "Weather"\nsection = "place"\nkind = "boolean"\nunknown = -9\ndefinition = "Whether it rained."\n'
        'path = "weather"\n'
    )
    (tmp_path / "x.csv").write_text("eventid,weather\n201701010001,1\n201701010002,-9\n201701010003,\n")
    options = ["--codebook", str(book)]
    assert run(["export", str(tmp_path / "x.csv"), "-o", str(tmp_path / "x.sav"), *options]) == 0
    frame, about = pyreadstat.read_sav(tmp_path / "x.sav", user_missing=True)
    assert about.variable_value_labels["weather"] == {0: "No", 1: "Yes", -9: "Unknown"}
    assert about.missing_ranges["weather"] == [{"lo": -9, "hi": -9}]
    assert frame["weather"].tolist()[:2] == [1, -9]
    # Without the codebook nobody knows that it is a number, and nothing is lost.
    assert run(["export", str(tmp_path / "x.csv"), "-o", str(tmp_path / "x.parquet")]) == 0
    assert pd.read_parquet(tmp_path / "x.parquet")["weather"].tolist()[:2] == ["1", "-9"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["RELEASE", "-o", "-"], "The format is not told. Name it, for example --to csv."),
        (["RELEASE", "-o", "x.csv", "--to", "sav"], "x.csv: The name is not that of a .sav file."),
        (["RELEASE", "-o", "x.cvs"], "x.cvs: No such format. Did you mean '.csv'?"),
        (["nowhere.csv", "-o", "x.csv"], "nowhere.csv: There is no such file."),
        ([".", "-o", "x.csv"], ".: The folder holds no incidents."),
        (["RELEASE/evidence.parquet", "-o", "x.geojson"], "no columns of latitude and longitude"),
        (["RELEASE", "-o", "no/x.csv"], "There is no folder no."),
    ],
)
def test_errors_are_told_with_a_remedy(
    release: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["export", *(one.replace("RELEASE", str(release)) for one in arguments)]) == 2
    assert message in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["release"]
