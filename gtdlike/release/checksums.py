"""SHA256SUMS: the digest of every file of a release, in the format of the program `sha256sum`.

Anyone can prove the files without anything of ours: `sha256sum -c SHA256SUMS` in the folder of the release.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

SUMS = "SHA256SUMS"

# 64 digits, a space, a second one that says that the file was read as text or bytes alike, the name.
_LINE = re.compile(r"([0-9a-f]{64})  ([^/\\\n\r\0]+)")


@frozen
class Checksums:
    """What a file SHA256SUMS says: the digest of each file and the line that it stands in, and what is no such line."""

    digests: dict[str, str]
    lines: dict[str, int]
    faults: tuple[tuple[int, str], ...]


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_checksums(folder: Path) -> Path:
    """Write the digests of all files of a folder, sorted by name, into SHA256SUMS in it. Nothing else may follow."""
    lines = [f"{digest(path)}  {path.name}\n" for path in _sorted(folder.iterdir()) if path.name != SUMS]
    path = folder / SUMS
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return path


def read_checksums(path: Path) -> Checksums:
    """Read SHA256SUMS to the letter: what `write_checksums` would not have written is a fault, with its line."""
    digests: dict[str, str] = {}
    lines: dict[str, int] = {}
    faults: list[tuple[int, str]] = []
    # A byte that is no UTF-8 becomes a character that no name of ours has.
    text = path.read_bytes().decode("utf-8", "replace")
    if not text.endswith("\n"):
        faults.append((text.count("\n") + 1, "The last line does not end"))
    last = ""
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        match = _LINE.fullmatch(line)
        if match is None:
            faults.append((number, "The line is not a digest in 64 small hexadecimal digits, two spaces and a name"))
            continue
        value, name = match.groups()
        if name <= last:
            faults.append((number, f"{name!r} stands twice or out of order"))
        last = name
        digests[name], lines[name] = value, number
    return Checksums(digests, lines, tuple(faults))


def _sorted(paths: Iterable[Path]) -> list[Path]:
    return sorted(paths, key=lambda path: path.name)
