"""Chunks of rows and incidents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from gtdlike.codebook.model import Codebook
from gtdlike.errors import RowError
from gtdlike.incident import Incident
from gtdlike.rowmap import CellProblem
from gtdlike.rows import write_row
from gtdlike.validation.chunk import CHUNK, Broken, Chunk, column_of

# So many rows are turned into columns at a time: few enough that a processor has them at hand.
_AT_ONCE = 64


def chunks_of_rows(rows: Iterator[Any], codebook: Codebook | None, first: int = 1) -> Iterator[Chunk]:
    """Chunks of rows or incidents, which may be mixed."""
    number = first
    while piece := list(islice(rows, CHUNK)):
        chunk = chunk_of_rows(list(enumerate(piece, number)), codebook)
        number += len(piece)
        yield chunk


def chunk_of_rows(
    numbered: list[tuple[int, Any]], codebook: Codebook | None, broken: list[Broken] | None = None
) -> Chunk:
    """The chunk of rows that have their numbers already. `broken` is what was found wrong before."""
    broken = [] if broken is None else broken
    kept: list[tuple[int, Mapping[Any, Any]]] = []
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
        kept.append((number, row))
    rows = [row for _, row in kept]
    # A column is there as soon as one row names it.
    cells: dict[Any, list[Any]] = {name: [] for name in dict.fromkeys(chain.from_iterable(rows))}
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        for name, column in cells.items():
            column += [row.get(name) for row in some]
    columns = {str(name): column_of(str(name), column) for name, column in cells.items()}
    return Chunk([number for number, _ in kept], columns, broken)


def _no_place(number: int, problem: CellProblem) -> Broken:
    remedy = "Correct this value of the incident."
    return Broken(number, repr(problem.value), f"{problem}.", remedy, problem.variable)
