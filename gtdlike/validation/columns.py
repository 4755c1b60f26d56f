"""One column of a table as its variable's kind: the typed values, and which cells are not of that kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import frozen

from gtdlike.cells import is_blank
from gtdlike.codebook.model import Kind, Variable

if TYPE_CHECKING:
    import polars as pl

# The kinds of which most cells of text can be cast at once.
_CAST: tuple[Kind, ...] = ("integer", "code", "boolean", "number")
_WHOLE: tuple[Kind, ...] = ("integer", "code", "boolean")

_CAST_TO = "\0"
"""Before the name of a column that was cast, beside the column itself. No variable begins so."""

# Beyond this a float no longer tells every whole number from the next.
_EXACT_FLOAT = 2**53


@frozen
class Column:
    """The typed values of a column, with null for a blank and for a wrong cell, and the mask of the wrong cells."""

    values: pl.Series
    wrong: pl.Series | None = None


def polars_type(kind: Kind) -> pl.DataType:
    """The type in which the checks see a variable of this kind."""
    import polars as pl

    match kind:
        case "integer" | "code" | "boolean":
            return pl.Int64()
        case "number":
            return pl.Float64()
        case "date":
            return pl.Date()
        case _:
            return pl.String()


def typed(series: pl.Series, variable: Variable) -> Column:
    """The column in the type of the variable's kind. Never raises: what does not fit is a wrong cell."""
    import polars as pl

    wanted = polars_type(variable.kind)
    if series.dtype == pl.Object:
        series = _from_objects(series, variable)
        if series.dtype == pl.Object:
            return _from_mixed(series)
    if series.dtype in (pl.Categorical, pl.Enum):
        series = series.cast(pl.String)
    if series.dtype.is_float():
        series = series.fill_nan(None)
    if series.null_count() == len(series):
        return Column(pl.Series(series.name, [None], dtype=wanted).new_from_index(0, len(series)))
    return _column(series, *_converted(series, variable.kind))


def _column(series: pl.Series, values: pl.Series, blank: pl.Series | None) -> Column:
    if values.null_count() == series.null_count():
        return Column(values)
    wrong = values.is_null() & ~(series.is_null() if blank is None else blank)
    return Column(values, wrong if wrong.any() else None)


def typed_columns(columns: Mapping[str, pl.Series], variables: Mapping[str, Variable]) -> dict[str, Column]:
    """The columns of the variables that are not blank throughout, typed.

    It is `typed` of each of them, at a fraction of the cost: columns of text are cast in one go, and so are the cells
    of all of them that a cast leaves.
    """
    import polars as pl

    held = {name: columns[name] for name in variables if name in columns}
    held = {name: series for name, series in held.items() if series.null_count() < len(series)}
    text = pl.DataFrame([series.alias(name) for name, series in held.items() if series.dtype == pl.String])
    kinds = {name: variables[name].kind for name in text.columns}
    cast = {name: _cast(pl.col(name), kind).alias(name) for name, kind in kinds.items() if kind in _CAST}
    found = _cast_columns(text, text.select(cast.values()), kinds)
    # Whole numbers that 64 bits hold need no more than their width changed.
    narrow = (pl.Int8, pl.Int16, pl.Int32, pl.Int64)
    whole = pl.DataFrame([s.alias(n) for n, s in held.items() if s.dtype in narrow and variables[n].kind in _WHOLE])
    found |= {series.name: Column(series) for series in whole.select(pl.all().cast(pl.Int64))}
    has_empty = text.select((pl.col(name) == "").any() for name, kind in kinds.items() if kind in ("text", "label"))
    for name, series in held.items():
        if name not in found:
            full = name in has_empty.columns and not has_empty[name][0]
            found[name] = Column(series) if full else typed(series, variables[name])
    return {name: found[name] for name in held}


def _cast_columns(text: pl.DataFrame, quick: pl.DataFrame, kinds: Mapping[str, Kind]) -> dict[str, Column]:
    """The columns that were cast, with the values of the cells that the cast left."""
    import polars as pl

    found = {series.name: Column(series) for series in quick}
    blanks = {series.name: series.null_count() for series in text}
    missed = [series.name for series in quick if series.null_count() > blanks[series.name]]
    if not missed:
        return found
    # For all columns at once, because each call of Polars costs as much as the look at a column.
    both = text.select(missed).hstack([quick.get_column(name).alias(f"{_CAST_TO}{name}") for name in missed])
    left = both.select(
        (pl.col(f"{_CAST_TO}{name}").is_null() & pl.col(name).is_not_null()).arg_true().implode().alias(name)
        for name in missed
    )
    for of in (("number",), ("integer", "code", "boolean")):
        names = [name for name in missed if kinds[name] in of]
        if not names:
            continue
        places = {name: left.get_column(name)[0] for name in names}
        cells = pl.concat([text.get_column(name)[places[name]].alias("") for name in names])
        values, blank = _from_cells(cells, of[0])
        wrong, start = (values.is_null() & ~blank).to_numpy(), 0
        for name, here in places.items():
            end = start + len(here)
            rows = here.to_numpy()[wrong[start:end]]
            found[name] = Column(
                quick.get_column(name).scatter(here, values[start:end]),
                _mask(name, rows, len(quick)) if len(rows) else None,
            )
            start = end
    return found


