"""Chunks of rows and incidents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from gtdlike.codebook.model import Codebook
from gtdlike.incident import Incident
from gtdlike.rows import to_columns
from gtdlike.validation.chunk import CHUNK, Broken, Chunk, column_of
from gtdlike.validation.from_incident import row_of_incident

# So many rows are turned into columns at a time: few enough that a processor has them at hand.
_AT_ONCE = 64


def chunks_of_rows(rows: Iterator[Any], codebook: Codebook | None, first: int = 1) -> Iterator[Chunk]:
    """Chunks of rows or incidents, which may be mixed."""
    number = first
    while piece := list(islice(rows, CHUNK)):
        chunk = _of_incidents(piece, number, codebook) or chunk_of_rows(list(enumerate(piece, number)), codebook)
        number += len(piece)
        yield chunk


def _of_incidents(piece: list[Any], number: int, codebook: Codebook | None) -> Chunk | None:
    """The chunk of incidents that all fit into rows, column by column; None where they do not, or are rows."""
    if not all(isinstance(incident, Incident) for incident in piece):
        return None
    if (columns := to_columns(piece, codebook)) is None:
        return None
    blank = [None] * len(piece)
    made = {name: column_of(name, list(column) or blank) for name, column in columns.items()}
    return Chunk(range(number, number + len(piece)), made)


def chunk_of_rows(
    numbered: list[tuple[int, Any]], codebook: Codebook | None, broken: list[Broken] | None = None
) -> Chunk:
    """The chunk of rows that have their numbers already. `broken` is what was found wrong before."""
    broken = [] if broken is None else broken
    kept: list[tuple[int, Mapping[Any, Any]]] = []
    for number, row in numbered:
        if isinstance(row, Incident):
            given, problems = row_of_incident(row, number, codebook)
            broken.extend(problems)
            if not given:
                continue
            row = given
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
