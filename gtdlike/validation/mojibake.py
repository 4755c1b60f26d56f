"""Text in UTF-8 that a program took for Windows-1252 or Latin-1, and saved: `Ã©` where `é` stood."""

from __future__ import annotations

import re
from typing import Final

# What the bytes 0x80 to 0xBF, which continue a character of UTF-8, are taken for.
_NEXT = "\u0080-\u00bf" + re.escape("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ")
# A single accented letter before a quotation mark is plain French (`café »`), so only what no text has is looked for.
PATTERN: Final = "|".join(
    (
        "\ufffd",
        f"[ÂÃ][{_NEXT}]",
        f"â[€\u0080‚\u0082][{_NEXT}]",
        "[ÄÅ][\u009e\u009fžŸ±°‡\u0087]",
        f"(?:[ÄÅÐÑØÙ][{_NEXT}]){{2}}",
    )
)
"""Finds it, as a regular expression of Python and of Polars: of Latin, Cyrillic and Arabic letters and of dashes."""

_FOUND: Final = re.compile(PATTERN)
_BYTES: Final = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(256)}


def is_mojibake(text: str) -> bool:
    """Whether text has characters that only a wrong encoding makes."""
    return _FOUND.search(text) is not None


def repaired(text: str) -> str | None:
    """The text as it was, None where it cannot be told. What was saved wrong twice is repaired twice."""
    try:
        # Windows-1252 leaves five bytes out, which programs then take for those of Latin-1.
        was = bytes(_BYTES[character] if character in _BYTES else ord(character) for character in text).decode()
    except ValueError:
        return None
    return repaired(was) or was if is_mojibake(was) else was
