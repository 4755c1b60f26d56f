"""Chunks of JSON lines and of a JSON array: quickly where all is regular, line by line where it is not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import IO, Any

from gtdlike.codebook.model import Codebook, Kind
from gtdlike.errors import ReadError
from gtdlike.rowmap import EXTRA_COLUMNS
from gtdlike.validation.chunk import Broken, Chunk, Source, ahead
from gtdlike.validation.encoding import Utf8
from gtdlike.validation.from_rows import chunk_of_rows, chunks_of_rows

_BLOCK = 16 << 20
# So many lines are looked at for what type each column has in this file, be it numbers written as text.
_SAMPLE = 100
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
    if isinstance(data, dict) and not any(name in codebook.variables for name in data):
        # {"incidents": [...]}, as programs of the web write it.
        lists = [held for held in data.values() if isinstance(held, list) and all(isinstance(r, dict) for r in held)]
        if len(lists) == 1:
            return lists[0]
    return [data]


def open_lines(file: IO[bytes], origin: str, codebook: Codebook) -> Source:
    """The source for JSON lines. A line that is no JSON costs itself; empty lines do not count.

    One value over many lines is read as JSON, and so is one that is the only line.
    """
    text = Utf8(file)
    blocks = _blocks(text)
    first = next(blocks, b"")
    line = first.lstrip().partition(b"\n")[0].strip()
    if line in (b"{", b"[") or (line and line == first.strip()):
        first += b"".join(blocks)
        try:
            rows = _rows(json.loads(first), codebook)
        except (ValueError, RecursionError):
            pass  # Each of its lines is told.
        else:
            return Source(None, chunks_of_rows(iter(rows), None), origin, text.notes)
    return Source(None, ahead(_chunks(first, blocks, codebook)), origin, text.notes)


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


def _chunks(first: bytes, blocks: Iterator[bytes], codebook: Codebook) -> Iterator[Chunk]:
    types = types_of(first, codebook)
    number = 1
    for block in chain([first], blocks):
        lines = sum(map(bool, map(bytes.strip, block.split(b"\n"))))
        yield quick_chunk(block, number, lines, types) or slow_chunk(block, number)
        number += lines


def types_of(block: bytes, codebook: Codebook) -> dict[str, Any]:
    """The Arrow type of each variable in this file: that of the cells in the first lines, or else of its kind."""
    import pyarrow as pa

    types = {name: _ARROW[variable.kind] for name, variable in codebook.variables.items()}
    seen: dict[str, set[type]] = {}
    for line in block.split(b"\n", _SAMPLE)[:_SAMPLE]:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        for name, cell in row.items() if isinstance(row, dict) else ():
            seen.setdefault(name, set()).add(type(cell))
    for name, kinds in seen.items():
        if name in types and (found := kinds - {type(None)}):
            types[name] = "double" if float in found else _SEEN.get(found.pop(), "string")
    return {name: getattr(pa, "float64" if kind == "double" else kind)() for name, kind in types.items()}


# What a variable is taken for until a cell is seen, and what a cell is.
_ARROW: Mapping[Kind, str] = {
    "integer": "int64", "code": "int64", "boolean": "int64", "number": "double",
    "text": "string", "label": "string", "date": "string",
}  # fmt: skip
_SEEN: Mapping[type, str] = {int: "int64", str: "string", bool: "bool_"}


def quick_chunk(block: bytes, number: int, lines: int, types: Mapping[str, Any]) -> Chunk | None:
    """The rows of a block in which each line is an object and each column of its type; None where that is not so."""
    import polars as pl
    import pyarrow as pa
    import pyarrow.json as pj

    try:
        table = pj.read_json(
            pa.BufferReader(block),
            read_options=pj.ReadOptions(block_size=_BLOCK),
            parse_options=pj.ParseOptions(explicit_schema=pa.schema(list(types.items()))),
        )
        # What no line has the name of is not there; the others are blank.
        held = [
            name
            for name, column in zip(table.column_names, table.columns, strict=True)
            if name not in EXTRA_COLUMNS and (column.null_count < len(column) or b'"%s"' % name.encode() in block)
        ]
        frame = pl.from_arrow(table.select(held))
    except (pa.ArrowException, pl.exceptions.PolarsError):
        return None
    if not isinstance(frame, pl.DataFrame) or table.num_rows != lines:
        return None
    return Chunk(range(number, number + lines), {series.name: series for series in frame})


def slow_chunk(block: bytes, number: int) -> Chunk:
    """The rows of a block, line by line, which tells each line that is no JSON."""
    numbered: list[tuple[int, Any]] = []
    broken: list[Broken] = []
    for place, line in enumerate(filter(bytes.strip, block.split(b"\n")), number):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            told = line[:200].decode("utf-8", "replace").strip()
            message = f"The line is not JSON: {error}."
            broken.append(Broken(place, told, message, "Write one JSON object a line, in UTF-8."))
            continue
        if isinstance(row, dict):
            # They are not checked, and the evidence of a row is many times as large as the row itself.
            for name in EXTRA_COLUMNS:
                row.pop(name, None)
        numbered.append((place, row))
    return chunk_of_rows(numbered, None, broken)
