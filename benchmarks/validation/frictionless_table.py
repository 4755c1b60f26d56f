"""frictionless: a Table Schema with types, code lists and bounds, on a sample of the CSV file."""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

import frictionless

from benchmarks.validation.data import Files
from benchmarks.validation.rival import Found, Rival, ready
from gtdlike.codebook import Codebook
from gtdlike.codebook.checks import bounds
from gtdlike.codebook.model import Variable

_TYPES: Final = {"integer": "integer", "code": "integer", "boolean": "integer", "number": "number", "date": "date"}


def make(files: Files, rows: int, codebook: Codebook) -> Rival:
    """The first rows, with no limit of errors."""
    schema = frictionless.Schema.from_descriptor({"fields": [_field(v, codebook) for v in codebook.variables.values()]})
    sample = files.folder / f"first-{rows}.csv"
    with files.csv.open(encoding="utf-8") as whole, sample.open("w", encoding="utf-8") as part:
        part.writelines(islice(whole, rows + 1))

    def check() -> Found:
        resource = frictionless.Resource(path=sample.name, basepath=str(sample.parent), schema=schema)
        report = frictionless.validate(resource, limit_errors=10**9)
        return Found(rows, sum(len(task.errors) for task in report.tasks))

    return ready(check, "row, cell, value, rule", {"code", "range", "eventid-unique"}, codebook,
                 "a Table Schema has no rules between cells")  # fmt: skip


def _field(variable: Variable, codebook: Codebook) -> dict[str, Any]:
    field: dict[str, Any] = {"name": variable.name, "type": _TYPES.get(variable.kind, "string")}
    unknown = [variable.unknown] if isinstance(variable.unknown, int) else []
    if variable.kind == "code":
        field["constraints"] = {"enum": [*codebook.code_lists[variable.codes or ""].by_code, *unknown]}
    elif variable.kind == "boolean":
        field["constraints"] = {"enum": [0, 1, *unknown]}
    elif variable.kind in ("integer", "number"):
        low, high = bounds(variable)
        # The unknown code lowers the bound: a minimum has no exceptions.
        low = min([low, *unknown]) if low is not None else None
        held = {"minimum": low, "maximum": high, "unique": True if variable.name == "eventid" else None}
        field["constraints"] = {name: value for name, value in held.items() if value is not None}
    return field
