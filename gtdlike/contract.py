"""The tables of a release beside the incidents: their columns, and the type of each by its name in Arrow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "evidence": {
        "eventid": "int64",
        "article_id": "string",
        "variable": "string",
        "value": "string",
        "start": "int32",
        "end": "int32",
        "quote": "string",
        "digest": "string",
        "how": "string",
        "rule": "string",
    },
    "sources": {
        "eventid": "int64",
        "article_id": "string",
        "title": "string",
        "source": "string",
        "url": "string",
        "published": "date32",
        "digest": "string",
        "background": "bool",
    },
    "reports": {
        "eventid": "int64",
        "article_id": "string",
        "variable": "string",
        "value": "string",
        "low": "int64",
        "high": "int64",
        "published": "date32",
    },
    "links": {
        "eventid": "int64",
        "article_id": "string",
        "telling": "int32",
        "score": "float64",
        "reasons": "string",
        "decided_by": "string",
    },
    "changes": {"eventid": "int64", "change": "string", "other": "int64", "reason": "string"},
}

OPTIONAL: Final = ("changes",)
"""Tables that a release may be without."""


def table_schema(name: str) -> pa.Schema:
    """The Arrow schema of a table beside the incidents."""
    import pyarrow as pa

    return pa.schema([pa.field(column, pa.type_for_alias(kind)) for column, kind in COLUMNS[name].items()])
