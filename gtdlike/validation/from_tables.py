"""Chunks of the tables of Arrow, Polars and pandas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from attrs import evolve

from gtdlike.codebook.model import Codebook
from gtdlike.errors import ReadError
from gtdlike.validation.chunk import CHUNK, Chunk, Source, column_of

if TYPE_CHECKING:
    import polars as pl


def table_source(data: Any, codebook: Codebook) -> Source | None:
    """The source for a table of Arrow, Polars or pandas; None where it is no table."""
    source = _table_source(data)
    return None if source is None else texts_as_text(source, codebook)


def texts_as_text(source: Source, codebook: Codebook) -> Source:
    """The source with numbers in columns of text as their text: a program that read a file has made them numbers."""
    text = [v.name for v in codebook.variables.values() if v.kind == "text"]

    def chunks() -> Iterator[Chunk]:
        for chunk in source.chunks:
            turned = {name: _text(chunk.columns[name]) for name in text if name in chunk.columns}
            yield evolve(chunk, columns={**chunk.columns, **turned})

    return evolve(source, chunks=chunks())


def _text(series: pl.Series) -> pl.Series:
    import polars as pl

    if series.dtype.is_float():
        series = series.fill_nan(None)
    if series.dtype.is_numeric():
        whole = series.cast(pl.Int64, strict=False)
        return (whole if (whole == series).all() else series).cast(pl.String)
    if series.dtype != pl.Object:
        return series
    return column_of(series.name, [_text_of(cell) for cell in series.to_list()])


def _text_of(cell: Any) -> Any:
    if isinstance(cell, dt.date):
        # As a spreadsheet writes the moment, which is how what it made of `1/5` is known for damage.
        return str(cell) if isinstance(cell, dt.datetime) else f"{cell} 00:00:00"
    if isinstance(cell, bool) or not isinstance(cell, int | float) or cell != cell:
        return cell
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _table_source(data: Any) -> Source | None:
    import pyarrow as pa

    if isinstance(data, pa.Table):
        return of_batches(data.column_names, data.to_batches(max_chunksize=CHUNK))
    if isinstance(data, pa.RecordBatch):
        return of_batches(data.schema.names, [data])
    if isinstance(data, pa.RecordBatchReader):
        return of_batches(data.schema.names, data)
    library = type(data).__module__.partition(".")[0]
    if library == "pandas" and hasattr(data, "columns"):
        names = [str(name) for name in data.columns]
        return Source(names, _of_pandas(data, names))
    if library == "polars":
        import polars as pl

        if isinstance(data, pl.LazyFrame):
            data = data.collect()
        if isinstance(data, pl.DataFrame):
            return Source(data.columns, of_polars(data))
    return None


def of_polars(frame: pl.DataFrame, done: int = 0) -> Iterator[Chunk]:
    """Chunks of a frame, which comes after so many rows."""
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
            except pa.ArrowException:
                columns.setdefault(name, column_of(name, cells.tolist()))
        yield Chunk(range(start + 1, start + len(piece) + 1), columns)


def of_batches(names: Sequence[str], batches: Iterable[Any], origin: str | None = None) -> Source:
    """The source for batches of Arrow."""
    import pyarrow as pa

    def chunks() -> Iterator[Chunk]:
        done = 0
        try:
            for batch in batches:
                columns: dict[str, pl.Series] = {}
                # One by one: a whole batch as a frame is held as it was read, which takes half as much memory again.
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
    except (pa.ArrowException, TypeError, pl.exceptions.PolarsError):
        return column_of(name, array.to_pylist())
