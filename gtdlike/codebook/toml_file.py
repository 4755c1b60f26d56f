"""One TOML file of a codebook: what it says, and where in it each thing stands."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any, Final

from gtdlike.codebook.problem import CodebookProblem, Mistake

if TYPE_CHECKING:
    from gtdlike.codebook.lines import Outline, Span, Way

_PLACE_OF_ERROR: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class TomlFile:
    """A TOML file that was read. Raises Mistake where it cannot be."""

    def __init__(self, file: Traversable) -> None:
        self.name = str(file)
        try:
            self.text = file.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            raise self._mistake("The file is missing.", "Every codebook has one; write it.") from None
        except UnicodeDecodeError as error:
            raise self._mistake(f"It is not UTF-8: {error}.", "Save it as UTF-8.") from None
        try:
            self.content: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise self._not_toml(str(error)) from None

    @cached_property
    def outline(self) -> Outline:
        """Where its keys and values stand. Only asked for where there is something to tell."""
        from gtdlike.codebook.lines import Outline

        return Outline(self.text).read()

    def problem(
        self, way: Way, place: str, problem: str, remedy: str, *, value: bool = False, at: int | None = None
    ) -> CodebookProblem:
        """A problem with what stands at a way into the file: with its key or, if `value`, with its value.

        `at` is the number of the character of a text, from 0, that the problem is about.
        """
        span = self.outline.value(way) if value else self.outline.key(way)
        if at is not None and (start := self.outline.inside_text(way, at)) is not None:
            span = start, start + 1
        return self._at(span, place, problem, remedy)

    def _at(self, span: Span | None, place: str, problem: str, remedy: str) -> CodebookProblem:
        if span is None:
            return CodebookProblem(problem, self.name, place, remedy)
        from gtdlike.codebook.lines import line_and_column

        line, column = line_and_column(self.text, span[0])
        end_of_line = self.text.find("\n", span[0])
        end = span[1] if end_of_line < 0 else min(span[1], end_of_line)
        return CodebookProblem(problem, self.name, place, remedy, line, column, max(end - span[0], 1))

    def _mistake(self, problem: str, remedy: str) -> Mistake:
        return Mistake(CodebookProblem(problem, self.name, "", remedy))

    def _not_toml(self, message: str) -> Mistake:
        found = _PLACE_OF_ERROR.search(message)
        line, column = len(self.text.splitlines()) or 1, 1
        if found and found[1]:
            line, column = int(found[1]), int(found[2])
        problem = f"It is not TOML: {_PLACE_OF_ERROR.sub('', message)}."
        return Mistake(CodebookProblem(problem, self.name, "", "Correct it there, or above.", line, column))
