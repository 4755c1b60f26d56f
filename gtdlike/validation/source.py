"""What can be validated, as a stream of chunks of columns: files, tables of several libraries, rows and incidents."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import IO, Any

from gtdlike.codebook.model import Codebook
from gtdlike.errors import ReadError, did_you_mean
from gtdlike.incident import Incident
from gtdlike.validation.chunk import Source
from gtdlike.validation.from_csv import open_csv
from gtdlike.validation.from_rows import chunks_of_lines, chunks_of_rows, read_json
from gtdlike.validation.from_tables import parquet_source, table_source

_SUFFIXES = (".csv", ".parquet", ".jsonl", ".json")


def open_source(data: Any, codebook: Codebook) -> Source:
    """The source for a path, an open binary file, a table, or rows. Raises ReadError for what cannot be read."""
    if isinstance(data, str | Path):
        return _file(Path(data))
    if hasattr(data, "read"):
        return stream(data)
    if (table := table_source(data)) is not None:
        return table
    if isinstance(data, Mapping | Incident):
        data = [data]
    if isinstance(data, Iterable):
        return Source(None, chunks_of_rows(iter(data), codebook))
    kinds = "a path, a table of Arrow, Polars or pandas, or rows or incidents"
    raise ReadError(f"A {type(data).__name__} cannot be validated.", remedy=f"Give {kinds}.")


def stream(file: IO[bytes], origin: str = "standard input") -> Source:
    """The source for an open binary file: JSON or JSONL if it starts with a brace or a bracket, CSV otherwise."""
    head = b""
    while not head.strip(b"\xef\xbb\xbf \t\r\n") and (more := file.read(1)):
        head += more
    whole = io.BufferedReader(_Joined(head, file))
    start = head.strip(b"\xef\xbb\xbf \t\r\n")
    if start == b"[":
        return Source(None, chunks_of_rows(iter(read_json(whole, origin)), None), origin)
    return Source(None, chunks_of_lines(whole), origin) if start == b"{" else _csv(whole, origin)


class _Joined(io.RawIOBase):
    """A file that begins with bytes that were read from it already."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self.head, self.rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        room = len(buffer)
        data, self.head = (self.head[:room], self.head[room:]) if self.head else (self.rest.read(room), b"")
        buffer[: len(data)] = data
        return len(data)


def _file(path: Path) -> Source:
    suffix, origin = path.suffix.lower(), str(path)
    if path.is_dir():
        held = next((path / name for name in ("incidents.parquet", "incidents.csv") if (path / name).is_file()), None)
        remedy = f"Give its rows: {held}." if held else f"Give the files in it that end in {', '.join(_SUFFIXES)}."
        raise ReadError("It is a folder.", origin, remedy=remedy)
    if suffix not in _SUFFIXES:
        near = did_you_mean(suffix, _SUFFIXES)
        remedy = f"Give a file that ends in {', '.join(_SUFFIXES)}. {near}".rstrip()
        raise ReadError(f"Rows are not read from {suffix or 'a file without an ending'}.", origin, remedy=remedy)
    try:
        if suffix == ".parquet":
            return parquet_source(path)
        file = path.open("rb")
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadError(f"{reason}.", origin, remedy="Check the name of the file and your right to read it.") from None
    if suffix == ".csv":
        return _csv(file, origin)
    if suffix == ".json":
        with file:
            return Source(None, chunks_of_rows(iter(read_json(file, origin)), None), origin)
    return Source(None, chunks_of_lines(file), origin)


def _csv(file: IO[bytes], origin: str) -> Source:
    names, chunks = open_csv(file, origin)
    first = next(chunks, None)
    return Source(names, chain([] if first is None else [first], chunks), origin)
