"""The checks of a codebook over chunks of a table, as Polars expressions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from gtdlike.codebook.checks import Check, checks_of
from gtdlike.codebook.expression import nodes
from gtdlike.codebook.expression.blanks import needed
from gtdlike.codebook.expression.nodes import with_column
from gtdlike.codebook.expression.polars import to_polars
from gtdlike.codebook.expression.screen import Screen, of_failing
from gtdlike.codebook.model import Codebook
from gtdlike.codebook.once import once_per_codebook
from gtdlike.validation.columns import polars_type
from gtdlike.validation.findings import Findings
from gtdlike.validation.odd import Odd
from gtdlike.validation.rules import Selection

if TYPE_CHECKING:
    import polars as pl

_SPARSE = (0.02, 0.1)
"""Where at most one of these shares of the cells of a column is filled, what needs them is asked only of the rows that
have some of such cells."""

_ROW, _ID, _WRONG, _CELL = "\0row", "\0id", "\0wrong ", "\0cell"
"""Beside the cells of a row: its number, its id, whether a cell is of a wrong type. A text of whatever column. No
variable has such names."""


@frozen
class _Compiled:
    """A check, and an expression that is true where a row fails it. A null passes."""

    check: Check
    fails: pl.Expr
    reads: frozenset[str]
    uses: list[str]
    needs: tuple[str, ...]
    """The columns each of which is filled where a row fails."""
    place: str
    """Which of all checks it is, as the name of the column that tells where it fails, ..."""
    named: pl.Expr
    """... and the expression with this name."""


@define
class Engine:
    """The checks that are chosen, compiled. `run` judges rows, and `run_odd` judges texts."""

    codebook: Codebook
    checks: list[_Compiled] = field(repr=False)
    patterns: dict[nodes.Expression, dict[str, _Compiled]] = field(repr=False)
    """Checks of a pattern, of which it is known how a text looks that fails it, by the pattern and by the column.

    They are run over the few texts that look so, because patterns take longer than all else together.
    """
    screens: dict[str, Screen] = field(repr=False)
    """How such a text looks, by its column."""

    def run_odd(
        self, odd: Odd, frame: pl.DataFrame, numbers: pl.Series, eventids: pl.Series, findings: Findings
    ) -> None:
        """Judge the texts of a frame by `patterns`, and add what fails to the findings."""
        cells = odd.cells.alias(_CELL).to_frame()
        failed = cells.select(_fails(pattern).alias(str(place)) for place, pattern in enumerate(self.patterns))
        whole = frame.with_columns(numbers.alias(_ROW), eventids.alias(_ID))
        for truths, checks in zip(failed, self.patterns.values(), strict=True):
            for name, places in odd.where(truths).items():
                if (one := checks.get(name)) is None:
                    continue
                if one.check.severity == "error":
                    findings.add_invalid(numbers[places])
                if findings.full:
                    findings.count_failed(one.check, len(places))
                else:
                    findings.add_failed_rows(one.check, whole[places, [_ROW, _ID, *one.uses]])

    def run(
        self,
        frame: pl.DataFrame,
        wrong: Mapping[str, pl.Series],
        present: Collection[str],
        numbers: pl.Series,
        eventids: pl.Series,
        findings: Findings,
    ) -> None:
        """Judge the rows of a frame of typed columns, and add what fails to the findings.

        `wrong` are the masks of cells of a wrong type; a row is not judged by what reads such a cell. `present` are the
        columns that the data have. Blank columns may be left out of the frame: a check that reads nothing else has
        nothing to fail on.
        """
        import polars as pl

        filled = {series.name: len(series) - series.null_count() for series in frame.get_columns()}
        groups: dict[float, list[_Compiled]] = {}
        rarest: dict[float, set[str]] = {}
        for one in self.checks:
            if filled.keys().isdisjoint(one.reads) or not filled.keys() >= set(one.needs):
                continue
            if one.check.if_present and one.check.variable not in present:
                continue
            rare = min(one.needs, key=filled.__getitem__, default="")
            share = next((share for share in _SPARSE if rare and filled[rare] <= frame.height * share), 1.0)
            groups.setdefault(share, []).append(one)
            rarest.setdefault(share, set()).add(rare)
        running = [one for group in groups.values() for one in group]
        whole = self._whole(frame, running, numbers, eventids).with_columns(
            cells.alias(f"{_WRONG}{name}") for name, cells in wrong.items()
        )
        for share, checks in groups.items():
            rows = whole
            if share < 1:
                columns = {name for one in checks for name in (*one.reads, *one.uses)}
                masks = [f"{_WRONG}{name}" for name in columns.intersection(wrong)]
                some = whole.select(pl.any_horizontal(pl.col(sorted(rarest[share])).is_not_null()).arg_true())
                rows = whole.select(*sorted(columns), *sorted(masks), _ROW, _ID)[some.to_series()]
            _judge(checks, rows, wrong.keys(), findings)

    def _whole(
        self, frame: pl.DataFrame, running: Iterable[_Compiled], numbers: pl.Series, eventids: pl.Series
    ) -> pl.DataFrame:
        """The frame with the blank columns that checks use, and with the number and the id of each row."""
        import polars as pl

        blank = sorted({name for one in running for name in one.uses}.difference(frame.columns))
        kinds = [pl.lit(None, dtype=polars_type(self.codebook.variables[name].kind)).alias(name) for name in blank]
        return frame.with_columns(*kinds, numbers.alias(_ROW), eventids.alias(_ID))


def _judge(checks: list[_Compiled], frame: pl.DataFrame, wrong: Collection[str], findings: Findings) -> None:
    """Run checks over a frame that has all their columns. What can be done for all of them at once is: a call of Polars
    for each check would take longer than the checks themselves."""
    import polars as pl

    def fails(one: _Compiled) -> pl.Expr:
        if one.reads.isdisjoint(wrong):
            return one.named
        expression = one.fails
        for name in one.reads.intersection(wrong):
            expression &= ~pl.col(f"{_WRONG}{name}")
        return expression.alias(one.place)

    if not checks:
        return
    failed = frame.select(map(fails, checks))
    found = [(one.place, one, count) for one, count in zip(checks, failed.sum().row(0), strict=True) if count]
    if errors := [place for place, one, _ in found if one.check.severity == "error"]:
        findings.add_invalid(frame[_ROW].filter(failed.select(pl.any_horizontal(errors)).to_series()))
    if found and not findings.full:
        places = failed.select(pl.col(place).arg_true().implode() for place, _, _ in found)
    for place, one, count in found:
        if findings.full:
            findings.count_failed(one.check, count)
        else:
            findings.add_failed_rows(one.check, frame[places[place][0], [_ROW, _ID, *one.uses]])


@once_per_codebook
def engine_of(codebook: Codebook, selection: Selection) -> Engine:
    """Compile the chosen checks of a codebook."""
    engine = Engine(codebook, [], {}, {})
    for place, check in enumerate(checks_of(codebook)):
        if check.rule not in selection:
            continue
        fails = _fails(check.expression)
        reads, needs = frozenset(check.reads), needed(check.expression)
        compiled = _Compiled(check, fails, reads, list(check.uses), needs, str(place), fails.alias(str(place)))
        if (found := of_failing(check.expression)) is None:
            engine.checks.append(compiled)
            continue
        name, screen = found
        engine.screens[name] = engine.screens.get(name, Screen()) | screen
        engine.patterns.setdefault(with_column(check.expression, name, _CELL), {})[name] = compiled
    return engine


def _fails(expression: nodes.Expression) -> pl.Expr:
    return (~to_polars(expression)).fill_null(False)
