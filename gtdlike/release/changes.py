"""What became of the ids of the previous release, and which are new: `changes.parquet`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from attrs import astuple, frozen

from gtdlike.contract import table_schema
from gtdlike.linking import Linked
from gtdlike.linking.decided import Key
from gtdlike.release.previous import Day, Previous
from gtdlike.release.succession import Succession, keys_of
from gtdlike.release.trace import Trace

if TYPE_CHECKING:
    import pyarrow as pa

What = Literal["added", "retired", "merged", "split", "redated"]


@frozen(order=True)
class Change:
    """What happened to one id. `other` is the id that lives on (`merged`) or that it was split from (`split`)."""

    eventid: int
    change: What
    other: int | None
    reason: str


def changes_of(
    incidents: Sequence[Linked], succession: Succession, previous: Previous, trace: Trace, gone: Mapping[Key, str]
) -> list[Change]:
    """All changes since the previous release, in the order of the ids.

    `gone` says of tellings that are in no incident of this release why they are not.
    """
    now = {one.incident.eventid or 0: one for one in incidents}
    changes = [_new(eventid, one, succession) for eventid, one in now.items() if eventid not in previous.tellings]
    kept: dict[int, list[Key]] = {}
    for key, eventid in succession.origins.items():
        kept.setdefault(eventid, []).append(key)
    for eventid in previous.tellings:
        if eventid in now:
            old, new = previous.dates[eventid], _day(now[eventid])
            if old != new:
                changes.append(Change(eventid, "redated", None, f"{_shown(old)} is now {_shown(new)}"))
            continue
        keys, lives_on = kept.get(eventid, []), succession.merged.get(eventid)
        if lives_on in now:
            changes.append(Change(eventid, "merged", lives_on, _together(now[lives_on], keys, lives_on)))
        else:
            why = next((gone[key] for key in keys if key in gone), None) or _untold(previous.tellings[eventid], trace)
            changes.append(Change(eventid, "retired", None, why))
    return sorted(changes, key=lambda one: (one.eventid, one.change))


def changes_table(changes: Iterable[Change]) -> pa.Table:
    """The changes as a table."""
    import pyarrow as pa

    schema = table_schema("changes")
    rows = [dict(zip(schema.names, astuple(one), strict=True)) for one in changes]
    return pa.Table.from_pylist(rows, schema=schema)


def retired(changes: Iterable[Change], previous: Previous) -> dict[int, int | None]:
    """All ids that were ever retired, each with the one that lives on, if there is one. None is given again."""
    new = {one.eventid: one.other for one in changes if one.change in ("retired", "merged")}
    return dict(sorted({**previous.retired, **new}.items()))


def _new(eventid: int, one: Linked, succession: Succession) -> Change:
    keys = keys_of(one)
    origins = Counter(succession.origins[key] for key in keys if key in succession.origins)
    articles = _listed(key[0] for key in keys)
    if not origins:
        return Change(eventid, "added", None, f"told by {articles}")
    origin = origins.most_common(1)[0][0]
    who = _deciders(one)
    return Change(
        eventid,
        "split",
        origin,
        f"decided by {who}" if who else f"what {articles} tells does not fit {origin} any more",
    )


def _together(one: Linked, keys: Sequence[Key], lives_on: int) -> str:
    if who := _deciders(one):
        return f"decided by {who}"
    if not keys:
        return f"what now tells of it tells of {lives_on}"
    ours = [m for m in one.members if (m.article.id, m.telling) in keys]
    fit = next((m.fit for m in (*ours, *one.members) if m.fit is not None), None)
    return f"linked by the rules: {fit}" if fit else f"what {_listed(key[0] for key in keys)} tells is {lives_on}"


def _untold(keys: Iterable[Key], trace: Trace) -> str:
    """Why nothing tells of an incident any more."""
    articles = {key[0] for key in keys}
    there, away = articles & trace.articles.keys(), articles - trace.articles.keys()
    parts = [f"not told any more by {_listed(there)}"] if there else []
    return "; ".join([*parts, f"not in the input any more: {_listed(away)}"] if away else parts)


def _deciders(one: Linked) -> str:
    return ", ".join(sorted({m.decided_by for m in one.members if m.decided_by}))


def _day(one: Linked) -> Day:
    date = one.incident.date
    return date.year, date.month, date.day


def _shown(day: Day) -> str:
    return "-".join("?" if part is None else f"{part:02}" for part in day)


def _listed(names: Iterable[str], most: int = 5) -> str:
    found = sorted(set(names))
    rest = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(found[:most]) + rest
