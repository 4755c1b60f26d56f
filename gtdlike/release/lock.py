"""A lock that the system takes away from a process that dies, so that none is ever left behind."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_UNKNOWN: Final = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What the system says where the file system, often one on the network, knows no locks."""


class Taken(Exception):
    """Another process holds the lock."""


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Hold a lock file for as long as the block runs; the file is gone afterwards.

    Gives False where the file system knows no locks, so that nothing is held. Raises Taken if another process, or
    another thread of this one, holds it, and OSError if the file cannot be made.
    """
    handle, held = _open(path)
    try:
        yield held
    finally:
        if sys.platform == "win32":
            # An open file cannot be removed there; who opened it in between keeps it.
            os.close(handle)
            with suppress(OSError):
                path.unlink()
        else:
            # While it is still locked: who waits for this file finds that it is no longer the one of this name.
            path.unlink(missing_ok=True)
            os.close(handle)


def _open(path: Path) -> tuple[int, bool]:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            held = _lock(handle)
            # The last holder may have removed the file between our opening and our locking it.
            if sys.platform == "win32" or not held or _is(handle, path):
                return handle, held
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _is(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _lock(handle: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise Taken from error
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Taken from error
    except OSError as error:
        if error.errno in _UNKNOWN:
            return False
        raise
    return True
