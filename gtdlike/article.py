"""The article: what a coder reads."""

from __future__ import annotations

import datetime as dt
import hashlib

from attrs import field, frozen


@frozen(slots=True)
class Article:
    """One news article as it was given.

    `text` is never altered: every `Evidence` points into it by code points. `published` is the day on which the
    article appeared, if known; relative dates ("on Monday") are counted from it.
    """

    id: str
    text: str = field(repr=False)
    title: str | None = None
    published: dt.date | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
