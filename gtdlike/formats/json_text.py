"""JSON that people read: indented, and what is short on one line."""

from __future__ import annotations

import json
from typing import Any, Final

_WIDTH: Final = 120


def json_text(value: Any, indent: int = 0, before: int = 0) -> str:
    """The text of a JSON value whose lines are indented so far, and before which something stands on its line."""
    one_line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if len(one_line) + indent + before < _WIDTH or not isinstance(value, dict | list) or not value:
        return one_line
    inner = indent + 2
    if isinstance(value, dict):
        names = {key: f"{json.dumps(key, ensure_ascii=False)}: " for key in value}
        lines = [name + json_text(value[key], inner, len(name)) for key, name in names.items()]
        return _block("{", lines, "}", indent)
    if any(isinstance(one, dict | list) for one in value):
        return _block("[", [json_text(one, inner) for one in value], "]", indent)
    return _block("[", _lines([json.dumps(one, ensure_ascii=False) for one in value], inner), "]", indent)


def _lines(parts: list[str], indent: int) -> list[str]:
    """Numbers and short texts side by side, as many as a line holds."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) + indent + 3 <= _WIDTH:
            lines[-1] += f", {part}"
        else:
            lines.append(part)
    return lines


def _block(open_: str, lines: list[str], close: str, indent: int) -> str:
    margin = " " * (indent + 2)
    return f"{open_}\n" + ",\n".join(margin + line for line in lines) + f"\n{' ' * indent}{close}"
