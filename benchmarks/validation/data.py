"""The table on disk: generated once for each size, piece by piece, so that a large one needs little memory.

python -m benchmarks.validation.data --rows 20000
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import cyclopts
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from benchmarks.validation.clean import clean_rows
from benchmarks.validation.spoil import spoiled
from gtdlike.codebook import Codebook, load_codebook
from gtdlike.rows import arrow_schema

ROWS: Final = 209_706
BAD_SHARE: Final = 0.01

_PIECE: Final = 122_880
"""The rows of a row group, as DuckDB writes them; half of what Polars does, and of rows that come in pairs."""

_SOURCES: Final = ("draw", "clean*", "kind*", "spoil", "data")
"""The modules that the files depend on."""


@frozen
class Files:
    """The files of one table: the same rows in three formats, and the violations that are known to be in them."""

    folder: Path

    @property
    def parquet(self) -> Path:
        return self.folder / "rows.parquet"

    @property
    def csv(self) -> Path:
        return self.folder / "rows.csv"

    @property
    def jsonl(self) -> Path:
        """The rows without their blanks, as `gtdlike code` writes them."""
        return self.folder / "rows.jsonl"

    @property
    def violations(self) -> Path:
        return self.folder / "violations.parquet"


def files(rows: int = ROWS, folder: Path | None = None, *, only_parquet: bool = False) -> Files:
    """The files of a table of so many rows; they are made if they are not in the folder yet."""
    codebook = load_codebook()
    made = Files((folder or Path(tempfile.gettempdir()) / "gtdlike-benchmarks") / f"{rows}-{_version(codebook)}")
    if not made.violations.exists() or not (only_parquet or made.jsonl.exists()):
        part = Files(made.folder.with_suffix(".part"))
        shutil.rmtree(part.folder, ignore_errors=True)
        part.folder.mkdir(parents=True)
        _write(rows, part, codebook, only_parquet)
        shutil.rmtree(made.folder, ignore_errors=True)
        part.folder.rename(made.folder)
    return made


def pieces(rows: int, codebook: Codebook) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """The rows of the table and their violations, piece by piece."""
    for first in range(0, rows, _PIECE):
        number = min(_PIECE, rows - first)
        clean = clean_rows(first, number, rows, codebook)
        yield spoiled(clean, first, round(number * clean.width * BAD_SHARE), codebook)


def _write(rows: int, to: Files, codebook: Codebook, only_parquet: bool) -> None:
    schema = arrow_schema(codebook)
    known: list[pl.DataFrame] = []
    with pq.ParquetWriter(to.parquet, schema, compression="zstd") as parquet:
        for number, (frame, violations) in enumerate(pieces(rows, codebook)):
            table = pa.table([frame[name].to_arrow().cast(schema.field(name).type) for name in schema.names], schema)
            parquet.write_table(table)
            known.append(violations)
            if not only_parquet:
                with to.csv.open("ab") as csv:
                    frame.write_csv(csv, include_header=number == 0)
                with to.jsonl.open("a", encoding="utf-8") as jsonl:
                    for row in frame.with_columns(pl.col("resolution").cast(pl.String)).iter_rows(named=True):
                        filled = {name: cell for name, cell in row.items() if cell is not None}
                        jsonl.write(json.dumps(filled, ensure_ascii=False) + "\n")
    pl.concat(known).write_parquet(to.violations)


def _version(codebook: Codebook) -> str:
    """What tells the files of other generators and other codebooks apart from these."""
    digest = hashlib.sha256(repr((list(codebook.variables.values()), list(codebook.rules.values()))).encode())
    for name in _SOURCES:
        for source in sorted(Path(__file__).parent.glob(f"{name}.py")):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def main(rows: int = ROWS, folder: Path | None = None, only_parquet: bool = False) -> None:
    """Make the files of a table if they are not there, and print the folder.

    Parameters
    ----------
    rows: How many rows.
    folder: Where the folder of the files is; a temporary folder if it is left out.
    only_parquet: Whether CSV and JSON Lines are left out.
    """
    print(files(rows, folder, only_parquet=only_parquet).folder)


if __name__ == "__main__":
    cyclopts.run(main)
