"""The range of a figure as its article gives it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtdlike.article import Article
from gtdlike.evidence import Evidence, How
from gtdlike.linking.ranges import Range, range_of


def read(text: str, quote: str, value: int) -> Range:
    start = text.index(quote)
    piece = Evidence("nkill", How.STATED, "test", start, start + len(quote), quote)
    return range_of(value, (piece,), Article("a", text))


@pytest.mark.parametrize(
    ("text", "quote", "value", "low", "high"),
    [
        ("A bomb killed 40 people.", "killed 40 people", 40, 40, 40),
        ("A bomb killed at least 40 people.", "killed at least 40 people", 40, 40, None),
        ("More than 1,200 were hurt.", "1,200 were hurt", 1200, 1200, None),
        ("A bomb killed up to 12 people.", "killed up to 12", 12, None, 12),
        ("Fewer than ten were hurt.", "ten were hurt", 10, None, 10),
        ("It killed 15 or more.", "killed 15", 15, 15, None),
        ("Some 200 were hurt.", "Some 200 were hurt", 200, None, None),
        ("It killed between 30 and 40 people.", "killed between 30", 30, 30, 40),
        ("It killed 30 to 40 people.", "killed 30 to 40", 30, 30, 40),
        ("It killed 8-10 people.", "killed 8-10 people", 8, 8, 10),
        ("Seven or eight people died.", "Seven or eight people died", 7, 7, 8),
        ("It killed 8 and wounded at least 15.", "killed 8", 8, 8, 8),
        ("It killed at least 8 and wounded 15.", "wounded 15", 15, 15, 15),
        ("The number of victims is unknown.", "unknown", -99, None, None),
    ],
)
def test_the_words_around_a_number_make_its_range(
    text: str, quote: str, value: int, low: int | None, high: int | None
) -> None:
    assert read(text, quote, value) == Range(low, high)


def test_what_nothing_speaks_of_has_no_range_and_what_has_no_evidence_is_taken_as_it_is() -> None:
    article = Article("a", "A bomb went off.")
    assert range_of(0, (Evidence("nkill", How.DEFAULT, "test"),), article) == Range()
    assert range_of(5, (), article) == Range(5, 5)


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80), st.integers(-99, 10**6))
def test_a_range_is_never_upside_down(text: str, start: int, end: int, value: int) -> None:
    first, last = sorted((min(start, len(text)), min(end, len(text))))
    found = range_of(value, (Evidence("nkill", How.STATED, "test", first, last, text[first:last]),), Article("a", text))
    assert found.low is None or found.high is None or found.low <= found.high
