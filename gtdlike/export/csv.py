"""CSV in one stated dialect, written and read back without loss.

Comma, UTF-8 without a byte order mark, lines end with a line feed, quotes only where a cell needs them, quotes doubled
within quotes, a header of column names. A blank is nothing between the commas; an empty text is `""`.

A spreadsheet takes a text that begins with `=`, `+`, `-` or `@` for a formula and runs it, some also after a tab or a
line break. Such a text is guarded with an apostrophe in front, as is one that has apostrophes before such a sign
already, so that reading can take exactly one away. Other texts that begin with an apostrophe stay as they are.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from gtdlike.errors import ReadError
from gtdlike.export.cast import cast, check_names, flat, frame_of
from gtdlike.export.column_types import schema_of

if TYPE_CHECKING:
    import pyarrow as pa

    from gtdlike.codebook.model import Codebook

SIGNS: Final = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
"""A text that begins with one of these may run as a formula; the last four are the wide forms of East Asia."""
_SIGNS: Final = frozenset(SIGNS)
_GUARDED: Final = r"^'*[=+\-@\t\r\n\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}]"
_WIDE: Final = "\uff00"
_WRITTEN: Final = _GUARDED.replace("*", "+", 1)


def guard(text: str) -> str:
    """A text as it stands in a CSV cell, harmless to spreadsheets."""
    return f"'{text}" if text.lstrip("'")[:1] in _SIGNS else text


def unguard(cell: str) -> str:
    """The text of a cell that `guard` made."""
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'")[:1] in _SIGNS else cell


def write(table: pa.Table, part: Path, path: Path) -> None:
    """Write a table in the dialect of this module."""
    import polars as pl

    frame = frame_of(flat(table))
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    # Most texts begin with a letter of the alphabet; only the others are looked at more closely.
    others = {name: (pl.col(name) < "A") | (pl.col(name) >= _WIDE) for name in texts}
    found = frame.select(pl.col(name).filter(others[name]).str.contains(_GUARDED).any() for name in texts)
    guarded = [
        pl.when(pl.col(name).str.contains(_GUARDED)).then("'" + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name in texts
        if found[name].item()
    ]
    frame = frame.with_columns(guarded).rename({name: guard(name) for name in frame.columns if guard(name) != name})
    frame.write_csv(part, line_terminator="\n", quote_style="necessary", null_value="")


def read(path: Path, schema: pa.Schema | None, codebook: Codebook | None) -> pa.Table:
    """Read a table, with the types of the schema or of the columns' names."""
    import polars as pl

    try:
        # Everything is read as text and then cast column by column, so that an error can name its column.
        frame = pl.read_csv(path, infer_schema=False)
    except pl.exceptions.PolarsError as error:
        raise ReadError(f"This is no CSV: {error}.", str(path), remedy="Validate the file.") from error
    frame = frame.rename({name: unguard(name) for name in frame.columns if unguard(name) != name})
    if schema is None:
        schema = schema_of(frame.columns, codebook)
    check_names(frame.columns, schema, path)
    texts = [field.name for field in schema if str(field.type) in ("string", "large_string")]
    guarded = [
        pl.when(pl.col(name).str.contains(_WRITTEN)).then(pl.col(name).str.slice(1)).otherwise(pl.col(name)).alias(name)
        for name in texts
    ]
    return cast(frame.with_columns(guarded).to_arrow(), schema, path)
