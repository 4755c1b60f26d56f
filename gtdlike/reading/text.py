"""Plain text and Markdown: one file, one article, with a `.json` of the same name for what a text cannot say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gtdlike.article import Article
from gtdlike.reading.base import MAX_BYTES, Unreadable, article_of, note, too_long
from gtdlike.reading.decode import decode

SUFFIXES = (".txt", ".md")


def read_text(path: Path) -> Iterator[Article | Unreadable]:
    """The one article of a text file."""
    origin = str(path)
    data = whole(path)
    text = data if isinstance(data, Unreadable) else decode(data, origin)
    if text == "":
        text = Unreadable(origin, "The file is empty", "Put the article's text into it, or leave the file out.")
    if isinstance(text, Unreadable):
        yield text
    else:
        yield article_of({**metadata(path), "text": text}, id=path.stem, origin=origin)


def whole(path: Path) -> bytes | Unreadable:
    """The bytes of a file, unless it is far too big for one article."""
    size = path.stat().st_size
    return too_long(str(path), f"{size:,} bytes") if size > MAX_BYTES else path.read_bytes()


def metadata(path: Path) -> dict[str, Any]:
    """The fields in the `.json` beside an article; a broken one is noted, and the article is read without it."""
    beside = path.with_suffix(".json")
    if not beside.is_file():
        return {}
    try:
        fields = json.loads(beside.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        note(str(beside), f"it is not JSON ({error}); {path.name} is read without it")
        return {}
    if not isinstance(fields, dict):
        note(str(beside), f"it holds no JSON object; {path.name} is read without it")
        return {}
    fields.pop("text", None)
    return fields
