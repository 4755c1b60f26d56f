"""Every filled cell has evidence, and all evidence is for the value that stands in the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gtdlike.codebook import Codebook
from gtdlike.evidence import How
from gtdlike.release.texts import texts
from gtdlike.release.verification.files import AGAIN
from gtdlike.release.verification.keys import report
from gtdlike.release.verification.result import FEW, Check

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa


def check_cells(incidents: pa.Table | None, evidence: pa.Table | None, codebook: Codebook, check: Check) -> None:
    """Hold the cells of the incidents against the evidence table, variable by variable."""
    if incidents is None or evidence is None:
        lost = "incidents" if incidents is None else "evidence"
        check.skipped = f"not checked: {lost}.parquet cannot be read"
        return
    import polars as pl

    cells = pl.from_arrow(incidents)
    told = pl.from_arrow(evidence.select(["eventid", "variable", "value", "how"]))
    assert isinstance(cells, pl.DataFrame)
    assert isinstance(told, pl.DataFrame)
    told = told.with_row_index("row", offset=1)
    known = [v.name for v in codebook.variables.values() if v.kind != "label" and v.name != "eventid"]
    odd = told.filter(pl.col("variable").is_in(known).not_() | pl.col("variable").is_null())
    report("evidence", odd, "{variable} is no variable that has evidence.", check)
    how = told.filter(pl.col("how").is_in([one.value for one in How]).not_() | pl.col("how").is_null())
    report("evidence", how, "{how} is no way to arrive at a value.", check)
    by_variable = told.drop("how").partition_by("variable", as_dict=True)
    nothing = told.drop("how").clear()
    for name in known:
        if (name,) in by_variable or cells[name].null_count() < cells.height:
            _variable(cells, name, by_variable.get((name,), nothing), check)


def _variable(cells: pl.DataFrame, name: str, told: pl.DataFrame, check: Check) -> None:
    import polars as pl

    column = cells.select("eventid", cell=texts(cells[name])).with_row_index("number", offset=1)
    filled = column.drop_nulls("cell")
    check.counted += filled.height
    lacking = filled.join(told, on="eventid", how="anti", maintain_order="left")
    if lacking.height:
        found: list[tuple[str | None, str]] = [
            (f"row {row} (eventid {eventid}), column {name}", f"There is no evidence for the value {cell}.")
            for row, eventid, cell in lacking.head(FEW).iter_rows()
        ]
        check.add_some("incidents.parquet", found, AGAIN, lacking.height)
    other = told.join(column, on="eventid", how="inner", maintain_order="left").filter(
        pl.col("value").ne_missing(pl.col("cell"))
    )
    if other.height:
        shown = other.with_columns(pl.col("value", "cell").fill_null("nothing"))
        report("evidence", shown, "It is for the value {value}, but the cell has {cell}.", check)
