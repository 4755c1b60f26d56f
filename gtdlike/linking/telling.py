"""Tellings as they are weighed against each other: each with its flat row and how it came by its values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property

from attrs import define

from gtdlike.article import Article
from gtdlike.codebook.model import Value
from gtdlike.evidence import How
from gtdlike.linking.figures import ORDER
from gtdlike.linking.linked import Member, label_columns
from gtdlike.linking.settings import settings
from gtdlike.rows import to_columns, to_row


@define
class Telling:
    """A member with its flat row and what is needed to weigh it.

    The row has those columns that are not blank in all tellings that were read together, without labels.
    """

    member: Member
    row: dict[str, Value]

    @cached_property
    def hows(self) -> dict[str, How]:
        """The strongest way in which each variable was arrived at."""
        evidence = self.member.coded.evidence
        hows = {e.variable: e.how for e in evidence}
        if len(hows) < len(evidence):
            for e in evidence:
                if ORDER[e.how] > ORDER[hows[e.variable]]:
                    hows[e.variable] = e.how
        return hows

    @property
    def article(self) -> Article:
        return self.member.article

    @property
    def published(self) -> dt.date:
        return self.article.published or dt.date.min

    def claimed(self, variable: str) -> bool:
        """Whether the figure is the perpetrator's own."""
        rules = settings().claimed_figures
        return any(e.variable == variable and e.rule in rules for e in self.member.coded.evidence)


def tellings(groups: Sequence[Sequence[Member]]) -> list[list[Telling]]:
    """The tellings of some incidents, those of each in the order of their publication, undated ones last.

    Their rows are read together, column by column, and all have the same columns in the same order.
    """
    incidents = [member.coded.incident for members in groups for member in members]
    columns = to_columns(incidents)
    if columns is None:
        # One of them does not fit: this says which value of it, or finds a way to write it.
        rows = [to_row(incident) for incident in incidents]
        columns = {name: [row[name] for row in rows] for name in rows[0]}
    filled = {name: column for name, column in columns.items() if column and name not in label_columns()}
    cells = zip(*filled.values(), strict=True) if filled else iter([()] * len(incidents))
    return [
        _in_order([Telling(member, dict(zip(filled, next(cells), strict=True))) for member in members])
        for members in groups
    ]


def _in_order(told: list[Telling]) -> list[Telling]:
    if len(told) == 1:
        return told
    several = len({telling.article.id for telling in told}) < len(told)

    def order(telling: Telling) -> tuple[dt.date, str, list[str], int]:
        article = telling.article
        # What is written out takes long, and only tells the tellings of one article apart.
        written = list(map(repr, telling.row.values())) if several else []
        return article.published or dt.date.max, article.id, written, telling.member.telling

    return sorted(told, key=order)
