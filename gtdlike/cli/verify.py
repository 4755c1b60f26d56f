"""`gtdlike verify`: a release proven whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from gtdlike.cli.console import warn, warnings_as_lines
from gtdlike.cli.exitcodes import FINDINGS, FINE

Articles = Annotated[tuple[str, ...], Parameter(alias="-a", negative=(), consume_multiple=False, show_default=False)]


def verify(
    release: Annotated[Path, Parameter(name="DIR")],
    /,
    *,
    articles: Articles = (),
    codebook: str = "gtd",
    format: Literal["text", "json"] = "text",
    max: int = 20,
) -> int:
    """Prove a release whole: every file, table, key and quote of it.

    Checked are the checksums of all files, files missing and too many; that the manifest adds up and agrees with the
    tables; the columns and types of every table; the rules of the codebook; that the incidents as Parquet, CSV and
    JSON Lines are the same; the keys between the tables; that each filled cell has evidence for its value; and the
    quotes. What is wrong is named by file and, as far as can be told, by row, column or line, and one problem never
    hides another. The exit code is 0 where the release is whole, 1 where there are problems, and 2 where the folder is
    no release or the articles cannot be read.

    Examples:

        gtdlike verify release/

        gtdlike verify release/ --articles articles/

        gtdlike verify release/ --format json

    Parameters
    ----------
    release
        The folder of a release.
    articles
        The articles that the release was made of, as `gtdlike build` reads them: each quote is then held against the
        text at its place. Articles that are not at hand are left out.
    codebook
        The name of a built-in codebook, or the folder or file of one's own, that the release was made with.
    format
        `text` for people; `json` for programs.
    max
        How many problems are printed.
    """
    from gtdlike.codebook.load import load_codebook
    from gtdlike.release.verify import verify as prove

    with warnings_as_lines():
        found = prove(release, articles=articles or None, codebook=load_codebook(codebook))
    for note in found.notes:
        warn(note)
    if format == "json":
        print(json.dumps(found.to_dict(max), ensure_ascii=False))
    else:
        from rich.console import Console

        from gtdlike.release.verification.result import for_terminal

        console = Console(highlight=False)
        for part in for_terminal(found, max):
            console.print(part)
    return FINE if found.ok else FINDINGS
