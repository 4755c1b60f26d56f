"""The typed incident as a flat row and as an Arrow table, and back, without loss.

The codebook is the map: the `path` of each variable says where its value lives in the incident. It is compiled once
per codebook. On the way in, cattrs types the values; on the way out, the labels are derived from the codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, get_args, get_type_hints

from attrs import fields_dict, has

from gtdlike.cells import read_cell, write_cell
from gtdlike.codebook.model import Codebook, Value, Variable
from gtdlike.errors import RowError
from gtdlike.incident import UNKNOWN, Incident
from gtdlike.rowmap import AS_IT_IS, CellProblem, RowMap, row_map
from gtdlike.rowmap import EXTRA_COLUMNS as EXTRA_COLUMNS
from gtdlike.shapes import as_class

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH: Final = 4096
_INT16, _INT32 = 2**15 - 1, 2**31 - 1


def to_row(incident: Incident, codebook: Codebook | None = None) -> dict[str, Value]:
    """The flat row of an incident: every column of the codebook in order, blanks as None, labels from their codes.

    Raises RowError where the incident holds what the row has no place or no way to write for.
    """
    row, problems = write_row(incident, codebook)
    if problems:
        raise RowError("; ".join(map(str, problems)), remedy="Correct these values of the incident.")
    return row


def write_row(incident: Incident, codebook: Codebook | None = None) -> tuple[dict[str, Value], list[CellProblem]]:
    """The flat row, with None for each value that cannot stand in it, and what is wrong with those values."""
    return row_map(codebook).write(incident)


def from_row(row: Mapping[str, Any], codebook: Codebook | None = None) -> Incident:
    """The incident of a flat row. Numbers may be written as text ("3", "3.0"); an empty text or NaN is blank.

    Columns that are not there are blank, labels are not read, and the extra columns of a coded row are passed over.
    Raises RowError, with one `message @ path` for every cell that does not fit.
    """
    return row_map(codebook).read(row)


def arrow_schema(codebook: Codebook | None = None) -> pa.Schema:
    """The Arrow schema of the flat row. Each field carries its label, the schema the codebook's id and version."""
    import pyarrow as pa

    book = row_map(codebook).codebook
    return pa.schema(
        [pa.field(v.name, arrow_type(v, book), metadata={"label": v.label}) for v in book.variables.values()],
        metadata={"codebook": book.id, "codebook_version": book.version},
    )


def arrow_type(variable: Variable, codebook: Codebook) -> pa.DataType:
    """The Arrow type of a variable: its kind's, and for whole numbers the smallest that holds its range."""
    import pyarrow as pa

    if variable.kind in ("label", "text"):
        return pa.string()
    if variable.kind in ("number", "date"):
        return pa.float64() if variable.kind == "number" else pa.date32()
    if variable.kind == "boolean":
        most: float = 1
    elif variable.kind == "code" and variable.codes is not None:
        most = max((abs(c.code) for c in codebook.code_lists[variable.codes]), default=0)
    else:
        # A count that has no maximum gets room for two billion.
        most = max(abs(variable.minimum or 0), _INT32 if variable.maximum is None else abs(variable.maximum))
    return pa.int16() if most <= _INT16 else pa.int32() if most <= _INT32 else pa.int64()


def to_table(incidents: Iterable[Incident], codebook: Codebook | None = None) -> pa.Table:
    """The Arrow table of incidents. Raises RowError that names the incident, counted from 1, which does not fit."""
    import pyarrow as pa

    map_, schema = row_map(codebook), arrow_schema(codebook)
    batches: list[pa.RecordBatch] = []
    done, rest = 0, iter(incidents)
    while chunk := list(islice(rest, _BATCH)):
        try:
            columns = _columns(map_, chunk)
            arrays = [_array(columns[field.name], len(chunk), field.type) for field in schema]
        except _REFUSED as error:
            raise _first_problem(map_, schema, chunk, done) from error
        batches.append(pa.RecordBatch.from_arrays(arrays, schema=schema))
        done += len(chunk)
    return pa.Table.from_batches(batches, schema=schema)


