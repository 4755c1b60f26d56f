"""Rules of all rows together."""

from __future__ import annotations

import polars as pl
import pytest

from gtdlike.validation import validate
from gtdlike.validation.chunk import CHUNK

RULES = ["eventid-unique", "related-exists", "related-mutual", "duplicate"]


def told(rows, **choice):
    """What is found: the row, the rule, and what the message is about."""
    report = validate(rows, **({"only": RULES} | choice))
    return [(v["row"], v["rule"], v["message"]) for v in report.violations.to_pylist()]


def test_an_eventid_that_comes_twice():
    found = told([{"eventid": 201701010001}, {"eventid": 201701010002}, {"eventid": 201701010001}, {}, {}])
    assert found == [(3, "eventid-unique", "The eventid 201701010001 is also that of row 1.")]


def test_the_repeated_ids_are_told_with_value_and_severity():
    (violation,) = validate([{"eventid": 7}] * 2, only=["eventid-unique"]).violations.to_pylist()
    assert violation["value"] == "7"
    assert violation["severity"] == "error"
    assert violation["eventid"] == 7
    assert violation["variable"] == "eventid"


def test_ids_are_found_again_in_later_chunks():
    rows = pl.DataFrame({"eventid": [*range(1, CHUNK + 10), 5, CHUNK + 3]})
    report = validate(rows, only=["eventid-unique"])
    assert [(v["row"], v["value"]) for v in report.violations.to_pylist()] == [
        (CHUNK + 10, "5"), (CHUNK + 11, f"{CHUNK + 3}")
    ]  # fmt: skip


def test_related_ids_exist_and_name_one_another():
    one, two, three, gone = 201701010001, 201701010002, 201701010003, 201701019999
    rows = [
        {"eventid": one, "related": f"{one}, {two}, {three}"},
        {"eventid": two, "related": f"{one},{gone}"},
        {"eventid": three},
    ]
    assert told(rows) == [
        (1, "related-mutual", f"related names {three}, but that incident does not name this one."),
        (2, "related-exists", f"related names {gone}, and there is no row of that eventid."),
    ]


SAME = {"iyear": 2017, "imonth": 1, "iday": 1, "country": 209, "city": "Istanbul", "attacktype1": 2, "gname": "Unknown",
        "nkill": 3}  # fmt: skip


@pytest.mark.parametrize(
    ("other", "suspected"),
    [
        ({}, True),
        ({"eventid": 201701010002, "summary": "Another wording."}, True),
        ({"nkill": 4}, False),
        ({"nkill": None}, False),
        ({"iday": 2}, False),
        ({"gname": "Taliban"}, False),
        ({"multiple": 1}, False),
    ],
)
def test_the_same_date_place_group_and_figures_are_suspected(other, suspected):
    found = told([SAME, SAME | other])
    assert found == ([(2, "duplicate", found[0][2])] if suspected else [])


@pytest.mark.parametrize("vague", [{"iday": 0}, {"city": "Unknown"}, {"city": None}])
def test_what_is_vague_is_not_suspected(vague):
    assert told([SAME | vague] * 2) == []


def test_a_single_row_is_not_asked():
    assert validate({"related": "201701010002", "multiple": 1}).counts == {}
