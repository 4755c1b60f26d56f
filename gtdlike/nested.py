"""The incident as nested JSON, and back, without loss.

The cells are those of the flat row, with the same codes, unknown codes and numbers; only that each stands at the `path`
of its variable. Blanks are left out, and so are labels, which follow from the codes. Dates are ISO text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from gtdlike.codebook.model import Codebook
from gtdlike.errors import RowError, remedy_for
from gtdlike.incident import Incident
from gtdlike.rowmap import row_map
from gtdlike.rows import from_row, to_row

Step = str | int
_STEP: Final = re.compile(r"(\w+)|\[(\d+)\]")


def to_nested(incident: Incident, codebook: Codebook | None = None) -> dict[str, Any]:
    """The incident as JSON has it: objects, lists, numbers and texts.

    Raises RowError where the incident holds what a row has no way to write for.
    """
    book = row_map(codebook).codebook
    row = to_row(incident, book)
    nested: dict[str, Any] = {}
    for variable in book.variables.values():
        value = row[variable.name]
        if variable.path is not None and value is not None:
            _put(nested, steps_of(variable.path), value.isoformat() if isinstance(value, dt.date) else value)
    return nested


def from_nested(nested: Mapping[str, Any], codebook: Codebook | None = None) -> Incident:
    """The incident of nested JSON. Raises RowError, which names the path, for what has no place in an incident."""
    book = row_map(codebook).codebook
    by_path = {v.path: v.name for v in book.variables.values() if v.path is not None}
    row: dict[str, Any] = {}
    for path, value in leaves(nested, ""):
        if path not in by_path:
            remedy = remedy_for(path, by_path, "Take it out.")
            raise RowError(f"The codebook {book.id!r} has no place for it.", place=path, remedy=remedy)
        row[by_path[path]] = value
    return from_row(row, book)


def steps_of(path: str) -> tuple[Step, ...]:
    """The steps of a path such as `targets[0].type`: names, and indices of lists."""
    return tuple(name or int(index) for name, index in _STEP.findall(path))


def _put(parts: Any, steps: tuple[Step, ...], value: Any) -> None:
    """Put a value to its place, and make the objects and lists on the way there."""
    for step, following in zip(steps, (*steps[1:], None), strict=True):
        if isinstance(step, int):
            # A gap in a list of codes is null, in a list of objects an object without anything in it.
            parts.extend(None if following is None else {} for _ in range(step + 1 - len(parts)))
        if following is None:
            parts[step] = value
        elif isinstance(step, int):
            parts = parts[step]
        else:
            parts = parts.setdefault(step, [] if isinstance(following, int) else {})


def leaves(part: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The values that are not blank, with their paths."""
    if isinstance(part, Mapping):
        for name, value in part.items():
            yield from leaves(value, f"{path}.{name}" if path else str(name))
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from leaves(value, f"{path}[{index}]")
    elif part is not None:
        yield path, part
