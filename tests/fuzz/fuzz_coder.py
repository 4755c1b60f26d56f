"""Fuzzing led by coverage: `python tests/fuzz/fuzz_coder.py [-max_total_time=600]`.

Needs atheris (`pip install 'gtdlike[fuzz]'`); without it, `GTDLIKE_FUZZ=20000 pytest tests/fuzz` tries as many texts.
"""

from __future__ import annotations

import datetime as dt
import sys

import atheris

with atheris.instrument_imports(include=["gtdlike.coding"]):
    from check import check
    from soup import DATES, HALVES, MARKS, NUMBERS, STRANGE, lexicon

PIECES = [*lexicon(), *4 * DATES, *4 * HALVES, *4 * MARKS, *4 * NUMBERS, *4 * STRANGE]


def one_input(data: bytes) -> None:
    """One text, made of the bytes: pieces of news, and between them whatever they spell."""
    given = atheris.FuzzedDataProvider(data)
    day = dt.date(2016, 2, 29) if given.ConsumeBool() else None
    parts: list[str] = []
    while given.remaining_bytes() > 1 and len(parts) < 200:
        if given.ConsumeIntInRange(0, 9):
            parts.append(PIECES[given.ConsumeIntInRange(0, len(PIECES) - 1)] + " ")
        else:
            parts.append(given.ConsumeUnicode(8))
    check("".join(parts), day)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
