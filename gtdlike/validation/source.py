"""What can be validated, as a stream of chunks of columns: files, tables of several libraries, rows and incidents."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from gtdlike.codebook.model import Codebook
from gtdlike.errors import ReadError, did_you_mean
from gtdlike.incident import Incident
from gtdlike.validation import compressed
from gtdlike.validation.chunk import Chunk, Source
from gtdlike.validation.from_csv import open_csv
from gtdlike.validation.from_json import open_json, open_lines
from gtdlike.validation.from_parquet import parquet_source
from gtdlike.validation.from_rows import chunks_of_rows
from gtdlike.validation.from_tables import table_source
from gtdlike.validation.from_xlsx import open_xlsx

_SUFFIXES = (".csv", ".tsv", ".xlsx", ".parquet", ".jsonl", ".json")
# What a file begins with, whatever its name. The last is that of Excel before 2007.
_MAGIC = {b"PAR1": ".parquet", b"PK\x03\x04": ".xlsx", b"\xd0\xcf\x11\xe0": ".xls"}
_BLANK = b"\xef\xbb\xbf \t\r\n"
_HEAD = 4


def open_source(data: Any, codebook: Codebook, *, whole: bool = False) -> Source:
    """The source for a path, an open binary file, a table, or rows. Raises ReadError for what cannot be read.

    `whole` keeps of lines of JSON what is no variable of the codebook as well: ids of articles, and evidence.
    """
    if isinstance(data, str | Path):
        return _path(Path(data), codebook, whole)
    if hasattr(data, "read"):
        return _file(data, "standard input", None, codebook, whole)
    if (table := table_source(data, codebook)) is not None:
        return table
    if isinstance(data, Mapping | Incident):
        data = [data]
    if isinstance(data, Iterable):
        return Source(None, chunks_of_rows(iter(data), codebook))
    kinds = "a path, a table of Arrow, Polars or pandas, or rows or incidents"
    raise ReadError(f"A {type(data).__name__} cannot be validated.", remedy=f"Give {kinds}.")


def _path(path: Path, codebook: Codebook, whole: bool) -> Source:
    origin = str(path)
    if path.is_dir():
        held = next((path / name for name in ("incidents.parquet", "incidents.csv") if (path / name).is_file()), None)
        remedy = f"Give its rows: {held}." if held else f"Give the files in it that end in {', '.join(_SUFFIXES)}."
        raise ReadError("It is a folder.", origin, remedy=remedy)
    suffix = path.suffix.lower()
    if suffix in compressed.SUFFIXES:
        suffix = Path(path.stem).suffix.lower()
    if suffix not in _SUFFIXES:
        near = did_you_mean(suffix, _SUFFIXES)
        packed = " or ".join(compressed.SUFFIXES)
        remedy = f"Give a file that ends in {', '.join(_SUFFIXES)}, or in one of these and {packed}. {near}".rstrip()
        raise ReadError(f"Rows are not read from {suffix or 'a file without an ending'}.", origin, remedy=remedy)
    try:
        file = path.open("rb")
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadError(f"{reason}.", origin, remedy="Check the name of the file and your right to read it.") from None
    try:
        source = _file(file, origin, suffix, codebook, whole)
    except BaseException:
        file.close()
        raise
    source.chunks = _closing(source.chunks, file)
    return source


def _closing(chunks: Iterable[Chunk], file: IO[bytes]) -> Iterator[Chunk]:
    """The same chunks; the file, which is ours, is closed after the last."""
    with file:
        yield from chunks


def _file(file: IO[bytes], origin: str, suffix: str | None, codebook: Codebook, whole: bool) -> Source:
    """The source for an open file: its first bytes tell what it is, then its name, then its first character."""
    head = b""
    while len(head.strip(_BLANK)) < _HEAD and (more := file.read(_HEAD)):
        head += more
    if (inner := compressed.unpacked(head, file, origin)) is not None:
        return _file(inner, origin, suffix, codebook, whole)
    start = head.strip(_BLANK)[:1]
    by_start = {b"[": ".json", b"{": ".jsonl"}.get(start, ".csv")
    kind = _MAGIC.get(head[:_HEAD], suffix or by_start)
    if kind == ".xls":
        raise ReadError("This is a workbook of Excel before 2007.", origin, remedy="Save it as .xlsx or .csv.")
    if _can_seek(file):
        file.seek(-len(head), 1)
        begun = file
    else:
        begun = compressed.begun(head, file, origin)
    match kind:
        case ".parquet":
            return parquet_source(_seekable(begun), origin, codebook)
        case ".xlsx":
            return open_xlsx(_seekable(begun), origin, codebook)
        case ".json":
            return open_json(begun, origin, codebook)
        case ".jsonl":
            return open_lines(begun, origin, codebook, whole=whole)
        case _:
            return open_csv(begun, origin, codebook)


def _can_seek(file: IO[bytes]) -> bool:
    return hasattr(file, "seekable") and file.seekable()


def _seekable(file: IO[bytes]) -> IO[bytes]:
    """A file of which any part can be read: a copy on disk of what comes through a pipe, which cannot be read twice."""
    if _can_seek(file):
        return file
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the source
    with file:
        shutil.copyfileobj(file, copy, 1 << 20)
    copy.seek(0)
    return copy
