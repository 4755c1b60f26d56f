"""What the user gives - files, folders, patterns or `-` - to the files, in a fixed order, and their articles."""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final, cast

from attrs import evolve

from gtdlike.article import Article
from gtdlike.errors import did_you_mean
from gtdlike.reading import html, jsonl, table, text
from gtdlike.reading.base import MAX_BYTES, Unreadable, article_of, note, too_long
from gtdlike.reading.decode import decode

Reader = Callable[[Path], Iterator[Article | Unreadable]]

READERS: Final[dict[str, Reader]] = {
    **dict.fromkeys(text.SUFFIXES, text.read_text),
    **dict.fromkeys(html.SUFFIXES, html.read_html),
    **dict.fromkeys(jsonl.SUFFIXES, jsonl.read_jsonl),
    **dict.fromkeys(table.CSV_SUFFIXES, table.read_csv),
    **dict.fromkeys(table.PARQUET_SUFFIXES, table.read_parquet),
}
WITH_METADATA: Final = (*text.SUFFIXES, *html.SUFFIXES)

# What a folder of articles holds besides articles. A file that is named itself is always read.
NO_ARTICLES: Final = (
    "readme*",
    "license*",
    "changelog*",
    "notice*",
    "codings*.jsonl",
    "incidents*.csv",
    "decisions*.csv",
    ".*",
)
# A folder with this file is one of our releases, not articles.
RELEASE: Final = "manifest.json"


def read(inputs: Iterable[str | Path]) -> Iterator[Article | Unreadable]:
    """Read articles, one at a time, from files, folders, patterns or `-` (standard input).

    Whatever cannot be read comes out in its place as an `Unreadable`; nothing is raised, and the rest is read. Ids are
    unique in the end: a second article of the same id gets `-2` and so on, with a `ReadingWarning`.
    """
    if isinstance(inputs, (str, Path)):
        inputs = [inputs]
    taken: set[str] = set()
    for item in _items(inputs):
        if isinstance(item, Article):
            if item.id in taken:
                number = 2
                while f"{item.id}-{number}" in taken:
                    number += 1
                note(item.id, f"another article has this id too; this one becomes {item.id}-{number}")
                item = evolve(item, id=f"{item.id}-{number}")
            taken.add(item.id)
        yield item


def _items(inputs: Iterable[str | Path]) -> Iterator[Article | Unreadable]:
    seen: set[Path] = set()
    for given in inputs:
        if str(given) == "-":
            yield from _stdin()
            continue
        for path in _files(given):
            if isinstance(path, Unreadable):
                yield path
                continue
            real = path.resolve()
            if real in seen:
                note(str(path), "it is given more than once and read once")
                continue
            seen.add(real)
            yield from _articles(path)


def _articles(path: Path) -> Iterator[Article | Unreadable]:
    """The articles of one file, by its suffix."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        what = f"Files of the kind {path.suffix!r} are not read" if path.suffix else "The file has no suffix"
        yield Unreadable(str(path), what, f"Convert it to one of {', '.join(READERS)}, or leave it out.")
        return
    try:
        yield from reader(path)
    except FileNotFoundError:
        reason = "It is a link to nothing" if path.is_symlink() else "The file was there a moment ago and is gone"
        yield Unreadable(str(path), reason, "Build again when the files stay where they are.")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield Unreadable(str(path), f"The file cannot be opened ({reason})", "Check that it is a file you may read.")


def _files(given: str | Path) -> Iterator[Path | Unreadable]:
    """The files of one input, sorted."""
    path = Path(given)
    if path.is_dir():
        yield from _folder(path)
    elif path.exists():
        yield path
    elif glob.has_magic(str(given)):
        found = sorted(Path(name) for name in glob.glob(str(given), recursive=True))
        if not found:
            yield Unreadable(str(given), "No file matches this pattern", "Check the pattern and the current folder.")
        for match in found:
            if match.is_file():
                yield match
            elif "**" not in str(given):
                yield from _folder(match)
    elif "://" in str(given):
        yield Unreadable(
            str(given), "gtdlike reads nothing from the network", "Save the page as an .html file and give that."
        )
    else:
        names = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
        guess = did_you_mean(path.name, sorted(names)) or "Check the path and the current folder."
        yield Unreadable(str(given), "There is no such file or folder", guess)


def _folder(folder: Path) -> Iterator[Path | Unreadable]:
    """The articles' files of a folder and those below it, in sorted order."""
    errors: list[OSError] = []
    found = False
    for here, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not (Path(here) / name / RELEASE).is_file()
        )
        stems = {Path(name).stem for name in names if Path(name).suffix.lower() in WITH_METADATA}
        for name in sorted(names):
            if any(fnmatch(name.casefold(), pattern) for pattern in NO_ARTICLES):
                continue
            path = Path(here) / name
            if path.suffix.lower() == ".json" and path.stem in stems:
                continue
            found = True
            yield path
    for error in errors:
        yield Unreadable(
            str(error.filename), f"The folder cannot be opened ({error.strerror})", "Check its permissions."
        )
    if not found and not errors:
        yield Unreadable(
            str(folder), "There is no article in this folder", f"Put files of these kinds there: {', '.join(READERS)}."
        )


def _stdin() -> Iterator[Article | Unreadable]:
    """Standard input: JSON Lines if it begins with `{`, otherwise the text of one article."""
    stream: io.BufferedReader[Any] = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer))
    try:
        if stream.peek().lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            yield from jsonl.read_records(stream, "-", "stdin")
            return
        data = stream.read(MAX_BYTES + 1)
    finally:
        # Without this, standard input would be closed with the reader around it.
        stream.detach()
    if len(data) > MAX_BYTES:
        yield too_long("-", f"more than {MAX_BYTES:,} bytes")
        return
    told = decode(data, "-")
    yield told if isinstance(told, Unreadable) else article_of({"text": told}, id="stdin", origin="-")
