"""Incidents that only one side has: added, retired, merged into another one, or split from one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from gtdlike.release.comparison.side import Side

if TYPE_CHECKING:
    import polars as pl


def fates(before: Side, after: Side) -> pl.DataFrame:
    """One row for each such incident: eventid, change, other (the one that it was merged into or split from), reason.

    The new release's own record of changes counts where it fits: it may have been built upon a third release. For the
    others the sources tell: an incident was merged if one that lives on took over all the articles that tell of it.
    """
    import polars as pl

    olds, news = set(before.incidents["eventid"]), set(after.incidents["eventid"])
    told: dict[int, tuple[str, int | None, str | None]] = {}
    if after.changes is not None:
        told = _told(after.changes, olds, news)
    merged = _moved(olds - news - told.keys(), before, after)
    split = _moved(news - olds - told.keys(), after, before)
    rows: list[dict[str, Any]] = []
    for gone, plain, by_sources in ((olds - news, "retired", merged), (news - olds, "added", split)):
        for eventid in sorted(gone):
            other = by_sources.get(eventid)
            moved = None if other is None else "merged" if plain == "retired" else "split"
            found = told.get(eventid, (moved or plain, other, None))
            rows.append({"eventid": eventid, "change": found[0], "other": found[1], "reason": found[2]})
    schema = {"eventid": pl.Int64, "change": pl.String, "other": pl.Int64, "reason": pl.String}
    return pl.DataFrame(rows, schema=schema).sort("eventid")


def _told(changes: pl.DataFrame, olds: set[int], news: set[int]) -> dict[int, tuple[str, int | None, str | None]]:
    """What the record of changes says of the incidents that only one of these two sides has."""
    found = {}
    for eventid, change, other, reason in changes.select("eventid", "change", "other", "reason").iter_rows():
        gone, came = eventid in olds - news, eventid in news - olds
        if (
            (gone and (change == "retired" or (change == "merged" and other in news)))
            or (came and (change == "added" or (change == "split" and other in olds)))
        ):  # fmt: skip
            found[eventid] = (change, other if change in ("merged", "split") else None, reason)
    return found


def _moved(ids: set[int], here: Side, there: Side) -> dict[int, int]:
    """For incidents of one side, the one that both sides have and that on the other side has taken all their sources.

    It must be the only one, and must not have had any of them before: an article may tell of several incidents.
    """
    if not ids or here.sources is None or there.sources is None:
        return {}
    of: dict[int, set[str]] = defaultdict(set)
    for eventid, article in here.sources.select("eventid", "article_id").iter_rows():
        of[eventid].add(article)
    taken: dict[str, set[int]] = defaultdict(set)
    for eventid, article in there.sources.select("eventid", "article_id").iter_rows():
        if article not in of.get(eventid, {article}):
            taken[article].add(eventid)
    found = {}
    for eventid in ids:
        candidates = [taken.get(article, set()) for article in of.get(eventid, ())]
        common = set.intersection(*candidates) if candidates else set()
        if len(common) == 1:
            found[eventid] = common.pop()
    return found
