"""Rows that are kept until all have been seen, in bounded memory: most of many are on disk meanwhile."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from attrs import define, field

if TYPE_CHECKING:
    import polars as pl

_MOST: Final = 250_000
"""So many rows stay in memory."""


@define
class Kept:
    """Frames of one schema that are added one by one, and read as a whole once."""

    _frames: list[pl.DataFrame] = field(factory=list)
    _rows: int = 0
    _files: list[Path] = field(factory=list)
    _folder: TemporaryDirectory[str] | None = None

    def add(self, frame: pl.DataFrame) -> None:
        """Keep the rows of a frame."""
        import polars as pl

        self._frames.append(frame)
        self._rows += frame.height
        if self._rows > _MOST:
            if self._folder is None:
                self._folder = TemporaryDirectory(prefix="gtdlike-")
            file = Path(self._folder.name) / f"{len(self._files)}.arrow"
            pl.concat(self._frames).write_ipc(file, compression="uncompressed")
            self._files.append(file)
            self._frames, self._rows = [], 0

    def whole(self) -> pl.DataFrame:
        """All the rows in the order in which they came."""
        import polars as pl

        return pl.concat([*map(pl.read_ipc, self._files), *self._frames])
