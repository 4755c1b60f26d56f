"""What a command says to a person: on standard error, and progress only where that is a terminal."""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

FATES = {
    "coded": "coded",
    "no_incident": "without an incident",
    "not_english": "not in English",
    "unreadable": "unreadable",
    "failed": "failed",
}
"""How the fates of articles read in a summary."""


def warn(message: object) -> None:
    """One line on standard error."""
    print(f"gtdlike: {message}", file=sys.stderr)


@contextmanager
def warnings_as_lines() -> Iterator[None]:
    """Print warnings as lines of ours, each once for each place that it speaks of."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", UserWarning)
        warnings.simplefilter("always", RuntimeWarning)
        warnings.showwarning = lambda message, *_rest, **_named: warn(message)
        yield


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None]]:
    """A line that counts up while the work goes on. Gives the function that is told how many more are done."""
    if not sys.stderr.isatty():
        yield lambda _more: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn(f"{{task.completed:,.0f}} {what}"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda more: progress.advance(task, more)


def summary(fates: Mapping[str, int], incidents: int) -> str:
    """One sentence on what became of the articles."""
    counts = Counter(fates)
    total = counts.total()
    parts = [f"{counts[fate]:,} {words}" for fate, words in FATES.items() if counts[fate]]
    return f"{_count(total, 'article')} ({', '.join(parts) or 'none'}), {_count(incidents, 'incident')}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"
