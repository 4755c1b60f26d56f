"""A release as a whole: what is in it, that nothing is lost, and that it is the same every time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
from gtdlike.errors import ReadError, WriteError
from gtdlike.evidence import Evidence, How
from gtdlike.export import read_table
from gtdlike.release import Manifest, build
from gtdlike.rows import from_row, from_table
from gtdlike.validation import validate

Write = Callable[..., Path]
TABLES = ("incidents", "evidence", "sources", "reports", "links")
ATTACK = {
    "iyear": 2016, "imonth": 3, "iday": 22, "extended": 0, "country": 21, "region": 8, "provstate": "Brussels",
    "city": "Zaventem", "specificity": 2, "vicinity": 0, "crit1": 1, "crit2": 1, "crit3": 1, "doubtterr": 0,
    "multiple": 0, "success": 1, "suicide": 1, "attacktype1": 3, "weaptype1": 6, "targtype1": 6,
    "target1": "Zaventem Airport",
    "natlty1": 21, "gname": "Islamic State of Iraq and the Levant (ISIL)", "guncertain1": 0, "individual": 0,
    "claimed": 0, "nkill": 16, "property": -9, "ishostkid": 0, "INT_LOG": -9, "INT_IDEO": -9,
    "INT_MISC": 0, "INT_ANY": -9,
}  # fmt: skip


class WrittenCoder:
    """Reads the incidents after the first line of an article, as JSON lines; `raise` stands for a coder that fails."""

    def code(self, article: Article) -> list[CodedIncident]:
        coded = []
        for line in article.text.splitlines()[1:]:
            if line == "raise":
                raise RuntimeError("this article is too much")
            told = json.loads(line)
            row = {k: v for k, v in {**ATTACK, **told.get("row", {})}.items() if v is not None}
            end = told.get("end", 3)
            evidence = tuple(Evidence(name, How.STATED, "written", 0, end, article.text[:3]) for name in row)
            coded.append(CodedIncident(article.id, from_row(row), evidence, told.get("background", False)))
        return coded


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write an article: its name, its incidents as differences from the attack above, and what else it is."""

    def write_article(
        name: str, *incidents: Any, published: str | None = "2016-03-23", first: str | None = None
    ) -> Path:
        folder = tmp_path / "articles"
        folder.mkdir(exist_ok=True)
        opening = first or "The news of the day is told in this article, and it is for the test of the release."
        lines = [one if isinstance(one, str) else json.dumps(one) for one in incidents]
        (folder / f"{name}.txt").write_text("\n".join([opening, *lines]), encoding="utf-8")
        metadata = {"title": f"Title of {name}", "source": "The Daily Test", "published": published}
        (folder / f"{name}.json").write_text(json.dumps(metadata), encoding="utf-8")
        return folder

    return write_article


def made(articles: Path, name: str = "release", **options: Any) -> tuple[Path, Manifest]:
    output = articles.parent / name
    return output, build([articles], output, coder=WrittenCoder(), processes=1, **options)


def rows(output: Path, name: str = "incidents") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(output / f"{name}.parquet").to_pylist()
    return found


@pytest.fixture
def articles(write: Write) -> Path:
    """Articles of every fate: one attack told by three, and its companion told by two."""
    second = {"city": "Brussels", "target1": "Maalbeek metro station", "targtype1": 19, "multiple": 1}
    write("a", {"row": {"multiple": 1}}, {"row": second})
    write("b", {"row": {"nkill": 11}}, {"row": second}, published="2016-03-22")
    write("c", {"background": True}, published="2017-03-22")
    write("d", published="2016-03-24")
    write("e", "raise")
    spanish = "El presidente dijo que los habitantes de la ciudad no tienen agua desde hace tres días por la sequía. "
    write("f", first=spanish * 4)
    return write("g", first=" ")


def test_a_release_has_all_its_files_and_they_say_the_same(articles: Path) -> None:
    output, manifest = made(articles)
    names = {f"{name}.parquet" for name in TABLES} | {"incidents.csv", "incidents.jsonl"}
    names |= {"CITATION.cff", "README.md", "codebook.html", "codebook.xml", "croissant.json", "datapackage.json"}
    assert {path.name for path in output.iterdir()} == names | {"manifest.json", "SHA256SUMS"}
    assert set(manifest.files) == names
    table = pq.read_table(output / "incidents.parquet")
    for suffix in ("csv", "jsonl"):
        assert read_table(output / f"incidents.{suffix}").equals(table)
    assert len(from_table(table)) == table.num_rows == 2
    for name in TABLES:
        assert manifest.rows[name] == pq.read_metadata(output / f"{name}.parquet").num_rows > 0


