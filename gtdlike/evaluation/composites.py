"""The kinds of answers that several variables give together: the date, the place and the targets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from attrs import frozen

from gtdlike.evaluation.kinds import Cells, Kind, Wanted, listed, one_answer, texts
from gtdlike.evaluation.names import same_name
from gtdlike.evaluation.score import Score

MOST_TARGETS = 3
"""A row has room for so many."""


@frozen
class Several:
    """What the fields of several variables share."""

    variables: tuple[str, ...]
    measure: ClassVar[Literal["nominal", "interval"] | None] = None

    def tells(self, wanted: Wanted) -> bool:
        return True

    def categories(self, wanted: Wanted, said: Any) -> tuple[Any, Any]:
        raise TypeError("No measure asks for the categories of a field of several variables.")

    def show(self, answer: Any) -> str:
        return str(answer)

    def show_wanted(self, wanted: Wanted) -> str:
        return " or ".join(dict.fromkeys(map(self.show, wanted)))


@frozen
class Day(Several):
    """A date. A row accepts its own date only; a file of accepted codings lists ranges of days.

    A date without a day is right in a range of several days that its month touches.
    """

    def said(self, row: Cells) -> Any:
        year, month, day = (row.get(name, (0,))[0] for name in self.variables)
        return (year, month, day) if year else None

    def wanted(self, row: Cells) -> Wanted | None:
        said = self.said(row)
        return None if said is None else (said,)

    def accepted(self, given: Any) -> Wanted | None:
        ranges = []
        for span in listed(given):
            first, last = texts(span)
            ranges.append((dt.date.fromisoformat(first), dt.date.fromisoformat(last)))
        return tuple(ranges)

    def score(self, wanted: Wanted | None, said: Any) -> Score:
        right = said is not None and wanted is not None and any(_on(one, said) for one in wanted)
        return one_answer(wanted, said, right)

    def show(self, answer: Any) -> str:
        if isinstance(answer[0], int):
            return "-".join(f"{part:0{width}}" for part, width in zip(answer, (4, 2, 2), strict=True))
        first, last = answer
        return f"{first}" if first == last else f"{first} to {last}"


def _on(one: tuple[Any, ...], said: tuple[int, int, int]) -> bool:
    if isinstance(one[0], int):
        return one == said
    first, last = one
    year, month, day = said
    if first == last or (month and day):
        return (first.year, first.month, first.day) <= said <= (last.year, last.month, last.day)
    return bool(month) and (first.year, first.month) <= (year, month) <= (last.year, last.month)


@frozen
class Names(Several):
    """Names of which any one is enough: those of the town, the province and the spot."""

    def said(self, row: Cells) -> Any:
        return tuple(row[name][0] for name in self.variables if name in row) or None

    def wanted(self, row: Cells) -> Wanted | None:
        return tuple(name for variable in self.variables for name in row.get(variable, ())) or None

    def accepted(self, given: Any) -> Wanted | None:
        return texts(given)

    def score(self, wanted: Wanted | None, said: Any) -> Score:
        right = any(same_name(one, other) for one in wanted or () for other in said or ())
        return one_answer(wanted, said, right)

    def show(self, answer: Any) -> str:
        return answer if isinstance(answer, str) else ", ".join(dict.fromkeys(answer))


@frozen
class Target:
    """The names of one target. An optional one may be coded or left out."""

    names: tuple[str, ...]
    optional: bool = False

    def hit_by(self, others: tuple[str, ...]) -> bool:
        return any(same_name(name, other) for name in self.names for other in others)


@frozen
class Targets(Several):
    """All targets of a row in any order. What is said is as many answers as there are names."""

    def said(self, row: Cells) -> Any:
        return tuple(Target(names) for names in self._names(row, 1)) or None

    def wanted(self, row: Cells) -> Wanted | None:
        return tuple(Target(names) for names in self._names(row, None)) or None

    def _names(self, row: Cells, most: int | None) -> list[tuple[str, ...]]:
        pairs = zip(self.variables[::2], self.variables[1::2], strict=True)
        named = (tuple(name for variable in pair for name in row.get(variable, ())[:most]) for pair in pairs)
        return [names for names in named if names]

    def accepted(self, given: Any) -> Wanted | None:
        found = []
        for target in listed(given):
            if not isinstance(target, Mapping) or not isinstance(target.get("optional", False), bool):
                raise ValueError(f'{target!r} is not a target such as {{"any": ["a market"], "optional": false}}')
            found.append(Target(texts(target.get("any")), target.get("optional", False)))
        return tuple(found)

    def score(self, wanted: Wanted | None, said: Any) -> Score:
        ours: tuple[Target, ...] = wanted or ()
        theirs: tuple[Target, ...] = said or ()
        our_names = tuple(name for target in ours for name in target.names)
        their_names = tuple(name for target in theirs for name in target.names)
        found = [target for target in ours if target.hit_by(their_names)]
        must = [target for target in ours if not target.optional or target in found]
        right = sum(Target((name,)).hit_by(our_names) for name in their_names)
        hits = sum(target.hit_by(our_names) for target in theirs)
        same = bool(theirs) and len(found) == len(must) and hits == len(theirs)
        gold, shared = min(len(must), MOST_TARGETS), min(len(found), hits)
        return Score(gold, len(their_names), min(len(found), MOST_TARGETS), right, same, shared)

    def show(self, answer: Any) -> str:
        if isinstance(answer, tuple):
            return "; ".join(map(self.show, answer))
        return " or ".join(dict.fromkeys(answer.names)) + (" (optional)" if answer.optional else "")

    def show_wanted(self, wanted: Wanted) -> str:
        return "; ".join(map(self.show, wanted))


AnyKind = Kind | Day | Names | Targets
