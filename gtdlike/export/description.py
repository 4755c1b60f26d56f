"""What a codebook says of the columns of a table, carried by the table itself.

Arrow lets every column and every table carry texts. The label, the definition, the kind and the unknown code of a
variable stand with its column, the code lists with the table. Parquet keeps them, so a file can be written in another
format with all its labels by one who does not have the codebook.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

if TYPE_CHECKING:
    import pyarrow as pa

    from gtdlike.codebook.model import Codebook, Variable


@frozen
class Column:
    """What is known of a column; all of it is empty where the codebook does not have the column.

    `codes` are the labels of its codes, of a yes/no question as well; `unknown` is what stands for an unknown answer.
    """

    name: str
    label: str = ""
    definition: str = ""
    section: str = ""
    kind: str = ""
    unit: str = ""
    path: str = ""
    list_name: str = ""
    label_of: str = ""
    unknown: int | str | None = None
    codes: Mapping[int, str] = field(factory=dict)


def described(table: pa.Table, codebook: Codebook | None = None) -> pa.Table:
    """The table with what the codebook says of its columns.

    Without a codebook it stays as it is if one has described it already; else the built-in one that the table names, or
    of which it has the columns, describes it.
    """
    if codebook is None and (_is_described(table.schema) or (codebook := _built_in(table.schema)) is None):
        return table
    fields, before = [], _lists(table.schema)
    lists: dict[str, dict[str, str]] = {}
    for field_ in table.schema:
        metadata = field_.metadata or {}
        list_name = metadata.get(b"list_name", b"").decode()
        if (variable := codebook.variables.get(field_.name)) is not None:
            kept = {key: value for key, value in metadata.items() if key.decode() not in _KEYS}
            field_ = field_.with_metadata(_encoded(kept, _of_variable(variable)))
            if variable.codes is not None:
                lists[variable.codes] = {str(c.code): c.label for c in codebook.code_lists[variable.codes]}
        elif list_name in before:
            lists[list_name] = before[list_name]
        fields.append(field_)
    told = {
        "codebook": codebook.id,
        "codebook_version": codebook.version,
        "codebook_title": codebook.title,
        "code_lists": json.dumps(lists, ensure_ascii=False),
    }
    # What stands there already goes, so that the order is the same wherever the table comes from.
    others = {key: value for key, value in (table.schema.metadata or {}).items() if key.decode() not in told}
    return table.from_arrays(table.columns, schema=_schema(fields, _encoded(others, told)))


def with_columns(schema: pa.Schema, columns: Mapping[str, Column]) -> pa.Schema:
    """The schema with what another file than Parquet tells of its columns."""
    fields, lists = [], _lists(schema)
    for field_ in schema:
        if (column := columns.get(field_.name)) is not None:
            told = {key: str(value) for key in _KEYS if (value := getattr(column, key)) not in (None, "")}
            field_ = field_.with_metadata(_encoded(field_.metadata, told))
            if column.list_name:
                lists[column.list_name] = {str(code): label for code, label in column.codes.items()}
        fields.append(field_)
    return _schema(fields, _encoded(schema.metadata, {"code_lists": json.dumps(lists, ensure_ascii=False)}))


def columns_of(schema: pa.Schema) -> dict[str, Column]:
    """What the columns of a described table say, by their names."""
    lists = _lists(schema)
    columns: dict[str, Column] = {}
    for field_ in schema:
        told = {k.decode(): v.decode() for k, v in (field_.metadata or {}).items() if k.decode() in _KEYS}
        unknown: int | str | None = told.pop("unknown", None)
        codes = {int(code): label for code, label in lists.get(told.get("list_name", ""), {}).items()}
        kind = told.get("kind")
        if kind == "boolean":
            codes = dict(_ANSWERS)
        if unknown is not None and kind != "text":
            unknown = int(unknown)
            codes.setdefault(unknown, "Unknown")
        columns[field_.name] = Column(field_.name, **told, unknown=unknown, codes=codes)
    return columns


def holds_incidents(columns: Mapping[str, Column]) -> bool:
    """Whether columns are those of a flat row: a codebook has described more than half of them."""
    return 2 * sum(bool(column.kind) for column in columns.values()) > len(columns)


def about(schema: pa.Schema, key: str) -> str:
    """What a described table says of its codebook: `codebook` (the id), `codebook_version` or `codebook_title`."""
    return str((schema.metadata or {}).get(key.encode(), b"").decode())


_ANSWERS: Final = {0: "No", 1: "Yes"}
_KEYS: Final = ("label", "definition", "section", "kind", "unit", "path", "list_name", "label_of", "unknown")


def _is_described(schema: pa.Schema) -> bool:
    return b"codebook_title" in (schema.metadata or {})


def _lists(schema: pa.Schema) -> dict[str, dict[str, str]]:
    """The code lists that a table carries."""
    lists: dict[str, dict[str, str]] = json.loads((schema.metadata or {}).get(b"code_lists", b"{}"))
    return lists


def _built_in(schema: pa.Schema) -> Codebook | None:
    from gtdlike.codebook.load import built_in_codebooks, load_codebook

    if name := about(schema, "codebook"):
        return load_codebook(name) if name in built_in_codebooks() else None
    codebook = load_codebook()
    return codebook if are_incidents(schema.names, codebook) else None


def are_incidents(names: Sequence[str], codebook: Codebook) -> bool:
    """Whether columns are those of a flat row: more than half of them are variables of the codebook."""
    return 2 * sum(name in codebook.variables for name in names) > len(names)


def _of_variable(variable: Variable) -> dict[str, str]:
    told = {
        "label": variable.label,
        "definition": variable.definition,
        "section": variable.section,
        "kind": variable.kind,
        "unit": variable.unit,
        "path": variable.path,
        "list_name": variable.codes,
        "label_of": variable.label_of,
        "unknown": None if variable.unknown is None else str(variable.unknown),
    }
    return {key: value for key, value in told.items() if value}


def _encoded(before: Mapping[bytes, bytes] | None, told: Mapping[str, str]) -> dict[bytes, bytes]:
    return {**(before or {}), **{key.encode(): value.encode() for key, value in told.items()}}


def _schema(fields: list[pa.Field], metadata: dict[bytes, bytes]) -> pa.Schema:
    import pyarrow as pa

    return pa.schema(fields, metadata=metadata)
