"""The JSON Schema of a piece of evidence: why a variable of a coded incident has its value."""

from __future__ import annotations

from gtdlike.codebook.model import Codebook
from gtdlike.evidence import How
from gtdlike.formats.cell_schemas import DIALECT, identifier
from gtdlike.formats.conditions import Schema

_PLACE = ("start", "end", "quote")


def evidence_schema(codebook: Codebook) -> Schema:
    """The schema of a piece of evidence by itself."""
    return {"$schema": DIALECT, "$id": identifier(codebook, "evidence"), **evidence_definition(codebook)}


def evidence_definition(codebook: Codebook) -> Schema:
    """The schema of a piece of evidence, to stand in another one."""
    offset = {"type": ["integer", "null"], "minimum": 0}
    own = [v.name for v in codebook.variables.values() if v.kind != "label"]
    return {
        "title": "Evidence",
        "description": "Why one variable of a coded incident has its value: a place in an article, or a default.",
        "type": "object",
        "properties": {
            "variable": {"title": "Variable", "description": "The variable that has the value.", "enum": own},
            "start": {
                **offset,
                "title": "Start",
                "description": "Where the quote begins in the article's text, in code points from 0.",
            },
            "end": {**offset, "title": "End", "description": "Where the quote ends: the place after its last letter."},
            "quote": {
                "type": ["string", "null"],
                "title": "Quote",
                "description": "What stands between start and end, to the letter.",
            },
            "how": {
                "title": "How",
                "description": "stated: the article says it. inferred: a rule concludes it from what the article says. "
                "default: nothing in the article speaks of it.",
                "enum": [how.value for how in How],
            },
            "rule": {
                "type": "string",
                "minLength": 1,
                "title": "Rule",
                "description": "The coding rule that decided.",
            },
            "article_id": {"type": ["string", "null"], "title": "Article", "description": "The article of the quote."},
            "eventid": {"type": ["integer", "null"], "title": "Event id", "description": "The incident."},
            "value": {"type": ["string", "null"], "title": "Value", "description": "The value of the cell, as text."},
        },
        "required": ["variable", "how", "rule"],
        "additionalProperties": False,
        "allOf": [
            {
                "$comment": "place",
                "title": "A quote has its place: start, end and quote are there together, or none of them is.",
                "if": {"anyOf": [_given(name) for name in _PLACE]},
                "then": _all_given(),
            },
            {
                "$comment": "default",
                "title": "A default quotes nothing.",
                "if": {"properties": {"how": {"const": How.DEFAULT.value}}, "required": ["how"]},
                "then": {"properties": {name: {"type": "null"} for name in _PLACE}},
            },
            {
                "$comment": "stated",
                "title": "What an article states has its quote.",
                "if": {"properties": {"how": {"const": How.STATED.value}}, "required": ["how"]},
                "then": _all_given(),
            },
        ],
        "examples": [
            {"variable": "nkill", "start": 31, "end": 43, "quote": "three people", "how": "stated", "rule": "toll"},
            {"variable": "suicide", "start": None, "end": None, "quote": None, "how": "default", "rule": "suicide"},
        ],
    }


def _given(name: str) -> Schema:
    return {"properties": {name: {"not": {"type": "null"}}}, "required": [name]}


def _all_given() -> Schema:
    return {"properties": {name: {"not": {"type": "null"}} for name in _PLACE}, "required": list(_PLACE)}
