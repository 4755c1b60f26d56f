"""Verification: a whole release passes, and whatever is done to one is found, in the file that it was done to."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.cli import run
from gtdlike.codebook import load_codebook
from gtdlike.contract import table_schema
from gtdlike.errors import ReadError
from gtdlike.export import write_table
from gtdlike.release import build
from gtdlike.release.checksums import SUMS, read_checksums, write_checksums
from gtdlike.release.manifest import File, Manifest
from gtdlike.release.verification.files import check_files
from gtdlike.release.verification.result import FEW, Check
from gtdlike.release.verify import Verification, verify

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
ARTICLES = [*sorted(SEEDS.glob("istanbul-*.txt")), SEEDS / "nice-truck-attack.txt", SEEDS / "nice-trial-verdict.html"]
TABLES = ("incidents", "evidence", "sources", "reports", "links")
FORMS = ("parquet", "csv", "jsonl")
Alter = Callable[..., Verification]
Rows = list[dict[str, Any]]


def rows_of(folder: Path, name: str) -> Rows:
    found: Rows = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return found


def write(folder: Path, name: str, table: pa.Table, forms: tuple[str, ...] = FORMS) -> None:
    for form in forms if name == "incidents" else ("parquet",):
        write_table(table, folder / f"{name}.{form}")


def sign(folder: Path, **changed: Any) -> None:
    """Have the manifest and SHA256SUMS agree with the files, as someone would who knows how a release is made."""
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    told.update(changed)
    tables = list(folder.glob("*.parquet"))
    told["rows"] = {path.stem: pq.read_metadata(path).num_rows for path in tables} | changed.get("rows", {})
    held = [path for path in folder.iterdir() if path.name not in ("manifest.json", SUMS)]
    told["files"] = {path.name: {"sha256": File.of(path).sha256, "bytes": path.stat().st_size} for path in held}
    told["files"] |= changed.get("files", {})
    (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    write_checksums(folder)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small release: two attacks, told by five articles."""
    folder = tmp_path_factory.mktemp("whole") / "release"
    build(ARTICLES, folder, processes=1)
    return folder


