"""`gtdlike evaluate`: two codings of the same articles compared."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter, validators

from gtdlike.cli.console import warn, warnings_as_lines
from gtdlike.cli.exitcodes import FINE
from gtdlike.cli.parameters import no_options
from gtdlike.errors import ReadError, WriteError

if TYPE_CHECKING:
    from gtdlike.article import Article
    from gtdlike.evaluation import Evaluation

Gold = Annotated[str, Parameter(name="GOLD", allow_leading_hyphen=True, validator=lambda t, v: no_options(t, [v]))]
Coded = Annotated[str, Parameter(name="CODED", allow_leading_hyphen=True, validator=lambda t, v: no_options(t, [v]))]
Labels = Annotated[tuple[str, str], Parameter(negative=())]
Names = Annotated[tuple[str, ...], Parameter(negative=(), consume_multiple=False, show_default=False)]
Resamples = Annotated[int, Parameter(validator=validators.Number(gte=0))]


def evaluate(
    gold: Gold,
    coded: Coded,
    /,
    *,
    labels: Labels = ("gold", "coded"),
    only: Names = (),
    ignore: Names = (),
    align: Literal["auto", "article", "eventid"] = "auto",
    confusion: Names = (),
    differences: Names = (),
    html: Path | None = None,
    articles: Names = (),
    format: Literal["text", "json"] = "text",
    resamples: Resamples = 1000,
    seed: int = 0,
    codebook: str = "gtd",
) -> int:
    """Compare two codings of the same articles: a coder against a gold coding, or one person against another.

    The incidents of an article are paired one to one, so that they agree most. For each field the table shows how many
    answers either side has, how many of the first the second has found, precision (P), recall (R) and F1 with its 95 %
    interval; and of the incidents of both how often they say the same (agree), Cohen's kappa and Krippendorff's alpha.
    Neither is shown where all the answers are one and the same. The exit code is 0, and 2 where a file could not be
    read.

    Examples:

        gtdlike code seeds/articles -o coded.jsonl

        gtdlike evaluate seeds/codings.jsonl coded.jsonl --html report.html --articles seeds/articles

        gtdlike evaluate anna.xlsx ben.xlsx --labels Anna Ben --only "attacktype*" --confusion attacktype1

        gtdlike code articles/ | gtdlike evaluate gold.csv - --differences nkill

    Parameters
    ----------
    gold
        The coding to compare with: rows with an `article_id` or an `eventid`, as `.csv`, `.tsv`, `.xlsx`, `.parquet`,
        `.jsonl` or `.json`, also as `.gz` or `.zst`; or lines of accepted codings, as `seeds/codings.jsonl` has them.
    coded
        The coding that is compared with it: rows in any of these formats, or `-` for standard input.
    labels
        What the two are called.
    only
        A field to compare, or a pattern such as `weap*`, and no others: a variable, or `date`, `place` or `targets`,
        which several variables tell. May be given several times.
    ignore
        A field, or a pattern, that is not compared. May be given several times.
    align
        What incidents are paired by: what they say within an `article`, or their `eventid`. `auto` takes the eventid
        where all rows of both have one.
    confusion
        A variable of which the table of codes is printed as well. May be given several times.
    differences
        A field of which the answers that differ are printed as well. May be given several times.
    html
        A file for a page with all of it: the tables, and every answer that differs, with its evidence.
    articles
        The articles, as `gtdlike code` reads them, so that the page shows each quote in its sentence. May be given
        several times.
    format
        `text` for people; `json` for programs.
    resamples
        How many times the articles are drawn anew for the intervals; 0 for no intervals.
    seed
        What the drawing starts from. The same seed gives the same intervals.
    codebook
        The name of a built-in codebook, or the folder or file of one's own.
    """
    from gtdlike.codebook.load import load_codebook
    from gtdlike.evaluation import evaluate as compare

    if gold == coded == "-":
        raise ReadError("Both sides are standard input.", remedy="Give a file for one of them.")
    if html is not None and not html.parent.is_dir():
        raise WriteError(f"There is no folder {html.parent}.", str(html), remedy="Make it first.")
    found = compare(
        sys.stdin.buffer if gold == "-" else gold,
        sys.stdin.buffer if coded == "-" else coded,
        codebook=load_codebook(codebook),
        only=only or None,
        ignore=ignore,
        align_by=align,
        resamples=resamples,
        seed=seed,
    )
    for note in found.notes:
        warn(note)
    _check(found, [*confusion, *differences])
    if html is not None:
        _write(found, labels, html, articles)
    if format == "json":
        _as_json(found, labels, differences)
    else:
        _as_text(found, labels, confusion, differences)
    return FINE


def _check(found: Evaluation, names: list[str]) -> None:
    from gtdlike.evaluation.display import check_names

    check_names(found, names)


def _as_text(found: Evaluation, labels: tuple[str, str], confusion: Names, differences: Names) -> None:
    from rich.console import Console

    from gtdlike.evaluation import display

    console = Console(highlight=False)
    parts = [*display.for_terminal(found, labels)]
    parts += [part for name in confusion for part in display.confusion(found, name, labels)]
    parts += [part for name in differences for part in display.differences(found, name, labels)]
    for part in parts:
        console.print(part)


def _as_json(found: Evaluation, labels: tuple[str, str], differences: Names) -> None:
    told = {"labels": list(labels), **found.to_dict()}
    if differences:
        told["differences"] = [one.to_dict() for name in differences for one in found.differences(name)]
    print(json.dumps(told, ensure_ascii=False, default=str))


def _write(found: Evaluation, labels: tuple[str, str], path: Path, inputs: Names) -> None:
    """The page appears under its name when it is whole."""
    from gtdlike.evaluation.page import page

    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(page(found, labels, _articles(inputs)), encoding="utf-8", newline="\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _articles(inputs: Names) -> dict[str, Article]:
    from gtdlike.reading import Unreadable, read

    found: dict[str, Article] = {}
    if inputs:
        with warnings_as_lines():
            for item in read(list(inputs)):
                if isinstance(item, Unreadable):
                    warn(item)
                else:
                    found[item.id] = item
    return found
