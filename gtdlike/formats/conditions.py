"""What a row must be, as JSON Schema can say it: conditions on single cells, and all or any of them.

Conditions are two-valued. They are simplified while they are put together, because people read the published schemas:
what several parts say of one variable becomes one condition on its cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import frozen

Schema = dict[str, Any]


class Condition:
    """Any condition on a row."""

    __slots__ = ()


@frozen
class Cell(Condition):
    """The cell of a variable is valid against a schema. `blank`: whether a blank passes; the schema then takes null."""

    variable: str
    schema: Schema
    blank: bool


@frozen
class All(Condition):
    """Every part holds. With no parts it always does."""

    parts: tuple[Condition, ...]


@frozen
class AnyOf(Condition):
    """At least one part holds. With no parts it never does."""

    parts: tuple[Condition, ...]


@frozen
class Implies(Condition):
    """Where the first holds, the second does."""

    condition: Condition
    consequence: Condition


ALWAYS: Final = All(())
NEVER: Final = AnyOf(())
_NULL: Final[Schema] = {"type": "null"}


def cell(variable: str, schema: Mapping[str, Any], blank: bool) -> Condition:
    """A condition on one cell, or what it comes to where no value or every value meets it."""
    if schema.get("enum") == []:
        return NEVER
    return ALWAYS if not schema else Cell(variable, dict(schema), blank)


def all_of(parts: Iterable[Condition]) -> Condition:
    """All of the conditions, those on one cell made one."""
    found = _put_together(parts, All, _both)
    if NEVER in found:
        return NEVER
    return found[0] if len(found) == 1 else All(tuple(found))


def any_of(parts: Iterable[Condition]) -> Condition:
    """Any of the conditions, those on one cell made one."""
    found = _put_together(parts, AnyOf, _either)
    if ALWAYS in found:
        return ALWAYS
    return found[0] if len(found) == 1 else AnyOf(tuple(found))


def implies(condition: Condition, consequence: Condition) -> Condition:
    """An implication, or what it comes to."""
    if condition == ALWAYS:
        return consequence
    return ALWAYS if condition == NEVER or consequence == ALWAYS else Implies(condition, consequence)


def variables_of(condition: Condition) -> set[str]:
    """The variables that a condition speaks of."""
    match condition:
        case Cell(variable):
            return {variable}
        case All(parts) | AnyOf(parts):
            return {name for part in parts for name in variables_of(part)}
        case Implies(first, second):
            return variables_of(first) | variables_of(second)
    return set()


def _put_together(parts: Iterable[Condition], kind: type[All] | type[AnyOf], merge: Any) -> list[Condition]:
    flat: list[Condition] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else [part])
    found: list[Condition] = []
    place: dict[str, int] = {}
    for part in flat:
        if not isinstance(part, Cell):
            if part not in found:
                found.append(part)
        elif part.variable not in place:
            place[part.variable] = len(found)
            found.append(part)
        else:
            here = place[part.variable]
            before = found[here]
            if isinstance(before, Cell):
                found[here] = merge(before, part)
    neutral = kind(())
    return [part for part in found if part != neutral]


# Two conditions on one cell as one.


def _both(first: Cell, second: Cell) -> Condition:
    blank, a, b = first.blank and second.blank, first.schema, second.schema
    if a == b:
        return first
    if _NULL in (a, b):
        return cell(first.variable, _NULL, True) if blank else NEVER
    for one, other in ((a, b), (b, a)):
        if _is_list(one) and "enum" in other:
            return cell(first.variable, other | {"enum": [v for v in other["enum"] if v in one["enum"]]}, blank)
        if _only_type(one) is not None and "enum" in other:
            # The values of a list are of their variable's type, or null.
            return cell(first.variable, other | {"enum": [v for v in other["enum"] if v is not None]}, blank)
    if all(key not in b or b[key] == value for key, value in a.items()):
        return cell(first.variable, a | b, blank)
    return cell(first.variable, {"allOf": [*(a["allOf"] if set(a) == {"allOf"} else [a]), b]}, blank)


def _either(first: Cell, second: Cell) -> Condition:
    blank, a, b = first.blank or second.blank, first.schema, second.schema
    if a == b:
        return first
    if _is_list(a) and _is_list(b):
        return cell(first.variable, {"enum": _in_order([*a["enum"], *b["enum"]])}, blank)
    for one, other in ((first, second), (second, first)):
        if one.schema == _NULL:
            return other if other.blank else _or_blank(first.variable, other.schema)
        if one.schema == {"not": other.schema}:
            return ALWAYS
        if (type_ := _only_type(one.schema)) is not None and type_ == other.schema.get("type"):
            return one
    parts = a["anyOf"] if set(a) == {"anyOf"} else [a]
    return cell(first.variable, {"anyOf": [*parts, *(b["anyOf"] if set(b) == {"anyOf"} else [b])]}, blank)


def _or_blank(variable: str, schema: Schema) -> Condition:
    """A condition that a blank meets as well."""
    if _is_list(schema):
        return cell(variable, {"enum": _in_order([*schema["enum"], None])}, True)
    if isinstance(schema.get("type"), str):
        rest = {key: value for key, value in schema.items() if key != "type"}
        # Bounds, lengths and patterns say nothing of null.
        if not set(rest) & {"not", "anyOf", "allOf"}:
            return cell(variable, rest, True)
        return cell(variable, schema | {"type": [schema["type"], "null"]}, True)
    return cell(variable, {"anyOf": [schema, {"type": "null"}]}, True)


def _is_list(schema: Schema) -> bool:
    """Whether a schema is a list of values, and says nothing else."""
    return set(schema) == {"enum"}


def _only_type(schema: Schema) -> Any:
    return schema["type"] if set(schema) == {"type"} else None


def _in_order(values: list[Any]) -> list[Any]:
    """The values without those that come twice, null last."""
    given = list(dict.fromkeys(v for v in values if v is not None))
    return given + [None] * (None in values)
