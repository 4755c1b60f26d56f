"""Which texts of a column look as if they failed a pattern: found in their bytes all at once.

A look at the bytes as numbers takes a quarter of the time of a search in each text, because most columns hold none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from gtdlike.codebook.expression.screen import Screen

if TYPE_CHECKING:
    import polars as pl

_GAP: Final = 4
"""Bytes that are so near to each other are looked for as one range; what lies between them is sorted out afterwards."""
_BLOCK: Final = 1 << 17
"""So many bytes at a time stay in the nearest memory of a core."""

Ranges = tuple[tuple[int, int], ...]


@frozen
class _Wanted:
    """What is looked for, in bytes: those that texts begin with and end with, as arrays of truths, ..."""

    begins: Any
    ends: Any
    firsts: Ranges
    """... the first bytes of what they hold, where these are rare, ..."""
    pairs: tuple[Ranges, Ranges]
    """... the first and the second bytes where the first ones are common, ..."""
    held: dict[int, tuple[bytes, ...]]
    """... and all that they hold, by its first byte."""


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

    def look(self, screen: Screen) -> Any:
        """Which of them look so, as an array of truths. None of them is empty.

        A few too many may be told where a rare text is longer than a byte: one that goes on in the text that follows.
        """
        import numpy as np

        wanted = _wanted(screen)
        found = np.zeros(len(self.starts) - 1, bool)
        if not len(self.data):
            return found
        if screen.begins:
            found |= wanted.begins[self.firsts]
        if screen.ends:
            found |= wanted.ends[self.data[self.starts[1:] - 1]]
        if hits := list(_hits(self.data, wanted)):
            for places in _held(self.data, np.concatenate(hits), wanted):
                found[np.searchsorted(self.starts[1:], places, side="right")] = True
        return found


def texts_of(frame: pl.DataFrame) -> Iterator[tuple[str, Texts]]:
    """The texts of each column of a frame, one column after the other.

    Blanks are taken out, because where one stands in the frame, the bytes may be those of any text.
    """
    import polars as pl

    # For all columns at once: a call of Polars for each takes as long as the look itself.
    filled = frame.select(pl.all().drop_nulls().implode())
    for column in filled:
        yield column.name, Texts.of(column[0])


def _hits(data: Any, wanted: _Wanted) -> Iterator[Any]:
    """The places of the bytes at which something that is wanted may begin, block by block."""
    import numpy as np

    hits, pairs, seconds, scratch = (np.empty(_BLOCK + 1, bool) for _ in range(4))
    first, second = wanted.pairs
    for start in range(0, len(data), _BLOCK):
        # With the first byte of the next block, which may be the second of a pair.
        block = data[start : start + _BLOCK + 1]
        hit = _within(block, wanted.firsts, hits, scratch)
        if first:
            begun = _within(block, first, pairs, scratch)
            goes_on = begun if second == first else _within(block, second, seconds, scratch)
            hit[:-1] |= begun[:-1] & goes_on[1:]
        if len(places := np.flatnonzero(hit)):
            yield places + start


def _within(block: Any, ranges: Ranges, out: Any, scratch: Any) -> Any:
    """Which bytes are in one of some ranges."""
    import numpy as np

    hit = out[: len(block)]
    if not ranges:
        hit[:] = False
    for place, (first, last) in enumerate(ranges):
        one = scratch[: len(block)] if place else hit
        if first == last:
            np.equal(block, first, out=one)
        else:
            # The difference of what is smaller is a large number, so that one comparison does for both ends.
            np.less_equal(block - np.uint8(first) if first else block, last - first, out=one)
        if place:
            hit |= one
    return hit


def _held(data: Any, places: Any, wanted: _Wanted) -> Iterator[Any]:
    """Those of some places at which a wanted text begins."""
    import numpy as np

    firsts = data[places]
    for byte in np.flatnonzero(np.bincount(firsts)).tolist():
        for text in wanted.held.get(byte, ()):
            at = places[(firsts == byte) & (places <= len(data) - len(text))]
            for place in range(1, len(text)):
                at = at[data[at + place] == text[place]]
            if len(at):
                yield at


@lru_cache
def _wanted(screen: Screen) -> _Wanted:
    import numpy as np

    def table(bytes_: Iterable[int]) -> Any:
        truths = np.zeros(256, bool)
        truths[list(bytes_)] = True
        return truths

    texts: dict[int, list[bytes]] = {}
    for text in sorted(screen.holds):
        texts.setdefault(text.encode()[0], []).append(text.encode())
    common = [byte for byte in texts if chr(byte).isascii() and (chr(byte).isalnum() or chr(byte).isspace())]
    # A byte alone that is common is found like one that is rare, only not as quickly.
    common = [byte for byte in common if min(map(len, texts[byte])) > 1]
    return _Wanted(
        table(text.encode()[0] for text in screen.begins),
        table(text.encode()[-1] for text in screen.ends),
        _ranges(set(texts).difference(common)),
        (_ranges(set(common)), _ranges({text[1] for byte in common for text in texts[byte]})),
        {byte: tuple(found) for byte, found in texts.items()},
    )


def _ranges(numbers: Collection[int]) -> Ranges:
    """Numbers as ranges, from the first to the last of those that are near to each other."""
    ordered = sorted(numbers)
    breaks = [0, *(i for i, (a, b) in enumerate(pairwise(ordered), 1) if b - a > _GAP), len(ordered)]
    return tuple((ordered[start], ordered[end - 1]) for start, end in pairwise(breaks) if end > start)
