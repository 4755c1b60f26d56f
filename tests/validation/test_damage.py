"""What spreadsheets do to cells and rows is known by its look, and nothing of it is seen in clean rows."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gtdlike.codebook import load_codebook
from gtdlike.testing import rows
from gtdlike.validation.columns import typed_columns
from gtdlike.validation.damage import ERRORS, MARKS, damaged, explain
from gtdlike.validation.mojibake import is_mojibake, repaired
from gtdlike.validation.odd import Odd
from gtdlike.validation.shifted import shifted_rows

BOOK = load_codebook()
V = BOOK.variables


def damage(columns):
    """The places of the damaged cells of each column that has some."""
    frame = pl.DataFrame({name: column for name, column in columns.items() if V[name].kind == "text"})
    odd = Odd.of(frame, {})
    return {name: rows.tolist() for name, rows in odd.where(damaged(odd.cells)).items()}


few = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("name", "cell", "rule", "severity", "words"),
    [
        ("eventid", "1.97E+11", "spreadsheet-number", "error", "last digits are lost"),
        ("eventid", "2,01701E+11", "spreadsheet-number", "error", "give the column the format Text"),
        ("propvalue", "1,5E+06", "spreadsheet-number", "error", "shortened"),
        ("resolution", "42751", "spreadsheet-date", "error", "Write it as 2017-01-16"),
        ("resolution", "42751.0", "spreadsheet-date", "error", "2017-01-16"),
        ("nkill", "Jan-05", "spreadsheet-date", "error", "is a date"),
        ("nkill", "5-Jan", "spreadsheet-date", "error", "is a date"),
        ("nwound", "2017-01-05 00:00:00", "spreadsheet-date", "error", "is a date"),
        ("iday", "1/5/2017", "spreadsheet-date", "error", "is a date"),
        ("approxdate", "Jan-05", "spreadsheet-date", "warning", "such as 1-5"),
        ("location", "2017-01-05 00:00:00", "spreadsheet-date", "warning", "such as 1-5"),
        ("nkill", "NA", "missing-mark", "error", "Leave the cell empty."),
        ("nperps", ".", "missing-mark", "error", "or write -99 if it was asked"),
        ("city", "n/a", "missing-mark", "warning", "or write Unknown if"),
        ("nkill", "#N/A", "missing-mark", "error", "Leave the cell empty."),
        ("nkill", "#REF!", "spreadsheet-error", "error", "the value is lost"),
        ("summary", "#DIV/0!", "spreadsheet-error", "error", "Correct the formula"),
        ("city", "BogotÃ¡", "mojibake", "warning", "Write 'Bogotá'."),
        ("city", "Cote dâ€™Ivoire", "mojibake", "warning", "Write 'Cote d’Ivoire'."),
        ("city", "BeÅŸiktaÅŸ", "mojibake", "warning", "Write 'Beşiktaş'."),
        ("city", "MÃƒÂ©dina", "mojibake", "warning", "Write 'Médina'."),
        ("city", "Bogot\ufffd", "mojibake", "warning", "are lost"),
        ("city", "BogotÃ¡ and Łódź", "mojibake", "warning", "Take it from where it was before"),
        ("summary", "At noon a cafÃ© was hit. " * 9, "mojibake", "warning", "café was hit"),
    ],
)
def test_damage_has_its_rule_and_its_remedy(name, cell, rule, severity, words):
    found = explain(V[name], cell)
    assert (found.rule, found.severity) == (rule, severity)
    assert words in f"{found.message} {found.remedy}"
    assert damage({name: pl.Series([None, "fine", cell, ""])}) == ({name: [2]} if V[name].kind == "text" else {})


@pytest.mark.parametrize(
    ("name", "cell"),
    [("nkill", "seven"), ("nkill", "3.5"), ("resolution", "2017"), ("resolution", "16/1/2017"), ("city", "São Paulo"),
     ("city", "« café »"), ("city", "PROTÉGÉ…"), ("city", "Ærø, Åland, Äänekoski"), ("summary", "NA and more"),
     ("approxdate", "January 5, 2017"), ("approxdate", "2017-01-05"), ("approxdate", "Jan 5-6"), ("city", "Nouméa")],
)  # fmt: skip
def test_what_is_wrong_or_strange_for_other_reasons_is_left(name, cell):
    assert explain(V[name], cell) is None
    assert damage({name: pl.Series([cell])}) == {}


@given(st.text(min_size=1), st.sampled_from(["cp1252", "latin-1"]))
def test_text_read_wrong_is_repaired(text, encoding):
    try:
        wrong = text.encode().decode(encoding)
    except UnicodeDecodeError:
        return
    if is_mojibake(wrong) and not is_mojibake(text):
        assert repaired(wrong) == text


LETTERS = st.text("ÂÃâ€™ÅÄŸÐœ¾ aé\u0080\u009f\ufffd")


@settings(deadline=None)
@given(st.lists(LETTERS | st.sampled_from(MARKS + ERRORS) | st.sampled_from(["Jan-05", "2017-01-05 00:00:00"])))
def test_the_quick_look_misses_nothing(cells):
    found = damage({"city": pl.Series(cells, dtype=pl.String)}).get("city", [])
    told = [place for place, cell in enumerate(cells) if explain(V["city"], cell) is not None]
    assert found == told or any(cell != cell.strip() for cell in cells)


def as_text(row):
    return {name: None if cell is None else str(cell) for name, cell in row.items()}


def columns_of(cells):
    return {name: pl.Series(name, [row[name] for row in cells], dtype=pl.String) for name in BOOK.columns}


def shifts(cells):
    columns = columns_of(cells)
    wrong = {n: c.wrong for n, c in typed_columns(columns, V).items() if c.wrong is not None}
    return shifted_rows(columns, wrong, BOOK)


@few
@given(st.lists(rows(), min_size=1, max_size=3))
def test_clean_rows_are_not_damaged(given_rows):
    cells = [as_text(row) for row in given_rows]
    assert shifts(cells) == {}
    for name, places in damage(columns_of(cells)).items():
        # Any text may be drawn, be it a mark.
        assert all(cells[place][name] in MARKS or is_mojibake(cells[place][name]) for place in places)


FULL = as_text(
    {"eventid": 201701010001, "iyear": 2017, "imonth": 1, "iday": 1, "extended": 0, "country": 209,
     "country_txt": "Turkey", "region": 10, "region_txt": "Middle East & North Africa", "provstate": "Istanbul",
     "city": "Istanbul", "latitude": 41.0, "longitude": 29.0, "specificity": 1, "vicinity": 0, "crit1": 1, "crit2": 1,
     "crit3": 1, "doubtterr": 0, "multiple": 0, "success": 1, "suicide": 0, "attacktype1": 2,
     "attacktype1_txt": BOOK.label("attacktype1", 2), "targtype1": 1, "targtype1_txt": BOOK.label("targtype1", 1),
     "weaptype1": 5, "weaptype1_txt": BOOK.label("weaptype1", 5), "gname": "Unknown", "nkill": 39, "nwound": 69}
)  # fmt: skip


@pytest.mark.parametrize("by", [1, 2, 3, -1, -2, -3])
@pytest.mark.parametrize("at", ["extended", "country_txt", "city", "latitude"])
def test_a_shifted_row_is_told_once(by, at):
    row = dict.fromkeys(BOOK.columns) | FULL
    cells, place = list(row.values()), BOOK.columns.index(at)
    if by > 0:
        cells[place:place] = ["and"] * by
    else:
        del cells[place : place - by]
        cells += [None] * -by
    moved = dict(zip(BOOK.columns, cells, strict=False))
    found = shifts([row, moved, row])
    assert list(found) == [1]
    assert found[1].by == by
    told = found[1].finding()
    assert told.rule == "shifted-row"
    assert ("right" if by > 0 else "left") in told.message
    assert BOOK.columns.index(found[1].first) >= place


def test_a_row_that_is_wrong_all_over_is_not_shifted():
    row = dict.fromkeys(BOOK.columns) | dict.fromkeys(FULL, "x")
    assert shifts([row]) == {}
    assert (
        shifts([dict.fromkeys(BOOK.columns) | FULL | dict.fromkeys(["iyear", "crit1", "nkill", "success"], "x")]) == {}
    )
