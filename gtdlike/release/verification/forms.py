"""The incidents as Parquet, CSV and JSON Lines hold the same cells."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gtdlike.errors import ReadError
from gtdlike.export import read_table, write_table
from gtdlike.release.verification.files import AGAIN
from gtdlike.release.verification.result import FEW, Check

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

FORMS: Final = ("incidents.csv", "incidents.jsonl")
_LONGEST: Final = 60


def check_forms(folder: Path, incidents: pa.Table | None, altered: Collection[str], check: Check) -> None:
    """Compare each other form of the incidents with the Parquet one, cell by cell.

    Of a file that is `altered` the first line that is not as it was written is told, even where all cells are the same.
    """
    if incidents is None:
        check.skipped = "not checked: incidents.parquet cannot be read"
        return
    for name in FORMS:
        path = folder / name
        if not path.is_file():
            check.add(name, None, "A release must have the incidents in this form.", AGAIN)
            continue
        line = _other_line(path, incidents)
        if line is None:
            check.counted += incidents.num_rows * incidents.num_columns
        elif not _cells(path, incidents, line, check) and name in altered:
            check.add(name, line, "The line is not as it was written, though its cells are the same.", AGAIN)


def _other_line(path: Path, incidents: pa.Table) -> str | None:
    """The first line that is not as these incidents are written now; None where the file is so, to the byte.

    Another version of gtdlike may have written it in another way: this proves a file, but does not refute it.
    """
    with tempfile.TemporaryDirectory() as folder:
        expected = Path(folder) / path.name
        write_table(incidents, expected)
        with expected.open("rb") as right, path.open("rb") as given:
            for number, (a, b) in enumerate(zip_longest(right, given), 1):
                if a != b:
                    return f"line {number}"
    return None


def _cells(path: Path, incidents: pa.Table, line: str, check: Check) -> bool:
    """Read a form and compare its cells; tells whether there was a problem."""
    from polars.exceptions import PanicException

    try:
        other = read_table(path, incidents.schema)
    except (Exception, PanicException) as error:
        # A damaged file may make a reader raise anything.
        told = error.problem if isinstance(error, ReadError) else f"{str(error).partition(chr(10))[0]}."
        check.add(path.name, line, f"The file cannot be read: {told}", AGAIN)
        return True
    check.counted += other.num_rows * other.num_columns
    if other.num_rows == incidents.num_rows:
        return _compare(path.name, incidents, other, check)
    message = f"It has {other.num_rows:,} incidents, and incidents.parquet has {incidents.num_rows:,}."
    check.add(path.name, None, message, AGAIN)
    return True


def _compare(name: str, incidents: pa.Table, other: pa.Table, check: Check) -> bool:
    """Put the cells that differ on record, and tell whether there are any."""
    import polars as pl

    odd = [c for c in incidents.column_names if not incidents.column(c).equals(other.column(c))]
    found: list[tuple[str | None, str]] = []
    total = 0
    for column in odd:
        pair = pl.DataFrame([_series(incidents, column, "is"), _series(other, column, "other")])
        ids = _series(incidents, "eventid", "eventid") if "eventid" in incidents.column_names else None
        unequal = pair.with_row_index("row", offset=1).filter(pl.col("is").ne_missing(pl.col("other")))
        total += unequal.height
        for row, value, told in unequal.head(FEW - len(found)).iter_rows():
            eventid = f" (eventid {ids[row - 1]})" if ids is not None else ""
            message = f"It says {_shown(told)}, and incidents.parquet says {_shown(value)}."
            found.append((f"row {row}{eventid}, column {column}", message))
    check.add_some(name, found, AGAIN, total)
    return total > 0


def _series(table: pa.Table, column: str, name: str) -> pl.Series:
    import polars as pl

    return pl.Series(name, pl.from_arrow(table.column(column)))


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    told = repr(value) if isinstance(value, str) else str(value)
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"
