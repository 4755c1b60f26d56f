"""JSON Lines: one record a line, read one line at a time."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gtdlike.article import Article
from gtdlike.reading.base import MAX_BYTES, Unreadable, article_of, note_unread, too_long
from gtdlike.reading.decode import lines

SUFFIXES = (".jsonl", ".ndjson")


def read_jsonl(path: Path) -> Iterator[Article | Unreadable]:
    """The articles of a file; a broken line costs only itself."""
    with path.open("rb") as stream:
        yield from read_records(stream, str(path), path.stem)


def read_records(stream: io.BufferedReader[Any], origin: str, stem: str) -> Iterator[Article | Unreadable]:
    """The articles of an open stream; `stem` and the number of the line name those without an id."""
    first = True
    empty = True
    for number, line in lines(stream, origin):
        here = f"{origin}:{number}"
        if line is None:
            yield too_long(here, f"a line of more than {MAX_BYTES:,} bytes")
            empty = False
            continue
        if not line.strip():
            continue
        empty = False
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            yield Unreadable(
                here, f"The line is not JSON ({error.msg}, column {error.colno})", "Write one JSON object a line."
            )
            continue
        except RecursionError:
            yield Unreadable(here, "The JSON is nested too deeply", "Write one flat JSON object a line.")
            continue
        except ValueError as error:
            yield Unreadable(here, f"The line is not JSON ({error})", "Write one JSON object a line.")
            continue
        if not isinstance(record, dict):
            yield Unreadable(here, "The line holds no JSON object", 'Write one object a line: {"text": "..."}.')
            continue
        if first:
            note_unread(here, record)
            first = False
        yield article_of(record, id=f"{stem}:{number}", origin=here)
    if empty:
        yield Unreadable(origin, "The file is empty", "Write one JSON object a line.")
