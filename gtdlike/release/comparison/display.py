"""A comparison as a terminal shows it, and what the page of it says in the same words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from attrs import frozen

from gtdlike.release.comparison.result import Diff

BLANK: Final = "blank"
_LONGEST: Final = 100


@frozen
class Cell:
    """A cell that changed, as people read it."""

    variable: str
    old: str
    new: str


@frozen
class Incident:
    """What became of one incident."""

    eventid: int
    title: str
    change: str
    told: str
    """The change in a few words, with the other incident where there is one."""
    reason: str | None
    cells: tuple[Cell, ...]


def incidents(diff: Diff, most: int | None) -> Iterator[Incident]:
    """The incidents that differ, by eventid, at most so many."""
    ids = diff.table["eventid"].unique().to_pylist()
    chosen = ids if most is None else ids[:most]
    if not chosen:
        return
    # The table is sorted by eventid, so the first incidents are its first rows.
    rows = diff.table.slice(0, _end(diff, chosen[-1])).to_pylist()
    titles = diff.titles.of(chosen)
    for eventid, found in groupby(rows, key=lambda row: row["eventid"]):
        of_one = list(found)
        change, other = of_one[0]["change"], of_one[0]["other"]
        cells = tuple(
            Cell(row["variable"], shown(row["old"], row["old_label"]), shown(row["new"], row["new_label"]))
            for row in of_one
            if row["variable"] is not None
        )
        told = {"merged": f"merged into {other}", "split": f"split from {other}"}.get(change, change)
        yield Incident(eventid, titles.get(eventid, ""), change, told, diff.reasons.get(eventid), cells)


def _end(diff: Diff, eventid: int) -> int:
    import pyarrow.compute as pc

    return int(pc.sum(pc.less_equal(diff.table["eventid"], eventid)).as_py())


def beyond(diff: Diff, most: int | None) -> int:
    """How many incidents that differ are not among the first so many."""
    return 0 if most is None else max(0, len(diff.table["eventid"].unique()) - most)


def shown(value: str | None, label: str | None) -> str:
    """A value and its label. A blank, an empty text and a text that says so are three different things."""
    if value is None:
        return BLANK
    told = value if value not in ("", BLANK) else f'"{value}"'
    return f"{told} ({label})" if label else told


def short(text: str) -> str:
    """A text that fits into a cell."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"


def changes(old: str, new: str) -> tuple[str, str]:
    """Two texts that fit into cells; of long ones that begin alike, the beginning is left out."""
    if max(len(old), len(new)) <= _LONGEST:
        return old, new
    alike = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    cut = max(0, alike - 30)
    dots = "\N{HORIZONTAL ELLIPSIS}" if cut else ""
    return short(dots + old[cut:]), short(dots + new[cut:])


def sides(diff: Diff) -> tuple[str, str]:
    """The two sides with the number of their incidents."""
    return f"{diff.old} ({_incidents(diff.old_incidents)})", f"{diff.new} ({_incidents(diff.new_incidents)})"


def _incidents(count: int) -> str:
    return f"{count:,} incident{'s' * (count != 1)}"


def lines(diff: Diff, most: int) -> Iterator[str]:
    """The comparison as plain lines."""
    old, new = sides(diff)
    yield f"{old} -> {new}"
    yield diff.summary()
    yield from diff.notes
    for one in incidents(diff, most):
        yield f"{one.eventid} {one.told}: {one.title}" + (f" ({one.reason})" if one.reason else "")
        yield from (f"  {cell.variable}: {' -> '.join(changes(cell.old, cell.new))}" for cell in one.cells)
    if more := beyond(diff, most):
        yield f"{more:,} more."


COLOURS: Final[Mapping[str, str]] = {
    "added": "green", "retired": "red", "merged": "magenta", "split": "cyan", "changed": "yellow"
}  # fmt: skip


def for_terminal(diff: Diff, most: int) -> Iterator[Any]:
    """What rich prints: the outcome, the cells that changed by variable, and the first incidents."""
    from rich.markup import escape
    from rich.table import Table

    old, new = sides(diff)
    yield f"{escape(old)} \N{RIGHTWARDS ARROW} {escape(new)}"
    yield f"[bold]{escape(diff.summary())}[/]"
    yield from (f"[yellow]{escape(note)}[/]" for note in diff.notes)
    by_variable = diff.by_variable
    if by_variable:
        yield ""
        yield "[bold]cells changed by variable[/]"
        yield ", ".join(f"{escape(name)} {count:,}" for name, count in by_variable.items())
    for one in incidents(diff, most):
        yield ""
        colour = COLOURS[one.change]
        yield f"[bold]{one.eventid}[/] [{colour}]{escape(one.told)}[/] {escape(one.title)}"
        if one.reason:
            yield f"  [dim]{escape(one.reason)}[/]"
        if one.cells:
            table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
            for name in ("", "variable", "old", "arrow", "new"):
                table.add_column(name, overflow="fold")
            for cell in one.cells:
                before, after = changes(cell.old, cell.new)
                table.add_row("", escape(cell.variable), escape(before), "\N{RIGHTWARDS ARROW}", escape(after))
            yield table
    if more := beyond(diff, most):
        yield ""
        noun = "incident differs" if more == 1 else "incidents differ"
        yield f"{more:,} more {noun} (--max)."
