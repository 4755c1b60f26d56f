"""A codebook as a Frictionless Table Schema (version 2), which describes the columns of a CSV or another table.

Codes are integers with their labels as `categories`. What stands for an unknown answer is a missing value of its own
field, with its label, so it stays apart from a blank. The rules of a row have no place there: see the JSON Schema.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from gtdlike.codebook.checks import bounds
from gtdlike.codebook.model import Codebook, Kind, Variable
from gtdlike.formats.cell_schemas import as_json
from gtdlike.formats.example import examples_of

PROFILE: Final = "https://datapackage.org/profiles/2.0/tableschema.json"
_TYPES: Final[Mapping[Kind, str]] = {
    "integer": "integer",
    "code": "integer",
    "boolean": "integer",
    "number": "number",
    "text": "string",
    "label": "string",
    "date": "date",
}
_BLANK: Final = {"value": "", "label": "Blank: not asked, not applicable, or no usable information"}


def table_schema(codebook: Codebook) -> dict[str, Any]:
    """The Table Schema of the flat row."""
    keys = [rule.columns for rule in codebook.dataset_rules.values() if _is_key(rule.kind, rule.severity, rule.columns)]
    return {
        "$schema": PROFILE,
        # The standard's own validator takes names of small letters, digits and - . _ / only.
        "name": re.sub(r"[^-a-z0-9._]", "-", f"{codebook.id}-{codebook.version}".lower()),
        "title": codebook.title,
        "version": codebook.version,
        "fields": [_field(variable, codebook) for variable in codebook.variables.values()],
        "missingValues": [_BLANK],
        **({"primaryKey": list(keys[0])} if keys else {}),
    }


def _is_key(kind: str, severity: str, columns: tuple[str, ...]) -> bool:
    return kind == "unique" and severity == "error" and len(columns) == 1


def _field(variable: Variable, codebook: Codebook) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": variable.name,
        "type": _TYPES[variable.kind],
        "title": variable.label,
        "description": variable.definition + (f" In {variable.unit}." if variable.unit else ""),
    }
    if examples := examples_of(variable, codebook):
        found["example"] = as_json(examples[0])
    if constraints := _constraints(variable):
        found["constraints"] = constraints
    if variable.kind == "code":
        codes = codebook.code_list(variable.name)
        found["categories"] = [{"value": code.code, "label": code.label} for code in codes]
    elif variable.kind == "boolean":
        found["categories"] = [{"value": 0, "label": "No"}, {"value": 1, "label": "Yes"}]
    elif variable.kind == "label":
        found["categories"] = [code.label for code in codebook.code_list(variable.name)]
    if variable.unknown is not None:
        unknown = {"value": str(variable.unknown), "label": "Unknown: asked, and not known"}
        found["missingValues"] = [_BLANK, unknown]
    return found


def _constraints(variable: Variable) -> dict[str, Any]:
    low, high = bounds(variable) if variable.kind in ("integer", "number") else (None, None)
    return {key: bound for key, bound in (("minimum", low), ("maximum", high)) if bound is not None}
