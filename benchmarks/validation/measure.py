"""Measurements in fresh processes, and the best of several.

This module and the one that runs it import nothing large: the peak of a process counts from that of its parent.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import evolve, frozen

_TIMEOUT: Final = 3600


@frozen
class Task:
    """What is measured: a module of a rival, its function, and on how many rows."""

    name: str
    module: str
    function: str
    rows: int


@frozen
class Result:
    """What came out, as one process told it or as the best of several."""

    task: Task
    seconds: float
    busy: float
    """The seconds of all its threads on a core, which other work on the machine lengthens less."""
    peak: float
    rows: int
    violations: int
    tells: str
    said: int
    lacks: str

    def better(self, other: Result) -> Result:
        """The quicker of the two times and the smaller of the two peaks: what disturbs only adds."""
        seconds, busy = min(self.seconds, other.seconds), min(self.busy, other.busy)
        return evolve(self, seconds=seconds, busy=busy, peak=min(self.peak, other.peak))

    def scaled(self, rows: int) -> float:
        """The seconds that so many rows would take."""
        return self.seconds * rows / self.rows

    def beside(self, other: Result) -> str:
        """How many times as long as the other one it took, by the clock and on a core."""
        return f"{self.seconds / other.seconds:.1f} (on a core {self.busy / other.busy:.1f})"


def folder_of(rows: int, folder: str | None, *, only_parquet: bool = False) -> str:
    """The folder of the files of a table of so many rows; they are made in another process if they are not there."""
    flags = ["--rows", str(rows), *(["--folder", folder] if folder else []), *(["--only-parquet"] * only_parquet)]
    return _output("data", *flags).splitlines()[-1]


def measure(task: Task, folder: str) -> Result:
    """Measure once."""
    output = _output("child", task.module, task.function, folder, str(task.rows))
    return Result(task, **json.loads(output.splitlines()[-1]))


def measure_all(tasks: Iterable[Task], between: Iterable[Task], folder: str) -> Iterator[Result]:
    """Each task once, and those of `between` before each of them and at the end."""
    again = list(between)
    for task in tasks:
        for one in (*again, task):
            yield measure(one, folder)
    for one in again:
        yield measure(one, folder)


def best(results: Iterable[Result]) -> dict[str, Result]:
    """The best result of each task, by its name."""
    found: dict[str, Result] = {}
    for result in results:
        before = found.get(result.task.name)
        found[result.task.name] = result if before is None else before.better(result)
    return found


def _output(module: str, *arguments: str) -> str:
    command = [sys.executable, "-W", "ignore", "-m", f"benchmarks.validation.{module}", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=_TIMEOUT).stdout
