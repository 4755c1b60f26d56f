"""The public strategies: what they make is valid, varied, and made from the codebook that they are given."""

from __future__ import annotations

import subprocess
import sys

from attrs import evolve
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from gtdlike.codebook import load_codebook
from gtdlike.incident import UNKNOWN
from gtdlike.testing import incidents, rows
from gtdlike.validation import validate

BOOK = load_codebook()
quick = settings(max_examples=15, deadline=None)


@quick
@given(st.lists(rows(), min_size=1, max_size=5))
def test_rows_are_valid_and_whole(made):
    assert all(tuple(row) == BOOK.columns for row in made)
    report = validate(made, ignore=BOOK.dataset_rules)
    assert report.counts == {}, str(report)


@quick
@given(rows(), st.data())
def test_one_spoilt_cell_is_found(row, data):
    variable = BOOK.variables[
        data.draw(st.sampled_from(["attacktype1", "weaptype4", "country", "claimmode", "success"]))
    ]
    report = validate([row | {variable.name: 999_999}])
    assert (variable.name, "code") in {(v["variable"], v["rule"]) for v in report.violations.to_pylist()}


def test_rows_reach_what_matters():
    def found(made, condition):
        find(
            made, condition, settings=settings(deadline=None, max_examples=500, database=None, phases=[Phase.generate])
        )

    found(rows(), lambda row: row["targsubtype1"] is not None and row["natlty2"] is not None)
    found(rows(), lambda row: row["imonth"] == 0 and row["iyear"] is not None)
    found(rows(), lambda row: row["nperps"] == -99)
    found(incidents(), lambda incident: UNKNOWN in [p.name for p in incident.perpetrators])
    found(rows(), lambda row: row["attacktype3"] is not None)
    found(rows(), lambda row: row["gname3"] is not None and row["claimmode"] is not None)
    found(rows(), lambda row: row["multiple"] == 1 and row["related"] is not None)
    found(rows(), lambda row: row["ishostkid"] == 1 and row["ndays"] is not None)
    found(rows(), lambda row: sum(cell is not None for cell in row.values()) > 60)


def test_another_codebook_makes_other_rows():
    variables = {"deaths": evolve(BOOK.variables["nkill"], name="deaths", maximum=3)}
    book = evolve(BOOK, variables=variables, rules={}, dataset_rules={})
    assert find(rows(book), lambda row: row["deaths"] == 3, settings=settings(deadline=None)) == {"deaths": 3}


def test_a_missing_hypothesis_is_named():
    program = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "from gtdlike.testing import rows\n"
        "from gtdlike.errors import MissingExtraError\n"
        "try: rows()\n"
        "except MissingExtraError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert 'pip install "gtdlike[test]"' in done.stdout
