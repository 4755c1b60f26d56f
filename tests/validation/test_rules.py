"""Every rule finds what its examples say, in all engines, and nothing else; and they can be chosen."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gtdlike.codebook import load_codebook
from gtdlike.codebook.checks import DERIVED, STRUCTURAL
from gtdlike.errors import ValidationError
from gtdlike.rows import from_row
from gtdlike.testing import rows, rows_violating
from gtdlike.validation import rule_ids, validate

BOOK = load_codebook()
EXAMPLES = [
    *((rule.id, example, {}) for rule in BOOK.rules.values() for example in rule.passes),
    *((rule.id, example, {rule.id: 1}) for rule in BOOK.rules.values() for example in rule.fails),
]


def test_there_are_rules_and_each_has_both_examples():
    assert len(BOOK.rules) >= 70
    assert all(rule.passes and rule.fails for rule in BOOK.rules.values())
    assert {"eventid-unique", "related-exists", "related-mutual", "duplicate"} == set(BOOK.dataset_rules)


@pytest.mark.parametrize(
    ("rule", "cells", "counts"), EXAMPLES, ids=[f"{r} {'fails' if n else 'passes'}" for r, _, n in EXAMPLES]
)
def test_examples(rule, cells, counts):
    row = validate(cells, ignore=["label"])
    table = validate([cells], ignore=["label", "related-exists"])
    assert row.counts == table.counts == counts, str(row)
    severity = BOOK.rules[rule].severity
    assert [v["severity"] for v in table.violations.to_pylist()] == [severity] * len(counts)
    assert table.ok is (not counts or severity == "warning")


@pytest.mark.parametrize("rule", [*BOOK.rules, *DERIVED, "type"])
def test_a_row_can_violate_any_rule_alone(rule):
    @settings(max_examples=2, deadline=None, database=None, phases=[Phase.generate])
    @given(rows_violating(rule))
    def alone(row):
        report = validate(row)
        assert report.counts == {rule: 1}, str(report)

    alone()


# What may stand in a cell by mistake, of any kind.
JUNK = st.one_of(
    st.integers(-200, 3000), st.floats(allow_nan=False, width=32), st.booleans(), st.text(max_size=8),
    st.sampled_from(["Unknown", "NA", ".", "1.97E+11", "42751", "3", "3.0", " 7 ", "<b>", "cafÃ©", "2017-01-16", " x"]),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(rows(), st.dictionaries(st.sampled_from(BOOK.columns), JUNK, min_size=1, max_size=6))
def test_a_row_is_judged_alike_by_itself_and_in_a_table(row, junk):
    spoilt = row | junk
    alone, together = validate(spoilt), validate([spoilt], ignore=list(BOOK.dataset_rules))
    assert alone.violations.to_pylist() == together.violations.to_pylist()
    assert alone.counts_by_variable == together.counts_by_variable
    assert alone.invalid_rows.to_pylist() == together.invalid_rows.to_pylist()


@settings(max_examples=25, deadline=None)
@given(st.lists(rows(), min_size=2, max_size=4), st.data())
def test_a_row_is_judged_alike_whatever_stands_beside_it(made, data):
    spoilt = made[0] | data.draw(st.dictionaries(st.sampled_from(BOOK.columns), JUNK, min_size=1, max_size=6))
    choice = {"ignore": list(BOOK.dataset_rules)}
    alone = validate([spoilt], **choice).violations.to_pylist()
    beside = validate([*made[1:], spoilt], **choice).violations.to_pylist()
    last = [v | {"row": 1} for v in beside if v["row"] == len(made)]
    assert last == alone


def test_an_incident_is_judged_as_its_row():
    row = {"iyear": 2017, "imonth": 2, "iday": 30, "nkill": 3, "nkillter": 5}
    assert validate(from_row(row)).counts == {"day-of-february": 1, "killed-perpetrators": 1}
    assert validate([from_row(row), row]).counts == {"day-of-february": 2, "killed-perpetrators": 2}


WRONG = {
    "iyear": 2017,
    "imonth": 13,
    "nkill": 3,
    "nkillter": 5,
    "nkillus": 4,
    "city": " Kabul",
    "country": 4,
    "region": 6,
}


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ({}, {"killed-perpetrators", "killed-us", "name-spaces", "range"}),
        ({"only": ["range"]}, {"range"}),
        ({"only": "killed-*"}, {"killed-perpetrators", "killed-us"}),
        ({"only": ["killed-*"], "ignore": ["killed-us"]}, {"killed-perpetrators"}),
        ({"ignore": ["killed-*", "range"]}, {"name-spaces"}),
    ],
)
def test_rules_are_chosen_by_name_and_pattern(choice, found):
    assert set(validate(WRONG, **choice).counts) == set(validate([WRONG], **choice).counts) == found


def test_a_rule_that_does_not_exist_is_an_error_with_a_hint():
    with pytest.raises(ValidationError, match=r"There is no rule 'rnge'\. Did you mean 'range'\?"):
        validate(WRONG, only=["rnge"])


def test_all_ids_are_listed_once():
    ids = rule_ids(BOOK)
    assert len(ids) == len(set(ids))
    assert {*BOOK.rules, *BOOK.dataset_rules, *DERIVED, *STRUCTURAL, "shifted-row"} <= set(ids)
