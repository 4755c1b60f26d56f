"""Batches of articles in, batches of coded rows out: the contract of clusters."""

from __future__ import annotations

from types import ModuleType

import pyarrow as pa
import pytest

from gtdlike.engines.batches import ARTICLES, CODED, code_batches
from gtdlike.errors import ReadError


def batch(*texts: str) -> pa.RecordBatch:
    rows = [{"id": f"a{n}", "text": text, "language": "en"} for n, text in enumerate(texts)]
    return pa.RecordBatch.from_pylist(rows, schema=ARTICLES)


def test_each_batch_gives_a_batch_of_the_declared_schema_and_no_article_is_lost(coders: ModuleType) -> None:
    batches = [batch("attack attack", "peace", "raise", "unsendable"), batch("attack"), batch()]
    coded = list(code_batches(batches, coders.WordCoder()))
    assert [one.schema for one in coded] == [CODED] * 3
    told = [[(row["article_id"], row["fate"], row["summary"]) for row in one.to_pylist()] for one in coded]
    assert told == [
        [
            ("a0", "coded", "a0: 0"),
            ("a0", "coded", "a0: 1"),
            ("a1", "no_incident", None),
            ("a2", "failed", None),
            ("a3", "failed", None),
        ],
        [("a0", "coded", "a0: 0")],
        [],
    ]
    assert "RuntimeError" in coded[0].to_pylist()[3]["message"]
    assert "no row" in coded[0].to_pylist()[4]["message"]


def test_other_columns_are_passed_over_and_a_missing_one_is_named(coders: ModuleType) -> None:
    more = pa.RecordBatch.from_pylist([{"number": 1, "text": "attack", "id": "x", "language": "en"}])
    (coded,) = code_batches([more], coders.WordCoder())
    assert coded.to_pylist()[0]["article_id"] == "x"
    with pytest.raises(ReadError, match=r"no column 'text'. Did you mean 'texts'\?"):
        next(code_batches([pa.RecordBatch.from_pylist([{"id": "x", "texts": "attack"}])], coders.WordCoder()))
