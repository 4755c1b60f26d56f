"""One incident as a row to be checked."""

from __future__ import annotations

from typing import Any

from gtdlike.codebook.model import Codebook
from gtdlike.errors import RowError
from gtdlike.incident import Incident
from gtdlike.rows import write_row
from gtdlike.validation.chunk import Broken


def row_of_incident(incident: Incident, number: int, codebook: Codebook | None) -> tuple[dict[str, Any], list[Broken]]:
    """The flat row of an incident, without what cannot stand in a row, and what that is."""
    try:
        row, problems = write_row(incident, codebook)
    except RowError as error:
        return {}, [Broken(number, repr(incident)[:200], error.problem, error.remedy or "")]
    remedy = "Correct this value of the incident."
    return row, [Broken(number, repr(p.value), f"{p}.", remedy, p.variable) for p in problems]
