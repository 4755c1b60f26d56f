"""A codebook as a page for people: every section with its variables and rules, and every code list."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from gtdlike.codebook.checks import GENERAL
from gtdlike.codebook.model import Codebook, CodeList, DatasetRule, Rule, Value, Variable

_KINDS: Final = {
    "unique": "No two rows may have the same",
    "reference": "What the first of these names must be a value of the second:",
    "mutual": "What the first of these names must name this row as well:",
}
_CONSTANT: Final = re.compile(r"'(?:[^']|'')*'")
_UNSEEN: Final = re.compile(r"[^\S ]|[\x00-\x1f\x7f-\xa0]")
_ESCAPES: Final = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def markdown(codebook: Codebook) -> str:
    """The page, in Markdown."""
    rules = len(codebook.rules) + len(codebook.dataset_rules)
    return (
        "\n".join(
            [
                f"# {codebook.title}",
                "",
                f"Codebook `{codebook.id}`, version {codebook.version}: {len(codebook.variables)} variables,",
                f"{len(codebook.code_lists)} code lists and {rules} rules. Made from the codebook's data.",
                "",
                "A cell is blank where a question was not asked, does not apply or has no answer. What is written for",
                "*asked, and not known* is told with each variable. A rule is an expression of SQL: a row violates it",
                "where the expression is false, and passes where it is true or NULL. An error makes a row invalid, a",
                "warning asks to look again. In what a rule tells, a name in braces stands for that variable's cell.",
                "",
                *_contents(codebook),
                *(line for section, text in codebook.sections.items() for line in _section(section, text, codebook)),
                *_general(),
                *(line for rule in codebook.dataset_rules.values() for line in dataset_rule_text(rule)),
                "## Code lists",
                "",
                *(line for codes in codebook.code_lists.values() for line in code_list_text(codes)),
            ]
        ).rstrip()
        + "\n"
    )


def _contents(codebook: Codebook) -> Iterator[str]:
    for section, text in codebook.sections.items():
        yield f"- [{section}](#{section}): {text}"
    yield "- [General rules](#general-rules): what follows from the variables, and what several rows say together."
    yield "- [Code lists](#code-lists): " + ", ".join(f"[{name}](#{name})" for name in codebook.code_lists)
    yield ""


def _section(section: str, text: str, codebook: Codebook) -> Iterator[str]:
    yield from (f"## {section}", "", text, "")
    variables = [v for v in codebook.variables.values() if v.section == section]
    if variables:
        yield from _table(["variable", "label", "kind", "definition"], map(_variable_row, variables))
    rules = [rule for rule in codebook.rules.values() if rule.section == section]
    if rules:
        yield from (f"### Rules of {section}", "")
        for rule in rules:
            yield from rule_text(rule)


def _variable_row(variable: Variable) -> list[str]:
    return [f"`{variable.name}`", variable.label, kind_of(variable, link=True), " ".join(told_of(variable))]


def kind_of(variable: Variable, *, link: bool = False) -> str:
    """What a cell of a variable holds."""
    if variable.codes:
        return f"code of [{variable.codes}](#{variable.codes})" if link else f"code of {variable.codes}"
    if variable.label_of:
        return f"label of `{variable.label_of}`"
    return "boolean (0 or 1)" if variable.kind == "boolean" else variable.kind


def told_of(variable: Variable) -> Iterator[str]:
    """What is known of a variable, in sentences."""
    yield variable.definition
    low, high = ("" if end is None else f"{end:.15g}" for end in (variable.minimum, variable.maximum))
    unit = f" {variable.unit}" if variable.unit else ""
    if low and high:
        yield f"From {low} to {high}{unit}."
    elif low or high:
        yield f"At least {low}{unit}." if low else f"At most {high}{unit}."
    elif unit:
        yield f"In{unit}."
    if variable.parent:
        yield f"Its code belongs to that of `{variable.parent}`."
    if variable.unknown is not None:
        yield f"`{variable.unknown}`: asked, and not known."


def rule_text(rule: Rule) -> Iterator[str]:
    """A rule in full."""
    each = rule.each if isinstance(rule.each, str) else ", ".join(f"`{name}`" for name in rule.each or ())
    of = f"for each {each}" if isinstance(rule.each, str) else f"for each of {each}" if each else ""
    yield from (f"#### {rule.id}", "", ", ".join(filter(None, (f"**{rule.severity}**", of))), "")
    yield from ("```sql", check_text(rule.check), "```", "")
    yield f"{rule.message} *{rule.remedy}*"
    yield ""
    for word, rows in (("Passes", rule.passes), ("Fails", rule.fails)):
        if rows:
            yield f"- {word}: " + "; ".join(f"`{cells_text(row)}`" for row in rows)
    yield ""


def check_text(check: str) -> str:
    """A rule's SQL as it can be read: a tab or line break in a text constant as the codebook writes it, escaped."""
    return _CONSTANT.sub(lambda text: _UNSEEN.sub(lambda sign: _escaped(sign[0]), text[0]), check)


def _escaped(sign: str) -> str:
    return _ESCAPES.get(sign) or f"\\u{ord(sign):04x}"


def cells_text(row: Mapping[str, Value]) -> str:
    """The cells of an example."""
    return ", ".join(f"{name} = {_value(value)}" for name, value in row.items()) or "nothing"


def _value(value: Value) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    return repr(value).replace("`", "'") if isinstance(value, str) else str(value)


def _general() -> Iterator[str]:
    yield from (
        "## General rules",
        "",
        "These follow from the variables and code lists, and from the form of the data.",
    )
    yield ""
    yield from _table(["rule", "what it says"], [[f"`{name}`", text] for name, text in GENERAL.items()])


def dataset_rule_text(rule: DatasetRule) -> Iterator[str]:
    """A rule of several rows in full."""
    yield from (f"#### {rule.id}", "", f"**{rule.severity}**, of all rows together", "")
    yield dataset_rule_words(rule)
    yield ""
    if rule.where:
        yield from ("Of the rows where", "", "```sql", check_text(rule.where), "```", "")
    yield from (f"{rule.message} *{rule.remedy}*", "")


def dataset_rule_words(rule: DatasetRule) -> str:
    """What a rule of several rows asks for, in a sentence."""
    columns = ", ".join(f"`{name}`" for name in rule.columns)
    alike = f", and {', '.join(f'`{name}`' for name in rule.alike)} alike or blank" if rule.alike else ""
    return f"{_KINDS[rule.kind]} {columns}{alike}."


def code_list_text(codes: CodeList) -> Iterator[str]:
    """A code list in full."""
    yield from (f"### {codes.name}", "")
    parents = [codes.parent_list] if codes.parent_list is not None else []
    defined = ["definition"] if any(code.definition for code in codes) else []
    rows = (
        [str(code.code), code.label, *(str(code.parent or "") for _ in parents), *(code.definition for _ in defined)]
        for code in codes
    )
    yield from _table(["code", "label", *parents, *defined], rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""
