"""Coding as a function from Arrow batches to Arrow batches: the contract of Spark's `mapInArrow` and of Ray Data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import pyarrow as pa

from gtdlike.article import Article
from gtdlike.coding.base import Coder
from gtdlike.engines.outcome import Fate, Outcome, code_article, default_coder
from gtdlike.errors import ReadError, RowError, remedy_for
from gtdlike.rows import arrow_schema

ARTICLES: Final = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("title", pa.string()),
        pa.field("published", pa.date32()),
        pa.field("source", pa.string()),
        pa.field("url", pa.string()),
        pa.field("language", pa.string()),
    ]
)
"""The schema of the batches of articles. Only `id` and `text` must be there; other columns are passed over."""

_EVIDENCE = pa.struct(
    [
        ("variable", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("quote", pa.string()),
        ("how", pa.string()),
        ("rule", pa.string()),
    ]
)

CODED: Final = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("fate", pa.string(), nullable=False),
        pa.field("message", pa.string()),
        *arrow_schema(),
        pa.field("background", pa.bool_()),
        pa.field("evidence", pa.list_(_EVIDENCE)),
    ],
    metadata=arrow_schema().metadata,
)
"""The schema of the batches of coded rows: one row for each incident, with the fate `coded`. An article that tells of
no incident, is not English or failed has one row with its fate and message, and all else is null: none is lost."""


def code_batches(batches: Iterable[pa.RecordBatch], coder: Coder | None = None) -> Iterator[pa.RecordBatch]:
    """Code batches of articles, one batch at a time. Without `coder` the rule coder codes."""
    coder = default_coder() if coder is None else coder
    for batch in batches:
        rows = [row for article in _articles(batch) for row in _rows(code_article(article, coder))]
        yield pa.RecordBatch.from_pylist(rows, schema=CODED)


def _articles(batch: pa.RecordBatch) -> Iterator[Article]:
    names = batch.schema.names
    for needed in ("id", "text"):
        if needed not in names:
            remedy = remedy_for(needed, names, f"Name the columns as in {', '.join(ARTICLES.names)}.")
            raise ReadError(f"The batch of articles has no column {needed!r}.", remedy=remedy)
    known = [name for name in ARTICLES.names if name in names]
    for row in batch.select(known).to_pylist():
        yield Article(**row)


def _rows(outcome: Outcome) -> list[dict[str, Any]]:
    assert outcome.article is not None
    head = {"article_id": outcome.article.id, "fate": outcome.fate.value, "message": outcome.message}
    if not outcome.coded:
        return [head]
    try:
        return [{**head, **coded.to_row()} for coded in outcome.coded]
    except RowError as error:
        return [{**head, "fate": Fate.FAILED.value, "message": f"The coder gave an incident that is no row: {error}"}]
