"""The contract between articles and incidents: what a coder is, and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

from attrs import frozen

from gtdlike.article import Article
from gtdlike.evidence import Evidence
from gtdlike.incident import Incident
from gtdlike.rows import to_row


@frozen
class CodedIncident:
    """One incident as one article tells it, with the evidence for every coded value.

    `background` is true where the article only recalls the incident: its own news is another one.
    """

    article_id: str
    incident: Incident
    evidence: tuple[Evidence, ...] = ()
    background: bool = False

    def to_row(self) -> dict[str, Any]:
        """The coded row: `article_id`, the GTD columns that are not blank, `background` and `evidence`."""
        row: dict[str, Any] = {"article_id": self.article_id}
        row.update((name, value) for name, value in to_row(self.incident).items() if value is not None)
        row["background"] = self.background
        row["evidence"] = [
            {
                "variable": e.variable,
                "start": e.start,
                "end": e.end,
                "quote": e.quote,
                "how": e.how.value,
                "rule": e.rule,
            }
            for e in self.evidence
        ]
        return row


@runtime_checkable
class Coder(Protocol):
    """Anything that turns an article into incidents: deterministic, picklable, and never raising on any text.

    A coder may have an attribute `version`, a text that is another one whenever it could code any article otherwise
    than before: after a change of its rules, its model, its prompt, its options. What a coder with a version has coded
    can be kept in a cache (`gtdlike.engines.cache`); what one without has coded is coded anew each time.
    """

    def code(self, article: Article) -> Sequence[CodedIncident]:
        """The incidents that the article tells of, in the order in which it tells them."""
        ...
