"""The Arrow types of columns by their names, for the formats that carry no types."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from gtdlike.codebook.model import Codebook
from gtdlike.contract import COLUMNS, table_schema
from gtdlike.export.description import are_incidents
from gtdlike.rowmap import row_map
from gtdlike.rows import arrow_schema, arrow_type

if TYPE_CHECKING:
    import pyarrow as pa


def type_of(name: str, codebook: Codebook | None = None) -> pa.DataType | None:
    """The type of a column: its variable's, or that of the release tables beside the incidents; None for others."""
    book = row_map(codebook).codebook
    if (variable := book.variables.get(name)) is not None:
        return arrow_type(variable, book)
    return _of_release_tables().get(name)


def schema_of(names: Sequence[str], codebook: Codebook | None = None) -> pa.Schema:
    """The schema of columns of these names, in their order; those that nobody knows are text."""
    import pyarrow as pa

    book = row_map(codebook).codebook
    incidents = arrow_schema(book)
    fields = [
        incidents.field(name) if name in book.variables else pa.field(name, type_of(name, book) or pa.string())
        for name in names
    ]
    return pa.schema(fields, metadata=incidents.metadata if are_incidents(names, book) else None)


def all_columns(names: Sequence[str], codebook: Codebook | None = None) -> list[str]:
    """The columns of rows that leave out what is blank: those of the codebook and then the others that are there.

    Where the rows are no incidents, just those that are there; where there are no rows, just those of the codebook.
    """
    book = row_map(codebook).codebook
    if names and not are_incidents(names, book):
        return list(names)
    return [*book.columns, *(name for name in names if name not in book.variables)]


@cache
def _of_release_tables() -> dict[str, pa.DataType]:
    """The columns of all tables of a release beside the incidents: those of one name have one type."""
    return {field.name: field.type for name in COLUMNS for field in table_schema(name)}
