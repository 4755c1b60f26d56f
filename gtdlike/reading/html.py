"""Web pages: the main text without navigation, appeals and comments, and what the page tells of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from gtdlike.article import Article
from gtdlike.reading.base import Unreadable, article_of
from gtdlike.reading.text import metadata, whole

SUFFIXES = (".html", ".htm")


def read_html(path: Path) -> Iterator[Article | Unreadable]:
    """The one article of a page. A `.json` of the same name has precedence over what the page says."""
    origin = str(path)
    data = whole(path)
    if isinstance(data, Unreadable):
        yield data
        return
    if not data.strip():
        yield Unreadable(origin, "The file is empty", "Give the page's HTML, or leave the file out.")
        return
    # Takes half a second to load, and only pages need it.
    from trafilatura import bare_extraction

    page = bare_extraction(
        data,
        with_metadata=True,
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        # Only dates that the page declares: one found in the running text may be the day of an attack. The latest
        # possible date is fixed, so that the same page gives the same article on any day.
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": dt.datetime(2100, 1, 1)},
    )
    if page is None or isinstance(page, dict) or not page.text:
        yield Unreadable(origin, "No article was found in the page", "Save the article's own text as a .txt file.")
        return
    told = {"title": page.title, "published": page.date, "source": page.sitename or page.hostname, "url": page.url}
    yield article_of({**told, **metadata(path), "text": page.text}, id=path.stem, origin=origin)
