"""`gtdlike codebook check`: the mistakes of a codebook, as a compiler would tell them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from gtdlike.cli.console import warn
from gtdlike.cli.exitcodes import COULD_NOT_RUN, FINDINGS, FINE
from gtdlike.cli.github import data, property_
from gtdlike.cli.parameters import no_options

if TYPE_CHECKING:
    from gtdlike.codebook.check import Examination
    from gtdlike.codebook.problem import CodebookProblem

Paths = Annotated[list[str], Parameter(name="PATH", allow_leading_hyphen=True, validator=no_options)]
Format = Literal["text", "json", "github"]


def check(paths: Paths, /, *, format: Format = "text") -> int:
    """Check codebooks of one's own: each mistake with its file and line, what is wrong, and what to do about it.

    All of a codebook is checked: fields, code lists, names and paths; rules, which must be readable, fit their
    variables and hold for an empty row; and the examples of rules, which must pass every rule, or violate their own
    rule and no other. The examples are looked at once the rest is in order. A note is no mistake: it tells what goes
    with a variable that is taken out. The exit code is 0 where there is no mistake, 1 where there are some, and 2
    where there is no codebook.

    Examples:

        gtdlike codebook check drones/

        gtdlike codebook check drones.toml --format github

    Parameters
    ----------
    paths
        Folders with a `codebook.toml`, `.toml` files, or the names of built-in codebooks.
    format
        `text` for people; `json` for programs, one object a line for each mistake or note; `github` for annotations
        in a workflow of GitHub.
    """
    from gtdlike.codebook.check import examine
    from gtdlike.errors import CodebookError

    show = {"text": _as_text, "json": _as_json, "github": _as_github}[format]
    missing = 0
    mistakes = 0
    for path in paths:
        try:
            found = examine(path)
        except CodebookError as error:
            missing += 1
            warn(error)
            continue
        problems = [*found.problems, *_of_classes(found)]
        mistakes += len(problems)
        for problem in (*problems, *found.notes):
            show(problem)
        if format != "json":
            print(f"{path}: {_summary(found, len(problems))}")
    return COULD_NOT_RUN if missing else FINDINGS if mistakes else FINE


def _of_classes(found: Examination) -> Iterator[CodebookProblem]:
    """What keeps a codebook that is in order otherwise from having a typed class."""
    from gtdlike.codebook.locate import Item, Locator
    from gtdlike.errors import CodebookError
    from gtdlike.incident import incident_class

    if found.codebook is None or found.problems:
        return
    try:
        incident_class(found.codebook)
    except CodebookError as error:
        variable = str(error.place).removeprefix("variable ")
        item = Item("variable", variable, ("path",))
        yield Locator(found.codebook).problem(item, error.problem, error.remedy or "")


def _as_text(problem: CodebookProblem) -> None:
    words = " ".join(filter(None, (problem.problem, problem.remedy)))
    place = f"{problem.place}: " if problem.place else ""
    print(f"{problem.where}: {problem.severity}: {place}{words}")
    if problem.line is not None and (line := _line(problem.file, problem.line)) is not None:
        number = f"{problem.line:5} | "
        column = problem.column or 1
        # A tab is kept, so that the marks stand below what they are about however wide it is shown.
        indent = "".join("\t" if letter == "\t" else " " for letter in line[: column - 1])
        print(f"{number}{line}\n{' ' * (len(number) - 2)}| {indent}{'^' * problem.width}")


def _as_json(problem: CodebookProblem) -> None:
    keys = ("severity", "file", "line", "column", "place", "problem", "remedy")
    print(json.dumps({key: getattr(problem, key) for key in keys}, ensure_ascii=False))


def _as_github(problem: CodebookProblem) -> None:
    place: dict[str, Any] = {"file": problem.file, "line": problem.line, "col": problem.column, "title": problem.place}
    given = ",".join(f"{key}={property_(str(value))}" for key, value in place.items() if value)
    severity = "notice" if problem.severity == "note" else "error"
    print(f"::{severity} {given}::{data(f'{problem.problem} {problem.remedy}'.strip())}")


@cache
def _lines(file: str) -> list[str]:
    try:
        return Path(file).read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        return []


def _line(file: str, number: int) -> str | None:
    lines = _lines(file)
    return lines[number - 1] if 0 < number <= len(lines) else None


def _summary(found: Examination, mistakes: int) -> str:
    notes = f", {_count(len(found.notes), 'note')}" if found.notes else ""
    if mistakes:
        return f"{_count(mistakes, 'mistake')}{notes}."
    book = found.codebook
    if book is None:
        return "nothing could be read."
    counted: Iterable[tuple[int, str]] = (
        (len(book.variables), "variable"),
        (len(book.code_lists), "code list"),
        (len(book.rules) + len(book.dataset_rules), "rule"),
    )
    extends = f", extends {book.extends}" if book.extends else ""
    return f"no mistakes{notes} ({', '.join(_count(number, what) for number, what in counted)}{extends})."


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"
