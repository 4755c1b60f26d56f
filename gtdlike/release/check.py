"""Is what a coder gives fit to go into a release? Coders are other people's programs, so nothing is taken on trust."""

from __future__ import annotations

from attrs import evolve

from gtdlike.article import Article
from gtdlike.codebook import Codebook
from gtdlike.coding.base import CodedIncident
from gtdlike.errors import RowError, did_you_mean
from gtdlike.evidence import Evidence
from gtdlike.rows import from_row, to_row


def checked(article: Article, coded: CodedIncident, codebook: Codebook) -> tuple[CodedIncident, list[str]]:
    """A coded incident with every value of its proper type, and what is wrong with it."""
    problems = []
    if coded.article_id != article.id:
        problems.append(f"The coded incident names the article {coded.article_id!r}, but {article.id!r} was coded.")
    problems += [problem for e in coded.evidence if (problem := _wrong(article, e, codebook))]
    try:
        incident = from_row(to_row(coded.incident, codebook), codebook)
    except RowError as error:
        return coded, [*problems, str(error)]
    except (AttributeError, TypeError, ValueError) as error:
        return coded, [*problems, f"The incident cannot be written as a row: {type(error).__name__}: {error}."]
    return evolve(coded, incident=incident), problems


def _wrong(article: Article, evidence: Evidence, codebook: Codebook) -> str | None:
    """What is wrong with a piece of evidence: every quote must be found where it is said to be."""
    if evidence.variable not in codebook.variables:
        hint = did_you_mean(evidence.variable, codebook.columns)
        return f"The evidence is for {evidence.variable!r}, which is no variable. {hint}".rstrip()
    start, end, quote = evidence.start, evidence.end, evidence.quote
    if start is None and end is None and quote is None:
        return None
    if start is None or end is None or not 0 <= start < end or article.text[start:end] != quote:
        return f"The evidence for {evidence.variable} is not at characters {start} to {end} of the article's text."
    return None
