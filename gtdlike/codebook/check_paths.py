"""Whether the paths of the variables make one typed incident: no value where another variable needs a part."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from typing import Final, Literal

from gtdlike.codebook.locate import Finding, Item
from gtdlike.codebook.model import Codebook, Kind
from gtdlike.codebook.twice import twice

_PATH: Final = re.compile(r"[^\W\d_]\w*(?:\.[^\W\d_]\w*)*(?:\[\d+\](?:\.[^\W\d_]\w*)*)?")
METHODS: Final = ("to_row", "from_row")
_HELD: Final[dict[Kind, str]] = {"integer": "an integer", "code": "an integer", "number": "a number"}

Role = Literal["a value", "a part", "a list"]


def path_findings(codebook: Codebook) -> Iterator[Finding]:
    """All that is wrong with paths."""
    roles: dict[str, tuple[Role, str]] = {}
    held: dict[str, tuple[str, str]] = {}
    for v in codebook.variables.values():
        item = Item("variable", v.name, ("path",))
        if (v.kind == "label") != (v.path is None):
            yield item, "Every variable has a `path`, except labels: they are derived.", "Add or take out `path`."
        if v.path is None:
            continue
        if not _PATH.fullmatch(v.path):
            yield item, f"The path {v.path!r} cannot be read.", "Write names with at most one index: targets[0].type."
            continue
        if bad := next((n for n in re.findall(r"\w+", v.path) if keyword.iskeyword(n) or n in METHODS), None):
            yield item, f"{bad!r} cannot be an attribute in Python.", "Write another name in the path."
            continue
        for node, role in nodes(v.path):
            other_role, other = roles.setdefault(node, (role, v.name))
            if other_role != role:
                problem = f"{node.replace('[]', '[...]')} is {role} there, but {other_role} for {other}."
                yield item, problem, f"Write a path of its own, such as {v.name}."
                break
        else:
            kind = _HELD.get(v.kind, v.kind)
            leaf = re.sub(r"\[\d+\]", "[]", v.path)
            other_kind, other = held.setdefault(leaf, (kind, v.name))
            if other_kind != kind:
                problem = f"The elements of a list are alike: it is {kind} there, but {other_kind} for {other}."
                yield item, problem, "Write another path, or the same kind."
    paths = ((v.path, v.name) for v in codebook.variables.values() if v.path is not None)
    for path, first, second in twice(paths):
        yield Item("variable", second, ("path",)), f"The path {path!r} is also that of {first}.", "Change one of them."


def nodes(path: str) -> Iterator[tuple[str, Role]]:
    """What a path goes through, and what that is: `a[0].b` is the list `a`, the part `a[]` and the value `a[].b`."""
    steps = re.sub(r"\[\d+\]", ".[]", path).split(".")
    node = ""
    for place, step in enumerate(steps):
        node = node + step if step == "[]" else f"{node}.{step}".lstrip(".")
        last = place == len(steps) - 1
        yield node, "a value" if last else "a list" if steps[place + 1] == "[]" else "a part"
