"""One measurement, in a process of its own: `python -m benchmarks.validation.child RIVAL MAKE FOLDER ROWS`.

The clock runs from the file, or from rows in memory, to all the violations; what is imported, a schema that is built
and a codebook that is loaded come before it. The peak of the memory is that of the whole process.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from importlib import import_module
from pathlib import Path

from benchmarks.validation.data import Files
from benchmarks.validation.rival import Make
from gtdlike.codebook import load_codebook


def main(rival: str, function: str, folder: str, rows: str) -> None:
    """Measure, and print the result as JSON."""
    codebook = load_codebook()
    # Rules are read when they are first asked for.
    len(codebook.rules)
    make: Make = getattr(import_module(f"benchmarks.validation.{rival}"), function)
    made = make(Files(Path(folder)), int(rows), codebook)
    start, busy = time.perf_counter(), time.process_time()
    found = made.check()
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # In bytes on macOS, in KiB elsewhere.
    peak = kib / 2**20 if sys.platform == "darwin" else kib / 2**10
    told = {"seconds": seconds, "busy": busy, "peak": peak, "rows": found.rows, "violations": found.violations}
    print(json.dumps(told | {"tells": made.tells, "said": made.said, "lacks": made.lacks}))


if __name__ == "__main__":
    main(*sys.argv[1:])
