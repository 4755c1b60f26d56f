"""Incidents that do not go into a release because they have errors, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import define, field

from gtdlike.codebook import Codebook
from gtdlike.linking import Linked
from gtdlike.linking.decided import Key
from gtdlike.release.tables import as_text
from gtdlike.rows import to_row

REJECTED = "rejected.jsonl"

Violation = dict[str, Any]


@define
class Rejected:
    """The incidents that were rejected, for `rejected.jsonl`: their articles, how often these tell them, what is wrong
    with them, and their values as far as they can be written."""

    rows: list[dict[str, Any]] = field(factory=list)
    keys: set[Key] = field(factory=set)
    """The tellings of them."""

    @property
    def tellings(self) -> int:
        """How many tellings were rejected."""
        return sum(one["tellings"] for one in self.rows)

    def add_telling(self, key: Key, row: Mapping[str, Any] | None, violations: Sequence[Violation]) -> None:
        """Reject what one article tells."""
        self._add([key[0]], row, violations, [key])

    def add_linked(self, one: Linked, violations: Sequence[Violation], codebook: Codebook) -> None:
        """Reject an incident with all its tellings."""
        articles = list(dict.fromkeys(m.article.id for m in one.members))
        keys = [(m.article.id, m.telling) for m in one.members]
        self._add(articles, to_row(one.incident, codebook), violations, keys)

    def _add(
        self,
        articles: Sequence[str],
        row: Mapping[str, Any] | None,
        violations: Sequence[Violation],
        keys: Sequence[Key],
    ) -> None:
        # Row numbers and ids are those of a try, so they would mislead.
        told = [{k: v for k, v in violation.items() if k not in ("row", "eventid")} for violation in violations]
        filled = {k: as_json(v) for k, v in (row or {}).items() if v is not None and k != "eventid"}
        self.rows.append({"articles": articles, "tellings": len(keys), "violations": told, "row": filled})
        self.keys.update(keys)

    def write(self, folder: Path) -> None:
        """Write the file, if there is anything to write."""
        if self.rows:
            (folder / REJECTED).write_text("".join(self._lines()), encoding="utf-8", newline="\n")

    def _lines(self) -> Iterator[str]:
        lines = (json.dumps(one, ensure_ascii=False, sort_keys=True, default=as_json) for one in self.rows)
        yield from (f"{line}\n" for line in sorted(lines))


def violation(rule: str, message: str, remedy: str, variable: str | None = None) -> Violation:
    """An error that no rule of the codebook tells of, in the shape of those that they do."""
    return {"variable": variable, "rule": rule, "severity": "error", "message": message, "remedy": remedy}


def as_json(value: Any) -> Any:
    """A value that JSON can hold."""
    return value if isinstance(value, str | int | float | bool | None) else as_text(value)
