"""Chunks of rows and incidents, of JSON lines and of a JSON array."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import IO, Any

from gtdlike.codebook.model import Codebook
from gtdlike.errors import ReadError, RowError
from gtdlike.incident import Incident
from gtdlike.rowmap import EXTRA_COLUMNS, CellProblem
from gtdlike.rows import write_row
from gtdlike.validation.chunk import CHUNK, Broken, Chunk, column_of


def chunks_of_rows(rows: Iterator[Any], codebook: Codebook | None, first: int = 1) -> Iterator[Chunk]:
    """Chunks of rows or incidents, which may be mixed."""
    number = first
    while piece := list(islice(rows, CHUNK)):
        chunk = _chunk(list(enumerate(piece, number)), codebook)
        number += len(piece)
        yield chunk


def _chunk(numbered: list[tuple[int, Any]], codebook: Codebook | None, broken: list[Broken] | None = None) -> Chunk:
    broken = [] if broken is None else broken
    numbers: list[int] = []
    cells: dict[str, list[Any]] = {}
    for number, row in numbered:
        if isinstance(row, Incident):
            try:
                row, problems = write_row(row, codebook)
            except RowError as error:
                broken.append(Broken(number, repr(row)[:200], error.problem, error.remedy or ""))
                continue
            broken.extend(_no_place(number, problem) for problem in problems)
        elif not isinstance(row, Mapping):
            message = f"A row is a mapping of columns to values, not a {type(row).__name__}."
            broken.append(Broken(number, repr(row), message, 'Write it as {"eventid": ..., "iyear": ..., ...}.'))
            continue
        for name, cell in row.items():
            if cell is not None:
                column = cells.get(name)
                if column is None:
                    column = cells[name] = []
                if len(column) < len(numbers):
                    column.extend([None] * (len(numbers) - len(column)))
                column.append(cell)
            elif name not in cells:
                cells[name] = []
        numbers.append(number)
    for column in cells.values():
        column.extend([None] * (len(numbers) - len(column)))
    return Chunk(numbers, {str(name): column_of(str(name), column) for name, column in cells.items()}, broken)


def _no_place(number: int, problem: CellProblem) -> Broken:
    remedy = "Correct this value of the incident."
    return Broken(number, repr(problem.value), f"{problem}.", remedy, problem.variable)


def read_json(file: IO[bytes], origin: str) -> list[Any]:
    try:
        data = json.loads(file.read())
    except ValueError as error:
        raise ReadError(
            f"This is not JSON: {error}.", origin, remedy="For one row a line, name the file .jsonl."
        ) from None
    return data if isinstance(data, list) else [data]


def chunks_of_lines(file: IO[bytes]) -> Iterator[Chunk]:
    """Chunks of JSON lines. A line that is no JSON costs itself; empty lines do not count."""
    numbered: list[tuple[int, Any]] = []
    broken: list[Broken] = []
    number = 0
    with file:
        for line in file:
            if number == 0:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if not line.strip():
                continue
            number += 1
            try:
                row = json.loads(line)
                if isinstance(row, dict):
                    # They are not checked, and the evidence of a row is many times as large as the row itself.
                    for name in EXTRA_COLUMNS:
                        row.pop(name, None)
                numbered.append((number, row))
            except (ValueError, RecursionError) as error:
                told = line[:200].decode("utf-8", "replace").strip()
                message = f"The line is not JSON: {error}."
                broken.append(Broken(number, told, message, "Write one JSON object a line, in UTF-8."))
            if number % CHUNK == 0:
                yield _chunk(numbered, None, broken)
                numbered, broken = [], []
    if numbered or broken:
        yield _chunk(numbered, None, broken)
