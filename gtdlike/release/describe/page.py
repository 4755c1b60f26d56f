"""`codebook.html`: the codebook to read, how often each code stands in this release, and the release at a glance."""

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
    number = facts.manifest.incidents
    figures = f"{number:,} incident{'s' * (number != 1)}{span}, with the number of them that have each code."
    charts = "".join(_charts(facts))
    return html(
        facts.codebook,
        facts.statistics,
        title=f"Codebook: {facts.title}{version}",
        lead=[facts.description, figures],
        overview=f'<div class="charts">{charts}</div>' if charts else "",
    )


def _charts(facts: ReleaseFacts) -> Iterator[str]:
    last = f", the last {_MOST} with any" if len(facts.years) > _MOST else ""
    yield bars(f"Incidents by year{last}", facts.years[-_MOST:])
    for variable, what in (("country", "country"), ("attacktype1", "type of attack")):
        if variable not in facts.statistics:
            continue
        counts = facts.statistics[variable].counts
        order = sorted(counts, key=lambda code: (-counts[code], code))[:_MOST]
        labels = facts.codebook.code_list(variable).by_code
        most = f", the most frequent {_MOST}" if len(counts) > _MOST else ""
        yield bars(f"Incidents by {what}{most}", [(_short(labels[code].label), counts[code]) for code in order])


def _short(label: str) -> str:
    """A label that has room beside its bar."""
    return label if len(label) <= 36 else label[:35].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
