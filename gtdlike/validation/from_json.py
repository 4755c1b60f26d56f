"""Chunks of JSON lines and of a JSON array."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import IO, Any

from gtdlike.codebook.model import Codebook
from gtdlike.errors import ReadError
from gtdlike.rowmap import EXTRA_COLUMNS
from gtdlike.validation.chunk import Broken, Chunk, Source, ahead
from gtdlike.validation.encoding import Utf8
from gtdlike.validation.from_rows import chunk_of_rows, chunks_of_rows

_BLOCK = 16 << 20
_REMEDY = "For one row a line, name the file .jsonl."


def open_json(file: IO[bytes], origin: str, codebook: Codebook) -> Source:
    """The source for JSON: an array of rows, one row, or an object that holds such an array among other things."""
    text = Utf8(file)
    data = text.read()
    if not data.strip():
        raise ReadError("This is not JSON: it is empty.", origin, remedy="Write an array of rows, be it [].")
    try:
        rows = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"This is not JSON: {error}.", origin, remedy=_REMEDY) from None
    return Source(None, chunks_of_rows(iter(_rows(rows, codebook)), None), origin, text.notes)


def _rows(data: Any, codebook: Codebook) -> list[Any]:
    if isinstance(data, list):
        return data
    if isinstance(data, dict) and not any(name in codebook.variables or name in EXTRA_COLUMNS for name in data):
        # {"incidents": [...]}, as programs of the web write it.
        lists = [held for held in data.values() if isinstance(held, list) and all(isinstance(r, dict) for r in held)]
        if len(lists) == 1:
            return lists[0]
    return [data]


def open_lines(file: IO[bytes], origin: str, codebook: Codebook, *, whole: bool = False) -> Source:
    """The source for JSON lines. A line that is no JSON costs itself; empty lines do not count.

    `whole` keeps what stands beside the codebook's columns. One value over many lines is read as JSON, and so is one
    that is the only line.
    """
    text = Utf8(file)
    blocks = _blocks(text)
    first = next(blocks, b"")
    line = first.lstrip().partition(b"\n")[0].strip()
    if line in (b"{", b"[") or (line and line == first.strip()):
        first += b"".join(blocks)
        if (rows := _rows_of_whole(first, codebook)) is not None:
            return Source(None, chunks_of_rows(iter(rows), None), origin, text.notes)
    return Source(None, ahead(_chunks(chain([first], blocks), whole)), origin, text.notes)


def _rows_of_whole(data: bytes, codebook: Codebook) -> list[Any] | None:
    """The rows of one JSON value; None where it is none, so that each of its lines is to be told."""
    try:
        return _rows(json.loads(data), codebook)
    except (ValueError, RecursionError):
        return None


def _blocks(file: Utf8) -> Iterator[bytes]:
    """The file in pieces that end where a line does."""
    parts: list[bytes] = []
    while block := file.read(_BLOCK):
        end = block.rfind(b"\n") + 1
        if end:
            yield b"".join([*parts, block[:end]])
            parts = []
        if end < len(block):
            parts.append(block[end:])
    if parts:
        yield b"".join(parts)


def _chunks(blocks: Iterable[bytes], whole: bool) -> Iterator[Chunk]:
    number = 1
    for block in blocks:
        lines = list(filter(bytes.strip, block.split(b"\n")))
        yield _chunk(lines, number, whole)
        number += len(lines)


def _chunk(lines: Sequence[bytes], first: int, whole: bool) -> Chunk:
    """The rows of lines, and the lines that are no JSON."""
    numbered: list[tuple[int, Any]] = []
    broken: list[Broken] = []
    for number, line in enumerate(lines, first):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            told = line[:200].decode("utf-8", "replace").strip()
            # One line is one row: where in it, and not on which line of the row.
            why = f"{error.msg}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else error
            message = f"The line is not JSON: {why}."
            broken.append(Broken(number, told, message, "Write one JSON object a line, in UTF-8."))
            continue
        if isinstance(row, dict) and not whole:
            # They are not checked, and the evidence of a row is many times as large as the row itself.
            for name in EXTRA_COLUMNS:
                row.pop(name, None)
        numbered.append((number, row))
    return chunk_of_rows(numbered, None, broken)
