"""CSV files as people send them: a bad row or cell costs itself, and what cannot be read is told in words."""

from __future__ import annotations

import io

import pytest

from gtdlike.codebook import load_codebook
from gtdlike.errors import ReadError
from gtdlike.validation import validate

COLUMNS = load_codebook().columns
HEADER = ",".join(COLUMNS).encode() + b"\n"


def line(**cells):
    return ",".join(str(cells.get(c, "")) for c in COLUMNS).encode() + b"\n"


def check(*lines):
    report = validate(io.BytesIO(b"".join(lines)))
    return report, [(v["row"], v["variable"], v["rule"]) for v in report.violations.to_pylist()]


def test_a_row_of_another_length_costs_itself_and_the_others_keep_their_numbers():
    lines = [line(), b"1,2\n", line(nkill="x"), b"\n", line() * 3, b",\n", line(nkill="y"), line()[:-1] + b",\n"]
    report, found = check(HEADER, *lines)
    assert found == [(2, None, "row"), (3, "nkill", "type"), (7, None, "row"), (8, "nkill", "type"), (9, None, "row")]
    assert report.rows == 9
    assert report.violations["value"][0].as_py() == "1,2"


def test_row_numbers_stay_right_over_many_blocks():
    lines = [line(summary="x" * 2000)] * 6000
    for bad in (10, 4300, 5999):
        lines[bad] = b"1,2,3\n"
    lines[4301] = line(nkill="x")
    lines[5500] = line(nkill="x")
    report, found = check(HEADER, *lines)
    assert found == [(11, None, "row"), (4301, None, "row"), (4302, "nkill", "type"), (5501, "nkill", "type"),
                     (6000, None, "row")]  # fmt: skip
    assert report.rows == 6000


def test_a_cell_that_is_not_utf8_costs_itself():
    report, found = check(HEADER, line(nkill=1), line(nkill="\xe9").decode().encode("latin-1"), line(nkill="x"))
    assert found == [(2, "nkill", "type"), (3, "nkill", "type")]
    assert report.violations["remedy"][0].as_py() == "Save the file in the encoding UTF-8."


def test_line_breaks_and_quotes_inside_cells_and_windows_line_ends():
    quoted = line(summary='"one, ""two""\r\nthree"').replace(b"\n", b"\r\n").replace(b"\r\r\n", b"\r\n")
    report, found = check(b"\xef\xbb\xbf" + HEADER, quoted, line(nkill="x"))
    assert (report.rows, found) == (2, [(2, "nkill", "type")])


def test_a_quote_that_is_not_closed_is_told():
    report, found = check(HEADER, line(nkill=1), line(related='"'), line(), line())
    assert (None, None, "row") in found
    assert "a quote" in str(report) or "quotes is odd" in str(report)


def test_a_header_alone_is_a_table_without_rows():
    report, found = check(HEADER)
    assert (report.rows, found) == (0, [])


@pytest.mark.parametrize(("delimiter", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_delimiter_is_named(delimiter, name):
    with pytest.raises(ReadError, match=f"standard input: line 1: The header is separated by {name}"):
        check(HEADER.replace(b",", delimiter.encode()), line())
