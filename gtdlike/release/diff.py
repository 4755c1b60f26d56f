"""Two releases, or two tables of incidents, compared by event id: who came, who went, and every cell that changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gtdlike.codebook import Codebook, load_codebook
from gtdlike.release.comparison.cells import changed_cells
from gtdlike.release.comparison.fates import fates
from gtdlike.release.comparison.result import Diff, Titles, diff_schema
from gtdlike.release.comparison.side import Side, side_of

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

__all__ = ["Diff", "diff"]


def diff(old: str | Path | pa.Table, new: str | Path | pa.Table, *, codebook: Codebook | None = None) -> Diff:
    """Compare two releases (folders), or two tables of incidents (files, or Arrow tables).

    The incidents are matched by their `eventid`. Which of them were merged or split is what `changes.parquet` of the
    new release says; without it, an incident whose sources all moved to another one was merged into it, or split from
    it. Columns that only one side has are not compared, and are named in `notes`.

    Raises ReadError for what cannot be read, and where an incident has no eventid or the same as another one.
    """
    import polars as pl

    codebook = load_codebook() if codebook is None else codebook
    before, after = side_of(old, "old"), side_of(new, "new")
    incidents = fates(before, after)
    cells = changed_cells(before.incidents, after.incidents, codebook)
    gone = incidents.filter(pl.col("change").is_in(["retired", "merged"]))
    changed = cells.select("eventid").unique()
    whole = incidents.select(
        "eventid", "change", pl.lit(None, pl.String).alias("variable"), *_no_values(), pl.col("other")
    )  # fmt: skip
    parts = cells.select(
        "eventid", pl.lit("changed").alias("change"), "variable", "old", "old_label", "new", "new_label",
        pl.lit(None, pl.Int64).alias("other"),
    )  # fmt: skip
    # The variables of an incident stay in the order of the columns: the sort keeps the order of what is equal.
    table = pl.concat([whole, parts]).sort("eventid", maintain_order=True)
    return Diff(
        old=before.name,
        new=after.name,
        old_incidents=before.incidents.height,
        new_incidents=after.incidents.height,
        unchanged=before.incidents.height - len(gone) - changed.height,
        table=table.to_arrow().cast(diff_schema()),
        notes=tuple(_notes(before, after, codebook)),
        columns=tuple(sorted(set(before.incidents.columns) ^ set(after.incidents.columns))),
        reasons=dict(incidents.drop_nulls("reason").select("eventid", "reason").iter_rows()),
        titles=Titles(before.incidents, after.incidents),
    )


def _no_values() -> list[pl.Expr]:
    import polars as pl

    return [pl.lit(None, pl.String).alias(name) for name in ("old", "old_label", "new", "new_label")]


def _notes(before: Side, after: Side, codebook: Codebook) -> list[str]:
    """What a reader must know before the figures mean anything."""
    notes = []
    for one, other in ((before, after), (after, before)):
        only = [name for name in one.incidents.columns if name not in other.incidents.columns]
        if only:
            noun = "column" if len(only) == 1 else "columns"
            some = ", ".join(only[:5]) + (f" and {len(only) - 5} more" if len(only) > 5 else "")
            notes.append(f"Only {one.name} has the {noun} {some}; what no other side has is not compared.")
    if before.codebook != after.codebook and None not in (before.codebook, after.codebook):
        notes.append(f"{before.name} is of codebook {before.codebook}, {after.name} of {after.codebook}.")
    ours = f"{codebook.id} {codebook.version}"
    notes += [
        f"{side.name} is of codebook {side.codebook}; labels that it does not hold itself are those of {ours}."
        for side in (before, after)
        if side.codebook not in (None, ours)
    ]
    return notes
