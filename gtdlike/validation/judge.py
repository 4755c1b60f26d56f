"""From chunks of raw cells, or one row, to findings: cells are typed, checks are run, rows are remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from gtdlike.codebook.model import Variable
from gtdlike.incident import Incident
from gtdlike.rows import EXTRA_COLUMNS
from gtdlike.validation.chunk import Broken, Chunk
from gtdlike.validation.columns import shown, typed_columns
from gtdlike.validation.damage import damaged, explain
from gtdlike.validation.dataset import DatasetRules
from gtdlike.validation.engine import Engine, engine_of
from gtdlike.validation.findings import Findings
from gtdlike.validation.from_incident import row_of_incident
from gtdlike.validation.names import strange
from gtdlike.validation.odd import Odd
from gtdlike.validation.record import check_cells, typed_cells
from gtdlike.validation.shifted import shifted_rows
from gtdlike.validation.wrong import explain_wrong_type

if TYPE_CHECKING:
    import polars as pl


@frozen
class Prepared:
    """A chunk with its cells typed."""

    chunk: Chunk
    frame: pl.DataFrame
    """The codebook's columns that are not blank throughout."""
    wrong: Mapping[str, pl.Series]
    """Where cells are of a wrong type, for each column that has some."""
    odd: Odd
    """The cells of text that are to be looked at closer."""


def prepare(chunk: Chunk, engine: Engine) -> Prepared:
    """Type the cells of a chunk and look through its texts. It remembers nothing, so that it can run beside the
    checks, on another core."""
    import polars as pl

    variables = engine.codebook.variables
    columns = typed_columns(chunk.columns, variables)
    wrong = {name: column.wrong for name, column in columns.items() if column.wrong is not None}
    # In one piece each: a frame in several pieces is slower to check.
    frame = pl.DataFrame([column.values.alias(name) for name, column in columns.items()]).rechunk()
    # Labels are left out, because each is compared with its code.
    texts = frame.select(name for name in frame.columns if variables[name].kind == "text")
    return Prepared(chunk, frame, wrong, Odd.of(texts, engine.screens))


@define
class Judge:
    """Judges the rows of a source, chunk by chunk."""

    findings: Findings
    engine: Engine
    dataset: DatasetRules
    own_names: bool
    """Whether each row names its own cells, so that a name that is strange is told of where it first comes."""
    _strange: set[str] = field(factory=set)

    @classmethod
    def of(cls, findings: Findings, *, own_names: bool) -> Judge:
        """A judge for the codebook and the rules of the findings."""
        codebook, selection = findings.codebook, findings.selection
        return cls(findings, engine_of(codebook, selection), DatasetRules.of(codebook, selection), own_names)

    def chunk(self, prepared: Prepared) -> None:
        """Everything about the rows of one chunk."""
        import polars as pl

        chunk, frame, wrong, odd = prepared.chunk, prepared.frame, prepared.wrong, prepared.odd
        for broken in chunk.broken:
            add_broken(broken, self.findings)
        if self.own_names:
            self._names(chunk)
        if frame.width:
            raw, numbers = chunk.columns, pl.Series("row", chunk.numbers, dtype=pl.Int64)
            blank = pl.Series("eventid", [None], dtype=pl.Int64)
            eventids = (
                frame["eventid"].cast(pl.Int64) if "eventid" in frame.columns else blank.new_from_index(0, len(numbers))
            )
            shifted = self._shifted(raw, wrong, numbers)
            if shifted:
                odd = odd.without(shifted)
            self._texts(odd, frame, numbers, eventids)
            if shifted:
                # All else that is wrong with such a row follows from the shift.
                kept = pl.Series([place not in shifted for place in range(len(numbers))])
                raw, wrong = _filtered(raw, kept), _filtered(wrong, kept)
                frame, numbers, eventids = frame.filter(kept), numbers.filter(kept), eventids.filter(kept)
            for name, mask in wrong.items():
                self._cells(name, raw[name], mask.arg_true(), numbers, eventids, add_wrong)
            self.engine.run(frame, wrong, raw.keys(), numbers, eventids, self.findings)
            self.dataset.take(frame, numbers)
        self.findings.flush()

    def all_rows(self) -> None:
        """What can be said once all rows were seen."""
        self.dataset.judge(self.findings)
        self.findings.flush()

    def _names(self, chunk: Chunk) -> None:
        known = self.findings.codebook.variables
        for name, series in chunk.columns.items():
            if name not in known and name not in EXTRA_COLUMNS and name not in self._strange:
                self._strange.add(name)
                found = (i for i, cell in enumerate(series.to_list()) if cell is not None)
                strange(name, chunk.numbers[next(found, 0)], known, self.findings)

    def _shifted(self, raw: Mapping[str, pl.Series], wrong: Mapping[str, pl.Series], numbers: pl.Series) -> set[int]:
        """The places of the rows whose cells stand in wrong columns; they are told of as a whole."""
        if self.own_names or "shifted-row" not in self.findings.selection:
            return set()
        found = shifted_rows(raw, wrong, self.findings.codebook)
        for place, shift in found.items():
            told = shift.finding()
            self.findings.add(told.rule, shift.first, told.severity, told.message, told.remedy, row=numbers[place])
        return set(found)

    def _texts(self, odd: Odd, frame: pl.DataFrame, numbers: pl.Series, eventids: pl.Series) -> None:
        for name, places in odd.where(damaged(odd.cells)).items():
            self._cells(name, frame[name], places, numbers, eventids, add_damaged)
        self.engine.run_odd(odd, frame, numbers, eventids, self.findings)

    def _cells(
        self,
        name: str,
        cells: pl.Series,
        places: Any,
        numbers: pl.Series,
        eventids: pl.Series,
        add: Callable[[Variable, Any, int, int | None, Findings], object],
    ) -> None:
        """Add the cells of a column at some places."""
        variable = self.findings.codebook.variables[name]
        columns = (series[places].to_list() for series in (cells, numbers, eventids))
        for cell, row, eventid in zip(*columns, strict=True):
            add(variable, cell, row, eventid, self.findings)


