"""The tables of a release as they are told of in all standards: `tables.toml`, and the columns of the files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

if TYPE_CHECKING:
    import pyarrow as pa

INCIDENTS: Final = "incidents"


@frozen
class Column:
    """A column of a table. `type` is one of integer, number, boolean, date and string."""

    name: str
    type: str
    description: str


@frozen
class Table:
    """A table of a release: `rows` and `columns` as its Parquet file has them, the rest as `tables.toml` tells it."""

    name: str
    title: str
    description: str
    rows: int
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: Mapping[str, tuple[str, str]]
    """From a column to the table and the column in which its values are found."""

    @property
    def file(self) -> str:
        """The name of its Parquet file."""
        return f"{self.name}.parquet"


def tables_of(folder: Path, definitions: Mapping[str, str]) -> Sequence[Table]:
    """The tables that are in a folder. `definitions` are those of the variables, which are the incidents' columns."""
    import pyarrow.parquet as pq

    found = []
    for name, told in _told().items():
        path = folder / f"{name}.parquet"
        if not path.is_file():
            continue
        with pq.ParquetFile(path) as file:
            schema, rows = file.schema_arrow, file.metadata.num_rows
        meanings: Mapping[str, str] = definitions if name == INCIDENTS else told["columns"]
        found.append(
            Table(
                name=name,
                title=told["title"],
                description=told["description"],
                rows=rows,
                columns=tuple(Column(f.name, type_of(f.type), meanings.get(f.name, "")) for f in schema),
                key=("eventid",) if name == INCIDENTS else tuple(told.get("key", ())),
                references={
                    column: (to.split(".")[0], to.split(".")[1]) for column, to in told.get("references", {}).items()
                },
            )
        )
    return found


def type_of(type_: pa.DataType) -> str:
    """What a column of Arrow holds, in the words that the standards share."""
    import pyarrow as pa

    if pa.types.is_dictionary(type_):
        return type_of(type_.value_type)
    for is_it, name in (
        (pa.types.is_boolean, "boolean"),
        (pa.types.is_integer, "integer"),
        (pa.types.is_floating, "number"),
        (pa.types.is_date, "date"),
    ):
        if is_it(type_):
            return name
    return "string"


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads(files("gtdlike.release.describe").joinpath("tables.toml").read_text(encoding="utf-8"))
