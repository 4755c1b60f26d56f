"""Releases compared: nothing is told that is not so, and nothing that changed is left out."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.cli import run
from gtdlike.codebook import load_codebook
from gtdlike.contract import table_schema
from gtdlike.errors import ReadError
from gtdlike.export import write_table
from gtdlike.release.comparison.page import page
from gtdlike.release.comparison.result import FIELDS
from gtdlike.release.diff import Diff, diff
from gtdlike.rows import arrow_schema

BOOK = load_codebook()
LABELS = {v.label_of: v.name for v in BOOK.variables.values() if v.label_of is not None}
IDS = [201905060001 + number for number in range(6)]
Row = dict[str, Any]

# Values of some variables of every kind that must stay apart.
VALUES: dict[str, list[Any]] = {
    "imonth": [None, 0, 5],
    "country": [None, 4, 45, 95],
    "attacktype1": [None, 2, 3, 9],
    "ishostkid": [None, -9, 0, 1],
    "nkill": [None, 0, 1, 16],
    "nperps": [None, -99, 0, 3],
    "city": [None, "", "blank", "Unknown", "Cali", "Kabul <b>"],
    "latitude": [None, 0.0, 3.4372, 1e-05],
    "ransomamt": [None, -99.0, 0.0, 1e6],
    "resolution": [None, "2019-05-07", "2019-05-08"],
}


def incident(eventid: int, **cells: Any) -> Row:
    """A row with the labels of its codes."""
    row = {"eventid": eventid, "iyear": 2019, **cells}
    return row | {label: BOOK.label(code, row.get(code)) for code, label in LABELS.items()}


def table_of(*rows: Row) -> pa.Table:
    schema = arrow_schema()
    texts = pa.schema([f.with_type(pa.string()) if pa.types.is_date(f.type) else f for f in schema])
    return pa.Table.from_pylist([{name: row.get(name) for name in schema.names} for row in rows], texts).cast(schema)


tables = st.lists(
    st.builds(incident, st.sampled_from(IDS), **{name: st.sampled_from(values) for name, values in VALUES.items()}),
    max_size=len(IDS),
    unique_by=lambda row: row["eventid"],
).map(lambda rows: table_of(*rows))


def applied(found: Diff, old: pa.Table, new: pa.Table) -> list[Row]:
    """The old incidents with all that was told of them: who went is gone, who came is taken from the new ones."""
    schema = arrow_schema()
    rows = {row["eventid"]: row for row in old.to_pylist()}
    come = {row["eventid"]: row for row in new.to_pylist()}
    for one in found.table.to_pylist():
        match one["change"]:
            case "retired" | "merged":
                del rows[one["eventid"]]
            case "added" | "split":
                assert one["eventid"] not in rows
                rows[one["eventid"]] = come[one["eventid"]]
            case "changed":
                row, name = rows[one["eventid"]], one["variable"]
                cells = pa.array([one["old"], one["new"]], pa.string()).cast(schema.field(name).type)
                before, after = cells.to_pylist()
                assert row[name] == before != after
                row[name] = after
                if name in LABELS:
                    assert row[LABELS[name]] == one["old_label"]
                    row[LABELS[name]] = one["new_label"]
    return [rows[eventid] for eventid in sorted(rows)]


@settings(max_examples=30, deadline=None)
@given(old=tables, new=tables)
def test_what_is_told_of_the_old_makes_the_new(old: pa.Table, new: pa.Table) -> None:
    found = diff(old, new)
    assert applied(found, old, new) == new.sort_by("eventid").to_pylist()
    counts = found.counts
    assert found.unchanged + counts["changed"] + counts["retired"] == found.old_incidents == old.num_rows
    assert found.unchanged + counts["changed"] + counts["added"] == found.new_incidents == new.num_rows
    assert sum(found.by_variable.values()) == found.cells
    assert found.table.num_rows == found.cells + counts["added"] + counts["retired"]
    assert found.empty == (old.sort_by("eventid").to_pylist() == new.sort_by("eventid").to_pylist())
    for text in (str(found), page(found)):
        assert all(str(eventid) in text for eventid in set(found.table["eventid"].to_pylist()))


@settings(max_examples=10, deadline=None)
@given(table=tables, other=tables)
def test_a_table_does_not_differ_from_itself_and_back_is_the_way_there_turned(table: pa.Table, other: pa.Table) -> None:
    assert diff(table, table).empty
    assert diff(table, table.sort_by([("eventid", "descending")])).empty
    there, back = diff(table, other), diff(other, table)
    turned = {"added": "retired", "retired": "added", "changed": "changed"}
    expected = [
        one | {"change": turned[one["change"]], "old": one["new"], "new": one["old"], "old_label": one["new_label"],
               "new_label": one["old_label"]}
        for one in there.table.to_pylist()
    ]  # fmt: skip
    assert back.table.to_pylist() == expected


def test_every_kind_of_value_is_told_with_its_label() -> None:
    old = incident(IDS[0], attacktype1=3, ishostkid=-9, nperps=-99, nkill=0, city="Cali", ransomamt=-99.0, success=0)
    new = incident(IDS[0], attacktype1=2, ishostkid=0, nperps=0, nkill=None, city="", ransomamt=5.5, success=1)
    found = diff(table_of(old), table_of(new))
    assert found.table.column_names == list(FIELDS)
    cells = {
        one["variable"]: (one["old"], one["old_label"], one["new"], one["new_label"]) for one in found.table.to_pylist()
    }
    assert cells == {
        "attacktype1": ("3", "Bombing/Explosion", "2", "Armed Assault"),
        "ishostkid": ("-9", "unknown", "0", "no"),
        "success": ("0", "no", "1", "yes"),
        "nperps": ("-99", "unknown", "0", None),
        "nkill": ("0", None, None, None),
        "city": ("Cali", None, "", None),
        "ransomamt": ("-99.0", "unknown", "5.5", None),
    }
    told = str(found)
    for line in ('city: Cali -> ""', "nkill: 0 -> blank", "ishostkid: -9 (unknown) -> 0 (no)",
                 "attacktype1: 3 (Bombing/Explosion) -> 2 (Armed Assault)"):  # fmt: skip
        assert f"  {line}\n" in told + "\n"


def test_a_label_alone_is_told_where_its_code_is_the_same() -> None:
    old, new = incident(IDS[0], country=45), incident(IDS[0], country=45) | {"country_txt": "Columbia"}
    found = diff(table_of(old), table_of(new))
    assert [(one["variable"], one["old"], one["new"]) for one in found.table.to_pylist()] == [
        ("country_txt", "Colombia", "Columbia")
    ]


def release(folder: Path, ids: list[int], sources: dict[int, list[str]], changes: list[Row] | None = None) -> Path:
    """What `diff` reads of a release."""
    folder.mkdir()
    write_table(table_of(*(incident(eventid, nkill=1) for eventid in ids)), folder / "incidents.parquet")
    rows = [{"eventid": eventid, "article_id": name} for eventid, names in sources.items() for name in names]
    write_table(pa.Table.from_pylist(rows, schema=table_schema("sources")), folder / "sources.parquet")
    if changes is not None:
        write_table(pa.Table.from_pylist(changes, schema=table_schema("changes")), folder / "changes.parquet")
    return folder


def fates(found: Diff) -> list[tuple[int, str, int | None]]:
    return [(one["eventid"], one["change"], one["other"]) for one in found.table.to_pylist()]


def test_sources_tell_of_merges_and_splits(tmp_path: Path) -> None:
    a, b, c, d, e, _ = IDS
    old = release(tmp_path / "old", [a, b, c], {a: ["1"], b: ["2", "3"], c: ["4", "5"]})
    new = release(tmp_path / "new", [a, c, d, e], {a: ["1", "2", "3"], c: ["4"], d: ["5"], e: ["6"]})
    assert fates(diff(old, new)) == [(b, "merged", a), (d, "split", c), (e, "added", None)]
    assert fates(diff(new, old)) == [(b, "split", a), (d, "merged", c), (e, "retired", None)]
    # Without its sources a release tells only who came and who went.
    assert fates(diff(old / "incidents.parquet", new)) == [(b, "retired", None), (d, "added", None), (e, "added", None)]


def test_an_article_of_several_incidents_proves_no_merge(tmp_path: Path) -> None:
    a, b, c, *_ = IDS
    old = release(tmp_path / "old", [a, b, c], {a: ["1"], b: ["1"], c: ["2"]})
    new = release(tmp_path / "new", [a, c], {a: ["1"], c: ["2"]})
    assert fates(diff(old, new)) == [(b, "retired", None)]


def test_the_record_of_changes_counts_where_it_fits(tmp_path: Path) -> None:
    a, b, c, d, e, f = IDS
    old = release(tmp_path / "old", [a, b, c, f], {a: ["1"], b: ["2"], c: ["3"], f: ["6"]})
    record = [
        {"eventid": b, "change": "merged", "other": a, "reason": "the same bomb"},
        {"eventid": d, "change": "split", "other": c, "reason": "another day"},
        # Of a third release: these are no changes between the two.
        {"eventid": f, "change": "merged", "other": 7, "reason": "x"},
        {"eventid": a, "change": "retired", "other": None, "reason": "x"},
        {"eventid": 9, "change": "added", "other": None, "reason": "x"},
    ]
    new = release(tmp_path / "new", [a, c, d, e], {a: ["1", "2"], c: ["3"], d: ["4"], e: ["5"]}, record)
    found = diff(old, new)
    assert fates(found) == [(b, "merged", a), (d, "split", c), (e, "added", None), (f, "retired", None)]
    assert found.reasons == {b: "the same bomb", d: "another day"}
    assert found.counts == {"added": 1, "retired": 1, "merged": 1, "split": 1, "changed": 0}
    assert found.unchanged == 2
    assert f"{b} merged into {a}: 2019 (the same bomb)" in str(found)
    assert "another day" in page(found)


def test_columns_and_codebooks_that_differ_are_told() -> None:
    old = table_of(incident(IDS[0], nkill=1))
    new = old.drop_columns(["nwound"]).append_column("drone", pa.array([1], pa.int16()))
    new = new.replace_schema_metadata({"codebook": "gtd", "codebook_version": "2.0.0"})
    found = diff(old, new)
    assert not found.empty
    assert (found.columns, found.table.num_rows) == (("drone", "nwound"), 0)
    notes = "\n".join(found.notes)
    assert "Only old has the column nwound" in notes
    assert "Only new has the column drone" in notes
    assert "old is of codebook gtd 1.0.0, new of gtd 2.0.0." in notes


def test_types_that_differ_are_compared_by_their_values() -> None:
    old = table_of(incident(IDS[0], nkill=1, city="Cali", iday=7))
    place = old.schema.get_field_index("city")
    new = old.set_column(place, "city", old["city"].dictionary_encode())
    for name, kind in (("nkill", pa.float64()), ("iday", pa.string())):
        new = new.set_column(new.schema.get_field_index(name), name, new[name].cast(kind))
    assert diff(old, new).empty
    assert diff(old, new.set_column(place, "city", pa.array(["Kabul"]).dictionary_encode())).by_variable == {"city": 1}


def test_what_cannot_be_compared_is_named(tmp_path: Path) -> None:
    good = table_of(incident(IDS[0]))
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 nothing")
    (tmp_path / "bad.csv").write_bytes(b'eventid\n"')
    (tmp_path / "empty").mkdir()
    for wrong, problem in (
        (tmp_path / "bad.parquet", "bad.parquet"),
        (tmp_path / "bad.csv", "bad.csv"),
        (tmp_path / "empty", "no incidents.parquet"),
        (tmp_path / "nowhere.parquet", "There is no such file"),
        (good.drop_columns(["eventid"]), "There is no column eventid"),
        (pa.concat_tables([good, good]), f"The eventid {IDS[0]} is there more than once"),
        (table_of(incident(IDS[0]) | {"eventid": None}), "1 incident has no eventid"),
    ):
        for pair in ((good, wrong), (wrong, good)):
            with pytest.raises(ReadError, match=problem):
                diff(*pair)


def test_twenty_more_articles_and_five_corrections_are_told_exactly(newsroom: Any) -> None:
    """A second release: the ids are as they were, even of what was redated, and nothing but this is told."""
    for number in range(50):
        newsroom.tell(f"a{number:02}", {"iyear": 1970 + number, "city": f"Town {number}"})
    late = [newsroom.articles.pop(f"a{number:02}") for number in range(30, 50)]
    may = newsroom.release("may")
    corrections = {
        "a03": {"nkill": 17},
        "a04": {"nkill": 0},
        "a05": {"nkill": None},
        "a06": {"iday": 23},
        "a07": {"weaptype1": 5, "attacktype1": 2},
    }
    for name, correction in corrections.items():
        newsroom.tell(name, {**newsroom.articles[name][0], **correction})
    for number, told in enumerate(late, 30):
        newsroom.tell(f"a{number:02}", *told)
    june = newsroom.release("june", previous=may)
    found = diff(may.folder, june.folder)
    assert found.counts == {"added": 20, "retired": 0, "merged": 0, "split": 0, "changed": 5}
    assert found.unchanged == 25
    rows = found.table.to_pylist()
    assert {one["eventid"] for one in rows if one["change"] == "added"} == {june.id(f"a{n}") for n in range(30, 50)}
    assert {(one["eventid"], one["variable"], one["old"], one["new"]) for one in rows if one["variable"]} == {
        (may.id("a03"), "nkill", "16", "17"),
        (may.id("a04"), "nkill", "16", "0"),
        (may.id("a05"), "nkill", "16", None),
        (may.id("a06"), "iday", "22", "23"),
        (may.id("a07"), "weaptype1", "6", "5"),
        (may.id("a07"), "attacktype1", "3", "2"),
    }


def test_what_people_merged_and_split_is_told_with_their_reasons(newsroom: Any) -> None:
    newsroom.tell("a", {"city": "Antwerp"})
    newsroom.tell("b", {"city": "Bruges", "iday": 4})
    may = newsroom.release("may")
    merge = f"decision,eventid,other_eventid,who,why\nmerge,{may.id('a')},{may.id('b')},Ann,one bomb\n"
    june = newsroom.release("june", merge, previous=may)
    found = diff(may.folder, june.folder)
    gone, kept = sorted({may.id("a"), may.id("b")} - set(june.ids.values())), june.id("a")
    assert [one for one in fates(found) if one[1] != "changed"] == [(gone[0], "merged", kept)]
    assert found.reasons == {gone[0]: "decided by Ann"}
    back = diff(june.folder, may.folder)
    assert [one for one in fates(back) if one[1] != "changed"] == [(gone[0], "split", kept)]


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files of incidents: one came, one went, one changed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    long = "Sources differ on the number of people who were killed in the attack: "
    one, two, three = IDS[:3]
    old = table_of(incident(one, nkill=1, city="Cali <b>", addnotes=f"{long}11 <i>"), incident(two))
    new = table_of(incident(one, nkill=2, city="Cali <b>", addnotes=f"{long}16 <i>"), incident(three, city="Kabul"))
    write_table(old, Path("old.csv"))
    write_table(new, Path("new.jsonl"))


@pytest.mark.usefixtures("pair")
def test_the_command_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "old.csv", "old.csv"]) == 0
    assert "No differences: 2 incidents on both sides." in capsys.readouterr().out
    assert run(["diff", "old.csv", "new.jsonl"]) == 1
    out = capsys.readouterr().out
    assert "old.csv (2 incidents)" in out
    assert "1 added, 1 retired, 1 changed (2 cells), 0 the same." in out
    assert "addnotes 1, nkill 1" in out
    assert f"{IDS[0]} changed 2019, Cali <b>" in out
    assert f"{IDS[2]} added 2019, Kabul" in out
    assert run(["diff", "old.csv", "new.jsonl", "--max", "1"]) == 1
    assert "2 more incidents differ (--max)." in capsys.readouterr().out
    assert run(["diff", "old.csv", "nowhere.csv"]) == 2
    assert "nowhere.csv: There is no such file or folder." in capsys.readouterr().err


@pytest.mark.usefixtures("pair")
def test_the_command_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "old.csv", "new.jsonl", "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["counts"] == {
        "added": 1, "retired": 1, "merged": 0, "split": 0, "changed": 1, "unchanged": 0, "cells": 2
    }  # fmt: skip
    assert told["by_variable"] == {"addnotes": 1, "nkill": 1}
    assert run(["diff", "old.csv", "new.jsonl", "--format", "parquet", "-o", "changes.parquet"]) == 1
    assert pq.read_table("changes.parquet").to_pylist() == told["changes"]
    assert run(["diff", "old.csv", "new.jsonl", "-o", "changes.txt"]) == 1
    assert "nkill: 1 -> 2" in Path("changes.txt").read_text(encoding="utf-8")
    capsys.readouterr()
    for options, problem in (
        (["--format", "parquet"], "Name a file with -o"),
        (["--format", "parquet", "-o", "changes.txt"], "Name it so"),
        (["-o", "nowhere/changes.txt"], "There is no folder nowhere"),
    ):
        assert run(["diff", "old.csv", "new.jsonl", *options]) == 2
        assert problem in capsys.readouterr().err


class Reader(HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name in ("src", "href") and not (value or "").startswith("#") for name, value in attrs)

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "mark":
            self.marked.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")


@pytest.mark.usefixtures("pair")
def test_the_page_stands_alone_and_marks_the_words_that_changed() -> None:
    assert run(["diff", "old.csv", "new.jsonl", "--format", "html", "-o", "page.html"]) == 1
    text = Path("page.html").read_text(encoding="utf-8")
    reader = Reader()
    reader.feed(text)
    assert not {"script", "b", "i", "link", "img"} & set(reader.tags)
    for tag in ("table", "details", "section", "ul", "mark"):
        assert reader.tags.count(tag) == reader.tags.count(f"/{tag}") > 0
    assert reader.marked == ["11", "16"]
    assert "Cali &lt;b&gt;" in text
    assert run(["diff", "old.csv", "new.jsonl", "--format", "html", "--max", "1", "-o", "page.html"]) == 1
    assert "2 more incidents differ." in Path("page.html").read_text(encoding="utf-8")
