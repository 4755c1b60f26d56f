"""What became of one article: its fate, and the incidents that it tells."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident, Coder

if TYPE_CHECKING:
    from gtdlike.reading import Unreadable

ENGLISH = frozenset({"en", "eng", "english"})


class Fate(StrEnum):
    """What became of an article. Every article that is put in has exactly one fate."""

    CODED = "coded"
    """It tells of at least one incident."""
    NO_INCIDENT = "no_incident"
    """It was read and coded, and it tells of no incident."""
    NOT_ENGLISH = "not_english"
    """It is in another language, which the coder does not read."""
    UNREADABLE = "unreadable"
    """It could not be read from its file."""
    FAILED = "failed"
    """The coder failed on it."""


@frozen
class Outcome:
    """One article and its fate. Exactly one of `article` and `unreadable` is given; `message` explains the fate."""

    article: Article | None
    unreadable: Unreadable | None
    fate: Fate
    coded: tuple[CodedIncident, ...] = ()
    message: str | None = None


def code_article(article: Article, coder: Coder) -> Outcome:
    """Code one article. Whatever the coder does, the article has an outcome."""
    # A coder that was made by somebody else may raise anything; it costs its own article and never the run.
    try:
        language = _language(article)
        if language.lower() not in ENGLISH:
            message = f"The article is in the language {language!r}; only English (en) is coded."
            return Outcome(article, None, Fate.NOT_ENGLISH, (), message)
        coded = tuple(coder.code(article))
        for one in coded:
            if not isinstance(one, CodedIncident):
                return failed(article, f"The coder returned {type(one).__name__} instead of CodedIncident.")
    except Exception as error:
        text = str(error).strip()
        return failed(article, f"The coder failed: {type(error).__name__}{': ' + text if text else ''}")
    return Outcome(article, None, Fate.CODED if coded else Fate.NO_INCIDENT, coded, None)


def default_coder() -> Coder:
    """The coder that codes where none is given: the rule coder."""
    from gtdlike.coding import RuleCoder

    return RuleCoder()


def unreadable(item: Unreadable) -> Outcome:
    """The outcome of what could not be read."""
    return Outcome(None, item, Fate.UNREADABLE, (), f"{item.reason}. {item.remedy}")


def failed(article: Article, message: str) -> Outcome:
    """The outcome of an article on which the coder failed."""
    return Outcome(article, None, Fate.FAILED, (), message)


def _language(article: Article) -> str:
    """The language that the article says it is in, otherwise the one that its text looks like."""
    if article.language:
        return article.language.replace("_", "-").split("-")[0]
    from gtdlike.coding.language import language_of

    return language_of(article.text)
