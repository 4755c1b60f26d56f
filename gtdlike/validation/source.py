"""What can be validated, as a stream of chunks of columns: files, tables of several libraries, rows and incidents."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from attrs import Factory, define

from gtdlike.codebook.model import Codebook
from gtdlike.errors import ReadError, did_you_mean
from gtdlike.incident import Incident
from gtdlike.rowmap import CellProblem
from gtdlike.rows import write_row

if TYPE_CHECKING:
    import polars as pl

CHUNK = 20_000
_SUFFIXES = (".csv", ".parquet", ".jsonl", ".json")


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
    """What is validated. `columns` are the names of a table's columns, None where each row names its own cells."""

    columns: Sequence[str] | None
    chunks: Iterable[Chunk]
    origin: str | None = None


def open_source(data: Any, codebook: Codebook) -> Source:
    """The source for a path, an open binary file, a table, or rows. Raises ReadError for what cannot be read."""
    if isinstance(data, str | Path):
        return _file(Path(data))
    if hasattr(data, "read"):
        return stream(data)
    if (table := _arrow(data)) is not None:
        return table
    if isinstance(data, Mapping | Incident):
        data = [data]
    if isinstance(data, Iterable):
        return Source(None, _of_rows(iter(data), codebook))
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
        return Source(None, _of_rows(iter(_json(whole, origin)), None), origin)
    return Source(None, _of_lines(whole), origin) if start == b"{" else _csv(whole, origin)


class _Joined(io.RawIOBase):
    """A file that begins with bytes that were read from it already."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self.head, self.rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data, self.head = (self.head, b"") if self.head else (self.rest.read(len(buffer)), b"")
        buffer[: len(data)] = data
        return len(data)


def _file(path: Path) -> Source:
    suffix, origin = path.suffix.lower(), str(path)
    if suffix not in _SUFFIXES:
        near = did_you_mean(suffix, _SUFFIXES)
        remedy = f"Give a file that ends in {', '.join(_SUFFIXES)}. {near}".rstrip()
        raise ReadError(f"Rows are not read from {suffix or 'a file without an ending'}.", origin, remedy=remedy)
    try:
        if suffix == ".parquet":
            return _parquet(path)
        file = path.open("rb")
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadError(f"{reason}.", origin, remedy="Check the name of the file and your right to read it.") from None
    if suffix == ".csv":
        return _csv(file, origin)
    if suffix == ".json":
        with file:
            return Source(None, _of_rows(iter(_json(file, origin)), None), origin)
    return Source(None, _of_lines(file), origin)


def _parquet(path: Path) -> Source:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except pa.ArrowInvalid as error:
        raise ReadError(f"This is no Parquet file: {error}.", str(path), remedy="Write the file anew.") from None
    return _of_batches(file.schema_arrow.names, file.iter_batches(batch_size=CHUNK), str(path))


def _arrow(data: Any) -> Source | None:
    """The source for a table of Arrow, Polars or pandas; None where it is no table."""
    import pyarrow as pa

    if isinstance(data, pa.Table):
        return _of_batches(data.column_names, data.to_batches(max_chunksize=CHUNK))
    if isinstance(data, pa.RecordBatch):
        return _of_batches(data.schema.names, [data])
    if isinstance(data, pa.RecordBatchReader):
        return _of_batches(data.schema.names, data)
    library = type(data).__module__.partition(".")[0]
    if library == "pandas" and hasattr(data, "columns"):
        names = [str(name) for name in data.columns]
        return Source(names, _of_pandas(data, names))
    if library == "polars":
        import polars as pl

        if isinstance(data, pl.LazyFrame):
            data = data.collect()
        if isinstance(data, pl.DataFrame):
            return Source(data.columns, _of_polars(data))
    return None


def _of_polars(frame: pl.DataFrame) -> Iterator[Chunk]:
    done = 0
    for piece in frame.iter_slices(CHUNK):
        yield Chunk(range(done + 1, done + len(piece) + 1), {s.name: s for s in piece})
        done += len(piece)


def _of_pandas(frame: Any, names: list[str]) -> Iterator[Chunk]:
    import polars as pl
    import pyarrow as pa

    for start in range(0, len(frame), CHUNK):
        piece = frame.iloc[start : start + CHUNK]
        columns: dict[str, pl.Series] = {}
        for place, name in enumerate(names):
            cells = piece.iloc[:, place]
            try:
                columns.setdefault(name, pl.Series(name, pa.array(cells, from_pandas=True)))
            except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
                columns.setdefault(name, column_of(name, cells.tolist()))
        yield Chunk(range(start + 1, start + len(piece) + 1), columns)


def _of_batches(names: Sequence[str], batches: Iterable[Any], origin: str | None = None) -> Source:
    import pyarrow as pa

    def chunks() -> Iterator[Chunk]:
        done = 0
        try:
            for batch in batches:
                columns: dict[str, pl.Series] = {}
                for name, array in zip(names, batch.columns, strict=True):
                    columns.setdefault(name, _series(name, array))
                yield Chunk(range(done + 1, done + batch.num_rows + 1), columns)
                done += batch.num_rows
        except (pa.ArrowInvalid, OSError) as error:
            remedy = "Write the file anew."
            raise ReadError(f"It cannot be read beyond row {done}: {error}.", origin, remedy=remedy) from None

    return Source(names, chunks(), origin)


def _series(name: str, array: Any) -> pl.Series:
    import polars as pl
    import pyarrow as pa

    try:
        return pl.Series(name, array)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, TypeError, pl.exceptions.PolarsError):
        return column_of(name, array.to_pylist())


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


def _of_rows(rows: Iterator[Any], codebook: Codebook | None, first: int = 1) -> Iterator[Chunk]:
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
            row, problems = write_row(row, codebook)
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


def _json(file: IO[bytes], origin: str) -> list[Any]:
    try:
        data = json.loads(file.read())
    except ValueError as error:
        raise ReadError(
            f"This is not JSON: {error}.", origin, remedy="For one row a line, name the file .jsonl."
        ) from None
    return data if isinstance(data, list) else [data]


def _of_lines(file: IO[bytes]) -> Iterator[Chunk]:
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
                numbered.append((number, json.loads(line)))
            except (ValueError, RecursionError) as error:
                told = line[:200].decode("utf-8", "replace").strip()
                message = f"The line is not JSON: {error}."
                broken.append(Broken(number, told, message, "Write one JSON object a line, in UTF-8."))
            if number % CHUNK == 0:
                yield _chunk(numbered, None, broken)
                numbered, broken = [], []
    if numbered or broken:
        yield _chunk(numbered, None, broken)


def _csv(file: IO[bytes], origin: str) -> Source:
    from gtdlike.validation.csv import open_csv

    names, chunks = open_csv(file, origin)
    first = next(chunks, None)
    return Source(names, chain([] if first is None else [first], chunks), origin)
