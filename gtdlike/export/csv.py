"""CSV in one stated dialect, written and read back without loss.

Comma, UTF-8 without a byte order mark, lines end with a line feed, quotes only where a cell needs them, quotes doubled
within quotes, a header of column names. A blank is nothing between the commas; an empty text is `""`.

A spreadsheet takes a text that begins with `=`, `+`, `-` or `@` for a formula and runs it. Such a text is guarded with
an apostrophe in front, as is one that begins with an apostrophe itself, so that reading can take exactly one away.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gtdlike.errors import ReadError
from gtdlike.export.cast import cast

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

GUARDED = "=+-@\t\r'"
"""A text that begins with one of these is written with an apostrophe in front."""


def guard(text: str) -> str:
    """A text as it stands in a CSV cell, harmless to spreadsheets."""
    return f"'{text}" if text[:1] and text[0] in GUARDED else text


def unguard(cell: str) -> str:
    """The text of a cell that `guard` made."""
    return cell[1:] if cell.startswith("'") else cell


def write_csv(table: pa.Table, path: Path) -> None:
    """Write a table as CSV in the dialect of this module."""
    import polars as pl

    frame = _frame(table)
    guarded = [
        pl.when(pl.col(name).str.contains(f"^[{GUARDED}]".replace("-", r"\-")))
        .then(pl.concat_str(pl.lit("'"), pl.col(name)))
        .otherwise(pl.col(name))
        .alias(name)
        for name in _texts(frame)
    ]
    frame.with_columns(guarded).write_csv(path, line_terminator="\n", quote_style="necessary", null_value="")


def read_csv(path: Path, schema: pa.Schema | None = None) -> pa.Table:
    """Read what `write_csv` wrote, with the types of `schema`, or of the incidents if None."""
    import polars as pl
    import pyarrow as pa

    if schema is None:
        from gtdlike.rows import arrow_schema

        schema = arrow_schema()
    # Everything is read as text and then cast column by column, so that an error can name its column.
    frame = pl.read_csv(path, infer_schema=False)
    if frame.columns != schema.names:
        odd = sorted(set(frame.columns) ^ set(schema.names))
        problem = f"The columns are not those of the schema: {', '.join(odd[:5]) or 'their order differs'}."
        raise ReadError(problem, str(path), "line 1", "Validate the file to see which columns are unknown or missing.")
    texts = [f.name for f in schema if pa.types.is_string(f.type) or pa.types.is_large_string(f.type)]
    return cast(frame.with_columns(pl.col(texts).str.strip_prefix("'")).to_arrow(), schema, path)


def _frame(table: pa.Table) -> pl.DataFrame:
    import polars as pl

    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame


def _texts(frame: pl.DataFrame) -> list[str]:
    import polars as pl

    return [name for name, kind in frame.schema.items() if kind == pl.String]
