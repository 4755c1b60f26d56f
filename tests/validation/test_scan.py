"""The quick look through the texts of a column: none is overlooked that a pattern is found in."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.codebook import load_codebook
from gtdlike.codebook.checks import checks_of
from gtdlike.codebook.expression import nodes
from gtdlike.codebook.expression.python import to_python
from gtdlike.codebook.expression.screen import Screen, found_in, of_failing
from gtdlike.validation.scan import _BLOCK, Texts

ODD = st.text(alphabet="a <&_\t\n\r\0\x1f\x7f\u00a0éÃ©x0", min_size=1, max_size=9)
unhurried = settings(deadline=None)
CHECKS = {check.rule: check for check in checks_of(load_codebook()) if of_failing(check.expression)}


def looked(texts, screen):
    return Texts.of(pl.Series(texts, dtype=pl.String)).look(screen).tolist()


@pytest.mark.parametrize("rule", list(CHECKS))
@unhurried
@given(st.lists(ODD | st.sampled_from(["<br>", "a&amp;b", "_x000D_", "a  b", " a", "a\u00a0"])))
def test_what_fails_a_rule_is_looked_at(rule, texts):
    name, screen = of_failing(CHECKS[rule].expression)
    holds = to_python(CHECKS[rule].expression)
    for text, odd in zip(texts, looked(texts, screen), strict=True):
        assert odd or holds({name: text}) is not False


@unhurried
@given(
    st.lists(ODD),
    st.sampled_from(["<[a-z]", "a<", "&|_$", "^[<&]", "[ \t]{2}", "[ \u00a0]$", "\u00a0\u00a0", "x0<|0x&"]),
)
def test_what_a_pattern_is_found_in_is_looked_at(texts, pattern):
    for text, odd in zip(texts, looked(texts, found_in(pattern)), strict=True):
        assert odd or re.search(pattern, text) is None or text.endswith("\n")


@pytest.mark.parametrize("mark", ["<", "  ", "&amp;"])
def test_what_begins_in_one_block_and_ends_in_the_next_is_found(mark):
    for before in range(_BLOCK - 3, _BLOCK + 2):
        texts = ["fine", "x" * (before - 4) + mark + "y", "fine"]
        assert looked(texts, Screen(holds=frozenset({mark}))) == [False, True, False]


def test_checks_of_patterns_are_known():
    assert {"text-blank", "text-control", "text-markup", "name-spaces"} <= CHECKS.keys()
    assert of_failing(nodes.Not(nodes.Matches(nodes.Column("city"), "[a-z]"))) is None
