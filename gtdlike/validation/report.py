"""The report of a validation: what was checked, what does not hold, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import Factory, define, field

from gtdlike.errors import ValidationError, WriteError

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.console import Console, ConsoleOptions, RenderResult

FIELDS: Final = ("row", "eventid", "variable", "value", "label", "rule", "severity", "message", "remedy")
"""The shape of a violation. `label` is the label of the value where it is a code."""

ADD_COLUMN: Final = "Add it; its cells may be empty."
"""The remedy for a missing column."""

_SHOWN: Final = 20
# Of so many missing columns one line tells; a codebook has not many more.
_FEW: Final = 3
_COLUMNS: Final = 500


def violation_schema() -> pa.Schema:
    """The Arrow schema of violations. `row` counts data rows from 1 and is null for what concerns a whole column."""
    import pyarrow as pa

    whole = ("row", "eventid")
    return pa.schema([pa.field(name, pa.int64() if name in whole else pa.string()) for name in FIELDS])


@define
class Report:
    """The outcome of a validation.

    `counts` tells for each rule how often it is violated, `errors` and `warnings` for each severity; they are complete
    also where `violations` stops at a limit, and `omitted` tells how many are not listed.
    """

    rows: int
    """How many data rows were checked."""
    counts: Mapping[str, int]
    errors: int
    warnings: int
    violations: pa.Table = field(repr=False)
    omitted: int = 0
    origin: str | None = None
    """The file, where it is one."""
    counts_by_variable: Mapping[tuple[str, str], int] = field(default=Factory(dict), repr=False)
    """How often each rule is violated at each variable: (rule, variable) to number."""

    @property
    def ok(self) -> bool:
        """Whether there is no error. Warnings are no errors."""
        return self.errors == 0

    def raise_for_errors(self) -> None:
        """Raise ValidationError with the summary, if there is an error."""
        if not self.ok:
            raise ValidationError(self.summary(), file=self.origin, remedy=self._first(5))

    def summary(self) -> str:
        """One line: the rows, the errors and the warnings, and the counts by rule."""
        outcome = f"{_number(self.rows, 'row')} checked, {_number(self.errors, 'error')}"
        outcome += f", {_number(self.warnings, 'warning')}"
        by_rule = ", ".join(f"{rule} {count:,}" for rule, count in self.counts.items())
        return f"{outcome} ({by_rule})." if by_rule else f"{outcome}."

    def write(self, path: str | Path) -> None:
        """Write the violations to a .parquet, .csv or .jsonl file, in their fixed shape."""
        write_violations(self.violations, Path(path))

    def __str__(self) -> str:
        return f"{self.summary()}\n{self._first(_SHOWN)}".rstrip()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self.render(_SHOWN)

    def render(self, most: int) -> list[Any]:
        """What rich prints: a table of the counts, the first violations, and how many there are beyond."""
        from rich.markup import escape
        from rich.table import Table

        style = "red" if self.errors else "yellow" if self.warnings else "green"
        origin = f"{self.origin}: " if self.origin else ""
        parts: list[Any] = [f"[{style}]{escape(origin + self.summary())}[/]"]
        shown, beyond = self._shown(most)
        if shown:
            table = Table(box=None, header_style="bold", pad_edge=False)
            for name in ("row", "variable", "value", "rule", "message and remedy"):
                table.add_column(name, justify="right" if name == "row" else "left", overflow="fold")
            for v in shown:
                row = "" if v["row"] is None else str(v["row"])
                colour = "red" if v["severity"] == "error" else "yellow"
                told = f"[{colour}]{escape(v['message'])}[/] {escape(v['remedy'])}"
                value = escape(_short(v["value"] or ""))
                table.add_row(row, v["variable"] or "", value, v["rule"], told)
            parts.append(table)
        if beyond:
            parts.append(f"{beyond:,} more.")
        return parts

    def _shown(self, most: int) -> tuple[list[dict[str, Any]], int]:
        """What a person is shown first, and how many violations there are beyond."""
        first = self.violations.slice(0, most + _COLUMNS).to_pylist()
        shown = _folded(first)[:most]
        return shown, self.errors + self.warnings - sum(v.get("times", 1) for v in shown)

    def _first(self, most: int) -> str:
        shown, beyond = self._shown(most)
        lines = [
            ": ".join(
                part
                for part in (f"row {v['row']}" if v["row"] is not None else None, v["variable"], v["severity"])
                if part
            )
            + f" ({v['rule']}): {v['message']} {v['remedy']}"
            for v in shown
        ]
        if beyond:
            lines.append(f"{beyond:,} more.")
        return "\n".join(lines)


def _folded(violations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Many missing columns as one entry for each severity: a table of ten columns lacks more than a hundred."""
    missing: dict[str, list[str]] = {}
    for v in violations:
        if v["row"] is None and v["remedy"] == ADD_COLUMN:
            missing.setdefault(v["severity"], []).append(v["variable"])
    folded: list[dict[str, Any]] = []
    told: set[str] = set()
    for v in violations:
        names = missing.get(v["severity"], [])
        if len(names) <= _FEW or v["row"] is not None or v["remedy"] != ADD_COLUMN:
            folded.append(v)
        elif v["severity"] not in told:
            told.add(v["severity"])
            what = "columns" if v["severity"] == "error" else "columns of labels"
            some = ", ".join(names[:_FEW])
            message = f"{len(names)} {what} are missing: {some} and {len(names) - _FEW} more."
            entry = {"variable": None, "value": None, "message": message, "times": len(names)}
            folded.append(v | entry | {"remedy": "Add them; their cells may be empty."})
    return folded


def write_violations(violations: pa.Table, path: Path) -> None:
    """Write violations to a .parquet, .csv or .jsonl file."""
    import polars as pl
    import pyarrow.parquet as pq

    frame = pl.DataFrame(violations)
    try:
        match path.suffix.lower():
            case ".parquet":
                pq.write_table(violations, path)
            case ".csv":
                frame.write_csv(path)
            case ".jsonl":
                frame.write_ndjson(path)
            case _:
                remedy = "Name a file that ends in .parquet, .csv or .jsonl."
                raise WriteError("This is no format of a report.", file=str(path), remedy=remedy)
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriteError(f"The report cannot be written: {reason}.", str(path), None, "Name another file.") from error


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _short(value: str) -> str:
    return value if len(value) <= 60 else f"{value[:59]}\N{HORIZONTAL ELLIPSIS}"
