"""Reading the rules of a codebook: the tables [[rule]] and [[dataset_rule]]."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from attrs import NOTHING, fields

from gtdlike.codebook.model import DATASET_KINDS, KINDS, SEVERITIES, DatasetRule, Rule
from gtdlike.errors import CodebookError, remedy_for

AnyRule = TypeVar("AnyRule", Rule, DatasetRule)

_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {"severity": SEVERITIES, "kind": DATASET_KINDS}


def rules_of(tables: list[dict[str, Any]], cls: type[AnyRule], file: str) -> dict[str, AnyRule]:
    """The rules of a list of TOML tables, by id. Raises CodebookError that names the rule and the field."""
    rules: dict[str, AnyRule] = {}
    for number, table in enumerate(tables, 1):
        place = f"rule {table.get('id', f'number {number}')}"
        if table.get("id") in rules:
            raise CodebookError("It is there twice.", file, place, "Rename it or take one out.")
        rule = _rule(table, cls, file, place)
        rules[rule.id] = rule
    return rules


def _rule(table: dict[str, Any], cls: type[AnyRule], file: str, place: str) -> AnyRule:
    known = {a.name: a for a in fields(cls)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            remedy = remedy_for(key, known, f"The fields are: {', '.join(known)}.")
            raise CodebookError(f"There is no field {key!r}.", file, place, remedy)
        values[key] = _value(key, value, file, place)
    for name, attribute in known.items():
        if attribute.default is NOTHING and name not in values:
            raise CodebookError(f"The field {name!r} is missing.", file, place, "Add it.")
    return cls(**values)


def _value(key: str, value: Any, file: str, place: str) -> Any:
    def refuse(remedy: str) -> CodebookError:
        return CodebookError(f"{key} = {value!r} is of a wrong type.", file, place, remedy)

    if key in ("passes", "fails"):
        rows = value if isinstance(value, list) else [value]
        if not all(isinstance(row, dict) for row in rows):
            raise refuse("Write {variable = value, ...}, or a list of such.")
        return tuple(rows)
    if key in ("columns", "alike") or (key == "each" and isinstance(value, list)):
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise refuse('Write a list such as ["nkill", "nwound"].')
        return tuple(value)
    if not isinstance(value, str):
        raise refuse("Write a text.")
    choices = KINDS if key == "each" else _CHOICES.get(key)
    if choices is not None and value not in choices:
        remedy = remedy_for(value, choices, f"Write one of: {', '.join(choices)}.")
        raise CodebookError(f"There is no {key} {value!r}.", file, place, remedy)
    return value
