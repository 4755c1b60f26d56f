"""What every format shares: the fields of a record, the article made from them, and what is said when that fails."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping
from typing import Any, Final

from attrs import frozen

from gtdlike.article import Article
from gtdlike.errors import did_you_mean
from gtdlike.reading.dates import parse_published

FIELDS: Final = ("id", "text", "title", "published", "source", "url")
"""What is read of a record, whatever its format."""

MAX_CHARACTERS: Final = 1_000_000
"""The longest text that is read as one article."""

MAX_BYTES: Final = 8 * MAX_CHARACTERS
"""The longest file, line or cell that can hold such a text: UTF-8 takes four bytes a character, JSON up to six."""

# What other programs call our fields. They are named in the message, never read: a guess would be a silent one.
OTHER_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("body", "content", "article", "article_text", "full_text", "fulltext", "maintext", "main_text", "story"),
    "published": ("date", "published_at", "publish_date", "publication_date", "date_publish", "pubdate", "datetime"),
}


class ReadingWarning(UserWarning):
    """An article was read, but not all as it was given: an encoding was guessed, a date not understood, an id changed.

    Articles that cannot be read at all are not warned of: they come out of `read` as `Unreadable`.
    """


@frozen(slots=True)
class Unreadable:
    """An input, or one record of it, that could not be read: where it is, why, and what to do about it.

    `reason` is a sentence without its full stop, `remedy` one with it.
    """

    origin: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.reason}. {self.remedy}"


def note(origin: str, message: str) -> None:
    """Warn of something about an article that is read all the same."""
    warnings.warn(ReadingWarning(f"{origin}: {message}"), stacklevel=3)


def too_long(origin: str, size: str) -> Unreadable:
    """A text beyond the limit."""
    return Unreadable(
        origin,
        f"The text is too long for one article ({size}; the limit is {MAX_CHARACTERS:,} characters)",
        "Split it into its articles, for instance one a line of a .jsonl file.",
    )


def no_text(origin: str, names: Collection[str]) -> Unreadable:
    """A record or table without the field `text`."""
    other = next((name for name in names if name.casefold().replace(" ", "_") in (*OTHER_NAMES["text"], "text")), None)
    guess = f"Did you mean {other!r}?" if other else did_you_mean("text", names)
    listed = ", ".join(map(repr, names)) if names else "none"
    return Unreadable(
        origin, f"There is no field 'text' (the fields are: {listed})", f"{guess} Rename the field to 'text'.".lstrip()
    )


def note_unread(origin: str, names: Collection[str]) -> None:
    """Warn where the date of publication seems to be there under another name: relative dates hang on it."""
    if "published" in names:
        return
    for name in names:
        if name.casefold().replace(" ", "_") in OTHER_NAMES["published"]:
            note(origin, f"the field {name!r} is not read; if it is the date of publication, rename it to 'published'")
            return


def article_of(record: Mapping[str, Any], *, id: str, origin: str) -> Article | Unreadable:
    """The article of one record. `id` stands in where the record has none."""
    text = record.get("text")
    if text is None and "text" not in record:
        return no_text(origin, [str(name) for name in record])
    if text is None:
        return Unreadable(origin, "The field 'text' is blank", "Give the article's text, or leave the record out.")
    if not isinstance(text, str):
        kind = type(text).__name__
        return Unreadable(origin, f"The field 'text' is not a text but of type {kind}", "Give the article as a string.")
    if len(text) > MAX_CHARACTERS:
        return too_long(origin, f"{len(text):,} characters")
    if not text or text.isspace():
        return Unreadable(origin, "The text is empty", "Give the article's text, or leave the record out.")
    if _broken(text):
        return Unreadable(
            origin, "The text holds bytes or half characters that are no text in UTF-8", "Save it again as UTF-8."
        )
    if "\0" in text:
        return Unreadable(origin, "The text holds NUL characters", "Save it again as plain text in UTF-8.")
    published, problem = parse_published(record.get("published"))
    if problem:
        note(origin, f"{problem}; the article is read without a date of publication")
    return Article(
        id=_name(record, "id", origin) or id,
        text=text,
        title=_name(record, "title", origin),
        published=published,
        source=_name(record, "source", origin),
        url=_name(record, "url", origin),
    )


def _name(record: Mapping[str, Any], field: str, origin: str) -> str | None:
    """A short field: a string, or a number as it is written."""
    value = record.get(field)
    if value is None:
        return None
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        value = str(value).strip()
        if not _broken(value):
            return value or None
    note(origin, f"the field {field!r} is not a text and is left blank")
    return None


def _broken(text: str) -> bool:
    """Lone surrogates: they cannot be written in UTF-8. Undecodable bytes are read as such, so they show here too."""
    if text.isascii():
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
