"""A pattern of dates is tried only where the text holds the words that it needs: no date may be lost by it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gtdlike.coding.rules.daygrammar import read_dates
from gtdlike.coding.rules.dayneeds import fitting
from gtdlike.coding.rules.daypatterns import patterns
from gtdlike.coding.rules.prose import fold

PATTERNS = dict(patterns())


@pytest.mark.parametrize("rule", PATTERNS)
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_pattern_that_fits_is_tried(rule: str, data: st.DataObject) -> None:
    before, after = data.draw(st.text(max_size=4)), data.draw(st.text(max_size=4))
    text = fold(before + data.draw(st.from_regex(PATTERNS[rule])) + after)
    assume(PATTERNS[rule].search(text))
    assert (rule, PATTERNS[rule]) in fitting(text)


def test_most_patterns_are_not_tried_on_a_sentence_without_a_date() -> None:
    assert not fitting("heavy rain fell on hills and fields.")


def test_the_rules_after_the_last_one_wanted_are_not_tried() -> None:
    text = "on friday, march 15, and two days ago"
    assert {found.rule for found in read_dates(text, None)} == {"month_day", "ago"}
    assert [found.rule for found in read_dates(text, None, "day_month")] == ["month_day"]
