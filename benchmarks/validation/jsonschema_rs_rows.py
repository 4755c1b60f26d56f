"""jsonschema-rs: the published JSON Schema of the flat row, over the lines of a JSON Lines file."""

from __future__ import annotations

import json
from itertools import islice

import jsonschema_rs

from benchmarks.validation.data import Files
from benchmarks.validation.jsonschema_rows import rules_of_schema
from benchmarks.validation.rival import Found, Rival, counted, ready
from gtdlike.codebook import Codebook
from gtdlike.formats.json_schema import row_schema


def make(files: Files, rows: int, codebook: Codebook) -> Rival:
    """All the errors of each line."""
    validator = jsonschema_rs.validator_for(row_schema(codebook))

    def check() -> Found:
        with files.jsonl.open("rb") as lines:
            return counted(validator.iter_errors, map(json.loads, islice(lines, rows)))

    said = rules_of_schema(codebook)
    return ready(check, "row, cell, place in the schema", said, codebook, "cells are not compared with each other")
