"""The valid or the invalid rows of what was validated, in the kind of thing that they came in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gtdlike.errors import ReadError

if TYPE_CHECKING:
    import polars as pl

    from gtdlike.validation.report import Report


def rows_of(report: Report, *, valid: bool) -> Any:
    """The rows of a report that have no error, or those that have one."""
    data = report.data
    invalid: set[int] = set(report.invalid_rows.to_pylist())

    def wanted(number: int) -> bool:
        return (number not in invalid) is valid

    if isinstance(data, list | tuple):
        return [row for number, row in enumerate(data, 1) if wanted(number)]
    if isinstance(data, str | Path):
        return _of_file(report, wanted)
    library = type(data).__module__.partition(".")[0]
    if library not in ("pyarrow", "polars", "pandas") or not hasattr(type(data), "columns"):
        remedy = "Give a path, a table or a list of rows to `validate`, then they can be read again."
        raise ReadError("The rows came from a stream, and are gone.", report.origin, remedy=remedy)
    mask = [wanted(number) for number in range(1, _length(data) + 1)]
    if library == "pyarrow":
        import pyarrow as pa

        return data.filter(pa.array(mask, pa.bool_()))
    if library == "pandas":
        return data[mask]
    import polars as pl

    frame = data.collect() if isinstance(data, pl.LazyFrame) else data
    return frame.filter(pl.Series(mask, dtype=pl.Boolean))


def _length(data: Any) -> int:
    if hasattr(data, "collect") and not hasattr(data, "height"):
        data = data.collect()
    return int(data.num_rows) if hasattr(data, "num_rows") else len(data)


def _of_file(report: Report, wanted: Any) -> Any:
    """The rows of a file as an Arrow table, with their cells as they stand there."""
    import polars as pl

    from gtdlike.validation.source import open_source

    assert report.codebook is not None
    pieces: list[pl.DataFrame] = []
    for chunk in open_source(report.data, report.codebook).chunks:
        frame = pl.DataFrame([series.alias(name) for name, series in chunk.columns.items()])
        if frame.width:
            pieces.append(frame.filter(pl.Series([wanted(number) for number in chunk.numbers], dtype=pl.Boolean)))
    return pl.concat(pieces, how="diagonal_relaxed").to_arrow() if pieces else pl.DataFrame().to_arrow()
