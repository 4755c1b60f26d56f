"""What `gtdlike codebook show` prints: a codebook in short, and each thing in it in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from gtdlike.codebook.checks import DERIVED, GENERAL, checks_of
from gtdlike.codebook.model import Codebook, CodeList, DatasetRule, Rule, Variable
from gtdlike.errors import CodebookError, remedy_for
from gtdlike.formats.markdown import cells_text, check_text, kind_of, told_of

_MARGIN = (0, 0, 0, 2)


def in_short(codebook: Codebook) -> Iterator[RenderableType]:
    """The sections with the names of their variables and rules, and the code lists."""
    rules: list[Rule | DatasetRule] = [*codebook.rules.values(), *codebook.dataset_rules.values()]
    errors = sum(rule.severity == "error" for rule in rules)
    yield f"[bold]{escape(codebook.title)}[/]"
    yield (
        f"{codebook.id} {codebook.version}: {len(codebook.variables)} variables, {len(codebook.code_lists)} code lists,"
        f" {len(rules)} rules ({errors} errors, {len(rules) - errors} warnings)"
    )
    for section, text in codebook.sections.items():
        yield f"\n[bold]{escape(section)}[/]  [dim]{escape(text)}[/]"
        own = [v.name for v in codebook.variables.values() if v.section == section]
        yield Padding(escape(", ".join(own)), _MARGIN)
        if ids := [rule.id for rule in rules if rule.section == section]:
            yield Padding(f"[dim]rules:[/] {escape(', '.join(ids))}", _MARGIN)
    yield "\n[bold]rules that every codebook has[/]"
    yield Padding(escape(", ".join(GENERAL)), _MARGIN)
    yield "\n[bold]code lists[/]"
    yield Padding(escape(", ".join(f"{c.name} ({len(c)})" for c in codebook.code_lists.values())), _MARGIN)
    yield "\n[dim]`gtdlike codebook show NAME` tells all of a variable, code list, rule or section.[/]"


def in_full(name: str, codebook: Codebook) -> Iterator[RenderableType]:
    """All that has a name: a variable and a code list may share one. Raises CodebookError where there is nothing."""
    found = False
    if (variable := codebook.variables.get(name)) is not None:
        found = True
        yield from _variable(variable, codebook)
    if (codes := codebook.code_lists.get(name)) is not None and (variable is None or variable.codes != name):
        found = True
        yield from _codes(codes)
    if name in codebook.sections:
        found = True
        yield from _section(name, codebook)
    if (rule := codebook.rules.get(name)) is not None:
        found = True
        yield from _rule(rule)
    if (dataset_rule := codebook.dataset_rules.get(name)) is not None:
        found = True
        yield from _dataset_rule(dataset_rule)
    if name in GENERAL and not found:
        found = True
        yield from _head(name, "general rule")
        yield Padding(escape(GENERAL[name]), _MARGIN)
    if not found:
        known = [*codebook.variables, *codebook.code_lists, *codebook.sections, *codebook.rules]
        known += [*codebook.dataset_rules, *GENERAL]
        remedy = remedy_for(name, known, "`gtdlike codebook show` lists what there is.")
        raise CodebookError(f"There is no variable, code list, section or rule {name!r}.", codebook.id, remedy=remedy)


def _head(name: str, text: str) -> Iterator[RenderableType]:
    yield f"\n[bold]{escape(name)}[/]  [dim]{escape(text)}[/]"


def _variable(variable: Variable, codebook: Codebook) -> Iterator[RenderableType]:
    yield from _head(variable.name, f"{kind_of(variable)}, section {variable.section}")
    yield Padding(f"[bold]{escape(variable.label)}.[/] {escape(' '.join(told_of(variable)))}", _MARGIN)
    if variable.path:
        yield Padding(f"[dim]in the typed incident:[/] {escape(variable.path)}", _MARGIN)
    rules = [
        codebook.rules[check.rule] for check in checks_of(codebook) if _speaks_of(check.rule, check.uses, variable)
    ]
    if rules:
        yield Padding(_rules(dict.fromkeys(rule.id for rule in rules), codebook), _MARGIN)
    if variable.codes:
        yield from _codes(codebook.code_lists[variable.codes])


def _speaks_of(rule: str, names: Sequence[str], variable: Variable) -> bool:
    return rule not in DERIVED and variable.name in names


def _rules(ids: Iterable[str], codebook: Codebook) -> Table:
    table = _table("rule", "severity", "check")
    for rule in map(codebook.rules.__getitem__, ids):
        table.add_row(escape(rule.id), _severity(rule.severity), escape(check_text(rule.check)))
    return table


def _codes(codes: CodeList) -> Iterator[RenderableType]:
    parents = [codes.parent_list] if codes.parent_list is not None else []
    yield from _head(codes.name, f"code list, {len(codes)} codes")
    table = _table("code", "label", *parents, "definition")
    for code in codes:
        above = [str(code.parent or "") for _ in parents]
        table.add_row(str(code.code), escape(code.label), *above, escape(code.definition))
    yield Padding(table, _MARGIN)


def _section(section: str, codebook: Codebook) -> Iterator[RenderableType]:
    yield from _head(section, "section")
    yield Padding(escape(codebook.sections[section]), _MARGIN)
    table = _table("variable", "kind", "label")
    for variable in codebook.variables.values():
        if variable.section == section:
            table.add_row(escape(variable.name), escape(kind_of(variable)), escape(variable.label))
    yield Padding(table, _MARGIN)
    if rules := [rule.id for rule in codebook.rules.values() if rule.section == section]:
        yield Padding(_rules(rules, codebook), _MARGIN)


def _rule(rule: Rule) -> Iterator[RenderableType]:
    yield from _head(rule.id, f"rule of a row, section {rule.section}")
    each = rule.each if isinstance(rule.each, str) else ", ".join(rule.each or ())
    yield Padding(f"{_severity(rule.severity)}" + (f", for each of {escape(each)}" if each else ""), _MARGIN)
    yield Padding(escape(check_text(rule.check)), _MARGIN)
    yield Padding(f"{escape(rule.message)} [italic]{escape(rule.remedy)}[/]", _MARGIN)
    for word, rows in (("passes", rule.passes), ("fails", rule.fails)):
        for row in rows:
            yield Padding(f"[dim]{word}:[/] {escape(cells_text(row))}", _MARGIN)


def _dataset_rule(rule: DatasetRule) -> Iterator[RenderableType]:
    yield from _head(rule.id, f"rule of all rows together, section {rule.section}")
    columns = f"{rule.kind}: {', '.join(rule.columns)}"
    alike = f"; alike: {', '.join(rule.alike)}" if rule.alike else ""
    yield Padding(f"{_severity(rule.severity)}, {escape(columns + alike)}", _MARGIN)
    if rule.where:
        yield Padding(f"where {escape(rule.where)}", _MARGIN)
    yield Padding(f"{escape(rule.message)} [italic]{escape(rule.remedy)}[/]", _MARGIN)


def _severity(severity: str) -> str:
    return f"[{'red' if severity == 'error' else 'yellow'}]{severity}[/]"


def _table(*columns: str) -> Table:
    return Table(*columns, box=None, padding=(0, 2, 0, 0), header_style="dim")
