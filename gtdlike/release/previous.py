"""The release before this one: its ids, the tellings of each, and the articles that they were told by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from gtdlike.codebook import Codebook
from gtdlike.errors import ReadError
from gtdlike.incident import Incident
from gtdlike.linking.decided import Key
from gtdlike.release.folder import MANIFEST, put_back
from gtdlike.release.manifest import File
from gtdlike.rows import from_table

if TYPE_CHECKING:
    import pyarrow as pa

DECISIONS = "decisions.csv"
"""The decisions that a release was built with, which the next build takes up again."""

Day = tuple[int | None, int | None, int | None]


@frozen
class OldArticle:
    """An article of the previous release, and how many incidents it told."""

    digest: str
    incidents: int


@frozen
class Previous:
    """What a build needs of the previous release. Without one, all of it is empty."""

    folder: Path | None = None
    digest: str | None = None
    """The SHA-256 of its manifest, which names it."""
    coder: tuple[str, str] = ("", "")
    """The version of this package and the coder that it was made with."""
    articles: Mapping[str, OldArticle] = field(factory=dict)
    tellings: Mapping[int, tuple[Key, ...]] = field(factory=dict)
    """The tellings of each incident, in the order of its links."""
    dates: Mapping[int, Day] = field(factory=dict)
    retired: Mapping[int, int | None] = field(factory=dict)
    """The ids that were retired up to then, each with the one that lives on, if there is one."""
    table: pa.Table | None = field(default=None, repr=False)
    """Its incidents, in the order of `tellings`."""

    @classmethod
    def read(cls, folder: Path, codebook: Codebook) -> Previous:
        """Read a release. Raises ReadError where the folder is none, is damaged, or is of another codebook."""
        put_back(folder)
        manifest = _manifest(folder)
        if manifest["codebook"] != codebook.id:
            problem = f"The release is of the codebook {manifest['codebook']!r}, and this one is of {codebook.id!r}."
            raise ReadError(problem, str(folder), remedy="Give a previous release of the same codebook.")
        incidents, links = (_table(folder, name, manifest) for name in ("incidents", "links"))
        tellings: dict[int, list[Key]] = {eventid: [] for eventid in incidents.column("eventid").to_pylist()}
        for link in links.select(["eventid", "article_id", "telling"]).to_pylist():
            if link["eventid"] not in tellings:
                raise _damaged(folder / "links.parquet", f"It names {link['eventid']}, which is no incident there.")
            tellings[link["eventid"]].append((link["article_id"], link["telling"]))
        days = zip(*(incidents.column(name).to_pylist() for name in ("iyear", "imonth", "iday")), strict=True)
        return cls(
            folder=folder,
            digest=File.of(folder / MANIFEST).sha256,
            coder=(manifest["gtdlike"], manifest["options"]["coder"]),
            articles={
                one["id"]: OldArticle(one["digest"], one["incidents"])
                for one in manifest["inputs"]
                if one["id"] is not None
            },
            tellings={eventid: tuple(keys) for eventid, keys in tellings.items()},
            dates=dict(zip(tellings, days, strict=True)),
            retired={int(eventid): other for eventid, other in manifest.get("retired", {}).items()},
            table=incidents.select([name for name in incidents.column_names if name in codebook.variables]),
        )

    @property
    def decisions(self) -> Path | None:
        """The file of the decisions that it was built with, if there were any."""
        path = None if self.folder is None else self.folder / DECISIONS
        return path if path and path.is_file() else None

    def incidents(self, eventids: Iterable[int]) -> dict[int, Incident]:
        """Incidents as they were, by their ids. Raises RowError where a row is none of the codebook's."""
        wanted = set(eventids)
        if self.table is None or not wanted:
            return {}
        places = [place for place, eventid in enumerate(self.tellings) if eventid in wanted]
        found = from_table(self.table.take(places))
        return {one.eventid: one for one in found if one.eventid is not None}

    def living(self, eventid: int) -> int | None:
        """The incident of the release that an id stands for: itself, or the one that it was merged into."""
        seen: set[int] = set()
        now: int | None = eventid
        while now is not None and now not in self.tellings and now not in seen:
            seen.add(now)
            now = self.retired.get(now)
        return now if now in self.tellings else None


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        problem = "This is no release" + (
            f" (it has no {MANIFEST})." if folder.is_dir() else ": there is no such folder."
        )
        raise ReadError(problem, str(folder), remedy="Name the folder of the release before, as --previous RELEASE.")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if not {"codebook", "files", "gtdlike", "inputs", "options"} <= manifest.keys():
            raise ValueError("entries are missing")
    except (ValueError, AttributeError) as error:
        raise _damaged(path, f"It is not the manifest of a release ({error}).") from error
    return dict(manifest)


def _table(folder: Path, name: str, manifest: Mapping[str, Any]) -> pa.Table:
    from gtdlike.export import read_table

    path = folder / f"{name}.parquet"
    if path.name not in manifest["files"]:
        remedy = "Build that release again with this version of gtdlike."
        raise ReadError(f"The release has no {path.name}, so its ids cannot be kept.", str(folder), remedy=remedy)
    if not path.is_file():
        raise _damaged(path, "The file is missing.")
    if File.of(path).sha256 != manifest["files"][path.name]["sha256"]:
        raise _damaged(path, "It is not the file that the release was built with (its digest is another).")
    return read_table(path)


def _damaged(path: Path, problem: str) -> ReadError:
    return ReadError(problem, str(path), remedy="Fetch the release again, or build it again.")
