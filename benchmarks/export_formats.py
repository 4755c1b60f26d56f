"""Every format of `gtdlike export` at the size of the GTD, beside pandas and Polars writing the same table.

    python benchmarks/export_formats.py [ROWS [TIMES [FORMAT...]]]

200,000 incidents in all formats unless told otherwise. Each measurement is a process of its own, from the table in
memory, in the library's own kind of frame, to the file; the libraries take turns, and of several times the smallest
counts. "On a core" are the seconds of all threads, which other work on the machine lengthens less than the clock's. The
peak is that of the whole process, and the frame is part of it.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).resolve().parent.parent
ROWS: Final = 200_000
SAMPLE: Final = 20_000
"""The rows of what takes minutes, which is scaled to all of them."""
SLOW: Final = ("xlsx",)
LIMIT: Final = 1.5
"""How many times as long as Polars' own writer these may take."""
LIMITED: Final = ("csv", "jsonl", "parquet")
WRITERS: Final = {
    "parquet": ("gtdlike", "Polars", "pandas"),
    "csv": ("gtdlike", "Polars", "pandas"),
    "jsonl": ("gtdlike", "Polars", "pandas"),
    "json": ("gtdlike", "pandas"),
    "dta": ("gtdlike", "pandas"),
    "sav": ("gtdlike", "pyreadstat"),
    "xlsx": ("gtdlike", "Polars", "pandas"),
    "geojson": ("gtdlike",),
}
"""Who writes which format. pandas has no SPSS; there pyreadstat writes the same frame without labels."""


def main(rows: int = ROWS, times: int = 3, *formats: str) -> None:
    """Measure everything, and print it."""
    print(f"{rows:,} rows of 135 columns; Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"{'':9}{'':12}{'seconds':>9}{'ratio':>7}{'on a core':>11}{'ratio':>7}{'peak MiB':>10}{'ratio':>7}{'MB':>7}")
    with tempfile.TemporaryDirectory() as folder:
        tables = {size: _run("make", str(size), folder)["path"] for size in {rows, min(rows, SAMPLE)}}
        verdicts = []
        for format in formats or WRITERS:
            size = min(rows, SAMPLE) if format in SLOW else rows
            found = _best(tables[size], format, WRITERS[format], 1 if format in SLOW else times)
            for line in _lines(format, found, rows / size):
                print(line)
            if format in LIMITED:
                verdicts.append(_verdict(format, found))
    print("~ is scaled to all rows from a tenth of them. A ratio is of the others' to ours: above 1, ours takes less.")
    print("pandas has no format of SPSS; pyreadstat, which ours calls, writes the same frame without any labels.")
    print("\n".join(verdicts))


Found = dict[str, dict[str, float]]


def _best(table: str, format: str, writers: tuple[str, ...], times: int) -> Found:
    """The smallest seconds and peaks of each writer."""
    found: Found = {}
    for _ in range(times):
        for writer in writers:
            told = _run("write", writer, format, table)
            before = found.setdefault(writer, told)
            found[writer] = {key: min(before[key], told[key]) for key in told}
    return found


def _lines(format: str, found: Found, scale: float) -> Iterator[str]:
    ours = found["gtdlike"]
    about = "~" if scale > 1 else ""
    for writer, told in found.items():
        ratios = [told[key] / ours[key] for key in ("seconds", "busy", "peak")]
        seconds, busy = (f"{about}{told[key] * scale:.2f}" for key in ("seconds", "busy"))
        times = f"{seconds:>9}{ratios[0]:7.2f}{busy:>11}{ratios[1]:7.2f}"
        sizes = f"{told['peak']:10,.0f}{ratios[2]:7.2f}{told['size'] * scale / 1e6:7.0f}"
        yield f"{format if writer == 'gtdlike' else '':9}{writer:12}{times}{sizes}"


def _verdict(format: str, found: Found) -> str:
    clock, core = (found["gtdlike"][key] / found["Polars"][key] for key in ("seconds", "busy"))
    passes = clock <= LIMIT and core <= LIMIT
    told = f"{clock:.2f} by the clock, {core:.2f} on a core"
    return f"{'PASS' if passes else 'FAIL'}  {format}: at most {LIMIT} times Polars' own writer: {told}"


def _run(*arguments: str) -> Any:
    """What a process of its own tells."""
    command = [sys.executable, "-W", "ignore", __file__, *arguments]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=1800).stdout
    return json.loads(output.splitlines()[-1])


