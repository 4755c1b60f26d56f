"""Where a file was damaged, as far as its format can tell without the file as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow.parquet as pq


def where_damaged(path: Path) -> str | None:
    """The line of a text, or the columns of a Parquet file, that cannot be read; None where all of it can."""
    try:
        if path.suffix == ".parquet":
            return _of_parquet(path)
        data = path.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            # A workbook is no text at all.
            line = data.count(b"\n", 0, error.start) + 1
            return None if b"\0" in data else f"line {line}"
        if path.suffix == ".jsonl":
            return _of_lines(text)
        if path.suffix in (".json", ".geojson"):
            json.loads(text)
    except json.JSONDecodeError as error:
        return f"line {error.lineno}"
    except OSError:
        return None
    return None


def _of_lines(text: str) -> str | None:
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        try:
            json.loads(line)
        except ValueError:
            return f"line {number}"
    return None


def _of_parquet(path: Path) -> str | None:
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            bad = damaged_columns(file)
    except Exception:
        # Whatever a reader of a damaged file may raise: the end of the file, where it is described, cannot be read.
        return "its footer"
    return f"column {', '.join(bad)}" if bad else None


def damaged_columns(file: pq.ParquetFile) -> list[str]:
    """The columns of an open Parquet file that cannot be read."""
    bad = []
    for name in file.schema_arrow.names:
        try:
            file.read([name])
        except Exception:
            bad.append(name)
    return bad
