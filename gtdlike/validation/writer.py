"""Writing violations to a file while they are found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from gtdlike.errors import WriteError
from gtdlike.validation.report import violation_schema

if TYPE_CHECKING:
    import pyarrow as pa

Write = Callable[["pa.Table"], None]
FORMATS = (".parquet", ".csv", ".jsonl")


@contextmanager
def report_file(path: Path) -> Iterator[Write]:
    """A function that writes a table of violations behind those before it. The file appears when all is written.

    Raises WriteError where the format is none of a report, or the file cannot be written.
    """
    if path.suffix.lower() not in FORMATS:
        remedy = "Name a file that ends in .parquet, .csv or .jsonl."
        raise WriteError("This is no format of a report.", file=str(path), remedy=remedy)
    part = path.with_name(f"{path.name}.part")
    with ExitStack() as files:
        with _writing(path):
            append = _open(part, path.suffix.lower(), files)

        def write(table: pa.Table) -> None:
            with _writing(path):
                append(table)

        try:
            yield write
        except BaseException:
            files.close()
            part.unlink(missing_ok=True)
            raise
    with _writing(path):
        os.replace(part, path)


def write_violations(violations: pa.Table, path: Path) -> None:
    """Write violations to a .parquet, .csv or .jsonl file, in their fixed shape."""
    with report_file(path) as write:
        write(violations)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriteError(f"The report cannot be written: {reason}.", str(path), None, "Name another file.") from error


def _open(path: Path, suffix: str, files: ExitStack) -> Write:
    if suffix == ".parquet":
        import pyarrow.parquet as pq

        writer = files.enter_context(pq.ParquetWriter(path, violation_schema()))
        parquet: Write = writer.write_table
        return parquet
    import polars as pl

    stream = files.enter_context(path.open("wb"))
    if suffix == ".jsonl":
        return lambda table: pl.DataFrame(table).write_ndjson(stream)
    pl.DataFrame(violation_schema().empty_table()).write_csv(stream)
    return lambda table: pl.DataFrame(table).write_csv(stream, include_header=False)
