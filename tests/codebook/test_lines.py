"""Every key and every value of a text of TOML is found where it stands."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtdlike.codebook.lines import Outline, Way, line_and_column

TEXT = '''# A comment with = and [[variable]] in it
title = "A \\"quoted\\" # title"   # and one after it
"quoted key" . 'and more' = 'C:\\path'
when = 1979-05-27 07:32:00

[sections]
place = """Where,
[[variable]]
and "more""""
day = \'\'\'
name = "no"\'\'\'

[[variable]]
name = "a"
codes = [
    1, # the first
    [2, "]"],
    {x = "}", y.z = [3]},
]

  [[variable]]
  name = "b"
  [variable.extra]
  deep = {}
  [[variable.list]]
  [[variable.list]]
  last = true
'''


def ways(found: Any, way: Way = ()) -> Iterator[tuple[Way, Any]]:
    """All the ways into what tomllib gives, each with what stands there."""
    if way:
        yield way, found
    items = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for name, inner in items:
        yield from ways(inner, (*way, name))


def agrees_with_tomllib(text: str) -> None:
    outline = Outline(text).read()
    found = dict(ways(tomllib.loads(text)))
    assert set(outline.keys) | set(outline.values) == set(found)
    for way, (start, end) in outline.values.items():
        assert tomllib.loads(f"x = {text[start:end]}")["x"] == found[way]
    for way, (start, end) in outline.keys.items():
        # A key is written in front of a value, a header in brackets. The last name of the way is in both.
        name = next(step for step in reversed(way) if isinstance(step, str))
        written = text[start:end]
        alone = ways(tomllib.loads(written if written.startswith("[") else f"{written} = 0"))
        assert name in {step for inner, _ in alone for step in inner}


def test_the_outline_is_that_of_tomllib() -> None:
    agrees_with_tomllib(TEXT)


@pytest.mark.parametrize(
    ("way", "line", "column", "written"),
    [
        (("title",), 2, 1, "title"),
        (("quoted key", "and more"), 3, 1, "\"quoted key\" . 'and more'"),
        (("sections",), 6, 1, "[sections]"),
        (("sections", "day"), 10, 1, "day"),
        (("variable", 0), 13, 1, "[[variable]]"),
        (("variable", 0, "codes"), 15, 1, "codes"),
        (("variable", 0, "codes", 1, 1), 17, 9, '"]"'),
        (("variable", 0, "codes", 2, "y", "z"), 18, 15, "y.z"),
        (("variable", 1), 21, 3, "[[variable]]"),
        (("variable", 1, "extra", "deep"), 24, 3, "deep"),
        (("variable", 1, "list", 1, "last"), 27, 3, "last"),
    ],
)
def test_places(way: Way, line: int, column: int, written: str) -> None:
    start, end = Outline(TEXT).read().key(way) or (0, 0)
    assert (*line_and_column(TEXT, start), TEXT[start:end]) == (line, column, written)


names = st.text("ab-_ .\"'#=[]é", max_size=4)
scalars = (
    st.integers(-(10**6), 10**6)
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates(dt.date(1000, 1, 1))
    | st.datetimes(dt.datetime(1000, 1, 1))
    | st.text("ab\"'\\#=[]{},\n\té", max_size=8)
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3), max_leaves=8
)


def basic(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\u0009")
    return f'"{escaped}"'


class Writer:
    """Writes TOML in all the ways in which the same thing can be written, as Hypothesis chooses."""

    def __init__(self, data: st.DataObject) -> None:
        self.draw = data.draw

    def one_of(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def gap(self) -> str:
        return self.one_of("", " ", "\n", " # a = [\n", "\n\n  ")

    def key(self, name: str) -> str:
        bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
        written = [basic(name)] + ([name] if bare else []) + ([f"'{name}'"] if "'" not in name else [])
        return self.one_of(*written)

    def text(self, text: str) -> str:
        ways = [basic(text)]
        if not {"'", "\n"} & set(text):
            ways.append(f"'{text}'")
        if "'" not in text:
            ways.append(f"'''{self.one_of(chr(10), '') if not text.startswith(chr(10)) else chr(10)}{text}'''")
        escaped = text.replace("\\", "\\\\").replace('""', '"\\"')
        begin = "\n" if text.startswith("\n") else self.one_of("\n", "")
        ways.append(f'"""{begin}{self.one_of("", chr(92) + chr(10) + "  ") if text[:1].isalpha() else ""}{escaped}"""')
        return self.one_of(*ways)

    def value(self, value: Any) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return "[" + self.gap() + "".join(f"{self.value(v)}{self.gap()},{self.gap()}" for v in value) + "]"
        if isinstance(value, dict):
            return "{" + " , ".join(f"{self.key(k)} = {self.value(v)}" for k, v in value.items()) + "}"
        if isinstance(value, dt.datetime):
            return value.isoformat(sep=self.one_of(" ", "T"))
        return value.isoformat() if isinstance(value, dt.date) else repr(value)

    def lines(self, table: dict[str, Any]) -> str:
        end = " # [[b]] = '\n"
        return "".join(f"{self.key(k)} = {self.value(v)}{self.one_of(chr(10), end)}{self.gap().strip(' ')}\n"
                       for k, v in table.items())  # fmt: skip


tables = st.dictionaries(names, values, max_size=3)


@given(tables, st.dictionaries(names, tables | st.lists(tables, min_size=1, max_size=3), max_size=3), st.data())
def test_whatever_is_written_is_found(top: dict[str, Any], below: dict[str, Any], data: st.DataObject) -> None:
    writer = Writer(data)
    parts = [writer.lines(top)]
    for name, content in below.items():
        if name in top:
            continue
        many = isinstance(content, list)
        for table in content if many else [content]:
            header = f"[[ {writer.key(name)} ]]" if many else f"[{writer.key(name)}]"
            parts.append(f"{writer.one_of('', '  ')}{header} # x = '\n{writer.lines(table)}")
    agrees_with_tomllib("".join(parts))


@given(st.text("ab\"'\\#\n\té", min_size=1, max_size=12), st.data())
def test_each_character_of_a_text_is_found(text: str, data: st.DataObject) -> None:
    written = f"x = 1\ny = {Writer(data).text(text)}\n"
    outline = Outline(written).read()
    assert tomllib.loads(written)["y"] == text
    for at, letter in enumerate(text):
        place = outline.inside_text(("y",), at)
        assert place is not None
        assert written[place] in (letter, "\\")
    assert outline.inside_text(("x",), 0) is None
