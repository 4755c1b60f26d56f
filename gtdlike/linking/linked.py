"""What linking gives: an incident, its tellings, and what each source reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache

from attrs import frozen

from gtdlike.article import Article
from gtdlike.codebook import load_codebook
from gtdlike.codebook.model import Value
from gtdlike.coding.base import CodedIncident
from gtdlike.evidence import Evidence
from gtdlike.incident import Incident
from gtdlike.linking.compare import Fit
from gtdlike.linking.ranges import Range, range_of
from gtdlike.linking.settings import settings
from gtdlike.rows import to_row


@frozen
class Member:
    """One article's telling of an incident; `fit` says why it was taken for this one (None for the first).

    `telling` is its number among the article's coded incidents, from 1 in the article's order. `decided_by` names who
    decided that it belongs here; it is None where the rules did.
    """

    article: Article
    coded: CodedIncident
    fit: Fit | None = None
    telling: int = 1
    decided_by: str | None = None


@frozen
class SourceReport:
    """What one article reports for one variable, whether or not the incident follows it.

    `low` and `high` are the ends of a figure's range as the article gives it, None where it gives none: "at least 7"
    has no high end. They are None for what is no figure.
    """

    article_id: str
    variable: str
    value: Value
    published: dt.date | None
    low: int | None = None
    high: int | None = None


@frozen
class Linked:
    """One incident out of all that tell of it.

    `incident` has no `eventid` yet. `evidence` is that of the tellings which agree with the value that was chosen, and
    `notes` tell what the sources differ on.
    """

    incident: Incident
    members: tuple[Member, ...]
    notes: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def reports(self) -> Iterator[SourceReport]:
        """What every telling says for every variable, in the order of the columns; made anew when it is asked for."""
        for member in self.members:
            article = member.article
            for name, value in to_row(member.coded.incident).items():
                if value is None or name in label_columns():
                    continue
                ends = _range(member, name, value) if name in settings().reported else Range()
                yield SourceReport(article.id, name, value, article.published, ends.low, ends.high)


def _range(member: Member, variable: str, value: Value) -> Range:
    if not isinstance(value, int):
        return Range()
    evidence = tuple(e for e in member.coded.evidence if e.variable == variable)
    return range_of(value, evidence, member.article)


@cache
def label_columns() -> frozenset[str]:
    """The columns that hold the labels of others."""
    return frozenset(v.name for v in load_codebook().variables.values() if v.kind == "label")
