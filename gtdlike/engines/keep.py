"""The outcome of an article as bytes, and back: what the cache keeps of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Any, Final

from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
from gtdlike.engines.outcome import Fate, Outcome
from gtdlike.errors import GtdlikeError
from gtdlike.evidence import Evidence, How
from gtdlike.rows import from_row, to_row

_HOW: Final = {how.value: how for how in How}
_HEAD: Final = 8
"""So many bytes of the key go before the rest, which has a checksum: a damaged index must not mix articles up."""
_OWN: Final = True
"""Stands for a quote that is what the article says at its place, which need not be kept twice."""


def key_of(article: Article) -> bytes:
    """A digest of all that a coder sees of an article."""
    seen = (article.id, article.text, article.title, article.published, article.source, article.url, article.language)
    return hashlib.sha256(json.dumps(seen, default=_date).encode()).digest()


def kept(outcome: Outcome) -> bytes | None:
    """The outcome in bytes, or None where these would not give it back exactly: then it is not to be kept.

    Failures are not kept either: what failed once, for want of memory perhaps, is tried again.
    """
    article = outcome.article
    if article is None or outcome.fate == Fate.FAILED:
        return None
    try:
        told = [outcome.fate.value, outcome.message, [_row(article, coded) for coded in outcome.coded]]
        text = json.dumps(told, ensure_ascii=False, allow_nan=False, default=_date)
        data = key_of(article)[:_HEAD] + zlib.compress(text.encode(), 1)
        again = restored(article, data)
    except Exception:
        # A coder may give anything: incidents that fit no row, parts of other classes, what JSON cannot hold.
        return None
    # Equal is not enough: 1, 1.0 and True are, and a release would tell them apart.
    return data if again == outcome and repr(again.coded) == repr(outcome.coded) else None


def restored(article: Article, data: bytes) -> Outcome:
    """The outcome of an article from the bytes that were kept. Raises ValueError where these are damaged."""
    if not isinstance(data, bytes) or data[:_HEAD] != key_of(article)[:_HEAD]:
        raise ValueError(f"what was kept for {article.id} is of another article")
    try:
        fate, message, rows = json.loads(zlib.decompress(data[_HEAD:]))
        return Outcome(article, None, Fate(fate), tuple(_coded(article, row) for row in rows), message)
    except (zlib.error, GtdlikeError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"what was kept of {article.id} is damaged: {error}") from error


def _row(article: Article, coded: CodedIncident) -> dict[str, Any]:
    return {
        "article": coded.article_id,
        "background": coded.background,
        "row": {name: value for name, value in to_row(coded.incident).items() if value is not None},
        "evidence": [_told(article, one) for one in coded.evidence],
    }


def _told(article: Article, one: Evidence) -> list[Any]:
    own = one.start is not None and one.quote == article.text[one.start : one.end]
    return [one.variable, one.how.value, one.rule, one.start, one.end, _OWN if own else one.quote, one.article_id]


def _coded(article: Article, told: Mapping[str, Any]) -> CodedIncident:
    text = article.text
    evidence = tuple(
        Evidence(variable, _HOW[how], rule, start, end, text[start:end] if quote is _OWN else quote, article_id)
        for variable, how, rule, start, end, quote, article_id in told["evidence"]
    )
    return CodedIncident(told["article"], from_row(told["row"]), evidence, told["background"])


def _date(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be kept")
