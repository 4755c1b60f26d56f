"""`datapackage.json`: Data Package, version 2. Every data file is a resource, and every table has its Table Schema."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final

from gtdlike.formats import as_text
from gtdlike.formats.table_schema import table_schema
from gtdlike.release.describe.facts import ReleaseFacts
from gtdlike.release.describe.files import GUARD, MEDIA_TYPES, TEXTS
from gtdlike.release.describe.tables import INCIDENTS, Table

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_SCHEMA: Final = "https://datapackage.org/profiles/2.0/tableschema.json"
_DIALECT: Final = {
    "$schema": "https://datapackage.org/profiles/2.0/tabledialect.json",
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}
# Tools that know a format by its suffix would open the file, for which frictionless needs a library of its own.
_FORMATS: Final = {".dta": "stata", ".sav": "spss"}
_TABLES: Final = (".csv", ".jsonl", ".ndjson", ".parquet", ".xlsx")
"""The suffixes of files that have the columns of their table."""
_NUMERIC: Final = ("integer", "number")
_AS_FLOAT: Final = ", where a program holds the column as floating-point numbers"
_NAN: Final = {"value": "nan", "label": f"Blank{_AS_FLOAT}"}
_SHORT: Final = ("name", "type", "title", "constraints", "missingValues")


def datapackage(facts: ReleaseFacts) -> str:
    """The text of the file."""
    about = facts.about
    content: dict[str, Any] = {
        "$schema": PROFILE,
        "name": facts.name,
        **({"id": about.address} if about.address else {}),
        "title": facts.title,
        "description": facts.description,
        **({"homepage": about.url} if about.url else {}),
        **({"version": about.version} if about.version else {}),
        **({"created": f"{about.published.isoformat()}T00:00:00Z"} if about.published else {}),
        **({"licenses": [_license(facts)]} if about.license else {}),
        **({"contributors": _contributors(facts)} if about.creators else {}),
        **({"keywords": list(about.keywords)} if about.keywords else {}),
        "sources": [{"title": "The articles that are listed in sources.parquet", "path": "sources.parquet"}],
        "resources": [_resource(name, resource, facts) for name, resource in _named(_data_files(facts)).items()],
    }
    return as_text(content)


def _named(names: list[str]) -> dict[str, str]:
    """The name of the resource of each file: that of the file, with its format if there is another of that name."""
    stems = [PurePath(name).stem for name in names]
    return {
        name: (stem if stem not in stems[:place] else f"{stem}-{PurePath(name).suffix[1:]}").lower()
        for place, (name, stem) in enumerate(zip(names, stems, strict=True))
    }


def _license(facts: ReleaseFacts) -> dict[str, str]:
    license_ = facts.about.license
    assert license_ is not None
    known = {"name": license_.id, "path": license_.url, "title": license_.name}
    return {key: value for key, value in known.items() if value}


def _contributors(facts: ReleaseFacts) -> list[dict[str, Any]]:
    people = []
    for one in facts.about.creators:
        known = {
            "title": one.full_name,
            "givenName": one.given,
            "familyName": one.family,
            "path": one.orcid,
            "organization": one.affiliation,
        }
        people.append({**{key: value for key, value in known.items() if value}, "roles": ["creator"]})
    return people


def _data_files(facts: ReleaseFacts) -> list[str]:
    """The files of data: the incidents in CSV first, which all tools read."""
    tables = [f"{INCIDENTS}.csv", f"{INCIDENTS}.parquet", *(table.file for table in facts.tables)]
    rest = [name for name in facts.manifest.files if PurePath(name).suffix in MEDIA_TYPES]
    return [name for name in dict.fromkeys([*tables, *rest]) if name in facts.manifest.files]


def _resource(name: str, resource: str, facts: ReleaseFacts) -> dict[str, Any]:
    path = PurePath(name)
    file = facts.manifest.files[name]
    table = facts.table.get(path.stem) if path.suffix in _TABLES else None
    described = table or facts.table.get(path.stem)
    return {
        "name": resource,
        **({"type": "table"} if table else {}),
        **({"title": described.title} if described else {}),
        **(
            {"description": described.description + (f" {GUARD}" if path.suffix == ".csv" else "")} if described else {}
        ),
        "path": name,
        "format": _FORMATS.get(path.suffix, path.suffix[1:]),
        "mediatype": MEDIA_TYPES[path.suffix],
        **({"encoding": "utf-8"} if path.suffix in TEXTS else {}),
        # frictionless does not count the bytes of Parquet, and takes any number for a wrong one.
        **({"bytes": file.bytes} if path.suffix != ".parquet" else {}),
        "hash": f"sha256:{file.sha256}",
        **({"dialect": _DIALECT} if path.suffix == ".csv" else {}),
        **({"schema": _schema(table, path.suffix, facts)} if table else {}),
    }


def _schema(table: Table, suffix: str, facts: ReleaseFacts) -> dict[str, Any]:
    if table.name == INCIDENTS:
        schema = table_schema(facts.codebook)
        if suffix != ".csv":  # Codes and definitions stand with the CSV, once.
            schema["fields"] = [{key: one[key] for key in _SHORT if key in one} for one in schema["fields"]]
    else:
        schema = {
            "$schema": _SCHEMA,
            "fields": [{"name": c.name, "type": c.type, "description": c.description} for c in table.columns],
            "missingValues": [{"value": "", "label": "Blank"}],
            **({"primaryKey": list(table.key)} if table.key else {}),
            **({"foreignKeys": _foreign_keys(table.references)} if table.references else {}),
        }
    if suffix == ".parquet":
        for one in schema["fields"]:
            if one["type"] in _NUMERIC:
                one["missingValues"] = _as_floats(one.get("missingValues", schema["missingValues"]))
    return schema


def _as_floats(missing: list[dict[str, str]]) -> list[dict[str, str]]:
    """The missing values of a column of numbers also as pandas writes them, by which frictionless reads Parquet."""
    unknown = [
        {"value": f"{one['value']}.0", "label": one["label"] + _AS_FLOAT} for one in missing if one["value"] != ""
    ]
    return [*missing, *unknown, _NAN]


def _foreign_keys(references: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"fields": [column], "reference": {"resource": table, "fields": [other]}}
        for column, (table, other) in references.items()
    ]
