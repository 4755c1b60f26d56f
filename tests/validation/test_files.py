"""The same rows have the same report whatever file they come in, and a file that cannot be read is told in words."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import zipfile

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gtdlike.codebook import load_codebook
from gtdlike.errors import ReadError
from gtdlike.rows import from_row, to_table
from gtdlike.testing import rows
from gtdlike.validation import encoding, from_parquet, validate
from gtdlike.validation.chunk import CHUNK
from gtdlike.validation.encoding import Utf8, is_utf8
from gtdlike.validation.source import open_source

BOOK = load_codebook()
few = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])

CELLS = [
    {"eventid": 201701010001, "iyear": 2017, "city": "Bogotá", "summary": 'Said "no",\nthen left; at 5\tp.m.',
     "nkill": 3, "latitude": 4.5, "resolution": dt.date(2017, 1, 16)},
    {"eventid": 201701010002, "iyear": 2017, "city": "São João", "nkill": -1, "imonth": 13, "nwound": 4},
    {"eventid": 201701010003, "iyear": 2017, "city": "Łódź – d’or", "nkill": "seven", "country": 209, "region": 9},
]  # fmt: skip


def frame(cells=CELLS):
    text = [{c: None if row.get(c) is None else str(row[c]) for c in BOOK.columns} for row in cells]
    return pl.DataFrame(text, schema=dict.fromkeys(BOOK.columns, pl.String))


def csv(separator=",", cells=CELLS):
    return frame(cells).write_csv(separator=separator)


def pack(data, how):
    if how == "gz":
        return gzip.compress(data)
    return data if how == "" else pa.compress(data, codec="zstd", asbytes=True)


def report_of(data, **options):
    found = validate(data, **options).violations.to_pylist()
    return [(v["row"], v["eventid"], v["variable"], v["value"], v["rule"], v["message"]) for v in found]


class Pipe(io.RawIOBase):
    """A file that can be read once, in pieces of any length."""

    def __init__(self, data):
        self.data, self.turn = io.BytesIO(data), 0

    def read(self, size=-1):
        self.turn += 1
        return self.data.read(min(size, 1 + self.turn * 7919 % 65_536) if size >= 0 else size)


EXPECTED = report_of(frame())


@pytest.mark.parametrize("how", ["", "gz", "zst"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-mark", "utf-16-be-mark", "cp1252"])
def test_encodings_separators_and_packing(tmp_path, how, separator, code):
    cells = CELLS if code != "cp1252" else [*CELLS[:2], CELLS[2] | {"city": "d’or – né"}]
    text, expected = csv(separator, cells), frame(cells).to_dict(as_series=False)
    data = text.encode(code.removesuffix("-mark")) if "mark" not in code else ("\ufeff" + text).encode(code[:9])
    path = tmp_path / f"{'x.tsv' if separator == chr(9) else 'x.csv'}{how and '.'}{how}"
    path.write_bytes(pack(data, how))
    for given_data in (path, io.BytesIO(path.read_bytes()), Pipe(path.read_bytes())):
        source = open_source(given_data, BOOK)
        (chunk,) = source.chunks
        assert {name: series.to_list() for name, series in chunk.columns.items()} == expected
        assert (list(chunk.numbers), chunk.broken) == ([1, 2, 3], [])
        assert source.notes == (["It was read as Windows-1252, because it is not UTF-8."] if code == "cp1252" else [])
    if not how and code == "utf-16":
        assert report_of(path) == EXPECTED


def workbook(path, cells=CELLS, before=(), after=0):
    """A workbook written by hand, so that the tests need no other library: numbers, text, dates and errors."""
    shared = '<c r="{}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'

    def cell(value, place):
        if isinstance(value, dt.date):
            return f'<c r="{place}" s="1"><v>{(value - dt.date(1899, 12, 30)).days}</v></c>'
        if isinstance(value, str) and value.startswith("#"):
            return f'<c r="{place}" t="e"><v>{value}</v></c>'
        if isinstance(value, str):
            escaped = value.replace("&", "&amp;").replace("<", "&lt;")
            return shared.format(place, escaped)
        return f'<c r="{place}"><v>{value}</v></c>'

    def letters(number):
        return (letters(number // 26 - 1) if number >= 26 else "") + chr(65 + number % 26)

    def sheet(lines):
        body = "".join(
            f'<row r="{r}">'
            + "".join(cell(v, f"{letters(c)}{r}") for c, v in enumerate(line) if v is not None)
            + "</row>"
            for r, line in enumerate(lines, 1)
        )
        return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'

    width = max(len(BOOK.columns), *(len(row.get("beyond", ())) + len(BOOK.columns) for row in cells))
    table = [list(BOOK.columns)]
    table += [[*(row.get(c) for c in BOOK.columns), *row.get("beyond", ())][:width] for row in cells]
    table += [[None] * 3] * after
    sheets = [*([list(line) for line in lines] for lines in before), table]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        names = "".join(f'<sheet name="S{i}" sheetId="{i}" r:id="r{i}"/>' for i in range(1, len(sheets) + 1))
        parts.writestr("[Content_Types].xml", f'<Types xmlns="{PACK.replace("relationships", "content-types")}"/>')
        root = f'<Relationship Id="b" Type="{REL}/officeDocument" Target="xl/workbook.xml"/>'
        parts.writestr("_rels/.rels", f'<Relationships xmlns="{PACK}">{root}</Relationships>')
        book = f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{names}</sheets></workbook>'
        parts.writestr("xl/workbook.xml", book)
        links = "".join(
            f'<Relationship Id="r{i}" Type="{REL}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i in range(1, len(sheets) + 1)
        )
        style = f'<Relationship Id="s" Type="{REL}/styles" Target="styles.xml"/>'
        parts.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACK}">{links}{style}</Relationships>')
        formats = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        parts.writestr("xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{formats}</styleSheet>')
        for i, lines in enumerate(sheets, 1):
            parts.writestr(f"xl/worksheets/sheet{i}.xml", sheet(lines))
    return path


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACK = "http://schemas.openxmlformats.org/package/2006/relationships"


def plain(cells):
    return [{k: str(v) if isinstance(v, dt.date) else v for k, v in row.items()} for row in cells]


@pytest.mark.parametrize("kind", ["parquet", "jsonl", "json", "incidents", "jsonl.gz", "json.zst", "xlsx"])
def test_the_same_report_in_every_format(tmp_path, kind):
    path = tmp_path / f"x.{kind if kind != 'incidents' else 'json'}"
    full = [dict.fromkeys(BOOK.columns) | row for row in plain(CELLS)]
    if kind == "parquet":
        pq.write_table(frame().to_arrow(), path)
    elif kind == "xlsx":
        workbook(path)
    else:
        lines = "".join(json.dumps(row) + "\n" for row in full)
        data = lines if "jsonl" in kind else json.dumps({"total": 3, "incidents": full} if "inc" in kind else full)
        path.write_bytes(pack(data.encode(), path.suffix[1:] if path.suffix in (".gz", ".zst") else ""))
    expected = report_of(frame())
    assert report_of(path) == expected
    assert report_of(io.BytesIO(path.read_bytes())) == expected
    assert report_of(Pipe(path.read_bytes())) == expected


@few
@given(st.lists(rows(), min_size=1, max_size=3))
def test_clean_rows_are_clean_in_files(tmp_path_factory, given_rows):
    table = pl.DataFrame(to_table(from_row(row) for row in given_rows))
    folder = tmp_path_factory.mktemp("files")
    reading = ["type", "row", "column"]
    for separator in ",;\t":
        table.write_csv(folder / "x.csv", separator=separator)
        assert [v for v in report_of(folder / "x.csv") if v[4] in reading] == []
    (folder / "x.jsonl").write_text("".join(json.dumps(row) + "\n" for row in plain(given_rows)))
    assert [v for v in report_of(folder / "x.jsonl") if v[4] in reading] == []


def test_a_workbook_as_people_keep_it(tmp_path):
    cells = [
        {"eventid": 201701010001, "target1": 1917, "nkill": 3, "resolution": dt.date(2017, 1, 16)},
        {"eventid": 201701010002, "nkill": "#REF!", "nwound": "#N/A", "city": "#VALUE!"},
        {"eventid": 201701010003, "nkill": dt.date(2017, 1, 5), "approxdate": dt.date(2017, 1, 5)},
        {},
        {"eventid": 201701010005, "beyond": ["x", 3]},
    ]
    path = workbook(tmp_path / "x.xlsx", cells, before=[[["How to read this"]], [["a", "b"], [1, 2]]], after=3)
    source = open_source(path, BOOK)
    (chunk,) = source.chunks
    columns = {name: series.to_list() for name, series in chunk.columns.items()}
    assert list(chunk.numbers) == [1, 2, 3, 4]
    assert source.columns == list(BOOK.columns)
    assert source.notes == ["Only the sheet 'S3' was read, of 3."]
    assert columns["target1"][0] == "1917"
    assert columns["nkill"] == [3.0, "#REF!", "2017-01-05 00:00:00", None]
    assert (columns["nwound"][1], columns["city"][1]) == ("#N/A", "#VALUE!")
    assert columns["approxdate"][2] == "2017-01-05 00:00:00"
    assert columns["resolution"][0] == dt.date(2017, 1, 16)
    (broken,) = chunk.broken
    assert broken.row == 5
    assert "beyond the last of the 135 columns of the header: x, 3" in broken.message
    wrong = [v[:3] for v in report_of(path) if v[4] == "type" or "spreadsheet" in v[4] or "missing" in v[4]]
    assert {(2, 201701010002, "nkill"), (2, 201701010002, "nwound"), (3, 201701010003, "nkill")} <= set(wrong)
    assert not {"target1", "resolution"} & {v[2] for v in wrong}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.csv", b"", "This is no CSV file: it is empty"),
        ("x.tsv", b"\r\n", "This is no CSV file: it is empty"),
        ("x.json", b" ", "This is not JSON: it is empty"),
        ("x.xlsx", b"nothing", "This is no workbook of Excel"),
        ("x.xlsx", b"PK\x03\x04nothing", "This is no workbook of Excel"),
        ("x.csv", b"\xd0\xcf\x11\xe0\xa1\xb1", "This is a workbook of Excel before 2007. Save it as .xlsx or .csv."),
        ("x.csv.gz", gzip.compress(b"eventid\n1\n" * 99, mtime=0)[:-9], "It cannot be unpacked to its end"),
        ("x.parquet", b"", "This is no Parquet file"),
        ("x.csv.bz2", b"", "Rows are not read from .bz2."),
        ("x.doc.gz", b"", "Rows are not read from .doc."),
    ],
)
def test_what_cannot_be_read(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadError) as error:
        validate(path)
    assert message in str(error.value)
    assert str(path) in str(error.value)


def test_the_content_counts_and_not_the_name(tmp_path):
    workbook(tmp_path / "x.csv")
    assert report_of(tmp_path / "x.csv") == EXPECTED
    pq.write_table(frame().to_arrow(), tmp_path / "x.jsonl")
    assert report_of(tmp_path / "x.jsonl") == EXPECTED


def test_an_object_over_many_lines_is_one_row():
    row = json.dumps({"eventid": 201701010001, "nkill": "x"}, indent=1).encode()
    assert {v[0] for v in report_of(io.BytesIO(row))} == {1}
    assert validate(io.BytesIO(b'[\n{"nkill": 1},\n{"nkill": 2}\n]')).rows == 2
    assert validate(io.BytesIO(b'{"data": [{"nkill": 1}, {"nkill": 2}]}')).rows == 2


def test_one_stray_cell_does_not_change_the_encoding_of_the_others():
    data = csv().encode() + ("x,Bogotá".encode("cp1252") + b"," * 133 + b"\n")
    source = open_source(io.BytesIO(data), BOOK)
    (chunk,) = source.chunks
    assert source.notes == []
    assert chunk.columns["city"].to_list()[0] == "Bogotá"
    assert chunk.columns["iyear"].to_list()[-1] == "Bogot\ufffd"


@given(st.text(), st.lists(st.integers(1, 9), min_size=1), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_utf8_comes_out_whole_however_it_is_cut(text, sizes, code):
    text = text.replace("\ufeff", "")
    whole = encoding.BLOCK
    try:
        encoding.BLOCK = sizes[0]
        file = Utf8(io.BytesIO(text.encode(code)))
        read, turn = b"", 0
        while piece := file.read(sizes[turn % len(sizes)]):
            read, turn = read + piece, turn + 1
    finally:
        encoding.BLOCK = whole
    assert read.decode() == text


@given(st.binary())
def test_any_bytes_come_out_as_utf8(data):
    assert is_utf8(Utf8(io.BytesIO(data)).read())


def test_files_beyond_one_chunk_and_one_block(tmp_path):
    cells = [{"eventid": 201701010001, "iyear": 2017, "summary": "x" * 400}] * (CHUNK + 5)
    cells[CHUNK] = {"eventid": 201701010002, "iyear": 2017, "nkill": "x"}
    table = frame(cells)
    table.write_csv(tmp_path / "x.csv")
    table.write_ndjson(tmp_path / "x.jsonl")
    table.write_parquet(tmp_path / "x.parquet")
    for suffix in ("csv", "jsonl", "parquet"):
        report = validate(tmp_path / f"x.{suffix}", limit=None)
        assert report.rows == CHUNK + 5
        wrong = [(v["row"], v["variable"]) for v in report.violations.to_pylist() if v["rule"] == "type"]
        assert wrong == [(CHUNK + 1, "nkill")]


def test_parquet_files_of_small_and_of_large_row_groups_are_read_alike(tmp_path, monkeypatch):
    table = frame(CELLS * 10).to_arrow()
    pq.write_table(table, tmp_path / "small.parquet", row_group_size=7)
    small = report_of(tmp_path / "small.parquet")
    assert small
    assert report_of(io.BytesIO((tmp_path / "small.parquet").read_bytes())) == small
    monkeypatch.setattr(from_parquet, "_LARGEST_GROUP", 6)
    assert report_of(tmp_path / "small.parquet") == small


@pytest.mark.parametrize("largest", [0, 150_000])
def test_a_parquet_file_that_is_damaged_within_is_told_in_words(tmp_path, monkeypatch, largest):
    monkeypatch.setattr(from_parquet, "_LARGEST_GROUP", largest)
    path = tmp_path / "x.parquet"
    pq.write_table(frame().to_arrow(), path)
    data = bytearray(path.read_bytes())
    data[4:4000] = b"\xff" * 3996
    path.write_bytes(data)
    with pytest.raises(ReadError, match="cannot be read beyond row 0"):
        validate(path)


def test_numbers_and_dates_that_a_program_made_of_texts_are_texts_again():
    # What pandas.read_excel gives for columns of text: whole numbers as floats, and dates among texts.
    cells = {
        "related": [201701010002.0, None],
        "target1": [1917, "a bus"],
        "approxdate": [dt.datetime(2017, 1, 5), "May"],
    }
    rows = {"eventid": [201701010001, 201701010002], "multiple": [1, None], **cells}
    frame = pd.DataFrame({name: pd.Series(column, dtype=None) for name, column in rows.items()})
    choice = ["type", "related-*", "spreadsheet-date"]
    found = [(v["variable"], v["rule"], v["severity"]) for v in validate(frame, only=choice).violations.to_pylist()]
    assert found == [("approxdate", "spreadsheet-date", "warning"), ("related", "related-mutual", "warning")]
    numbers = pl.DataFrame({"eventid": [1, 2], "related": [2, 1], "multiple": [1, 1]})
    assert (
        validate(numbers, only=choice).counts == validate(numbers.to_arrow(), only=choice).counts == {"related-form": 2}
    )
