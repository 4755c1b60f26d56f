"""The checks of a codebook over chunks of a table, as Polars expressions."""

from __future__ import annotations

import operator
from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from gtdlike.codebook.checks import Check, checks_of
from gtdlike.codebook.expression import nodes
from gtdlike.codebook.expression.blanks import needed
from gtdlike.codebook.expression.polars import to_polars
from gtdlike.codebook.expression.screen import beginnings, screen
from gtdlike.codebook.model import Codebook
from gtdlike.codebook.once import once_per_codebook
from gtdlike.validation.columns import polars_type
from gtdlike.validation.findings import Findings
from gtdlike.validation.rules import Selection
from gtdlike.validation.scan import mask

if TYPE_CHECKING:
    import polars as pl

_SPARSE = 0.1
"""Where at most this share of the cells of a column is filled, what needs them is asked of the rows that have some of
them only."""

_ROW, _ID, _WRONG = "\0row", "\0id", "\0wrong "
"""Beside the cells of a row: its number, its id, whether a cell is of a wrong type. No variable has such names."""


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
    """The checks that are chosen, compiled. `look` goes through the texts of a chunk, and `run` judges its rows."""

    codebook: Codebook
    checks: list[_Compiled] = field(repr=False)
    screened: dict[str, list[_Compiled]] = field(repr=False)
    """By column: checks of a pattern, of which it is known how a text looks that fails. They are run over the few texts
    that look so, because patterns take longer than all else together."""
    rare: dict[str, frozenset[str]] = field(repr=False)
    """By column: what a text holds that looks so, ..."""
    begun: dict[str, pl.Expr] = field(repr=False)
    """... or whether it begins so."""

    def look(self, frame: pl.DataFrame, rows: Mapping[str, Any]) -> dict[str, pl.Series]:
        """Where the texts of a frame look as if they failed a check of `screened`: a mask for each column.

        `rows` are the places of those that hold what is `rare`.
        """
        begun = frame.select(look.alias(name) for name, look in self.begun.items() if name in frame.columns)
        held = {series.name: series for series in begun if series.any()}
        for name, found in rows.items():
            here = mask(name, found, frame.height)
            held[name] = here | held[name].fill_null(False) if name in held else here
        return held

    def run(
        self,
        frame: pl.DataFrame,
        wrong: Mapping[str, pl.Series],
        held: Mapping[str, pl.Series],
        present: Collection[str],
        numbers: pl.Series,
        eventids: pl.Series,
        findings: Findings,
    ) -> None:
        """Judge the rows of a frame of typed columns, and add what fails to the findings.

        `wrong` are the masks of cells of a wrong type; a row is not judged by what reads such a cell. `held` is what
        `look` found. `present` are the columns that the data have. Blank columns may be left out of the frame: a check
        that reads nothing else has nothing to fail on.
        """
        import polars as pl

        filled = {series.name: len(series) - series.null_count() for series in frame.get_columns()}
        running = [
            one
            for one in self.checks
            if not filled.keys().isdisjoint(one.reads)
            and filled.keys() >= set(one.needs)
            and (not one.check.if_present or one.check.variable in present)
        ]
        whole = self._whole(frame, running, numbers, eventids).with_columns(
            cells.alias(f"{_WRONG}{name}") for name, cells in wrong.items()
        )
        rarest = {min(one.needs, key=filled.__getitem__) for one in running if one.needs}
        sparse = {name for name in rarest if filled[name] <= frame.height * _SPARSE}
        _judge([one for one in running if sparse.isdisjoint(one.needs)], whole, wrong.keys(), findings)
        if few := [one for one in running if not sparse.isdisjoint(one.needs)]:
            columns = {name for one in few for name in (*one.reads, *one.uses)}
            masks = [f"{_WRONG}{name}" for name in columns.intersection(wrong)]
            rows = whole.filter(pl.any_horizontal(pl.col(sorted(sparse)).is_not_null()))
            _judge(few, rows.select(*sorted(columns), *sorted(masks), _ROW, _ID), wrong.keys(), findings)
        if held:
            looking = pl.DataFrame(list(held.values())).select(pl.any_horizontal("*")).to_series()
            rows = whole.select(*held, _ROW, _ID).filter(looking)
            _judge([one for name in held for one in self.screened[name]], rows, (), findings)

    def _whole(
        self, frame: pl.DataFrame, running: Iterable[_Compiled], numbers: pl.Series, eventids: pl.Series
    ) -> pl.DataFrame:
        """The frame with the blank columns that checks use, and with the number and the id of each row."""
        import polars as pl

        blank = sorted({name for one in running for name in one.uses}.difference(frame.columns))
        kinds = [pl.lit(None, dtype=polars_type(self.codebook.variables[name].kind)).alias(name) for name in blank]
        return frame.with_columns(*kinds, numbers.alias(_ROW), eventids.cast(pl.Int64).alias(_ID))


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
    engine = Engine(codebook, [], {}, {}, {})
    begun: dict[str, set[str]] = {}
    for place, check in enumerate(checks_of(codebook)):
        if check.rule not in selection:
            continue
        fails = (~to_polars(check.expression)).fill_null(False)
        reads, needs = frozenset(check.reads), needed(check.expression)
        named = fails.alias(str(place))
        compiled = _Compiled(check, fails, reads, list(check.uses), needs, str(place), named)
        match check.expression:
            case nodes.Not(nodes.Matches(nodes.Column(name), pattern)) if texts := screen(pattern):
                engine.rare[name] = engine.rare.get(name, frozenset()).union(texts)
            case nodes.Matches(nodes.Column(name), pattern) if firsts := beginnings(pattern):
                begun.setdefault(name, set()).update(firsts)
            case _:
                engine.checks.append(compiled)
                continue
        engine.screened.setdefault(name, []).append(compiled)
    engine.begun.update((name, _begins(name, firsts)) for name, firsts in begun.items())
    return engine


def _begins(name: str, firsts: Collection[str]) -> pl.Expr:
    """Whether a text is empty or begins with one of some characters."""
    import polars as pl

    text = pl.col(name)
    looks = []
    # By its place in the order of texts, which is quicker to tell than its first character.
    if low := [char for char in firsts if char.isascii()]:
        looks.append(text < chr(ord(max(low)) + 1))
    looks += [
        text.is_between(pl.lit(char), pl.lit(chr(ord(char) + 1)), closed="left")
        for char in sorted(firsts)
        if not char.isascii()
    ]
    return reduce(operator.or_, looks)