def _filtered(columns: Mapping[str, pl.Series], kept: pl.Series) -> dict[str, pl.Series]:
    return {name: series.filter(kept) for name, series in columns.items()}


def judge_row(row: Mapping[str, Any] | Incident, findings: Findings) -> None:
    """Everything about one row or incident, without tables."""
    if isinstance(row, Incident):
        given, broken = row_of_incident(row, 1, findings.codebook)
        for one in broken:
            add_broken(one, findings)
        row = given
    for name in row:
        if name not in findings.codebook.variables and name not in EXTRA_COLUMNS:
            strange(str(name), 1, findings.codebook.variables, findings)
    cells, wrong = typed_cells(row, findings.codebook)
    for name, value in wrong.items():
        add_wrong(findings.codebook.variables[name], value, 1, cells.get("eventid"), findings)
    for name, value in cells.items():
        if findings.codebook.variables[name].kind == "text":
            add_damaged(findings.codebook.variables[name], value, 1, cells.get("eventid"), findings)
    check_cells(cells, wrong, row, 1, findings)
    findings.flush()


def add_broken(broken: Broken, findings: Findings) -> None:
    """A row that cannot be read, or a value of an incident that has no place in a row."""
    rule = "type" if broken.variable else "row"
    findings.add(rule, broken.variable, broken.severity, broken.message, broken.remedy, row=broken.row,
                 value=broken.value)  # fmt: skip


def add_wrong(variable: Variable, cell: Any, row: int, eventid: int | None, findings: Findings) -> None:
    """A cell that is not of its variable's kind."""
    value = shown(cell)
    if add_damaged(variable, value, row, eventid, findings):
        return
    message, remedy = explain_wrong_type(variable, findings.codebook, value)
    findings.add("type", variable.name, "error", message, remedy, row=row, eventid=eventid, value=value)


def add_damaged(variable: Variable, value: str, row: int, eventid: int | None, findings: Findings) -> bool:
    """A cell that a spreadsheet or a wrong encoding has damaged; False where no such damage is seen."""
    if (told := explain(variable, value)) is None:
        return False
    findings.add(told.rule, variable.name, told.severity, told.message, told.remedy, row=row, eventid=eventid,
                 value=value)  # fmt: skip
    return True
