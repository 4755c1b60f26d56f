"""An evaluation as a page of HTML that stands alone: no script, nothing from the network, light or dark."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Any

from gtdlike.article import Article
from gtdlike.coding.rules.prose import read_prose
from gtdlike.evaluation.display import NOTHING, Labels, answers, headline, interval, number
from gtdlike.evaluation.evaluation import Difference, Evaluation
from gtdlike.evaluation.figures import FieldFigures
from gtdlike.webpage import document, table, wide

_AROUND = 200
"""So many characters on either side of a quote are shown where no sentence holds it."""


def page(evaluation: Evaluation, labels: Labels, articles: Mapping[str, Article] | None = None) -> str:
    """The figures, the confusion tables, and every answer that differs, with its evidence in its sentence."""
    body = (
        *(f"<p>{escape(note)}</p>" for note in evaluation.notes),
        *_figures(evaluation, labels),
        *_confusions(evaluation, labels),
        *_differences(evaluation, labels, articles or {}),
    )
    lead = [headline(evaluation, labels)]
    return document(f"{labels[1]} against {labels[0]}", lead, body, skip=("differences", "To the differences"))


def _figures(evaluation: Evaluation, labels: Labels) -> Iterator[str]:
    yield '<section aria-labelledby="figures"><h2 id="figures">Figures</h2>'
    names = ("field", *labels, "right", "precision", "recall", "F1", "F1, 95 %", "agreement", "kappa", "alpha")
    rows = [
        (f"{one.field}", f"{one.gold:,}", f"{one.coded:,}", f"{one.found:,}", number(one.precision), number(one.recall),
         number(one.f1), interval(one), number(one.agreement), number(one.kappa), number(one.alpha))
        for one in evaluation.figures.values()
    ]  # fmt: skip
    drawn = f"; intervals from {evaluation.resamples:,} drawings of the articles" if evaluation.resamples else ""
    yield table(f"By field{drawn}", names, rows)
    yield "</section>"


def _confusions(evaluation: Evaluation, labels: Labels) -> Iterator[str]:
    told = [one for one in evaluation.figures.values() if one.confusion]
    if not told:
        return
    yield '<section aria-labelledby="confusions"><h2 id="confusions">Which codes met which</h2>'
    for one in told:
        yield f"<details><summary>{escape(one.field)}: {escape(one.label)}</summary>{_confusion(one, labels)}</details>"
    yield "</section>"


def _confusion(one: FieldFigures, labels: Labels) -> str:
    golds, codeds = answers(one)
    head = (f"{labels[0]} \N{DOWNWARDS ARROW} {labels[1]} \N{RIGHTWARDS ARROW}", *(c or "blank" for c in codeds))
    rows = [(g or "blank", *(str(one.confusion.get((g, c), "")) for c in codeds)) for g in golds]
    return table(f"{one.field}: rows {labels[0]}, columns {labels[1]}", head, rows)


def _differences(evaluation: Evaluation, labels: Labels, articles: Mapping[str, Article]) -> Iterator[str]:
    yield '<section aria-labelledby="differences"><h2 id="differences">What differs</h2>'
    nothing = True
    for article, found in groupby(evaluation.differences(), key=lambda one: one.article):
        nothing = False
        of_article = list(found)
        title = articles[article].title if article in articles else None
        heading = f"{article}{': ' + title if title else ''} ({len(of_article)})"
        yield f"<details open><summary>{escape(heading)}</summary>"
        for (gold, coded), some in groupby(of_article, key=lambda one: (one.gold_incident, one.coded_incident)):
            yield _incident(gold, coded, list(some), labels, articles.get(article))
        yield "</details>"
    if nothing:
        yield "<p>Nothing differs.</p>"
    yield "</section>"


def _incident(
    gold: str | None, coded: str | None, differences: list[Difference], labels: Labels, article: Article | None
) -> str:
    told = [f"{label}: {name}" for label, name in zip(labels, (gold, coded), strict=True) if name is not None]
    alone = "" if gold and coded else f" \N{EN DASH} of {labels[0] if gold else labels[1]} only"
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in ("field", *labels, "evidence"))
    rows = "\n".join(
        f'<tr><th scope="row">{escape(one.field)}</th><td>{escape(one.gold or NOTHING)}</td>'
        f"<td>{escape(one.coded or NOTHING)}</td><td>{_evidence(one, article)}</td></tr>"
        for one in differences
    )
    return wide(escape(", ".join(told) + alone), head, rows)


def _evidence(difference: Difference, article: Article | None) -> str:
    pieces: dict[str, None] = {}
    for piece in difference.evidence:
        how = f'<span class="how">{escape(str(piece.get("how")))}</span>, {escape(str(piece.get("rule")))}'
        quote = _quote(piece, article)
        pieces[f"{how}: {quote}" if quote else how] = None
    return "<br>".join(pieces)


def _quote(piece: Mapping[str, Any], article: Article | None) -> str:
    """The quote, marked in its sentence where the article is there and says the same at its place."""
    quote, start, end = piece.get("quote"), piece.get("start"), piece.get("end")
    if not isinstance(quote, str):
        return ""
    if article is None or not isinstance(start, int) or not isinstance(end, int) or article.text[start:end] != quote:
        return f"<q>{escape(quote)}</q>"
    first, last = sentence(article, start, end)
    before, after = article.text[first:start], article.text[end:last]
    return f"{escape(before)}<mark>{escape(quote)}</mark>{escape(after)}"


def sentence(article: Article, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds a place begins and ends."""
    begins, ends = _sentences(article.text)
    at = bisect_right(begins, start) - 1
    if at < 0 or end > ends[at]:
        return max(0, start - _AROUND), end + _AROUND
    return begins[at], ends[at]


@lru_cache(maxsize=1)  # The differences come by article.
def _sentences(text: str) -> tuple[list[int], list[int]]:
    found = read_prose(text).sentences
    return [s.start for s in found], [s.end for s in found]
