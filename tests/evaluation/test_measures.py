"""Kappa, alpha and the assignment of incidents: against figures from the literature, and by their properties."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtdlike.evaluation import cohen_kappa, krippendorff_alpha
from gtdlike.evaluation.assignment import assign
from gtdlike.evaluation.bootstrap import draw, interval, sums

CODES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=30)


def table(*rows: tuple[int, ...]) -> dict[tuple[int, int], int]:
    return {(g, c): count for g, row in enumerate(rows) for c, count in enumerate(row)}


@pytest.mark.parametrize(
    ("rows", "kappa"),
    [
        ([(20, 5), (10, 15)], 0.4),
        ([(45, 15), (25, 15)], 0.1304),
        ([(25, 35), (5, 35)], 0.2593),
        # Three diagnoses of a hundred patients: Fleiss, Statistical Methods for Rates and Proportions, chapter 13
        ([(75, 1, 4), (5, 4, 1), (0, 0, 10)], 0.6765),
    ],
)
def test_kappa_of_known_tables(rows: list[tuple[int, ...]], kappa: float) -> None:
    assert cohen_kappa(table(*rows)) == pytest.approx(kappa, abs=5e-5)


def units(*coders: str) -> list[list[int]]:
    return [[ord(answer) for answer in unit if answer != "."] for unit in zip(*coders, strict=True)]


FOUR = units("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


@pytest.mark.parametrize(
    ("coders", "metric", "alpha"),
    [
        # The examples of Krippendorff, Computing Krippendorff's Alpha-Reliability (2011)
        (("0100000010", "1110010000"), "nominal", 0.095),
        (("aabbdcccedda", "babbbccceddd"), "nominal", 0.692),
    ],
)
def test_alpha_of_two_coders(coders: tuple[str, str], metric: str, alpha: float) -> None:
    assert krippendorff_alpha(units(*coders), metric) == pytest.approx(alpha, abs=5e-4)  # type: ignore[arg-type]


def test_alpha_of_four_coders_who_left_some_out() -> None:
    assert krippendorff_alpha(FOUR, "nominal") == pytest.approx(0.743, abs=5e-4)
    assert krippendorff_alpha(FOUR, "interval") == pytest.approx(0.849, abs=5e-4)


@pytest.mark.parametrize("pairs", [[], [(1, 1)], [(2, 2), (2, 2)]])
def test_where_there_is_nothing_to_tell_apart_there_is_no_figure(pairs: list[tuple[int, int]]) -> None:
    assert cohen_kappa(Counter(pairs)) is None
    assert krippendorff_alpha(pairs) is None
    assert krippendorff_alpha(pairs, "interval") is None


@given(CODES)
def test_measures_are_at_most_one_and_do_not_care_who_is_first(pairs: list[tuple[int, int]]) -> None:
    turned = [(b, a) for a, b in pairs]
    kappa, alpha = cohen_kappa(Counter(pairs)), krippendorff_alpha(pairs, "interval")
    assert kappa == cohen_kappa(Counter(turned))
    assert alpha == krippendorff_alpha(turned, "interval")
    for figure in (kappa, alpha, krippendorff_alpha(pairs)):
        assert figure is None or figure <= 1
        if figure == 1:
            assert all(a == b for a, b in pairs)


@given(st.lists(st.integers(0, 3), min_size=2).filter(lambda codes: len(set(codes)) > 1))
def test_full_agreement_is_one(codes: list[int]) -> None:
    pairs = [(code, code) for code in codes]
    assert cohen_kappa(Counter(pairs)) == krippendorff_alpha(pairs) == krippendorff_alpha(pairs, "interval") == 1


@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), max_size=5)))
def test_no_assignment_is_worth_more(worth: list[list[int]]) -> None:
    pairs = assign(worth)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert all(worth[row][column] > 0 for row, column in pairs)
    rows, columns = len(worth), len(worth[0]) if worth else 0
    size = max(rows, columns)
    square = [[worth[r][c] if r < rows and c < columns else 0 for c in range(size)] for r in range(size)]
    best = max(sum(square[r][c] for r, c in enumerate(order)) for order in permutations(range(size)))
    assert sum(worth[row][column] for row, column in pairs) == best


def test_intervals_are_drawn_the_same_way_each_time() -> None:
    drawn = draw(4, 200, seed=7)
    assert drawn == draw(4, 200, seed=7) != draw(4, 200, seed=8)
    columns = [(1, 2, 3, 4), (1, 0, 0, 0)]
    found = sums(columns, drawn)
    assert found == [tuple(sum(column[place] for place in places) for column in columns) for places in drawn]
    ends = interval(found, lambda total, _: total / 4)
    assert ends is not None
    assert 1 <= ends[0] < 2.5 < ends[1] <= 4
    assert interval(found, lambda total, one: total / one if one > 3 else None) is None
    assert draw(1, 200, seed=0) == []