def _mask(name: str, rows: Any, height: int) -> pl.Series:
    """A column that is true in some rows."""
    import numpy as np
    import polars as pl

    held = np.zeros(height, bool)
    held[rows] = True
    return pl.Series(name, held)


def _cast(cells: pl.Expr, kind: Kind) -> pl.Expr:
    import polars as pl

    values = cells.cast(polars_type(kind), strict=False)
    return pl.when(values.is_finite()).then(values) if kind == "number" else values


def shown(cell: Any) -> str:
    """A cell as a reader of the report should see it."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _converted(series: pl.Series, kind: Kind) -> tuple[pl.Series, pl.Series | None]:
    """The values, null where they do not fit, and the mask of blanks where these are more than the nulls."""
    import polars as pl

    dtype, nothing = (
        series.dtype,
        pl.Series(series.name, [None], dtype=polars_type(kind)).new_from_index(0, len(series)),
    )
    if dtype == pl.String:
        return _from_text(series, kind)
    match kind:
        case "integer" | "code" | "boolean":
            if dtype.is_integer() or (dtype == pl.Boolean and kind == "boolean"):
                return series.cast(pl.Int64, strict=False), None
            if dtype.is_float() or dtype.is_decimal():
                return _whole(series.cast(pl.Float64)), None
        case "number":
            if dtype.is_numeric():
                numbers = series.cast(pl.Float64, strict=False)
                return numbers.set(~numbers.is_finite(), None), None
        case "date":
            if dtype == pl.Date:
                return series, None
            if dtype == pl.Datetime:
                days = series.cast(pl.Date)
                return days.set(series != days.cast(dtype), None), None
    return nothing, None


def _from_text(series: pl.Series, kind: Kind) -> tuple[pl.Series, pl.Series | None]:
    if kind in ("text", "label"):
        blank = series.is_null() | (series == "")
        return series.set(blank, None), blank
    return _from_cells(series, kind)


def _from_cells(cells: pl.Series, kind: Kind) -> tuple[pl.Series, pl.Series]:
    """The values of cells of text, and which of them are blank: everything that may be written there."""
    import polars as pl

    bare = cells.str.strip_chars()
    blank = bare.is_null() | (bare == "")
    if kind == "date":
        midnight = r"^\d{4}-\d{2}-\d{2}([T ]00:00(:00(\.0+)?)?)?$"
        days = bare.set(~bare.str.contains(midnight), None).str.head(10)
        return days.str.to_date("%Y-%m-%d", strict=False), blank
    numbers = bare.cast(pl.Float64, strict=False)
    if kind == "number":
        return numbers.set(~numbers.is_finite(), None), blank
    # 1.97E+11 is what a spreadsheet makes of an eventid: a whole number to look at, whose digits are lost.
    numbers = numbers.set(bare.str.contains("[eE]"), None)
    whole = bare.cast(pl.Int64, strict=False)
    return whole.zip_with(whole.is_not_null(), _whole(numbers)), blank


def _whole(numbers: pl.Series) -> pl.Series:
    import polars as pl

    fits = numbers.is_finite() & (numbers == numbers.floor()) & (numbers.abs() <= _EXACT_FLOAT)
    return numbers.set(~fits, None).cast(pl.Int64, strict=False)


def _from_objects(series: pl.Series, variable: Variable) -> pl.Series:
    """A column of mixed Python values as text, to be read as the cells of a CSV file are."""
    import polars as pl

    if variable.kind in ("text", "label"):
        return series
    cells: list[str | None] = []
    for cell in series.to_list():
        if is_blank(cell):
            cells.append(None)
        elif isinstance(cell, bool) and variable.kind == "boolean":
            cells.append(str(int(cell)))
        else:
            cells.append(cell.isoformat() if isinstance(cell, dt.date) else str(cell))
    return pl.Series(series.name, cells, dtype=pl.String)


def _from_mixed(series: pl.Series) -> Column:
    """A column of text in which some cells are not text."""
    import polars as pl

    cells = series.to_list()
    values = [cell if isinstance(cell, str) and cell else None for cell in cells]
    wrong = [not isinstance(cell, str) and not is_blank(cell) for cell in cells]
    return Column(
        pl.Series(series.name, values, dtype=pl.String),
        pl.Series(series.name, wrong, dtype=pl.Boolean) if any(wrong) else None,
    )
