"""Tables, one article a row: CSV row by row, Parquet a few hundred rows at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from gtdlike.article import Article
from gtdlike.reading.base import FIELDS, MAX_BYTES, Unreadable, article_of, no_text, note_unread
from gtdlike.reading.decode import lines

CSV_SUFFIXES = (".csv", ".tsv")
PARQUET_SUFFIXES = (".parquet",)


def read_csv(path: Path) -> Iterator[Article | Unreadable]:
    """The articles of a CSV file; the first row names the columns."""
    origin = str(path)
    # The standard limit is a field of 131,072 characters, less than a long article. A quote that is never closed
    # would otherwise swallow the rest of the file.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    with path.open("rb") as stream:
        texts = (line if line is not None else "\0" * (MAX_BYTES + 1) for _, line in lines(stream, origin))
        rows = csv.reader(texts, dialect="excel-tab" if path.suffix.lower() == ".tsv" else "excel")
        try:
            header = [name.strip() for name in next(rows, [])]
            if not any(header):
                yield Unreadable(
                    origin, "The file is empty", "Give a first row that names the columns, 'text' among them."
                )
                return
            if problem := _columns(header, origin):
                yield problem
                return
            for number, row in enumerate(rows, start=1):
                if not any(row):
                    continue
                here = f"{origin}: row {number}"
                if len(row) > len(header) and any(row[len(header) :]):
                    yield Unreadable(
                        here,
                        f"It has {len(row)} cells and the header has {len(header)}",
                        "Put a cell that holds a comma in double quotes.",
                    )
                    continue
                record = {name: cell for name, cell in zip(header, row, strict=False) if cell or name == "text"}
                yield article_of({"text": "", **record}, id=f"{path.stem}:{number}", origin=here)
        except csv.Error as error:
            yield Unreadable(
                f"{origin}:{rows.line_num}",
                f"The file cannot be read on from here ({error})",
                "Look for a double quote that is not closed.",
            )


def read_parquet(path: Path) -> Iterator[Article | Unreadable]:
    """The articles of a Parquet file; only the columns that are ours are read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    origin = str(path)
    try:
        with pq.ParquetFile(path) as file:
            if problem := _columns(file.schema_arrow.names, origin):
                yield problem
                return
            columns = [name for name in FIELDS if name in file.schema_arrow.names]
            number = 0
            for batch in file.iter_batches(batch_size=256, columns=columns):
                for record in batch.to_pylist():
                    number += 1
                    yield article_of(record, id=f"{path.stem}:{number}", origin=f"{origin}: row {number}")
    except (pa.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield Unreadable(origin, f"It is no Parquet file that can be read ({reason})", "Write the file again.")


def _columns(names: Sequence[str], origin: str) -> Unreadable | None:
    """What is wrong with the columns of a table, if anything."""
    if "text" not in names:
        return no_text(origin, names)
    twice = sorted({name for name in names if name in FIELDS and names.count(name) > 1})
    if twice:
        return Unreadable(origin, f"The column {twice[0]!r} is there twice", "Rename one of them.")
    note_unread(origin, names)
    return None
