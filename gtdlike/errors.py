"""The errors of gtdlike: one tree, each with what is wrong, in which file, where in it, and what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from attrs import define


@define(eq=False)
class GtdlikeError(Exception):
    """The root of all errors that gtdlike raises on purpose.

    `problem` says what is wrong, `file` and `place` where (a line, a field, a variable), `remedy` what to do. An error
    of a subclass can be made with `problem` alone, and it survives pickling, so it comes back whole from a worker.
    """

    problem: str
    file: str | None = None
    place: str | None = None
    remedy: str | None = None

    def __str__(self) -> str:
        return describe(self.problem, self.file, self.place, self.remedy)


class CodebookError(GtdlikeError):
    """A codebook was not found, or its files cannot be used."""


class ReadError(GtdlikeError):
    """A file of articles, rows or a release cannot be read."""


class WriteError(GtdlikeError):
    """A file or release cannot be written."""


class RowError(GtdlikeError):
    """A row or an incident does not fit the codebook."""


class ValidationError(GtdlikeError):
    """Data were validated, and they have errors."""


class MissingExtraError(GtdlikeError):
    """An optional dependency is needed and not installed."""


def describe(problem: str, file: str | None = None, place: str | None = None, remedy: str | None = None) -> str:
    """One message from the parts of an error: `file: place: problem remedy`."""
    where = "".join(f"{part}: " for part in (file, place) if part)
    return f"{where}{problem}" + (f" {remedy}" if remedy else "")


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """`Did you mean 'x'?` for the nearest of the choices, by spelling and regardless of case; empty if none is near."""
    folded: dict[str, str] = {}
    for choice in choices:
        folded.setdefault(choice.casefold(), choice)
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f"Did you mean {folded[near[0]]!r}?" if near else ""


def remedy_for(word: str, choices: Iterable[str], otherwise: str) -> str:
    """What to do about a word that is not one of the choices: the nearest choice, or else the given advice."""
    return did_you_mean(word, list(choices)) or otherwise
