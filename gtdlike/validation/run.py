"""Validation: the checks of a codebook run over a stream of chunks, and what they find is collected in a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from attrs import define, field

from gtdlike.codebook.model import Codebook, Variable
from gtdlike.errors import remedy_for
from gtdlike.rows import EXTRA_COLUMNS
from gtdlike.validation.checks import Check, compile_checks, explain_wrong_type
from gtdlike.validation.chunk import Chunk
from gtdlike.validation.columns import polars_type, shown, typed
from gtdlike.validation.report import ADD_COLUMN, FIELDS, Report, violation_schema
from gtdlike.validation.source import open_source

if TYPE_CHECKING:
    import polars as pl

    from gtdlike.incident import Incident

LIMIT = 100_000


def validate(
    data: str | Path | IO[bytes] | Iterable[Incident | dict[str, Any]] | Any,
    *,
    codebook: Codebook | None = None,
    limit: int | None = LIMIT,
) -> Report:
    """Check rows against a codebook, by default the built-in one.

    `data` is a path (.csv, .parquet, .jsonl, .json), an open binary file, a table of Arrow, Polars or pandas, or an
    iterable of rows (mappings) or incidents. A table must have every column of the codebook; of a row, what is not
    there is blank. The report lists at most `limit` violations, and counts them all.

    Raises ReadError for what cannot be read; whatever is wrong with a row is a violation.
    """
    if codebook is None:
        from gtdlike.codebook.load import load_codebook

        codebook = load_codebook()
    source = open_source(data, codebook)
    findings = _Findings(codebook, limit)
    if source.columns is not None:
        findings.check_columns(source.columns)
    checks = compile_checks(codebook)
    rows = 0
    for chunk in source.chunks:
        findings.check_chunk(chunk, checks, own_names=source.columns is None)
        rows += len(chunk.numbers) + len({b.row for b in chunk.broken if b.row is not None} - set(chunk.numbers))
    return findings.report(rows, source.origin)


@define
class _Findings:
    """The violations found so far."""

    codebook: Codebook
    limit: int | None
    counts: Counter[tuple[str, str]] = field(factory=Counter)
    by_severity: Counter[str] = field(factory=Counter)
    listed: list[tuple[Any, ...]] = field(factory=list)
    strange: set[str] = field(factory=set)

    def add(
        self,
        rule: str,
        variable: str | None,
        severity: str,
        message: str,
        remedy: str,
        row: int | None = None,
        value: str | None = None,
    ) -> None:
        """Count one violation, and list it while there is room."""
        if self.count(rule, variable, severity, 1):
            self.listed.append((row, None, variable, value, None, rule, severity, message, remedy))

    def count(self, rule: str, variable: str | None, severity: str, number: int) -> int:
        """Count violations, and tell how many of them there is room to list."""
        room = number if self.limit is None else min(number, self.limit - len(self.listed))
        self.counts[rule, variable or ""] += number
        self.by_severity[severity] += number
        return max(room, 0)

    def check_columns(self, names: Sequence[str]) -> None:
        """The columns of a table: none strange, none twice, none missing."""
        known = self.codebook.variables
        for name in dict.fromkeys(names):
            if name not in known and name not in EXTRA_COLUMNS:
                self._strange(name, None, [k for k in known if k not in names])
            if (times := names.count(name)) > 1:
                message = f"There are {times} columns of the name {name!r}; only the first is read."
                remedy = "Rename or take out the others."
                self.add("column", name, "error", message, remedy)
        for name, variable in known.items():
            if name not in names:
                # A label follows from its code, so that nothing is lost without it.
                severity = "warning" if variable.kind == "label" else "error"
                message = f"The column {name!r} ({variable.label}) is missing."
                self.add("column", name, severity, message, ADD_COLUMN)

    def _strange(self, name: str, row: int | None, choices: Iterable[str]) -> None:
        message = f"{name!r} is no column of codebook {self.codebook.id}."
        remedy = remedy_for(name, choices, "Rename it or take it out: its cells are not read.")
        self.add("column", name, "error", message, remedy, row=row)

    def check_chunk(self, chunk: Chunk, checks: Sequence[Check], *, own_names: bool) -> None:
        """Everything about the rows of one chunk."""
        import polars as pl

        for b in chunk.broken:
            rule = "type" if b.variable else "row"
            self.add(rule, b.variable, b.severity, b.message, b.remedy, row=b.row, value=b.value)
        variables = self.codebook.variables
        if own_names:
            for name, series in chunk.columns.items():
                if name not in variables and name not in EXTRA_COLUMNS and name not in self.strange:
                    self.strange.add(name)
                    found = (i for i, cell in enumerate(series.to_list()) if cell is not None)
                    self._strange(name, chunk.numbers[next(found, 0)], variables)
        frame, wrong = self._typed(chunk)
        if not frame.width:
            return
        numbers = pl.Series("row", chunk.numbers, dtype=pl.Int64)
        eventids = frame["eventid"] if "eventid" in frame.columns else pl.Series([None]).new_from_index(0, len(numbers))
        for name, mask in wrong.items():
            self._wrong_type(variables[name], chunk.columns[name], mask, numbers, eventids)
        # A check whose columns are all blank in this chunk has nothing to fail on.
        running = [
            c
            for c in checks
            if any(name in frame.columns for name in c.uses) and (c.variable in chunk.columns or not c.if_present)
        ]
        blank = {name for c in running for name in c.uses if name not in frame.columns}
        frame = frame.with_columns(
            pl.lit(None, dtype=polars_type(variables[name].kind)).alias(name) for name in sorted(blank)
        )
        failed = frame.select(c.fails.fill_null(False).alias(str(i)) for i, c in enumerate(running))
        for check, mask in zip(running, failed, strict=True):
            for name in check.uses:
                if name in wrong:
                    mask = mask & ~wrong[name]
            if mask.any():
                self._failed(check, frame, mask, numbers, eventids)

    def _typed(self, chunk: Chunk) -> tuple[pl.DataFrame, dict[str, pl.Series]]:
        """The codebook's columns that are not blank throughout, typed, and the masks of their wrong cells."""
        import polars as pl

        columns, wrong = [], {}
        for name, variable in self.codebook.variables.items():
            series = chunk.columns.get(name)
            if series is None or series.null_count() == len(series):
                continue
            column = typed(series, variable)
            columns.append(column.values.alias(name))
            if column.wrong is not None:
                wrong[name] = column.wrong
        return pl.DataFrame(columns), wrong

    def _wrong_type(
        self, variable: Variable, raw: pl.Series, mask: pl.Series, numbers: pl.Series, eventids: pl.Series
    ) -> None:
        room = self.count("type", variable.name, "error", int(mask.sum()))
        places = mask.arg_true().head(room)
        for place, row, eventid in zip(places, numbers.gather(places), eventids.gather(places), strict=True):
            value = shown(raw[place])
            message, remedy = explain_wrong_type(variable, self.codebook, value)
            self.listed.append((row, eventid, variable.name, value, None, "type", "error", message, remedy))

    def _failed(
        self, check: Check, frame: pl.DataFrame, mask: pl.Series, numbers: pl.Series, eventids: pl.Series
    ) -> None:
        room = self.count(check.rule, check.variable, check.severity, int(mask.sum()))
        places = mask.arg_true().head(room)
        used = zip(*(frame[name].gather(places).to_list() for name in check.uses), strict=True)
        codes = self.codebook.variables[check.variable].codes
        labels = self.codebook.code_lists[codes].by_code if codes else {}
        for row, eventid, values in zip(numbers.gather(places), eventids.gather(places), used, strict=True):
            value = dict(zip(check.uses, values, strict=True))[check.variable]
            label = labels[value].label if value in labels else None
            told = (check.rule, check.severity, *check.explain(*values))
            self.listed.append((row, eventid, check.variable, None if value is None else shown(value), label, *told))

    def report(self, rows: int, origin: str | None) -> Report:
        """The report: what concerns whole columns, strange ones first; then by row, in the order of the columns."""
        import pyarrow as pa

        order = {name: i for i, name in enumerate(self.codebook.variables)}
        self.listed.sort(key=lambda v: (v[0] or 0, order.get(v[2], -1), v[5], v[2] or ""))
        by_rule: Counter[str] = Counter()
        for (rule, _), number in self.counts.items():
            by_rule[rule] += number
        schema = violation_schema()
        columns = list(zip(*self.listed, strict=True)) or [()] * len(FIELDS)
        return Report(
            rows=rows,
            counts=dict(sorted(by_rule.items())),
            errors=self.by_severity["error"],
            warnings=self.by_severity["warning"],
            violations=pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema),
            omitted=sum(self.counts.values()) - len(self.listed),
            origin=origin,
            counts_by_variable=dict(sorted(self.counts.items())),
        )
