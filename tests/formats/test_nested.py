"""The nested incident as JSON, and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from gtdlike.codebook import load_codebook
from gtdlike.errors import RowError
from gtdlike.incident import UNKNOWN, EventDate, Incident, Target
from gtdlike.nested import from_nested, to_nested
from gtdlike.rows import to_row
from gtdlike.testing import incidents

BOOK = load_codebook()


@settings(max_examples=60, deadline=None)
@given(incidents())
def test_nothing_is_lost(incident: Incident) -> None:
    nested = to_nested(incident)
    assert from_nested(json.loads(json.dumps(nested, allow_nan=False))) == incident
    assert to_row(from_nested(nested)) == to_row(incident)


def test_how_it_reads() -> None:
    incident = Incident(
        eventid=201701160002,
        date=EventDate(2017, 1, 16),
        attacks=[None, 3],
        targets=[Target(), Target(type=14, name=UNKNOWN)],
        number_of_perpetrators=UNKNOWN,
        success=True,
    )
    assert to_nested(incident) == {
        "eventid": 201701160002,
        "date": {"year": 2017, "month": 1, "day": 16},
        "success": 1,
        "attacks": [None, 3],
        "targets": [{}, {"type": 14, "name": "Unknown"}],
        "number_of_perpetrators": -99,
    }
    assert to_nested(Incident()) == {}


def test_every_value_of_the_row_has_its_place() -> None:
    paths = [v.path for v in BOOK.variables.values() if v.path is not None]
    assert len(paths) == sum(v.kind != "label" for v in BOOK.variables.values())


@pytest.mark.parametrize(
    ("nested", "told"),
    [
        ({"targets": [{"typ": 3}]}, "targets[0].typ: .* Did you mean 'targets[0].type'?"),
        ({"attacks": [1, 2, 3, 4]}, "attacks[3]: "),
        ({"date": 2017}, "date: "),
        ({"casualties": {"killed": "many"}}, "nkill: 'many' is not a whole number"),
    ],
)
def test_what_has_no_place_is_named(nested: dict[str, object], told: str) -> None:
    with pytest.raises(RowError) as error:
        from_nested(nested)
    for part in told.split(".*"):
        assert part.strip() in str(error.value)
