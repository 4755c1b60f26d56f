"""What a codebook does without: variables and rules of its base that are taken out, and what goes with them.

With a variable go its label, the rules that read or show it, and its place above other variables. Asking for each of
those by name would be a list of dozens for a handful of variables; `gtdlike codebook check` notes what goes, so that
nothing goes in silence.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from gtdlike.codebook.expression import ExpressionError, columns_of, parse
from gtdlike.codebook.layer import Layer
from gtdlike.codebook.model import Codebook, CodeList, DatasetRule, Rule, Variable
from gtdlike.codebook.problem import Findings
from gtdlike.codebook.template import names_in
from gtdlike.errors import remedy_for


def taken_out(layer: Layer, book: Codebook, findings: Findings) -> Codebook:
    """The codebook without what the layer does without. What goes as well is noted."""
    named = set(layer.without)
    for place, name in enumerate(layer.without):
        if name not in book.variables and name not in book.rules and name not in book.dataset_rules:
            choices = [*book.variables, *book.rules, *book.dataset_rules]
            problem, remedy = f"There is no variable or rule {name!r}.", remedy_for(name, choices, "Take it out.")
            findings.tell(layer.file.problem(("without", place), "without", problem, remedy))
    gone = {v.name for v in book.variables.values() if v.name in named or v.label_of in named}
    own = {entry.name for kind in ("rule", "dataset_rule") for entry in layer.tables[kind]}
    went: dict[str, list[str]] = {}  # for each variable the rules that go with it

    def stays(id_: str, reads: set[str]) -> bool:
        lost = sorted(reads & gone)
        if id_ in named or (lost and id_ not in own):
            for name in lost if id_ not in named else []:
                went.setdefault(name, []).append(id_)
            return False
        return True  # a rule of one's own that reads what one takes out is a mistake, which the check tells

    rules = {r.id: _fewer_each(r, gone) for r in book.rules.values() if stays(r.id, _used(r, gone))}
    dataset_rules = {r.id: r for r in book.dataset_rules.values() if stays(r.id, _used_by_dataset(r))}
    variables: dict[str, Variable] = {}
    for v in book.variables.values():
        if v.name in gone:
            continue
        if v.parent in gone:
            problem = f"{v.name} stays without the codes above it, those of {v.parent}."
            _note(layer, str(v.parent), problem, findings)
        variables[v.name] = evolve(v, parent=None) if v.parent in gone else v
    for name, ids in went.items():
        rules_go = f"the rules {', '.join(ids)} go" if len(ids) > 1 else f"the rule {ids[0]} goes"
        _note(layer, name, f"Without {name} {rules_go} as well.", findings)
    sections, lists = _still_used(book, variables, rules, dataset_rules, set(layer.sections), set(layer.codes))
    return evolve(
        book, variables=variables, rules=rules, dataset_rules=dataset_rules, sections=sections, code_lists=lists
    )


def _note(layer: Layer, variable: str, note: str, findings: Findings) -> None:
    place = layer.without.index(variable) if variable in layer.without else 0
    found = layer.file.problem(("without", place), "without", note, "")
    findings.notes.append(evolve(found, severity="note"))


def _used(rule: Rule, gone: set[str]) -> set[str]:
    """The variables without which a rule cannot be: those it reads and shows, and the last one that it is for."""
    try:
        used = {*columns_of(parse(rule.check)), *names_in(rule.message), *names_in(rule.remedy)}
    except (ExpressionError, ValueError):
        return set()
    used |= {rule.variable} if rule.variable else set()
    if isinstance(rule.each, tuple) and set(rule.each) <= gone:
        used |= set(rule.each)
    return used


def _used_by_dataset(rule: DatasetRule) -> set[str]:
    try:
        return {*rule.columns, *names_in(rule.message), *names_in(rule.remedy)}
    except ValueError:
        return set(rule.columns)


def _fewer_each(rule: Rule, gone: set[str]) -> Rule:
    """A rule without the variables that are gone among those it is for, and without examples of them."""
    each = tuple(name for name in rule.each if name not in gone) if isinstance(rule.each, tuple) else rule.each
    passes = tuple(row for row in rule.passes if not gone & set(row))
    fails = tuple(row for row in rule.fails if not gone & set(row))
    return evolve(rule, each=each, passes=passes, fails=fails)


def _still_used(
    book: Codebook,
    variables: Mapping[str, Variable],
    rules: Mapping[str, Rule],
    dataset_rules: Mapping[str, DatasetRule],
    own_sections: set[str],
    own_lists: set[str],
) -> tuple[dict[str, str], dict[str, CodeList]]:
    """The sections and code lists that something is left of. Those of one's own stay in any case."""
    sections = {v.section for v in variables.values()} | own_sections
    sections |= {r.section for r in rules.values()} | {r.section for r in dataset_rules.values()}
    lists = {v.codes for v in variables.values() if v.codes} | own_lists
    lists |= {codes.parent_list or "" for name, codes in book.code_lists.items() if name in lists}
    return (
        {name: text for name, text in book.sections.items() if name in sections},
        {name: codes for name, codes in book.code_lists.items() if name in lists},
    )
