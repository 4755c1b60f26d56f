"""Pages of HTML that stand alone: no script, nothing from the network, light or dark, on any width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files


def document(title: str, lead: Iterable[str], body: Iterable[str], *, skip: tuple[str, str]) -> str:
    """A whole page. `lead` are paragraphs of text below the title, `body` is HTML; `skip` is an id in it and its name,
    to which a reader with a keyboard can go at once."""
    css = files("gtdlike").joinpath("webpage.css").read_text(encoding="utf-8")
    anchor, name = skip
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{escape(title)}</title>\n<style>\n{css}</style>\n</head>\n<body>",
            f'<a class="skip" href="#{escape(anchor)}">{escape(name)}</a>',
            f"<header><h1>{escape(title)}</h1>\n" + "\n".join(f"<p>{escape(one)}</p>" for one in lead),
            "</header>\n<main>",
            *body,
            "</main>\n</body>\n</html>\n",
        )
    )


def table(caption: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of text whose first column names its rows, and whose other columns are numbers."""
    head = "".join(f'<th scope="col"{" class=n" if n else ""}>{escape(name)}</th>' for n, name in enumerate(names))
    body = "\n".join(
        f'<tr><th scope="row">{escape(first)}</th>' + "".join(f"<td class=n>{escape(c)}</td>" for c in rest) + "</tr>"
        for first, *rest in rows
    )
    return wide(escape(caption), head, body)


def wide(caption: str, head: str, body: str) -> str:
    """A table, of HTML, that scrolls by itself where it is wider than the page, by the keyboard as well."""
    inner = f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"
    return f'<div class="wide" tabindex="0" role="region" aria-label="{caption}">{inner}</div>'
