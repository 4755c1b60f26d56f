"""jsonschema, the reference validator: the published JSON Schema of the flat row, on a sample."""

from __future__ import annotations

import json
from itertools import islice

import jsonschema

from benchmarks.validation.data import Files
from benchmarks.validation.rival import Found, Rival, counted, ready
from gtdlike.codebook import Codebook
from gtdlike.codebook.checks import checks_of
from gtdlike.formats.json_schema import row_schema
from gtdlike.formats.rule_schemas import left_out


def make(files: Files, rows: int, codebook: Codebook) -> Rival:
    """All the errors of each line."""
    validator = jsonschema.Draft202012Validator(row_schema(codebook))

    def check() -> Found:
        with files.jsonl.open("rb") as lines:
            return counted(validator.iter_errors, map(json.loads, islice(lines, rows)))

    said = rules_of_schema(codebook)
    return ready(check, "row, cell, place in the schema", said, codebook, "cells are not compared with each other")


def rules_of_schema(codebook: Codebook) -> set[str]:
    """The rules that the JSON Schema of the flat row has: of errors, those that are not left out."""
    missing = {check.rule for check in left_out(codebook)}
    return {check.rule for check in checks_of(codebook) if check.severity == "error"} - missing
