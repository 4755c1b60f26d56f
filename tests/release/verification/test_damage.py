"""Damage to files is found and named by its file and place, and one problem hides no other."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.release.checksums import SUMS
from gtdlike.release.verification.files import check_files
from gtdlike.release.verification.result import Check
from gtdlike.release.verify import Verification, verify

Rows = list[dict[str, Any]]
RowsOf = Callable[[Path, str], Rows]
Write = Callable[..., None]
Sign = Callable[..., None]
Alter = Callable[..., Verification]


TABLES = ("incidents", "evidence", "sources", "reports", "links")


def files(found: Verification) -> set[str]:
    return {problem.file for problem in found.problems}


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_flipped_bit_anywhere_is_found_and_its_file_named(whole: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(whole.iterdir())))
    good = path.read_bytes()
    bad = bytearray(good)
    bad[data.draw(st.integers(0, len(good) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(bad)
    try:
        found = verify(whole)
    finally:
        path.write_bytes(good)
    assert path.name in files(found)
    assert str(found)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_other_bytes_are_found_by_the_checksums(whole: Path, data: st.DataObject) -> None:
    """Flipped, cut off, put in or taken out: the check of the files alone names the file."""
    path = data.draw(st.sampled_from(sorted(whole.iterdir())))
    good = path.read_bytes()
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, len(good)))
    bad = good[:start] + data.draw(st.binary(max_size=8)) + good[end:]
    path.write_bytes(bad)
    check = Check("files", "files")
    try:
        check_files(whole, None, check)
    finally:
        path.write_bytes(good)
    assert (path.name in {problem.file for problem in check.problems}) == (bad != good)


def test_damage_is_named_by_its_place(rows_of: RowsOf, release: Path) -> None:
    """A page of a Parquet file by its column, a line by its number, a cell by its row and column."""
    column = pq.read_metadata(release / "evidence.parquet").row_group(0).column(6)
    evidence = bytearray((release / "evidence.parquet").read_bytes())
    begin = column.data_page_offset if column.dictionary_page_offset is None else column.dictionary_page_offset
    evidence[begin + column.total_compressed_size // 2] ^= 4
    (release / "evidence.parquet").write_bytes(evidence)
    lines = (release / "incidents.jsonl").read_bytes().split(b"\n")
    lines[1] = re.sub(rb'("city": ?")', rb"\1X", lines[1])
    (release / "incidents.jsonl").write_bytes(b"\n".join(lines))
    text = (release / "incidents.csv").read_bytes().split(b"\n")
    text[2] = text[2] + b'"'
    (release / "incidents.csv").write_bytes(b"\n".join(text))
    found = verify(release)
    places = {(problem.file, problem.place) for problem in found.problems}
    eventid = rows_of(release, "incidents")[1]["eventid"]
    assert ("evidence.parquet", "column quote") in places
    assert ("incidents.jsonl", f"row 2 (eventid {eventid}), column city") in places
    assert ("incidents.csv", "line 3") in places
    assert files(found) == {"evidence.parquet", "incidents.csv", "incidents.jsonl"}


@pytest.mark.parametrize(
    "name", [*(f"{name}.parquet" for name in TABLES), "incidents.csv", "incidents.jsonl", "manifest.json", SUMS]
)
def test_a_file_that_is_lost_is_named(name: str, release: Path) -> None:
    (release / name).unlink()
    assert name in files(verify(release))


def test_files_that_are_empty_or_none_are_named(release: Path) -> None:
    names = {path.name for path in release.iterdir()}
    for path in release.iterdir():
        path.write_bytes(b"")
    assert files(verify(release)) == names
    for path in release.iterdir():
        path.unlink()
        path.mkdir()
    assert files(verify(release)) == names


def test_files_too_many_are_named(release: Path) -> None:
    (release / "notes.txt").write_text("mine")
    (release / "drafts").mkdir()
    assert files(verify(release)) == {"notes.txt", "drafts"}


def test_nothing_that_can_be_read_is_no_crash(release: Path) -> None:
    for path in release.iterdir():
        path.write_bytes(b"PAR1 \xff nothing\n")
    found = verify(release)
    assert files(found) == {path.name for path in release.iterdir()}
    assert [check.name for check in found.checks if check.skipped] == [
        "manifest", "rules", "forms", "keys", "evidence", "articles", "quotes"]  # fmt: skip


def test_one_problem_hides_no_other(release: Path) -> None:
    (release / "incidents.csv").write_bytes(b"")
    (release / "links.parquet").unlink()
    (release / "sources.parquet").write_bytes(b"nothing")
    (release / "more.txt").touch()
    assert files(verify(release)) == {"incidents.csv", "links.parquet", "sources.parquet", "more.txt"}
