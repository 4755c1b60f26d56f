"""Rows of a CSV file: a header, double quotes, and commas, semicolons or tabs; read block by block, as text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any

from attrs import Factory, define

from gtdlike.codebook.model import Codebook
from gtdlike.errors import ReadError
from gtdlike.validation.chunk import CHUNK, FIRST, Broken, Chunk, Source
from gtdlike.validation.encoding import BLOCK, Around, Utf8

if TYPE_CHECKING:
    import polars as pl

_CHUNK_BYTES = 28 << 20
_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
# A header over more lines than this has a quote that is not closed.
_HEADER_LINES = 100
_REMEDY = "Write it with a header, commas, double quotes and the encoding UTF-8."


def open_csv(file: IO[bytes], origin: str, codebook: Codebook) -> Source:
    """The source for a CSV file. A row of another length costs itself."""
    text = Utf8(file)
    lines = _Lines(text)
    names, separator = _header(lines, origin, codebook)
    reader = _Reader(lines, names, separator, origin)
    return Source(names, reader.chunks(), origin, text.notes, as_text=True)


def _header(lines: _Lines, origin: str, codebook: Codebook) -> tuple[list[str], str]:
    """The names in the header, and what separates them: that which makes the most columns of the codebook."""
    import csv

    head = lines.readline()
    # What Excel writes to tell itself the separator.
    told = re.fullmatch(rb"sep=([,;\t])\r?\n", head)
    if told:
        head = lines.readline()
    while head.count(b'"') % 2 and head.count(b"\n") < _HEADER_LINES and (more := lines.readline()):
        head += more
    header = head.decode("utf-8", "replace").strip("\r\n")
    if not header:
        raise ReadError("This is no CSV file: it is empty, or its first line is.", origin, remedy=_REMEDY)
    try:
        ways = {s: next(csv.reader(header.splitlines(keepends=True), delimiter=s), []) for s in _SEPARATORS}
    except csv.Error as error:
        raise ReadError(
            f"This is no CSV file: the header cannot be read ({error}).", origin, "line 1", _REMEDY
        ) from None
    separator = told[1].decode() if told else max(ways, key=lambda s: (_known(ways[s], codebook), len(ways[s])))
    return ways[separator], separator


def _known(names: Sequence[str], codebook: Codebook) -> int:
    return sum(name in codebook.variables for name in names)


class _Lines(Around):
    """A file of which the first lines are taken apart, and which counts the quotes of the rest."""

    file: Utf8

    def __init__(self, file: Utf8) -> None:
        self.file, self.head, self.quotes = file, b"", 0

    def readline(self) -> bytes:
        """The next line with its end. To be used before `read` only."""
        while (end := self.head.find(b"\n")) < 0 and len(self.head) < BLOCK and (more := self.file.read(BLOCK)):
            self.head += more
        end = end + 1 or len(self.head)
        line, self.head = self.head[:end], self.head[end:]
        return line

    def read(self, size: int) -> bytes:
        if len(self.head) < size:
            self.head += self.file.read(size - len(self.head))
        data, self.head = self.head[:size], self.head[size:]
        self.quotes += data.count(b'"')
        return data


@define
class _Reader:
    """The rows of a file, and which of them were skipped, because they have another number of cells."""

    lines: _Lines
    names: Sequence[str]
    separator: str
    origin: str
    skipped: list[Broken] = Factory(list)
    bad: list[int] = Factory(list)

    def chunks(self) -> Iterator[Chunk]:
        import pyarrow as pa

        batches: list[Any] = []
        last, size, full = 0, 0, _CHUNK_BYTES * FIRST
        try:
            for batch in self._batches():
                batches.append(batch)
                size += batch.nbytes
                if size >= full or sum(b.num_rows for b in batches) >= CHUNK:
                    yield (chunk := self._chunk(batches, last))
                    last = max(last, *chunk.numbers[-1:])
                    batches, size, full = [], 0, _CHUNK_BYTES
        except pa.ArrowInvalid as error:
            if batches:
                yield (chunk := self._chunk(batches, last))
                last = max(last, *chunk.numbers[-1:])
            self.skipped.append(self._beyond(max([last, *self.bad]) + 1, error))
        else:
            if batches:
                yield self._chunk(batches, last)
        if self.lines.quotes % 2:
            message = "The number of quotes is odd: one is not closed, and rows may have run into one cell."
            told = Broken(None, '"', message, "Close the quote, or double it inside a cell.", severity="warning")
            self.skipped.append(told)
        if self.skipped:
            yield Chunk([], {}, self.skipped)

    def _batches(self) -> Iterator[Any]:
        import pyarrow as pa
        import pyarrow.csv as pc

        # By place, because two columns may have the same name.
        names = [str(place) for place in range(len(self.names))]
        first = self.lines.read(BLOCK)
        if not first.strip(b"\r\n"):
            return
        self.lines.head, self.lines.quotes = first, 0
        yield from pc.open_csv(
            pa.PythonFile(self.lines, mode="r"),
            # Only one thread tells the numbers of bad rows.
            read_options=pc.ReadOptions(use_threads=False, block_size=BLOCK, column_names=names),
            parse_options=pc.ParseOptions(
                delimiter=self.separator, newlines_in_values=True, invalid_row_handler=self._skip
            ),
            convert_options=pc.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=[""],
                check_utf8=False,
            ),
        )

    def _skip(self, row: Any) -> str:
        message = f"The row has {row.actual_columns} cells where the header has {row.expected_columns} columns."
        separator = _SEPARATORS[self.separator]
        remedy = f"Add what is missing or take out what is too much; put cells with a {separator} into double quotes."
        self.skipped.append(Broken(row.number, row.text[:200], message, remedy))
        self.bad.append(row.number)
        return "skip"

    def _chunk(self, batches: list[Any], last: int) -> Chunk:
        import polars as pl
        import pyarrow as pa

        # Each column in one piece, which is quicker to check; here, because this runs beside the checks.
        frame = pl.from_arrow(pa.Table.from_batches(batches).combine_chunks())
        assert isinstance(frame, pl.DataFrame)
        numbers = _numbers(last, frame.height, self.bad)
        # Arrow tells of a bad row when it reads its block, which may be ahead of the chunk.
        self.bad = self.bad[bisect_left(self.bad, numbers[-1] if numbers else last) :]
        columns: dict[str, pl.Series] = {}
        for name, series in zip(self.names, frame, strict=True):
            columns.setdefault(name, series.alias(name))
        told, self.skipped = self.skipped, []
        return Chunk(numbers, columns, told)

    def _beyond(self, row: int, error: Exception) -> Broken:
        """What remains where a quote is not closed: one cell that goes on to the end of the file, or for very long."""
        message = f"Row {row} has no end within {BLOCK >> 20} MB, and what follows it was not read: {error}."
        return Broken(row, "", message, "Look for a quote that is not closed, in this row or one of those above it.")


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
