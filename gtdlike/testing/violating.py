"""Rows with exactly one violation: a valid row, into which the failing example of a rule is put."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from gtdlike.codebook.checks import bounds
from gtdlike.codebook.model import Codebook, Value, Variable
from gtdlike.codebook.rowchecks import RowChecks, row_checks
from gtdlike.errors import CodebookError, remedy_for
from gtdlike.rowmap import row_map
from gtdlike.testing.repair import labelled, repair
from gtdlike.testing.strategies import rows

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

Cells = dict[str, Any]
TYPE: Final = "type"


def rows_violating(rule: str, codebook: Codebook | None = None) -> SearchStrategy[dict[str, Value]]:
    """Rows that violate one rule, once, and nothing else.

    `rule` is the id of a rule of the codebook, or one that follows from its variables: `code`, `range`, `parent`,
    `label` or `type`. Raises CodebookError for any other, such as a rule of all rows together.
    """
    book = row_map(codebook).codebook
    base = rows(book)
    import hypothesis.strategies as st

    checks = row_checks(book)
    examples = [example for example in _examples(rule, book) if _violated(example, checks, rule)]
    if not examples:
        remedy = "It has no example that violates it alone; `gtdlike codebook check` tells more."
        raise CodebookError(f"There are no rows that violate {rule!r} alone.", f"codebook {book.id}", remedy=remedy)

    @st.composite
    def row(draw: DrawFn) -> dict[str, Value]:
        example = draw(st.sampled_from(examples))
        fixed = _touched(rule, example, checks)
        around = {name: value for name, value in draw(base).items() if value is not None and name not in fixed}
        # Labels go as well: they follow from the codes that are there in the end.
        cells = {name: value for name, value in around.items() if not book.variables[name].label_of}
        if rule == TYPE:
            repair(cells, book, checks)
        else:
            cells |= example
            repair(cells, book, checks, fixed=fixed, allowed=rule)
            if not _violated(cells, checks, rule):
                cells = dict(example)
        return dict.fromkeys(book.columns) | labelled(cells, book) | example

    return row()


def _touched(rule: str, example: Cells, checks: RowChecks) -> set[str]:
    """The cells that stay as they are in the example: those that the violated check reads, blank ones as well."""
    if rule == TYPE:
        return set(example)
    check = next(check for check in checks.violated(example))
    return {*check.reads, *example}


def _violated(cells: Cells, checks: RowChecks, rule: str) -> bool:
    """Whether a row violates the rule once, and nothing else."""
    return rule == TYPE or [check.rule for check in checks.violated(cells)] == [rule]


def _examples(rule: str, book: Codebook) -> Iterator[Cells]:
    """Cells that violate a rule."""
    if rule in book.rules:
        yield from (dict(example) for example in book.rules[rule].fails)
        return
    made = {"code": _codes, "range": _ranges, "parent": _parents, "label": _labels, TYPE: _types}
    if rule not in made:
        known = [*made, *book.rules]
        remedy = remedy_for(rule, known, "Name a rule of one row.")
        raise CodebookError(
            f"There is no rule {rule!r} that a single row violates.", f"codebook {book.id}", None, remedy
        )
    for variable in book.variables.values():
        yield from made[rule](variable, book)


def _codes(variable: Variable, book: Codebook) -> Iterator[Cells]:
    if variable.kind == "boolean":
        yield {variable.name: 2}
    elif variable.kind == "code":
        yield {variable.name: max((c.code for c in book.code_lists[variable.codes or ""]), default=0) + 1}


def _ranges(variable: Variable, book: Codebook) -> Iterator[Cells]:
    if variable.kind in ("integer", "number"):
        low, high = bounds(variable)
        step = 1 if variable.kind == "integer" else 0.5
        for value in (None if low is None else low - step, None if high is None else high + step):
            if value is not None and value != variable.unknown:
                yield {variable.name: value}


def _parents(variable: Variable, book: Codebook) -> Iterator[Cells]:
    if variable.kind == "code" and variable.parent:
        above = book.variables[variable.parent]
        others = [c.code for c in book.code_lists[above.codes or ""]]
        for code in book.code_lists[variable.codes or ""]:
            if code.parent is not None and (other := next((o for o in others if o != code.parent), None)) is not None:
                yield {variable.name: code.code, above.name: other}


def _labels(variable: Variable, book: Codebook) -> Iterator[Cells]:
    if variable.label_of:
        codes = list(book.code_list(variable.name))
        yield from ({variable.label_of: c.code, variable.name: f"{c.label} or not"} for c in codes[:3])


def _types(variable: Variable, book: Codebook) -> Iterator[Cells]:
    wrong: Mapping[str, Any] = {"text": 7, "label": 7, "date": "in spring", "boolean": "perhaps"}
    yield {variable.name: wrong.get(variable.kind, "three")}
