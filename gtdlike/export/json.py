"""JSON: one document with the incidents as they are nested in `Incident`, one part of an incident a line.

Each value stands at the `path` of its variable; blanks are left out, and so are labels, which follow from the codes.
Columns that are no variables stand beside the parts, under their names. Tables that are no incidents are lists of rows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gtdlike.errors import ReadError
from gtdlike.export.description import about, columns_of, holds_incidents
from gtdlike.export.json_text import document_part, left_out
from gtdlike.nested import leaves, steps_of
from gtdlike.rowmap import row_map

if TYPE_CHECKING:
    import pyarrow as pa

    from gtdlike.codebook.model import Codebook

INCIDENTS, COLUMNS = "incidents", "columns"
_PIECE: Final = 10_000


def write(table: pa.Table, part: Path, path: Path) -> None:
    """Write a table as one document."""
    from gtdlike.export.cast import frame_of, without_dictionaries
    from gtdlike.export.numbers import finite

    schema = table.schema
    frame = finite(frame_of(without_dictionaries(table)), path)
    text = document_part(frame.drop(left_out(frame, schema, path)), schema, path)
    named = {key: told for key in ("codebook", "codebook_version") if (told := about(schema, key))}
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.write("{\n")
        for key, told in named.items():
            file.write(f"  {json.dumps(key)}: {json.dumps(told, ensure_ascii=False)},\n")
        file.write(f'  "{COLUMNS}": {json.dumps(schema.names, ensure_ascii=False)},\n')
        file.write(f'  "{INCIDENTS if holds_incidents(columns_of(schema)) else "rows"}": [')
        before = "\n    "
        for piece in frame.iter_slices(_PIECE):
            # Lazily, for then what stands in several parts of the expression is computed once.
            for one in piece.lazy().select(text).collect().to_series():
                file.write(before + one)
                before = ",\n    "
        file.write("\n  ]\n}\n")


def read(path: Path, schema: pa.Schema | None, codebook: Codebook | None) -> pa.Table:
    """Read incidents, nested or flat, in a list or under the one name of a document that holds a list."""
    from gtdlike.export.records import Records

    try:
        names, rows = _content(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        remedy = "For one row a line, name the file .jsonl."
        raise ReadError(f"This is not JSON as it is written here: {error}.", str(path), remedy=remedy) from error
    book = row_map(codebook).codebook
    by_path = {v.path: v.name for v in book.variables.values() if v.path is not None}
    heads = {steps_of(one)[0] for one in by_path}
    records = Records(path, schema, codebook, "incident", names)
    for number, row in enumerate(rows, 1):
        records.take(_flat(row, heads, by_path, f"incident {number}", path))
    return _with_labels(records.table(), book)


def _content(data: Any) -> tuple[list[str], list[Any]]:
    """The names of the columns, if they are told, and the incidents."""
    held = data if isinstance(data, dict) else {INCIDENTS: data}
    names, lists = held.get(COLUMNS, []), [value for key, value in held.items() if key != COLUMNS]
    lists = [value for value in lists if isinstance(value, list)]
    if len(lists) != 1:
        raise ValueError("it holds no list of incidents")
    return [str(name) for name in names], lists[0]


def _flat(row: Any, heads: set[Any], by_path: Mapping[str, str], place: str, file: Path) -> dict[str, Any]:
    """The cells of an incident by the names of their variables."""
    if not isinstance(row, dict):
        raise ReadError("It is not an object.", str(file), place, "Write each incident as an object.")
    cells: dict[str, Any] = {}
    for key, value in row.items():
        if key not in heads:
            cells[key] = value
            continue
        for at, cell in leaves(value, key):
            if at not in by_path:
                remedy = "Give the codebook that the file was written with, or take it out."
                raise ReadError(f"The codebook has no place for {at}.", str(file), place, remedy)
            cells[by_path[at]] = cell
    return cells


def _with_labels(table: pa.Table, codebook: Codebook) -> pa.Table:
    """The table with the labels of its codes, where it has columns for them and they are blank throughout."""
    import polars as pl

    for place, name in enumerate(table.column_names):
        variable = codebook.variables.get(name)
        if variable is None or variable.label_of not in table.column_names:
            continue
        if table.column(place).null_count == len(table):
            codes = codebook.code_list(name)
            labels = pl.Series(table.column(variable.label_of)).replace_strict(
                [c.code for c in codes], [c.label for c in codes], default=None, return_dtype=pl.String
            )
            field = table.schema.field(place)
            table = table.set_column(place, field, labels.to_arrow().cast(field.type))
    return table
