"""Two codings of the same articles compared: what `gtdlike.evaluate` does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from gtdlike.codebook.model import Codebook
from gtdlike.errors import ReadError
from gtdlike.evaluation.bootstrap import Interval, draw, interval, sums
from gtdlike.evaluation.evaluation import Evaluation
from gtdlike.evaluation.fields import Field, all_fields, choose, usual
from gtdlike.evaluation.figures import FIGURES, FieldFigures
from gtdlike.evaluation.kinds import Coded
from gtdlike.evaluation.measures import cohen_kappa, krippendorff_alpha
from gtdlike.evaluation.pairing import Align, Answers, align, aligned_by
from gtdlike.evaluation.records import Side, read_side
from gtdlike.evaluation.tally import ARTICLE, COUNTS, INCIDENT, Compared, compare

ALL = "all fields"
_LABELS = {ARTICLE: "Articles that tell of an incident", INCIDENT: "Incidents", ALL: "All answers together"}


def evaluate(
    gold: str | Path | IO[bytes] | Iterable[Any] | Any,
    coded: str | Path | IO[bytes] | Iterable[Any] | Any,
    *,
    codebook: Codebook | None = None,
    only: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    align_by: Align = "auto",
    resamples: int = 1000,
    seed: int = 0,
) -> Evaluation:
    """Compare two codings of the same articles: a coder against a gold coding, or one person against another.

    Each is a path (.jsonl, .json, .csv, .tsv, .xlsx, .parquet; .gz and .zst), an open binary file, a table of Arrow,
    Polars or pandas, or a list of rows or of what `gtdlike.code` gives. Rows have an `article_id` or an `eventid`.
    `gold` may list accepted codings instead, one article a line, with the answers that count as right.

    The incidents of an article are paired one to one, so that they agree most (`align_by`: "article"), or by their ids
    ("eventid"); "auto" takes the ids where all rows have one. `only` and `ignore` choose fields by name or pattern:
    variables, and `date`, `place` and `targets`. The intervals come from `resamples` drawings of the articles, 0 for
    none; the same `seed` gives the same ones.

    Raises ReadError for what cannot be read or aligned, and for a field that does not exist.
    """
    if codebook is None:
        from gtdlike.codebook.load import load_codebook

        codebook = load_codebook()
    known = all_fields(codebook)
    choose((), only, ignore, known)  # A misspelt name is told before anything is read.
    ours, theirs = read_side(gold, codebook, known), read_side(coded, codebook, known)
    if theirs.articles is not None:
        remedy = "Give the rows of a coder, and the accepted codings as the first of the two."
        raise ReadError("Accepted codings cannot be compared with others.", theirs.origin, remedy=remedy)
    fields = _fields(ours, theirs, known, codebook, only, ignore)
    # Which incidents are the same does not hang on what of them is asked for.
    pair_by = _fields(ours, theirs, known, codebook, None, ())
    accepted = ours.articles is not None
    key = aligned_by(ours, theirs, align_by)
    compared = [
        compare(id, golds, codeds, fields, pair_by, accepted=accepted, same_id=key == "eventid")
        for id, golds, codeds in align(ours, theirs, key)
    ]
    # What is drawn anew are articles, also where the incidents were aligned by their own ids.
    counts = _by_article(compared, [field.name for field in fields])
    drawn = draw(len(counts), resamples, seed)
    figures = [_figures(name, _LABELS[name], counts, drawn) for name in (ARTICLE, INCIDENT)]
    figures += [_figures(f.name, f.label, counts, drawn, f, compared) for f in fields]
    figures.append(_figures(ALL, _LABELS[ALL], counts, drawn))
    return Evaluation({one.field: one for one in figures}, tuple(compared), ours, theirs, len(drawn), seed)


def _fields(
    gold: Side, coded: Side, known: dict[str, Field], codebook: Codebook,
    only: Iterable[str] | None, ignore: Iterable[str],
) -> list[Field]:  # fmt: skip
    """The fields that are compared: of those that were chosen, what gold accepts, or what either side fills."""
    if gold.articles is not None:
        answered = gold.fields
    else:
        filled = gold.fields | coded.fields
        answered = {name for name, field in known.items() if filled.intersection(field.variables)}
    chosen = choose(usual(codebook) if gold.articles is None else known, only, ignore, known)
    return [field for name, field in known.items() if name in chosen and name in answered]


def _by_article(compared: Iterable[Compared], names: Sequence[str]) -> list[dict[str, list[int]]]:
    """The counts of each article by field, and those of all fields together."""
    articles: dict[str, dict[str, list[int]]] = {}
    for one in compared:
        records = [record for c in one.comparisons for record in (c.gold, c.coded) if record is not None]
        counts = articles.setdefault(next((r.article for r in records if r.article is not None), one.id), {})
        every = [0] * len(COUNTS)
        for name, new in one.counts.items():
            counts[name] = _plus(counts.get(name, [0] * len(COUNTS)), new)
            if name in names:
                every = _plus(every, new)
        counts[ALL] = _plus(counts.get(ALL, [0] * len(COUNTS)), every)
    return list(articles.values())


def _plus(one: Sequence[int], other: Sequence[int]) -> list[int]:
    return [a + b for a, b in zip(one, other, strict=True)]


def _figures(
    name: str, label: str, articles: Sequence[dict[str, list[int]]], drawn: Sequence[Sequence[int]],
    field: Field | None = None, compared: Iterable[Compared] = (),
) -> FieldFigures:  # fmt: skip
    nothing = [0] * len(COUNTS)
    columns = list(zip(*(counts.get(name, nothing) for counts in articles), strict=True)) or [(0,)] * len(COUNTS)
    resampled = sums(columns, drawn) if drawn else []
    intervals: dict[str, Interval] = {}
    for figure, compute in FIGURES.items():
        if (ends := interval(resampled, compute)) is not None:
            intervals[figure] = ends
    pairs = [] if field is None else list(_pairs(field, compared))
    kappa, alpha = (None, None) if field is None else _measures(field, pairs)
    gold, coded, right_gold, right_coded, both, same = map(sum, columns)
    return FieldFigures(
        name, label, gold, coded, right_gold, right_coded, both, same, kappa, alpha, intervals,
        {} if field is None else _confusion(field, pairs),
    )  # fmt: skip


def _pairs(field: Field, compared: Iterable[Compared]) -> Iterator[Answers]:
    """The answers to a field of the incidents that both sides have."""
    for one in compared:
        for comparison in one.comparisons:
            if comparison.gold is not None and comparison.coded is not None:
                yield from (answers for answers in comparison.answers if answers.field is field)


def _measures(field: Field, pairs: Iterable[Answers]) -> tuple[float | None, float | None]:
    """Kappa, of what has categories, and alpha. Only pairs count in which both have an answer."""
    if field.kind.measure is None:
        return None, None
    both = [field.kind.categories(a.wanted, a.said) for a in pairs if a.wanted is not None and a.said is not None]
    kappa = cohen_kappa(Counter(both)) if field.kind.measure == "nominal" else None
    return kappa, krippendorff_alpha(both, field.kind.measure)


def _confusion(field: Field, pairs: Iterable[Answers]) -> dict[tuple[str, str], int]:
    """How often which answer met which, for variables with codes."""
    kind = field.kind
    if not isinstance(kind, Coded):
        return {}
    counted: Counter[tuple[Any, Any]] = Counter()
    for a in pairs:
        wanted = None if a.wanted is None else a.wanted[0] if a.said is None else kind.categories(a.wanted, a.said)[0]
        counted[wanted, a.said] += 1
    ordered = sorted(counted.items(), key=lambda item: [-1 if code is None else int(code) for code in item[0]])
    return {tuple("" if code is None else kind.show(code) for code in key): count for key, count in ordered}  # type: ignore[misc]
