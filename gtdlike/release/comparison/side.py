"""One side of a comparison: a release, or a table of incidents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from gtdlike.errors import ReadError
from gtdlike.export import read_table
from gtdlike.release.folder import put_back

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa


@frozen
class Side:
    """The incidents of one side, and what else a release tells: who tells of whom, and what changed at its build."""

    name: str
    incidents: pl.DataFrame
    codebook: str | None
    """The codebook and its version, where the table says so."""
    sources: pl.DataFrame | None
    changes: pl.DataFrame | None


def side_of(given: str | Path | pa.Table, name: str) -> Side:
    """Read one side. `name` is what a table without a file is called."""
    if not isinstance(given, str | Path):
        return _side(name, given, None, None)
    path = Path(given)
    put_back(path)
    if not path.is_dir():
        return _side(str(given), _read(path), None, None)
    incidents = path / "incidents.parquet"
    if not incidents.is_file():
        remedy = "Give the folder of a release, or a file of incidents."
        raise ReadError("The folder is no release: it has no incidents.parquet.", str(path), remedy=remedy)
    sources, changes = (
        _frame(_read(path / f"{table}.parquet")) if (path / f"{table}.parquet").is_file() else None
        for table in ("sources", "changes")
    )
    return _side(str(given), _read(incidents), sources, changes)


def _side(name: str, table: pa.Table, sources: pl.DataFrame | None, changes: pl.DataFrame | None) -> Side:
    import polars as pl

    frame = _frame(table)
    if "eventid" not in frame.columns:
        raise ReadError("There is no column eventid, by which incidents are compared.", name, remedy="Add it.")
    if not frame.schema["eventid"].is_integer():
        try:
            frame = frame.with_columns(pl.col("eventid").cast(pl.Int64))
        except pl.exceptions.PolarsError as error:
            problem = "The eventid is not a whole number everywhere."
            raise ReadError(problem, name, "column eventid", "Validate the file to see where.") from error
    frame = frame.with_columns(pl.col("eventid").cast(pl.Int64))
    blank = frame["eventid"].null_count()
    twice = frame.filter(pl.col("eventid").is_duplicated() & pl.col("eventid").is_not_null())["eventid"].unique().sort()
    if blank or len(twice):
        have = "incident has" if blank == 1 else "incidents have"
        wrong = f"{blank:,} {have} no eventid" if blank else f"The eventid {twice[0]} is there more than once"
        more = f", and so are {len(twice) - 1:,} others" if not blank and len(twice) > 1 else ""
        raise ReadError(f"{wrong}{more}.", name, "column eventid", "Validate the file, and give each incident its own.")
    metadata = table.schema.metadata or {}
    told = [metadata[key].decode("utf-8", "replace") for key in (b"codebook", b"codebook_version") if key in metadata]
    return Side(name, frame, " ".join(told) or None, sources, changes)


def _read(path: Path) -> pa.Table:
    """A table, with one kind of error for whatever is wrong with its file."""
    from polars.exceptions import PanicException

    if not path.exists():
        raise ReadError("There is no such file or folder.", str(path), remedy="Check the path.")
    try:
        return read_table(path)
    except (ReadError, OSError) as error:
        if isinstance(error, ReadError) or error.errno is not None:
            raise
        raise _unreadable(path, error) from error
    except (Exception, PanicException) as error:
        # Readers of damaged files raise what they like.
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: BaseException) -> ReadError:
    told = str(error).partition("\n")[0].rstrip(".")
    remedy = "Check it with `gtdlike verify` or `gtdlike validate`."
    return ReadError(f"The file cannot be read: {told}.", str(path), remedy=remedy)


def _frame(table: pa.Table) -> pl.DataFrame:
    import polars as pl

    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    # How texts are stored is no difference.
    return frame.with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String))
