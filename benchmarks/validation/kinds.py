"""All the kinds of bad cells: where each may be put, what is written there, and which violations it makes."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.validation import kinds_of_cells as cells
from benchmarks.validation import kinds_of_events as events
from benchmarks.validation import kinds_of_outcomes as outcomes
from benchmarks.validation.kind import Kind
from gtdlike.codebook import Codebook


def kinds(codebook: Codebook) -> Iterator[Kind]:
    """All the kinds, those of few rows and those of many."""
    yield from cells.codes(codebook)
    yield from cells.labels(codebook)
    yield from cells.ranges()
    yield from events.identity()
    yield from events.dates()
    yield from events.places()
    yield from events.incidents()
    yield from events.attacks(codebook)
    yield from events.weapons(codebook)
    yield from events.targets(codebook)
    yield from outcomes.groups(codebook)
    yield from outcomes.figures()
    yield from outcomes.damage(codebook)
    yield from outcomes.hostages(codebook)
    yield from outcomes.ransoms()
    yield from outcomes.international()
    yield from cells.texts(codebook)
