"""How many articles the rule coder codes in a second, in one process and in all."""

from __future__ import annotations

import os
import time
from pathlib import Path

from attrs import evolve

from gtdlike.article import Article
from gtdlike.engines import run
from gtdlike.reading import read

SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "articles"
TIMES = 8


def main() -> None:
    """Code the example articles many times over, each time under other ids."""
    seeds = [item for item in read([SEEDS]) if isinstance(item, Article)]
    articles = [evolve(one, id=f"{one.id}-{n}") for n in range(TIMES) for one in seeds]
    characters = sum(len(one.text) for one in articles)
    # The lexicons and the gazetteer are loaded once, before the clock runs.
    list(run(seeds[:1], processes=1))
    print(f"{len(articles):,} articles, {characters / len(articles):,.0f} characters each")
    for processes in sorted({1, os.cpu_count() or 1}):
        start = time.perf_counter()
        incidents = sum(len(outcome.coded) for outcome in run(articles, processes=processes))
        seconds = time.perf_counter() - start
        print(f"{processes} process{'es' * (processes > 1)}: {len(articles) / seconds:,.0f} articles/s, "
              f"{incidents:,} incidents in {seconds:.1f} s")  # fmt: skip


if __name__ == "__main__":
    main()
