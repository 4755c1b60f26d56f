"""Validation: the rules of a codebook over whatever holds rows, and what they find, collected in a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from gtdlike.codebook.model import Codebook
from gtdlike.incident import Incident
from gtdlike.validation.chunk import Source, ahead
from gtdlike.validation.findings import Findings
from gtdlike.validation.judge import Judge, judge_row, prepare
from gtdlike.validation.names import check_columns
from gtdlike.validation.report import Report
from gtdlike.validation.rules import select
from gtdlike.validation.source import open_source
from gtdlike.validation.writer import report_file

if TYPE_CHECKING:
    import pyarrow as pa

LIMIT = 100_000


def validate(
    data: str | Path | IO[bytes] | Iterable[Incident | Mapping[str, Any]] | Any,
    *,
    codebook: Codebook | None = None,
    only: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    limit: int | None = LIMIT,
    report: str | Path | Callable[[pa.Table], None] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Check rows against a codebook, by default the built-in one.

    `data` is a path (.csv, .tsv, .xlsx, .parquet, .jsonl, .json; .gz and .zst), an open binary file, a table of Arrow,
    Polars or pandas, an iterable of rows (mappings) or incidents, or one row or incident. A table must have every
    column of the codebook; of a row, what is not there is blank. Rules of all rows together, such as unique ids, are
    not asked of a single row.

    `only` and `ignore` choose rules by their ids or by patterns such as `target-*`. The report lists at most `limit`
    violations, and counts them all; all of them are written to the file `report` (.parquet, .csv, .jsonl), or handed to
    the function `report` as Arrow tables, while they are found. `progress` is told how many more rows are done.

    Raises ReadError for what cannot be read, and ValidationError for a rule that does not exist; whatever is wrong with
    a row is a violation.
    """
    if codebook is None:
        from gtdlike.codebook.load import load_codebook

        codebook = load_codebook()
    selection = select(codebook, only, ignore)
    with report_file(Path(report)) if isinstance(report, str | Path) else nullcontext(report) as sink:
        findings = Findings(codebook, selection, limit, sink)
        if isinstance(data, Mapping | Incident):
            return _one(data, findings)
        source = open_source(data, codebook)
        rows = _all(source, findings, progress or (lambda _more: None))
        return _report(findings, rows, data, source)


def _one(data: Mapping[str, Any] | Incident, findings: Findings) -> Report:
    judge_row(data, findings)
    return _report(findings, 1, [data], None)


def _all(source: Source, findings: Findings, progress: Callable[[int], None]) -> int:
    """Judge all rows of a source, and tell how many there are."""
    if source.columns is not None:
        check_columns(source.columns, findings)
    judge = Judge.of(findings, own_names=source.columns is None)
    # Rows may come from a generator that is bound to its thread; tables do not.
    chunks = source.chunks if source.columns is None else ahead(iter(source.chunks))
    prepared = ((chunk, prepare(chunk, judge.engine)) for chunk in chunks)
    rows = 0
    for chunk, ready in ahead(prepared) if source.as_text else prepared:
        judge.chunk(ready)
        more = len(chunk.numbers) + len({b.row for b in chunk.broken if b.row is not None}.difference(chunk.numbers))
        rows += more
        progress(more)
    judge.all_rows()
    return rows


def _report(findings: Findings, rows: int, data: Any, source: Source | None) -> Report:
    findings.flush()
    by_rule: Counter[str] = Counter()
    severities = {"error": 0, "warning": 0}
    for (rule, _, severity), number in sorted(findings.counts.items()):
        by_rule[rule] += number
        severities[severity] += number
    return Report(
        rows=rows,
        counts=dict(by_rule.most_common()),
        errors=severities["error"],
        warnings=severities["warning"],
        omitted=sum(severities.values()) - findings.held,
        origin=source.origin if source else None,
        note=" ".join(source.notes) if source and source.notes else None,
        counts_by_variable=dict(sorted(findings.counts.items())),
        invalid_rows=findings.invalid_rows(),
        codebook=findings.codebook,
        data=data,
        table=findings.table,
    )
