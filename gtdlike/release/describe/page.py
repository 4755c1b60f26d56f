"""`codebook.html`: the codebook to read, with how often each code stands in this release and what is in it at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gtdlike.formats.html import bars, html
from gtdlike.release.describe.facts import ReleaseFacts

_MOST: Final = 12
"""So many bars are drawn at most."""


def codebook_html(facts: ReleaseFacts) -> str:
    """The text of the file."""
    span = f" from {facts.first} to {facts.last}" if facts.first else ""
    version = f", version {facts.about.version}" if facts.about.version else ""
    lead = f"{facts.description} This page tells of its variables and codes{span and ', with incidents'}{span}."
    charts = "".join(_charts(facts))
    return html(
        facts.codebook,
        facts.statistics,
        title=f"Codebook: {facts.title}{version}",
        lead=[lead],
        overview=f'<div class="charts">{charts}</div>' if charts else "",
    )


def _charts(facts: ReleaseFacts) -> Iterator[str]:
    yield bars("Incidents by year", facts.years[-_MOST:])
    for variable, what in (("country", "country"), ("attacktype1", "type of attack")):
        if variable not in facts.statistics:
            continue
        counts = facts.statistics[variable].counts
        order = sorted(counts, key=lambda code: (-counts[code], code))[:_MOST]
        labels = facts.codebook.code_list(variable).by_code
        yield bars(f"Incidents by {what}", [(_short(labels[code].label), counts[code]) for code in order])


def _short(label: str) -> str:
    """A label that has room beside its bar."""
    return label if len(label) <= 22 else label[:21].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
