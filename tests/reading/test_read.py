"""Reading: every format, in a fixed order, and what is said where something cannot be read."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.article import Article
from gtdlike.reading import MAX_CHARACTERS, ReadingWarning, Unreadable, read

TEXT = "Gunmen opened fire at a market in the town on Sunday."


def articles(*inputs: str | Path) -> list[Article]:
    """What is read of inputs in which everything can be read."""
    found = []
    for item in read(inputs):
        assert isinstance(item, Article), item
        found.append(item)
    return found


def refused(*inputs: str | Path) -> list[Unreadable]:
    return [item for item in read(inputs) if isinstance(item, Unreadable)]


def test_a_text_file_with_its_metadata(tmp_path: Path) -> None:
    (tmp_path / "market.txt").write_text(TEXT + "\n", encoding="utf-8")
    fields = {"id": "a1", "title": "Market", "published": "2017-01-02", "source": "Desk", "url": "u", "license": "CC0"}
    (tmp_path / "market.json").write_text(json.dumps(fields))
    assert articles(tmp_path) == [Article("a1", TEXT + "\n", "Market", dt.date(2017, 1, 2), "Desk", "u")]


def test_without_metadata_the_stem_is_the_id(tmp_path: Path) -> None:
    (tmp_path / "market.md").write_text(TEXT)
    assert articles(tmp_path / "market.md") == [Article("market", TEXT)]


def test_a_text_is_not_altered(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf one\r\n\ttwo  \n\n")
    assert articles(tmp_path)[0].text == " one\r\n\ttwo  \n\n"


def test_broken_metadata_is_noted_and_the_article_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.json").write_text("{")
    with pytest.warns(ReadingWarning, match=r"a\.json: it is not JSON"):
        assert articles(tmp_path) == [Article("a", TEXT)]


def test_jsonl_a_broken_line_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(f'{{"id": 7, "text": "{TEXT}"}}\n{{"text": \n\n[1]\n{{"text": 3}}\n{{"text": "{TEXT}"}}\n')
    items = list(read([path]))
    assert [item.id for item in items if isinstance(item, Article)] == ["7", "news:6"]
    assert [item.origin for item in items if isinstance(item, Unreadable)] == [f"{path}:{n}" for n in (2, 4, 5)]


def test_csv_with_long_cells_quotes_and_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    long = "word " * 50_000
    path.write_text(f'id,text,published\n,"one ""two""\nthree",2017-01-02\nx,{long},\n', newline="")
    first, second = articles(path)
    assert (first.id, first.text, first.published) == ("news:1", 'one "two"\nthree', dt.date(2017, 1, 2))
    assert (second.id, second.text, second.published) == ("x", long, None)


def test_csv_rows_with_too_many_cells_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text("id,text\na,Gunmen, armed, fired.\nb,ok\n")
    items = list(read([path]))
    assert isinstance(items[0], Unreadable)
    assert "row 1" in items[0].origin
    assert isinstance(items[1], Article)


def test_csv_with_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text('id,text\na,"begins\n' + "and goes on and on\n" * 500_000)
    (item,) = refused(path)
    assert "double quote" in item.remedy


def test_parquet_with_dates(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    day = dt.date(2020, 2, 29)
    table = pa.table({"text": [TEXT, None], "published": [day, day], "other": [1, 2], "title": ["T", None]})
    pq.write_table(table, tmp_path / "t.parquet")
    one, two = read([tmp_path])
    assert one == Article("t:1", TEXT, "T", day)
    assert isinstance(two, Unreadable)
    assert two.origin.endswith("row 2")


def test_parquet_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "t.parquet").write_bytes(b"PAR1 no more")
    (item,) = refused(tmp_path)
    assert "Parquet" in item.reason


@pytest.mark.parametrize("name", ["news.csv", "news.jsonl"])
def test_a_missing_text_field_names_the_fields_and_the_likely_one(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("id,body\n1,x\n" if name.endswith("csv") else '{"id": 1, "body": "x"}\n')
    (item,) = refused(path)
    assert "'id', 'body'" in item.reason
    assert item.remedy.startswith("Did you mean 'body'?")


def test_a_date_under_another_name_is_pointed_out(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text(f"date,text\n2017-01-02,{TEXT}\n")
    with pytest.warns(ReadingWarning, match="rename it to 'published'"):
        assert articles(tmp_path)[0].published is None


def test_html_gives_the_main_text_and_its_date(tmp_path: Path) -> None:
    story = [
        "Gunmen on motorcycles attacked a bus on the road to the airport, killing four passengers, police said.",
        "The driver told investigators that the men had waited behind a parked lorry before they opened fire.",
        "No group had said by the evening that it was behind the attack, the third in the province this month.",
    ]
    page = f"""<!doctype html><html><head><title>Bus attacked</title>
    <meta property="article:published_time" content="2019-03-04T10:00:00Z"></head><body>
    <nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
    <article><h1>Bus attacked</h1>{"".join(f"<p>{line}</p>" for line in story)}</article>
    <div class="comments"><p>A reader says: what a terrible thing to happen to us all in this town today.</p></div>
    <footer>Copyright 2024</footer></body></html>"""
    (tmp_path / "bus.html").write_text(page)
    (article,) = articles(tmp_path)
    assert article.published == dt.date(2019, 3, 4)
    assert article.title == "Bus attacked"
    assert all(line in article.text for line in story)
    assert "Sport" not in article.text
    assert "terrible" not in article.text


def test_html_without_an_article(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body></body></html>")
    (tmp_path / "b.html").write_text("")
    assert [item.reason for item in refused(tmp_path)] == ["No article was found in the page", "The file is empty"]


def test_folders_are_read_in_order_and_what_is_no_article_is_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.md", "README.md", "LICENSE.txt", "CHANGELOG.md", ".hidden.txt", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT)
    (tmp_path / "codings.jsonl").write_text('{"article_id": "a"}')
    (tmp_path / "release").mkdir()
    (tmp_path / "release/manifest.json").write_text("{}")
    (tmp_path / "release/incidents.jsonl").write_text("{}")
    assert [article.id for article in articles(tmp_path)] == ["a", "b", "c"]
    assert [article.id for article in articles(tmp_path / "README.md")] == ["README"]


def test_kinds_of_files_that_are_not_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    (tmp_path / "b").write_text(TEXT)
    (tmp_path / "c.json").write_text("{}")
    assert [Path(item.origin).name for item in refused(tmp_path)] == ["a.docx", "b", "c.json"]


def test_patterns_and_a_file_given_twice(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "a.txt").write_text(TEXT)
    with pytest.warns(ReadingWarning, match="more than once"):
        assert [a.id for a in articles(str(tmp_path / "*.txt"), tmp_path / "b.txt")] == ["a", "b"]


def test_inputs_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text("")
    address = "https" + "://example.org/a.html"
    inputs = [tmp_path / "new.jsonl", tmp_path / "*.html", tmp_path, address, tmp_path / "none" / "x.txt"]
    items = refused(*inputs)
    assert items[0].remedy == "Did you mean 'news.jsonl'?"
    assert [item.reason for item in items[1:]] == [
        "No file matches this pattern",
        "The file is empty",
        "gtdlike reads nothing from the network",
        "There is no such file or folder",
    ]


def test_every_message_is_made_of_sentences(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    for item in refused(tmp_path, "missing.txt"):
        assert str(item) == f"{item.origin}: {item.reason}. {item.remedy}"
        assert item.reason[-1] not in ".!"
        assert item.remedy[-1] in ".?"


def test_a_folder_without_articles(tmp_path: Path) -> None:
    (item,) = refused(tmp_path)
    assert item.reason == "There is no article in this folder"
    assert ".jsonl" in item.remedy


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "binary"),
        (bytes(range(256)), "binary"),
        (b"caf\xc3 \x81\x8d", "encoding"),
        (b"\xff\xfeA", "UTF-16"),
    ],
)
def test_text_files_that_are_none(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    (item,) = refused(tmp_path)
    assert words in item.reason
    assert item.remedy


def test_windows_1252_is_read_and_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Bogotá – “no”".encode("cp1252"))
    with pytest.warns(ReadingWarning, match="Windows-1252"):
        assert articles(tmp_path)[0].text == "Bogotá – “no”"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_marked_encodings(tmp_path: Path, name: str, encoding: str) -> None:
    told = {"a.txt": "Bogotá", "a.jsonl": '{"text": "Bogotá"}\n', "a.csv": "text\nBogotá\n"}[name]
    (tmp_path / name).write_bytes(told.encode(encoding))
    assert articles(tmp_path)[0].text == "Bogotá"


def test_undecodable_bytes_cost_their_line_only(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"text\none\n\x81\x8d\ntwo\n")
    (tmp_path / "b.jsonl").write_bytes(b'{"text": "one"}\n{"text": "\x81\x8d"}\n{"text": "\\ud800"}\n{"text": "two"}\n')
    items = list(read([tmp_path]))
    assert [item.text for item in items if isinstance(item, Article)] == ["one", "two", "one", "two"]
    assert len([item for item in items if isinstance(item, Unreadable)]) == 3


def test_an_article_that_is_too_long(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"word " * 2_000_000)
    (tmp_path / "b.txt").write_bytes(b"w" * (MAX_CHARACTERS + 1))
    (tmp_path / "c.jsonl").write_bytes(b'{"text": "' + b"w" * 10_000_000 + b'"}\n{"text": "short"}\n')
    items = list(read([tmp_path]))
    assert [f"{MAX_CHARACTERS:,}" in item.reason for item in items if isinstance(item, Unreadable)] == [True] * 3
    assert [item.text for item in items if isinstance(item, Article)] == ["short"]


def test_ids_are_unique_and_none_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl"
    path.write_text("".join(json.dumps({"id": id, "text": TEXT}) + "\n" for id in ("a", "a-2", "a", "a")))
    with pytest.warns(ReadingWarning, match="another article has this id"):
        assert [article.id for article in articles(path)] == ["a", "a-2", "a-3", "a-4"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (f'{{"text": "{TEXT}"}}\n{{"id": "x", "text": "{TEXT}"}}\n', [Article("stdin:1", TEXT), Article("x", TEXT)]),
        (f"\n{TEXT}\n", [Article("stdin", f"\n{TEXT}\n")]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: str, expected: list[Article]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    assert articles("-") == expected
    assert not sys.stdin.closed


def test_fields_of_other_types_are_noted(tmp_path: Path) -> None:
    (tmp_path / "n.jsonl").write_text('{"text": "x", "title": ["a"], "published": "soon", "source": 5}\n')
    with pytest.warns(ReadingWarning) as notes:
        assert articles(tmp_path) == [Article("n:1", "x", source="5")]
    told = " ".join(str(warning.message) for warning in notes)
    assert "'title'" in told
    assert "'soon'" in told


def test_reading_is_streaming(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl"
    path.write_text(json.dumps({"text": TEXT}) + "\n" + "{broken\n" * 100_000)
    stream = iter(read([path]))
    assert isinstance(next(stream), Article)
    assert isinstance(next(stream), Unreadable)


name = st.sampled_from(["id", "text", "title", "published", "url", "body"])
field = st.none() | st.text(max_size=20) | st.integers() | st.floats() | st.booleans() | st.lists(st.integers())


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.dictionaries(st.sampled_from(["id", "text", "title", "published", "url", "body"]), field), min_size=1)
)
def test_every_record_comes_out_once_and_can_be_written(records: list[dict[str, object]]) -> None:
    stdin, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO("".join(json.dumps(r) + "\n" for r in records).encode()))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ReadingWarning)
            items = list(read(["-"]))
    finally:
        sys.stdin = stdin
    assert len(items) == len(records)
    found = [item for item in items if isinstance(item, Article)]
    assert len({article.id for article in found}) == len(found)
    for article in found:
        assert article.text.strip()
        for part in (article.id, article.text, article.title or "", article.url or ""):
            part.encode("utf-8")


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from([".txt", ".md", ".html", ".jsonl", ".csv", ".parquet"]))
def test_no_bytes_make_it_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReadingWarning)
        for item in read([path]):
            assert isinstance(item, (Article, Unreadable))
