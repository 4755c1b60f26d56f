"""The report of a validation: what was checked, what does not hold, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import Factory, define, field

from gtdlike.errors import ValidationError

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.console import Console, ConsoleOptions, RenderResult

    from gtdlike.codebook.model import Codebook

FIELDS: Final = ("row", "eventid", "variable", "value", "label", "rule", "severity", "message", "remedy")
"""The shape of a violation. `label` is the label of the value where it is a code."""

WHOLE: Final = ("row", "eventid")
"""The fields that are whole numbers; the others are text."""

ADD_COLUMN: Final = "Add it; its cells may be empty."
"""The remedy for a missing column."""

_SHOWN: Final = 20
# Of so many missing columns one line tells; a codebook has not many more.
_FEW: Final = 3
_COLUMNS: Final = 500


def violation_schema() -> pa.Schema:
    """The Arrow schema of violations. `row` counts data rows from 1 and is null for what concerns a whole column."""
    import pyarrow as pa

    return pa.schema([pa.field(name, pa.int64() if name in WHOLE else pa.string()) for name in FIELDS])


@define
class Report:
    """The outcome of a validation.

    `counts` tells for each rule how often it is violated, `errors` and `warnings` for each severity; they are complete
    also where `violations` stops at a limit, and `omitted` tells how many are not listed. `valid()` and `invalid()`
    give the rows without and with errors, in the kind of thing that the rows came in.
    """

    rows: int
    """How many data rows were checked."""
    counts: Mapping[str, int]
    errors: int
    warnings: int
    omitted: int = 0
    origin: str | None = None
    """The file, where it is one."""
    note: str | None = None
    """How the file was read, where that is not a matter of course."""
    counts_by_variable: Mapping[tuple[str, str, str], int] = field(default=Factory(dict), repr=False)
    """How often each rule is violated at each variable: (rule, variable, severity) to number."""
    invalid_rows: pa.Array = field(default=None, repr=False)
    """The numbers of all rows that have an error, counted from 1."""
    codebook: Codebook | None = field(default=None, repr=False)
    data: Any = field(default=None, repr=False)
    """What was validated; for `valid` and `invalid`."""
    _table: Callable[[], pa.Table] = field(default=lambda: violation_schema().empty_table(), repr=False)

    @cached_property
    def violations(self) -> pa.Table:
        """The listed violations, in order of their rows, as an Arrow table of the shape that `FIELDS` names."""
        return self._table()

    @property
    def ok(self) -> bool:
        """Whether there is no error. Warnings are no errors."""
        return self.errors == 0

    def valid(self) -> Any:
        """The rows without an error: a table of the kind that was given, a list for rows, an Arrow table for a file.

        Raises ReadError where the rows came from a stream, which cannot be read twice.
        """
        from gtdlike.validation.rows_of import rows_of

        return rows_of(self, valid=True)

    def invalid(self) -> Any:
        """The rows with an error, in the same way; a row that could not be read as one is not among them."""
        from gtdlike.validation.rows_of import rows_of

        return rows_of(self, valid=False)

    def raise_for_errors(self) -> None:
        """Raise ValidationError with the summary, if there is an error."""
        if not self.ok:
            raise ValidationError(f"{self.summary()}\n{self._first(5)}", file=self.origin)

    def summary(self) -> str:
        """One line: the rows, the errors and the warnings, and the counts by rule."""
        by_rule = ", ".join(f"{rule} {count:,}" for rule, count in self.counts.items())
        return f"{self.outcome()[:-1]} ({by_rule})." if by_rule else self.outcome()

    def outcome(self) -> str:
        """The rows, the errors and the warnings in few words."""
        counted = (_number(self.rows, "row"), _number(self.errors, "error"), _number(self.warnings, "warning"))
        return "{} checked, {}, {}.".format(*counted)

    def write(self, path: str | Path) -> None:
        """Write the listed violations to a .parquet, .csv or .jsonl file, in their fixed shape."""
        from gtdlike.validation.writer import write_violations

        write_violations(self.violations, Path(path))

    def to_dict(self, most: int | None = None) -> dict[str, Any]:
        """The report as JSON can hold it, with the first violations, errors before warnings, or all that are listed."""
        listed = self.violations.to_pylist() if most is None else self.first(most)
        return {
            "origin": self.origin,
            "ok": self.ok,
            "rows": self.rows,
            "errors": self.errors,
            "warnings": self.warnings,
            "counts": dict(self.counts),
            "violations": listed,
            "omitted": self.errors + self.warnings - len(listed),
        }

    def __str__(self) -> str:
        return f"{self.summary()}\n{self._first(_SHOWN)}".rstrip()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from gtdlike.validation.display import for_terminal

        yield from for_terminal(self, _SHOWN, options.max_width)

    def _repr_html_(self) -> str:
        from gtdlike.validation.display import for_notebook

        return for_notebook(self, _SHOWN)

    def first(self, most: int) -> list[dict[str, Any]]:
        """The first violations: errors before warnings, because a warning may be right."""
        import polars as pl

        # By way of Polars: to compare, Arrow would import pandas where it is installed.
        listed, errors = pl.DataFrame(self.violations), pl.col("severity") == "error"
        first = listed.filter(errors).head(most)
        return [*first.to_dicts(), *listed.filter(~errors).head(most - first.height).to_dicts()]

    def shown(self, most: int) -> tuple[list[dict[str, Any]], int]:
        """What a person is shown first, and how many violations there are beyond."""
        shown = _folded(self.first(most + _COLUMNS))[:most]
        return shown, self.errors + self.warnings - sum(v.get("times", 1) for v in shown)

    def _first(self, most: int) -> str:
        shown, beyond = self.shown(most)
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


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
