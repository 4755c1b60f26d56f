"""The codebook's rule of conflicting reports: which figure stands where the sources differ."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from attrs import frozen

from gtdlike.evidence import How

ORDER = {How.STATED: 2, How.INFERRED: 1, How.DEFAULT: 0}


@frozen
class Figure:
    """One source's figure: an unknown figure is negative, as in the flat row."""

    value: int
    article_id: str
    published: dt.date | None = None
    how: How = How.STATED
    claimed: bool = False
    """Whether it is the perpetrator's own figure."""


def settle(figures: Sequence[Figure]) -> tuple[int, str | None]:
    """The figure that stands, and where the sources differ, why: in words that follow "39 stands, ".

    The most recent source is followed; of several equally recent ones the majority; with no majority the lowest. A
    perpetrator's own figure counts only if there is no other; so does a figure that is not stated, and an unknown one.
    """
    told = [f for f in figures if f.value >= 0]
    if not told:
        return figures[0].value, None
    others = [f for f in told if not f.claimed] or told
    best = max(ORDER[f.how] for f in others)
    counted = [f for f in others if ORDER[f.how] == best]
    latest = max(f.published or dt.date.min for f in counted)
    recent = [f for f in counted if (f.published or dt.date.min) == latest]
    values = {f.value for f in told}
    chosen, reason = _majority(recent)
    if len(values) == 1:
        return chosen, None
    if len({f.value for f in counted}) == 1 and len(counted) < len(told):
        dropped = "the perpetrators' own figures do not count" if len(others) < len(told) else "it is the one stated"
        return chosen, f"because {dropped}"
    return chosen, reason


def _majority(recent: Sequence[Figure]) -> tuple[int, str]:
    # An article that tells the incident twice has one vote for each figure.
    votes = Counter(value for value, _ in {(f.value, f.article_id) for f in recent})
    if len(votes) == 1:
        return recent[0].value, "the figure of the most recent source"
    value, most = max(votes.items(), key=lambda vote: (vote[1], -vote[0]))
    if 2 * most > sum(votes.values()):
        return value, "the figure of most of the recent sources"
    return min(votes), "the lowest figure of the recent sources"


def difference(what: str, figures: Sequence[Figure], chosen: int, reason: str) -> str:
    """The note for people: `Sources differ on the number killed: 39 (a, b), 35 (c); 39 stands, ...`."""
    by_value: dict[int, set[str]] = {}
    for figure in figures:
        if figure.value >= 0:
            by_value.setdefault(figure.value, set()).add(figure.article_id)
    order = sorted(by_value, key=lambda value: (value != chosen, -len(by_value[value]), value))
    listed = ", ".join(f"{value} ({_names(by_value[value])})" for value in order)
    return f"Sources differ on the {what}: {listed}; {chosen} stands, {reason}."


def _names(articles: set[str], most: int = 5) -> str:
    names = sorted(articles)
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + rest
