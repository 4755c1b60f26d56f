"""The violations that a validation finds: counted one and all, listed as far as there is room, in their fixed shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import define, field

from gtdlike.codebook.checks import Check
from gtdlike.codebook.model import Codebook
from gtdlike.codebook.template import Template, plain
from gtdlike.validation.report import FIELDS, WHOLE, violation_schema
from gtdlike.validation.rules import Selection

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

Key = tuple[str, str, str]
"""A rule, a variable (or nothing) and a severity."""


Violation = tuple[Any, ...]
"""The values of `FIELDS`."""


@define
class _Piece:
    """Violations of some rows: those that are told, and those that are still to be put into words."""

    told: dict[str, list[Any]] = field(factory=lambda: {name: [] for name in FIELDS})
    later: list[Callable[[], list[Violation]]] = field(factory=list)
    number: int = 0


@define
class Findings:
    """The violations so far. `flush` hands those of the rows since the last time to `sink`, if there is one.

    Without it they are put into words when they are asked for: of many, most are only counted.
    """

    codebook: Codebook
    selection: Selection
    limit: int | None
    sink: Callable[[pa.Table], None] | None = None
    counts: Counter[Key] = field(factory=Counter)
    listed: list[_Piece | pa.Table] = field(factory=list)
    invalid: list[pl.Series] = field(factory=list)
    """The numbers of the rows that have an error, in pieces; a row may come in several."""
    _new: _Piece = field(factory=_Piece)
    _invalid_now: set[int] = field(factory=set)
    _held: int = 0
    _order: Mapping[str, int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._order = {name: place for place, name in enumerate(self.codebook.variables)}

    def add(
        self,
        rule: str,
        variable: str | None,
        severity: str,
        message: str,
        remedy: str,
        *,
        row: int | None = None,
        eventid: int | None = None,
        value: str | None = None,
    ) -> None:
        """One violation."""
        if rule not in self.selection:
            return
        if severity == "error" and row is not None:
            self.invalid_row(row)
        if self._room((rule, variable or "", severity), 1):
            self._extend([(row, eventid, variable, value, None, rule, severity, message, remedy)])

    def add_failed(
        self, check: Check, rows: Sequence[int], eventids: Sequence[int | None], cells: Mapping[str, Sequence[Any]]
    ) -> None:
        """The rows that a check fails on: their numbers, their ids and the cells of the variables that it uses."""
        if room := self.count_failed(check, len(rows)):
            cells = {name: column[:room] for name, column in cells.items()}
            self._extend(_violations(check, rows[:room], eventids[:room], cells, self.codebook))

    def add_failed_rows(self, check: Check, rows: pl.DataFrame) -> None:
        """The same, as a frame of the numbers, the ids and the cells in the order of the check's `uses`."""
        import polars as pl

        if room := self.count_failed(check, rows.height):
            # Texts as Python's: those of Polars would keep all the texts of the chunk in memory.
            columns = [s.to_list() if s.dtype == pl.String else s for s in rows.head(room).iter_columns()]
            self._later(room, partial(_of_rows, check, columns, self.codebook))

    def add_all(
        self, rule: str, variable: str, severity: str, rows: pl.Series, told: Callable[[int], list[Violation]]
    ) -> None:
        """Violations of one rule in some rows. `told` puts the first so many of them into words."""
        if rule not in self.selection or not len(rows):
            return
        if severity == "error":
            self.add_invalid(rows)
        if room := self._room((rule, variable, severity), len(rows)):
            self._later(room, partial(told, room))

    def _later(self, number: int, told: Callable[[], list[Violation]]) -> None:
        self._new.later.append(told)
        self._new.number += number

    def count_failed(self, check: Check, rows: int) -> int:
        """Count the rows that a check fails on, and tell how many of them there is room to list."""
        return self._room((check.rule, check.variable, check.severity), rows)

    def invalid_row(self, row: int) -> None:
        """The number of a row that has an error."""
        self._invalid_now.add(row)

    def add_invalid(self, rows: pl.Series) -> None:
        """The numbers of rows that have an error."""
        import polars as pl

        self.invalid.append(rows.cast(pl.UInt32))

    @property
    def full(self) -> bool:
        """Whether no more violations are listed, so that counting is enough."""
        return self.sink is None and self.limit is not None and self._held + self._new.number >= self.limit

    def _room(self, key: Key, number: int) -> int:
        """Count violations, and tell how many of them are listed."""
        self.counts[key] += number
        if self.limit is None or self.sink is not None:
            return number
        return max(0, min(number, self.limit - self._held - self._new.number))

    def _extend(self, violations: Sequence[Violation]) -> None:
        for name, column in zip(FIELDS, zip(*violations, strict=True), strict=False):
            self._new.told[name].extend(column)
        self._new.number += len(violations)

    def flush(self) -> None:
        """Hand the new violations on, or keep them."""
        import polars as pl

        if self._invalid_now:
            self.invalid.append(pl.Series(sorted(self._invalid_now), dtype=pl.UInt32))
            self._invalid_now = set()
        if not self._new.number:
            return
        piece, self._new = self._new, _Piece()
        if self.sink is None:
            self.listed.append(piece)
            self._held += piece.number
            return
        table = self._in_words(piece)
        self.sink(table)
        kept = table if self.limit is None else table.slice(0, max(0, self.limit - self._held))
        self._held += kept.num_rows
        if kept.num_rows:
            self.listed.append(kept)

    @property
    def held(self) -> int:
        """How many violations are listed."""
        return self._held

    def _in_words(self, piece: _Piece) -> pa.Table:
        for told in piece.later:
            for name, column in zip(FIELDS, zip(*told(), strict=True), strict=True):
                piece.told[name].extend(column)
        piece.later = []
        return self.ordered(piece.told)

    def ordered(self, violations: Mapping[str, list[Any]]) -> pa.Table:
        """Violations as a table: what concerns whole columns first; then by row, in the order of the columns."""
        import polars as pl

        # By way of Polars: to look whether a list is one of its own, Arrow would import pandas where it is installed.
        frame = pl.DataFrame(violations, schema={name: pl.Int64 if name in WHOLE else pl.String for name in FIELDS})
        if len(frame) > 1:
            keys = (*self._row_and_column(), pl.col("rule"), pl.col("variable").fill_null(""))
            frame = frame.sort(keys, maintain_order=True)
        return frame.to_arrow().cast(violation_schema())

    def _row_and_column(self) -> tuple[pl.Expr, pl.Expr]:
        import polars as pl

        column = pl.col("variable").replace_strict(self._order, default=-1, return_dtype=pl.Int32).fill_null(-1)
        return pl.col("row").fill_null(0), column

    def invalid_rows(self) -> pa.Array:
        """The numbers of the rows that have an error, each once and in order."""
        import polars as pl

        rows = pl.concat([pl.Series([], dtype=pl.UInt32), *self.invalid])
        return rows.unique().sort().cast(pl.Int64).to_arrow()

    def table(self) -> pa.Table:
        """All that are listed, in words."""
        import polars as pl
        import pyarrow as pa

        self.flush()
        if not self.listed:
            return violation_schema().empty_table()
        self.listed = [self._in_words(one) if isinstance(one, _Piece) else one for one in self.listed]
        whole = pa.concat_tables(self.listed).combine_chunks()
        # Chunks come in the order of their rows; only what concerns all rows together is found after them.
        if pl.Series(whole["row"]).fill_null(0).is_sorted():
            return whole
        return pl.DataFrame(whole).sort(self._row_and_column(), maintain_order=True).to_arrow().cast(whole.schema)


