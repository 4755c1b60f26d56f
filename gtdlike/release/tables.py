"""The tables of a release beside the incidents: evidence, sources, reports and links."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from gtdlike.codebook.model import Codebook, Value
from gtdlike.contract import table_schema
from gtdlike.linking.linked import Linked
from gtdlike.rows import to_row

if TYPE_CHECKING:
    import pyarrow as pa


def evidence_table(incidents: Iterable[Linked], codebook: Codebook) -> pa.Table:
    """Why each cell has its value, in the order of the columns: one row for each piece of evidence.

    A row without `start`, `end` and `quote` is a default, or was concluded from all sources together by its rule.
    `digest` is the SHA-256 of the quote in UTF-8: it proves the quote to whoever has the article, also where a release
    leaves the quotes out.
    """
    import pyarrow as pa

    place: dict[Any, int] = {name: number for number, name in enumerate(codebook.columns)}
    rows: list[dict[str, Any]] = []
    for one in incidents:
        row = to_row(one.incident, codebook)
        found = [
            {
                "eventid": one.incident.eventid,
                "article_id": e.article_id,
                "variable": e.variable,
                "value": as_text(row[e.variable]),
                "start": e.start,
                "end": e.end,
                "quote": e.quote,
                "digest": None if e.quote is None else hashlib.sha256(e.quote.encode()).hexdigest(),
                "how": e.how.value,
                "rule": e.rule,
            }
            for e in dict.fromkeys(one.evidence)
        ]
        found.sort(
            key=lambda r: (place[r["variable"]], r["article_id"] or "", r["start"] or 0, r["end"] or 0, r["rule"])
        )
        rows += found
    return pa.Table.from_pylist(rows, schema=table_schema("evidence"))


def sources_table(incidents: Iterable[Linked]) -> pa.Table:
    """Every article that tells of an incident; `background` where it only recalls it."""
    import pyarrow as pa

    rows = []
    for one in incidents:
        for article in {m.article.id: m.article for m in one.members}.values():
            rows.append(
                {
                    "eventid": one.incident.eventid,
                    "article_id": article.id,
                    "title": article.title,
                    "source": article.source,
                    "url": article.url,
                    "published": article.published,
                    "digest": article.digest,
                    "background": all(m.coded.background for m in one.members if m.article.id == article.id),
                }
            )
    return pa.Table.from_pylist(rows, schema=table_schema("sources"))


def reports_table(incidents: Sequence[Linked]) -> pa.Table:
    """What every article says for every variable, whether or not the incident follows it; of figures with the range."""
    import pyarrow as pa

    reports = [(one.incident.eventid, report) for one in incidents for report in one.reports]
    columns = {
        "eventid": pa.array([eventid for eventid, _ in reports], pa.int64()),
        "article_id": pa.array([r.article_id for _, r in reports], pa.string()),
        "variable": pa.array([r.variable for _, r in reports], pa.string()),
        "value": pa.array([as_text(r.value) for _, r in reports], pa.string()),
        "low": pa.array([r.low for _, r in reports], pa.int64()),
        "high": pa.array([r.high for _, r in reports], pa.int64()),
        "published": pa.array([r.published for _, r in reports], pa.date32()),
    }
    return pa.table(columns)


def links_table(incidents: Iterable[Linked]) -> pa.Table:
    """Why each telling was taken for its incident, in the order of their publication.

    `telling` is its number in the article's order, from 1. `score` and `reasons` are blank for the telling that the
    others were compared with first, and `decided_by` where the rules decided.
    """
    import pyarrow as pa

    rows = [
        {
            "eventid": one.incident.eventid,
            "article_id": member.article.id,
            "telling": member.telling,
            "score": member.fit.score if member.fit else None,
            "reasons": member.fit.reasons if member.fit else None,
            "decided_by": member.decided_by,
        }
        for one in incidents
        for member in one.members
    ]
    return pa.Table.from_pylist(rows, schema=table_schema("links"))


def as_text(value: Value) -> str | None:
    """A value of any type as text, as CSV would have it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    return repr(int(value) if isinstance(value, bool) else value)
