"""`gtdlike diff`: two releases compared."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter, validators

from gtdlike.cli.exitcodes import FINDINGS, FINE
from gtdlike.cli.parameters import Output
from gtdlike.errors import WriteError

if TYPE_CHECKING:
    from gtdlike.release.diff import Diff

Most = Annotated[int | None, Parameter(validator=validators.Number(gte=0))]
_MOST = {"text": 20, "html": 1000}


def diff(
    old: Annotated[Path, Parameter(name="OLD")],
    new: Annotated[Path, Parameter(name="NEW")],
    /,
    *,
    format: Literal["text", "json", "parquet", "html"] = "text",
    output: Output = "-",
    max: Most = None,
    codebook: str = "gtd",
) -> int:
    """Compare two releases: incidents added, retired, merged and split, and every cell that changed.

    Incidents are matched by their `eventid`. A blank, an unknown (-9, -99) and a 0 are three different values. The exit
    code is 0 where there is no difference, 1 where there are some, and 2 where one of the two could not be read.

    Examples:

        gtdlike diff release-2024-05/ release-2024-06/

        gtdlike diff old/ new/ --format html -o changes.html

        gtdlike diff old.csv new.parquet --format json

        gtdlike diff old/ new/ --format parquet -o changes.parquet

    Parameters
    ----------
    old
        The folder of a release, or a file of its incidents: `.parquet`, `.csv` or `.jsonl`.
    new
        The other one, in any of these forms.
    format
        `text` for people; `html` for a page that stands alone; `json` for programs; `parquet` for a table of all
        changes, which needs `--output`.
    output
        A file, or `-` for standard output.
    max
        How many incidents are shown as text (20 unless given) or in the page (1000). JSON and Parquet hold all.
    codebook
        The name of a built-in codebook, or the folder or file of one's own, for labels that a table does not hold.
    """
    from gtdlike.codebook.load import load_codebook
    from gtdlike.release.diff import diff as compare

    _check_output(output, format)
    found = compare(old, new, codebook=load_codebook(codebook))
    most = _MOST.get(format) if max is None else max
    if output == "-":
        if format == "text":
            _as_text(found, most or 0)
        else:
            sys.stdout.write(_written(found, format, most))
    else:
        _write(found, Path(output), format, most)
    return FINE if found.empty else FINDINGS


def _check_output(output: str, format: str) -> None:
    """Before any work is done."""
    if output == "-":
        if format == "parquet":
            raise WriteError("A table is not written to standard output.", remedy="Name a file with -o.")
        return
    if not Path(output).parent.is_dir():
        raise WriteError(f"There is no folder {Path(output).parent}.", output, remedy="Make it first.")
    if format == "parquet" and Path(output).suffix.lower() != ".parquet":
        raise WriteError("The file is no .parquet.", output, remedy="Name it so.")


def _as_text(found: Diff, most: int) -> None:
    from rich.console import Console

    from gtdlike.release.comparison.display import for_terminal

    console = Console(highlight=False)
    for part in for_terminal(found, most):
        console.print(part)


def _written(found: Diff, format: str, most: int | None) -> str:
    if format == "json":
        return json.dumps(found.to_dict(), ensure_ascii=False) + "\n"
    if format == "html":
        from gtdlike.release.comparison.page import page

        return page(found, most)
    from gtdlike.release.comparison.display import lines

    return "\n".join(lines(found, most or 0)) + "\n"


def _write(found: Diff, path: Path, format: str, most: int | None) -> None:
    """The file appears under its name when it is whole."""
    part = path.with_name(f".{path.stem}.{os.getpid()}.part{path.suffix}")
    try:
        if format == "parquet":
            from gtdlike.export import write_table

            write_table(found.table, part)
        else:
            part.write_text(_written(found, format, most), encoding="utf-8", newline="\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
