"""Which checks a single row violates: the checks of a codebook as Python functions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from attrs import define, field

from gtdlike.codebook.checks import Check, checks_of
from gtdlike.codebook.expression import to_python
from gtdlike.codebook.model import Codebook
from gtdlike.codebook.once import once_per_codebook

Cells = Mapping[str, Any]
"""Typed cells: whole numbers, numbers, dates and texts that are not blank. What is not there is blank."""


@define
class RowChecks:
    """Checks, compiled for rows. One is only run where one of the variables that it reads is filled."""

    checks: list[tuple[Check, Callable[[Cells], Any], frozenset[str]]] = field(repr=False)
    reading: Mapping[str, list[int]] = field(repr=False)
    """For each variable the places of the checks that read it."""

    @classmethod
    def of(cls, checks: Iterable[Check]) -> RowChecks:
        """Compile checks."""
        compiled = [(check, to_python(check.expression), frozenset(check.reads)) for check in checks]
        reading: dict[str, list[int]] = {}
        for place, (_, _, reads) in enumerate(compiled):
            for name in reads:
                reading.setdefault(name, []).append(place)
        return cls(compiled, reading)

    def violated(
        self, cells: Cells, *, wrong: Collection[str] = (), present: Collection[str] | None = None
    ) -> Iterator[Check]:
        """The checks that a row violates, in their order.

        `wrong` are the variables whose cells are of a wrong type: what reads them is not judged. `present` are the
        columns that the row has, blank ones as well; by default those that are filled.
        """
        there = cells if present is None else present
        for place, (check, _, reads) in enumerate(self.checks):
            if not reads.isdisjoint(cells) and (not wrong or reads.isdisjoint(wrong)):
                if check.if_present and check.variable not in there:
                    continue
                if self.fails(place, cells):
                    yield check

    def fails(self, place: int, cells: Cells) -> bool:
        """Whether the check of a place is violated."""
        return self.checks[place][1](cells) is False


@once_per_codebook
def row_checks(codebook: Codebook) -> RowChecks:
    """All the checks of a codebook, compiled once for each."""
    return RowChecks.of(checks_of(codebook))
