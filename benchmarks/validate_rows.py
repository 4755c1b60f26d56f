"""How many rows of 135 columns are validated in a second, from a CSV file."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import pyarrow as pa

import gtdlike
from gtdlike.export import write_table

SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "articles"
ROWS = 50_000


def main() -> None:
    """Code the example articles, repeat their rows, and validate them."""
    incidents = [
        coded.incident
        for item in gtdlike.read([SEEDS])
        if isinstance(item, gtdlike.Article)
        for coded in gtdlike.code(item)
    ]
    table = gtdlike.to_table(incidents)
    table = pa.concat_tables([table] * (ROWS // table.num_rows))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        write_table(table, path)
        start = time.perf_counter()
        report = gtdlike.validate(path)
        seconds = time.perf_counter() - start
    speed = f"{report.rows / seconds:,.0f} rows/s"
    print(f"{report.rows:,} rows in {seconds:.1f} s: {speed}, {report.violations.num_rows:,} violations")


if __name__ == "__main__":
    main()