def from_table(table: pa.Table, codebook: Codebook | None = None) -> list[Incident]:
    """The incidents of an Arrow table. Raises RowError that names the row, counted from 1, which does not fit."""
    map_ = row_map(codebook)
    map_.check_names(table.column_names)
    incidents: list[Incident] = []
    for batch in table.to_batches(max_chunksize=_BATCH):
        # A column that is blank throughout costs nothing.
        cells = {
            name: column.to_pylist()
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
            if name in map_.places and column.null_count < len(column)
        }
        incidents.extend(_incidents(map_, cells, batch.num_rows, len(incidents)))
    return incidents


def from_columns(
    columns: Mapping[str, Sequence[Value]], length: int, codebook: Codebook | None = None
) -> list[Incident]:
    """The incidents of so many rows given column by column; quicker than rows. A column may be left out if it is blank.

    Raises RowError that names the row, counted from 1, which does not fit.
    """
    map_ = row_map(codebook)
    map_.check_names(columns)
    return _incidents(map_, {name: list(columns[name]) for name in columns if name in map_.places}, length, 0)


def _incidents(map_: RowMap, cells: Mapping[str, list[Any]], length: int, done: int) -> list[Incident]:
    """The incidents of some rows, before which so many others are done."""
    try:
        typed = {name: _read(map_.codebook.variables[name], column) for name, column in cells.items()}
    except ValueError:
        # Somewhere in these rows. Reading them one by one tells where, and in the same words as `from_row`.
        for number, values in enumerate(zip(*cells.values(), strict=True), done + 1):
            try:
                map_.read(dict(zip(cells, values, strict=True)))
            except RowError as error:
                raise RowError(error.problem, place=f"row {number}", remedy=error.remedy) from None
        raise
    by_path = {map_.codebook.variables[name].path or "": column for name, column in typed.items()}
    return _built(map_.incident_class, "", by_path, length)


# Arrow's own errors are ValueError and TypeError; a surrogate in a text is a UnicodeError, which is a ValueError; a
# part that is not of its class is an AttributeError; one that the codebook has no place for is a RowError.
_REFUSED = (ValueError, TypeError, OverflowError, AttributeError, RowError)


def to_columns(incidents: list[Incident], codebook: Codebook | None = None) -> dict[str, Sequence[Value]] | None:
    """The cells of incidents column by column, an empty one where it is blank throughout; quicker than rows.

    None where one of the incidents does not fit: `write_row` tells which of its values.
    """
    try:
        return _columns(row_map(codebook), incidents)
    except _REFUSED:
        return None


def _columns(map_: RowMap, incidents: list[Incident]) -> dict[str, Sequence[Value]]:
    """The cells of incidents column by column. Raises ValueError where one of them does not fit."""
    cls = map_.incident_class
    if cls is not Incident or any(type(incident) is not cls for incident in incidents):
        incidents = [as_class(incident, cls, map_.codebook) for incident in incidents]
    columns: dict[str, Sequence[Value]] = {}
    groups = [(map_.scalars[0], [map_.scalars[1](incident) for incident in incidents])]
    for part in map_.lists:
        lists = [part.get(incident) for incident in incidents]
        if max(map(len, lists)) > len(part.places) and any(part.beyond(elements) for elements in lists):
            raise ValueError(part.path)
        for place, (cells, values) in enumerate(part.places):
            nothing = (None,) * len(cells)
            groups.append((cells, [values(held[place]) if len(held) > place else nothing for held in lists]))
    for cells, rows in groups:
        for (name, as_it_is, variable), column in zip(cells, zip(*rows, strict=True), strict=True):
            columns[name] = _written(variable, as_it_is, column)
    for label, code, labels in map_.labels:
        columns[label] = [labels.get(value) for value in columns[code]] if columns[code] else ()
    return columns


