"""Every quote is what its digest says; and where the articles are at hand, it is what they say at its place."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from gtdlike.article import Article
from gtdlike.release.verification.keys import report
from gtdlike.release.verification.result import Check

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"
"""What a shortened quote ends with."""
_COLUMNS: Final = ["row", "eventid", "article_id", "variable", "start", "end", "quote", "digest"]


@frozen
class Published:
    """How much of its quotes a release holds: `full`, `short` or `none`; without private names where `redact`.

    A shortened quote is the beginning of what its digest was made of. A quote without a name has no digest, because
    from that the name could be guessed.
    """

    quotes: str = "full"
    redact: bool = False

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Published:
        """As the options of a build have it."""
        return cls(str(options.get("quotes") or "full"), bool(options.get("redact")))


def check_quotes(
    evidence: pa.Table | None,
    sources: pa.Table | None,
    articles: Mapping[str, Article] | None,
    published: Published,
    check: Check,
) -> None:
    """Check the quotes. `articles` are those at hand by their ids in the release, None if none were given."""
    if evidence is None:
        check.skipped = "not checked: evidence.parquet cannot be read"
        return
    import polars as pl

    frame = pl.from_arrow(evidence)
    assert isinstance(frame, pl.DataFrame)
    frame = frame.with_row_index("row", offset=1).select(_COLUMNS)
    placed = pl.col("start").is_not_null() & pl.col("end").is_not_null()
    some = pl.any_horizontal(pl.col("start", "end", "quote", "digest").is_not_null())
    report("evidence", frame.filter(some & placed.not_()), "It has a start, end, quote or digest, but no place.", check)
    quoted = frame.filter(placed)
    check.counted += quoted.height
    report("evidence", quoted.filter(pl.col("article_id").is_null()), "The quote is of no article.", check)
    bad = quoted.filter((pl.col("start") < 0) | (pl.col("end") <= pl.col("start")))
    report("evidence", bad, "There is nothing from character {start} to {end}.", check)
    _by_themselves(quoted, published, check)
    if articles is None:
        check.skipped = "not held against the articles: none were given (--articles)"
        return
    _against(quoted, articles, check)
    named = sources.column("article_id").unique().to_pylist() if sources is not None else []
    lacking = sum(name not in articles for name in named)
    if lacking:
        not_held = "are not at hand, and their quotes not held against them"
        check.skipped = f"{lacking:,} of {len(named):,} articles {not_held}"


def _by_themselves(quoted: pl.DataFrame, published: Published, check: Check) -> None:
    """Each quote is there if it should be, fits its place, and has the digest of its row."""
    import polars as pl

    quote, digest = pl.col("quote"), pl.col("digest")
    if not published.redact:
        report("evidence", quoted.filter(digest.is_null()), "The digest of the quote is missing.", check)
    if published.quotes == "none":
        report(
            "evidence", quoted.filter(quote.is_not_null()), "The release was built without quotes; here is one.", check
        )
        return
    report("evidence", quoted.filter(quote.is_null()), "The quote is missing.", check)
    # Without a digest a name was left out, so the length tells nothing.
    proven = quoted.filter(quote.is_not_null() & digest.is_not_null())
    length, room = quote.str.len_chars(), pl.col("end") - pl.col("start")
    fits = length == room
    if published.quotes == "short":
        fits |= quote.str.ends_with(ELLIPSIS) & (length < room)
    report(
        "evidence", proven.filter(fits.not_()), "The quote has not the length of its place, {start} to {end}.", check
    )
    whole = proven.filter(length == room)
    quotes = whole.select("quote").unique()
    digests = pl.Series("actual", [sha256(text) for text in quotes["quote"]], pl.String)
    joined = whole.join(quotes.with_columns(digests), on="quote", how="left", maintain_order="left")
    other = joined.filter(pl.col("actual") != digest)
    report("evidence", other, "The quote is not the one that the digest was made of.", check)


def _against(quoted: pl.DataFrame, articles: Mapping[str, Article], check: Check) -> None:
    """Each quote and digest against the text at its place, once for each place and wording of an article."""
    import polars as pl

    key = ["article_id", "start", "end", "quote", "digest"]
    held = quoted.filter(pl.col("article_id").is_in(list(articles)) & pl.col("digest").is_not_null())
    distinct = held.select(key).unique(maintain_order=True)
    bad: list[dict[str, Any]] = []
    for row in distinct.iter_rows(named=True):
        told = articles[row["article_id"]].text[row["start"] : row["end"]]
        if sha256(told) != row["digest"] or not _says(told, row["quote"]):
            bad.append(row)
    if not bad:
        return
    wrong = held.join(pl.DataFrame(bad, schema=distinct.schema), on=key, how="semi", nulls_equal=True,
                      maintain_order="left")  # fmt: skip
    report("evidence", wrong, "The quote is not what {article_id} says from character {start} to {end}.", check)


def _says(told: str, quote: str | None) -> bool:
    """Whether a quote is a text, or its beginning. Where there is no quote, the digest alone must do."""
    if quote is None or quote == told:
        return True
    return len(quote) < len(told) and quote.endswith(ELLIPSIS) and told.startswith(quote.removesuffix(ELLIPSIS))


def sha256(text: str) -> str:
    """The digest of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
