"""Every file is there, none is too many, and each has the bytes that SHA256SUMS and the manifest say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from attrs import frozen

from gtdlike.errors import ReadError, did_you_mean
from gtdlike.release.checksums import SUMS, Checksums, digest, read_checksums
from gtdlike.release.folder import MANIFEST
from gtdlike.release.manifest import File, Manifest
from gtdlike.release.verification.damage import where_damaged
from gtdlike.release.verification.result import Check

AGAIN: Final = "Take the file again from where the release was published, or build the release anew."
"""The remedy for what was altered or lost."""

# Any change of a file changes about 60 of the 64 digits. Where a few differ, the digest itself was altered.
_DIGITS_OF_A_SLIP: Final = 8


@frozen
class Listed:
    """What is said of one file: its digest in SHA256SUMS with the line there, and what the manifest has."""

    name: str
    summed: str | None
    line: int | None
    manifested: File | None


def read_manifest(folder: Path, check: Check) -> Manifest | None:
    """The manifest, or None with a problem where it is there and cannot be read."""
    path = folder / MANIFEST
    if not path.is_file():
        return None
    try:
        return Manifest.from_json(path.read_text(encoding="utf-8"))
    except ReadError as error:
        check.add(MANIFEST, error.place, error.problem, AGAIN)
    except (OSError, UnicodeDecodeError) as error:
        check.add(MANIFEST, None, f"The manifest cannot be read: {error}.", AGAIN)
    return None


def check_files(folder: Path, manifest: Manifest | None, check: Check) -> None:
    """The digest and size of every file, files missing and files too many."""
    present = {path.name: path for path in sorted(folder.iterdir(), key=lambda path: path.name)}
    sums = _sums(present, check)
    manifested = manifest.files if manifest else {}
    for name in sorted({*present, *sums.digests, *manifested} - {SUMS}):
        told = Listed(name, sums.digests.get(name), sums.lines.get(name), manifested.get(name))
        path = present.get(name)
        if path is None:
            _missing(told, present, check)
        elif told.summed is None and told.manifested is None and name != MANIFEST:
            _too_many(path, check)
        else:
            _present(path, told, SUMS in present, manifest, check)
    if manifest is None and MANIFEST not in present and MANIFEST not in sums.digests:
        check.add(MANIFEST, None, "The file is missing.", AGAIN)


def _sums(present: Mapping[str, Path], check: Check) -> Checksums:
    """What SHA256SUMS says; nothing where it is missing or no file, which is a problem."""
    if SUMS not in present:
        check.add(SUMS, None, "The file is missing, so only the manifest vouches for the others.", AGAIN)
        return Checksums({}, {}, ())
    try:
        sums = read_checksums(present[SUMS])
    except OSError as error:
        check.add(SUMS, None, f"The file cannot be read: {error.strerror}.", "Check its permissions.")
        return Checksums({}, {}, ())
    check.counted += 1
    for line, fault in sums.faults:
        check.add(SUMS, f"line {line}", f"{fault}.", AGAIN)
    return sums


def _missing(told: Listed, present: Mapping[str, Path], check: Check) -> None:
    if told.summed is not None and told.manifested is None and told.name != MANIFEST:
        guess = did_you_mean(told.name, present)
        message = f"It names the file {told.name!r}, which is not there, and which the manifest does not know."
        check.add(SUMS, f"line {told.line}", f"{message} {guess}".rstrip(), AGAIN)
    else:
        check.add(told.name, None, "The file is missing.", AGAIN)


def _too_many(path: Path, check: Check) -> None:
    what = "The folder" if path.is_dir() else "The file"
    message = f"{what} is too many: neither {SUMS} nor the manifest knows it."
    check.add(path.name, None, message, "Remove it; a release is a folder of its own.")


def _present(path: Path, told: Listed, with_sums: bool, manifest: Manifest | None, check: Check) -> None:
    name = path.name
    if path.is_dir():
        check.add(name, None, "It is a folder, and should be a file.", AGAIN)
        return
    try:
        actual = File(digest(path), path.stat().st_size)
    except OSError as error:
        check.add(name, None, f"The file cannot be read: {error.strerror}.", "Check its permissions.")
        return
    check.counted += 1
    if with_sums and told.summed is None:
        check.add(SUMS, None, f"It does not list {name!r}.", AGAIN)
    if manifest is not None and told.manifested is None and name != MANIFEST:
        check.add(MANIFEST, "files", f"It does not list {name!r}.", AGAIN)
    by_sums = told.summed in (None, actual.sha256)
    by_manifest = told.manifested in (None, actual)
    if by_sums and by_manifest:
        return
    vouched = told.manifested == actual or (told.summed == actual.sha256 and told.manifested is not None)
    if told.summed is not None and not by_sums and (vouched or _slip(told.summed, actual.sha256)):
        message = f"The digest of {name!r} was altered: the file itself is as it was."
        check.add(SUMS, f"line {told.line}", message, AGAIN)
    elif told.manifested is not None and not by_manifest and vouched:
        message = f"The digest or size of {name!r} is not that of the file, which is as {SUMS} has it."
        check.add(MANIFEST, f"files: {name}", message, AGAIN)
    else:
        _altered(path, told, actual, check)


def _altered(path: Path, told: Listed, actual: File, check: Check) -> None:
    size = ""
    if told.manifested is not None and told.manifested.bytes != actual.bytes:
        size = f" It has {actual.bytes:,} bytes instead of {told.manifested.bytes:,}."
    by = SUMS if told.summed not in (None, actual.sha256) else MANIFEST
    line = f" (line {told.line})" if by == SUMS else ""
    message = f"The file was altered: its SHA-256 is not the one in {by}{line}.{size}"
    check.add(path.name, where_damaged(path), message, AGAIN)


def _slip(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one, other, strict=True)) <= _DIGITS_OF_A_SLIP
