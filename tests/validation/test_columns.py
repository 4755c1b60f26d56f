"""A table's columns typed all at once are what they are typed one by one."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.codebook import load_codebook
from gtdlike.validation.columns import typed, typed_columns

V = load_codebook().variables
NAMES = ["eventid", "nkill", "nperps", "success", "claimed", "country", "latitude", "ransomamt", "resolution", "city"]

CELLS = st.none() | st.sampled_from(
    ["", " ", "1", "0", " 3 ", "3.0", "4.", "+4", "-9", "x", "1.97E+11", "2,5", "1e2", "nan", "inf", "1e400", "9" * 30,
     "1_0", "\N{ARABIC-INDIC DIGIT THREE}", "2017-01-16", "2017-1-16", "2017-02-30", "2017-01-16 00:00:00", "0x1"]
)  # fmt: skip
OTHERS = st.sampled_from(
    [pl.Series([1, None, 3]), pl.Series([1.5, 2.0, None]), pl.Series([True, None, False]), pl.Series(["a", "1", ""]),
     pl.Series(["1", None, "x"], dtype=pl.Categorical), pl.Series([1, "x", None], dtype=pl.Object),
     pl.Series([None, None, None])]
)  # fmt: skip
TEXT = st.lists(CELLS, min_size=3, max_size=3).map(lambda cells: pl.Series(cells, dtype=pl.String))


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), TEXT | OTHERS))
def test_all_at_once_is_one_by_one(columns):
    found = typed_columns(columns, V)
    assert list(found) == [n for n in V if n in columns and columns[n].null_count() < 3]
    for name, column in found.items():
        alone = typed(columns[name], V[name])
        assert column.values.dtype == alone.values.dtype
        assert column.values.to_list() == alone.values.to_list()
        assert (column.wrong is None) == (alone.wrong is None)
        assert column.wrong is None or column.wrong.to_list() == alone.wrong.to_list()


@pytest.mark.parametrize("cell", ["1.97E+11", "2e3", "2.01701E11"])
@pytest.mark.parametrize("name", ["eventid", "nkill", "country", "success"])
def test_a_whole_number_that_was_shortened_is_wrong(name, cell):
    column = typed(pl.Series(["1", cell]), V[name])
    assert column.wrong is not None
    assert column.wrong.to_list() == [False, True]


def test_a_float_is_a_whole_number_and_a_shortened_number_is_a_number():
    assert typed(pl.Series([2.017e11]), V["eventid"]).values.to_list() == [201700000000]
    assert typed(pl.Series(["1e6", "1.5E+3"]), V["propvalue"]).values.to_list() == [1e6, 1500.0]
