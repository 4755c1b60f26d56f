"""CSV files as people send them: a bad row or cell costs itself, and what cannot be read is told in words."""

from __future__ import annotations

import io

import pytest

from gtdlike.codebook import load_codebook
from gtdlike.validation import validate

COLUMNS = load_codebook().columns
# The rules of reading: those of the codebook have tests of their own.
READING = ("type", "row", "column")
HEADER = ",".join(COLUMNS).encode() + b"\n"


def line(**cells):
    return ",".join(str(cells.get(c, "")) for c in COLUMNS).encode() + b"\n"


def check(*lines):
    report = validate(io.BytesIO(b"".join(lines)))
    told = [v for v in report.violations.to_pylist() if v["rule"] in READING]
    return report, [(v["row"], v["variable"], v["rule"]) for v in told]


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


@pytest.mark.parametrize("separator", [b",", b";", b"\t"])
@pytest.mark.parametrize("told", [True, False])
def test_the_header_tells_the_separator(separator, told):
    head = b"sep=" + separator + b"\r\n" if told else b""
    lines = [line(nkill="x"), line(city='"a, b; c"', nkill="y"), b"1,2\n"]
    report, found = check(head, *(part.replace(b",", separator) for part in (HEADER, *lines)))
    assert found == [(1, "nkill", "type"), (2, "nkill", "type"), (3, None, "row")]
    name = {b",": "comma", b";": "semicolon", b"\t": "tab"}[separator]
    assert f"put cells with a {name} into double quotes" in str(report.violations["remedy"])


def test_a_header_in_quotes_and_over_two_lines():
    names = ",".join(f'"{c}"' for c in COLUMNS).encode()
    _, found = check(names + b"\r\n", line(nkill="x"))
    assert found == [(1, "nkill", "type")]
    _, found = check(names.replace(b'"nkill"', b'"nkill\n"') + b"\n", line(nkill="x"))
    assert found == [(None, "nkill\n", "column"), (None, "nkill", "column")]


def test_a_row_without_end_is_told_and_what_stands_before_it_is_checked():
    report, found = check(HEADER, line(nkill="x"), line(summary='"'), line(summary="x" * 2000) * 6000)
    assert found[1:] == [(1, "nkill", "type"), (2, None, "row")]
    assert "what follows it was not read" in str(report)
