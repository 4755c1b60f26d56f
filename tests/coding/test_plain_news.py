"""News as it is written every day: leads, briefs, follow-ups, claims, and what is no attack, each with its coding."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from gtdlike.coding.code import code
from gtdlike.rows import to_row

CASES = tomllib.loads(Path(__file__).with_name("plain_news.toml").read_text(encoding="utf-8"))["case"]


def coded(case: dict[str, Any]) -> list[dict[str, object]]:
    """The rows of a text, with the date as one value."""
    rows = [dict(to_row(c.incident)) for c in code(case["text"], published=case.get("published"))]
    for row in rows:
        if row.get("iyear") and row.get("imonth") and row.get("iday"):
            row["date"] = dt.date(int(str(row["iyear"])), int(str(row["imonth"])), int(str(row["iday"])))
    return rows


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_it_is_coded_as_a_careful_reader_would(case: dict[str, Any]) -> None:
    rows = coded(case)
    assert len(rows) == len(case["incidents"]), rows
    for row, told in zip(rows, case["incidents"], strict=True):
        assert {name: row.get(name) for name in told} == told
