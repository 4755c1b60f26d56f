"""Linking beside splink: quality, time and memory of both on the same coded rows.

    python -m benchmarks.linking.beside
    python -m benchmarks.linking.beside --set
    python -m benchmarks.linking.beside --rows coded.jsonl

Run it at the top of the repository. splink needs another DuckDB than the other benchmarks, so it gets a virtual
environment of its own, into which pip installs it. It runs on rows with the same folded names and known codes that ours
compares, without the truth; of its thresholds the one with the best F1 is shown, which only the truth can tell.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import cyclopts
import pyarrow.parquet as pq

from benchmarks.linking import coded
from benchmarks.linking.mentions import Mention, mentions
from benchmarks.linking.pairs import Quality, quality
from benchmarks.linking.quality import Truth, measure

PACKAGES: Final = ("splink==5.0.0", "duckdb==1.5.*")


def main(
    rows: Path | None = None,
    set_: Annotated[bool, cyclopts.Parameter("--set", negative="")] = False,
    number: int = 20_000,
    seed: int = 1,
    environment: Path | None = None,
) -> None:
    """Link the same rows with both, and print a table.

    Parameters
    ----------
    rows: A file of coded rows with the true grouping, instead of generated ones. See `benchmarks/linking/coded.py`.
    set_: The articles of `benchmarks/linking/set`, coded by the rule coder, instead of generated mentions.
    number: How many mentions to generate.
    seed: The seed of the generated world.
    environment: Where splink's virtual environment is kept for the next time; a temporary one if it is left out.
    """
    with tempfile.TemporaryDirectory() as folder:
        told = coded.read(rows) if rows else of_set() if set_ else mentions(number, seed)
        python = _python(environment or Path(folder) / "environment")
        show(told, python, Path(folder))


def of_set() -> list[Mention]:
    """The codings of the set, without those that blend several incidents into one: these are right nowhere."""
    result = measure(Truth.load())
    found = []
    for coding in result.codings.values():
        if len(coding.incidents) == 1:
            (truth,) = coding.incidents
            article = result.truth.articles[coding.coded.article_id]
            found.append(Mention(article, coding.coded, coding.number, truth))
    return found


def show(told: Sequence[Mention], python: str, folder: Path) -> None:
    """Link with both and print the table."""
    truth = {(one.article.id, one.telling): one.truth for one in told}
    print(f"{len(told):,} mentions of {len(set(truth.values())):,} incidents.")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}.")
    print(f"{'':24}{'precision':>10}{'recall':>8}{'F1':>8}{'false merges':>14}", end="")
    print(f"{'seconds':>9}{'on a core':>11}{'MiB peak':>10}")
    coded.write(told, folder / "rows.jsonl")
    ours = _run(sys.executable, "-m", "benchmarks.linking.child", str(folder / "rows.jsonl"))
    print(_line("gtdlike", Quality(*ours["quality"]), ours, ours["peak"]))
    pq.write_table(coded.table(told), folder / "rows.parquet")
    child = Path(__file__).with_name("splink_child.py")
    command = [python, "-W", "ignore", str(child), str(folder / "rows.parquet"), str(folder / "splink.json")]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    theirs = json.loads((folder / "splink.json").read_text(encoding="utf-8"))
    keys = [(one.article.id, one.telling) for one in told]
    found = {
        threshold: quality({key: at["cluster"][str(row)] for row, key in enumerate(keys)}, truth)
        for threshold, at in theirs["at"].items()
    }
    best = max(found, key=lambda threshold: found[threshold].f1)
    print(_line(f"splink, best at {best}", found[best], theirs["at"][best], theirs["peak"]))
    print("A false merge is an incident that holds mentions of several. The thresholds of splink are match weights.")


def _line(name: str, found: Quality, took: dict[str, Any], peak: float) -> str:
    good = f"{found.precision:10.4f}{found.recall:8.4f}{found.f1:8.4f}{found.mixed:14,}"
    return f"{name:24}{good}{took['seconds']:9.2f}{took['busy']:11.2f}{peak:10,.0f}"


def _python(environment: Path) -> str:
    """The Python of an environment with splink, which is made if it is not there yet."""
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        install = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *PACKAGES]
        subprocess.run(install, check=True)
    return str(python)


def _run(*command: str) -> dict[str, Any]:
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    return found


if __name__ == "__main__":
    cyclopts.run(main)
