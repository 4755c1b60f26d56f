"""`gtdlike code`: articles to coded incidents."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from gtdlike.cli.console import counting, summary, warn, warnings_as_lines
from gtdlike.cli.exitcodes import COULD_NOT_RUN, FINE
from gtdlike.cli.parameters import Inputs, Output, Processes
from gtdlike.errors import WriteError

if TYPE_CHECKING:
    from gtdlike.article import Article
    from gtdlike.coding.base import CodedIncident

Tell = Callable[["Article", Sequence["CodedIncident"], str | None], None]
Explain = Annotated[bool, Parameter(negative=())]
Write = Callable[[dict[str, Any]], None]


def code(inputs: Inputs, /, *, output: Output = "-", processes: Processes = None, explain: Explain = False) -> int:
    """Code articles: one coded incident a line, with its GTD columns and the evidence for each.

    Articles that cannot be read, are not in English or on which the coder fails are named on standard error, and the
    others are coded. The exit code is 2 only where not one article could be read.

    Examples:

        gtdlike code report.txt

        gtdlike code articles/ -o coded.parquet

        cat articles.jsonl | gtdlike code - | gtdlike validate -

        gtdlike code report.txt --explain

    Parameters
    ----------
    inputs
        Files, folders, patterns or `-`: `.txt`, `.md`, `.html`, `.jsonl`, `.csv`, `.parquet`.
    output
        A `.jsonl` or `.parquet` file, or `-` for JSON Lines on standard output.
    processes
        How many processes code. As many as the input is worth, unless given.
    explain
        Print for people instead: each article with its evidence marked by number, and below it, for every value of each
        incident, how it was arrived at, from which words and by which rule. With `--output` the rows are written too.
    """
    from gtdlike.engines.local import run
    from gtdlike.reading import read

    fates: Counter[str] = Counter()
    incidents = 0
    tell = _explainer() if explain else None
    with warnings_as_lines(), _writer(output, inputs, quiet=explain) as write, counting("articles coded") as advance:
        for outcome in run(read(inputs), processes=processes):
            fates[outcome.fate.value] += 1
            advance(1)
            if outcome.unreadable is not None:
                warn(outcome.unreadable)
            elif outcome.message is not None and outcome.article is not None:
                warn(f"{outcome.article.id}: {outcome.message}")
            if tell is not None and outcome.article is not None:
                tell(outcome.article, outcome.coded, outcome.message)
            for coded in outcome.coded:
                incidents += 1
                write(coded.to_row())
    if sys.stderr.isatty():
        warn(summary(fates, incidents))
    return COULD_NOT_RUN if fates["unreadable"] == fates.total() else FINE


def _explainer() -> Tell:
    """The function that explains an article on standard output."""
    from rich.console import Console

    from gtdlike.cli.explain import explain

    console = Console(highlight=False)
    told = False

    def tell(article: Article, coded: Sequence[CodedIncident], message: str | None) -> None:
        nonlocal told
        if told:
            console.print()
        told = True
        for part in explain(article, coded, message, plain=console.color_system is None):
            console.print(part)

    return tell


@contextmanager
def _writer(output: str, inputs: list[str], *, quiet: bool) -> Iterator[Write]:
    """The function that writes a coded row. A file appears under its name only when it is whole."""
    if output == "-":
        # Standard output holds rows or explanations, never both.
        yield (lambda _row: None) if quiet else lambda row: print(_line(row))
        return
    path = Path(output)
    if path.suffix.lower() not in (".jsonl", ".parquet"):
        raise WriteError("Coded incidents are written as .jsonl or .parquet.", output, remedy="Name the file so.")
    if not path.parent.is_dir():
        raise WriteError(f"There is no folder {path.parent}.", output, remedy="Make it first, or name another file.")
    if path.is_dir():
        raise WriteError("It is a folder.", output, remedy="Name a file in it.")
    if path.exists() and any(Path(given).exists() and path.samefile(given) for given in inputs):
        raise WriteError("It is also an input.", output, remedy="Name another file.")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with (_parquet if path.suffix.lower() == ".parquet" else _jsonl)(part) as write:
            yield write
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, default=str)


@contextmanager
def _jsonl(path: Path) -> Iterator[Write]:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        yield lambda row: print(_line(row), file=file)


@contextmanager
def _parquet(path: Path) -> Iterator[Write]:
    """Rows are written a thousand at a time, so that memory stays small."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from gtdlike.engines.batches import CODED

    # What an article without an incident came to is told on standard error; here every row is an incident.
    schema = pa.schema([column for column in CODED if column.name not in ("fate", "message")], CODED.metadata)
    rows: list[dict[str, Any]] = []
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:

        def flush() -> None:
            if rows:
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
                rows.clear()

        def write(row: dict[str, Any]) -> None:
            rows.append(row)
            if len(rows) >= 1000:
                flush()

        yield write
        flush()
