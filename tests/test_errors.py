"""Errors say where, what and what to do, and know the word that was meant."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from gtdlike.codebook import (
    CodebookError,
    load_codebook,
)
from gtdlike.errors import GtdlikeError, did_you_mean

NAMES = load_codebook().columns


@given(st.sampled_from(NAMES), st.data())
def test_a_slip_of_one_letter_is_recognised(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name)))
    assert did_you_mean(name[:at] + "x" + name[at:], [name, "zzz"]) == f"Did you mean {name!r}?"
    assert did_you_mean(name.upper(), NAMES).casefold() == f"Did you mean {name!r}?".casefold()


def test_nothing_near_is_not_guessed() -> None:
    assert did_you_mean("qqqqq", NAMES) == ""


def test_errors_survive_pickling_and_say_where_and_what_to_do() -> None:
    error = CodebookError("It is odd.", "file.csv", "line 3", "Even it.")
    assert str(error) == "file.csv: line 3: It is odd. Even it."
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.place) == (CodebookError, str(error), "line 3")
    assert isinstance(error, GtdlikeError)
    assert str(CodebookError("It is odd.")) == "It is odd."
