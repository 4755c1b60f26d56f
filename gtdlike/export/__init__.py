"""Tables to files and back: one module a format, chosen by the suffix of the file's name.

Every module has `write(table, path)`, and all but `geojson` have `read(path, schema, codebook)`. What a format cannot
hold is told in a `LossWarning`; docs/formats.md says which format keeps what.
"""

from __future__ import annotations

import shutil
import tempfile
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from gtdlike.errors import ReadError, WriteError, remedy_for
from gtdlike.export.losses import LossWarning

if TYPE_CHECKING:
    import pyarrow as pa

    from gtdlike.codebook.model import Codebook

FORMATS: Final = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".dta": "stata",
    ".sav": "spss",
    ".xlsx": "xlsx",
    ".geojson": "geojson",
}
"""Which module writes and reads the files of which suffix."""
WRITE_ONLY: Final = (".geojson",)
"""The suffixes of what cannot be read back, because it holds a part of a table."""

__all__ = ["FORMATS", "WRITE_ONLY", "LossWarning", "read_table", "write_stream", "write_table"]


def write_table(table: pa.Table, path: Path, *, codebook: Codebook | None = None) -> None:
    """Write a table to a file in the format that its suffix names. The same table gives the same bytes.

    `codebook` gives the labels of variables and codes to formats that hold them; by default it is the one that the
    table names, or the built-in one if the columns are its. The file appears when it is whole.

    Warns with LossWarning, for each column, of what the format cannot hold. Raises WriteError where the format cannot
    hold the table at all or the file cannot be written, and MissingExtraError where a library is not installed.
    """
    from gtdlike.export.description import described
    from gtdlike.export.whole_file import whole_file

    module = _module(path, WriteError, FORMATS)
    with whole_file(path) as part:
        module.write(described(table, codebook), part, path)


def write_stream(table: pa.Table, stream: IO[bytes], suffix: str, *, codebook: Codebook | None = None) -> None:
    """Write a table to a pipe or another open file, as `write_table` writes it to a file of that suffix."""
    from gtdlike.export.description import described

    told = Path("standard output")
    module = _module(told.with_suffix(suffix), WriteError, FORMATS)
    # Some formats are not written from the beginning to the end, so the stream gets a copy.
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"table{suffix}"
        module.write(described(table, codebook), made, told)
        with made.open("rb") as file:
            shutil.copyfileobj(file, stream)


def read_table(path: Path, schema: pa.Schema | None = None, *, codebook: Codebook | None = None) -> pa.Table:
    """Read what `write_table` wrote, with the types of `schema`.

    Without one the types follow from the names: those of `codebook`, by default the built-in one, and of the tables of
    a release; columns of other names are as they are found, or text. Raises ReadError, which names the file and the
    place, for what does not fit.
    """
    if not path.is_file():
        problem = "It is a folder." if path.is_dir() else "There is no such file."
        raise ReadError(problem, str(path), remedy="Check the name of the file.")
    module = _module(path, ReadError, [suffix for suffix in FORMATS if suffix not in WRITE_ONLY])
    table: pa.Table = module.read(path, schema, codebook)
    return table


def _module(path: Path, error: type[ReadError | WriteError], suffixes: Any) -> Any:
    suffix = path.suffix.lower()
    if suffix not in suffixes:
        remedy = remedy_for(suffix, suffixes, f"Give the file one of the suffixes {', '.join(suffixes)}.")
        raise error("No such format.", file=str(path), remedy=remedy)
    return import_module(f"gtdlike.export.{FORMATS[suffix]}")
