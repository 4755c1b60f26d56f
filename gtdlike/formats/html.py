"""A codebook as one page of HTML that stands alone: nothing from the network, light or dark, with a search.

With the statistics of data, how often each code stands there is told beside it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Final

from gtdlike.codebook.checks import GENERAL
from gtdlike.codebook.model import Codebook, CodeList, DatasetRule, Rule, Variable
from gtdlike.formats.markdown import check_text, dataset_rule_words, kind_of, told_of
from gtdlike.formats.statistics import Statistics

_TICKS: Final = re.compile(r"`([^`]*)`")


def html(
    codebook: Codebook,
    statistics: Mapping[str, Statistics] | None = None,
    *,
    title: str | None = None,
    lead: Sequence[str] = (),
    overview: str = "",
) -> str:
    """The page. `lead` are paragraphs below the title, and `overview` is HTML that stands before the variables."""
    css, script = (
        files("gtdlike.formats").joinpath(name).read_text(encoding="utf-8") for name in ("html.css", "html.js")
    )
    # The browser runs this script and no other.
    digest = base64.b64encode(hashlib.sha256(f"\n{script}".encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    heading = escape(title or codebook.title)
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            f"<title>{heading}</title>\n<style>\n{css}</style>\n</head>\n<body>",
            '<a class="skip" href="#variables">To the variables</a>',
            f"<header><h1>{heading}</h1>",
            *(f"<p>{escape(text)}</p>" for text in lead),
            f'<p class="dim">{_sentence(_about(codebook))}</p>',
            f"{overview}</header>",
            '<form class="search" role="search" hidden><label for="search">Search</label>'
            '<input id="search" type="search" autocomplete="off" placeholder="a variable, code or rule">'
            '<output for="search"></output></form>',
            *_contents(codebook),
            '<main id="variables">',
            *_sections(codebook, statistics or {}),
            *_general(codebook),
            *_lists(codebook, statistics or {}),
            f"</main>\n<script>\n{script}</script>\n</body>\n</html>\n",
        )
    )


def _about(codebook: Codebook) -> str:
    rules = len(codebook.rules) + len(codebook.dataset_rules)
    return (
        f"Codebook `{codebook.id}`, version {codebook.version}: {len(codebook.variables)} variables, "
        f"{len(codebook.code_lists)} code lists, {rules} rules. A cell is blank where a question was not asked, does "
        "not apply or has no answer. A row violates a rule where its expression is false; an error makes a row "
        "invalid, a warning asks to look again."
    )


def _contents(codebook: Codebook) -> Iterator[str]:
    yield '<nav aria-label="Contents"><ul>'
    yield from (f'<li><a href="#{_id("section", name)}">{escape(name)}</a></li>' for name in codebook.sections)
    yield '<li><a href="#general-rules">general rules</a></li><li><a href="#code-lists">code lists</a></li>'
    yield "</ul></nav>"


def _sections(codebook: Codebook, statistics: Mapping[str, Statistics]) -> Iterator[str]:
    for section, text in codebook.sections.items():
        yield f'<section><h2 id="{_id("section", section)}">{escape(section.capitalize())}</h2><p>{_sentence(text)}</p>'
        for variable in codebook.variables.values():
            if variable.section == section:
                yield from _variable(variable, codebook, statistics.get(variable.name))
        for rule in codebook.rules.values():
            if rule.section == section:
                yield _rule(rule)
        yield "</section>"


def _variable(variable: Variable, codebook: Codebook, counted: Statistics | None) -> Iterator[str]:
    yield f'<article class="item" id="{_id("variable", variable.name)}">'
    yield f"<h3><code>{escape(variable.name)}</code> {escape(variable.label)}</h3>"
    yield f"<p>{_sentence(' '.join(told_of(variable)))}</p>"
    kind = escape(kind_of(variable))
    if variable.codes:
        kind = f'code of <a href="#{_id("list", variable.codes)}">{escape(variable.codes)}</a>'
    yield f'<p class="dim">{_ticks(kind)}{_filled(counted)}</p>'
    if counted and counted.counts:
        yield from _frequencies(variable, codebook, counted)
    yield "</article>"


def _filled(counted: Statistics | None) -> str:
    """What stands in the column, in words."""
    if counted is None:
        return ""
    parts = [f"{counted.told:,} told{_percent(counted.told, counted.rows)}"]
    parts += [
        f"{number:,} {word}" for number, word in ((counted.unknown, "unknown"), (counted.blank, "blank")) if number
    ]
    figures = (("lowest", counted.minimum), ("mean", counted.mean), ("highest", counted.maximum))
    parts += [f"{word} {_figure(figure)}" for word, figure in figures if figure is not None]
    return " \N{MIDDLE DOT} " + ", ".join(parts)


def _frequencies(variable: Variable, codebook: Codebook, counted: Statistics) -> Iterator[str]:
    if variable.kind == "boolean":
        labels = {0: "No", 1: "Yes"}
    else:
        labels = {code.code: code.label for code in codebook.code_list(variable.name)}
    most = max(counted.counts.values())
    order = sorted(counted.counts, key=lambda code: (-counted.counts[code], code))
    yield f"<details><summary>Frequencies of {_number(len(order), 'code')}</summary>"
    yield '<div class="wide"><table><thead><tr><th class="n" scope="col">code</th><th scope="col">label</th>'
    yield '<th class="n" scope="col">rows</th><td></td></tr></thead><tbody>'
    for code in order:
        number, label = counted.counts[code], escape(labels.get(code, ""))
        yield (
            f'<tr><td class="n">{code}</td><th scope="row">{label}</th><td class="n">{number:,}</td>'
            f'<td class="bar"><span style="width:{100 * number / most:.1f}%"></span></td></tr>'
        )
    yield "</tbody></table></div></details>"


def _rule(rule: Rule) -> str:
    each = rule.each if isinstance(rule.each, str) else ", ".join(rule.each or ())
    of = f", for each {escape(each)}" if each else ""
    return (
        f'<article class="item" id="{_id("rule", rule.id)}"><h3>Rule <code>{escape(rule.id)}</code></h3>'
        f'<p><span class="{rule.severity}">{rule.severity}</span>{of}</p>'
        f"<pre><code>{escape(check_text(rule.check))}</code></pre>"
        f"<p>{_sentence(rule.message)} <em>{_sentence(rule.remedy)}</em></p></article>"
    )


def _general(codebook: Codebook) -> Iterator[str]:
    yield '<section><h2 id="general-rules">General rules</h2>'
    yield "<p>What follows from the variables, and what several rows say together.</p>"
    for name, text in GENERAL.items():
        yield f'<article class="item" id="{_id("rule", name)}"><h3>Rule <code>{escape(name)}</code></h3>'
        yield f"<p>{_sentence(text)}</p></article>"
    yield from (_dataset_rule(rule) for rule in codebook.dataset_rules.values())
    yield "</section>"


def _dataset_rule(rule: DatasetRule) -> str:
    where = f"<p>Of the rows where</p><pre><code>{escape(check_text(rule.where))}</code></pre>" if rule.where else ""
    return (
        f'<article class="item" id="{_id("rule", rule.id)}"><h3>Rule <code>{escape(rule.id)}</code></h3>'
        f'<p><span class="{rule.severity}">{rule.severity}</span>, of all rows together</p>'
        f"<p>{_sentence(dataset_rule_words(rule))}</p>{where}"
        f"<p>{_sentence(rule.message)} <em>{_sentence(rule.remedy)}</em></p></article>"
    )


def _lists(codebook: Codebook, statistics: Mapping[str, Statistics]) -> Iterator[str]:
    yield '<section><h2 id="code-lists">Code lists</h2>'
    for codes in codebook.code_lists.values():
        users = [v.name for v in codebook.variables.values() if v.codes == codes.name and v.name in statistics]
        yield from _list(codes, codebook, {name: statistics[name] for name in users})
    yield "</section>"


def _list(codes: CodeList, codebook: Codebook, counted: Mapping[str, Statistics]) -> Iterator[str]:
    parents = codebook.code_lists.get(codes.parent_list) if codes.parent_list else None
    defined = any(code.definition for code in codes)
    yield f'<details class="item" id="{_id("list", codes.name)}"><summary><code>{escape(codes.name)}</code>: '
    yield f"{_number(len(codes), 'code')}</summary>"
    head = [("code", True), ("label", False)]
    head += [(codes.parent_list or "", False)] * (parents is not None) + [(name, True) for name in counted]
    head += [("definition", False)] * defined
    yield '<div class="wide" tabindex="0" role="region" aria-label="The codes"><table><thead><tr>'
    yield "".join(f'<th scope="col"{_n(right)}>{escape(name)}</th>' for name, right in head) + "</tr></thead><tbody>"
    for code in codes:
        cells: list[tuple[str, str]] = [(str(code.code), _n(True)), (code.label, "")]
        if parents is not None:
            cells.append((parents.label(code.parent) if code.parent is not None else "", ""))
        cells += [
            (f"{one.counts[code.code]:,}" if code.code in one.counts else "", _n(True)) for one in counted.values()
        ]
        if defined:
            cells.append((code.definition, ' class="text"'))
        yield "<tr>" + "".join(f"<td{attributes}>{escape(text)}</td>" for text, attributes in cells) + "</tr>"
    yield "</tbody></table></div></details>"


def bars(caption: str, figures: Iterable[tuple[str, int]]) -> str:
    """A chart of lying bars, as SVG in a figure: a label, a bar and a number on each line."""
    found = list(figures)
    most = max((number for _, number in found), default=0)
    if not most:
        return ""
    lines = []
    for place, (label, number) in enumerate(found):
        top, width = 20 * place, 100 * number / most
        lines.append(
            f'<text x="200" y="{top + 14}" text-anchor="end">{escape(label)}</text>'
            f'<rect x="206" y="{top + 3}" width="{width:.1f}" height="14"/>'
            f'<text x="{211 + width:.1f}" y="{top + 14}">{number:,}</text>'
        )
    size = f'viewBox="0 0 360 {20 * len(found)}"'
    drawn = f'<svg {size} role="img" aria-label="{escape(caption)}">{"".join(lines)}</svg>'
    return f"<figure><figcaption>{escape(caption)}</figcaption>{drawn}</figure>"


def _n(right: bool) -> str:
    return ' class="n"' if right else ""


def _sentence(text: str) -> str:
    """A text in which what stands between backticks is code."""
    return _ticks(escape(text))


def _ticks(escaped: str) -> str:
    return _TICKS.sub(r"<code>\1</code>", escaped)


def _id(kind: str, name: str) -> str:
    return escape(f"{kind}-{name}".replace(" ", "-"))


def _percent(part: int, whole: int) -> str:
    return f" ({100 * part / whole:.0f} %)" if whole else ""


def _figure(value: float) -> str:
    """A number as it can be read: whole ones as they are, so that an event id keeps its digits; others in short."""
    if value == int(value):
        return str(int(value)) if abs(value) < 10_000 or abs(value) > 10**10 else f"{int(value):,}"
    return f"{value:,.2f}"


def _number(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"
