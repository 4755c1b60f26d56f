"""All that the descriptions of a release tell: what was said about it, how it was made, and what its tables hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

from gtdlike.codebook import Codebook
from gtdlike.formats.statistics import Statistics, statistics
from gtdlike.release.describe.about import About
from gtdlike.release.describe.files import ABOUT_FILES
from gtdlike.release.describe.tables import Table, tables_of
from gtdlike.release.eventids import DECISION
from gtdlike.release.manifest import Manifest

if TYPE_CHECKING:
    import polars as pl

HOW: Final = ("decided", "stated", "inferred", "default")
"""How a value was arrived at, the best way first: as the evidence says, or else decided by a person."""
DECISIONS: Final = "decisions.csv"


@frozen
class ReleaseFacts:
    """The facts of one release. The files of `manifest` are those of the data, with their digests."""

    folder: Path
    codebook: Codebook
    about: About
    manifest: Manifest
    tables: Sequence[Table] = field(repr=False)
    statistics: Mapping[str, Statistics] = field(repr=False)
    first: str | None
    """The earliest date of an incident: year, month and day as far as they are known."""
    last: str | None
    years: Sequence[tuple[str, int]]
    """The incidents of each year that has any, in order."""
    countries: Sequence[int]
    """The codes of the countries, the most frequent first."""
    sums: Mapping[str, int]
    """The sum of each variable that counts people killed or wounded, over the incidents of which it is known."""
    cells: Mapping[str, int]
    """How many cells of the incidents are decided by a person, stated, inferred or a default."""
    sources: Mapping[str, int]
    """`articles` and `publishers` that are cited, `several`: incidents that more than one article tells of; `differ`:
    variables of an incident for which the articles differ."""
    changes: Mapping[str, int]
    """What became of event ids since the previous release, by what it was; empty where there was none."""
    decisions: Mapping[str, int]
    """The decisions of people that hold in the release, by what they do."""

    @classmethod
    def of(cls, folder: Path, manifest: Manifest, codebook: Codebook, about: About) -> ReleaseFacts:
        """Read the facts from the tables in the folder of a release."""
        import polars as pl

        incidents = pl.read_parquet(folder / "incidents.parquet")
        counted = statistics(incidents, codebook)
        countries = counted["country"].counts if "country" in counted else {}
        first, last = _span(incidents)
        return cls(
            folder=folder,
            codebook=codebook,
            about=about,
            manifest=evolve(manifest, files={k: v for k, v in manifest.files.items() if k not in ABOUT_FILES}),
            tables=tables_of(folder, {name: v.definition for name, v in codebook.variables.items()}),
            statistics=counted,
            first=first,
            last=last,
            years=_years(incidents),
            countries=sorted(countries, key=lambda code: (-countries[code], codebook.label("country", code) or "")),
            sums={
                name: int(incidents.filter(pl.col(name) >= 0)[name].sum())
                for name in ("nkill", "nkillter", "nwound", "nwoundte")
                if name in incidents.columns
            },
            cells=_cells(folder),
            sources=_sources(folder),
            changes=_changes(folder),
            decisions=_decisions(folder),
        )

    @property
    def title(self) -> str:
        """The title of the release, as it was given, or else one that says what it is."""
        return self.about.title or "Incidents coded from news articles"

    @property
    def name(self) -> str:
        """The title as a name for machines: small letters, digits and hyphens."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-") or "incidents"

    @property
    def description(self) -> str:
        """What the release is, as it was given, or else in one sentence from its figures."""
        if self.about.description:
            return self.about.description
        return (
            f"{_number(self.manifest.incidents, 'incident')} in the style of the Global Terrorism Database, coded from "
            f"{_number(self.manifest.articles, 'news article')} by {self.program} with version "
            f"{self.codebook.version} of the codebook {self.codebook.id!r}; with the evidence for each value."
        )

    @property
    def program(self) -> str:
        """The program that made the release, with its version."""
        version = self.manifest.gtdlike
        return "gtdlike from its sources" if version == "source" else f"gtdlike {version}"

    @property
    def table(self) -> Mapping[str, Table]:
        """The tables by their names."""
        return {one.name: one for one in self.tables}

    def country(self, code: int) -> str:
        """The name of a country."""
        return self.codebook.label("country", code) or ""

    def iso(self, code: int) -> str | None:
        """The two letters of ISO 3166 of a country, if it has any."""
        return next((one.iso for one in self.codebook.countries if one.code == code), None)

    @property
    def citation(self) -> str:
        """How to cite the release, from what is known of it."""
        about = self.about
        who = "; ".join(one.sorted_name for one in about.creators)
        year = f" ({about.published.year})" if about.published else ""
        begin = f"{who}{year}. " if who else ""
        version = f", version {about.version}" if about.version else ""
        alone = f"{year}" if not who else ""
        where = f" {about.address}" if about.address else ""
        return f"{begin}{self.title}{version}{alone} [Data set].{where}"


