"""A comparison as a page of HTML that stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape
from typing import Final

from gtdlike.release.comparison.display import BLANK, Cell, Incident, beyond, incidents, sides
from gtdlike.release.comparison.result import CHANGES, Diff
from gtdlike.webpage import document, table, wide

WORDS: Final = {
    "added": "Added",
    "retired": "Retired",
    "merged": "Merged into others",
    "split": "Split from others",
    "changed": "Changed",
}
"""The headings of the page."""

# Words and the spaces between them: below the one number a text is short, above the other comparing takes too long.
_FEW: Final = 5
_MANY: Final = 600


def page(diff: Diff, most: int | None = None) -> str:
    """The counts, the cells that changed by variable, and each incident that differs, at most so many of them."""
    old, new = sides(diff)
    return document(
        f"{diff.old} \N{RIGHTWARDS ARROW} {diff.new}",
        (f"From {old} to {new}.", diff.summary(), *diff.notes),
        (*_figures(diff), *_incidents(diff, most)),
        skip=("incidents", "To the incidents"),
    )


def _figures(diff: Diff) -> Iterator[str]:
    yield '<section class="narrow" aria-labelledby="figures"><h2 id="figures">Figures</h2>'
    counts = [*((WORDS[change], f"{count:,}") for change, count in diff.counts.items()),
              ("The same", f"{diff.unchanged:,}")]  # fmt: skip
    yield table("Incidents", ("change", "incidents"), counts)
    by_variable = [(name, f"{count:,}") for name, count in diff.by_variable.items()]
    if by_variable:
        yield table("Cells that changed", ("variable", "cells"), by_variable)
    yield "</section>"


def _incidents(diff: Diff, most: int | None) -> Iterator[str]:
    yield '<section aria-labelledby="incidents"><h2 id="incidents">Incidents</h2>'
    shown = list(incidents(diff, most))
    for change in CHANGES:
        of_change = [one for one in shown if one.change == change]
        if not of_change:
            continue
        yield f"<details class='pair' open><summary>{WORDS[change]} ({len(of_change):,})</summary>"
        if change == "changed":
            yield from (_changed(one) for one in of_change)
        else:
            yield "<ul>"
            yield from (f"<li>{_name(one)}{_other(one)}</li>" for one in of_change)
            yield "</ul>"
        yield "</details>"
    if not shown:
        yield "<p>No incident differs.</p>"
    if more := beyond(diff, most):
        yield f"<p>{more:,} more incidents differ. <code>--max</code> says how many are shown.</p>"
    yield "</section>"


def _name(one: Incident) -> str:
    return f'<strong class="id">{one.eventid}</strong> {escape(one.title)}'


def _other(one: Incident) -> str:
    told = "" if one.told == one.change else f' <span class="how">{escape(one.told)}</span>'
    return told + (f"<br>{escape(one.reason)}" if one.reason else "")


def _changed(one: Incident) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in ("variable", "old", "new"))
    rows = "\n".join(
        f'<tr><th scope="row">{escape(cell.variable)}</th><td>{old}</td><td>{new}</td></tr>'
        for cell, (old, new) in ((cell, _marked(cell)) for cell in one.cells)
    )
    return wide(escape(f"{one.eventid} {one.title}"), head, rows)


def _marked(cell: Cell) -> tuple[str, str]:
    """The two values, with the words that differ marked where they are texts of several words."""
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (cell.old, cell.new))
    if BLANK in (cell.old, cell.new) or min(len(old), len(new)) < _FEW or max(len(old), len(new)) > _MANY:
        return _value(cell.old), _value(cell.new)
    marked: tuple[list[str], list[str]] = ([], [])
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for words, out in ((old[a:b], marked[0]), (new[c:d], marked[1])):
            text = escape("".join(words))
            out.append(text if what == "equal" or not text else f"<mark>{text}</mark>")
    return "".join(marked[0]), "".join(marked[1])


def _value(text: str) -> str:
    return f'<span class="how">{BLANK}</span>' if text == BLANK else escape(text)
