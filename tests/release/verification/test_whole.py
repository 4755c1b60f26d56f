"""A whole release passes; its tables, changes and manifest must agree; what the command tells."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from gtdlike.cli import run
from gtdlike.codebook import load_codebook
from gtdlike.contract import table_schema
from gtdlike.errors import ReadError
from gtdlike.release.checksums import SUMS, read_checksums, write_checksums
from gtdlike.release.manifest import Manifest
from gtdlike.release.verify import Verification, verify

Rows = list[dict[str, Any]]
RowsOf = Callable[[Path, str], Rows]
Write = Callable[..., None]
Sign = Callable[..., None]
Alter = Callable[..., Verification]


TABLES = ("incidents", "evidence", "sources", "reports", "links")


def files(found: Verification) -> set[str]:
    return {problem.file for problem in found.problems}


def test_a_release_is_whole_and_all_of_it_was_looked_at(articles: list[Path], rows_of: RowsOf, whole: Path) -> None:
    found = verify(whole, articles=articles)
    assert found.ok, str(found)
    assert found.summary() == "The release is whole."
    assert all(check.counted > 0 and check.skipped is None for check in found.checks)
    counted = {check.name: check.counted for check in found.checks}
    assert counted["files"] == len(list(whole.iterdir()))
    assert counted["rules"] == len(rows_of(whole, "incidents")) == 2
    assert counted["keys"] == sum(len(rows_of(whole, name)) for name in TABLES)
    assert counted["quotes"] == sum(one["start"] is not None for one in rows_of(whole, "evidence")) > 100
    assert counted["articles"] == 5
    labels = [v.name for v in load_codebook().variables.values() if v.kind == "label"]
    cells = [k for row in rows_of(whole, "incidents") for k, v in row.items() if v is not None and k not in labels]
    assert counted["evidence"] == len([name for name in cells if name != "eventid"])


def test_checksums_are_those_of_sha256sum(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"two\n")
    (tmp_path / "B.txt").write_bytes(b"one\n")
    path = write_checksums(tmp_path)
    one, two = (hashlib.sha256(data).hexdigest() for data in (b"one\n", b"two\n"))
    assert path.read_bytes() == f"{one}  B.txt\n{two}  b.txt\n".encode()
    assert write_checksums(tmp_path).read_bytes() == path.read_bytes()
    sums = read_checksums(path)
    assert (sums.digests, sums.faults) == ({"B.txt": one, "b.txt": two}, ())
    path.write_text(f"{two}  b.txt\n{one}  B.txt\n{one.upper()}  c.txt\n{one} *d.txt")
    assert [line for line, _ in read_checksums(path).faults] == [4, 2, 3, 4]


def test_the_manifest_is_read_back(whole: Path) -> None:
    text = (whole / "manifest.json").read_text(encoding="utf-8")
    assert json.loads(Manifest.from_json(text).to_json()) == json.loads(text)
    with pytest.raises(ReadError, match=r"line 1: The manifest is not JSON"):
        Manifest.from_json(json.dumps(json.loads(text))[:40])
    with pytest.raises(ReadError, match=r"expected int @ manifest.articles"):
        Manifest.from_json(text.replace('"articles": 5', '"articles": "many"'))


def test_tables_have_the_columns_of_their_contract(sign: Sign, write: Write, release: Path) -> None:
    evidence = pq.read_table(release / "evidence.parquet")
    write(release, "evidence", evidence.drop_columns(["rule"]))
    sources = pq.read_table(release / "sources.parquet")
    write(release, "sources", sources.set_column(5, "published", pc.cast(sources["published"], pa.string())))
    incidents = pq.read_table(release / "incidents.parquet")
    other = incidents.replace_schema_metadata({"codebook": "gtd", "codebook_version": "0.9.0"})
    pq.write_table(other, release / "incidents.parquet")
    sign(release)
    found = verify(release)
    assert {(problem.file, problem.place) for problem in found.problems if problem.check == "tables"} == {
        ("evidence.parquet", "column rule"),
        ("sources.parquet", "column published"),
        ("incidents.parquet", "codebook version"),
    }


def test_a_table_that_was_never_there_is_missed(sign: Sign, release: Path) -> None:
    (release / "links.parquet").unlink()
    sign(release)
    assert ("links.parquet", "tables") in {(problem.file, problem.check) for problem in verify(release).problems}


def test_text_columns_may_be_dictionaries(sign: Sign, release: Path) -> None:
    evidence = pq.read_table(release / "evidence.parquet")
    repeated = evidence.set_column(2, "variable", evidence["variable"].dictionary_encode())
    pq.write_table(repeated, release / "evidence.parquet")
    assert pa.types.is_dictionary(pq.read_schema(release / "evidence.parquet").field("variable").type)
    sign(release)
    assert verify(release).ok


def test_changes_agree_with_who_is_there(sign: Sign, write: Write, rows_of: RowsOf, release: Path) -> None:
    here, other = (row["eventid"] for row in rows_of(release, "incidents"))
    good = [
        {"eventid": here, "change": "redated", "other": None, "reason": "x"},
        {"eventid": 201607140009, "change": "merged", "other": other, "reason": "x"},
    ]
    bad = [
        {"eventid": 201607140008, "change": "merged", "other": 7, "reason": "x"},
        {"eventid": here, "change": "retired", "other": None, "reason": "x"},
        {"eventid": 5, "change": "added", "other": None, "reason": "x"},
        {"eventid": here, "change": "renamed", "other": None, "reason": "x"},
    ]
    for rows in (good, good + bad):
        write(release, "changes", pa.Table.from_pylist(rows, schema=table_schema("changes")))
        counts = dict(Counter(row["change"] for row in rows))
        sign(release, changes=counts, retired={"201607140009": other, "201607140008": 7, "3": None})
        found = verify(release)
        assert files(found) == ({"changes.parquet"} if rows != good else set()), str(found)
        places = {(problem.place or "").partition(" ")[2].partition(" ")[0] for problem in found.problems}
        assert places == {str(number) for number in range(3, len(rows) + 1)}
    write(release, "changes", pa.Table.from_pylist(good, schema=table_schema("changes")))
    sign(release, changes={"redated": 2, "merged": 1}, retired={"201607140009": other, str(here): None})
    assert {(problem.file, problem.place) for problem in verify(release).problems} == {
        ("manifest.json", "changes: redated"),
        ("incidents.parquet", f"row 1 (eventid {here})"),
    }
    (release / "changes.parquet").unlink()
    sign(release, changes={}, retired={}, options={"previous": "0" * 64})
    assert {(problem.file, problem.check) for problem in verify(release).problems} == {("changes.parquet", "tables")}


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"articles": 6}, "articles"),
        ({"fates": {"coded": 4, "failed": 1}}, "fates: coded"),
        ({"tellings": {"coded": 99, "linked": 5, "rejected": 0}}, "tellings: coded"),
        ({"rejected": 2}, "rejected"),
        ({"rows": {"evidence": 3}}, "rows: evidence"),
        ({"warnings": {"no-such-rule": 3}}, "warnings: no-such-rule"),
        ({"codebook_version": "0.1.0"}, "codebook_version"),
    ],
)
def test_the_manifest_must_add_up(sign: Sign, release: Path, changed: dict[str, Any], place: str) -> None:
    sign(release, **changed)
    found = verify(release)
    assert files(found) == {"manifest.json"}
    assert place in {problem.place for problem in found.problems}


def test_the_two_lists_of_digests_vouch_for_each_other(sign: Sign, release: Path) -> None:
    listed = {"evidence.parquet": {"sha256": "0" * 64, "bytes": 1}}
    sign(release, files=listed)
    assert [(p.file, p.place) for p in verify(release).problems] == [("manifest.json", "files: evidence.parquet")]
    sign(release)
    text = (release / SUMS).read_text()
    (release / SUMS).write_text(text.replace(text[:8], "00000000", 1))
    assert [(p.file, p.place) for p in verify(release).problems] == [(SUMS, "line 1")]


def test_the_command_tells_people_and_programs(seeds: Path, release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(release), "--articles", str(seeds)]) == 0
    out, err = capsys.readouterr()
    assert f"{release.name}: The release is whole." in out.replace("\n", "")
    assert err == ""
    (release / "links.parquet").unlink()
    assert run(["verify", str(release), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["problems"][0]["file"]) == (False, "links.parquet")
    assert {check["name"] for check in told["checks"]} >= {"files", "rules", "quotes"}
    assert run(["verify", str(release)]) == 1
    assert "links.parquet: The file is missing." in capsys.readouterr().out


def test_what_is_no_release_cannot_be_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    for name, reason in (("nowhere", "There is no such folder."), ("file", "It is a file."), (".", "is no release")):
        assert run(["verify", str(tmp_path / name)]) == 2
        assert reason in capsys.readouterr().err
