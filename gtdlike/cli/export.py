"""`gtdlike export`: a table of a release in another format."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from gtdlike.cli.console import warnings_as_lines
from gtdlike.cli.exitcodes import FINE
from gtdlike.cli.parameters import Output
from gtdlike.errors import ReadError, WriteError

To = Literal["parquet", "csv", "jsonl", "json", "dta", "sav", "xlsx", "geojson"]
_OF_A_RELEASE = tuple(f"incidents.{suffix}" for suffix in ("parquet", "csv", "jsonl", "json", "dta", "sav", "xlsx"))


def export(source: Path, /, *, output: Output, to: To | None = None, codebook: str | None = None) -> int:
    """Write a release, or a file of its rows, in another format: any to any, with all labels that the format holds.

    Of a release folder the incidents are taken; its other tables are given as files. What a format cannot hold is told
    on standard error, for each column with the number of cells; `docs/formats.md` says what that may be. GeoJSON holds
    the places only. The same table gives the same bytes.

    Examples:

        gtdlike export release/ -o incidents.xlsx

        gtdlike export release/ -o incidents.dta

        gtdlike export release/evidence.parquet -o evidence.csv

        gtdlike export incidents.sav -o incidents.parquet

        gtdlike export release/ --to csv -o - | head

    Parameters
    ----------
    source
        A release folder, or a file: `.parquet`, `.csv`, `.jsonl`, `.json`, `.dta`, `.sav`, `.xlsx`.
    output
        A file of one of these formats or `.geojson`, or `-` for standard output.
    to
        The format on standard output; that of a file is told by its name.
    codebook
        The name of a built-in codebook, or the folder or file of one's own. It gives types to the columns of formats
        without them, and labels. By default that which the file names or whose columns it has.
    """
    from gtdlike.codebook.load import load_codebook
    from gtdlike.export import read_table, write_stream, write_table

    if output == "-" and to is None:
        raise WriteError("The format is not told.", "standard output", remedy="Name it, for example --to csv.")
    if output != "-" and to is not None and Path(output).suffix.lower() != f".{to}":
        raise WriteError(f"The name is not that of a .{to} file.", output, remedy="Leave out --to, or name it so.")
    book = None if codebook is None else load_codebook(codebook)
    with warnings_as_lines():
        table = read_table(_file(source), codebook=book)
        if output == "-":
            write_stream(table, sys.stdout.buffer, f".{to}", codebook=book)
        else:
            write_table(table, Path(output), codebook=book)
    return FINE


def _file(source: Path) -> Path:
    """The file of the rows: of a release folder its incidents."""
    if not source.is_dir():
        return source
    found = next((path for name in _OF_A_RELEASE if (path := source / name).is_file()), None)
    if found is None:
        raise ReadError("The folder holds no incidents.", str(source), remedy="Give a release, or a file of rows.")
    return found
