"""The JSON Schema of the TOML files of a codebook, for editors: what may stand in them, and what it means.

The fields, and which of them a new table needs, come from the classes that the files are read into; so a field that is
new there and has no description here fails a test. A table that amends one of the codebook it extends needs its name
alone, so nothing else is required.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from attrs import NOTHING, fields

from gtdlike.codebook.model import DATASET_KINDS, KINDS, SEVERITIES, Code, DatasetRule, Rule, Variable
from gtdlike.formats.cell_schemas import DIALECT
from gtdlike.formats.conditions import Schema

FORMAT: Final = "1.0.0"
"""The version of the files' format. It is not that of any codebook."""

_TEXT: Final[Schema] = {"type": "string", "minLength": 1}
_NAME: Final[Schema] = {"type": "string", "minLength": 1}
_TEXTS: Final[Schema] = {"type": "object", "additionalProperties": {"type": "string"}}
_NAMES: Final[Schema] = {"type": "array", "items": _NAME, "minItems": 1}
_CELLS: Final[Schema] = {"type": "object", "description": "Cells of a row, by variable."}

_HEADER: Final[Mapping[str, tuple[Schema, str]]] = {
    "id": (_NAME, "What the codebook is called in commands and in the data, such as gtd."),
    "version": (
        {**_TEXT, "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+"},
        "Its version: the first number grows when valid rows become invalid, the second when there is more to code.",
    ),
    "title": (_TEXT, "Its title."),
    "extends": (_NAME, "The codebook that this one builds on: a built-in one by its name, another one by its folder."),
    "without": (_NAMES, "Variables and rules of that codebook that this one does not take over."),
    "keep": (
        {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "integer"}}},
        "Code lists of that codebook of which only these codes stay.",
    ),
    "sections": (_TEXTS, "What the variables are about: a name and one sentence for each section."),
    "parents": (_TEXTS, "Code lists whose codes have parents, each with the list of those."),
}
_VARIABLE: Final[Mapping[str, tuple[Schema, str]]] = {
    "name": (_NAME, "The name of the column in the flat row."),
    "label": (_TEXT, "The name that people read."),
    "section": (_NAME, "The section, one of those in codebook.toml."),
    "kind": ({"enum": list(KINDS)}, "What a cell holds. A boolean is 0 or 1, a label the text of another one's code."),
    "definition": (_TEXT, "What is coded, and how."),
    "path": (
        {"type": "string", "pattern": r"^[A-Za-z_]+(\.[A-Za-z_]+)*(\[[0-9]+\](\.[A-Za-z_]+)*)?$"},
        "The place in the nested incident, such as targets[0].type. A label has none.",
    ),
    "codes": (_NAME, "For a code: the name of its list, a file in codes/."),
    "label_of": (_NAME, "For a label: the variable of the code."),
    "parent": (_NAME, "For a code: the variable whose code must be the parent of this one's."),
    "unknown": ({"type": ["integer", "string"]}, "What stands for: asked, and not known. Often -9, -99 or Unknown."),
    "minimum": ({"type": "number"}, "The lowest value, apart from the unknown one."),
    "maximum": ({"type": "number"}, "The highest value."),
    "unit": (_TEXT, "What is counted or measured, such as persons."),
    "after": (_NAME, "The variable that it stands after. This only says where to put it."),
}
_RULE: Final[Mapping[str, tuple[Schema, str]]] = {
    "id": (_NAME, "The name of the rule in reports."),
    "severity": ({"enum": list(SEVERITIES)}, "An error makes a row invalid, a warning asks to look again."),
    "section": (_NAME, "The section, one of those in codebook.toml."),
    "check": (_TEXT, "A SQL expression over one row. A row violates the rule where it is false, not where it is NULL."),
    "message": (_TEXT, "What is wrong. A variable in braces stands for its cell: {nkill} people died."),
    "remedy": (_TEXT, "What to do about it."),
    "variable": (_NAME, "The variable that a violation is told of, by default the first one of the expression."),
    "each": (
        {"anyOf": [{"enum": list(KINDS)}, _NAMES]},
        "The rule holds for each of these variables, or of this kind. The expression calls the cell value.",
    ),
    "passes": ({"anyOf": [_CELLS, {"type": "array", "items": _CELLS}]}, "Rows that pass, as examples and tests."),
    "fails": ({"anyOf": [_CELLS, {"type": "array", "items": _CELLS}]}, "Rows that violate this rule, and no other."),
}
_DATASET_RULE: Final[Mapping[str, tuple[Schema, str]]] = {
    "id": _RULE["id"],
    "severity": _RULE["severity"],
    "section": _RULE["section"],
    "kind": (
        {"enum": list(DATASET_KINDS)},
        "unique: no two rows are alike. reference: what is named is there. mutual: it names this one as well.",
    ),
    "columns": (_NAMES, "The variables that it is about."),
    "message": (_TEXT, "What is wrong. {other} stands for the other row or value."),
    "remedy": _RULE["remedy"],
    "alike": (_NAMES, "unique: further variables, of which two rows may have blanks where the other has a value."),
    "where": (_TEXT, "A SQL expression: the rule is about the rows where it is true."),
}
_CODE: Final[Mapping[str, tuple[Schema, str]]] = {
    "code": ({"type": "integer"}, "The number that stands in a cell."),
    "label": (_TEXT, "The name that people read."),
    "definition": (_TEXT, "What it means."),
    "parent": ({"type": "integer"}, "The code above it, of the list named under [parents]."),
}
_TABLES: Final[Mapping[str, tuple[str, str, type[Any], Mapping[str, tuple[Schema, str]]]]] = {
    "variable": ("name", "A variable: one column of the flat row.", Variable, _VARIABLE),
    "rule": ("id", "A rule of one row.", Rule, _RULE),
    "dataset_rule": ("id", "A rule of all rows together.", DatasetRule, _DATASET_RULE),
    "code": ("code", "A code of a list.", Code, _CODE),
}


