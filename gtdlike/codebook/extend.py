"""Putting a codebook on the one that it extends: what has a name of the base amends it, what has a new one is added.

The order: sections and parents, code lists, what is kept of them, variables and their labels, rules, and last what the
codebook does without. A codebook that extends nothing is put on an empty one in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from attrs import evolve

from gtdlike.codebook.extend_lists import code_lists, kept_only
from gtdlike.codebook.fields import CLASSES, Entry, tell_missing
from gtdlike.codebook.layer import Layer
from gtdlike.codebook.model import Codebook, Country, DatasetRule, Group, Rule, Variable
from gtdlike.codebook.problem import Findings
from gtdlike.errors import remedy_for

EMPTY: Final = Codebook("", "", "", {}, {}, {}, (), ())
LABEL_SUFFIX: Final = "_txt"

Named = TypeVar("Named", Rule, DatasetRule)


def extended(layer: Layer, base: Codebook, findings: Findings) -> Codebook:
    """The codebook of a layer and its base. All that is wrong is told, and what is wrong is left out."""
    lists = code_lists(layer, base, findings)
    variables = _variables(layer, base.variables, findings)
    book = evolve(
        base,
        id=layer.id,
        version=layer.version,
        title=layer.title,
        extends=layer.extends,
        origin=(layer.file.name, *base.origin),
        sections={**base.sections, **layer.sections},
        variables=variables,
        code_lists=lists,
        groups=_by_name(base.groups, layer.groups),
        countries=_by_name(base.countries, layer.countries),
        unsearched=(*base.unsearched, *layer.unsearched) if layer.unsearched else base.unsearched,
        rules=_rules(layer.tables["rule"], base.rules, Rule, findings),
        dataset_rules=_rules(layer.tables["dataset_rule"], base.dataset_rules, DatasetRule, findings),
    )
    book = kept_only(layer, book, findings)
    if not layer.without:
        return book
    from gtdlike.codebook.without import taken_out  # it reads rules, which most codebooks are loaded without

    return taken_out(layer, book, findings)


# Variables


def _variables(layer: Layer, base: Mapping[str, Variable], findings: Findings) -> dict[str, Variable]:
    variables = dict(base)
    after: list[tuple[str, str, Entry]] = []
    order = list(base)
    for entry in _each_once(layer.tables["variable"], findings):
        values = dict(entry.values)
        anchor = values.pop("after", None)
        if entry.name in base:
            variables[entry.name] = _amended(base[entry.name], values)
        else:
            tell_missing(entry, findings.tell)
            variables[entry.name] = _new(values)
            if anchor is None:
                order.append(entry.name)
        if anchor is not None:
            after.append((entry.name, anchor, entry))
        findings.told |= {("variable", entry.name, key) for key in entry.told}
    last: dict[str, str] = {}
    for name, anchor, entry in after:
        if anchor not in order or anchor == name:
            others = [other for other in variables if other != name]
            problem = f"There is no variable {anchor!r} after which it could stand."
            findings.tell(entry.problem("after", problem, remedy_for(anchor, others, "Name another variable.")))
            anchor = order[-1] if order else name
        if name in order:
            order.remove(name)
        # Several after the same variable stand in the order in which they are written.
        place = order.index(last.get(anchor, anchor)) + 1 if order else 0
        order.insert(place, name)
        last[anchor] = name
    new = set(order) - set(base) if layer.extends is not None else set()
    return _with_labels({name: variables[name] for name in order}, new)


def _new(values: dict[str, Any]) -> Variable:
    """A new variable. What is missing was told, and stands for itself so that the rest can be checked."""
    found = {"kind": "text", "label": "", "section": "", "definition": "", **values}
    if found["kind"] != "label":
        found.setdefault("path", found["name"])
    return Variable(**found)


def _amended(old: Variable, values: dict[str, Any]) -> Variable:
    """A variable of the base with other fields. Of another kind, it loses what only its old kind has."""
    kind = values.get("kind", old.kind)
    gone: dict[str, Any] = {}
    if kind != old.kind:
        gone = dict.fromkeys(("codes", "parent", "label_of", "minimum", "maximum", "unknown"))
        gone["path"] = None if kind == "label" else old.path or old.name
    return evolve(old, **{**gone, **values})


def _with_labels(variables: dict[str, Variable], new: set[str]) -> dict[str, Variable]:
    """The variables, and after each new code variable that has none yet a label variable for it.

    A codebook that extends nothing writes its labels itself, so that a table of any form can be described.
    """
    labelled = {v.label_of for v in variables.values()}
    found: dict[str, Variable] = {}
    for variable in variables.values():
        found[variable.name] = variable
        label = f"{variable.name}{LABEL_SUFFIX}"
        if variable.kind == "code" and variable.name in new - labelled and label not in variables:
            found[label] = Variable(
                name=label,
                label=f"{variable.label} (label)",
                section=variable.section,
                kind="label",
                definition=f"The label of the code in `{variable.name}`. It is derived from that code and never coded "
                "by itself.",
                label_of=variable.name,
            )
    return found


# Rules and names


# What stands for a field that is missing, which was told, so that the others can be checked.
_STAND_INS: Final[dict[str, dict[str, Any]]] = {
    "rule": {"severity": "error", "section": "", "check": "", "message": "", "remedy": ""},
    "dataset_rule": {"severity": "error", "section": "", "message": "", "remedy": "", "kind": "unique", "columns": ()},
}


def _rules(
    entries: Sequence[Entry], base: Mapping[str, Named], cls: type[Named], findings: Findings
) -> Mapping[str, Named]:
    if not entries:
        return base
    rules = dict(base)
    for entry in _each_once(entries, findings):
        if (old := base.get(entry.name)) is not None:
            rules[entry.name] = evolve(old, **entry.values)
        else:
            tell_missing(entry, findings.tell)
            rules[entry.name] = cls(**{**_STAND_INS[entry.kind], **entry.values})
        findings.told |= {(entry.kind, entry.name, key) for key in entry.told}
    return rules


def _each_once(entries: Sequence[Entry], findings: Findings) -> Iterable[Entry]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        if entry.name not in seen:
            seen[entry.name] = entry
            yield entry
            continue
        key = "name" if CLASSES[entry.kind] is Variable else "id"
        findings.tell(entry.problem(key, "It is there twice.", "Rename it or take one out."))


AnyName = TypeVar("AnyName", bound=Group | Country)


def _by_name(base: Sequence[AnyName], own: Sequence[AnyName]) -> Sequence[AnyName]:
    """The names of the base, those of the same name replaced, and then the new ones."""
    if not own or not base:
        return own or base
    replaced = {item.name: item for item in own}
    known = {item.name for item in base}
    return (*(replaced.get(item.name, item) for item in base), *(item for item in own if item.name not in known))
