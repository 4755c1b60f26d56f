"""Code the evaluation sets, and compare the figures with those that were reached before.

    python benchmarks/figures.py --check      fails where an F1 has fallen by more than 0.01 (the default)
    python benchmarks/figures.py --write      writes the figures of now into benchmarks/figures.csv

The sets are folders with `articles.jsonl` and `gold.jsonl` (accepted codings). They hold texts of others and are no
part of this repository: they are looked for in ../shared/evaluation, or where GTDLIKE_EVALUATION says. The figures are
those of `gtdlike evaluate`; they depend on nothing but the articles and the code.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import gtdlike
from gtdlike.engines.local import run

ROOT = Path(__file__).resolve().parent.parent
FIGURES = Path(__file__).with_suffix(".csv")
SETS = ("seeds", "news-dev", "gtd-dev", "muc-dev")
FALL = 0.01
"""What an F1 may lose."""

Figures = dict[tuple[str, str], float]


def folder() -> Path:
    """Where the sets are."""
    return Path(os.environ.get("GTDLIKE_EVALUATION") or ROOT.parent / "shared" / "evaluation")


def reached(sets: Path) -> Iterator[tuple[tuple[str, str], float]]:
    """The F1 of every field of every set, coded now in as many processes as there are processors."""
    for name in SETS:
        outcomes = run(gtdlike.read([str(sets / name / "articles.jsonl")]), processes=os.cpu_count())
        coded = [one for outcome in outcomes for one in outcome.coded]
        found = gtdlike.evaluate(sets / name / "gold.jsonl", coded, resamples=0)
        for field, figures in found.figures.items():
            if figures.f1 is not None:
                yield (name, field), figures.f1


def read(path: Path) -> Figures:
    """The figures on record."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["set"], row["field"]): float(row["f1"]) for row in csv.DictReader(file)}


def write(figures: Figures, path: Path) -> None:
    """Put figures on record."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("set", "field", "f1"))
        writer.writerows((*key, f"{f1:.4f}") for key, f1 in figures.items())


def fallen(before: Figures, now: Figures) -> list[str]:
    """What has fallen by more than it may; a figure that is no longer there has fallen to nothing."""
    lost = ((key, f1, now.get(key, 0.0)) for key, f1 in before.items())
    # The figures on record are rounded.
    return [f"{' '.join(key)}: {was:.4f}, now {f1:.4f}" for key, was, f1 in lost if was - round(f1, 4) > FALL + 1e-9]


def main() -> int:
    """Check or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="fail where a figure has fallen")
    choice.add_argument("--write", action="store_true", help="write the figures of now")
    arguments = parser.parse_args()
    sets = folder()
    missing = [name for name in SETS if not (sets / name / "gold.jsonl").is_file()]
    if missing:
        print(f"figures: left out, because {sets} does not hold the evaluation sets ({', '.join(missing)}).")
        return 2 if arguments.write else 0
    begun = time.perf_counter()
    now = dict(reached(sets))
    if arguments.write:
        write(now, FIGURES)
        print(f"figures: {len(now)} written to {FIGURES}.")
        return 0
    before = read(FIGURES)
    lost = fallen(before, now)
    risen = sum(f1 > before.get(key, 0.0) + FALL for key, f1 in now.items())
    for line in lost:
        print(f"figures: fallen: {line}", file=sys.stderr)
    seconds = time.perf_counter() - begun
    print(
        f"figures: {len(before)} compared in {seconds:.0f} s, {len(lost)} fallen and {risen} risen by more than {FALL}."
    )
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
