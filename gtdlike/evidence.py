"""Evidence: where a coded value comes from."""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class How(str, Enum):
    """How a value was arrived at."""

    STATED = "stated"
    """The article says it, at the quoted place."""
    INFERRED = "inferred"
    """A rule of the codebook concludes it from something that the article says, at the quoted place."""
    DEFAULT = "default"
    """Nothing in the article speaks of it; the codebook's default stands. No place is quoted."""


@frozen(slots=True)
class Evidence:
    """Why one variable of a coded incident has its value.

    `start` and `end` are offsets in code points of the article's text, so that `text[start:end] == quote`; all three
    are None for a default. `rule` is the id of the coding rule that decided.
    """

    variable: str
    how: How
    rule: str
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    article_id: str | None = None
