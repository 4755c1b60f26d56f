"""What was coded once need not be coded again: a cache of outcomes, by article and version of the coder.

A folder with one SQLite file for each version of a coder. A run that was killed has lost the last second of its work at
most. The cache is only ever a help: a damaged file is begun anew, and one that cannot be written is passed over, with
a warning; the outcomes are the same with it, without it, and with one that is half full.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final

from gtdlike.article import Article
from gtdlike.coding.base import Coder
from gtdlike.engines.keep import kept, key_of, restored
from gtdlike.engines.outcome import Outcome

SECONDS: Final = 0.5
"""So long the coded articles are gathered before they are written."""
LIMIT: Final = 2 * 1024**3
"""The bytes that a version's file may hold; beyond, the quarter that was written first is forgotten."""
VERSIONS: Final = 3
"""The versions that are kept: this one, and those that were used last."""
_SCHEMA: Final = "CREATE TABLE IF NOT EXISTS outcomes (number INTEGER PRIMARY KEY, key BLOB UNIQUE, data BLOB)"
_ERRORS: Final = (sqlite3.Error, UnicodeError)
"""What SQLite raises; its messages about a damaged file may quote bytes that are no text."""
_WAIT_SECONDS: Final = 30.0
"""So long a process waits for another one that is writing; it takes milliseconds."""


def default_folder() -> Path:
    """Where the cache of the command line is: `$GTDLIKE_CACHE`, or `gtdlike` in the folder of the system for caches.

    That is `$XDG_CACHE_HOME` or `~/.cache`, on macOS `~/Library/Caches` and on Windows `%LOCALAPPDATA%`.
    """
    if named := os.environ.get("GTDLIKE_CACHE"):
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "gtdlike"


@contextmanager
def opened(folder: str | Path | None, coder: Coder) -> Iterator[Cache | None]:
    """The cache of a coder in a folder, for as long as the block runs. None without a folder, or for want of a version.

    A coder without an attribute `version` cannot be cached, for nobody could tell what was coded by an older one.
    """
    if folder is None:
        yield None
        return
    version = getattr(coder, "version", None)
    if not isinstance(version, str) or not version:
        name = f"{type(coder).__module__}.{type(coder).__qualname__}"
        _warn(f"{name} has no attribute `version`, so what it codes is not cached")
        yield None
        return
    with Cache(Path(folder), f"{type(coder).__module__}.{type(coder).__qualname__} {version}") as cache:
        yield cache


class Cache:
    """The outcomes of one version of a coder. Several processes may use it at a time.

    `recalled` counts the outcomes that were found in it.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self.path = folder / f"coded-{hashlib.sha256(version.encode()).hexdigest()[:32]}.sqlite"
        self.recalled = 0
        self._waiting: dict[bytes, bytes] = {}
        self._written = time.monotonic()
        self._database: sqlite3.Connection | None = None
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._open()
            _prune(folder, self.path)
        except (OSError, *_ERRORS) as error:
            self._give_up(error)

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._write()
        self._close()

    def get(self, article: Article) -> Outcome | None:
        """The outcome of an article, if it was coded before."""
        if self._database is None:
            return None
        try:
            found = self._database.execute("SELECT data FROM outcomes WHERE key = ?", (key_of(article),)).fetchone()
        except _ERRORS as error:
            self._trouble(error)
            return None
        try:
            if found is None:
                return None
            outcome = restored(article, found[0])
        except ValueError:
            return None  # damaged; it is coded again, and written over
        self.recalled += 1
        return outcome

    def put(self, outcome: Outcome) -> None:
        """Keep an outcome that was just coded."""
        if self._database is None or outcome.article is None:
            return
        data = kept(outcome)
        if data is not None:
            self._waiting[key_of(outcome.article)] = data
        if time.monotonic() - self._written > SECONDS:
            self._write()

    def _write(self) -> None:
        """Write what was gathered, in one short transaction, so that other processes wait for milliseconds only."""
        if self._database is None:
            return
        try:
            if self._waiting:
                with self._database:
                    self._database.executemany(
                        "INSERT OR REPLACE INTO outcomes (key, data) VALUES (?, ?)", self._waiting.items()
                    )
                    self._forget_some()
        except _ERRORS as error:
            self._trouble(error)
        self._waiting.clear()
        self._written = time.monotonic()

    def _forget_some(self) -> None:
        assert self._database is not None
        used, free, size = (
            self._database.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
        if (used - free) * size > LIMIT:
            first, last = self._database.execute("SELECT min(number), max(number) FROM outcomes").fetchone()
            # The room is used again, so the file does not grow.
            self._database.execute("DELETE FROM outcomes WHERE number <= ?", (first + (last - first) // 4,))

    def _open(self) -> None:
        try:
            self._connect()
        except _ERRORS as error:
            if not _damaged(error):
                raise
            self._anew(error)

    def _connect(self) -> None:
        self._database = sqlite3.connect(self.path, timeout=_WAIT_SECONDS)
        # A crash of the machine, not of the process, may cost the file with this; then it is begun anew.
        self._database.execute("PRAGMA synchronous = NORMAL")
        with self._database:
            self._database.execute(_SCHEMA)

    def _trouble(self, error: Exception) -> None:
        try:
            if _damaged(error):
                self._anew(error)
                return
        except (OSError, *_ERRORS) as another:
            error = another
        self._give_up(error)

    def _anew(self, error: Exception) -> None:
        _warn(f"the cache {self.path} is damaged ({error}) and is begun anew")
        self._close()
        _remove(self.path)
        self._connect()

    def _give_up(self, error: Exception) -> None:
        _warn(f"the cache {self.path} cannot be used ({error}); the work goes on without it")
        self._close()

    def _close(self) -> None:
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
        self._database = None


def _damaged(error: Exception) -> bool:
    """Is the file no sound database? Otherwise it is locked, full, or may not be written."""
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorcode == sqlite3.SQLITE_ERROR  # a table or column is not there that we have made
    return isinstance(error, sqlite3.DatabaseError | UnicodeError) and not isinstance(error, sqlite3.ProgrammingError)


def _prune(folder: Path, own: Path) -> None:
    """Remove the files of versions that were not used for longest."""
    with suppress(OSError):
        own.touch()
        files = sorted(folder.glob("coded-*.sqlite"), key=lambda path: (path != own, -path.stat().st_mtime, path.name))
        for path in files[VERSIONS:]:
            _remove(path)


def _remove(path: Path) -> None:
    # Windows does not remove what another process uses; then it stays till the next time.
    for one in (path, path.with_name(f"{path.name}-journal")):
        with suppress(OSError):
            one.unlink()


def _warn(message: str) -> None:
    warnings.warn(message[0].upper() + message[1:] + ".", RuntimeWarning, stacklevel=3)
