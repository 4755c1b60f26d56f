"""Whether the rules of a codebook can be read, fit its variables, and hold where nothing is written."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator
from typing import Final

from gtdlike.codebook.checks import checks_of_rule, each_of
from gtdlike.codebook.expression import Expression, ExpressionError, check_types, columns_of, parse, to_python
from gtdlike.codebook.locate import Finding, Item
from gtdlike.codebook.model import Codebook, DatasetKind, DatasetRule, Kind, Rule
from gtdlike.errors import remedy_for

Broken = set[tuple[str, str]]
"""The kinds and names of what was told to be wrong."""
Own = Callable[[str], set[str]]
"""For a kind of things, the names of those that the codebook's own files speak of, not only those of its base."""

_COLUMNS: Final[dict[DatasetKind, tuple[int, int, str]]] = {
    "unique": (1, 99, "one or more columns"),
    "reference": (2, 2, "two columns: that of the list, and that of what it refers to"),
    "mutual": (2, 2, "two columns: that of the list, and that of what it refers to"),
}


def rule_findings(codebook: Codebook, broken: Broken, own: Own) -> list[Finding]:
    """All that is wrong with rules. The expression of one that reads what is broken itself is not judged."""
    ours = own("rule") if codebook.extends is not None else set(codebook.rules)
    found = [f for rule in codebook.rules.values() for f in _rule(rule, codebook, broken, rule.id in ours)]
    return found + [f for rule in codebook.dataset_rules.values() for f in _dataset_rule(rule, codebook)]


def _rule(rule: Rule, codebook: Codebook, broken: Broken, ours: bool) -> Iterator[Finding]:
    name = rule.id
    if rule.section not in codebook.sections:
        yield _no_section(Item("rule", name, ("section",)), rule.section, codebook)
    if rule.variable is not None and rule.variable not in codebook.variables:
        yield _no_variable(Item("rule", name, ("variable",)), rule.variable, codebook)
    yield from _each(rule, codebook)
    for key in ("message", "remedy"):
        yield from _text(Item("rule", name, (key,)), getattr(rule, key), {*codebook.variables, "value"}, codebook)
    for key in ("passes", "fails"):
        if ours and not getattr(rule, key):
            problem = f"There is no example of a row that {key}."
            yield Item("rule", name, (key,)), problem, f"Write {key} = {{variable = value, ...}}."
    try:
        expression = parse(rule.check)
    except ExpressionError as error:
        yield Item("rule", name, ("check",), error.at), error.problem, error.remedy
        return
    reads = columns_of(expression)
    if not reads:
        yield Item("rule", name, ("check",)), "It reads no variable.", "Write a condition on variables."
        return
    if rule.each is not None and "value" not in reads:
        remedy = "Write value for the cell of each variable, or take `each` out."
        yield Item("rule", name, ("check",)), "The rule is for each of several variables, and reads none.", remedy
    if any(("variable", column) in broken for column in (*reads, *each_of(rule, codebook))):
        return
    problems = list(_types(rule, expression, codebook))
    yield from problems
    if not problems and _can_be_made(rule, codebook):
        yield from _where_all_is_blank(rule, codebook)


def _each(rule: Rule, codebook: Codebook) -> Iterator[Finding]:
    if rule.each is None:
        return
    if not each_of(rule, codebook):
        problem = "It is for no variable." if isinstance(rule.each, tuple) else f"No variable is a {rule.each}."
        yield Item("rule", rule.id, ("each",)), problem, "Name a kind or variables that there are."
    if isinstance(rule.each, tuple):
        for place, name in enumerate(rule.each):
            if name not in codebook.variables:
                yield _no_variable(Item("rule", rule.id, ("each", place)), name, codebook)


