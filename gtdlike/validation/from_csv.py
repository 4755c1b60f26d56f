"""Rows of a CSV file: comma, UTF-8, double quotes, a header; read block by block, every cell as text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any

from gtdlike.errors import ReadError
from gtdlike.validation.chunk import Broken, Chunk

if TYPE_CHECKING:
    import polars as pl

_BLOCK = 4 << 20
"""How many bytes are read at a time. No row may be longer."""


class _Quotes:
    """A file whose first line was read already, and which counts the quotes: an odd number means one is not closed."""

    def __init__(self, head: bytes, file: IO[bytes]) -> None:
        self.head, self.file, self.quotes = head, file, 0

    def read(self, size: int = -1) -> bytes:
        if self.head and 0 <= size < len(self.head):
            data, self.head = self.head[:size], self.head[size:]
        else:
            data, self.head = self.head or self.file.read(size), b""
        self.quotes += data.count(b'"')
        return data

    @property
    def closed(self) -> bool:
        return self.file.closed

    def close(self) -> None:
        self.file.close()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def writable(self) -> bool:
        return False


def open_csv(file: IO[bytes], origin: str) -> tuple[Sequence[str], Iterator[Chunk]]:
    """The names of the columns and the chunks of rows. A row of another length costs itself."""
    import pyarrow as pa
    import pyarrow.csv as pc

    skipped: list[Any] = []

    def skip(row: Any) -> str:
        skipped.append(row)
        return "skip"

    head = file.readline()
    names = _header(head, origin)
    quotes = _Quotes(head, file)
    try:
        reader = pc.open_csv(
            pa.PythonFile(quotes, mode="r"),
            read_options=pc.ReadOptions(use_threads=False, block_size=_BLOCK),
            parse_options=pc.ParseOptions(newlines_in_values=True, invalid_row_handler=skip),
            convert_options=pc.ConvertOptions(
                # As bytes, so that a cell that is not UTF-8 costs itself and not the run.
                column_types=dict.fromkeys(names, pa.binary()),
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise ReadError(f"This is no CSV file: {error}.", origin, remedy=_REMEDY) from None
    if reader.schema.names != names:
        raise ReadError("The header is not one line of names.", origin, "line 1", _REMEDY)
    return names, _chunks(reader, names, skipped, quotes, origin)


_REMEDY = "Write it with a header, commas, double quotes and the encoding UTF-8."


def _header(head: bytes, origin: str) -> list[str]:
    """The names in the first line, which are needed before the file is opened. Refuses other delimiters by name."""
    import csv

    line = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").rstrip("\r\n")
    for delimiter, name in ((";", "semicolons"), ("\t", "tabs")):
        if line.count(delimiter) > line.count(","):
            raise ReadError(f"The header is separated by {name}, not by commas.", origin, "line 1", _REMEDY)
    return next(csv.reader([line]), [])


def _chunks(reader: Any, names: Sequence[str], skipped: list[Any], quotes: _Quotes, origin: str) -> Iterator[Chunk]:
    import pyarrow as pa

    last = done = 0  # the number of the last row so far, and of skipped rows told of
    while True:
        try:
            batch = reader.read_next_batch()
        except StopIteration:
            break
        except pa.ArrowInvalid as error:
            remedy = "Look for a quote that is not closed, or a row of more than 4 MB."
            raise ReadError(
                f"It cannot be read beyond row {last}: {error}.", origin, f"row {last + 1}", remedy
            ) from None
        # Arrow counts the header as row 1. It tells of a bad row when it reads the block of that row.
        bad = sorted(row.number - 1 for row in skipped)
        numbers = _numbers(last, batch.num_rows, bad)
        columns: dict[str, pl.Series] = {}
        for name, array in zip(names, batch.columns, strict=True):
            columns.setdefault(name, _text(name, array))
        yield Chunk(numbers, columns, [_broken(row) for row in skipped[done:]])
        done, last = len(skipped), numbers[-1] if numbers else last
    rest = [_broken(row) for row in skipped[done:]]
    if quotes.quotes % 2:
        message = "The number of quotes is odd: one is not closed, and rows may have run into one cell."
        rest.append(Broken(None, '"', message, "Close the quote, or double it inside a cell.", severity="warning"))
    if rest:
        yield Chunk([], {}, rest)


def _numbers(last: int, rows: int, bad: list[int]) -> Sequence[int]:
    """The numbers of the next rows after the last, without those of bad rows."""
    bad = bad[bisect_left(bad, last + 1) :]
    if not bad or bad[0] > last + rows:
        return range(last + 1, last + rows + 1)
    numbers: list[int] = []
    number, missing = last, set(bad)
    while len(numbers) < rows:
        number += 1
        if number not in missing:
            numbers.append(number)
    return numbers


def _broken(row: Any) -> Broken:
    message = f"The row has {row.actual_columns} cells where the header has {row.expected_columns} columns."
    remedy = "Add what is missing or take out what is too much; put cells with a comma into double quotes."
    return Broken(row.number - 1, row.text[:200], message, remedy)


def _text(name: str, array: Any) -> pl.Series:
    import polars as pl
    import pyarrow as pa

    try:
        return pl.Series(name, array.cast(pa.string()))
    except pa.ArrowInvalid:
        cells = [None if cell is None else cell.decode("utf-8", "replace") for cell in array.to_pylist()]
        return pl.Series(name, cells, dtype=pl.String)
