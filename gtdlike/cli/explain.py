"""What `gtdlike code --explain` prints: an article with its evidence marked, and the reason for every value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from gtdlike.codebook.load import load_codebook
from gtdlike.coding.reasons import reason_of
from gtdlike.evidence import Evidence

if TYPE_CHECKING:
    from rich.text import Text

    from gtdlike.article import Article
    from gtdlike.coding.base import CodedIncident

Span = tuple[int, int]
Marks = dict[Span, int]
_STYLES = {"stated": "black on bright_yellow", "inferred": "black on bright_cyan"}
_HOW = {"stated": "green", "inferred": "cyan", "default": "dim"}


def explain(article: Article, incidents: Iterable[CodedIncident], message: str | None, *, plain: bool) -> Iterator[Any]:
    """What rich prints of one article. `plain` puts marks into the text where there are no colours."""
    from rich.text import Text

    coded = list(incidents)
    # The first names a place in the text for what reads first.
    spans = sorted({span for one in coded for e in one.evidence if (span := _span(e)) is not None})
    marks = {span: number for number, span in enumerate(spans, 1)}
    head = ", ".join(str(part) for part in (article.title, article.source, article.published) if part)
    yield Text.assemble((article.id, "bold"), f": {head}" if head else "")
    yield _marked(article.text, marks, coded, plain)
    if not coded:
        yield Text(f"\n{message or 'It tells of no incident.'}")
    for number, one in enumerate(coded, 1):
        yield from _incident(number, one, marks)


def _span(evidence: Evidence) -> Span | None:
    return None if evidence.start is None or evidence.end is None else (evidence.start, evidence.end)


def _marked(text: str, marks: Marks, coded: list[CodedIncident], plain: bool) -> Text:
    """The text with each place that is evidence: its number before it, and after it where it cannot be coloured.

    Places may lie within each other or cross, so that without colours the end has its number as well.
    """
    from rich.text import Text

    edges: list[tuple[int, int, int, str]] = []
    for (start, end), number in marks.items():
        # At one place what ends comes first, the inner before the outer; then what begins, the outer first.
        edges.append((start, 1, -end, f"[{number} "))
        edges.append((end, 0, -start, f" {number}]" if plain else f"[{number}]"))
    if not plain:
        edges = [edge for edge in edges if edge[1] == 0]
    marked, done = Text(), 0
    styled = Text(text)
    for how in ("inferred", "stated"):
        for one in coded:
            for e in one.evidence:
                if e.how.value == how and (span := _span(e)) is not None:
                    styled.stylize(_STYLES[how], *span)
    for place, _, _, label in sorted(edges):
        marked.append_text(styled[done:place])
        marked.append(label, style="bold" if plain else "dim")
        done = place
    return marked.append_text(styled[done:])


def _incident(number: int, one: CodedIncident, marks: Marks) -> Iterator[Any]:
    """The values of an incident in the order of the codebook, each with the chain of its evidence."""
    from rich.table import Table
    from rich.text import Text

    row = one.to_row()
    title = f"\nIncident {number}{', which the article only recalls' if one.background else ''}"
    yield Text(title, style="bold")
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("variable", "value", "how", "evidence", "reason"):
        table.add_column(name, overflow="fold")
    chains: dict[str, list[Evidence]] = {}
    for evidence in one.evidence:
        chains.setdefault(evidence.variable, []).append(evidence)
    for variable in load_codebook().variables.values():
        if variable.name not in row or variable.kind == "label":
            continue
        value = _value(variable.name, row[variable.name])
        chain = chains.get(variable.name, [])
        if not chain:
            table.add_row(variable.name, value, Text("no evidence", style="dim"), "", "")
        for place, evidence in enumerate(chain):
            shown = (variable.name, value) if place == 0 else ("", "")
            table.add_row(*shown, *_reason(evidence, marks))
    yield table


def _value(name: str, value: Any) -> Text:
    from rich.text import Text

    variable = load_codebook().variables[name]
    if variable.codes is None:
        return Text(str(value))
    return Text(f"{value} ({load_codebook().label(name, value)})")


def _reason(evidence: Evidence, marks: Marks) -> tuple[Text, Text, Text]:
    from rich.text import Text

    how = Text(evidence.how.value, style=_HOW[evidence.how.value])
    span = _span(evidence)
    quote = " ".join((evidence.quote or "").split())
    told = Text() if span is None else Text.assemble((f"[{marks[span]}] ", "dim"), quote)
    reason = reason_of(evidence.rule)
    return how, told, Text.assemble(reason, (f"{' ' if reason else ''}({evidence.rule})", "dim"))
