"""What one table names is there in the others: incidents, articles, tellings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gtdlike.contract import COLUMNS, OPTIONAL
from gtdlike.engines import Fate
from gtdlike.release.manifest import Manifest
from gtdlike.release.verification.files import AGAIN
from gtdlike.release.verification.result import FEW, Check

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

PAIR = ["eventid", "article_id"]
LIVE = ("added", "split", "redated")
GONE = ("retired", "merged")


def check_keys(tables: Mapping[str, pa.Table], manifest: Manifest | None, check: Check) -> None:
    """Follow every eventid and article_id from table to table, as far as the tables can be read."""
    frames = {name: frame_of(table, name) for name, table in tables.items()}
    lacking = [name for name in ("incidents", *COLUMNS) if name not in frames and name not in OPTIONAL]
    if lacking:
        check.skipped = f"not followed to {', '.join(lacking)}, which cannot be read"
    check.counted += sum(frame.height for frame in frames.values())
    incidents, sources, links = (frames.get(name) for name in ("incidents", "sources", "links"))
    if incidents is not None:
        _once("incidents", incidents, ["eventid"], check)
        for name in ("evidence", "sources", "reports", "links"):
            if name in frames:
                _all_in(name, frames[name], ["eventid"], incidents, "incidents.parquet", check)
        for name, those in (("sources", sources), ("links", links)):
            if those is not None:
                _all_in("incidents", incidents, ["eventid"], those, f"{name}.parquet", check)
        if "changes" in frames:
            _changes(frames["changes"], incidents, check)
    if sources is not None:
        _once("sources", sources, PAIR, check)
        for name in ("evidence", "reports", "links"):
            if name in frames:
                # What is concluded from all sources together names no article.
                named = frames[name].drop_nulls("article_id") if name == "evidence" else frames[name]
                _all_in(name, named, PAIR, sources, "sources.parquet", check)
        if links is not None:
            _all_in("sources", sources, PAIR, links, "links.parquet", check)
    if links is not None:
        _once("links", links, ["article_id", "telling"], check)
    if manifest is not None:
        _inputs(manifest, sources, links, check)
        if incidents is not None:
            _retired(manifest, incidents, frames.get("changes"), check)


def frame_of(table: pa.Table, name: str) -> pl.DataFrame:
    """The columns that keys are made of, with the number of each row from 1."""
    import polars as pl

    keys = {
        "incidents": ["eventid"], "sources": [*PAIR, "digest"], "links": [*PAIR, "telling"],
        "changes": ["eventid", "change", "other"],
    }.get(name, PAIR)  # fmt: skip
    frame = pl.from_arrow(table.select(keys))
    assert isinstance(frame, pl.DataFrame)
    return frame.with_row_index("row", offset=1)


def report(name: str, wrong: pl.DataFrame, message: str, check: Check) -> None:
    """Put rows on record. In the message a column's name in braces stands for its cell."""
    found = [(place_of(row), message.format_map(row)) for row in wrong.head(FEW).to_dicts()]
    check.add_some(f"{name}.parquet", found, AGAIN, wrong.height)


def place_of(row: Mapping[str, Any]) -> str:
    """A row by its number, and by its eventid and variable where it has them."""
    told = ", ".join(f"{key} {row[key]}" for key in ("eventid", "variable") if key in row)
    return f"row {row['row']}" + (f" ({told})" if told else "")


def _once(name: str, frame: pl.DataFrame, keys: list[str], check: Check) -> None:
    """Every row has all of its keys, and no other row has the same ones."""
    import polars as pl

    blank = frame.filter(pl.any_horizontal(pl.col(keys).is_null()))
    report(name, blank, f"The {' or '.join(keys)} is blank.", check)
    twice = frame.drop_nulls(keys).filter(pl.struct(keys).is_first_distinct().not_())
    told = " and ".join(f"{key} {{{key}}}" for key in keys)
    report(name, twice, f"An earlier row has the {told} too.", check)


def _all_in(name: str, frame: pl.DataFrame, keys: list[str], others: pl.DataFrame, file: str, check: Check) -> None:
    lacking = frame.join(others.select(keys).unique(), on=keys, how="anti", maintain_order="left")
    told = " and ".join(f"{key} {{{key}}}" for key in keys)
    report(name, lacking, f"The {told} is not in {file}.", check)


def _inputs(manifest: Manifest, sources: pl.DataFrame | None, links: pl.DataFrame | None, check: Check) -> None:
    """Every source is an article that was coded, with the digest that the manifest has; and so is every telling."""
    import polars as pl

    coded = [one for one in manifest.inputs if one.fate == Fate.CODED.value and one.id is not None]
    inputs = pl.DataFrame(
        {
            "article_id": [one.id for one in coded],
            "known": [one.digest for one in coded],
            "tells": [one.incidents for one in coded],
        },
        schema={"article_id": pl.String, "known": pl.String, "tells": pl.Int64},
    ).unique("article_id")
    if sources is not None:
        _all_in("sources", sources, ["article_id"], inputs, "the inputs in manifest.json that were coded", check)
        joined = sources.join(inputs, on="article_id", how="inner", maintain_order="left")
        other = joined.filter(pl.col("digest").ne_missing(pl.col("known")))
        report("sources", other, "The digest of {article_id} is not the one in manifest.json, {known}.", check)
    if links is not None:
        joined = links.join(inputs, on="article_id", how="inner", maintain_order="left")
        odd = joined.filter(pl.col("telling").is_between(1, pl.col("tells")).not_())
        report("links", odd, "{article_id} tells of {tells} incidents by manifest.json; there is no telling {telling}.",
               check)  # fmt: skip


def _retired(manifest: Manifest, incidents: pl.DataFrame, changes: pl.DataFrame | None, check: Check) -> None:
    """An id that was retired once is not given again, and the manifest remembers all of them."""
    import polars as pl

    retired = {int(name) for name in manifest.retired if name.isdecimal()}
    again = incidents.filter(pl.col("eventid").is_in(list(retired)))
    report("incidents", again, "The eventid {eventid} was retired, by manifest.json, and is given again.", check)
    if changes is not None:
        gone = changes.filter(pl.col("change").is_in(GONE) & pl.col("eventid").is_in(list(retired)).not_())
        report("changes", gone, "The incident {eventid} is told as {change}, but not retired in manifest.json.", check)


def _changes(changes: pl.DataFrame, incidents: pl.DataFrame, check: Check) -> None:
    """Who lives on is in the release, and who does not is not."""
    import polars as pl

    ids = incidents["eventid"].implode()
    here, other = pl.col("eventid").is_in(ids), pl.col("other").is_in(ids)
    kind = pl.col("change")
    report("changes", changes.filter(kind.is_in([*LIVE, *GONE]).not_() | kind.is_null()),
           "{change} is no change; known are " + ", ".join((*LIVE, *GONE)) + ".", check)  # fmt: skip
    report("changes", changes.filter(kind.is_in(LIVE) & here.not_()),
           "The incident {eventid} is told as {change}, and is not in incidents.parquet.", check)  # fmt: skip
    report("changes", changes.filter(kind.is_in(GONE) & here),
           "The incident {eventid} is told as {change}, and still is in incidents.parquet.", check)  # fmt: skip
    report("changes", changes.filter((kind == "merged") & other.fill_null(False).not_()),
           "The incident {eventid} is told to be merged into {other}, which is not in incidents.parquet.",
           check)  # fmt: skip
