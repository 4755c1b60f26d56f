"""`croissant.json`: Croissant 1.1, by which machine-learning tools load a release. One record set a table.

A table's event id references that of the incidents. The codes have no record sets of their own: tools join a record
set with what its fields reference, and a code that is unknown or blank has nothing to be joined with.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, Final

from gtdlike.formats import as_text
from gtdlike.release.describe.about import Creator
from gtdlike.release.describe.facts import ReleaseFacts
from gtdlike.release.describe.files import MEDIA_TYPES
from gtdlike.release.describe.tables import Column, Table

CONFORMS: Final = "http://mlcommons.org/croissant/1.1"
_TYPES: Final = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "string": "sc:Text",
}
_TERMS: Final = (
    "arrayShape citeAs column containedIn equivalentProperty extract field fileObject fileProperty fileSet format "
    "includes isArray isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated replace "
    "samplingRate separator source subField transform"
)
# What each key of the file means in the vocabulary of the standard. Each Croissant file has this same context.
CONTEXT: Final[dict[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "description": {"@container": "@language"},
    "name": {"@container": "@language"},
    **{term: f"cr:{term}" for term in _TERMS.split()},
}


def croissant(facts: ReleaseFacts) -> str:
    """The text of the file."""
    about = facts.about
    content: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS,
        "name": facts.title,
        "description": facts.description,
        "inLanguage": "en",
        "citeAs": facts.citation,
        **({"version": about.version} if about.version else {}),
        **({"datePublished": about.published.isoformat()} if about.published else {}),
        **({"license": about.license.url} if about.license else {}),
        **({"url": about.address} if about.address else {}),
        **({"creator": [_creator(one) for one in about.creators]} if about.creators else {}),
        **({"keywords": list(about.keywords)} if about.keywords else {}),
        "distribution": [_file(name, facts) for name in facts.manifest.files if PurePath(name).suffix in MEDIA_TYPES],
        "recordSet": [_record_set(table) for table in facts.tables],
    }
    return as_text(content)


def _creator(creator: Creator) -> dict[str, Any]:
    return {
        "@type": "sc:Person" if creator.is_person else "sc:Organization",
        "name": creator.full_name,
        **({"url": creator.orcid} if creator.orcid else {}),
    }


def _file(name: str, facts: ReleaseFacts) -> dict[str, Any]:
    file = facts.manifest.files[name]
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": _encoding(name),
        "sha256": file.sha256,
    }


def _encoding(name: str) -> str:
    # The standard's own word, which tools ask for.
    return "application/x-parquet" if name.endswith(".parquet") else MEDIA_TYPES[PurePath(name).suffix]


def _record_set(table: Table) -> dict[str, Any]:
    key = [{"@id": f"{table.name}/{column}"} for column in table.key]
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        **({"key": key if len(key) > 1 else key[0]} if key else {}),
        "field": [_field(column, table) for column in table.columns],
    }


def _field(column: Column, table: Table) -> dict[str, Any]:
    reference = table.references.get(column.name)
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": _TYPES[column.type],
        "source": {"fileObject": {"@id": table.file}, "extract": {"column": column.name}},
        **({"references": {"field": {"@id": "/".join(reference)}}} if reference else {}),
    }
