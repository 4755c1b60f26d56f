"""What is altered is found also where all digests are made anew: by the tables, the evidence and the articles."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.errors import ReadError
from gtdlike.release.verification.result import FEW
from gtdlike.release.verify import Verification, verify

Rows = list[dict[str, Any]]
RowsOf = Callable[[Path, str], Rows]
Write = Callable[..., None]
Sign = Callable[..., None]
Alter = Callable[..., Verification]


def checks(found: Verification) -> set[str]:
    return {problem.check for problem in found.problems}


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
    sign: Sign, write: Write, whole: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
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


def test_quotes_and_digests_altered_together_are_found_by_the_articles(articles: list[Path], alter: Alter) -> None:
    def forge(rows: Rows) -> None:
        quote = "x" * len(rows[0]["quote"])
        rows[0].update(quote=quote, digest=hashlib.sha256(quote.encode()).hexdigest())

    assert alter("evidence", forge).ok
    found = alter("evidence", forge, articles)
    assert {(problem.file, problem.check) for problem in found.problems} == {("evidence.parquet", "quotes")}
    assert found.problems[0].place is not None
    assert found.problems[0].place.startswith("row 1 (eventid ")


def test_a_release_without_quotes_is_held_against_its_articles(articles: list[Path], alter: Alter) -> None:
    def without(rows: Rows) -> None:
        for row in rows:
            row["quote"] = None

    none = {"quotes": "none"}
    assert alter("evidence", without, articles, options=none).ok
    assert checks(alter("evidence", without, articles, options={"quotes": "full"})) == {"quotes"}
    found = alter("evidence", lambda rows: rows[0].update(digest="0" * 64), articles, options=none)
    assert [problem.place for problem in found.problems] == [f"row 1 (eventid {201607140001}, variable iyear)"]
    found = alter("evidence", lambda rows: rows[1].update(quote="It is here all the same."), options=none)
    assert [problem.place for problem in found.problems] == [f"row 2 (eventid {201607140001}, variable iyear)"]


def test_shortened_quotes_are_the_beginnings_of_what_the_articles_say(
    articles: list[Path], rows_of: RowsOf, alter: Alter
) -> None:
    longest = 12

    def shorten(rows: Rows) -> None:
        for row in rows:
            if row["quote"] is not None and len(row["quote"]) > longest:
                row["quote"] = f"{row['quote'][: longest - 1]}…"

    short = {"quotes": "short"}
    assert alter("evidence", shorten, articles, options=short).ok
    assert checks(alter("evidence", shorten, options={"quotes": "full"})) == {"quotes"}
    rows = rows_of(Path(alter("evidence", shorten, options=short).folder), "evidence")
    place = next(n for n, row in enumerate(rows) if (row["quote"] or "").endswith("…"))

    def forge(rows: Rows) -> None:
        rows[place]["quote"] = "Nobody said…"

    assert alter("evidence", forge, options=short).ok  # without its article a beginning proves nothing
    found = alter("evidence", forge, articles, options=short)
    assert [(problem.check, (problem.place or "").partition(" (")[0]) for problem in found.problems] == [
        ("quotes", f"row {place + 1}")
    ]


def test_a_quote_without_a_name_has_no_digest_in_a_redacted_release_only(articles: list[Path], alter: Alter) -> None:
    def redact(rows: Rows) -> None:
        rows[0].update(quote="[person] said so", digest=None)

    assert alter("evidence", redact, articles, options={"redact": True}).ok
    assert checks(alter("evidence", redact, options={"redact": False})) == {"quotes"}
    assert checks(alter("evidence", lambda rows: rows[1].update(quote="x"), options={"redact": True})) == {"quotes"}


def test_articles_that_were_edited_are_told_apart(
    seeds: Path, articles: list[Path], release: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for path in articles:
        shutil.copy(path, folder)
    shutil.copy(seeds / "vail-arson.txt", folder)
    edited = folder / "nice-truck-attack.txt"
    edited.write_text(edited.read_text(encoding="utf-8") + "One more line.\n", encoding="utf-8")
    found = verify(release, articles=[folder])
    assert [(problem.check, problem.place) for problem in found.problems] == [
        ("articles", "article_id nice-truck-attack")
    ]
    quotes = next(check for check in found.checks if check.name == "quotes")
    assert quotes.skipped == "1 of 5 articles are not at hand, and their quotes not held against them"
    assert checks(verify(release, articles=seeds / "vail-arson.txt")) == {"articles"}
    with pytest.raises(ReadError, match="None of the articles can be read"):
        verify(release, articles=[tmp_path / "nowhere"])


def test_many_problems_of_a_sort_are_counted(rows_of: RowsOf, alter: Alter) -> None:
    def all_of_them(rows: Rows) -> None:
        for row in rows:
            row["how"] = "guessed"

    found = alter("evidence", all_of_them)
    assert len(found.problems) == FEW
    number = len(rows_of(Path(found.folder), "evidence"))
    assert sum(1 + problem.more for problem in found.problems) == number
    assert f"{number:,} problems, in evidence.parquet." in str(found)
