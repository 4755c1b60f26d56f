"""The manifest: what went into a release, what became of it, and what came out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

from gtdlike.engines.outcome import Fate, Outcome
from gtdlike.errors import ReadError
from gtdlike.release.decision import Account


@frozen
class Input:
    """One article that was given, and what became of it. `incidents` counts those that it tells of."""

    id: str | None
    digest: str | None
    origin: str | None
    fate: str
    message: str | None
    incidents: int

    @classmethod
    def of(cls, outcome: Outcome) -> Input:
        """What the manifest keeps of an outcome."""
        article, unreadable = outcome.article, outcome.unreadable
        return cls(
            id=article.id if article else None,
            digest=article.digest if article else None,
            origin=unreadable.origin if unreadable else article.url if article else None,
            fate=outcome.fate.value,
            message=outcome.message,
            incidents=len(outcome.coded),
        )

    @property
    def order(self) -> tuple[str, str, str, str]:
        """By this the inputs of a manifest are sorted, so that their order is not that in which they were given."""
        return self.id or "", self.origin or "", self.digest or "", self.message or ""


@frozen
class File:
    """One file of the release."""

    sha256: str
    bytes: int

    @classmethod
    def of(cls, path: Path) -> File:
        """The digest and size of a file."""
        with path.open("rb") as stream:
            return cls(hashlib.file_digest(stream, "sha256").hexdigest(), path.stat().st_size)


@frozen
class Manifest:
    """All that there is to know about how a release came about. It holds no times, so the same input gives the same.

    `fates` counts the articles by fate and adds up to `articles`; `coded` counts what the articles tell and adds up to
    the tellings that are `linked` into the incidents of the release, those that are `rejected` with them, and those
    `dropped` by people. `decisions` accounts for each row of `decisions.csv`. `changes` counts what became of the ids
    since the previous release; `retired` has every id that is not given any more, with the one that lives on, if any.
    """

    codebook: str
    codebook_version: str
    gtdlike: str
    options: Mapping[str, Any]
    articles: int
    fates: Mapping[str, int]
    tellings: Mapping[str, int]
    rejected: int
    rows: Mapping[str, int]
    warnings: Mapping[str, int]
    decisions: tuple[Account, ...]
    changes: Mapping[str, int]
    retired: Mapping[str, int | None]
    files: Mapping[str, File]
    inputs: tuple[Input, ...]

    @property
    def incidents(self) -> int:
        """The number of incidents in the release."""
        return self.rows["incidents"]

    def to_json(self) -> str:
        """The manifest as it stands in `manifest.json`."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """The manifest of what stands in a `manifest.json`. Raises ReadError that names the line or the field."""
        import cattrs

        try:
            return cattrs.structure(json.loads(text), cls)
        except json.JSONDecodeError as error:
            raise ReadError(f"The manifest is not JSON: {error.msg}.", place=f"line {error.lineno}") from error
        except cattrs.BaseValidationError as error:
            problems = "; ".join(cattrs.transform_error(error, "manifest"))
            raise ReadError(f"The manifest is not in its form: {problems}.") from error


def fates(inputs: Iterable[Input]) -> dict[str, int]:
    """How many articles had each fate, those that none had as well."""
    counts = {fate.value: 0 for fate in Fate}
    for one in inputs:
        counts[one.fate] += 1
    return counts


def gtdlike_version() -> str:
    """The version of this package, or `source` where it is used without being installed."""
    try:
        return version("gtdlike")
    except PackageNotFoundError:
        return "source"
