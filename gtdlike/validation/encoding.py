"""A file as UTF-8, whatever it was written in: UTF-8 with or without a mark, UTF-16 with one, or Windows-1252."""

from __future__ import annotations

import codecs
import re
import struct
from typing import IO, Protocol

BLOCK = 2 << 20
"""How many bytes are read at a time."""

_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# How many characters beyond ASCII settle the question, and in how many blocks at most they are looked for.
_ENOUGH, _LOOK_AHEAD = 64, 4

_SEQUENCE = rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
# A character as UTF-8 writes it, or a byte that UTF-8 cannot have there.
_BEYOND_ASCII = re.compile(rb"%s|[\x80-\xff]" % _SEQUENCE)
# The same, where it touches a letter, and Windows-1252 knows it: `Bogot\xe1`. A byte alone in its cell is no word.
_IN_A_WORD = re.compile(rb"(?:%s)|(?:(?<=[A-Za-z])|(?=.[A-Za-z]))([\x80\x82-\x8c\x8e\x91-\x9c\x9e-\xff])" % _SEQUENCE)


class Around:
    """Something around a file, that is read once from its beginning: what Arrow asks of a file beside `read`."""

    file: Closeable

    @property
    def closed(self) -> bool:
        return self.file.closed

    def close(self) -> None:
        self.file.close()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def writable(self) -> bool:
        return False


class Closeable(Protocol):
    """A file that can be closed."""

    @property
    def closed(self) -> bool: ...

    def close(self) -> None: ...


class Utf8(Around):
    """A binary file that reads as UTF-8. A byte that its encoding does not have becomes U+FFFD, in its cell alone.

    Without a mark the first characters beyond ASCII tell the encoding: it is Windows-1252 if among them bytes that
    UTF-8 cannot have, but that stand in words, are more than the characters of UTF-8. `notes` then says so.
    """

    file: IO[bytes]

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.notes: list[str] = []
        self._ready = b""
        self._ahead: list[bytes] = []
        self._decoder: codecs.IncrementalDecoder | None = None
        self._decided = False
        self._rest = b""
        self._ended = False
        self._begin()

    def _begin(self) -> None:
        head = b""
        while len(head) < 3 and (more := self.file.read(BLOCK)):
            head += more
        if (encoding := _MARKS.get(head[:2])) is not None:
            head = head[2:]
            self._read_as(encoding)
        if head := head.removeprefix(codecs.BOM_UTF8):
            self._ahead.append(head)

    def _read_as(self, encoding: str) -> None:
        self._decided = True
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def read(self, size: int = -1) -> bytes:
        """`size` bytes, and fewer only at the end.

        The CSV reader takes each answer for a block of its own, and no row may span more than two of those.
        """
        parts, length = [self._ready], len(self._ready)
        while not self._ended and (size < 0 or length < size):
            parts.append(self._block())
            length += len(parts[-1])
        data = b"".join(parts)
        end = length if size < 0 else size
        data, self._ready = data[:end], data[end:]
        return data

    def _block(self) -> bytes:
        raw = self._ahead.pop(0) if self._ahead else self.file.read(BLOCK)
        self._ended = not raw
        if not self._decided and not raw.isascii():
            self._decide(raw)
        if self._decoder is not None:
            return self._decoder.decode(raw, final=self._ended).encode("utf-8", "replace")
        raw = self._rest + raw
        end = len(raw) if self._ended else _whole(raw)
        raw, self._rest = raw[:end], raw[end:]
        return raw if is_utf8(raw) else raw.decode("utf-8", "replace").encode()

    def _decide(self, raw: bytes) -> None:
        looked, whole = [raw], False
        while not whole and len(looked) < _LOOK_AHEAD and _count(looked) < _ENOUGH:
            more = self.file.read(BLOCK)
            whole = not more
            if more:
                self._ahead.append(more)
                looked.append(more)
        self._decided = True
        if is_windows_1252(b"".join(looked)):
            self._read_as("cp1252")
            self.notes.append("It was read as Windows-1252, because it is not UTF-8.")


def is_windows_1252(data: bytes) -> bool:
    """Whether what UTF-8 cannot read, and stands in words, is more than what it can."""
    if data.isascii() or is_utf8(data[: _whole(data)]):
        return False
    found = [match[1] is not None for match in _IN_A_WORD.finditer(data)]
    return 2 * sum(found) > len(found)


def is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 from end to end."""
    import pyarrow as pa

    if data.isascii():
        return True
    offsets = pa.py_buffer(struct.pack("=qq", 0, len(data)))
    try:
        # Several times as fast as bytes.decode, which makes a string of them.
        pa.Array.from_buffers(pa.large_binary(), 1, [None, offsets, pa.py_buffer(data)]).cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _count(blocks: list[bytes]) -> int:
    """How many characters there are beyond ASCII; it stops counting where they are enough."""
    count = 0
    for block in blocks:
        for _ in _BEYOND_ASCII.finditer(block):
            count += 1
            if count >= _ENOUGH:
                return count
    return count


def _whole(data: bytes) -> int:
    """Where bytes end, without a character of UTF-8 that was begun only."""
    for back in range(1, min(3, len(data)) + 1):
        byte = data[-back]
        if byte < 0x80:
            break
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) - back if length > back else len(data)
    return len(data)
