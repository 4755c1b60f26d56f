"""The text of nested incidents, made column by column: an expression for each part of an incident."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gtdlike.errors import WriteError
from gtdlike.export.description import columns_of
from gtdlike.export.losses import tell
from gtdlike.nested import steps_of

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

Part = dict[Any, Any] | str
"""A part of an incident: other parts by name or by index, or the name of a column."""
_LINES: Final = ",\n      "


def document_part(frame: pl.DataFrame, schema: pa.Schema, path: Path) -> pl.Expr:
    """The expression of the text of a row, one part a line. `schema` tells the paths of the columns."""
    import polars as pl

    tree: dict[Any, Any] = {}
    known = columns_of(schema)
    for name in frame.columns:
        *above, last = steps_of(known[name].path) if known[name].path else (name,)
        part = tree
        for step in above:
            part = part.setdefault(step, {})
        if last in part:
            problem = f"Two columns have the place {known[name].path or name!r} in an incident."
            raise WriteError(problem, str(path), f"column {name}", "Rename one of them.")
        part[last] = name
    joined = pl.concat_str(list(_members(tree, frame)), separator=_LINES, ignore_nulls=True)
    return pl.when(joined == "").then(pl.lit("{}")).otherwise("{\n      " + joined + "\n    }").alias("text")


def left_out(frame: pl.DataFrame, schema: pa.Schema, path: Path) -> list[str]:
    """The columns of labels whose codes are there. A label that is not its code's is told: it is lost."""
    import polars as pl

    known = columns_of(schema)
    names = [name for name in frame.columns if known[name].kind == "label" and known[name].label_of in frame.columns]
    for name in names:
        codes = known[known[name].label_of].codes
        derived = frame[known[name].label_of].replace_strict(
            list(codes), list(codes.values()), default=None, return_dtype=pl.String
        )
        tell(path, name, int((frame[name].is_not_null() & frame[name].ne_missing(derived)).sum()),
             "labels that are not those of their codes, which alone are written")  # fmt: skip
    return names


def _members(parts: dict[Any, Any], frame: pl.DataFrame) -> Iterator[pl.Expr]:
    """The parts that are not blank, each behind its name."""
    import polars as pl

    for name, part in parts.items():
        yield pl.lit(f"{json.dumps(name, ensure_ascii=False)}: ") + _text(part, frame)


def _text(part: Part, frame: pl.DataFrame) -> pl.Expr:
    """The text of a part; null where it is blank."""
    import polars as pl

    if isinstance(part, str):
        return _cell(part, frame.schema[part])
    if not all(isinstance(step, int) for step in part):
        joined = pl.concat_str(list(_members(part, frame)), separator=", ", ignore_nulls=True)
        return pl.when(joined != "").then("{" + joined + "}")
    # A gap in a list of codes is null, in a list of objects an object without anything in it.
    places = range(max(part) + 1)
    gap = "null" if all(isinstance(inner, str) for inner in part.values()) else "{}"
    texts = [_text(part[place], frame) if place in part else pl.lit(None, pl.String) for place in places]
    listed = pl.lit(None, pl.String)
    for last in places:
        up_to = pl.concat_str([one.fill_null(gap) for one in texts[: last + 1]], separator=", ")
        listed = pl.when(texts[last].is_not_null()).then("[" + up_to + "]").otherwise(listed)
    return listed


def _cell(name: str, kind: pl.DataType) -> pl.Expr:
    import polars as pl

    column = pl.col(name)
    if kind.is_numeric():
        return column.cast(pl.String)
    inner = pl.struct(column.alias("_")).struct.json_encode().str.strip_prefix('{"_":').str.head(-1)
    return pl.when(column.is_not_null()).then(inner)
