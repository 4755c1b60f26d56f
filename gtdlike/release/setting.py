"""Values that people set: put into an incident as far as the codebook allows, with their evidence and a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from gtdlike.codebook import Codebook
from gtdlike.codebook.model import Value
from gtdlike.evidence import Evidence, How
from gtdlike.linking import Linked
from gtdlike.release.decision import BadRow, Decision
from gtdlike.release.eventids import DECISION
from gtdlike.release.tables import as_text
from gtdlike.rows import from_row, to_row

Row = dict[str, Value]


@frozen
class Set:
    """An incident with the values that were set, and the decisions that it has already or cannot have."""

    incident: Linked
    needless: tuple[Decision, ...]
    impossible: Mapping[Decision, BadRow]


def set_values(told: Sequence[tuple[Linked, Sequence[Decision]]], codebook: Codebook) -> list[Set]:
    """Set the values that people decided on for each of the incidents, at most one for each variable.

    All are tried together, because one may need the other. Where that breaks a rule of the codebook, those that can be
    set are: a decision must not cost the incident its place in the release.
    """
    from gtdlike.validation import validate

    if not told:
        return []
    tried = [_tried(one, decisions, codebook) for one, decisions in told]
    report = validate([from_row(row, codebook) for row in tried], codebook=codebook, limit=None)
    broken = {found["row"] - 1 for found in report.violations.to_pylist() if found["severity"] == "error"}
    return [
        _set(one, decisions, row, codebook, broken=place in broken)
        for place, ((one, decisions), row) in enumerate(zip(told, tried, strict=True))
    ]


def _tried(one: Linked, decisions: Sequence[Decision], codebook: Codebook) -> Row:
    return to_row(one.incident, codebook) | {str(d.variable): _cell(d, codebook) for d in decisions}


def _set(one: Linked, decisions: Sequence[Decision], row: Row, codebook: Codebook, *, broken: bool) -> Set:
    old, cells = to_row(one.incident, codebook), {d: row[str(d.variable)] for d in decisions}
    wanted = [d for d in decisions if old[str(d.variable)] != cells[d]]
    needless = tuple(d for d in decisions if d not in wanted)
    impossible: dict[Decision, BadRow] = {}
    if broken:
        row, impossible = _as_far_as_possible(old, wanted, cells, codebook)
    done = [d for d in wanted if d not in impossible]
    if not done:
        return Set(one, needless, impossible)
    notes = [row["addnotes"], *(_note(d, old, cells[d], codebook) for d in done if d.variable != "addnotes")]
    row["addnotes"] = " ".join(str(note) for note in notes if note) or None
    made = {d.variable: Evidence(str(d.variable), How.INFERRED, DECISION + d.who) for d in done}
    evidence = [e for e in one.evidence if e.variable not in made]
    made.setdefault("addnotes", Evidence("addnotes", How.INFERRED, DECISION + done[0].who))
    incident = from_row(row, codebook)
    return Set(evolve(one, incident=incident, evidence=(*evidence, *made.values())), needless, impossible)


def _as_far_as_possible(
    old: Row, wanted: Sequence[Decision], cells: Mapping[Decision, Value], codebook: Codebook
) -> tuple[Row, dict[Decision, BadRow]]:
    """Leave out one decision after the other, each time that without which the fewest errors are left, and of equals
    the latest, until there is no error that was not there before."""
    before = _errors(old, codebook).keys()

    def errors(decisions: Sequence[Decision]) -> dict[Any, BadRow]:
        found = _errors(_with(old, decisions, cells), codebook)
        return {key: error for key, error in found.items() if key not in before}

    left, impossible = list(wanted), {}
    while now := errors(left):
        without = {d: errors([other for other in left if other is not d]) for d in reversed(left)}
        worst = min(without, key=lambda d: len(without[d]))
        impossible[worst] = next((now[key] for key in now if key not in without[worst]), next(iter(now.values())))
        left.remove(worst)
    return _with(old, left, cells), impossible


def _with(row: Row, decisions: Sequence[Decision], cells: Mapping[Decision, Value]) -> Row:
    return row | {str(d.variable): cells[d] for d in decisions}


def _cell(decision: Decision, codebook: Codebook) -> Value:
    """The value as it stands in a row: it was read by the codebook already."""
    variable = str(decision.variable)
    return to_row(from_row({variable: decision.value}, codebook), codebook)[variable]


def _errors(row: Row, codebook: Codebook) -> dict[tuple[str, str | None], BadRow]:
    """The errors of a row, by rule and variable."""
    from gtdlike.validation import validate

    return {
        (found["rule"], found["variable"]): BadRow(found["message"], place="value", remedy=found["remedy"])
        for found in validate(from_row(row, codebook), codebook=codebook).violations.to_pylist()
        if found["severity"] == "error"
    }


def _note(decision: Decision, old: Row, new: Value, codebook: Codebook) -> str:
    """What stands in `addnotes` about it. Long texts are not told again."""
    variable = codebook.variables[str(decision.variable)]
    values = ""
    if variable.kind != "text" or variable.name in ("city", "provstate", "gname"):
        values = f" {_shown(variable.name, new, codebook)}, not {_shown(variable.name, old[variable.name], codebook)},"
    return f"{variable.name} is{values} as {decision.who} decided: {decision.why.rstrip('.')}."


def _shown(variable: str, value: Value, codebook: Codebook) -> str:
    if value is None:
        return "blank"
    codes = codebook.variables[variable].codes
    label = codebook.code_lists[codes].by_code.get(value) if codes is not None and isinstance(value, int) else None
    return f"{as_text(value)} ({label.label})" if label else str(as_text(value))
