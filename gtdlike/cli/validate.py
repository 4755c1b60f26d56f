"""`gtdlike validate`: rows against the codebook."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from gtdlike.cli.console import counting, warn
from gtdlike.cli.exitcodes import COULD_NOT_RUN, FINDINGS, FINE
from gtdlike.cli.github import data, property_
from gtdlike.cli.parameters import no_options

if TYPE_CHECKING:
    import pyarrow as pa

    from gtdlike.validation import Report

Files = Annotated[list[str], Parameter(name="FILE", allow_leading_hyphen=True, validator=no_options)]
Rules = Annotated[tuple[str, ...], Parameter(negative=(), consume_multiple=False, show_default=False)]
Format = Literal["text", "json", "github"]


def validate(
    files: Files,
    /,
    *,
    codebook: str = "gtd",
    report: Path | None = None,
    format: Format = "text",
    only: Rules = (),
    ignore: Rules = (),
    max: int = 20,
) -> int:
    """Check files of rows against the codebook: columns, types, codes, labels, and all of its rules.

    For each file the counts by rule and the first violations are printed, each with its remedy. An error contradicts
    the codebook; a warning is worth a look, and may be right. The exit code is 0 where there is no error, 1 where there
    are some, and 2 where a file could not be read. `gtdlike codebook show RULE` tells more of a rule.

    Examples:

        gtdlike validate incidents.xlsx

        gtdlike validate release/incidents.parquet --report violations.jsonl

        gtdlike code articles/ | gtdlike validate -

        gtdlike validate rows.csv --only "killed-*" --only eventid-unique

        gtdlike validate rows.csv.gz --ignore "target-*" --format json

    Parameters
    ----------
    files
        `.csv`, `.tsv`, `.xlsx`, `.parquet`, `.jsonl` or `.json` files, also as `.gz` or `.zst`, or `-` for standard
        input. Encoding and separator are found out.
    codebook
        The name of a built-in codebook, or the folder or file of one's own.
    report
        A `.parquet`, `.csv` or `.jsonl` file for all the violations. With several files each
        message begins with the name of its file.
    format
        `text` for people; `json` for programs, one object a line for each file; `github` for annotations in a
        workflow of GitHub.
    only
        A rule to check, or a pattern such as `target-*`, and no others. May be given several times.
    ignore
        A rule, or a pattern, that is not checked. May be given several times.
    max
        How many violations are printed for each file.
    """
    from gtdlike.codebook.load import load_codebook
    from gtdlike.errors import ReadError
    from gtdlike.validation import validate as check
    from gtdlike.validation.writer import report_file

    book = load_codebook(codebook)
    show = {"text": _as_text, "json": _as_json, "github": _as_github}[format]
    found_in: list[Report] = []
    unread = 0
    with nullcontext() if report is None else report_file(report) as write:
        for name in files:
            try:
                with counting("rows") as progress:
                    found = check(
                        sys.stdin.buffer if name == "-" else name,
                        codebook=book,
                        only=only or None,
                        ignore=ignore,
                        report=write if write is None or len(files) == 1 else _named(name, write),
                        progress=progress,
                    )
            except ReadError as error:
                unread += 1
                warn(error)
                continue
            found_in.append(found)
    # Once the file of the report stands: a reader of what is printed may go away before the end (`| head`).
    for found in found_in:
        show(found, max)
    return COULD_NOT_RUN if unread else FINE if all(found.ok for found in found_in) else FINDINGS


def _as_text(report: Report, most: int) -> None:
    from rich.console import Console

    from gtdlike.validation.display import for_terminal

    console = Console(highlight=False)
    for part in for_terminal(report, most, console.width):
        console.print(part)


def _as_json(report: Report, most: int) -> None:
    print(json.dumps(report.to_dict(most), ensure_ascii=False))


def _as_github(report: Report, most: int) -> None:
    """Annotations at the lines of the file, where rows are lines."""
    name = report.origin or ""
    header = {".csv": 1, ".tsv": 1, ".jsonl": 0}.get(Path(name).suffix.lower())
    for v in report.first(most):
        line = f",line={v['row'] + header}" if v["row"] is not None and header is not None else ""
        row = f"row {v['row']}, " if v["row"] is not None else ""
        told = f"{row}{v['variable'] or 'columns'}: {v['message']} {v['remedy']}"
        place = f"{f'file={property_(name)}{line},' if header is not None else ''}title={property_(v['rule'])}"
        print(f"::{v['severity']} {place}::{data(told)}")
    print(data(f"{name}: {report.summary()}"))


def _named(name: str, write: Callable[[pa.Table], None]) -> Callable[[pa.Table], None]:
    """Writes the violations of one of several files, with messages that name the file."""

    def written(table: pa.Table) -> None:
        import pyarrow.compute as pc

        place = table.schema.get_field_index("message")
        messages = pc.binary_join_element_wise(f"{'standard input' if name == '-' else name}:", table["message"], " ")
        write(table.set_column(place, table.schema.field(place), messages))

    return written
