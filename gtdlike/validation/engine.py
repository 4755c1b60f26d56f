"""The checks of a codebook over chunks of a table, as Polars expressions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from attrs import define, field

from gtdlike.codebook.checks import Check, checks_of
from gtdlike.codebook.expression.polars import to_polars
from gtdlike.codebook.model import Codebook
from gtdlike.validation.columns import polars_type
from gtdlike.validation.findings import Findings
from gtdlike.validation.rules import Selection

if TYPE_CHECKING:
    import polars as pl


@define
class Engine:
    """The checks that are chosen, compiled. `run` judges the rows of one chunk."""

    codebook: Codebook
    checks: list[tuple[Check, pl.Expr]] = field(repr=False)

    @classmethod
    def of(cls, codebook: Codebook, selection: Selection) -> Engine:
        """Compile the checks of a codebook. An expression that is true where a row fails; a null passes."""
        chosen = [check for check in checks_of(codebook) if check.rule in selection]
        return cls(codebook, [(check, ~to_polars(check.expression)) for check in chosen])

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

        filled = set(frame.columns)
        running = [
            (check, fails)
            for check, fails in self.checks
            if not filled.isdisjoint(check.reads) and (not check.if_present or check.variable in present)
        ]
        blank = sorted({name for check, _ in running for name in check.uses} - filled)
        frame = frame.with_columns(
            pl.lit(None, dtype=polars_type(self.codebook.variables[name].kind)).alias(name) for name in blank
        )
        failed = frame.select(fails.alias(str(i)) for i, (_, fails) in enumerate(running))
        any_failed = failed.select(pl.all().any()).row(0) if failed.width else ()
        for (check, _), mask, some in zip(running, failed, any_failed, strict=True):
            if not some:
                continue
            for name in check.reads:
                if name in wrong:
                    mask = mask & ~wrong[name]
            places = mask.fill_null(False).arg_true()
            if len(places):
                cells = {name: frame[name].gather(places).to_list() for name in check.uses}
                findings.add_failed(check, numbers.gather(places).to_list(), eventids.gather(places).to_list(), cells)