def _span(incidents: pl.DataFrame) -> tuple[str | None, str | None]:
    import polars as pl

    if not {"iyear", "imonth", "iday"} <= set(incidents.columns):
        return None, None
    known = incidents.select("iyear", pl.col("imonth", "iday").fill_null(0)).drop_nulls("iyear")
    if known.is_empty():
        return None, None
    dates = sorted(known.unique().iter_rows())
    return _date(*dates[0]), _date(*dates[-1])


def _years(incidents: pl.DataFrame) -> list[tuple[str, int]]:
    if "iyear" not in incidents.columns:
        return []
    counts = incidents["iyear"].drop_nulls().value_counts().sort("iyear")
    return [(str(year), number) for year, number in counts.iter_rows()]


def _date(year: int, month: int, day: int) -> str:
    return f"{year:04}" + (f"-{month:02}" + (f"-{day:02}" if day else "") if month else "")


def _cells(folder: Path) -> Mapping[str, int]:
    """Several pieces of evidence may stand for one cell: the best of them says how it was arrived at."""
    import polars as pl

    how = pl.when(pl.col("rule").str.starts_with(DECISION)).then(pl.lit("decided")).otherwise(pl.col("how"))
    rank = how.cast(pl.String).replace_strict(list(HOW), list(range(len(HOW))), return_dtype=pl.Int8)
    best = pl.scan_parquet(folder / "evidence.parquet").group_by("eventid", "variable").agg(rank.min().alias("rank"))
    counts = dict(best.group_by("rank").len().collect().iter_rows())
    return {how: counts.get(number, 0) for number, how in enumerate(HOW)}


def _sources(folder: Path) -> Mapping[str, int]:
    import polars as pl

    sources = pl.read_parquet(folder / "sources.parquet", columns=["eventid", "article_id", "source"])
    reports = pl.scan_parquet(folder / "reports.parquet").select("eventid", "variable", "value")
    differ = reports.drop_nulls("value").group_by("eventid", "variable").agg(pl.col("value").n_unique().alias("values"))
    return {
        "articles": sources["article_id"].n_unique(),
        "publishers": sources["source"].drop_nulls().n_unique(),
        "several": int((sources.group_by("eventid").agg(pl.col("article_id").n_unique())["article_id"] > 1).sum()),
        "differ": differ.filter(pl.col("values") > 1).select(pl.len()).collect().item(),
    }


def _changes(folder: Path) -> Mapping[str, int]:
    import polars as pl

    path = folder / "changes.parquet"
    if not path.is_file():
        return {}
    return dict(pl.read_parquet(path, columns=["change"])["change"].value_counts().sort("change").iter_rows())


def _decisions(folder: Path) -> Mapping[str, int]:
    import polars as pl

    path = folder / DECISIONS
    if not path.is_file():
        return {}
    decisions = pl.read_csv(path, infer_schema=False)
    if "withdrawn" in decisions.columns:
        decisions = decisions.filter(pl.col("withdrawn").is_null())
    return dict(decisions["decision"].value_counts().sort("decision").iter_rows())


def _number(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"
