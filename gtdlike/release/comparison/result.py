"""What a comparison of two releases found, for programs: one table of all changes, and its counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa
    from rich.console import Console, ConsoleOptions, RenderResult

CHANGES: Final = ("added", "retired", "merged", "split", "changed")
"""What may become of an incident between two releases. `split` is one that came out of another."""

FIELDS: Final = ("eventid", "change", "variable", "old", "old_label", "new", "new_label", "other")
"""The columns of a comparison."""

_TITLE: Final = ("city", "provstate", "country_txt", "attacktype1_txt")
_SHOWN: Final = 20


def diff_schema() -> pa.Schema:
    """The Arrow schema of a comparison: whole numbers for ids, text for all else."""
    import pyarrow as pa

    return pa.schema([(name, pa.int64() if name in ("eventid", "other") else pa.string()) for name in FIELDS])


@define
class Titles:
    """What incidents are called for people, by either side: the day, the place and the attack."""

    old: pl.DataFrame = field(repr=False)
    new: pl.DataFrame = field(repr=False)

    def of(self, eventids: Iterable[int]) -> dict[int, str]:
        """The title of each incident, by the new side where it is there."""
        import polars as pl

        wanted = pl.Series("eventid", sorted(set(eventids)), pl.Int64)
        titles: dict[int, str] = {}
        for side in (self.old, self.new):
            # One after the other: there may be a million incidents, of which a page shows a few.
            for row in side.filter(pl.col("eventid").is_in(wanted.implode())).iter_rows(named=True):
                titles[row["eventid"]] = _title(row)
        return titles


def _title(row: Mapping[str, Any]) -> str:
    parts = [f"{row[name]:0{width}}" for name, width in (("iyear", 4), ("imonth", 2), ("iday", 2)) if row.get(name)]
    return ", ".join([*(["-".join(parts)] if parts else []), *(str(row[name]) for name in _TITLE if row.get(name))])


@define
class Diff:
    """Two releases compared.

    `table` has the columns `eventid`, `change`, `variable`, `old`, `old_label`, `new`, `new_label` and `other`, sorted
    by eventid: one row for each incident that was added, retired, merged (into `other`) or split (from `other`), and
    one for each cell that `changed` in an incident that both sides have. Values are text, and a blank is null. A label
    has a row of its own only where its code is the same.
    """

    old: str
    new: str
    old_incidents: int
    new_incidents: int
    unchanged: int
    """How many incidents are the same on both sides."""
    table: pa.Table = field(repr=False)
    notes: tuple[str, ...] = ()
    """What must be known of the sides: columns that only one has, codebooks that differ."""
    columns: tuple[str, ...] = ()
    """The columns that only one side has."""
    reasons: Mapping[int, str] = field(factory=dict, repr=False)
    """Why incidents came or went, as far as the new release says so."""
    titles: Titles = field(default=None, repr=False)

    @property
    def empty(self) -> bool:
        """Whether there is no difference at all."""
        return self.table.num_rows == 0 and not self.columns

    @property
    def counts(self) -> dict[str, int]:
        """How many incidents were added, retired, merged, split and changed."""
        incidents = self._frame().unique(["eventid", "change"])["change"].value_counts()
        found = dict(incidents.iter_rows())
        return {change: found.get(change, 0) for change in CHANGES}

    @property
    def cells(self) -> int:
        """How many cells changed."""
        return sum(self.by_variable.values())

    @property
    def by_variable(self) -> dict[str, int]:
        """How many cells of each variable changed, the most first."""
        counted = self._frame().drop_nulls("variable")["variable"].value_counts(sort=False)
        return dict(sorted(counted.iter_rows(), key=lambda pair: (-pair[1], pair[0])))

    def summary(self) -> str:
        """The outcome in one line."""
        if self.empty:
            return f"No differences: {_number(self.old_incidents, 'incident')} on both sides."
        counts = self.counts
        told = [f"{counts[change]:,} {change}" for change in CHANGES if counts[change] or change in CHANGES[:2]]
        cells = f" ({_number(self.cells, 'cell')})" if counts["changed"] else ""
        return f"{', '.join(told)}{cells}, {self.unchanged:,} the same."

    def to_dict(self) -> dict[str, Any]:
        """All of it, as JSON has it."""
        return {
            "old": self.old,
            "new": self.new,
            "old_incidents": self.old_incidents,
            "new_incidents": self.new_incidents,
            "empty": self.empty,
            "counts": {**self.counts, "unchanged": self.unchanged, "cells": self.cells},
            "by_variable": self.by_variable,
            "columns": list(self.columns),
            "notes": list(self.notes),
            "changes": self.table.to_pylist(),
        }

    def _frame(self) -> pl.DataFrame:
        import polars as pl

        frame = pl.from_arrow(self.table)
        assert isinstance(frame, pl.DataFrame)
        return frame

    def __str__(self) -> str:
        from gtdlike.release.comparison.display import lines

        return "\n".join(lines(self, _SHOWN))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from gtdlike.release.comparison.display import for_terminal

        yield from for_terminal(self, _SHOWN)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
