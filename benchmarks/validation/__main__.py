"""Validation measured: ours beside the rivals, on one generated table with a known list of violations.

    python -m benchmarks.validation --rows 209706 --repeat 3

Run it at the top of the repository. Every measurement is a process of its own; ours comes first and between the rivals,
and of several times the smallest counts.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping
from typing import Final

import cyclopts

from benchmarks.validation.claims import exact, of_csv, of_parquet, of_records, of_ten_times
from benchmarks.validation.measure import Result, Task, best, folder_of, measure_all

_ROWS: Final = 209_706
_RECORDS: Final = 200_000
_SAMPLE: Final = 20_000
_SMALL_SAMPLE: Final = 2_000


def main(rows: int = _ROWS, repeat: int = 3, folder: str | None = None, tenfold: bool = True) -> None:
    """Measure everything, and print it.

    Parameters
    ----------
    rows: How many rows the table has.
    repeat: How often what is quick is measured.
    folder: Where the files are kept; a temporary folder if it is left out.
    tenfold: Whether a table of ten times the rows is measured as well.
    """
    files = folder_of(rows, folder)
    print(f"{rows:,} rows of 135 columns, 1% of the cells bad. Seconds and peaks are the smallest of several runs.")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}.\n")
    ours = [Task("gtdlike", "ours", "make", rows), Task("Polars reads Parquet", "polars_read", "make", rows)]
    quick, slow = _quick(rows), _slow(rows)
    found = best(measure_all([*quick, *slow, *quick * (repeat - 1)], ours, files))
    for line in _table(found, rows):
        print(line)
    print()
    for claim in (*exact(files, rows), *of_parquet(found, rows), *of_csv(files, rows, repeat)):
        print(claim)
    if tenfold:
        print(of_ten_times(found["gtdlike"], rows, folder, repeat))
    for claim in of_records(found["pydantic"], files):
        print(claim)


def _quick(rows: int) -> list[Task]:
    return [
        Task("pandera (Polars)", "pandera_polars", "make", rows),
        Task("dataframely", "dataframely_rules", "make", rows),
    ]


def _slow(rows: int) -> list[Task]:
    return [
        Task("pandera (pandas)", "pandera_pandas", "make", min(rows, _SAMPLE)),
        Task("pydantic", "pydantic_models", "make", min(rows, _RECORDS)),
        Task("jsonschema-rs", "jsonschema_rs_rows", "make", rows),
        Task("jsonschema", "jsonschema_rows", "make", min(rows, _SMALL_SAMPLE)),
        Task("frictionless", "frictionless_table", "make", min(rows, _SMALL_SAMPLE)),
    ]


def _table(found: Mapping[str, Result], rows: int) -> Iterator[str]:
    ours = found["gtdlike"].scaled(rows)
    heads = f"{'rows':>9}{'seconds':>10}{'ratio':>8}{'on a core':>11}{'peak MiB':>10}{'violations':>12}{'rules':>7}"
    yield f"{'':22}{heads}  told of each"
    for name, result in found.items():
        seconds = result.scaled(rows)
        shown = f"{'~' if result.rows < rows else ''}{seconds:.2f}"
        busy = result.busy * rows / result.rows
        measured = f"{shown:>10}{seconds / ours:8.2f}{busy:11.2f}{result.peak:10,.0f}{result.violations:12,}"
        yield f"{name:22}{result.rows:9,}{measured}{result.said:7}  {result.tells}"
    yield "~ is scaled to all rows from those that were looked at. gtdlike lists 100,000 violations, and counts all."
    yield "On a core: the seconds of all threads, which other work on the machine lengthens less than the clock's."
    for name, result in found.items():
        if result.said and result.lacks:
            yield f"{name} cannot say: {result.lacks}."


if __name__ == "__main__":
    cyclopts.run(main)
