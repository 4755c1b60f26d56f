"""SPSS (.sav): numbers with labels, -9 and -99 declared as missing, texts of up to 32,767 bytes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gtdlike.errors import ReadError, WriteError
from gtdlike.export.labelled import Limits, overwrite, prepared, pyreadstat, typed

if TYPE_CHECKING:
    import pyarrow as pa

    from gtdlike.codebook.model import Codebook

_LIMITS: Final = Limits(
    text=32_767,
    number=1.7e308,
    label_letters=256,
    label_bytes=256,
    code_label_bytes=120,
    title_bytes=64,
    spaces_at_the_end=False,
)
_TIME_AT: Final = 92
_NO_TIME: Final = b"01 Jan 7000:00:00"


def write(table: pa.Table, part: Path, path: Path) -> None:
    """Write a table with the labels of its variables and codes; the unknown codes of numbers are user-missing."""
    made = prepared(table, _LIMITS, path)
    _check_names(made.frame.columns, path)
    formats = {
        name: "F16.6" if kind.is_float() else "F14.0" for name, kind in made.frame.schema.items() if kind.is_numeric()
    }
    with pyreadstat(path, WriteError) as library:
        library.write_sav(
            made.frame,
            part,
            row_compress=True,
            file_label=made.title,
            column_labels=dict(made.labels),
            variable_value_labels={name: dict(labels) for name, labels in made.code_labels.items()},
            missing_ranges={name: [unknown] for name, unknown in made.unknown.items()},
            variable_measure=dict(made.measures),
            variable_format=formats,
        )
    overwrite(part, _TIME_AT, _NO_TIME)


def read(path: Path, schema: pa.Schema | None, codebook: Codebook | None) -> pa.Table:
    """Read a table, with the types of the schema or of the columns' names; what is user-missing stays a number."""
    with pyreadstat(path, ReadError) as library:
        found = library.read_sav(path, output_format="polars", user_missing=True)
    return typed(found, schema, codebook, path)


def _check_names(names: list[str], path: Path) -> None:
    folded = Counter(name.casefold() for name in names)
    if twice := [name for name in names if folded[name.casefold()] > 1]:
        problem = f"To SPSS these are one name: {', '.join(twice)}."
        raise WriteError(problem, str(path), f"column {twice[0]}", "Rename one of them.")
