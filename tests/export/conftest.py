"""A table of what goes wrong in files: texts that look like something else, and cells that are easily mixed up."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from gtdlike.export import LossWarning, write_table
from gtdlike.rows import arrow_schema

TEXTS = (
    "=1+1", "+49 30", "-99", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''=1", "'Abu", "'", "＝1", "=cmd|' /C c'!A0",
    'he said "no"', '"', '""', "a,b;c", "a\nb", "a\r\nb", "a\rb", "tab\there", "back\\slash", "\\N", "007", "1e5",
    "1,5", "NA", "N/A", "NaN", "null", "None", "TRUE", ".", "-", "#REF!", "http://example.org/a b", "<b>&amp;</b>",
    "<r>one</r>", "<r><t>two", '{"a": 1}', "[1]", "_x0041_", "  two before", "سوق، بغداد", "\u202eabc", "😀👍🏽",
    "e\u0301 é", "\ufeffmark", "\u2028line", "Unknown", "2017-01-16", "1/2/2017", "201701010001", "é" * 3000,
)  # fmt: skip
"""Texts that every format keeps to the letter."""


def table_of(texts: tuple[str, ...] = TEXTS) -> pa.Table:
    """Incidents with these texts in several columns, beside numbers, days, blanks and unknown codes."""
    rows: list[dict[str, Any]] = [{"eventid": 201701010001}]
    for number, text in enumerate(texts, 2):
        rows.append(
            {
                "eventid": 201701010000 + number,
                "iyear": 2017, "imonth": 1, "iday": 0, "resolution": dt.date(2017, 1, 1 + number % 28),
                "country": 4, "country_txt": "Afghanistan", "city": text, "target1": text, "summary": f"It was {text}",
                "latitude": (34.5281, -0.1 - 0.2, 1e-7, None)[number % 4], "longitude": 69.17230000000001,
                "attacktype1": 3, "attacktype1_txt": "Bombing/Explosion", "vicinity": (0, 1, -9, None)[number % 4],
                "nperps": (-99, 0, 3, None)[number % 4], "propvalue": (-99.0, 0.5, 2.5e9, None)[number % 4],
                "gname": "Unknown", "nkill": number if number % 3 else None,
            }
        )  # fmt: skip
    rows.append({"gname": "the last row has no id"})
    return pa.Table.from_pylist(rows, schema=arrow_schema())


@pytest.fixture(scope="session")
def nasty() -> pa.Table:
    return table_of()


@pytest.fixture(scope="session")
def schema() -> pa.Schema:
    """A table that is none of a release: one column of each type."""
    return pa.schema(
        [
            ("number", pa.float64()),
            ("text", pa.string()),
            ("day", pa.date32()),
            ("whole", pa.int64()),
            ("small", pa.int16()),
            ("middle", pa.int32()),
            ("yes", pa.bool_()),
        ]
    )


@pytest.fixture(scope="session")
def told() -> Callable[..., list[LossWarning]]:
    """What is told of losses when a table is written."""

    def losses(table: pa.Table, path: Path, **named: Any) -> list[LossWarning]:
        with warnings.catch_warnings(record=True) as found:
            warnings.simplefilter("always")
            write_table(table, path, **named)
        assert all(isinstance(one.message, LossWarning) for one in found)
        return [one.message for one in found if isinstance(one.message, LossWarning)]

    return losses
