"""Files that are packed with gzip or zstd, which the first bytes tell, unpacked as they are read."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from typing import IO, Any

from gtdlike.errors import ReadError

SUFFIXES = (".gz", ".zst")
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_PIECE = 1 << 20


class Piece(io.RawIOBase):
    """A file that begins with bytes which were read from it already, or which another one unpacks.

    `read` may be that of any object; an error of unpacking becomes a ReadError.
    """

    def __init__(self, head: bytes, read: Callable[[int], bytes], origin: str) -> None:
        self.head, self.rest, self.origin = head, read, origin

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        room = len(buffer)
        if self.head:
            data, self.head = self.head[:room], self.head[room:]
        else:
            try:
                data = self.rest(room)
            except (EOFError, zlib.error, gzip.BadGzipFile, OSError) as error:
                remedy = "Pack it anew, or copy it again."
                raise ReadError(f"It cannot be unpacked to its end: {error}.", self.origin, remedy=remedy) from None
        buffer[: len(data)] = data
        return len(data)


def begun(head: bytes, file: IO[bytes], origin: str) -> IO[bytes]:
    """A file of which the head was read already, from its beginning."""
    return io.BufferedReader(Piece(head, file.read, origin), _PIECE)


def unpacked(head: bytes, file: IO[bytes], origin: str) -> IO[bytes] | None:
    """The file that is packed in one that begins with `head`, None where none is. Packed twice is unpacked once."""
    if head.startswith(_GZIP):
        return io.BufferedReader(Piece(b"", gzip.GzipFile(fileobj=begun(head, file, origin)).read, origin), _PIECE)
    if head.startswith(_ZSTD):
        import pyarrow as pa

        packed = pa.CompressedInputStream(pa.PythonFile(begun(head, file, origin), mode="r"), "zstd")
        return io.BufferedReader(Piece(b"", packed.read, origin), _PIECE)
    return None
