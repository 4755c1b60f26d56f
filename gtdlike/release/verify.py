"""A release proven whole: its files, tables, rules, keys, evidence and quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gtdlike.article import Article
from gtdlike.codebook import Codebook, load_codebook
from gtdlike.errors import ReadError
from gtdlike.release.checksums import SUMS
from gtdlike.release.folder import MANIFEST, put_back
from gtdlike.release.verification.articles import articles_at_hand
from gtdlike.release.verification.cells import check_cells
from gtdlike.release.verification.counts import check_counts
from gtdlike.release.verification.files import check_files, read_manifest
from gtdlike.release.verification.forms import check_forms
from gtdlike.release.verification.keys import check_keys
from gtdlike.release.verification.quotes import Published, check_quotes
from gtdlike.release.verification.result import FEW, Check, Problem, Verification
from gtdlike.release.verification.tables import read_tables

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Check", "Problem", "Verification", "verify"]


def verify(
    release: str | Path,
    *,
    articles: Iterable[str | Path] | str | Path | None = None,
    codebook: Codebook | None = None,
) -> Verification:
    """Prove a release whole: every check is done as far as the files can be read, and none stops the others.

    Checked are the checksums and sizes of all files, files missing and too many; that the manifest adds up and agrees
    with the tables; the columns and types of the tables; the rules of the codebook; that the three forms of the
    incidents hold the same cells; the keys between the tables; that every filled cell has evidence for its value; and
    the quotes, against their digests and, with `articles` (as for `build`), against the text at their places.

    `codebook` is the one that the release was made with, by default the built-in one. Raises ReadError where `release`
    is no folder of a release, or none of `articles` can be read.
    """
    folder = Path(release)
    _check_folder(folder)
    codebook = load_codebook() if codebook is None else codebook
    files, read, counts = Check("files", "files"), Check("tables", "tables"), Check("manifest", "counts")
    rules, forms, keys = Check("rules", "incidents"), Check("forms", "cells"), Check("keys", "rows")
    evidence, given, quotes = Check("evidence", "cells"), Check("articles", "articles"), Check("quotes", "quotes")

    manifest = read_manifest(folder, files)
    check_files(folder, manifest, files)
    tables = read_tables(folder, codebook, manifest, read)
    incidents, told, sources = (tables.get(name) for name in ("incidents", "evidence", "sources"))
    warnings = _check_rules(incidents, codebook, rules)
    published = Published.of(manifest.options if manifest else {})
    # The build counts warnings before it leaves words out, and these may be other ones then.
    check_counts(folder, manifest, tables, codebook, warnings if published == Published() else None, counts)
    check_forms(folder, incidents, {problem.file for problem in files.problems}, forms)
    check_keys(tables, manifest, keys)
    check_cells(incidents, told, codebook, evidence)
    at_hand: dict[str, Article] | None = None
    notes: list[str] = []
    if articles is None:
        given.skipped = "none were given (--articles)"
    else:
        inputs = [articles] if isinstance(articles, str | Path) else articles
        at_hand, notes = articles_at_hand(inputs, sources, given)
    check_quotes(told, sources, at_hand, published, quotes)
    checks = (files, counts, read, rules, forms, keys, evidence, given, quotes)
    return Verification(str(release), checks, tuple(notes))


def _check_folder(folder: Path) -> None:
    remedy = "Name the folder that `gtdlike build` wrote."
    put_back(folder)
    if not folder.is_dir():
        raise ReadError("It is a file." if folder.exists() else "There is no such folder.", str(folder), remedy=remedy)
    # Any of these may be the file that is lost.
    if not any((folder / name).exists() for name in (MANIFEST, SUMS, "incidents.parquet")):
        raise ReadError("The folder is no release.", str(folder), remedy=remedy)


def _check_rules(incidents: pa.Table | None, codebook: Codebook, check: Check) -> Mapping[str, int] | None:
    """The rules of the codebook over the incidents. Gives the warnings by rule, None where nothing can be read."""
    from gtdlike.validation import validate

    if incidents is None:
        check.skipped = "not checked: incidents.parquet cannot be read"
        return None
    report = validate(incidents, codebook=codebook)
    check.counted += report.rows
    errors = [v for v in report.first(FEW) if v["severity"] == "error"]
    for number, v in enumerate(errors, 1):
        row = None if v["row"] is None else f"row {v['row']} (eventid {v['eventid']})"
        place = ", ".join(part for part in (row, f"column {v['variable']}" if v["variable"] else None) if part)
        more = report.errors - len(errors) if number == len(errors) else 0
        check.add("incidents.parquet", place or None, f"{v['message']} ({v['rule']})", v["remedy"], more)
    counts: dict[str, int] = {}
    for (rule, _, severity), count in report.counts_by_variable.items():
        if severity == "warning":
            counts[rule] = counts.get(rule, 0) + count
    return counts
