"""Coded rows with the true grouping as JSON Lines, and as the table that splink reads.

Each line is a coded row as `gtdlike code` writes it, with `telling` (its number in the article, from 1), `truth` (any
name of the incident) and `article` (`title`, `published`, `source` and `text`, as far as they are known).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.linking.mentions import Mention
from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
from gtdlike.evidence import Evidence, How
from gtdlike.linking.profile import Precision, Profile
from gtdlike.rows import from_row


def write(told: Iterable[Mention], path: Path) -> None:
    """Write mentions as JSON Lines."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for one in told:
            article = one.article
            about = {"title": article.title, "source": article.source, "text": article.text}
            about["published"] = article.published.isoformat() if article.published else None
            row = one.coded.to_row() | {"telling": one.telling, "truth": one.truth, "article": about}
            stream.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def read(path: Path) -> list[Mention]:
    """The mentions of a file of JSON Lines."""
    with path.open(encoding="utf-8") as lines:
        return [_mention(json.loads(line)) for line in lines]


def _mention(row: dict[str, Any]) -> Mention:
    about = row.pop("article", None) or {}
    telling, truth = row.pop("telling"), row.pop("truth")
    published = dt.date.fromisoformat(about["published"]) if about.get("published") else None
    text = about.get("text") or ""
    article = Article(row["article_id"], text, about.get("title"), published, about.get("source"))
    evidence = tuple(
        Evidence(e["variable"], How(e["how"]), e["rule"], e["start"], e["end"], e["quote"], article.id)
        for e in row.get("evidence", ())
    )
    coded = CodedIncident(article.id, from_row(row), evidence, bool(row.get("background")))
    return Mention(article, coded, telling, truth)


def table(told: Sequence[Mention]) -> pa.Table:
    """What splink reads: one row a mention, with names folded and generic ones left out, as ours compares them."""
    profiles = [Profile.of(one.article, one.coded) for one in told]
    rows = [
        {
            "row": number,
            "day": dt.date.fromordinal(p.first) if p.precision == Precision.DAY else None,
            "month": _month(p.first) if p.precision >= Precision.MONTH else None,
            "year": dt.date.fromordinal(p.first).year if p.precision else None,
            "country": p.country,
            "city": p.city,
            "finer": sorted(p.location) or None,
            "killed": p.killed,
            "wounded": p.wounded,
            "group_name": min(p.groups, default=None),
            "target_type": min(p.target_types, default=None),
            "target": sorted(p.target_words | p.target_names) or None,
            "attack_type": min(p.attacks, default=None),
            "weapon_type": min(p.weapons, default=None),
        }
        for number, p in enumerate(profiles)
    ]
    whole, text, words = pa.int64(), pa.string(), pa.list_(pa.string())
    types = {"row": whole, "day": pa.date32(), "month": text, "year": whole, "country": whole, "city": text}
    types |= {"finer": words, "killed": whole, "wounded": whole, "group_name": text, "target_type": whole}
    types |= {"target": words, "attack_type": whole, "weapon_type": whole}
    return pa.Table.from_pylist(rows, schema=pa.schema(list(types.items())))


def _month(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()[:7]
