"""What an evaluation found: figures by field, and every answer that differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import define, field, frozen

from gtdlike.evaluation.figures import FieldFigures
from gtdlike.evaluation.pairing import Answers
from gtdlike.evaluation.records import Record, Side
from gtdlike.evaluation.tally import Compared, Comparison


@frozen
class Difference:
    """One answer in which the sides differ: what each says, and the evidence of the one that was coded.

    `gold` or `coded` is None where that side does not have the answer, or not the whole incident.
    """

    article: str
    gold_incident: str | None
    coded_incident: str | None
    field: str
    gold: str | None
    coded: str | None
    evidence: Sequence[Mapping[str, Any]] = ()

    def to_dict(self) -> dict[str, Any]:
        """All of it, as JSON has it."""
        return {
            "article_id": self.article,
            "gold_incident": self.gold_incident,
            "coded_incident": self.coded_incident,
            "field": self.field,
            "gold": self.gold,
            "coded": self.coded,
            "evidence": [dict(piece) for piece in self.evidence],
        }


@define
class Evaluation:
    """Two codings of the same articles compared.

    `figures` holds the counts and measures by field: of the articles, the incidents, each field, and all fields
    together. `differences()` lists the answers that differ. `to_dict()` is the whole as JSON has it.
    """

    figures: Mapping[str, FieldFigures]
    compared: Sequence[Compared] = field(repr=False)
    gold: Side = field(repr=False)
    coded: Side = field(repr=False)
    resamples: int
    seed: int

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be read or compared, on either side."""
        listed = [f"{side.origin or name}: {n}" for name, side in self._sides.items() for n in side.notes]
        known = {one.id for one in self.compared}
        if self.gold.articles is not None:
            beyond = len({r.article for r in self.coded.records} - known)
            if beyond:
                are = "article is" if beyond == 1 else "articles are"
                listed.append(f"{beyond} coded {are} not among the accepted codings, and not compared.")
        return tuple(listed)

    @property
    def _sides(self) -> dict[str, Side]:
        return {"gold": self.gold, "coded": self.coded}

    def comparisons(self) -> Iterator[Comparison]:
        """The incidents that both sides have, then those of one side, by article."""
        for one in self.compared:
            yield from one.comparisons

    def differences(self, field: str | None = None) -> Iterator[Difference]:
        """The answers that differ, of one field or of all. An optional incident that is not coded is no difference."""
        for comparison in self.comparisons():
            gold, coded = comparison.gold, comparison.coded
            if coded is None and gold is not None and gold.optional:
                continue
            for answers in comparison.answers:
                if not answers.score.same and field in (None, answers.field.name):
                    yield _difference(comparison.article, gold, coded, answers)

    def to_dict(self) -> dict[str, Any]:
        """The figures, with names and numbers that JSON has."""
        return {
            "gold": self.gold.origin,
            "coded": self.coded.origin,
            "resamples": self.resamples,
            "seed": self.seed,
            "notes": list(self.notes),
            "fields": [one.to_dict() for one in self.figures.values()],
        }


def _difference(article: str, gold: Record | None, coded: Record | None, answers: Answers) -> Difference:
    kind = answers.field.kind
    evidence = [] if coded is None else [e for name in answers.field.variables for e in coded.evidence.get(name, ())]
    return Difference(
        article,
        None if gold is None else gold.name,
        None if coded is None else coded.name,
        answers.field.name,
        None if answers.wanted is None else kind.show_wanted(answers.wanted),
        None if answers.said is None else kind.show(answers.said),
        evidence,
    )