def _types(rule: Rule, expression: Expression, codebook: Codebook) -> Iterator[Finding]:
    """What does not fit the variables that the rule reads, for each of those that it is for."""
    kinds: dict[str, Kind] = {v.name: v.kind for v in codebook.variables.values()}
    of_value = {kinds[name]: name for name in each_of(rule, codebook) if name in kinds} if rule.each else {}
    told: set[tuple[str, int]] = set()
    for kind, name in of_value.items() or [(None, "")]:
        for error in check_types(expression, kinds if kind is None else {**kinds, "value": kind}):
            if (error.problem, error.at) not in told:
                told.add((error.problem, error.at))
                remedy = error.remedy or (f"The value is that of {name}." if kind else "Compare what is alike.")
                yield Item("rule", rule.id, ("check",), error.at), error.problem, remedy


def _can_be_made(rule: Rule, codebook: Codebook) -> bool:
    try:
        checks_of_rule(rule, codebook)
    except (KeyError, ValueError, ExpressionError):
        return False  # for a reason that is told elsewhere: a message that names no variable
    return True


def _where_all_is_blank(rule: Rule, codebook: Codebook) -> Iterator[Finding]:
    if any(to_python(check.expression)({}) is False for check in checks_of_rule(rule, codebook)):
        remedy = "Let it hold where its variables are blank, since it is not judged there: add OR ... IS NULL."
        yield Item("rule", rule.id, ("check",)), "A row in which nothing is written violates it.", remedy


def _dataset_rule(rule: DatasetRule, codebook: Codebook) -> Iterator[Finding]:
    def item(*way: str | int, at: int | None = None) -> Item:
        return Item("dataset_rule", rule.id, way, at)

    if rule.section not in codebook.sections:
        yield _no_section(item("section"), rule.section, codebook)
    least, most, wanted = _COLUMNS[rule.kind]
    if not least <= len(rule.columns) <= most:
        problem = f"A rule of the kind {rule.kind!r} has {wanted}, not {len(rule.columns)}."
        yield item("columns"), problem, "Correct `columns`."
    if rule.alike and rule.kind != "unique":
        yield item("alike"), f"A rule of the kind {rule.kind!r} has no `alike`.", "Take it out."
    for key in ("columns", "alike"):
        for place, column in enumerate(getattr(rule, key)):
            if column not in codebook.variables:
                yield _no_variable(item(key, place), column, codebook)
            elif rule.kind != "unique" and place == 0 and codebook.variables[column].kind != "text":
                problem = f"{column} holds no list: it is of the kind {codebook.variables[column].kind!r}."
                yield item(key, place), problem, "Name a text first."
    if rule.where is not None:
        kinds: dict[str, Kind] = {v.name: v.kind for v in codebook.variables.values()}
        try:
            wrong = check_types(parse(rule.where), kinds)
        except ExpressionError as error:
            wrong = [error]
        for found in wrong:
            yield item("where", at=found.at), found.problem, found.remedy
    for key in ("message", "remedy"):
        yield from _text(item(key), getattr(rule, key), {"other", "eventid"}, codebook)


def _text(item: Item, text: str, known: set[str], codebook: Codebook) -> Iterator[Finding]:
    """What is wrong with the names in braces of a message."""
    if not text.strip():
        yield item, f"The {item.way[0]} is empty.", "Fill it in."
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        at = max(text.rfind("{"), text.rfind("}"))
        yield _at(item, at), "A brace is without its pair.", "Write {variable}, or {{ and }} for braces."
        return
    for _, name, format_, conversion in parts:
        if name is None:
            continue
        here = _at(item, text.find("{" + name))
        if format_ or conversion:
            yield here, "Nothing but a name stands in braces.", f"Write {{{name}}}."
        elif name not in known:
            yield _no_variable(here, name, codebook)


def _at(item: Item, at: int) -> Item:
    return Item(item.kind, item.name, item.way, max(at, 0))


def _no_variable(item: Item, name: str, codebook: Codebook) -> Finding:
    remedy = remedy_for(name, codebook.variables, "Name a variable of the codebook.")
    return item, f"There is no variable {name!r}.", remedy


def _no_section(item: Item, name: str, codebook: Codebook) -> Finding:
    remedy = remedy_for(name, codebook.sections, "Add it to [sections] in codebook.toml.")
    return item, f"There is no section {name!r}.", remedy
