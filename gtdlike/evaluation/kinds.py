"""The kinds of answers of a single variable: how two of them compare, how they are shown, and what measures them.

An answer is *said* by a coder; it is right where it is one of those that the gold coding accepts, its *wanted* ones.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, ClassVar, Literal

from attrs import frozen

from gtdlike.cells import number, read_cell
from gtdlike.codebook.model import CodeList, Variable
from gtdlike.evaluation.names import same_group, same_name, same_text, words
from gtdlike.evaluation.score import Score
from gtdlike.incident import UNKNOWN

Cells = Mapping[str, tuple[Any, ...]]
"""The cells of a row that are filled, each with its value, or with the several that a gold coding accepts."""
Wanted = tuple[Any, ...]
UNKNOWN_GROUP = "Unknown"


@frozen
class Kind:
    """An answer that is right where it equals one of those that are wanted."""

    variable: Variable
    codes: CodeList | None = None
    measure: ClassVar[Literal["nominal", "interval"] | None] = None

    def said(self, row: Cells) -> Any:
        """What a coder's row answers, None where it has no answer."""
        cell = row.get(self.variable.name)
        return cell[0] if cell else None

    def wanted(self, row: Cells) -> Wanted | None:
        """What a gold row accepts, None where it has no answer."""
        return row.get(self.variable.name)

    def accepted(self, given: Any) -> Wanted | None:
        """The answers that a file of accepted codings lists. Raises ValueError where it is no list of them."""
        return tuple(a for a in map(self._read, listed(given)) if a is not UNKNOWN) or None

    def _read(self, value: Any) -> Any:
        return read_cell(self.variable, value)

    def alike(self, one: Any, said: Any) -> bool:
        """Whether what was said is one of the wanted answers."""
        return bool(one == said)

    def right(self, wanted: Wanted | None, said: Any) -> bool:
        """Whether what was said is right."""
        return said is not None and wanted is not None and any(self.alike(one, said) for one in wanted)

    def score(self, wanted: Wanted | None, said: Any) -> Score:
        """What the two answers count for."""
        return one_answer(wanted, said, self.right(wanted, said))

    def tells(self, wanted: Wanted) -> bool:
        """Whether agreement in this tells that two incidents are the same one."""
        return True

    def categories(self, wanted: Wanted, said: Any) -> tuple[Any, Any]:
        """Both answers as one category each; of several that are wanted, the one that was said, otherwise the first."""
        return (next((one for one in wanted if self.alike(one, said)), wanted[0]), said)

    def show(self, answer: Any) -> str:
        """An answer as people read it."""
        if isinstance(answer, bool):
            return f"{int(answer)} ({'yes' if answer else 'no'})"
        if self.codes is not None and answer in self.codes.by_code:
            return f"{answer} ({self.codes.label(answer)})"
        return f"{answer:g}" if isinstance(answer, float) else str(answer)

    def show_wanted(self, wanted: Wanted) -> str:
        """All the answers that are wanted."""
        return " or ".join(dict.fromkeys(map(self.show, wanted)))


@frozen
class Coded(Kind):
    """A code, or yes or no."""

    measure = "nominal"


@frozen
class Number(Kind):
    """A number."""

    measure = "interval"


@frozen
class Range(Number):
    """A number of which the least and the most are wanted."""

    def wanted(self, row: Cells) -> Wanted | None:
        cell = row.get(self.variable.name)
        return None if cell is None else tuple((value, value) for value in cell)

    def accepted(self, given: Any) -> Wanted | None:
        ends = listed(given)
        if len(ends) != 2:
            raise ValueError(f"{given!r} is not the least and the most, such as [2, 3]")
        if self.variable.unknown is not None and self.variable.unknown in ends:
            return None
        low, high = map(number, ends)  # the ends may be fractions: shares of a figure that several incidents have
        return ((low, high),)

    def alike(self, one: Any, said: Any) -> bool:
        return bool(one[0] <= said <= one[1])

    def tells(self, wanted: Wanted) -> bool:
        return any(high > 0 for _, high in wanted)

    def categories(self, wanted: Wanted, said: Any) -> tuple[Any, Any]:
        nearest = min((min(max(said, low), high) for low, high in wanted), key=lambda one: abs(one - said))
        return (nearest, said)

    def show(self, answer: Any) -> str:
        if not isinstance(answer, tuple):
            return super().show(answer)
        low, high = map(super().show, answer)
        return low if low == high else f"{low} to {high}"


@frozen
class Text(Kind):
    """A text, compared by its words."""

    def alike(self, one: Any, said: Any) -> bool:
        return same_text(one, said)


@frozen
class Label(Text):
    """The label of a code."""

    measure = "nominal"

    def said(self, row: Cells) -> Any:
        assert self.variable.label_of is not None
        assert self.codes is not None
        code = row.get(self.variable.label_of)
        return self.codes.label(code[0]) if code and code[0] in self.codes.by_code else None

    def wanted(self, row: Cells) -> Wanted | None:
        label = self.said(row)
        return None if label is None else (label,)

    def accepted(self, given: Any) -> Wanted | None:
        return texts(given)


@frozen
class Name(Kind):
    """A name, of which a part may stand for the whole."""

    def accepted(self, given: Any) -> Wanted | None:
        return texts(given)

    def alike(self, one: Any, said: Any) -> bool:
        return same_name(one, said)


@frozen
class Group(Name):
    """The name of a perpetrator group. A blank says that none is known, which is an answer."""

    measure = "nominal"

    def said(self, row: Cells) -> Any:
        return super().said(row) or UNKNOWN_GROUP

    def wanted(self, row: Cells) -> Wanted | None:
        return super().wanted(row) or (UNKNOWN_GROUP,)

    def alike(self, one: Any, said: Any) -> bool:
        if UNKNOWN_GROUP in (one, said):
            return bool(one == said)
        return same_group(one, said)

    def tells(self, wanted: Wanted) -> bool:
        return wanted != (UNKNOWN_GROUP,)

    def categories(self, wanted: Wanted, said: Any) -> tuple[Hashable, Hashable]:
        # One category a group, whichever of its names was said.
        gold = words(wanted[0])
        return (gold, gold if self.right(wanted, said) else words(said))


def one_answer(wanted: Wanted | None, said: Any, right: bool) -> Score:
    """The score of a question that has one answer."""
    return Score(int(wanted is not None), int(said is not None), int(right), int(right), right, int(right))


def listed(given: Any) -> Sequence[Any]:
    """A list of answers. Raises ValueError where it is none."""
    if not isinstance(given, list) or not given:
        raise ValueError(f"{given!r} is not a list of the answers that are accepted")
    return given


def texts(given: Any) -> Wanted:
    """A list of texts. Raises ValueError where it is none."""
    for text in listed(given):
        if not isinstance(text, str):
            raise ValueError(f"{text!r} is not a text")
    return tuple(given)
