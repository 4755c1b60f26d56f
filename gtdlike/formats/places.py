"""Conditions as JSON Schema, for rows that are flat and for incidents that are nested.

Where a cell stands is the one thing in which the two differ. A cell that is not there is blank, so a condition that a
blank does not meet also requires the cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from gtdlike.codebook.model import Codebook
from gtdlike.formats.conditions import ALWAYS, All, AnyOf, Cell, Condition, Implies, Schema
from gtdlike.nested import steps_of

Steps = tuple[str | int, ...]
"""The way to a cell: names of properties, and indices of lists."""


def flat_places(codebook: Codebook) -> dict[str, Steps]:
    """Where the variables stand in the flat row: each under its own name."""
    return {name: (name,) for name in codebook.variables}


def nested_places(codebook: Codebook) -> dict[str, Steps]:
    """Where the variables stand in the nested incident: at their paths. Labels have none."""
    return {v.name: steps_of(v.path) for v in codebook.variables.values() if v.path is not None}


def schema_of(condition: Condition, places: Mapping[str, Steps]) -> Schema:
    """The schema of a row that meets a condition."""
    match condition:
        case Cell(variable, schema, blank):
            return _at(places[variable], _tidy(schema), required=not blank)
        case All(parts):
            return all_schemas(schema_of(part, places) for part in parts)
        case AnyOf(()):
            return {"not": {}}
        case AnyOf(parts):
            return {"anyOf": [schema_of(part, places) for part in parts]}
        case Implies(first, second):
            then = {} if second == ALWAYS else schema_of(second, places)
            return {"if": schema_of(first, places), "then": then}
    raise TypeError(f"{type(condition).__name__} is no condition.")


def all_schemas(schemas: Iterable[Schema]) -> Schema:
    """One schema of several that must all hold: put into each other where they say different things."""
    merged: Schema = {}
    apart: list[Schema] = []
    for schema in schemas:
        together = _merged(merged, schema)
        if together is None:
            apart.append(schema)
        else:
            merged = together
    if not apart:
        return merged
    return {"allOf": [merged, *apart] if merged else apart}


def _at(steps: Steps, schema: Schema, required: bool) -> Schema:
    for step in reversed(steps):
        if isinstance(step, int):
            schema = {"prefixItems": [*({} for _ in range(step)), schema]}
            also: Schema = {"minItems": step + 1}
        else:
            schema = {"properties": {step: schema}}
            also = {"required": [step]}
        schema |= also if required else {}
    return schema


def _merged(first: Schema, second: Schema) -> Schema | None:
    """Two schemas as one; None where a keyword of both cannot be told once."""
    found = dict(first)
    for key, value in second.items():
        if key not in found or found[key] == value:
            found[key] = value
        elif (merge := _MERGERS.get(key)) is None or (together := merge(found[key], value)) is None:
            return None
        else:
            found[key] = together
    return found


def _merged_properties(first: Schema, second: Schema) -> Schema | None:
    found = dict(first)
    for name, schema in second.items():
        together = _merged(found[name], schema) if name in found else schema
        if together is None:
            return None
        found[name] = together
    return found


def _merged_items(first: list[Schema], second: list[Schema]) -> list[Schema] | None:
    found = []
    for place in range(max(len(first), len(second))):
        one, other = (items[place] if place < len(items) else {} for items in (first, second))
        together = _merged(one, other)
        if together is None:
            return None
        found.append(together)
    return found


_MERGERS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "properties": _merged_properties,
    "prefixItems": _merged_items,
    "required": lambda first, second: [*first, *(name for name in second if name not in first)],
    "minItems": max,
}


def _tidy(schema: Any) -> Any:
    """A list of one value as `const`."""
    if isinstance(schema, dict):
        tidied = {key: _tidy(value) for key, value in schema.items()}
        if isinstance(values := tidied.get("enum"), list) and len(values) == 1:
            tidied = {"const": values[0]} | {key: value for key, value in tidied.items() if key != "enum"}
        return tidied
    return [_tidy(part) for part in schema] if isinstance(schema, list) else schema
