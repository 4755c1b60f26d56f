"""The speed of linking: time, memory and quality over generated mentions of growing number.

    python -m benchmarks.linking
    python -m benchmarks.linking --million

Run it at the top of the repository. Each size is a process of its own. A million mentions take about 12 GB of memory,
most of it for the mentions themselves.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import cyclopts

from benchmarks.linking.pairs import Quality


def main(sizes: Sequence[int] = (10_000, 100_000), million: bool = False, seed: int = 1) -> None:
    """Measure, and print a line for each size and how the time has grown.

    Parameters
    ----------
    sizes: How many mentions to link.
    million: Whether to link a million as well.
    seed: The seed of the generated world.
    """
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}.")
    heads = f"{'seconds':>9}{'on a core':>11}{'mentions/s':>12}{'MiB given':>11}{'MiB peak':>10}{'growth':>8}"
    print(f"{'mentions':>10}{'incidents':>11}{heads}{'precision':>11}{'recall':>8}{'F1':>8}{'false merges':>14}")
    before: tuple[int, float] | None = None
    for size in (*sizes, *([1_000_000] if million else [])):
        found = _measured(size, seed)
        each = found["busy"] / size
        growth = f"{each / before[1]:.2f}" if before else ""
        before = (size, each)
        times = f"{found['seconds']:9.2f}{found['busy']:11.2f}{size / found['seconds']:12,.0f}"
        room = f"{found['before']:11,.0f}{found['peak']:10,.0f}{growth:>8}"
        known = Quality(*found["quality"])
        good = f"{known.precision:11.4f}{known.recall:8.4f}{known.f1:8.4f}{known.mixed:14,}"
        print(f"{size:10,}{found['incidents']:11,}{times}{room}{good}", flush=True)
    print("On a core: the seconds of the processor, which other work on the machine lengthens less than the clock's.")
    print("Growth: the time of a mention beside that in the line above; 1 is linear.")


def _measured(size: int, seed: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.linking.child", str(size), str(seed)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    return found


if __name__ == "__main__":
    cyclopts.run(main)
