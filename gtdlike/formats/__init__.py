"""A codebook in the formats of others: JSON Schema, Table Schema, DDI, SQL, and Markdown and HTML for people.

Each format is one file, and each is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

if TYPE_CHECKING:
    from gtdlike.codebook.model import Codebook

Format = Literal["json-schema", "table-schema", "ddi", "markdown", "html", "sql"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
Part = Literal["row", "incident", "evidence", "codebook"]
PARTS: Final[tuple[Part, ...]] = get_args(Part)
"""What there is a JSON Schema of."""
Dialect = Literal["duckdb", "postgresql"]
"""The databases that there is SQL for: those of `codebook.expression.sql`, which takes longer to import."""


def export(codebook: Codebook, format: Format, *, part: Part = "row", dialect: Dialect = "duckdb") -> str:
    """A codebook as the text of a file in a format. `part` is of `json-schema`, `dialect` of `sql`."""
    match format:
        case "json-schema":
            return schema_text(codebook, part)
        case "table-schema":
            from gtdlike.formats.table_schema import table_schema

            return as_text(table_schema(codebook))
        case "ddi":
            from gtdlike.formats.ddi import ddi

            return ddi(codebook)
        case "markdown":
            from gtdlike.formats.markdown import markdown

            return markdown(codebook)
        case "html":
            from gtdlike.formats.html import html

            return html(codebook)
        case "sql":
            from gtdlike.formats.sql import sql

            return sql(codebook, dialect)


def json_schema_of(codebook: Codebook, part: Part = "row") -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the flat row, the nested incident, evidence, or the files of a codebook."""
    from gtdlike.formats.codebook_schema import codebook_schema
    from gtdlike.formats.evidence_schema import evidence_schema
    from gtdlike.formats.json_schema import row_schema
    from gtdlike.formats.nested_schema import incident_schema

    made: dict[Part, Callable[[], dict[str, Any]]] = {
        "row": lambda: row_schema(codebook),
        "incident": lambda: incident_schema(codebook),
        "evidence": lambda: evidence_schema(codebook),
        "codebook": codebook_schema,
    }
    return made[part]()


def schema_text(codebook: Codebook, part: Part = "row") -> str:
    """A JSON Schema as the text of its file."""
    return as_text(json_schema_of(codebook, part))


def as_text(content: Any) -> str:
    """JSON as people read it: indented, but short lists and objects on one line."""
    from gtdlike.formats.json_text import json_text

    return json_text(content) + "\n"
