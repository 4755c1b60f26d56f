"""Every quote is what its digest says; and where the articles are at hand, it is what they say at its place."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Literal

from gtdlike.article import Article
from gtdlike.release.verification.keys import report
from gtdlike.release.verification.result import Check

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

Quotes = Literal["full", "altered", "none"]
"""How a release holds its quotes."""

PLACE: Final = ("start", "end", "digest")
_COLUMNS: Final = ["row", "eventid", "article_id", "variable", "start", "end", "quote", "digest"]


def check_quotes(
    evidence: pa.Table | None,
    sources: pa.Table | None,
    articles: Mapping[str, Article] | None,
    held: Quotes,
    check: Check,
) -> None:
    """Check the quotes. `articles` are those at hand by their ids in the release, None if none were given.

    A quote that is held in `full` has the digest of its row. One that was `altered` (shortened, or redacted), and one
    that was left out of a release with `none`, can only be proven by the article.
    """
    if evidence is None:
        check.skipped = "not checked: evidence.parquet cannot be read"
        return
    import polars as pl

    frame = pl.from_arrow(evidence)
    assert isinstance(frame, pl.DataFrame)
    frame = frame.with_row_index("row", offset=1).select(_COLUMNS)
    places = [pl.col(name).is_not_null() for name in PLACE]
    half = frame.filter((pl.any_horizontal(places) | pl.col("quote").is_not_null()) & pl.all_horizontal(places).not_())
    report("evidence", half, "It has some of start, end, quote and digest, and not the others.", check)
    quoted = frame.filter(pl.all_horizontal(places))
    report("evidence", quoted.filter(pl.col("article_id").is_null()), "The quote is of no article.", check)
    bad = quoted.filter((pl.col("start") < 0) | (pl.col("end") <= pl.col("start")))
    report("evidence", bad, "There is nothing from character {start} to {end}.", check)
    check.counted += quoted.height
    if held == "full":
        _digests(quoted, check)
    elif held == "none":
        report("evidence", quoted.drop_nulls("quote"), "The release was built without quotes, and here is one.", check)
    if articles is None:
        check.skipped = "not held against the articles: none were given (--articles)"
        return
    _against(quoted, articles, held == "full", check)
    if sources is not None:
        named = sources.column("article_id").unique().to_pylist()
        lacking = sum(name not in articles for name in named)
        if lacking:
            check.skipped = (
                f"{lacking:,} of {len(named):,} articles are not at hand, and their quotes not held against them"
            )


def _digests(quoted: pl.DataFrame, check: Check) -> None:
    """Quotes in full: each has the length of its place and the digest of its row."""
    import polars as pl

    report("evidence", quoted.filter(pl.col("quote").is_null()), "The quote is missing.", check)
    quoted = quoted.drop_nulls("quote")
    length = quoted.filter(pl.col("quote").str.len_chars() != pl.col("end") - pl.col("start"))
    report("evidence", length, "The quote has not the length of its place, {start} to {end}.", check)
    quotes = quoted.select("quote").unique()
    digests = pl.Series("actual", [sha256(quote) for quote in quotes["quote"]], pl.String)
    joined = quoted.join(quotes.with_columns(digests), on="quote", how="left", maintain_order="left")
    report("evidence", joined.filter(pl.col("actual").ne_missing(pl.col("digest"))),
           "The quote is not the one that the digest was made of.", check)  # fmt: skip


def _against(quoted: pl.DataFrame, articles: Mapping[str, Article], whole: bool, check: Check) -> None:
    """Each quote and digest against the text at its place, once for each place and wording of an article."""
    import polars as pl

    key = ["article_id", "start", "end", "quote", "digest"]
    distinct = quoted.filter(pl.col("article_id").is_in(list(articles))).select(key).unique(maintain_order=True)
    bad: list[dict[str, Any]] = []
    for row in distinct.iter_rows(named=True):
        told = articles[row["article_id"]].text[row["start"] : row["end"]]
        if sha256(told) != row["digest"] or (whole and told != row["quote"]):
            bad.append(row)
    if not bad:
        return
    wrong = quoted.join(pl.DataFrame(bad, schema=distinct.schema), on=key, how="semi", nulls_equal=True,
                        maintain_order="left")  # fmt: skip
    report("evidence", wrong, "The quote is not what {article_id} says from character {start} to {end}.", check)


def sha256(text: str) -> str:
    """The digest of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
