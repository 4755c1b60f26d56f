"""Show the incidents of a release as a table: what `make demo` ends with."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

COLUMNS = ("eventid", "country_txt", "city", "attacktype1_txt", "gname", "nkill", "nwound")


def main(folder: Path) -> None:
    """Print one line an incident, with the number of its sources."""
    incidents = pl.read_parquet(folder / "incidents.parquet")
    sources = pl.read_parquet(folder / "sources.parquet").group_by("eventid").len("sources")
    table = Table(title=f"{incidents.height} incidents in {folder}", title_justify="left")
    for name in (*COLUMNS, "sources"):
        table.add_column(name, overflow="fold")
    rows = incidents.join(sources, on="eventid", how="left").sort("eventid").select(*COLUMNS, "sources")
    for row in rows.iter_rows():
        table.add_row(*("" if value is None else str(value) for value in row))
    # As wide as it needs to be where the output is not a terminal.
    Console(width=None if sys.stdout.isatty() else 140).print(table)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "release"))
