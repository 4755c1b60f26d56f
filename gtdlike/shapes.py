"""The typed incident of a codebook of one's own: `Incident`, with a field for each path that it does not have yet.

A shape says how such a class differs from the one that it extends. It is plain data from which the class can be made
anywhere, once in each process; so incidents of such classes can be pickled and sent to other processes.
"""

from __future__ import annotations

import datetime as dt
import re
import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

import attrs
from attrs import define, field, fields_dict, frozen

from gtdlike.codebook.model import Codebook, Variable
from gtdlike.errors import CodebookError, RowError
from gtdlike.incident import (
    Amount,
    Casualties,
    Code,
    Count,
    Criteria,
    EventDate,
    Hostages,
    Incident,
    International,
    Name,
    Perpetrator,
    Place,
    Property,
    Ransom,
    Target,
    Weapon,
    YesNo,
)

TYPES: Final[Mapping[str, Any]] = {
    "YesNo": YesNo,
    "Count": Count,
    "Code": Code,
    "Amount": Amount,
    "Number": float | None,
    "Name": Name,
    "Text": str | None,
    "Date": dt.date | None,
}
"""The types of values, by the names that shapes have for them."""

PARTS: Final[Mapping[str, type[Any]]] = {
    part.__name__: part
    for part in (
        Incident, EventDate, Place, Criteria, Weapon, Target, Perpetrator, Casualties, Property, Hostages, Ransom,
        International,
    )
}  # fmt: skip
"""The classes that can be extended, by name."""


@frozen
class Shape:
    """What a class has beside its base: for each field its name, its type or shape, and whether it is a list."""

    name: str
    base: str | None
    """The class of `gtdlike.incident` that it extends; None for a part that is new."""
    fields: tuple[tuple[str, str | Shape, bool], ...]


@define
class _Node:
    """A part, list or value while the paths of a codebook are put together."""

    path: str
    parts: dict[str, _Node] = field(factory=dict)
    is_list: bool = False
    variables: list[Variable] = field(factory=list)


def incident_class(codebook: Codebook) -> type[Incident]:
    """The class of the incidents of a codebook: `Incident`, if all its paths are in it, or a class made from it."""
    # By identity: a codebook holds mappings and has no hash. Held here, so that its id stays its own.
    if id(codebook) not in _found:
        prefix = "".join(word.capitalize() for word in re.findall(r"[A-Za-z0-9]+", codebook.id)) or "Own"
        shape = _shape(_tree(codebook), Incident, prefix if prefix[0].isalpha() else f"Own{prefix}")
        made: type[Incident] = Incident if shape is None else class_of(shape)
        _found[id(codebook)] = codebook, made
    return _found[id(codebook)][1]


_found: Final[dict[int, tuple[Codebook, type[Incident]]]] = {}


def _tree(codebook: Codebook) -> _Node:
    root = _Node("")
    for variable in codebook.variables.values():
        node = root
        for name, index in re.findall(r"(\w+)(?:\[(\d+)\])?", variable.path or ""):
            path = f"{node.path}.{name}".lstrip(".")
            node = node.parts.setdefault(name, _Node(path))
            node.is_list |= index != ""
        if variable.path is not None:
            node.variables.append(variable)
    return root


def _shape(node: _Node, base: type[Any] | None, prefix: str) -> Shape | None:
    """How the class of a part differs from its base; None if it does not."""
    known = get_type_hints(base) if base is not None else {}
    own: list[tuple[str, str | Shape, bool]] = []
    for name, inner in node.parts.items():
        hint = known.get(name)
        if hint is not None and (get_origin(hint) is list) != inner.is_list:
            raise _no_place(inner, "a list" if get_origin(hint) is list else "no list")
        element: Any = get_args(hint)[0] if inner.is_list and hint is not None else hint
        if inner.variables and (inner.parts or attrs.has(element)):
            raise _no_place(inner, "a part, and holds no value of its own")
        if inner.parts:
            if element is not None and not attrs.has(element):
                raise _no_place(inner, "a value, and has no parts")
            if (part := _shape(inner, element, prefix)) is not None:
                own.append((name, part, inner.is_list))
        elif element is None or not set(get_args(TYPES[_type(inner)])) <= set(get_args(element)):
            own.append((name, _type(inner), inner.is_list))
    if base is None:
        return Shape(node.path.rpartition(".")[2].title().replace("_", ""), None, tuple(own))
    return Shape(prefix + base.__name__, base.__name__, tuple(own)) if own else None


