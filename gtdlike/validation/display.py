"""A report as people see it: in a terminal, and in a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape as html
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from gtdlike.validation.report import Report

_LONGEST: Final = 60
_RULES: Final = ("rule", "severity", "count", "variables")
_VIOLATIONS: Final = ("row", "variable", "value", "severity", "rule", "message and remedy")
_COLOURS: Final = {"error": "red", "warning": "yellow"}
_NARROW: Final = 120
"""In fewer letters a line has no room for a column of messages: they stand below what they are about."""


def for_terminal(report: Report, most: int, width: int) -> Iterator[Any]:
    """What rich prints: the outcome, the counts by rule, the first violations, and how many there are beyond."""
    from rich.markup import escape
    from rich.table import Table

    colour = "red" if report.errors else "yellow" if report.warnings else "green"
    yield f"[{colour}]{escape(_headline(report))}[/]"
    by_rule = list(rules(report))
    if len(by_rule) > 1:
        table = Table(box=None, header_style="bold", pad_edge=False)
        for name in _RULES:
            table.add_column(name, justify="right" if name == "count" else "left", overflow="fold")
        for rule, severity, count, variables in by_rule:
            table.add_row(rule, f"[{_COLOURS[severity]}]{severity}[/]", f"{count:,}", escape(variables))
        yield table
        yield ""
    shown, beyond = report.shown(most)
    if shown:
        narrow = width < _NARROW
        table = Table(box=None, header_style="bold", pad_edge=False)
        for name in ("row", "variable, value, severity and rule; message and remedy") if narrow else _VIOLATIONS:
            table.add_column(name, justify="right" if name == "row" else "left", overflow="fold")
        for v in shown:
            row, variable = "" if v["row"] is None else str(v["row"]), v["variable"] or ""
            value, told = escape(short(v["value"] or "")), f"{escape(v['message'])} [dim]{escape(v['remedy'])}[/]"
            severity = f"[{_COLOURS[v['severity']]}]{v['severity']}[/]"
            if narrow:
                head = "  ".join(
                    part for part in (variable and f"[bold]{variable}[/]", value, severity, v["rule"]) if part
                )
                table.add_row(row, f"{head}\n{told}")
            else:
                table.add_row(row, variable, value, severity, v["rule"], told)
        yield table
    if beyond:
        yield f"{beyond:,} more."


def for_notebook(report: Report, most: int) -> str:
    """The same as HTML."""
    shown, beyond = report.shown(most)
    lines = [
        (
            str(v["row"] or ""),
            v["variable"] or "",
            short(v["value"] or ""),
            v["severity"],
            v["rule"],
            f"{v['message']} {v['remedy']}",
        )
        for v in shown
    ]
    counts = [(rule, severity, f"{count:,}", variables) for rule, severity, count, variables in rules(report)]
    return "".join(
        (
            f"<p><strong>{html(_headline(report))}</strong></p>",
            _table(_RULES, counts),
            _table(_VIOLATIONS, lines),
            f"<p>{beyond:,} more.</p>" if beyond else "",
        )
    )


def rules(report: Report) -> Iterator[tuple[str, str, int, str]]:
    """Each rule that is violated, the most frequent errors first: its severity, how often, and at which variables."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for (rule, variable, severity), count in report.counts_by_variable.items():
        found.setdefault((rule, severity), {})[variable] = count
    for (rule, severity), variables in sorted(
        found.items(), key=lambda item: (item[0][1], -sum(item[1].values()), item[0][0])
    ):
        ordered = sorted((name for name in variables if name), key=lambda name: (-variables[name], name))
        more = f" and {len(ordered) - 3} more" if len(ordered) > 3 else ""
        yield rule, severity, sum(variables.values()), ", ".join(ordered[:3]) + more


def short(value: str) -> str:
    """A value that fits into a line."""
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"


def _headline(report: Report) -> str:
    """The outcome in one line; the counts by rule stand below it where there are several."""
    origin = f"{report.origin}: " if report.origin else ""
    note = f" {report.note}" if report.note else ""
    return f"{origin}{report.summary() if len(report.counts) < 2 else report.outcome()}{note}"


def _table(names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    head = "".join(f"<th style='text-align:left'>{html(name)}</th>" for name in names)
    body = "".join(
        "<tr>" + "".join(f"<td style='text-align:left'>{html(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