def _of_rows(check: Check, columns: Sequence[list[Any] | pl.Series], codebook: Codebook) -> list[Violation]:
    numbers, eventids, *cells = (column if isinstance(column, list) else column.to_list() for column in columns)
    return _violations(check, numbers, eventids, dict(zip(check.uses, cells, strict=True)), codebook)


def _violations(
    check: Check,
    rows: Sequence[int],
    eventids: Sequence[int | None],
    cells: Mapping[str, Sequence[Any]],
    codebook: Codebook,
) -> list[Violation]:
    """The violations of a check in words."""
    own = cells[check.variable]
    codes = codebook.variables[check.variable].codes
    by_code = codebook.code_lists[codes].by_code if codes else {}
    shown = {value: None if value is None else plain(value) for value in set(own)}
    labels = {value: by_code[value].label for value in shown if value in by_code}
    return list(
        zip(
            rows,
            eventids,
            [check.variable] * len(own),
            [shown[value] for value in own],
            [labels.get(value) for value in own],
            [check.rule] * len(own),
            [check.severity] * len(own),
            _texts(check.message, cells, len(own)),
            _texts(check.remedy, cells, len(own)),
            strict=True,
        )
    )


def _texts(template: Template, cells: Mapping[str, Sequence[Any]], number: int) -> list[str]:
    """The text of a template for each of several rows. Values repeat, so that each is put into words once."""
    parts: list[list[str]] = []
    for part in template:
        if isinstance(part, str):
            parts.append([part] * number)
            continue
        values = cells[part.column][:number]
        words = {value: part.text(value) for value in set(values)}
        parts.append([words[value] for value in values])
    return parts[0] if len(parts) == 1 else ["".join(words) for words in zip(*parts, strict=True)]
