"""The JSON Schema of the flat row, as a line of JSON Lines has it."""

from __future__ import annotations

from gtdlike.codebook.model import Codebook
from gtdlike.formats.cell_schemas import DIALECT, as_json, cell_schema, code_definitions, identifier
from gtdlike.formats.conditions import Schema
from gtdlike.formats.evidence_schema import evidence_definition
from gtdlike.formats.example import example_row
from gtdlike.formats.places import flat_places
from gtdlike.formats.rule_schemas import left_out, rule_schemas
from gtdlike.rowmap import EXTRA_COLUMNS


def row_schema(codebook: Codebook) -> Schema:
    """The schema of a flat row: every column, its codes and bounds, and the rules that JSON Schema can say."""
    variables = codebook.variables.values()
    example = {name: as_json(value) for name, value in example_row(codebook).items()}
    return {
        "$schema": DIALECT,
        "$id": identifier(codebook, "row"),
        "title": f"{codebook.title}: flat row",
        "description": f"One incident as a flat row of the codebook {codebook.id}, version {codebook.version}. "
        "A blank is null or is left out. Numbers are numbers, yes and no are 1 and 0, dates are ISO text. "
        + what_is_left_out(codebook),
        "type": "object",
        "properties": {v.name: cell_schema(v, codebook) for v in variables} | _extra(),
        "additionalProperties": False,
        "allOf": rule_schemas(codebook, flat_places(codebook)),
        "$defs": code_definitions(variables, codebook) | {"evidence": evidence_definition(codebook)},
        **({"examples": [example]} if example else {}),
    }


def what_is_left_out(codebook: Codebook) -> str:
    """A sentence on what a row can violate although its schema takes it."""
    rules = dict.fromkeys(check.rule for check in left_out(codebook) if check.rule != "label")
    if not rules:
        return "The labels and all warnings are left to `gtdlike validate`."
    told = f"These rules compare cells in a way that JSON Schema cannot: {', '.join(rules)}."
    return f"{told} They, the labels and all warnings are left to `gtdlike validate`."


def _extra() -> dict[str, Schema]:
    """What a coded row carries beside the columns of the codebook."""
    known: dict[str, Schema] = {
        "article_id": {
            "title": "Article",
            "description": "The article that the row was coded from.",
            "type": ["string", "null"],
        },
        "background": {
            "title": "Background",
            "description": "Whether the article only recalls the incident, and its own news is another one.",
            "type": ["boolean", "null"],
        },
        "evidence": {
            "title": "Evidence",
            "description": "Why the cells have their values.",
            "type": ["array", "null"],
            "items": {"$ref": "#/$defs/evidence"},
        },
    }
    return {name: known.get(name, {}) for name in EXTRA_COLUMNS}
