"""One article, coded at once: for a notebook or a short script."""

from __future__ import annotations

import datetime as dt
from functools import cache

from gtdlike.article import Article
from gtdlike.coding import CodedIncident, RuleCoder
from gtdlike.errors import RowError


@cache
def _coder() -> RuleCoder:
    """The rule coder reads its lexicons once, however many articles are coded."""
    return RuleCoder()


def code(
    article: Article | str, *, published: dt.date | str | None = None, title: str | None = None
) -> list[CodedIncident]:
    """Code one article with the rule coder: its incidents, in the order in which it tells them.

    `article` is an `Article` or its text. Of a text, `published` says on which day it appeared (a date, or
    `YYYY-MM-DD`); relative dates such as "on Monday" are counted from it.
    """
    if isinstance(article, str):
        if isinstance(published, str):
            try:
                published = dt.date.fromisoformat(published)
            except ValueError as error:
                raise RowError(
                    f"{published!r} is no date.", place="published", remedy="Write it as YYYY-MM-DD."
                ) from error
        article = Article(id="article", text=article, published=published, title=title)
    elif not isinstance(article, Article):
        raise TypeError(
            f"an Article or its text is coded, not {type(article).__name__}; "
            "of what gtdlike.read gives, leave out what is Unreadable"
        )
    elif published is not None or title is not None:
        raise TypeError("published and title belong to a text; an Article has its own")
    return list(_coder().code(article))
