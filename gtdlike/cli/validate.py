"""`gtdlike validate`: rows against the codebook."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from gtdlike.cli.console import warn
from gtdlike.cli.exitcodes import COULD_NOT_RUN, FINDINGS, FINE
from gtdlike.cli.parameters import no_options

if TYPE_CHECKING:
    import pyarrow as pa

    from gtdlike.validation import Report

Files = Annotated[list[str], Parameter(name="FILE", allow_leading_hyphen=True, validator=no_options)]


def validate(files: Files, /, *, codebook: str = "gtd", report: Path | None = None, max: int = 20) -> int:
    """Check files of rows against the codebook: columns, types, codes, parents, ranges and labels.

    For each file the counts by rule and the first violations are printed, each with its remedy. The exit code is 0
    where there is no error (warnings are none), 1 where there are violations, and 2 where a file could not be read.

    Examples:

        gtdlike validate incidents.csv

        gtdlike validate release/incidents.parquet --report violations.jsonl

        gtdlike code articles/ | gtdlike validate -

    Parameters
    ----------
    files
        `.csv`, `.parquet`, `.jsonl` or `.json` files, or `-` for CSV or JSON Lines on standard input.
    codebook
        The name of a built-in codebook, or the folder of one's own.
    report
        A `.parquet`, `.csv` or `.jsonl` file for all the violations. With several files each
        message begins with the name of its file.
    max
        How many violations are printed for each file.
    """
    import pyarrow as pa
    from rich.console import Console

    from gtdlike.codebook.load import load_codebook
    from gtdlike.errors import ReadError
    from gtdlike.validation import validate as check
    from gtdlike.validation import violation_schema
    from gtdlike.validation.report import write_violations

    book = load_codebook(codebook)
    console = Console(highlight=False)
    reports: list[Report] = []
    unread = 0
    for name in files:
        try:
            found = check(sys.stdin.buffer if name == "-" else name, codebook=book)
        except ReadError as error:
            unread += 1
            warn(error)
            continue
        reports.append(found)
        for part in found.render(max):
            console.print(part)
    if report is not None:
        tables = [found.violations if len(files) == 1 else _named(found) for found in reports]
        write_violations(pa.concat_tables(tables) if tables else violation_schema().empty_table(), report)
    return COULD_NOT_RUN if unread else FINE if all(r.ok for r in reports) else FINDINGS


def _named(report: Report) -> pa.Table:
    """The violations of one of several files, whose messages name the file."""
    import pyarrow.compute as pc

    table = report.violations
    place = table.schema.get_field_index("message")
    messages = pc.binary_join_element_wise(f"{report.origin}:", table["message"], " ")
    return table.set_column(place, table.schema.field(place), messages)
