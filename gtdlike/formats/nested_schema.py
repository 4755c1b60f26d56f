"""The JSON Schema of the nested incident, as `gtdlike.nested.to_nested` writes it."""

from __future__ import annotations

import inspect
from typing import Any, get_args, get_origin, get_type_hints

from attrs import define, field, has

from gtdlike.codebook.model import Codebook, Variable
from gtdlike.formats.cell_schemas import DIALECT, cell_schema, code_definitions, identifier
from gtdlike.formats.conditions import Schema
from gtdlike.formats.example import example_row
from gtdlike.formats.json_schema import what_is_left_out
from gtdlike.formats.places import nested_places
from gtdlike.formats.rule_schemas import rule_schemas
from gtdlike.incident import Incident
from gtdlike.nested import steps_of, to_nested
from gtdlike.rows import from_row


@define
class _Part:
    """An object or a list of the incident: what stands in it by name or index, or the variable of a leaf."""

    variable: Variable | None = None
    parts: dict[str | int, _Part] = field(factory=dict)


def incident_schema(codebook: Codebook) -> Schema:
    """The schema of a nested incident: the cells of the flat row, each at the path of its variable."""
    variables = [v for v in codebook.variables.values() if v.path is not None]
    example = to_nested(from_row(row, codebook), codebook) if (row := example_row(codebook)) else None
    return {
        "$schema": DIALECT,
        "$id": identifier(codebook, "incident"),
        "title": f"{codebook.title}: nested incident",
        "description": f"One incident of the codebook {codebook.id}, version {codebook.version}, nested. Its values "
        "are those of the flat row; blanks are left out, and labels, which follow from the codes, have no place. "
        + what_is_left_out(codebook),
        **_object(_tree(variables), Incident, codebook),
        "allOf": rule_schemas(codebook, nested_places(codebook)),
        "$defs": code_definitions(variables, codebook),
        **({"examples": [example]} if example else {}),
    }


def _tree(variables: list[Variable]) -> _Part:
    root = _Part()
    for variable in variables:
        part = root
        for step in steps_of(variable.path or ""):
            part = part.parts.setdefault(step, _Part())
        part.variable = variable
    return root


def _schema(part: _Part, kind: Any, codebook: Codebook) -> Schema:
    if part.variable is not None:
        return cell_schema(part.variable, codebook)
    if any(isinstance(step, int) for step in part.parts):
        return _list(part, kind, codebook)
    return _described(kind) | _object(part, kind, codebook)


def _object(part: _Part, kind: Any, codebook: Codebook) -> Schema:
    hints = get_type_hints(kind) if has(kind) else {}
    properties = {str(name): _schema(inner, hints.get(str(name)), codebook) for name, inner in part.parts.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _list(part: _Part, kind: Any, codebook: Codebook) -> Schema:
    element = get_args(kind)[0] if get_origin(kind) is list else None
    places = range(max(int(step) for step in part.parts) + 1)
    items: list[Schema] = [_schema(part.parts.get(place, _Part()), element, codebook) for place in places]
    return {"type": "array", "prefixItems": items, "items": False}


def _described(kind: Any) -> Schema:
    """What the docstring of a class of the incident says of it."""
    doc = inspect.getdoc(kind) if has(kind) else None
    if not doc:
        return {}
    return {"title": kind.__name__, "description": " ".join(doc.split())}
