"""A newsroom whose articles are written as data, and the releases that are built from them month by month."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from attrs import define, field

from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
from gtdlike.evidence import Evidence, How
from gtdlike.release import Manifest, build
from gtdlike.rows import from_row

INCIDENT = {
    "iyear": 2016, "imonth": 3, "iday": 22, "extended": 0, "country": 21, "region": 8, "provstate": "Brussels",
    "city": "Zaventem", "specificity": 2, "vicinity": 0, "crit1": 1, "crit2": 1, "crit3": 1, "doubtterr": 0,
    "multiple": 0, "success": 1, "suicide": 0, "attacktype1": 3, "weaptype1": 6, "targtype1": 6, "target1": "Airport",
    "natlty1": 21, "gname": "Unknown", "individual": 0, "nkill": 16, "property": -9, "ishostkid": 0, "INT_LOG": -9,
    "INT_IDEO": -9, "INT_MISC": 0, "INT_ANY": -9,
}  # fmt: skip
OPENING = "The news of the day is told in this article, and it was written for the test of the releases."


class DataCoder:
    """Reads the incidents after the first line of an article, as JSON lines: what differs from the incident above."""

    def code(self, article: Article) -> list[CodedIncident]:
        coded = []
        for line in article.text.splitlines()[1:]:
            row = {k: v for k, v in {**INCIDENT, **json.loads(line)}.items() if v is not None}
            evidence = tuple(Evidence(name, How.STATED, "data", 0, 3, article.text[:3]) for name in row)
            coded.append(CodedIncident(article.id, from_row(row), evidence))
        return coded


class BackwardsCoder(DataCoder):
    """A later coder, which gives the incidents of an article from its end."""

    def code(self, article: Article) -> list[CodedIncident]:
        return super().code(article)[::-1]


@define
class Release:
    """A release on disk."""

    folder: Path
    manifest: Manifest

    def rows(self, name: str = "incidents") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = pq.read_table(self.folder / f"{name}.parquet").to_pylist()
        return found

    @property
    def ids(self) -> dict[tuple[str, int], int]:
        """The id of each telling's incident."""
        return {(row["article_id"], row["telling"]): row["eventid"] for row in self.rows("links")}

    def id(self, article: str, telling: int = 1) -> int:
        return self.ids[article, telling]

    def row(self, eventid: int) -> dict[str, Any]:
        return next(row for row in self.rows() if row["eventid"] == eventid)

    @property
    def changes(self) -> list[tuple[int, str, int | None]]:
        return [(row["eventid"], row["change"], row["other"]) for row in self.rows("changes")]

    @property
    def fates(self) -> list[str]:
        """The fates of the decisions, in their order."""
        return [one.fate.value for one in self.manifest.decisions]

    @property
    def problems(self) -> list[str]:
        return [f"{one.place('decisions.csv')}: {one.message}" for one in self.manifest.decisions if one.message]


@define
class Newsroom:
    """Articles by their ids: what each tells, as differences from the incident above."""

    folder: Path
    articles: dict[str, tuple[dict[str, Any], ...]] = field(factory=dict)
    opening: dict[str, str] = field(factory=dict)
    backwards: bool = False

    def tell(self, article: str, *incidents: dict[str, Any]) -> None:
        """Write an article, or correct it."""
        self.articles[article] = incidents

    def release(self, name: str, decisions: str | None = None, previous: Release | None = None) -> Release:
        """Build a release of all articles. `decisions` is the text of the file."""
        lines = []
        for article, incidents in self.articles.items():
            text = "\n".join([self.opening.get(article, OPENING), *map(json.dumps, incidents)])
            lines.append(json.dumps({"id": article, "text": text, "published": "2016-04-30", "title": article}))
        (self.folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
        file = None
        if decisions is not None:
            file = self.folder / f"{name}-decisions.csv"
            file.write_text(decisions, encoding="utf-8")
        output = self.folder / name
        manifest = build(
            [self.folder / "articles.jsonl"],
            output,
            coder=BackwardsCoder() if self.backwards else DataCoder(),
            processes=1,
            previous=previous and previous.folder,
            decisions=file,
        )
        return Release(output, manifest)


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


@pytest.fixture(scope="session")
def new_newsroom() -> Callable[[Path], Newsroom]:
    """A newsroom in a folder, for tests that make many."""
    return Newsroom
