"""An evaluation as a terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gtdlike.errors import ReadError, remedy_for
from gtdlike.evaluation.evaluation import Evaluation
from gtdlike.evaluation.figures import FieldFigures

Labels = tuple[str, str]
NOTHING = "\N{EN DASH}"
_LONGEST = 80


def for_terminal(evaluation: Evaluation, labels: Labels) -> Iterator[Any]:
    """What rich prints: how much was compared, and the figures by field."""
    from rich.markup import escape

    yield escape(headline(evaluation, labels))
    table = _table("field", *labels, "right", "P", "R", "F1", *(["95 %"] if evaluation.resamples else []), "agree",
                   "kappa", "alpha")  # fmt: skip
    for one in evaluation.figures.values():
        ends = [interval(one)] if evaluation.resamples else []
        table.add_row(
            escape(one.field), f"{one.gold:,}", f"{one.coded:,}", f"{one.found:,}", number(one.precision),
            number(one.recall), f"[bold]{number(one.f1)}[/]", *ends, number(one.agreement), number(one.kappa),
            number(one.alpha),
        )  # fmt: skip
    yield table


def headline(evaluation: Evaluation, labels: Labels) -> str:
    """How much was compared, in one line."""
    incident = evaluation.figures["incident"]
    return (
        f"{labels[1]} against {labels[0]}: incidents of both {incident.found:,}, of {labels[0]} only"
        f" {incident.gold - incident.found:,}, of {labels[1]} only {incident.coded - incident.right:,}."
    )


def confusion(evaluation: Evaluation, name: str, labels: Labels) -> Iterator[Any]:
    """The confusion table of a field: a row for each answer of gold, a column for each that was coded."""
    from rich.markup import escape

    one = _named(evaluation, name)
    golds, codeds = answers(one)
    if not golds:
        raise ReadError(f"There are no codes to compare in {name!r}.", remedy="Name a variable that has codes.")
    yield f"\n[bold]{escape(name)}[/]: rows {escape(labels[0])}, columns {escape(labels[1])}"
    # The labels stand in the rows; a column has room for the code.
    table = _table(labels[0], *(code.partition(" ")[0] or "blank" for code in codeds))
    for gold in golds:
        cells = [one.confusion.get((gold, coded), 0) for coded in codeds]
        table.add_row(escape(gold or "blank"), *(f"{count:,}" if count else "." for count in cells))
    yield table


def differences(evaluation: Evaluation, name: str, labels: Labels) -> Iterator[Any]:
    """The answers to one field that differ."""
    from rich.markup import escape

    _named(evaluation, name)
    yield f"\n[bold]{escape(name)}[/]: what differs"
    table = _table("article", *labels, "evidence", right=False)
    for one in evaluation.differences(name):
        quotes = "; ".join(dict.fromkeys(piece["quote"] for piece in one.evidence if piece.get("quote")))
        cells = (one.article, one.gold or NOTHING, one.coded or NOTHING, quotes)
        table.add_row(*(escape(short(cell)) for cell in cells))
    yield table


def answers(one: FieldFigures) -> tuple[list[str], list[str]]:
    """The answers of a confusion table, of either side, in the order of their codes."""
    ordered = sorted({a for pair in one.confusion for a in pair}, key=lambda a: int(a.partition(" ")[0] or -1))
    golds, codeds = ({pair[side] for pair in one.confusion} for side in (0, 1))
    return [a for a in ordered if a in golds], [a for a in ordered if a in codeds]


def number(figure: float | None) -> str:
    """A figure with three decimals; a dash where there is none."""
    return NOTHING if figure is None else f"{figure:.3f}"


def interval(one: FieldFigures) -> str:
    """The interval of F1."""
    ends = one.intervals.get("f1")
    return NOTHING if ends is None else f"{ends[0]:.2f}-{ends[1]:.2f}"


def short(text: str) -> str:
    """A text that fits into a cell."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"


def _named(evaluation: Evaluation, name: str) -> FieldFigures:
    try:
        return evaluation.figures[name]
    except KeyError:
        remedy = remedy_for(name, evaluation.figures, f"Compared are: {', '.join(evaluation.figures)}.")
        raise ReadError(f"The field {name!r} is not compared.", remedy=remedy) from None


def _table(*names: str, right: bool = True) -> Any:
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 1 if right else 2, 0, 0))
    for place, name in enumerate(names):
        table.add_column(escape(name), justify="right" if right and place else "left", overflow="fold")
    return table


def check_names(evaluation: Evaluation, names: Sequence[str]) -> None:
    """Raises ReadError for a field that is not compared, before anything is printed."""
    for name in names:
        _named(evaluation, name)
