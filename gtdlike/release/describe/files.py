"""The kinds of files that a release has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FILES: Final = ("CITATION.cff", "README.md", "codebook.html", "codebook.xml", "croissant.json", "datapackage.json")
"""What `describe` writes."""

ABOUT_FILES: Final = frozenset({*FILES, "SHA256SUMS", "manifest.json"})
"""What is no data of the release, but tells of the other files."""

MEDIA_TYPES: Final[Mapping[str, str]] = {
    ".csv": "text/csv",
    ".dta": "application/x-stata-dta",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".parquet": "application/vnd.apache.parquet",
    ".sav": "application/x-spss-sav",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""From the suffix of a file to its media type."""

TEXTS: Final = frozenset({".csv", ".geojson", ".json", ".jsonl", ".ndjson"})
"""The suffixes of files of text, which is UTF-8."""

GUARD: Final = (
    "A text that begins with =, +, -, @, a tab or a line break, or with apostrophes before one of these, has one "
    "apostrophe more in front, so that no spreadsheet runs it as a formula: take one away."
)
"""What a reader of the CSV must know, which `gtdlike.export.csv` does."""
