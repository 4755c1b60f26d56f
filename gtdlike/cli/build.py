"""`gtdlike build`: articles to a dataset release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from gtdlike.cli.console import counting, summary, warn, warnings_as_lines
from gtdlike.cli.exitcodes import FINE
from gtdlike.cli.parameters import USUAL_CACHE, Cache, Inputs, Processes, cache_folder


def build(
    inputs: Inputs,
    /,
    *,
    output: Annotated[Path, Parameter(alias="-o")],
    previous: Path | None = None,
    decisions: Path | None = None,
    also: Annotated[tuple[str, ...], Parameter(name="--also", negative="", show_default=False)] = (),
    processes: Processes = None,
    overwrite: Annotated[bool, Parameter(negative="")] = False,
    cache: Cache = USUAL_CACHE,
    quotes: Literal["full", "short", "none"] = "full",
    redact: Annotated[bool, Parameter(negative="")] = False,
    about: Path | None = None,
) -> int:
    """Build a release: code the articles, link the incidents that several of them tell, validate and write.

    The release is a folder: the incidents as Parquet, CSV and JSON Lines, their evidence, sources and differing
    reports, descriptions for catalogues and for people, checksums, and a manifest that accounts for every article.

    Examples:

        gtdlike build articles/ -o release/

        gtdlike build news.jsonl archive/*.html -o release/ --overwrite

        gtdlike build articles/ -o 2024-06/ --previous 2024-05/ --decisions decisions.csv

    Parameters
    ----------
    inputs
        Files, folders, patterns or `-`: `.txt`, `.md`, `.html`, `.jsonl`, `.csv`, `.parquet`.
    output
        The folder of the release. It must not exist yet, unless `--overwrite` is given.
    previous
        The folder of the release before. Its incidents keep their ids, `changes.parquet` tells what became of each,
        and what people decided for it holds.
    decisions
        A CSV file of what people decided, one decision a row: merge, split, set or drop, with who and why. See
        docs/releases.md for its columns.
    also
        A further format of the incidents, such as `xlsx`, by its suffix. It may be given more than once.
    processes
        How many processes code. As many as the input is worth, unless given.
    overwrite
        Replace the folder, in one step, when the new release is whole.
    cache
        The folder in which coded articles are kept, so that the next build codes only what is new, and goes on where
        one was broken off. The release is the same with it and without it.
    quotes
        How much of the articles the evidence quotes: all of it, 60 characters of it at the most, or nothing. Places and
        digests are given in any case, so that whoever has the articles can check every value. With `none` no cell of
        any table has eight or more words in a row of an article, titles of cited sources apart.
    redact
        Put [person] where the name of a private person stands in summaries, targets, notes and quotes. Who holds a
        public office stays named. Names are found by rules, and some are missed: read docs/publishing.md first.
    about
        A TOML file with what only people know of the release: title, creators, licence, version, address. It goes into
        the files that describe the release, such as `CITATION.cff` and `datapackage.json`. See docs/releases.md.
    """
    from gtdlike.release import build as build_release

    with warnings_as_lines(), counting("articles coded") as advance:
        manifest = build_release(
            inputs,
            output,
            processes=processes,
            overwrite=overwrite,
            previous=previous,
            decisions=decisions,
            formats=also,
            progress=advance,
            cache=cache_folder(cache),
            quotes=quotes,
            redact=redact,
            about=about,
        )
    for one in manifest.inputs:
        if one.message:
            warn(f"{one.origin if one.id is None else one.id}: {one.message}")
    if manifest.rejected:
        what = "incident has" if manifest.rejected == 1 else "incidents have"
        warn(f"{manifest.rejected} {what} errors; see {output / 'rejected.jsonl'} for the reasons.")
    for account in manifest.decisions:
        if account.message:
            file = previous / "decisions.csv" if account.kept and previous else decisions
            warn(f"{account.place(str(file))}: {account.fate.words}: {account.message}")
    print(f"{output}: {summary(manifest.fates, manifest.incidents)}")
    if manifest.decisions:
        print(f"decisions: {_counted(account.fate.words for account in manifest.decisions)}")
    if previous is not None:
        print(f"since {previous}: {_counted(manifest.changes) or 'all ids as they were'}")
    return FINE


def _counted(what: Iterable[str] | Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {word}" for word, number in sorted(Counter(what).items()))
