"""The statistics of columns: every cell is counted once, and the figures are those of what is told."""

from __future__ import annotations

from collections import Counter

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from gtdlike.codebook import load_codebook
from gtdlike.formats.statistics import statistics

BOOK = load_codebook()
UNKNOWN = BOOK.variable("nperps").unknown
CELLS = {
    "claimed": (pl.Int16, st.none() | st.sampled_from([0, 1, -9])),
    "attacktype1": (pl.Int16, st.none() | st.integers(1, 9)),
    "nperps": (pl.Int32, st.none() | st.integers(0, 10**6) | st.just(UNKNOWN)),
    "city": (pl.String, st.none() | st.sampled_from(["Kabul", "Unknown", ""])),
}


@given(st.integers(0, 12).flatmap(lambda n: st.fixed_dictionaries(
    {name: st.lists(cells, min_size=n, max_size=n) for name, (_, cells) in CELLS.items()}
)))  # fmt: skip
def test_every_cell_is_counted_once(columns: dict[str, list[object]]) -> None:
    frame = pl.DataFrame(columns, schema={name: type_ for name, (type_, _) in CELLS.items()})
    found = statistics(frame, BOOK)
    assert set(found) == set(CELLS)
    for name, cells in columns.items():
        one, variable = found[name], BOOK.variable(name)
        told = [cell for cell in cells if cell is not None and cell != variable.unknown]
        assert (one.told, one.blank, one.rows) == (len(told), cells.count(None), len(cells))
        assert one.unknown == (0 if variable.unknown is None else cells.count(variable.unknown))
        assert one.counts == (Counter(told) if variable.kind in ("code", "boolean") else {})
        assert list(one.counts) == sorted(one.counts)
    numbers = [cell for cell in columns["nperps"] if isinstance(cell, int) and cell != UNKNOWN]
    perpetrators = found["nperps"]
    assert perpetrators.minimum == min(numbers, default=None)
    assert perpetrators.maximum == max(numbers, default=None)
    assert perpetrators.mean == (sum(numbers) / len(numbers) if numbers else None)


def test_only_a_number_with_a_unit_has_a_mean() -> None:
    frame = pl.DataFrame({"eventid": [201701010001, 201701020001], "nkill": [1, 2]})
    found = statistics(frame, BOOK)
    assert (found["eventid"].minimum, found["eventid"].mean) == (201701010001, None)
    assert found["nkill"].mean == 1.5
