"""Whether a schema takes all that an older one took.

Within a major version of a codebook what was valid stays valid. The comparison is of the structure, keyword by keyword,
and on the safe side: a difference that it cannot show to be harmless counts as a breaking change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from gtdlike.formats.conditions import Schema

_ANNOTATIONS: Final = frozenset("title description examples default deprecated $id $schema $defs".split())
_LOWER: Final = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_UPPER: Final = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")


def breaking_changes(old: Schema, new: Schema) -> list[str]:
    """What the new schema refuses and the old one took, one sentence for each place; empty if there is nothing."""
    return list(_changes(_plain(old, old), _plain(new, new), "$"))


def _plain(schema: Any, root: Schema) -> Any:
    """A schema with what it refers to in place of the references, and without what only tells people something."""
    if isinstance(schema, list):
        return [_plain(part, root) for part in schema]
    if not isinstance(schema, Mapping):
        return schema
    if "$ref" in schema:
        target: Any = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    return {
        # What stands under `properties` are names, not keywords.
        key: {name: _plain(inner, root) for name, inner in value.items()}
        if key == "properties"
        else _plain(value, root)
        for key, value in schema.items()
        if key not in _ANNOTATIONS and not key.startswith("x-")
    }


def _changes(old: Any, new: Any, path: str) -> Iterator[str]:
    """What `new` refuses of what `old` takes."""
    if new is True or old is False or old == new:
        return
    if new is False:
        yield f"{path}: nothing is valid any more."
        return
    old = {} if old is True else old
    if "anyOf" in old and "anyOf" not in new:
        # Each of the old choices must fit into what is no choice any more.
        rest = {key: value for key, value in old.items() if key != "anyOf"}
        for choice in old["anyOf"]:
            yield from _changes({**rest, **choice}, new, path)
        return
    if (listed := _values(old)) is not None:
        gone = [value for value in listed if not _takes(new, value)]
        if gone:
            yield f"{path}: no longer valid: {', '.join(map(repr, gone))}."
        return
    for key in new:
        # `then` and `else` are compared together with their `if`.
        if key not in ("then", "else", "$comment"):
            yield from _KEYWORDS.get(key, _unlike)(old, new, key, path)


def _takes(schema: Schema, value: Any) -> bool:
    from jsonschema import Draft202012Validator

    return bool(Draft202012Validator(schema).is_valid(value))


# One function for each keyword of the new schema: old, new, keyword, path.


def _type(old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
    before, now = _types(old), _types(new)
    if before is None:
        yield f"{path}: the type must now be {', '.join(sorted(now or ()))}."
    elif gone := before - (now or set()) - ({"integer"} if "number" in (now or ()) else set()):
        yield f"{path}: no longer of the type {', '.join(sorted(gone))}."


def _listed(old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
    yield f"{path}: only some values are valid now."


def _bound(old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
    tighter = max if key in _LOWER else min
    if key not in old:
        yield f"{path}: there is a {key} now, {new[key]}."
    elif old[key] != new[key] and tighter(old[key], new[key]) == new[key]:
        yield f"{path}: the {key} is {new[key]} instead of {old[key]}."


def _required(old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
    if more := [name for name in new[key] if name not in old.get(key, ())]:
        yield f"{path}: now required: {', '.join(more)}."


def _properties(old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
    before = old.get(key, {})
    for name, inner in new[key].items():
        if name in before:
            yield from _changes(before[name], inner, f"{path}.{name}")
        elif old.get("additionalProperties") is not False:
            yield from _changes(old.get("additionalProperties", {}), inner, f"{path}.{name}")


def _additional(old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
    if new[key] is False:
        gone = [name for name in old.get("properties", {}) if name not in new.get("properties", {})]
        if gone:
            yield f"{path}: no longer there: {', '.join(gone)}."
    yield from _changes(old.get(key, {}), new[key], f"{path}.*")


def _prefix_items(old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
    before = old.get(key, [])
    for place, inner in enumerate(new[key]):
        yield from _changes(before[place] if place < len(before) else old.get("items", {}), inner, f"{path}[{place}]")


def _items(old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
    for place, inner in enumerate(old.get("prefixItems", [])[len(new.get("prefixItems", [])) :]):
        yield from _changes(inner, new[key], f"{path}[{place + len(new.get('prefixItems', []))}]")
    yield from _changes(old.get(key, {}), new[key], f"{path}[*]")


def _all_of(old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
    for part in new[key]:
        if all(list(_changes(one, part, path)) for one in old.get(key, [])):
            yield f"{path}: {part.get('$comment', 'a condition')} is new or asks for more."


def _any_of(old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
    rest = {name: value for name, value in old.items() if name != key}
    for choice in ({**rest, **choice} for choice in old[key]) if key in old else (old,):
        if not any(not list(_changes(choice, one, path)) for one in new[key]):
            yield f"{path}: one of the choices is gone."


def _not(old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
    if key not in old or list(_changes(new[key], old[key], path)):
        yield f"{path}: more is excluded now."


def _if(old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
    reaches_further = key not in old or list(_changes(new[key], old[key], path))
    if reaches_further or "else" in new or list(_changes(old.get("then", {}), new.get("then", {}), path)):
        yield f"{path}: a condition is new or asks for more."


def _unlike(old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
    if old.get(key) != new[key]:
        yield f"{path}: the {key} is another one."


_Keyword = Callable[[Schema, Schema, str, str], Iterator[str]]
_KEYWORDS: Final[Mapping[str, _Keyword]] = {
    "type": _type,
    "enum": _listed,
    "const": _listed,
    **dict.fromkeys((*_LOWER, *_UPPER), _bound),
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional,
    "prefixItems": _prefix_items,
    "items": _items,
    "allOf": _all_of,
    "anyOf": _any_of,
    "not": _not,
    "if": _if,
}


def _types(schema: Schema) -> set[str] | None:
    if "type" not in schema:
        return None
    return {schema["type"]} if isinstance(schema["type"], str) else set(schema["type"])


def _values(schema: Schema) -> list[Any] | None:
    if "const" in schema:
        return [schema["const"]]
    return list(schema["enum"]) if "enum" in schema else None
