"""Checking a codebook as a whole: what its files say of each other must fit together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import frozen

from gtdlike.codebook.check_lists import list_findings, name_findings
from gtdlike.codebook.check_paths import path_findings
from gtdlike.codebook.check_variables import variable_findings
from gtdlike.codebook.locate import Finding, Item, Locator
from gtdlike.codebook.model import Codebook
from gtdlike.codebook.problem import CodebookProblem, Findings


@frozen
class Examination:
    """All that there is to say of a codebook: its problems, and notes on what follows from what it says."""

    codebook: Codebook | None
    """None where too little of it can be read."""
    problems: list[CodebookProblem]
    notes: list[CodebookProblem]


def check_codebook(codebook: Codebook | str | Path) -> list[CodebookProblem]:
    """All that is wrong with a codebook, or with that of a name or a path; an empty list if nothing is."""
    return problems_of(codebook) if isinstance(codebook, Codebook) else examine(codebook).problems


def examine(name_or_path: str | Path) -> Examination:
    """The codebook of a name or a path, with all that is wrong with it. Raises CodebookError where there is none."""
    from gtdlike.codebook.load import built_in_codebooks, find_codebook, load_codebook, read_codebook

    if name_or_path in built_in_codebooks():
        codebook = load_codebook(name_or_path)
        return Examination(codebook, problems_of(codebook), [])
    findings = Findings()
    found = read_codebook(find_codebook(name_or_path), findings)
    problems = list(findings.problems)
    if found is not None:
        problems += problems_of(found, findings)
    problems.sort(key=lambda problem: (problem.file, problem.line or 0, problem.column or 0))
    return Examination(found, problems, findings.notes)


def problems_of(codebook: Codebook, read: Findings | None = None) -> list[CodebookProblem]:
    """What does not fit together in a codebook.

    `read` is what was found while it was read: what may only follow from that is not told again. In the same way the
    rules are judged where their variables are in order, and their examples where all the rest is.
    """
    from gtdlike.codebook.check_examples import example_findings
    from gtdlike.codebook.check_rules import rule_findings

    read, locator = read or Findings(), Locator(codebook)
    found = [f for f in _structure(codebook) if not _follows(f[0], read.told)]
    wrong = {(kind, name) for kind, name, _ in read.told} | {(item.kind, item.name) for item, *_ in found}
    found += [f for f in rule_findings(codebook, wrong, locator.own) if not _follows(f[0], read.told)]
    if not found and not read.problems:
        found += example_findings(codebook, locator.own)
    return [locator.problem(*finding) for finding in found]


# Whether the unknown code is an answer as well is a question of these.
_RESTS_ON: Final = {"unknown": ("minimum", "maximum", "codes"), "maximum": ("minimum",)}


def _follows(item: Item, told: set[tuple[str, str, str]]) -> bool:
    """Whether what is wrong with an item may only follow from what was told of the same field, or of its kind."""
    field = str(item.way[0]) if item.way else ""
    return any((item.kind, item.name, key) in told for key in (field, "kind", *_RESTS_ON.get(field, ())))


def _structure(codebook: Codebook) -> Iterator[Finding]:
    for name, description in codebook.sections.items():
        if not description.strip():
            yield Item("sections", name), "The description is empty.", "Say what it is."
    of_variables = list(variable_findings(codebook))
    yield from of_variables
    # A path is by default the name, and then no better than that.
    misnamed = {item.name for item, *_ in of_variables if item.way == ("name",)}
    yield from (finding for finding in path_findings(codebook) if finding[0].name not in misnamed)
    yield from list_findings(codebook)
    yield from name_findings(codebook)
