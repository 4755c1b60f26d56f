"""What validation is meant to reach, each with what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from benchmarks.validation.measure import Result, Task, best, folder_of, measure, measure_all

_TIMES_OF_READING: Final = 8
_TIMES_OF_READING_CSV: Final = 3
_MEMORY: Final = 700
_TIMES_FOR_TEN: Final = 11
# Two runs of the same differ by a few per cent.
_SAME_MEMORY: Final = 1.05


def exact(files: str, rows: int) -> Iterator[str]:
    """Whether ours finds the known violations and no others, and whether DuckDB counts the same ones."""
    ours = measure(Task("gtdlike", "ours", "make_exact", rows), files)
    sql = measure(Task("DuckDB", "sql_check", "make", rows), files)
    told = f"{ours.violations} differ (all listed: {ours.peak:,.0f} MiB)"
    yield _verdict(ours.violations == 0, f"ours finds exactly the known violations: {told}")
    yield _verdict(sql.violations == 0, f"DuckDB counts the same by rule and variable: {sql.violations} differ")


def of_parquet(found: Mapping[str, Result], rows: int) -> Iterator[str]:
    """The time beside the rivals and beside a mere reading of the file, and the memory."""
    ours, read = found["gtdlike"], found["Polars reads Parquet"]
    rivals = {name: result.scaled(rows) for name, result in found.items() if result.said and result is not ours}
    nearest = min(rivals, key=rivals.__getitem__)
    told = f"{ours.seconds:.2f} s; {nearest} {rivals[nearest]:.2f} s"
    yield _verdict(ours.seconds < rivals[nearest], f"ours is the fastest: {told}")
    ratio = ours.seconds / read.seconds
    told = ours.beside(read)
    yield _verdict(ratio <= _TIMES_OF_READING, f"at most 8 times as long as Polars reads the file: {told}")
    yield _verdict(ours.peak < _MEMORY, f"less than 700 MiB: {ours.peak:,.0f} MiB (100,000 violations listed)")


def of_csv(files: str, rows: int, repeat: int) -> Iterator[str]:
    """The same from CSV, beside the two ways in which Polars reads it."""
    reads = [
        Task("as text", "polars_read", "make_csv", rows),
        Task("with types", "polars_read", "make_csv_typed", rows),
    ]
    found = best(measure_all([Task("gtdlike", "ours", "make_csv", rows)] * repeat, reads, files))
    ours = found["gtdlike"]
    for task in reads:
        read = found[task.name]
        passes = ours.seconds <= _TIMES_OF_READING_CSV * read.seconds
        told = f"{ours.beside(read)}; {ours.seconds:.2f} s, {ours.peak:,.0f} MiB, and {read.seconds:.2f} s"
        yield _verdict(passes, f"CSV: at most 3 times as long as Polars reads it {task.name}: {told}")


def of_ten_times(ours: Result, rows: int, folder: str | None, repeat: int) -> str:
    """How time and memory grow with the rows."""
    large = folder_of(rows * 10, folder, only_parquet=True)
    task = Task("gtdlike", "ours", "make", rows * 10)
    found = best(measure(task, large) for _ in range(max(1, repeat - 1)))["gtdlike"]
    time, memory = found.seconds / ours.seconds, found.peak / ours.peak
    told = f"{found.beside(ours)} times as long, {memory:.2f} times the memory ({found.peak:,.0f} MiB)"
    return _verdict(
        time <= _TIMES_FOR_TEN and memory <= _SAME_MEMORY, f"10 times the rows, at most 11, no more: {told}"
    )


def of_records(pydantic: Result, files: str) -> Iterator[str]:
    """Rows in memory, beside pydantic with the same columns and rules."""
    rows = pydantic.rows
    unlabelled = measure(Task("pydantic", "pydantic_models", "make_unlabelled", rows), files)
    for name, function, theirs in (
        ("structured into incidents", "make_incidents", unlabelled),
        ("as they are", "make_rows", pydantic),
    ):
        task = Task("gtdlike", "ours", function, rows)
        ours = best(measure(task, files) for _ in range(2))["gtdlike"]
        told = f"{ours.seconds:.1f} s, {ours.violations:,} violations, {ours.peak:,.0f} MiB"
        beside = f"{theirs.seconds:.1f} s, {theirs.violations:,}, {theirs.peak:,.0f} MiB, times {theirs.beside(ours)}"
        yield _verdict(ours.seconds < theirs.seconds, f"{rows:,} rows in memory, {name}: {told}; pydantic {beside}")
    fields = measure(Task("pydantic", "pydantic_models", "make_fields", rows), files)
    yield f"      pydantic's fields alone, without rules: {fields.seconds:.1f} s, {fields.violations:,} violations"


def _verdict(passes: bool, told: str) -> str:
    return f"{'PASS' if passes else 'FAIL'}  {told}"
