"""What must hold of the coder for any text at all."""

from __future__ import annotations

import datetime as dt
import time

from gtdlike.article import Article
from gtdlike.coding import RuleCoder
from gtdlike.validation import validate

CODER = RuleCoder()
SECONDS = 2.0
"""More than a text of a few thousand characters may ever take."""


def check(text: str, published: dt.date | None) -> None:
    """It does not raise or hang, its quotes are the article's, and its rows have no errors."""
    start = time.process_time()
    coded = CODER.code(Article(id="a", text=text, published=published))
    assert time.process_time() - start < SECONDS + len(text) / 10_000
    for one in coded:
        for e in one.evidence:
            assert e.start is None or text[e.start : e.end] == e.quote
    if coded:
        report = validate([one.to_row() for one in coded])
        assert report.errors == 0, str(report)
