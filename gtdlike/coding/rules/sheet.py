"""The coding sheet of one incident: values of the flat row, each with its evidence."""

from __future__ import annotations

from attrs import define, field

from gtdlike.codebook.model import Value
from gtdlike.coding.rules.prose import Prose
from gtdlike.evidence import Evidence, How

Span = tuple[int, int]


@define(slots=True)
class Sheet:
    """Values as the coder settles them. A value is written once; the first writer has looked closest."""

    prose: Prose
    article_id: str
    values: dict[str, Value] = field(factory=dict)
    evidence: list[Evidence] = field(factory=list)

    def put(self, variable: str, value: Value, rule: str, span: Span | None = None, *, inferred: bool = False) -> None:
        """Write a value: stated at `span`, inferred from it, or a default where there is no span."""
        if value is None or variable in self.values:
            return
        self.values[variable] = value
        if span is None:
            self.evidence.append(Evidence(variable, How.DEFAULT, rule, article_id=self.article_id))
            return
        start, end = span
        how = How.INFERRED if inferred else How.STATED
        self.evidence.append(Evidence(variable, how, rule, start, end, self.prose.text[start:end], self.article_id))

    def drop(self, variable: str) -> None:
        """Take a value back, and its evidence."""
        self.values.pop(variable, None)
        self.evidence = [e for e in self.evidence if e.variable != variable]
