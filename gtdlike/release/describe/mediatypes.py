"""The kinds of files that a release has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MEDIA_TYPES: Final[Mapping[str, str]] = {
    ".csv": "text/csv",
    ".dta": "application/x-stata-dta",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".parquet": "application/vnd.apache.parquet",
    ".sav": "application/x-spss-sav",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""From the suffix of a file to its media type."""

TEXTS: Final = frozenset({".csv", ".geojson", ".json", ".jsonl"})
"""The suffixes of files of text, which is UTF-8."""
