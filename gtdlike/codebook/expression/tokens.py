"""The words, numbers, texts and signs that the text of a rule is made of."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen


class ExpressionError(Exception):
    """A rule that cannot be read: what is wrong, at which character of its text (from 0), and what to do."""

    def __init__(self, problem: str, at: int, remedy: str = "") -> None:
        super().__init__(problem, at, remedy)
        self.problem, self.at, self.remedy = problem, at, remedy

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}".rstrip()


@frozen
class Token:
    """One of them: what it is, its text, and where it begins."""

    kind: str
    text: str
    at: int

    @property
    def word(self) -> str:
        """The word in capitals if it is one, otherwise the text as it is."""
        return self.text.upper() if self.kind == "word" else self.text


_TOKEN: Final = re.compile(
    r"(?P<space>\s+)|(?P<number>\d+(?:\.\d+)?)|(?P<text>'(?:[^']|'')*')|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<sign><>|!=|<=|>=|[=<>+\-*/%(),])"
)


def tokens(text: str) -> list[Token]:
    """The tokens of a rule, without the spaces between them. Raises ExpressionError."""
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            if text[at] == "'":
                raise ExpressionError("A text is not closed.", at, "Write a single quote after it.")
            if text[at] == '"':
                raise ExpressionError("Double quotes are not used.", at, "Put texts into single quotes.")
            raise ExpressionError(f"{text[at]!r} is not expected.", at, "Take it out.")
        if match.lastgroup != "space":
            found.append(Token(str(match.lastgroup), match[0], at))
        at = match.end()
    return found
