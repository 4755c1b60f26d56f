"""Which incidents go into a release: they are numbered, named to each other and validated, until none has errors."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from gtdlike.codebook import Codebook
from gtdlike.errors import ValidationError
from gtdlike.linking import Linked
from gtdlike.release.eventids import MOST_A_DAY, Given, dated, numbered, related
from gtdlike.release.rejected import Rejected, Violation, violation
from gtdlike.rows import to_table


@frozen
class Accepted:
    """The incidents of a release in the order of their ids, and how often each warning was given."""

    incidents: list[Linked]
    warnings: dict[str, int]

    @property
    def tellings(self) -> int:
        """How many tellings they are linked from."""
        return sum(len(one.members) for one in self.incidents)


def accept(linked: Sequence[Linked], codebook: Codebook, given: Given, rejected: Rejected) -> Accepted:
    """Number the incidents and reject those with errors, until what is left has none."""
    from gtdlike.validation import validate

    kept = [dated(one) for one in linked]
    while True:
        candidates, without = numbered(kept, given)
        for one in without:
            rejected.add_linked(one, [_no_eventid(one)], codebook)
        candidates = related(candidates)
        by_row: dict[int, list[Violation]] = {}
        warnings: dict[str, int] = {}
        table = to_table([one.incident for one in candidates], codebook)
        for found in validate(table, codebook=codebook, limit=None).violations.to_pylist():
            if found["severity"] == "error":
                by_row.setdefault(found["row"], []).append(found)
            else:
                warnings[found["rule"]] = warnings.get(found["rule"], 0) + 1
        if not by_row:
            return Accepted(candidates, warnings)
        if not any(row in by_row for row in range(1, len(candidates) + 1)):
            problem = next(iter(by_row.values()))[0]
            raise ValidationError(problem["message"], remedy=problem["remedy"])
        # New ids and the links between incidents depend on which are there, so both are made anew.
        kept = []
        for row, one in enumerate(candidates, 1):
            if row in by_row:
                rejected.add_linked(one, by_row[row], codebook)
            else:
                kept.append(one)


def _no_eventid(one: Linked) -> Violation:
    if one.incident.date.year is not None:
        message = f"An event id has room for {MOST_A_DAY} incidents a day and for years of four digits."
        return violation("eventid", message, "Correct the date.", "eventid")
    remedy = "Give the article's date of publication, if it is the article's own news."
    return violation("eventid", "No year is known, so the incident cannot have an event id.", remedy, "iyear")