def test_every_article_is_accounted_for(articles: Path) -> None:
    output, manifest = made(articles)
    assert manifest.fates == {"coded": 3, "no_incident": 1, "failed": 1, "not_english": 1, "unreadable": 1}
    assert sum(manifest.fates.values()) == manifest.articles == len(manifest.inputs) == 7
    assert manifest.tellings == {"coded": 5, "linked": 5, "dropped": 0, "rejected": 0}
    by_id = {one.id: one for one in manifest.inputs}
    assert by_id["e"].message == "The coder failed: RuntimeError: this article is too much"
    assert by_id["a"].incidents == 2
    assert json.loads((output / "manifest.json").read_text(encoding="utf-8"))["fates"] == manifest.fates


def test_linked_articles_make_one_incident_with_its_sources(articles: Path) -> None:
    output, _ = made(articles)
    metro, airport = rows(output)
    assert (metro["eventid"], airport["eventid"]) == (201603220001, 201603220002)
    assert (metro["city"], metro["related"], metro["multiple"]) == ("Brussels", "201603220002", 1)
    assert (airport["city"], airport["related"], airport["nkill"]) == ("Zaventem", "201603220001", 16)
    assert airport["scite1"] == '"Title of b," The Daily Test, 2016-03-22'
    sources = [s for s in rows(output, "sources") if s["eventid"] == airport["eventid"]]
    assert [(s["article_id"], s["background"]) for s in sources] == [("b", False), ("a", False), ("c", True)]
    killed = [r for r in rows(output, "reports") if r["eventid"] == airport["eventid"] and r["variable"] == "nkill"]
    assert [(r["article_id"], r["value"]) for r in killed] == [("b", "11"), ("a", "16"), ("c", "16")]
    assert "Sources differ on the number killed: 16 (a, c), 11 (b)" in airport["addnotes"]


def test_why_each_telling_was_linked_is_on_record(articles: Path, write: Write) -> None:
    write("a", {"row": {"city": "Namur"}, "end": 4}, {"row": {"multiple": 1}}, {"row": {"city": "Ghent", "nkill": 2}})
    output, _ = made(articles)
    links = {(link["article_id"], link["telling"]): link for link in rows(output, "links")}
    # What the coder coded badly is not linked, but it keeps its number.
    assert set(links) == {("a", 2), ("a", 3), ("b", 1), ("b", 2), ("c", 1)}
    assert [key for key, link in links.items() if link["score"] is None] == [("b", 2), ("a", 3), ("b", 1)]
    assert links["c", 1]["eventid"] == links["a", 2]["eventid"] == links["b", 1]["eventid"]
    assert links["c", 1]["reasons"].startswith("same day, same city, same many killed, same attack, same weapon")
    assert links["c", 1]["score"] > links["a", 2]["score"] > 4
    assert {link["decided_by"] for link in links.values()} == {None}


def test_every_cell_has_evidence_and_every_quote_is_in_its_article(articles: Path) -> None:
    output, _ = made(articles)
    evidence = rows(output, "evidence")
    held = {(e["eventid"], e["variable"]) for e in evidence}
    for row in rows(output):
        cells = {name for name, value in row.items() if value is not None and not name.endswith("_txt")}
        assert {name for name in cells - {"eventid"} if (row["eventid"], name) not in held} == set()
    for e in evidence:
        if e["quote"] is not None:
            text = (articles / f"{e['article_id']}.txt").read_text(encoding="utf-8")
            assert text[e["start"] : e["end"]] == e["quote"]
            assert e["digest"] == hashlib.sha256(e["quote"].encode()).hexdigest()
        else:
            assert e["digest"] is None


def test_the_release_is_valid(articles: Path) -> None:
    output, _ = made(articles)
    for suffix in ("parquet", "csv", "jsonl"):
        assert validate(output / f"incidents.{suffix}").ok


def test_same_input_same_bytes(articles: Path) -> None:
    first, second = made(articles, "first")[0], made(articles, "second")[0]
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name


