"""How long two releases take to compare, beside pandas' own `compare` of the same tables.

    python benchmarks/diff_releases.py [INCIDENTS]

By default 200,000 incidents of 135 variables, made from the example articles' incidents; in the second release 1 % of
the cells are altered, 1 % of the incidents are gone and as many are new. Both compare tables in memory; pandas gives
the cells that differ of the incidents that both have, and tells neither labels nor who came and went.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa

from gtdlike.codebook import load_codebook
from gtdlike.export import read_table
from gtdlike.release import build
from gtdlike.release.diff import diff

SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "articles"
DRAWN = 0.04
"""Of so many cells the value is drawn anew. Three in four are as before, most of all blank: 1 % of all change."""
GONE = 0.01


def main(incidents: int) -> None:
    """Make two tables, compare them in both ways, and print the times."""
    old, new = _tables(incidents)
    print(f"{old.num_rows:,} and {new.num_rows:,} incidents of {old.num_columns} variables")
    started = time.perf_counter()
    found = diff(old, new)
    ours = time.perf_counter() - started
    print(f"gtdlike diff    {ours:7.2f} s   {found.summary()}")
    print(f"memory of the process after that: {_peak():,.0f} MiB at most")
    before, after = (table.to_pandas().set_index("eventid") for table in (old, new))
    started = time.perf_counter()
    both = before.index.intersection(after.index)
    compared = before.loc[both].compare(after.loc[both])
    theirs = time.perf_counter() - started
    print(f"pandas compare  {theirs:7.2f} s   {compared.shape[0]:,} incidents, {compared.shape[1] // 2} columns")
    print(f"pandas takes {theirs / ours:.1f} times as long")
    print(f"memory of the process after that: {_peak():,.0f} MiB at most")


def _tables(incidents: int) -> tuple[pa.Table, pa.Table]:
    with tempfile.TemporaryDirectory() as folder:
        build([SEEDS], Path(folder) / "release", processes=1)
        seeds = read_table(Path(folder) / "release" / "incidents.parquet")
    draw = np.random.default_rng(1)
    rows = pl.from_arrow(seeds)
    assert isinstance(rows, pl.DataFrame)
    more = int(incidents * (1 + GONE))
    days = 19700101 + np.arange(more) // 20
    ids = pl.Series("eventid", days * 10_000 + np.arange(more) % 20 + 1)
    every = rows[draw.integers(0, rows.height, more)].with_columns(ids)
    labels = {v.name for v in load_codebook().variables.values() if v.kind == "label"}
    # Values of the same column, drawn anew: some are like those that stood there.
    other = every.with_columns(
        pl.when(pl.Series(draw.random(more) < DRAWN)).then(every[name].gather(draw.integers(0, more, more)))
        .otherwise(pl.col(name)).alias(name)
        for name in every.columns if name != "eventid" and name not in labels
    )  # fmt: skip
    gone = more - incidents
    return every[:incidents].to_arrow().cast(seeds.schema), other[gone:].to_arrow().cast(seeds.schema)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
