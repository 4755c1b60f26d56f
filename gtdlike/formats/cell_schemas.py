"""What a schema says of each cell by itself: its type, codes, bounds and unknown code, and what it means.

The codes of each list stand once, under `$defs`, with their labels in `x-labels`; what a cell holds where the question
was asked and the answer is not known is in `x-unknown`. Validators pass over both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from gtdlike.codebook.checks import bounds
from gtdlike.codebook.model import Codebook, CodeList, Value, Variable
from gtdlike.formats.conditions import Schema
from gtdlike.formats.example import examples_of
from gtdlike.formats.questions import JSON_TYPES

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
SHORT_LIST: Final = 60
"""Lists of up to so many codes have their labels in the description as well."""
_DATE: Final = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


def identifier(codebook: Codebook, part: str) -> str:
    """The `$id` of a schema: stable, and with the version of the codebook. It names no host, for there is none."""
    return f"urn:gtdlike:codebook:{codebook.id}:{codebook.version}:{part}"


def cell_schema(variable: Variable, codebook: Codebook) -> Schema:
    """The schema of a variable's cell, as a property of a row or an incident. A blank is null, or is left out."""
    described: Schema = {"title": variable.label, "description": _description(variable)}
    examples = [as_json(value) for value in examples_of(variable, codebook)]
    also: Schema = {"x-unknown": variable.unknown} if variable.unknown is not None else {}
    return described | _values(variable, codebook) | also | ({"examples": examples} if examples else {})


def as_json(value: Value) -> Any:
    """A value as it stands in JSON: a date as text."""
    return value.isoformat() if isinstance(value, dt.date) else value


def code_definitions(variables: Iterable[Variable], codebook: Codebook) -> dict[str, Schema]:
    """The `$defs` of the code lists and of the labels that these variables take."""
    found: dict[str, Schema] = {}
    for variable in variables:
        if variable.kind == "code" and variable.codes is not None:
            found[variable.codes] = _codes(codebook.code_lists[variable.codes])
        elif variable.kind == "label":
            codes = codebook.code_list(variable.name)
            labels = [code.label for code in codes]
            found[f"{codes.name}_label"] = {
                "title": f"Labels of {codes.name}",
                "description": f"The label of a code of {codes.name}.",
                "enum": [*labels, None],
            }
    return dict(sorted(found.items()))


def _codes(codes: CodeList) -> Schema:
    number = f"One of {len(codes)} codes."
    told = "; ".join(f"{code.code} {code.label}" for code in codes) if len(codes) <= SHORT_LIST else ""
    found: Schema = {
        "title": f"Codes of {codes.name}",
        "description": f"{number} {told}".strip(),
        "enum": [*(code.code for code in codes), None],
        "x-labels": {str(code.code): code.label for code in codes},
    }
    parents = {str(code.code): code.parent for code in codes if code.parent is not None}
    return found | ({"x-parents": parents, "x-parent-list": codes.parent_list} if parents else {})


def _description(variable: Variable) -> str:
    parts = [variable.definition]
    if variable.unit is not None:
        parts.append(f"In {variable.unit}.")
    if variable.unknown is not None:
        parts.append(f"{variable.unknown} where it was asked and is not known.")
    if variable.label_of is not None:
        parts.append(f"That it is the label of the code in {variable.label_of} is left to `gtdlike validate`.")
    return " ".join(parts)


def _values(variable: Variable, codebook: Codebook) -> Schema:
    unknown = variable.unknown
    match variable.kind:
        case "code":
            listed = {"$ref": f"#/$defs/{variable.codes}"}
            return listed if unknown is None else {"anyOf": [listed, {"const": unknown}]}
        case "label":
            return {"$ref": f"#/$defs/{codebook.code_list(variable.name).name}_label"}
        case "boolean":
            return {"enum": [0, 1, *([] if unknown is None else [unknown]), None]}
        case "date":
            return {"type": ["string", "null"], "format": "date", "pattern": _DATE}
        case "text":
            # A blank is null. An empty text would be a second way to write it.
            return {"type": ["string", "null"], "minLength": 1}
    type_ = {"type": [JSON_TYPES[variable.kind], "null"]}
    low, high = bounds(variable)
    within = {key: bound for key, bound in (("minimum", low), ("maximum", high)) if bound is not None}
    if not within or not isinstance(unknown, int):
        return type_ | within
    return type_ | {"anyOf": [{"const": unknown}, within]}
