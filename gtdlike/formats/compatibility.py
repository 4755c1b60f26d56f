"""Whether a schema takes all that an older one took.

Within a major version of a codebook what was valid stays valid. The comparison is of the structure, keyword by keyword,
and on the safe side: a difference that it cannot show to be harmless counts as a breaking change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from gtdlike.formats.conditions import Schema

_ANNOTATIONS: Final = {
    "title",
    "description",
    "examples",
    "default",
    "deprecated",
    "$comment",
    "$id",
    "$schema",
    "$defs",
}
_LOWER: Final = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_UPPER: Final = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")


def breaking_changes(old: Schema, new: Schema) -> list[str]:
    """What the new schema refuses and the old one took, one sentence for each place; empty if there is nothing."""
    return list(_Comparison(old, new).changes(old, new, "$"))


def without_annotations(schema: Any) -> Any:
    """A schema without what only tells people something."""
    if isinstance(schema, Mapping):
        # What stands under `properties` are names, not keywords.
        return {
            key: {name: without_annotations(inner) for name, inner in value.items()}
            if key == "properties"
            else without_annotations(value)
            for key, value in schema.items()
            if key not in _ANNOTATIONS and not key.startswith("x-")
        }
    return [without_annotations(part) for part in schema] if isinstance(schema, list) else schema


@frozen
class _Comparison:
    old_root: Schema
    new_root: Schema

    def changes(self, old: Any, new: Any, path: str) -> Iterator[str]:
        """What `new` refuses of what `old` takes."""
        old, new = _resolved(old, self.old_root), _resolved(new, self.new_root)
        before, now = without_annotations(old), without_annotations(new)
        if now is True or now == {} or old is False or before == now:
            return
        if new is False:
            yield f"{path}: nothing is valid any more."
            return
        if "anyOf" in old and "anyOf" not in new:
            # Each of the old choices must fit into what is no choice any more.
            rest = {key: value for key, value in old.items() if key != "anyOf"}
            for choice in old["anyOf"]:
                yield from self.changes(rest | _resolved(choice, self.old_root), new, path)
            return
        if (listed := _values(old)) is not None:
            yield from self.values(listed, new, path)
            return
        for key in now:
            # `then` and `else` are compared together with their `if`.
            if key not in ("then", "else"):
                yield from _KEYWORDS.get(key, _unlike)(self, old, new, key, path)

    def values(self, listed: list[Any], new: Schema, path: str) -> Iterator[str]:
        """Which of the values that were allowed are refused."""
        gone = [value for value in listed if not self.takes(new, value)]
        if gone:
            yield f"{path}: no longer valid: {', '.join(map(repr, gone))}."

    def takes(self, schema: Schema, value: Any) -> bool:
        from jsonschema import Draft202012Validator

        rest = {"$defs": self.new_root.get("$defs", {}), **schema}
        return bool(Draft202012Validator(rest).is_valid(value))

    # One method for each keyword of the new schema: old, new, keyword, path.

    def type(self, old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
        before, now = _types(old), _types(new)
        if before is None:
            yield f"{path}: the type must now be {', '.join(sorted(now or ()))}."
        elif gone := before - (now or set()) - ({"integer"} if "number" in (now or ()) else set()):
            yield f"{path}: no longer of the type {', '.join(sorted(gone))}."

    def listed(self, old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
        yield f"{path}: only some values are valid now."

    def bound(self, old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
        tighter = max if key in _LOWER else min
        if key not in old:
            yield f"{path}: there is a {key} now, {new[key]}."
        elif old[key] != new[key] and tighter(old[key], new[key]) == new[key]:
            yield f"{path}: the {key} is {new[key]} instead of {old[key]}."

    def required(self, old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
        if more := [name for name in new[key] if name not in old.get(key, ())]:
            yield f"{path}: now required: {', '.join(more)}."

    def properties(self, old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
        before = old.get(key, {})
        for name, inner in new[key].items():
            if name in before:
                yield from self.changes(before[name], inner, f"{path}.{name}")
            elif old.get("additionalProperties") is not False:
                yield from self.changes(old.get("additionalProperties", {}), inner, f"{path}.{name}")

    def additional(self, old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
        if new[key] is False:
            gone = [name for name in old.get("properties", {}) if name not in new.get("properties", {})]
            if gone:
                yield f"{path}: no longer there: {', '.join(gone)}."
        yield from self.changes(old.get(key, {}), new[key], f"{path}.*")

    def prefix_items(self, old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
        before = old.get(key, [])
        for place, inner in enumerate(new[key]):
            yield from self.changes(
                before[place] if place < len(before) else old.get("items", {}), inner, f"{path}[{place}]"
            )

    def items(self, old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
        for place, inner in enumerate(old.get("prefixItems", [])[len(new.get("prefixItems", [])) :]):
            yield from self.changes(inner, new[key], f"{path}[{place + len(new.get('prefixItems', []))}]")
        yield from self.changes(old.get(key, {}), new[key], f"{path}[*]")

    def all_of(self, old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
        for part in new[key]:
            if all(list(self.changes(one, part, path)) for one in old.get(key, [])):
                yield f"{path}: {part.get('$comment', 'a condition')} is new or asks for more."

    def any_of(self, old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
        for choice in old.get(key, [{}]):
            if not any(not list(self.changes(choice, one, path)) for one in new[key]):
                yield f"{path}: one of the choices is gone."

    def not_(self, old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
        if key not in old or list(_Comparison(self.new_root, self.old_root).changes(new[key], old[key], path)):
            yield f"{path}: more is excluded now."

    def if_(self, old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
        reaches_further = key not in old or list(
            _Comparison(self.new_root, self.old_root).changes(new[key], old[key], path)
        )
        if reaches_further or "else" in new or list(self.changes(old.get("then", {}), new.get("then", {}), path)):
            yield f"{path}: a condition is new or asks for more."


def _unlike(_: _Comparison, old: Schema, new: Schema, key: str, path: str) -> Iterator[str]:
    if old.get(key) != new[key]:
        yield f"{path}: the {key} is another one."


def _resolved(schema: Any, root: Schema) -> Any:
    """A schema with what it refers to in place of the reference."""
    while isinstance(schema, Mapping) and "$ref" in schema:
        target: Any = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema


_Keyword = Callable[[_Comparison, Schema, Schema, str, str], Iterator[str]]
_KEYWORDS: Final[Mapping[str, _Keyword]] = {
    "type": _Comparison.type,
    "enum": _Comparison.listed,
    "const": _Comparison.listed,
    **dict.fromkeys((*_LOWER, *_UPPER), _Comparison.bound),
    "required": _Comparison.required,
    "properties": _Comparison.properties,
    "additionalProperties": _Comparison.additional,
    "prefixItems": _Comparison.prefix_items,
    "items": _Comparison.items,
    "allOf": _Comparison.all_of,
    "anyOf": _Comparison.any_of,
    "not": _Comparison.not_,
    "if": _Comparison.if_,
}


def _types(schema: Schema) -> set[str] | None:
    if "type" not in schema:
        return None
    return {schema["type"]} if isinstance(schema["type"], str) else set(schema["type"])


def _values(schema: Schema) -> list[Any] | None:
    if "const" in schema:
        return [schema["const"]]
    return list(schema["enum"]) if "enum" in schema else None
