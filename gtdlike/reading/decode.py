"""Bytes to text: UTF-8 first, UTF-16 where it says so, the Windows code page 1252 where nothing speaks against it."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import Any, Final

from gtdlike.reading.base import MAX_BYTES, Unreadable, note

# Files that begin so are no text, whatever they are called.
SIGNATURES: Final = (
    (b"%PDF", "a PDF", "Extract its text first, for instance with pdftotext."),
    (b"PK\x03\x04", "a ZIP archive or an office document", "Unpack it, or save the document as plain text."),
    (b"\xd0\xcf\x11\xe0", "an old office document", "Save it as plain text."),
    (b"\x1f\x8b", "compressed (gzip)", "Unpack it first, for instance with gunzip."),
    (b"{\\rtf", "a rich text document", "Save it as plain text."),
    (b"PAR1", "a Parquet table", "Name it .parquet."),
)
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")
_GUESSED: Final = "it is not UTF-8 and was read as Windows-1252; check names with accents, or save it as UTF-8"


def decode(data: bytes, origin: str) -> str | Unreadable:
    """The text of a whole file, or why there is none."""
    for signature, what, remedy in SIGNATURES:
        if data.startswith(signature):
            return Unreadable(origin, f"It is {what}, not text", remedy)
    if data.startswith(_UTF16):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            return Unreadable(origin, "It begins as UTF-16 and does not go on so", "Save it again as UTF-8.")
    if _is_binary(data):
        return Unreadable(origin, "It holds binary data, not text", "Give the article as plain text in UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"byte {error.start + 1:,} is not UTF-8"
    text = _as_cp1252(data)
    if text is None:
        return Unreadable(origin, f"Its encoding is not known ({where})", "Save it again as UTF-8.")
    note(origin, _GUESSED)
    return text


def lines(stream: io.BufferedReader[Any], origin: str) -> Iterator[tuple[int, str | None]]:
    """Numbered lines with their ends, one at a time; None for a line that is too long to be held in memory.

    A line that no encoding fits keeps its bytes as lone surrogates, so that only its own record is refused.
    """
    head = stream.peek(4)
    if head.startswith(_UTF16):
        text_stream = io.TextIOWrapper(stream, encoding="utf-16", errors="surrogatepass", newline="")
        number = 0
        try:
            for number, text in enumerate(text_stream, start=1):
                yield number, text
        except UnicodeDecodeError:
            yield number + 1, "\udcff"
        finally:
            text_stream.detach()
        return
    if head.startswith(codecs.BOM_UTF8):
        stream.read(len(codecs.BOM_UTF8))
    guessed = False
    number = 0
    while line := stream.readline(MAX_BYTES):
        number += 1
        if len(line) >= MAX_BYTES and not line.endswith(b"\n"):
            while (more := stream.readline(MAX_BYTES)) and not more.endswith(b"\n"):
                continue
            yield number, None
            continue
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            known = _as_cp1252(line)
            if known is not None and not guessed:
                note(f"{origin}:{number}", _GUESSED + " (said once a file)")
                guessed = True
            text = line.decode("utf-8", "surrogateescape") if known is None else known
        yield number, text


def _as_cp1252(data: bytes) -> str | None:
    """The text in the code page that most old Western files are in, unless a byte has no meaning in it."""
    if _CONTROLS.intersection(data):
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _is_binary(data: bytes) -> bool:
    """A NUL byte, or more control characters than a stray one here and there."""
    sample = data[:65536]
    return b"\0" in data or sum(byte in _CONTROLS for byte in sample) * 100 > len(sample)
