"""What JSON Schema has no words for, said value by value, where the cells have few values: codes and yes/no answers.

`crit1 + crit2 + crit3 >= 2` calculates with three cells, but each of them is 0, 1 or blank. So the rule can be tried on
all of their combinations, and told as what follows for the others from each value of the first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod
from typing import Any, Final

from gtdlike.codebook.expression import Expression, columns_of, to_python
from gtdlike.codebook.model import Codebook, Variable
from gtdlike.formats.conditions import ALWAYS, NEVER, Condition, all_of, cell, implies

MOST: Final = 1000
"""How many combinations are tried. More would make a schema that nobody reads."""

Value = int | None


def value_by_value(expression: Expression, codebook: Codebook, *, strict: bool) -> Condition | None:
    """Where an expression is TRUE (`strict`), or TRUE or NULL; None where a cell of it has too many values."""
    columns = columns_of(expression)
    domains: dict[str, list[Value]] = {}
    for name in columns:
        if (values := values_of(codebook.variables[name], codebook)) is None:
            return None
        domains[name] = [*values, None]
    if prod(map(len, domains.values())) > MOST:
        return None
    value = to_python(expression)

    def holds(cells: Mapping[str, Any]) -> bool:
        return value(cells) is True if strict else value(cells) is not False

    return _tree(domains, {}, holds)


def values_of(variable: Variable, codebook: Codebook) -> list[int] | None:
    """The values that a cell can have, blanks apart; None where there is no list of them."""
    if variable.kind == "code" and variable.codes is not None:
        values = [code.code for code in codebook.code_lists[variable.codes]]
    elif variable.kind == "boolean":
        values = [0, 1]
    else:
        return None
    also = [variable.unknown] if isinstance(variable.unknown, int) and variable.unknown not in values else []
    return [*values, *also]


def _tree(
    domains: Mapping[str, list[Value]], fixed: Mapping[str, Value], holds: Callable[[Mapping[str, Any]], bool]
) -> Condition:
    """What follows from each value of the first cell for the others."""
    if not domains:
        return ALWAYS if holds(fixed) else NEVER
    (name, values), *rest = domains.items()
    groups: list[tuple[Condition, list[Value]]] = []
    for value in values:
        follows = _tree(dict(rest), {**fixed, name: value}, holds)
        same = next((group for condition, group in groups if condition == follows), None)
        if same is None:
            groups.append((follows, [value]))
        else:
            same.append(value)
    if len(groups) == 1:
        return groups[0][0]
    return all_of(
        _outside(name, group, values) if follows == NEVER else implies(_within(name, group), follows)
        for follows, group in groups
    )


def _within(name: str, group: list[Value]) -> Condition:
    return cell(name, {"enum": group}, blank=None in group)


def _outside(name: str, group: list[Value], values: list[Value]) -> Condition:
    """None of the group: told by what is refused or by what is left, whichever is shorter."""
    left = [value for value in values if value not in group]
    if None in group or len(left) <= len(group):
        return _within(name, left)
    return cell(name, {"not": {"const": group[0]} if len(group) == 1 else {"enum": group}}, blank=True)
