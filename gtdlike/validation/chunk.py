"""A stream of chunks of columns: the one form that all data take before they are checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import Factory, define

if TYPE_CHECKING:
    import polars as pl

T = TypeVar("T")

CHUNK = 30_720
"""A quarter of the rows that DuckDB puts into a row group of Parquet, so that no chunk has parts of two of them."""
FIRST = 1 / 5
"""The first chunk of a file is so much smaller, so that the checks begin while the next one is read."""


@define
class Broken:
    """A row that could not be read at all, or a cell of an incident that has no place in a row."""

    row: int | None
    value: str
    message: str
    remedy: str
    variable: str | None = None
    severity: str = "error"


@define
class Chunk:
    """Some consecutive rows: their numbers, their columns, and what of them could not be read."""

    numbers: Sequence[int]
    columns: Mapping[str, pl.Series]
    broken: list[Broken] = Factory(list)


@define
class Source:
    """What is validated. `columns` are the names of a table's columns, None where each row names its own cells.

    `notes` tells how the file was read where that is not plain. It is complete when all the chunks are read. `as_text`:
    the chunks hold text that is still to be read as numbers, which is work enough for a thread of its own.
    """

    columns: Sequence[str] | None
    chunks: Iterable[Chunk]
    origin: str | None = None
    notes: list[str] = Factory(list)
    as_text: bool = False


def ahead(chunks: Iterator[T]) -> Iterator[T]:
    """The same chunks, each made while the one before it is used; the first one is begun at once."""
    reader = ThreadPoolExecutor(1)
    first = reader.submit(next, chunks, None)

    def made(coming: Future[T | None]) -> Iterator[T]:
        with reader:
            while (chunk := coming.result()) is not None:
                coming = reader.submit(next, chunks, None)
                yield chunk

    return made(first)


def column_of(name: str, cells: list[Any]) -> pl.Series:
    """Python values as a column: of one type if they are of one, otherwise as they are."""
    import polars as pl

    kinds = set(map(type, cells)) - {type(None)}
    if len(kinds) <= 1 and kinds <= {int, float, str, bool}:
        try:
            return pl.Series(name, cells, dtype=None if kinds else pl.Null, strict=True)
        except (pl.exceptions.PolarsError, TypeError, OverflowError, ValueError):
            pass
    return pl.Series(name, cells, dtype=pl.Object)
