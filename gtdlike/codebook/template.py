"""What a violation says, with the cells of its row in it."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from gtdlike.codebook.model import Codebook

BLANK = "blank"


@frozen
class Shown:
    """A cell in a text: what `table` has for its value, else `otherwise`, else the value as it is."""

    column: str
    table: Mapping[Any, str] = field(factory=dict, repr=False)
    otherwise: str | None = None
    """What stands for a value that is not in the table. None: the value itself, and `blank` for a blank."""
    quote: bool = False
    """Whether a value that is not in the table stands in quotes."""

    def text(self, value: Any) -> str:
        """What a value of the cell is shown as."""
        if value in self.table:
            return self.table[value]
        if self.otherwise is not None:
            return self.otherwise
        if value is None:
            return BLANK
        return repr(value) if self.quote else plain(value)


Template = tuple[str | Shown, ...]


def plain(value: Any) -> str:
    """A cell as a reader should see it: 3.0 as 3."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def render(template: Template, cells: Mapping[str, Any]) -> str:
    """The text of a template for the cells of one row."""
    return "".join(part if isinstance(part, str) else part.text(cells.get(part.column)) for part in template)


def columns_shown(template: Template) -> tuple[str, ...]:
    """The variables whose cells a template shows."""
    return tuple(dict.fromkeys(part.column for part in template if isinstance(part, Shown)))


def names_in(text: str) -> list[str]:
    """The names in braces of a message. Raises ValueError where a brace is not closed."""
    return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]


def template_of(text: str, codebook: Codebook, value: str | None = None) -> Template:
    """A message of a rule as a template: codes are shown with their labels, texts in quotes.

    `value` is the variable that `{value}` stands for.
    """
    parts: list[str | Shown] = []
    for literal, name, _, _ in string.Formatter().parse(text):
        if literal:
            parts.append(literal)
        if name is not None:
            parts.append(cell(value if name == "value" and value else name, codebook))
    return tuple(parts)


def cell(variable: str, codebook: Codebook) -> Shown:
    """The cell of a variable as messages show it."""
    known = codebook.variables[variable]
    codes = codebook.code_lists.get(known.codes or "")
    table = {c.code: f"{c.code} ({c.label})" for c in codes} if codes else {}
    return Shown(variable, table, quote=known.kind in ("text", "label"))
