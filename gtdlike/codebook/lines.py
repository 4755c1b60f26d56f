"""Where in a text of TOML each key and each value stands, which `tomllib` does not tell.

The text has been read by `tomllib` before, so it is known to be TOML, and only its outline is followed here. A way such
as `("variable", 3, "minimum")` leads through tables, arrays and inline tables, as in what `tomllib` gives.
"""

from __future__ import annotations

import re
import tomllib
from typing import Final

from attrs import define, field

Way = tuple[str | int, ...]
Span = tuple[int, int]
"""Where something begins and where it ends, as places in the text."""

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE: Final = re.compile(r"[ \t]*")
_STRING: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})' r"|'''.*?'''(?:'{0,2})" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'", re.DOTALL
)
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_OTHER: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\]}#]+")  # a date may hold one space
_ESCAPE: Final = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|[ \t]*\n\s*|.)", re.DOTALL)


@define
class Outline:
    """The places of the keys and of the values of one text. A table's header counts as the key of the table."""

    text: str
    keys: dict[Way, Span] = field(factory=dict)
    values: dict[Way, Span] = field(factory=dict)
    _at: int = 0
    _lengths: dict[Way, int] = field(factory=dict)
    """How many tables each array of tables has so far."""

    # Reading

    def read(self) -> Outline:
        """Follow the whole text."""
        table: Way = ()
        while self._skip(_BLANK) < len(self.text):
            if self.text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
        return self

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self.text, self._at)
        assert found is not None, "The text is not TOML."
        self._at = found.end()
        return self._at

    def _header(self) -> Way:
        start, array = self._at, self.text.startswith("[[", self._at)
        self._at += 1 + array
        names = self._dotted()
        self._at += 1 + array
        way: Way = ()
        for number, name in enumerate(names, 1):
            way = (*way, name)
            if number == len(names) and array:
                self._lengths[way] = self._lengths.get(way, 0) + 1
            self.keys.setdefault(way, (start, self._at))
            if way in self._lengths:
                way = (*way, self._lengths[way] - 1)
                self.keys.setdefault(way, (start, self._at))
        self.keys[way] = start, self._at
        return way

    def _pair(self, table: Way) -> None:
        start = self._at
        way = table
        for name in self._dotted():
            way = (*way, name)
            self.keys.setdefault(way, (start, self._at))
        self.keys[way] = start, len(self.text[: self._at].rstrip(" \t"))
        self._at += 1  # the sign =
        self._skip(_SPACE)
        self._value(way)

    def _dotted(self) -> list[str]:
        """The names of a key, with the space that is around them."""
        names: list[str] = []
        while True:
            self._skip(_SPACE)
            start = self._at
            if self.text[start] in "\"'":
                self._skip(_STRING)
                names.append(tomllib.loads(f"x = {self.text[start : self._at]}")["x"])
            else:
                self._skip(_BARE)
                names.append(self.text[start : self._at])
            self._skip(_SPACE)
            if self.text[self._at] != ".":
                return names
            self._at += 1

    def _value(self, way: Way) -> None:
        start = self._at
        match self.text[start]:
            case "[":
                self._inside("]", way, array=True)
            case "{":
                self._inside("}", way, array=False)
            case '"' | "'":
                self._skip(_STRING)
            case _:
                self._skip(_OTHER)
        self.values[way] = start, self._at

    def _inside(self, end: str, way: Way, *, array: bool) -> None:
        self._at += 1
        number = 0
        while self.text[self._skip(_BLANK)] != end:
            if self.text[self._at] == ",":
                self._at += 1
            elif array:
                self._value((*way, number))
                number += 1
            else:
                self._pair(way)
        self._at += 1

    # Asking

    def key(self, way: Way) -> Span | None:
        """Where the key of a way stands: the name, the header of a table, or the element of an array."""
        return self.keys.get(way) or self.values.get(way)

    def value(self, way: Way) -> Span | None:
        """Where the value of a way stands; of a table, its header."""
        return self.values.get(way) or self.keys.get(way)

    def inside_text(self, way: Way, at: int) -> int | None:
        """Where the character number `at` (from 0) of a text stands that is written as a string there."""
        if way not in self.values:
            return None
        start, end = self.values[way]
        quote = self.text[start]
        if quote not in "\"'":
            return None
        marks = 3 if self.text.startswith(quote * 3, start) else 1
        place, end = start + marks, end - marks
        if marks == 3 and self.text[place] == "\n":
            place += 1
        while place < end:
            escape = _ESCAPE.match(self.text, place) if quote == '"' else None
            nothing = escape is not None and escape[0][1:2] in (
                " ",
                "\t",
                "\n",
            )  # the end of a line that is passed over
            if at == 0 and not nothing:
                break
            at -= not nothing
            place = escape.end() if escape else place + 1
        return place


def line_and_column(text: str, place: int) -> tuple[int, int]:
    """The line and the column of a place in a text, both counted from 1."""
    before = text[:place]
    return before.count("\n") + 1, place - (before.rfind("\n") + 1) + 1