def _written(variable: Variable, as_it_is: type | None, column: tuple[Any, ...]) -> Sequence[Value]:
    """A column as it stands in the table; empty where it is blank throughout."""
    kinds = set(map(type, column)) - {type(None)}
    if not kinds:
        return ()
    if kinds == {as_it_is} and "" not in column:
        return column
    if kinds == {bool} and variable.kind == "boolean":
        return [_BITS[value] for value in column]
    return [write_cell(variable, value) for value in column]


_BITS: Final[Mapping[bool | None, int | None]] = {True: 1, False: 0, None: None}


def _array(column: Sequence[Value], length: int, type_: pa.DataType) -> pa.Array:
    import pyarrow as pa

    return pa.array(column, type_) if column else pa.nulls(length, type_)


def _first_problem(map_: RowMap, schema: pa.Schema, incidents: list[Incident], done: int) -> RowError:
    """What is wrong with the first incident that does not fit."""
    for number, incident in enumerate(incidents, done + 1):
        try:
            row, problems = map_.write(incident)
        except RowError as error:
            return RowError(error.problem, place=f"incident {number}", remedy=error.remedy)
        told = list(map(str, problems))
        for field in schema:
            try:
                _array([row[field.name]], 1, field.type)
            except _REFUSED:
                told.append(f"{field.name}: {row[field.name]!r} does not fit into a column of {field.type}")
        if told:
            return RowError("; ".join(told), place=f"incident {number}", remedy="Correct these values of the incident.")
    raise AssertionError("A column was refused, and each of its cells was accepted.")


def _read(variable: Variable, column: list[Any]) -> list[Any]:
    """A column of cells as typed values. Raises ValueError where one of them does not fit."""
    kinds, unknown = set(map(type, column)) - {type(None)}, variable.unknown
    if kinds == {int} and variable.kind == "boolean":
        answers = {None: None, 0: False, 1: True} | ({} if unknown is None else {unknown: UNKNOWN})
        if set(column) <= answers.keys():
            return [answers[value] for value in column]
    elif kinds == {AS_IT_IS.get(variable.kind)} and "" not in column and (unknown is None or unknown not in column):
        return column
    return [read_cell(variable, value) for value in column]


def _built(cls: type[Any], path: str, columns: Mapping[str, list[Any]], rows: int) -> list[Any]:
    """One object for each row, from the columns whose paths begin with `path`."""
    hints, nothing = get_type_hints(cls), [None] * rows
    values: list[list[Any]] = []
    for name in fields_dict(cls):
        here, kind = f"{path}{name}", hints[name]
        if has(kind):
            values.append(_built(kind, f"{here}.", columns, rows))
        elif getattr(kind, "__origin__", None) is list:
            values.append(_built_lists(get_args(kind)[0], here, columns, rows))
        else:
            values.append(columns.get(here, nothing))
    return list(map(cls, *values))


def _built_lists(kind: Any, path: str, columns: Mapping[str, list[Any]], rows: int) -> list[list[Any]]:
    """One list for each row: gaps are blank elements, and it ends with the last element that is not blank."""
    held: dict[int, list[list[Any]]] = {}
    for name, column in columns.items():
        if name.startswith(f"{path}["):
            held.setdefault(int(name[len(path) + 1 :].partition("]")[0]), []).append(column)
    lengths = [0] * rows
    for place in sorted(held):
        nothing = (None,) * len(held[place])
        for row, cells in enumerate(zip(*held[place], strict=True)):
            if cells != nothing:
                lengths[row] = place + 1
    if has(kind):
        elements = [_built(kind, f"{path}[{place}].", columns, rows) for place in range(max(lengths, default=0))]
    else:
        elements = [columns.get(f"{path}[{place}]", [None] * rows) for place in range(max(lengths, default=0))]
    return [[element[row] for element in elements[:length]] for row, length in enumerate(lengths)]
