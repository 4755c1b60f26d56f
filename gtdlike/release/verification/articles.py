"""The articles at hand, found by what the release knows of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from gtdlike.article import Article
from gtdlike.errors import ReadError
from gtdlike.reading import Unreadable, read
from gtdlike.release.verification.result import Check

if TYPE_CHECKING:
    import pyarrow as pa


def articles_at_hand(
    inputs: Iterable[str | Path], sources: pa.Table | None, check: Check
) -> tuple[dict[str, Article], list[str]]:
    """The articles by their ids in the release, and what could not be read.

    An article is the one of a source if it has its text, by the digest. Where only the id is the same, the text was
    altered on one of the two sides, which is a problem. Raises ReadError if no article at all can be read.
    """
    by_digest: dict[str, Article] = {}
    by_id: dict[str, Article] = {}
    unread: list[str] = []
    for item in read(inputs):
        if isinstance(item, Unreadable):
            unread.append(str(item))
        else:
            by_digest[item.digest] = by_id[item.id] = item
    if not by_id:
        first = f" {unread[0]}" if unread else ""
        raise ReadError(f"None of the articles can be read.{first}", remedy="Give the articles as for `gtdlike build`.")
    if sources is None:
        check.skipped = "not checked: sources.parquet cannot be read"
        return {}, unread
    known = dict(zip(sources["article_id"].to_pylist(), sources["digest"].to_pylist(), strict=True))
    found: dict[str, Article] = {}
    for name, digest in known.items():
        if digest in by_digest:
            found[name] = by_digest[digest]
        elif name in by_id:
            message = f"The article {name!r} that was given has another text than the one that the release was made of."
            check.add("sources.parquet", f"article_id {name}", message, "Give the articles as they were at the build.")
    if known and not found and not check.problems:
        message = "Not one of the articles that were given is a source of the release."
        check.add("sources.parquet", None, message, "Give the articles that the release was made of.")
    check.counted += len(found)
    return found, unread
