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
from gtdlike.validation.damage import explain, suspects, text_damage
from gtdlike.validation.dataset import DatasetRules
from gtdlike.validation.engine import Engine, engine_of
from gtdlike.validation.findings import Findings
from gtdlike.validation.from_incident import row_of_incident
from gtdlike.validation.names import strange
from gtdlike.validation.record import check_cells, typed_cells
from gtdlike.validation.scan import rows_of_texts, texts_of
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
    damaged: Mapping[str, pl.Series]
    """Where cells of text look damaged, likewise."""
    held: Mapping[str, pl.Series]
    """Where cells of text hold what a pattern of a rule needs, likewise."""


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
    rare, odd = {}, {}
    for name, held in texts_of(texts):
        rare[name], beyond_ascii = held.look(engine.rare.get(name, frozenset()))
        odd[name] = suspects(held, beyond_ascii)
    damaged = text_damage(texts, rows_of_texts(texts, odd))
    return Prepared(chunk, frame, wrong, damaged, engine.look(frame, rows_of_texts(texts, rare)))


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

        chunk, frame, wrong = prepared.chunk, prepared.frame, prepared.wrong
        damaged, held = prepared.damaged, prepared.held
        for broken in chunk.broken:
            add_broken(broken, self.findings)
        if self.own_names:
            self._names(chunk)
        if frame.width:
            raw, numbers = chunk.columns, pl.Series("row", chunk.numbers, dtype=pl.Int64)
            if shifted := self._shifted(raw, wrong, numbers):
                # All else that is wrong with such a row follows from the shift.
                kept = pl.Series([place not in shifted for place in range(len(numbers))])
                raw, wrong, damaged, held = (_filtered(columns, kept) for columns in (raw, wrong, damaged, held))
                frame, numbers = frame.filter(kept), numbers.filter(kept)
            blank = pl.Series("eventid", [None], dtype=pl.Int64)
            eventids = frame["eventid"] if "eventid" in frame.columns else blank.new_from_index(0, len(numbers))
            variables = self.findings.codebook.variables
            for name, mask in wrong.items():
                self._cells(variables[name], raw[name], mask, numbers, eventids, add_wrong)
            for name, mask in damaged.items():
                self._cells(variables[name], frame[name], mask, numbers, eventids, add_damaged)
            self.engine.run(frame, wrong, held, raw.keys(), numbers, eventids, self.findings)
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

    def _cells(
        self,
        variable: Variable,
        cells: pl.Series,
        mask: pl.Series,
        numbers: pl.Series,
        eventids: pl.Series,
        add: Callable[[Variable, Any, int, int | None, Findings], object],
    ) -> None:
        """Add the cells of a column that a mask points at."""
        places = mask.arg_true()
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