@pytest.fixture
def release(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, to be altered."""
    return Path(shutil.copytree(whole, tmp_path / "release"))


@pytest.fixture
def alter(release: Path) -> Alter:
    """Replace rows of a table, sign the release anew, and verify it."""

    def altered(name: str, change: Callable[[Rows], Any], articles: Any = None, **manifest: Any) -> Verification:
        schema = pq.read_schema(release / f"{name}.parquet")
        rows = rows_of(release, name)
        change(rows)
        write(release, name, pa.Table.from_pylist(rows, schema=schema))
        sign(release, **manifest)
        return verify(release, articles=articles)

    return altered


def files(found: Verification) -> set[str]:
    return {problem.file for problem in found.problems}


def checks(found: Verification) -> set[str]:
    return {problem.check for problem in found.problems}


def test_a_release_is_whole_and_all_of_it_was_looked_at(whole: Path) -> None:
    found = verify(whole, articles=ARTICLES)
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


def test_damage_is_named_by_its_place(release: Path) -> None:
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


# What is altered in which table, with all digests made anew, and the file and check that must tell of it.
ALTERED: dict[str, tuple[str, Callable[[Rows], Any], str, str]] = {
    "a figure": ("incidents", lambda r: r[0].update(nkill=r[0]["nkill"] + 1), "evidence.parquet", "evidence"),
    "a cell without evidence": ("incidents", lambda r: r[0].update(ransom=0), "incidents.parquet", "evidence"),
    "a code that does not exist": ("incidents", lambda r: r[0].update(attacktype1=77), "incidents.parquet", "rules"),
    "a label": ("incidents", lambda r: r[1].update(country_txt="Narnia"), "incidents.parquet", "rules"),
    "an id": ("incidents", lambda r: r[0].update(eventid=201701010009), "incidents.parquet", "keys"),
    "an incident twice": ("incidents", lambda r: r.append(r[0]), "incidents.parquet", "keys"),
    "an incident lost": ("incidents", lambda r: r.pop(), "evidence.parquet", "keys"),
    "an incident without id": ("incidents", lambda r: r[0].update(eventid=None), "incidents.parquet", "keys"),
    "the value of evidence": ("evidence", lambda r: r[3].update(value="no"), "evidence.parquet", "evidence"),
    "the variable": ("evidence", lambda r: r[3].update(variable="nkil"), "evidence.parquet", "evidence"),
    "the way": ("evidence", lambda r: r[3].update(how="guessed"), "evidence.parquet", "evidence"),
    "the quote": ("evidence", lambda r: r[0].update(quote="x" * len(r[0]["quote"])), "evidence.parquet", "quotes"),
    "the length": ("evidence", lambda r: r[0].update(end=r[0]["end"] + 1), "evidence.parquet", "quotes"),
    "a place without end": ("evidence", lambda r: r[0].update(end=None), "evidence.parquet", "quotes"),
    "a quote lost": ("evidence", lambda r: r[0].update(quote=None), "evidence.parquet", "quotes"),
    "evidence of another article": ("evidence", lambda r: r[0].update(article_id="x"), "evidence.parquet", "keys"),
    "evidence of no incident": ("evidence", lambda r: r[0].update(eventid=1), "evidence.parquet", "keys"),
    "a source lost": ("sources", lambda r: r.pop(), "evidence.parquet", "keys"),
    "a source twice": ("sources", lambda r: r.append(r[0]), "sources.parquet", "keys"),
    "the digest of a source": ("sources", lambda r: r[0].update(digest="0" * 64), "sources.parquet", "keys"),
    "a report of no incident": ("reports", lambda r: r[9].update(eventid=7), "reports.parquet", "keys"),
    "a report of no source": ("reports", lambda r: r[9].update(article_id="x"), "reports.parquet", "keys"),
    "a link of no incident": ("links", lambda r: r[0].update(eventid=7), "links.parquet", "keys"),
    "a telling that is none": ("links", lambda r: r[0].update(telling=99), "links.parquet", "keys"),
    "a telling twice": ("links", lambda r: r.append(r[0]), "links.parquet", "keys"),
    "a link lost": ("links", lambda r: r.pop(), "manifest.json", "manifest"),
}


@pytest.mark.parametrize(("table", "change", "file", "check"), ALTERED.values(), ids=list(ALTERED))
def test_what_is_altered_with_all_its_digests_is_found(
    table: str, change: Callable[[Rows], Any], file: str, check: str, alter: Alter
) -> None:
    found = alter(table, change)
    assert (file, check) in {(problem.file, problem.check) for problem in found.problems}, str(found)
    assert "files" not in checks(found), str(found)


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_any_filled_cell_that_is_altered_with_all_digests_is_found(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    release = shutil.copytree(whole, tmp_path_factory.mktemp("altered") / "release")
    table = pq.read_table(release / "incidents.parquet")
    rows = table.to_pylist()
    row = data.draw(st.integers(0, len(rows) - 1))
    name = data.draw(st.sampled_from(sorted(k for k, v in rows[row].items() if v is not None)))
    value = rows[row][name]
    other = {str: "other", int: 3, float: 3.5, dt.date: dt.date(2000, 1, 1)}[type(value)]
    rows[row][name] = data.draw(st.sampled_from([None, other if other != value else 4]))
    write(release, "incidents", pa.Table.from_pylist(rows, schema=table.schema))
    sign(release)
    assert not verify(release).ok, name


def test_quotes_and_digests_altered_together_are_found_by_the_articles(alter: Alter) -> None:
    def forge(rows: Rows) -> None:
        quote = "x" * len(rows[0]["quote"])
        rows[0].update(quote=quote, digest=hashlib.sha256(quote.encode()).hexdigest())

    assert alter("evidence", forge).ok
    found = alter("evidence", forge, ARTICLES)
    assert {(problem.file, problem.check) for problem in found.problems} == {("evidence.parquet", "quotes")}
    assert found.problems[0].place is not None
    assert found.problems[0].place.startswith("row 1 (eventid ")


def test_a_release_without_quotes_is_held_against_its_articles(alter: Alter) -> None:
    def without(rows: Rows) -> None:
        for row in rows:
            row["quote"] = None

    none = {"quotes": "none"}
    assert alter("evidence", without, ARTICLES, options=none).ok
    assert checks(alter("evidence", without, ARTICLES, options={"quotes": "full"})) == {"quotes"}
    found = alter("evidence", lambda rows: rows[0].update(digest="0" * 64), ARTICLES, options=none)
    assert [problem.place for problem in found.problems] == [f"row 1 (eventid {201607140001}, variable iyear)"]
    found = alter("evidence", lambda rows: rows[1].update(quote="It is here all the same."), options=none)
    assert [problem.place for problem in found.problems] == [f"row 2 (eventid {201607140001}, variable iyear)"]


def test_shortened_quotes_are_the_beginnings_of_what_the_articles_say(alter: Alter) -> None:
    longest = 12

    def shorten(rows: Rows) -> None:
        for row in rows:
            if row["quote"] is not None and len(row["quote"]) > longest:
                row["quote"] = f"{row['quote'][: longest - 1]}…"

    short = {"quotes": "short"}
    assert alter("evidence", shorten, ARTICLES, options=short).ok
    assert checks(alter("evidence", shorten, options={"quotes": "full"})) == {"quotes"}
    rows = rows_of(Path(alter("evidence", shorten, options=short).folder), "evidence")
    place = next(n for n, row in enumerate(rows) if (row["quote"] or "").endswith("…"))

    def forge(rows: Rows) -> None:
        rows[place]["quote"] = "Nobody said…"

    assert alter("evidence", forge, options=short).ok  # without its article a beginning proves nothing
    found = alter("evidence", forge, ARTICLES, options=short)
    assert [(problem.check, (problem.place or "").partition(" (")[0]) for problem in found.problems] == [
        ("quotes", f"row {place + 1}")
    ]


def test_a_quote_without_a_name_has_no_digest_in_a_redacted_release_only(alter: Alter) -> None:
    def redact(rows: Rows) -> None:
        rows[0].update(quote="[person] said so", digest=None)

    assert alter("evidence", redact, ARTICLES, options={"redact": True}).ok
    assert checks(alter("evidence", redact, options={"redact": False})) == {"quotes"}
    assert checks(alter("evidence", lambda rows: rows[1].update(quote="x"), options={"redact": True})) == {"quotes"}


def test_articles_that_were_edited_are_told_apart(release: Path, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for path in ARTICLES:
        shutil.copy(path, folder)
    shutil.copy(SEEDS / "vail-arson.txt", folder)
    edited = folder / "nice-truck-attack.txt"
    edited.write_text(edited.read_text(encoding="utf-8") + "One more line.\n", encoding="utf-8")
    found = verify(release, articles=[folder])
    assert [(problem.check, problem.place) for problem in found.problems] == [
        ("articles", "article_id nice-truck-attack")
    ]
    quotes = next(check for check in found.checks if check.name == "quotes")
    assert quotes.skipped == "1 of 5 articles are not at hand, and their quotes not held against them"
    assert checks(verify(release, articles=SEEDS / "vail-arson.txt")) == {"articles"}
    with pytest.raises(ReadError, match="None of the articles can be read"):
        verify(release, articles=[tmp_path / "nowhere"])


def test_many_problems_of_a_sort_are_counted(alter: Alter) -> None:
    def all_of_them(rows: Rows) -> None:
        for row in rows:
            row["how"] = "guessed"

    found = alter("evidence", all_of_them)
    assert len(found.problems) == FEW
    number = len(rows_of(Path(found.folder), "evidence"))
    assert sum(1 + problem.more for problem in found.problems) == number
    assert f"{number:,} problems, in evidence.parquet." in str(found)


def test_tables_have_the_columns_of_their_contract(release: Path) -> None:
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


def test_a_table_that_was_never_there_is_missed(release: Path) -> None:
    (release / "links.parquet").unlink()
    sign(release)
    assert ("links.parquet", "tables") in {(problem.file, problem.check) for problem in verify(release).problems}


def test_text_columns_may_be_dictionaries(release: Path) -> None:
    evidence = pq.read_table(release / "evidence.parquet")
    repeated = evidence.set_column(2, "variable", evidence["variable"].dictionary_encode())
    pq.write_table(repeated, release / "evidence.parquet")
    assert pa.types.is_dictionary(pq.read_schema(release / "evidence.parquet").field("variable").type)
    sign(release)
    assert verify(release).ok


def test_changes_agree_with_who_is_there(release: Path) -> None:
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
def test_the_manifest_must_add_up(release: Path, changed: dict[str, Any], place: str) -> None:
    sign(release, **changed)
    found = verify(release)
    assert files(found) == {"manifest.json"}
    assert place in {problem.place for problem in found.problems}


def test_the_two_lists_of_digests_vouch_for_each_other(release: Path) -> None:
    listed = {"evidence.parquet": {"sha256": "0" * 64, "bytes": 1}}
    sign(release, files=listed)
    assert [(p.file, p.place) for p in verify(release).problems] == [("manifest.json", "files: evidence.parquet")]
    sign(release)
    text = (release / SUMS).read_text()
    (release / SUMS).write_text(text.replace(text[:8], "00000000", 1))
    assert [(p.file, p.place) for p in verify(release).problems] == [(SUMS, "line 1")]


def test_the_command_tells_people_and_programs(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(release), "--articles", str(SEEDS)]) == 0
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