def _make(rows: int, folder: Path) -> dict[str, str]:
    """The table, filled like a real release, on disk."""
    sys.path.insert(0, str(ROOT))
    import pyarrow as pa
    import pyarrow.parquet as pq

    from benchmarks.validation.clean import clean_rows
    from gtdlike.codebook import load_codebook
    from gtdlike.rows import arrow_schema

    codebook = load_codebook()
    schema = arrow_schema(codebook)
    frame = clean_rows(0, rows, rows, codebook)
    path = folder / f"{rows}.parquet"
    pq.write_table(pa.table([frame[n].to_arrow().cast(schema.field(n).type) for n in schema.names], schema), path)
    return {"path": str(path)}


def _write(writer: str, format: str, source: Path) -> dict[str, float]:
    """One measurement."""
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"incidents.{format}"
        write = {"gtdlike": _ours, "Polars": _polars, "pandas": _pandas, "pyreadstat": _pyreadstat}[writer](
            format, source, path
        )
        start, busy = time.perf_counter(), time.process_time()
        write()
        seconds, busy = time.perf_counter() - start, time.process_time() - busy
        size = path.stat().st_size
    kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # In bytes on macOS, in KiB elsewhere.
    peak = kib / 2**20 if sys.platform == "darwin" else kib / 2**10
    return {"seconds": seconds, "busy": busy, "peak": peak, "size": size}


def _ours(format: str, source: Path, path: Path) -> Callable[[], object]:
    import importlib

    import polars  # noqa: F401 (imported before the clock starts, like the libraries of the others)
    import pyarrow.parquet as pq

    from gtdlike.codebook import load_codebook
    from gtdlike.export import FORMATS, write_table

    importlib.import_module(f"gtdlike.export.{FORMATS[f'.{format}']}")
    codebook, table = load_codebook(), pq.read_table(source)
    return lambda: write_table(table, path, codebook=codebook)


def _polars(format: str, source: Path, path: Path) -> Callable[[], object]:
    import polars as pl
    import pyarrow.parquet as pq

    # From Arrow as ours is, not from Polars' own reader, which leaves the columns in other pieces.
    frame = pl.DataFrame(pq.read_table(source))
    writers: dict[str, Callable[[], object]] = {
        "parquet": lambda: frame.write_parquet(path),
        "csv": lambda: frame.write_csv(path),
        "jsonl": lambda: frame.write_ndjson(path),
        "xlsx": lambda: frame.write_excel(path),
    }
    return writers[format]


def _pandas(format: str, source: Path, path: Path) -> Callable[[], object]:
    import pandas as pd
    import pyarrow.parquet as pq

    frame = pq.read_table(source).to_pandas()
    if format == "dta":
        # It knows neither days without a time nor texts that are blank throughout.
        for name in frame:
            if frame[name].dtype == "object" or pd.api.types.is_string_dtype(frame[name].dtype):
                days = name == "resolution"
                frame[name] = pd.to_datetime(frame[name]) if days else frame[name].astype("object").fillna("")
    writers: dict[str, Callable[[], object]] = {
        "parquet": lambda: frame.to_parquet(path, compression="zstd"),
        "csv": lambda: frame.to_csv(path, index=False),
        "jsonl": lambda: frame.to_json(path, orient="records", lines=True),
        "json": lambda: frame.to_json(path, orient="records", indent=2),
        "dta": lambda: frame.to_stata(path, version=118, write_index=False),
        "xlsx": lambda: frame.to_excel(path, index=False, engine="xlsxwriter"),
    }
    return writers[format]


def _pyreadstat(format: str, source: Path, path: Path) -> Callable[[], object]:
    import polars as pl
    import pyarrow.parquet as pq
    import pyreadstat

    frame = pl.DataFrame(pq.read_table(source))
    return lambda: pyreadstat.write_sav(frame, path, row_compress=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", rows, folder]:
            print(json.dumps(_make(int(rows), Path(folder))))
        case ["write", writer, format, source]:
            print(json.dumps(_write(writer, format, Path(source))))
        case [rows, times, *formats]:
            main(int(rows), int(times), *formats)
        case [rows]:
            main(int(rows))
        case _:
            main()
