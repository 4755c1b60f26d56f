"""What the files of Stata and SPSS have in common: labels of variables and codes, through pyreadstat.

Both have numbers, which are doubles or smaller, and texts, in which nothing and an empty text are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from gtdlike.errors import MissingExtraError, ReadError, WriteError
from gtdlike.export.cast import cast, check_names, flat, frame_of
from gtdlike.export.column_types import schema_of
from gtdlike.export.description import Column, about, columns_of, with_columns
from gtdlike.export.losses import tell, tell_label
from gtdlike.export.numbers import finite, tell_inexact

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

    from gtdlike.codebook.model import Codebook

_REPLACEMENT: Final = "\ufffd"


@frozen
class Limits:
    """What a program can hold: the most bytes of a text, the largest number, the longest labels."""

    text: int | None
    number: float
    label_letters: int
    label_bytes: int
    code_label_bytes: int
    title_bytes: int
    spaces_at_the_end: bool


@frozen
class Prepared:
    """A table as pyreadstat takes it."""

    frame: pl.DataFrame
    title: str
    labels: Mapping[str, str]
    code_labels: Mapping[str, Mapping[int, str]]
    unknown: Mapping[str, int]
    """What stands for an unknown answer, of the columns of numbers that have it."""
    measures: Mapping[str, str]


def prepared(table: pa.Table, limits: Limits, path: Path) -> Prepared:
    """The table within the limits of a program; what does not fit is told."""
    import polars as pl

    known = columns_of(table.schema)
    frame = finite(frame_of(flat(table)), path, limits.number)
    tell_inexact(frame, path)
    texts = [_text(series, limits, path) for series in frame if series.dtype == pl.String]
    bits = [series.cast(pl.Int8) for series in frame if series.dtype == pl.Boolean]
    frame = frame.with_columns(*texts, *bits)
    numbers = [name for name, kind in frame.schema.items() if kind.is_numeric()]
    labels = {name: _label(known[name].label, limits, path, name) for name in frame.columns if known[name].label}
    codes = {
        name: {code: _shortened(label, limits.code_label_bytes, path, name) for code, label in held.items()}
        for name in numbers
        if (held := known[name].codes)
    }
    codes |= {series.name: {0: "No", 1: "Yes"} for series in bits if series.name not in codes}
    version = about(table.schema, "codebook_version")
    title = f"{about(table.schema, 'codebook_title')}, {version}" if version else ""
    return Prepared(
        frame=frame,
        title=_cut(title, limits.title_bytes),
        labels=labels,
        code_labels=codes,
        unknown={name: u for name in numbers if isinstance(u := known[name].unknown, int)},
        measures={name: "scale" if name in numbers and name not in codes else "nominal" for name in frame.columns},
    )


def typed(read: tuple[pl.DataFrame, Any], schema: pa.Schema | None, codebook: Codebook | None, path: Path) -> pa.Table:
    """What pyreadstat read, with the types of the schema or of the columns' names; an empty text is a blank.

    The labels come along, so that they are not lost in the next format.
    """
    import polars as pl
    import pyarrow as pa

    frame, told = read
    frame = frame.with_columns(pl.col(pl.String).replace("", None))
    if schema is None:
        schema = schema_of(frame.columns, codebook)
        for place, (name, kind) in enumerate(frame.schema.items()):
            if pa.types.is_string(schema.field(place).type) and not _holds_text(kind):
                # Nobody's column, so it stays what it is.
                schema = schema.set(place, pa.field(name, frame[name].to_arrow().type))
        schema = with_columns(schema, {name: _told(name, told) for name in frame.columns})
    check_names(frame.columns, schema, path)
    return cast(frame.to_arrow(), schema, path)


def _told(name: str, told: Any) -> Column:
    """What a file tells of a column."""
    labels = told.variable_value_labels.get(name, {})
    whole = all(isinstance(code, int | float) and code == int(code) for code in labels)
    missing = told.missing_ranges.get(name, [{"lo": "", "hi": ""}])[0]
    return Column(
        name,
        label=told.column_names_to_labels.get(name) or "",
        list_name=name if labels and whole else "",
        codes={int(code): label for code, label in labels.items()} if whole else {},
        unknown=int(missing["lo"])
        if isinstance(missing["lo"], int | float) and missing["lo"] == missing["hi"]
        else None,
    )


@contextmanager
def pyreadstat(path: Path, error: type[ReadError | WriteError]) -> Iterator[Any]:
    """The library; what it cannot do is an error that names the file."""
    try:
        import pyreadstat as library
    except ModuleNotFoundError:
        remedy = "Install it: pip install 'gtdlike[stata]'."
        raise MissingExtraError("Files of Stata and SPSS need pyreadstat.", str(path), remedy=remedy) from None
    try:
        yield library
    except (library.ReadstatError, library.PyreadstatError) as problem:
        remedy = "Rename the column, or choose another format." if error is WriteError else "Write the file anew."
        raise error(f"{problem}.", str(path), remedy=remedy) from problem


def overwrite(file: Path, place: int, stamp: bytes) -> None:
    """Put a fixed time where the file has the time of its making: the same table gives the same bytes."""
    with file.open("r+b") as stream:
        stream.seek(place)
        stream.write(stamp)


def _holds_text(kind: pl.DataType) -> bool:
    import polars as pl

    return kind in (pl.String, pl.Null)


def _text(texts: pl.Series, limits: Limits, path: Path) -> pl.Series:
    """A column of texts within the limits."""
    name = texts.name
    tell(path, name, int((texts == "").sum()), "empty texts, which are the same as blanks there")
    nul = texts.str.contains("\0", literal=True)
    tell(path, name, int(nul.sum()), f"with the character 0, in the place of which stands {_REPLACEMENT!r}")
    if nul.any():
        texts = texts.str.replace_all("\0", _REPLACEMENT, literal=True)
    if not limits.spaces_at_the_end:
        tell(path, name, int(texts.str.ends_with(" ").sum()), "with spaces at the end, which are lost")
        texts = texts.str.strip_chars_end(" ")
    if limits.text is not None and (long := texts.str.len_bytes() > limits.text).any():
        tell(path, name, int(long.sum()), f"longer than {limits.text:,} bytes, which are cut")
        most = limits.text
        texts = texts.map_elements(lambda text: _cut(text, most), return_dtype=texts.dtype)
    return texts


def _label(label: str, limits: Limits, path: Path, name: str) -> str:
    return _shortened(label, limits.label_bytes, path, name, limits.label_letters)


def _shortened(label: str, most: int, path: Path, name: str, letters: int | None = None) -> str:
    """A label that fits; one that is cut is told."""
    if len(label.encode()) <= most and len(label) <= (letters or most):
        return label
    tell_label(path, name, label)
    return _cut(label[: (letters or most) - 1], most - 3) + "…"


def _cut(text: str, most: int) -> str:
    """The text up to so many bytes, and no half letters."""
    return text.encode()[:most].decode(errors="ignore")
