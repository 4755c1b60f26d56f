"""The tables of a release: read, and held against the columns and types of their contract."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gtdlike.codebook import Codebook
from gtdlike.contract import COLUMNS, OPTIONAL, table_schema
from gtdlike.release.manifest import Manifest
from gtdlike.release.verification.damage import damaged_columns
from gtdlike.release.verification.files import AGAIN
from gtdlike.release.verification.result import Check
from gtdlike.rows import arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

REMEDY = "Build the release anew with this version of gtdlike, or verify it with the version that built it."


def read_tables(folder: Path, codebook: Codebook, manifest: Manifest | None, check: Check) -> dict[str, pa.Table]:
    """The tables that can be read and have the columns of their contract, by name."""
    tables = {}
    for name in ("incidents", *COLUMNS):
        path = folder / f"{name}.parquet"
        if not path.is_file():
            # What the manifest lists is missed with the other files.
            if manifest is not None and path.name not in manifest.files and _needed(name, manifest):
                check.add(path.name, None, "The release must have this table.", REMEDY)
            continue
        table = _read(path, check)
        if table is None:
            continue
        check.counted += 1
        schema = arrow_schema(codebook) if name == "incidents" else table_schema(name)
        if _fits(table, schema, path.name, check):
            tables[name] = table.cast(schema)
    return tables


def _needed(name: str, manifest: Manifest) -> bool:
    return name not in OPTIONAL or manifest.options.get("previous") is not None


def _read(path: Path, check: Check) -> pa.Table | None:
    """The table of a file. What cannot be read is a problem that names the columns."""
    import pyarrow.parquet as pq

    try:
        with path.open("rb") as stream, pq.ParquetFile(stream, page_checksum_verification=True) as file:
            try:
                table = file.read()
            except Exception:
                for column in damaged_columns(file):
                    check.add(path.name, f"column {column}", "The column cannot be read.", AGAIN)
                return None
        # Texts that are no UTF-8, and lists that end before they begin, must not get any further.
        table.validate(full=True)
    except Exception as error:
        # Of a damaged file anything may be raised.
        told = str(error).partition("\n")[0].rstrip(".")
        check.add(path.name, None, f"The table cannot be read: {type(error).__name__}: {told}.", AGAIN)
        return None
    return table


def _fits(table: pa.Table, schema: pa.Schema, file: str, check: Check) -> bool:
    """Whether the table has the columns of the schema, in their order, and of their types."""
    before = len(check.problems)
    missing = [name for name in schema.names if name not in table.column_names]
    odd = [name for name in table.column_names if name not in schema.names]
    if missing:
        check.add(file, f"column {', '.join(missing)}", "The column is missing.", REMEDY)
    if odd:
        check.add(file, f"column {', '.join(odd)}", "The column is not one of this table.", REMEDY)
    if not missing and not odd and table.column_names != schema.names:
        check.add(file, None, "The columns are out of order, or one is there twice.", REMEDY)
    for field in schema:
        if field.name in missing or table.column_names.count(field.name) != 1:
            continue
        kind = plain(table.schema.field(field.name).type)
        if kind != field.type:
            message = f"The column has the type {kind}, and should have {field.type}."
            check.add(file, f"column {field.name}", message, REMEDY)
    for key, value in (schema.metadata or {}).items():
        actual = (table.schema.metadata or {}).get(key)
        if actual != value:
            told = "nothing" if actual is None else actual.decode("utf-8", "replace")
            message = f"The metadata say {told}, and should say {value.decode()}."
            check.add(file, key.decode().replace("_", " "), message, REMEDY)
    return len(check.problems) == before


def plain(kind: pa.DataType) -> pa.DataType:
    """A type without the way in which its values are stored."""
    import pyarrow as pa

    if pa.types.is_dictionary(kind):
        return plain(kind.value_type)
    return pa.string() if pa.types.is_large_string(kind) else kind
