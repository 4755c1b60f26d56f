"""What is wrong with a codebook, told as a compiler would: in which file, on which line, what, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from attrs import define, field, frozen

from gtdlike.errors import CodebookError, describe


@frozen
class CodebookProblem:
    """One thing that is wrong with a codebook: in which of its files, where in it, and what to do about it.

    `line` and `column` count from 1, and `width` is how many characters from there it is about; `line` is None where a
    codebook was not read from files. `place` says the same in words: "variable nkill". A `note` is nothing wrong: it
    tells what follows from something that stands there.
    """

    problem: str
    file: str
    place: str = ""
    remedy: str = ""
    line: int | None = None
    column: int | None = None
    width: int = 1
    severity: Literal["error", "note"] = "error"

    @property
    def where(self) -> str:
        """`file:line:column`, as far as it is known."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)

    def __str__(self) -> str:
        return describe(self.problem, self.where, self.place, self.remedy)

    def as_error(self, more: int = 0) -> CodebookError:
        """The problem as an exception, which says how many more there are."""
        place = ", ".join(filter(None, (f"line {self.line}" if self.line is not None else "", self.place)))
        told = f" (And {more} more.)" if more else ""
        also = "`gtdlike codebook check` lists all that is wrong." if more else ""
        return CodebookError(self.problem + told, self.file, place, " ".join(filter(None, (self.remedy, also))))


Tell = Callable[[CodebookProblem], None]
"""Whom a problem is told to. Reading goes on after it, so that all of them are told."""


class Mistake(Exception):
    """A problem after which the thing that is being read cannot be read on."""

    def __init__(self, problem: CodebookProblem) -> None:
        super().__init__(problem)
        self.problem = problem


@define
class Findings:
    """All that was found while a codebook was read."""

    problems: list[CodebookProblem] = field(factory=list)
    notes: list[CodebookProblem] = field(factory=list)
    told: set[tuple[str, str, str]] = field(factory=set)
    """The kinds, names and fields of what was told to be wrong. What else is wrong there may only follow from that."""

    def tell(self, problem: CodebookProblem) -> None:
        """Add a problem."""
        self.problems.append(problem)
