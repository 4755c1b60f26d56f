"""Which texts of a column hold one of some rare texts: found in their bytes all at once.

A look at the bytes as numbers takes a quarter of the time of a search in each text, because most columns hold none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

if TYPE_CHECKING:
    import polars as pl

_GAP: Final = 4
"""Bytes that are so near to each other are looked for as one range; what lies between them is sorted out afterwards."""
_BEYOND_ASCII: Final = (0x80, 0xFF)
_BLOCK: Final = 1 << 17
"""So many bytes at a time stay in the nearest memory of a core."""


@frozen
class _Wanted:
    """What is looked for: the ranges of first bytes, and the texts that begin with each of these."""

    ranges: tuple[tuple[int, int], ...]
    begun: dict[int, tuple[bytes, ...]]


@frozen
class Texts:
    """The texts of a column one behind the other, in UTF-8, without its blanks; each is known by its place."""

    data: Any
    """All their bytes, as an array of numpy."""
    starts: Any
    """Where each text begins in them; and at the end, where the last one ends."""

    @classmethod
    def of(cls, texts: pl.Series) -> Texts:
        """Those of a column in which there is no blank."""
        import numpy as np
        import polars as pl

        array = texts.to_arrow(compat_level=pl.CompatLevel.oldest())
        if not len(array):
            return cls(np.empty(0, np.uint8), np.zeros(1, np.int64))
        _, starts, data = array.buffers()
        starts = np.frombuffer(starts, np.int64)[array.offset : array.offset + len(array) + 1]
        return cls(np.frombuffer(data or b"", np.uint8)[starts[0] : starts[-1]], starts - starts[0])

    @property
    def lengths(self) -> Any:
        """How many bytes each text has."""
        return self.starts[1:] - self.starts[:-1]

    @property
    def firsts(self) -> Any:
        """The first byte of each text; that of an empty one is some byte."""
        import numpy as np

        if not len(self.data):
            return np.zeros(len(self.starts) - 1, np.uint8)
        return self.data[np.minimum(self.starts[:-1], len(self.data) - 1)]

    def look(self, rare: frozenset[str]) -> tuple[Any, Any]:
        """The places of those that hold one of the rare texts, and of those with characters beyond ASCII.

        A few too many may be told where a rare text is longer than a byte: one that goes on in the text that follows.
        """
        import numpy as np

        wanted = _wanted(rare)
        hits = list(_hits(self.data, (*wanted.ranges, _BEYOND_ASCII)))
        if not hits:
            return self._with([]), self._with([])
        places = np.concatenate(hits)
        beyond = places[self.data[places] >= _BEYOND_ASCII[0]]
        return self._with(list(_begun(self.data, places, wanted))), self._with([beyond] if len(beyond) else [])

    def _with(self, found: list[Any]) -> Any:
        """The places of the texts that have one of the bytes at some places."""
        import numpy as np

        if not found:
            return np.empty(0, np.int64)
        having = np.zeros(len(self.starts) - 1, bool)
        having[np.searchsorted(self.starts[1:], np.concatenate(found), side="right")] = True
        return np.flatnonzero(having)


def texts_of(frame: pl.DataFrame) -> Iterator[tuple[str, Texts]]:
    """The texts of each column of a frame, one column after the other.

    Blanks are taken out, because where one stands in the frame, the bytes may be those of any text.
    """
    import polars as pl

    # For all columns at once: a call of Polars for each takes as long as the look itself.
    filled = frame.select(pl.all().drop_nulls().implode())
    for column in filled:
        yield column.name, Texts.of(column[0])


def rows_of_texts(frame: pl.DataFrame, places: Mapping[str, Any]) -> dict[str, Any]:
    """The places of rows in a frame for places among the texts of its columns."""
    import numpy as np
    import polars as pl

    wanted = [name for name, found in places.items() if len(found)]
    filled = frame.select(pl.col(wanted).is_not_null())
    return {column.name: np.flatnonzero(column.to_numpy())[places[column.name]] for column in filled}


def mask(name: str, rows: Any, height: int) -> pl.Series:
    """A column that is true in some rows."""
    import numpy as np
    import polars as pl

    held = np.zeros(height, bool)
    held[rows] = True
    return pl.Series(name, held)


def _hits(data: Any, ranges: Iterable[tuple[int, int]]) -> Iterator[Any]:
    """The places of the bytes that are in one of some ranges."""
    import numpy as np

    hits = np.empty(_BLOCK, bool)
    for start in range(0, len(data), _BLOCK):
        block = data[start : start + _BLOCK]
        hit = hits[: len(block)]
        for first, last in ranges:
            if first == last:
                np.equal(block, first, out=hit)
            else:
                # The difference of what is smaller is a large number, so that one comparison does for both ends.
                np.less_equal(block - np.uint8(first) if first else block, last - first, out=hit)
            if hit.any():
                yield np.flatnonzero(hit) + start


def _begun(data: Any, places: Any, wanted: _Wanted) -> Iterator[Any]:
    """Those of some places at which a wanted text begins."""
    import numpy as np

    firsts = data[places]
    for byte in np.flatnonzero(np.bincount(firsts)).tolist():
        for text in wanted.begun.get(byte, ()):
            at = places[(firsts == byte) & (places <= len(data) - len(text))]
            for place in range(1, len(text)):
                at = at[data[at + place] == text[place]]
            if len(at):
                yield at


@lru_cache
def _wanted(rare: frozenset[str]) -> _Wanted:
    texts: dict[int, list[bytes]] = {}
    for text in sorted(rare):
        texts.setdefault(text.encode()[0], []).append(text.encode())
    return _Wanted(tuple(_ranges(sorted(texts))), {byte: tuple(found) for byte, found in texts.items()})


def _ranges(numbers: Collection[int]) -> Iterator[tuple[int, int]]:
    """Numbers in order as ranges, from the first to the last of those that are near to each other."""
    ordered = list(numbers)
    breaks = [0, *(i for i, (a, b) in enumerate(pairwise(ordered), 1) if b - a > _GAP), len(ordered)]
    for start, end in pairwise(breaks):
        if end > start:
            yield ordered[start], ordered[end - 1]