def codebook_schema() -> Schema:
    """The schema of codebook.toml, variables.toml and rules.toml, each by itself or all in one."""
    lists = {
        name: {"title": f"[[{name}]]", "description": text, "type": "array", "items": {"$ref": f"#/$defs/{name}"}}
        for name, (_, text, _, _) in _TABLES.items()
        if name != "code"
    }
    codes: Schema = {
        "title": "[[codes.NAME]]",
        "description": "Code lists, each by its name. A longer one is easier to keep as codes/NAME.csv.",
        "type": "object",
        "additionalProperties": {"type": "array", "items": {"$ref": "#/$defs/code"}},
    }
    return {
        "$schema": DIALECT,
        "$id": f"urn:gtdlike:codebook-files:{FORMAT}",
        "title": "Files of a codebook",
        "description": "What may stand in codebook.toml, variables.toml and rules.toml. In an editor that knows TOML "
        "schemas it completes the fields and tells what they mean; `gtdlike codebook check` checks all the rest.",
        "type": "object",
        "properties": _properties(_HEADER, ()) | lists | {"codes": codes},
        "additionalProperties": False,
        "anyOf": [
            {"title": "codebook.toml", "required": ["id", "version", "title"]},
            {"title": "variables.toml", "required": ["variable"]},
            {"title": "rules.toml", "anyOf": [{"required": ["rule"]}, {"required": ["dataset_rule"]}]},
        ],
        "$defs": {name: _table(key, cls, described) for name, (key, _, cls, described) in _TABLES.items()},
        "examples": [
            {
                "id": "lab",
                "version": "1.0.0",
                "title": "Codebook of the lab",
                "extends": "gtd",
                "without": ["propvalue"],
            },
            {"rule": [_EXAMPLE_RULE]},
        ],
    }


_EXAMPLE_RULE: Final[Schema] = {
    "id": "killed-us",
    "severity": "error",
    "section": "casualties",
    "check": "nkillus <= nkill",
    "message": "{nkillus} US citizens died, but {nkill} people in all.",
    "remedy": "Correct nkillus or nkill.",
    "passes": {"nkill": 2, "nkillus": 1},
    "fails": {"nkill": 1, "nkillus": 2},
}


def _table(key: str, cls: type[Any], described: Mapping[str, tuple[Schema, str]]) -> Schema:
    known = {attribute.name: attribute for attribute in fields(cls)}
    unknown = known.keys() - described.keys()
    if unknown:
        raise KeyError(f"Describe the fields of {cls.__name__}: {', '.join(sorted(unknown))}.")
    needed = [name for name, attribute in known.items() if attribute.default is NOTHING]
    return {
        "type": "object",
        "properties": _properties(described, needed),
        "required": [key],
        "additionalProperties": False,
    }


def _properties(described: Mapping[str, tuple[Schema, str]], needed: Collection[str]) -> dict[str, Schema]:
    return {
        name: {"description": f"{text} Every new one needs it." if name in needed else text, **schema}
        for name, (schema, text) in described.items()
    }