def test_what_has_errors_is_rejected_and_counted(write: Write) -> None:
    write("a", {}, {"row": {"attacktype1": 77, "city": "Antwerp", "country": 69}}, {"row": {"city": "Namur"}, "end": 4})
    paris = {
        "iyear": None,
        "imonth": None,
        "iday": None,
        "city": "Paris",
        "country": 69,
        "target1": "A bank",
        "nkill": 1,
    }
    folder = write("b", {"row": paris}, published=None)
    output, manifest = made(folder)
    assert (manifest.incidents, manifest.rejected) == (1, 3)
    assert manifest.tellings == {"coded": 4, "linked": 1, "dropped": 0, "rejected": 3}
    rejected = [json.loads(line) for line in (output / "rejected.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sorted(v["rule"] for one in rejected for v in one["violations"])[-1] == "eventid"
    by_city = {one["row"]["city"]: one for one in rejected}
    assert any(v["variable"] == "attacktype1" for v in by_city["Antwerp"]["violations"])
    assert "not at characters 0 to 4" in by_city["Namur"]["violations"][0]["message"]
    assert by_city["Paris"]["articles"] == ["b"]
    assert rows(output)[0]["eventid"] == 201603220001


def test_a_companion_that_was_rejected_is_not_named(write: Write) -> None:
    folder = write("a", {"row": {"multiple": 1}}, {"row": {"multiple": 1, "city": "Brussels", "attacktype1": 77}})
    output, manifest = made(folder)
    (row,) = rows(output)
    assert (row["multiple"], row["related"], manifest.rejected) == (0, None, 1)
    assert "the others are not in this release" in row["addnotes"]


def test_the_year_of_the_article_stands_in_for_none(write: Write) -> None:
    undated = {"iyear": None, "imonth": None, "iday": None}
    elsewhere = {"city": "Antwerp", "provstate": "Antwerp", "target1": "A bank", "targtype1": 1, "nkill": 1}
    folder = write("a", {"row": undated}, {"row": {**undated, **elsewhere}, "background": True})
    output, manifest = made(folder)
    (row,) = rows(output)
    assert (row["eventid"], row["iyear"], row["imonth"], row["iday"]) == (201600000001, 2016, 0, 0)
    assert row["approxdate"] == "not later than 2016-03-23, the day of the article"
    assert manifest.rejected == 1


def test_an_output_in_the_way_is_refused_before_any_work(articles: Path) -> None:
    output, _ = made(articles)
    before = (output / "manifest.json").read_bytes()
    with pytest.raises(WriteError, match="--overwrite"):
        made(articles)
    with pytest.raises(WriteError, match="no release"):
        build([articles], articles, coder=WrittenCoder(), overwrite=True)
    with pytest.raises(WriteError, match="is a file"):
        build([articles], output / "manifest.json", coder=WrittenCoder(), overwrite=True)
    assert (output / "manifest.json").read_bytes() == before


def test_overwriting_replaces_the_whole_folder(articles: Path, write: Write) -> None:
    output, _ = made(articles)
    (output / "left over").touch()
    write("d", {"row": {"iday": 1, "city": "Antwerp", "provstate": "Antwerp"}})
    _, manifest = made(articles, overwrite=True)
    assert manifest.incidents == len(rows(output)) == 3
    assert not (output / "left over").exists()
    assert {path.name for path in output.parent.iterdir()} == {"articles", "release"}


def test_a_build_that_fails_leaves_nothing_and_takes_nothing(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output, _ = made(articles)
    before = {path.name: path.read_bytes() for path in output.iterdir()}

    def full(*_: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gtdlike.export.write_table", full)
    with pytest.raises(WriteError, match="no space left"):
        made(articles, overwrite=True)
    assert {path.name: path.read_bytes() for path in output.iterdir()} == before
    assert {path.name for path in output.parent.iterdir()} == {"articles", "release"}


def test_an_input_without_a_readable_article_makes_no_release(articles: Path) -> None:
    output, _ = made(articles)
    with pytest.raises(ReadError, match="No article can be read"):
        build([articles.parent / "artcles"], output, coder=WrittenCoder(), overwrite=True)
    assert (output / "manifest.json").exists()


def test_a_coder_that_always_fails_makes_no_release(write: Write) -> None:
    articles = write("a", "raise")
    with pytest.raises(ReadError, match=r"No article can be coded\. The coder failed: RuntimeError"):
        made(articles)
    assert not (articles.parent / "release").exists()


def test_progress_counts_every_article(articles: Path) -> None:
    counted: list[int] = []
    made(articles, progress=counted.append)
    assert sum(counted) == 7
