"""The counts of a comparison: for each article and field how many answers there are, and how many are right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import Factory, frozen

from gtdlike.evaluation.fields import Field
from gtdlike.evaluation.kinds import UNKNOWN_GROUP
from gtdlike.evaluation.pairing import Answers, answers_of, pair, wanted_of
from gtdlike.evaluation.records import Record
from gtdlike.evaluation.score import Score
from gtdlike.evaluation.settings import settings

ARTICLE, INCIDENT = "article", "incident"
COUNTS = ("gold", "coded", "found", "right", "pairs", "same")
"""What is counted for a field; the last two of the incidents that both sides have."""


@frozen
class Comparison:
    """An incident of the one side, of the other, or of both, with the answers of each."""

    article: str
    gold: Record | None
    coded: Record | None
    answers: tuple[Answers, ...] = ()


@frozen
class Compared:
    """An article, or what has the same id of an event: its comparisons, and the counts by field."""

    id: str
    comparisons: tuple[Comparison, ...]
    counts: dict[str, list[int]] = Factory(dict)

    def add(self, field: str, score: Score, *, pairs: int = 0) -> None:
        """Count a score."""
        counts = self.counts.setdefault(field, [0] * len(COUNTS))
        same = int(bool(pairs) and score.same)
        for place, more in enumerate((score.gold, score.coded, score.found, score.right, pairs, same)):
            counts[place] += more


def compare(
    id: str, golds: Sequence[Record], codeds: Sequence[Record], fields: Sequence[Field], pair_by: Sequence[Field],
    *, accepted: bool, same_id: bool,
) -> Compared:  # fmt: skip
    """Pair the incidents of one article, by all that they say, and count what agrees in some fields.

    `accepted` tells that gold are accepted codings, `same_id` that incidents of one id are the same, whatever they say.
    """
    pairs = [(0, 0)][: min(len(golds), len(codeds))] if same_id else pair(golds, codeds, pair_by)
    alone_gold = set(range(len(golds))) - {g for g, _ in pairs}
    alone_coded = set(range(len(codeds))) - {c for _, c in pairs}
    both = [Comparison(id, golds[g], codeds[c], tuple(answers_of(golds[g], codeds[c], fields))) for g, c in pairs]
    missed = [Comparison(id, golds[g], None, tuple(_missed(golds[g], fields))) for g in sorted(alone_gold)]
    asked = _asked(golds, fields) if accepted else fields
    more = [Comparison(id, None, codeds[c], tuple(_more(codeds[c], asked))) for c in sorted(alone_coded)]
    compared = Compared(id, (*both, *missed, *more))
    for comparison in compared.comparisons:
        _count(compared, comparison)
    required = any(not gold.optional for gold in golds)
    judged = bool(codeds) and (required or not golds)
    found = int(required and bool(codeds))
    compared.add(ARTICLE, Score(int(required), int(judged), found, found, False, 0))
    return compared


def _count(compared: Compared, comparison: Comparison) -> None:
    paired = comparison.gold is not None and comparison.coded is not None
    if not paired and comparison.gold is not None and comparison.gold.optional:
        return
    sides = (int(comparison.gold is not None), int(comparison.coded is not None))
    compared.add(INCIDENT, Score(*sides, int(paired), int(paired), False, 0))
    for answers in comparison.answers:
        compared.add(answers.field.name, answers.score, pairs=int(paired))


def _missed(gold: Record, fields: Sequence[Field]) -> Iterator[Answers]:
    """What gold answers, and nobody said. An optional target is not missed."""
    for field in fields:
        wanted = wanted_of(gold, field)
        if wanted is not None and (score := field.kind.score(wanted, None)).asked:
            yield Answers(field, wanted, None, score)


def _asked(golds: Sequence[Record], fields: Sequence[Field]) -> list[Field]:
    """The fields of an incident too many that count: those that the accepted codings of the article answer at all."""
    named = {name for gold in golds for name in gold.wanted or ()} or settings().asked_of_none
    return [field for field in fields if field.name in named]


def _more(coded: Record, fields: Sequence[Field]) -> Iterator[Answers]:
    """What was said of an incident that gold does not have. That no group is known is nothing that was said."""
    for field in fields:
        said: Any = field.kind.said(coded.cells)
        if said is not None and said != UNKNOWN_GROUP:
            yield Answers(field, None, said, field.kind.score(None, said))