def _no_place(node: _Node, is_: str) -> CodebookError:
    below = [node, *node.parts.values()]
    variable = next((v.name for one in below for v in one.variables), node.path)
    problem = f"{node.path!r} of an incident is {is_}."
    return CodebookError(problem, place=f"variable {variable}", remedy="Give the variable another path.")


def _type(node: _Node) -> str:
    """The type that holds the values of all the variables of a node: several, if it is a list."""
    kind = node.variables[0].kind
    unknown = any(variable.unknown is not None for variable in node.variables)
    match kind:
        case "boolean":
            return "YesNo"
        case "date":
            return "Date"
        case "integer" | "code":
            return "Count" if unknown else "Code"
        case "number":
            return "Amount" if unknown else "Number"
        case _:
            return "Name" if unknown else "Text"


@cache
def class_of(shape: Shape) -> Any:
    """The class of a shape. There is one of each in a process."""
    base = PARTS[shape.base] if shape.base is not None else object
    annotations: dict[str, Any] = {}
    defaults: dict[str, Any] = {}
    for name, type_, is_list in shape.fields:
        inner = TYPES[type_] if isinstance(type_, str) else class_of(type_)
        annotations[name] = types.GenericAlias(list, inner) if is_list else inner
        factory = list if is_list else None if isinstance(type_, str) else inner
        defaults[name] = None if factory is None else attrs.Factory(factory)
    body = {
        "__annotations__": annotations,
        "__doc__": base.__doc__ if shape.base is not None else "A part of an incident that a codebook adds.",
        "__module__": __name__,
        "__reduce__": _reduced,
        "shape": shape,
        **defaults,
    }
    made = types.new_class(shape.name, (base,), exec_body=lambda namespace: namespace.update(body))
    return define(made)


def _reduced(self: Any) -> tuple[Any, ...]:
    return _restored, (self.shape, tuple(getattr(self, name) for name in fields_dict(type(self))))


def _restored(shape: Shape, values: tuple[Any, ...]) -> Any:
    return class_of(shape)(*values)


Result = TypeVar("Result")


def of_class(use: Callable[[Incident], Result], incident: Incident, cls: type[Incident], codebook: Codebook) -> Result:
    """What `use` makes of an incident of a class. One of another class, in whole or in part, is made into it before."""
    if type(incident) is not cls:
        return use(as_class(incident, cls, codebook))
    try:
        return use(incident)
    except AttributeError:
        if cls is Incident:
            raise
        return use(as_class(incident, cls, codebook))


def as_class(incident: Incident, cls: type[Incident], codebook: Codebook) -> Incident:
    """An incident as one of the class of a codebook: what it does not have, because it is of the plain class or of that
    of another codebook, is blank. Raises RowError where it holds what the codebook has no place for.
    """
    if not isinstance(incident, Incident) or (cls is Incident and not hasattr(incident, "shape")):
        return incident
    found: Incident = _as_class(incident, cls, codebook, "")
    return found


def _as_class(record: Any, cls: Any, codebook: Codebook, path: str) -> Any:
    if not attrs.has(type(record)) or (type(record) is cls and not hasattr(cls, "shape")):
        return record
    hints = _hints(cls)
    values: dict[str, Any] = {}
    for name in fields_dict(type(record)):
        value = getattr(record, name)
        if name in hints:
            hint = hints[name]
            element = get_args(hint)[0] if get_origin(hint) is list else hint
            if not attrs.has(element):
                values[name] = value
            elif isinstance(value, list):
                values[name] = [_as_class(one, element, codebook, f"{path}{name}[].") for one in value]
            else:
                values[name] = _as_class(value, element, codebook, f"{path}{name}.")
        elif hasattr(record, "shape") and not _is_blank(value):
            problem = f"The codebook {codebook.id!r} has no place for {path}{name}, which is {value!r}."
            raise RowError(problem, remedy="Write the row with the codebook of the incident's class, or clear it.")
    return cls(**values)


_hints = cache(get_type_hints)


def _is_blank(value: Any) -> bool:
    return value is None or value == "" or value == [] or (attrs.has(type(value)) and value == type(value)())
