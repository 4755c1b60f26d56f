"""The map between the typed incident and the flat row, compiled from the `path` of each variable of a codebook."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

from attrs import define, frozen

from gtdlike.cells import converter, is_blank, is_unknown, write_cell
from gtdlike.codebook.model import Codebook, Kind, Value, Variable
from gtdlike.errors import CodebookError, RowError, remedy_for
from gtdlike.incident import UNKNOWN, Incident
from gtdlike.shapes import incident_class, of_class

EXTRA_COLUMNS: Final = ("article_id", "background", "evidence")
"""What a coded row carries beside the codebook's columns. These are passed over, not an error."""


@frozen
class CellProblem:
    """One value of an incident that cannot stand in the flat row."""

    variable: str
    value: Any
    message: str

    def __str__(self) -> str:
        return f"{self.variable}: {self.message}"


# What may stand in a row as it is: the type that a value of the kind must have, to the letter.
AS_IT_IS: Final[Mapping[Kind, type | None]] = {"integer": int, "code": int, "text": str}

Values = Callable[[Any], Sequence[Any]]
Cells = list[tuple[str, type | None, Variable]]
"""For each variable its name, the type that goes into the row as it is, and all else about it: quicker to unpack."""


@define
class ListMap:
    """A list of the incident, and for each of its places in the row the variables and how to get their values."""

    path: str
    get: Callable[[Incident], list[Any]]
    places: list[tuple[Cells, Values]]

    def beyond(self, elements: list[Any]) -> bool:
        """Whether there is more in the list than the row has places for. Trailing blanks are nothing."""
        return any(e is not None and e != "" and e != type(e)() for e in elements[len(self.places) :])


@define
class _Part:
    """A part of the incident while it is being read: the part that holds it, its key there, and whether it is a list.

    `blank` is what fills the gaps of a list: {} for a list of records, None for a list of codes or texts.
    """

    parent: int
    key: str | int
    is_list: bool = False
    blank: dict[str, Any] | None = None


@define
class RowMap:
    """The map between the incident and the flat row, compiled from one codebook."""

    codebook: Codebook
    incident_class: type[Incident]
    scalars: tuple[Cells, Values]
    lists: list[ListMap]
    labels: list[tuple[str, str, Mapping[Any, str]]]
    parts: list[_Part]
    places: dict[str, tuple[int, str | int, int | str | None, Variable]]
    blank_row: dict[str, Value]

    def write(self, incident: Incident) -> tuple[dict[str, Value], list[CellProblem]]:
        """The flat row, with None for each value that cannot stand in it, and what is wrong with those values."""
        try:
            return of_class(self._write, incident, self.incident_class, self.codebook)
        except (AttributeError, TypeError) as error:
            # The parts are not the classes of an incident: a target that is None, a place that is a text.
            remedy = "Build it from the classes of gtdlike.incident, or those of incident_class(codebook)."
            raise RowError(f"The incident is not whole: {error}.", remedy=remedy) from None

    def _write(self, incident: Incident) -> tuple[dict[str, Value], list[CellProblem]]:
        row = self.blank_row.copy()
        problems: list[CellProblem] = []
        cells, values = self.scalars
        self._put(row, cells, values(incident), problems)
        for part in self.lists:
            elements = part.get(incident)
            for element, (cells, values) in zip(elements, part.places, strict=False):
                self._put(row, cells, values(element), problems)
            if len(elements) > len(part.places) and part.beyond(elements):
                # What the row has no place for is an error, not a loss in silence.
                message = f"there are {len(elements)} {part.path}, and the row has room for {len(part.places)}"
                problems.append(CellProblem(part.places[-1][0][0][0], elements[-1], message))
        for label, code, labels in self.labels:
            if (value := row[code]) is not None:
                row[label] = labels.get(value)
        return row, problems

    @staticmethod
    def _put(row: dict[str, Value], cells: Cells, values: Sequence[Any], problems: list[CellProblem]) -> None:
        for (name, as_it_is, variable), value in zip(cells, values, strict=True):
            if value is None:
                continue
            as_is = type(value) is as_it_is and value != ""
            try:
                row[name] = value if as_is else write_cell(variable, value)
            except ValueError as error:
                problems.append(CellProblem(name, value, str(error)))

    def check_names(self, names: Iterable[str]) -> None:
        """Raise RowError for a column that is neither the codebook's nor an extra one: its values would be lost."""
        strange = [name for name in names if name not in self.blank_row and name not in EXTRA_COLUMNS]
        if strange:
            problem = f"Unknown column{'s' * (len(strange) > 1)}: {', '.join(map(repr, strange))}."
            raise RowError(problem, remedy=remedy_for(str(strange[0]), self.blank_row, "Leave it out."))

    def read(self, row: Mapping[str, Any]) -> Incident:
        """The incident of a flat row."""
        found: list[dict[Any, Any]] = [{} for _ in self.parts]
        places = self.places
        for name, value in row.items():
            if value is None:
                continue
            if (place := places.get(name)) is None:
                if name not in self.blank_row and name not in EXTRA_COLUMNS:
                    self.check_names(row)
                continue
            index, key, unknown, variable = place
            kind = type(value)
            if kind is int:
                if value == unknown:
                    value = UNKNOWN
            elif kind is str and variable.kind == "text":
                if value == "":
                    continue
                if value == unknown:
                    value = UNKNOWN
            elif is_blank(value):
                continue
            elif is_unknown(variable, value):
                value = UNKNOWN
            found[index][key] = value
        # A part stands after the part that holds it, so each is complete when it is put into its place.
        for index in range(len(found) - 1, 0, -1):
            if values := found[index]:
                part = self.parts[index]
                filled = [values.get(i, part.blank) for i in range(max(values) + 1)] if part.is_list else values
                found[part.parent][part.key] = filled
        try:
            return converter().structure(found[0], self.incident_class)
        except Exception as error:
            raise self._explained(error) from None

    def _explained(self, error: Exception) -> RowError:
        from cattrs import transform_error

        by_path = {v.path: v.name for v in self.codebook.variables.values()}
        messages = []
        for line in transform_error(error, format_exception=lambda e, _: str(e)):
            message, _, path = line.rpartition(" @ $.")
            messages.append(f"{by_path.get(path, path)}: {message} @ {path}")
        return RowError("; ".join(messages), remedy="Correct these cells.")


def row_map(codebook: Codebook | None = None) -> RowMap:
    """The compiled map of a codebook, by default the built-in one. Each codebook is compiled once."""
    if codebook is None:
        from gtdlike.codebook.load import load_codebook

        codebook = load_codebook()
    # By identity: a codebook holds mappings and has no hash. The map keeps it alive, so its id stays its own.
    if (map_ := _maps.get(id(codebook))) is None:
        map_ = _maps[id(codebook)] = _compiled(codebook)
    return map_


_maps: Final[dict[int, RowMap]] = {}


# `place.country`, `attacks[0]`, `targets[0].type`: attribute names, with at most one index into a list.
_PATH = re.compile(r"(?P<head>\w+(?:\.\w+)*)(?:\[(?P<index>\d+)\](?:\.(?P<tail>\w+(?:\.\w+)*))?)?")


def _compiled(codebook: Codebook) -> RowMap:
    scalars: list[Variable] = []
    lists: dict[str, dict[int, list[tuple[str | None, Variable]]]] = {}
    parts = [_Part(-1, "")]
    index_of: dict[tuple[str | int, ...], int] = {(): 0}
    places: dict[str, tuple[int, str | int, int | str | None, Variable]] = {}

    def part(steps: tuple[str | int, ...]) -> int:
        """The index of the part that these steps lead to."""
        if steps not in index_of:
            parent = part(steps[:-1])
            index_of[steps] = len(parts)
            parts.append(_Part(parent, steps[-1]))
        return index_of[steps]

    for variable in codebook.variables.values():
        if variable.path is None:
            continue
        if (match := _PATH.fullmatch(variable.path)) is None:
            raise CodebookError(
                f"The path {variable.path!r} cannot be read.",
                place=f"variable {variable.name}",
                remedy="Write attribute names with at most one index, such as targets[0].type.",
            )
        head, index, tail = match["head"], match["index"], match["tail"]
        steps: tuple[str | int, ...] = tuple(head.split("."))
        if index is None:
            scalars.append(variable)
        else:
            lists.setdefault(head, {}).setdefault(int(index), []).append((tail, variable))
            held = parts[part(steps)]
            held.is_list, held.blank = True, {} if tail else None
            steps = (*steps, int(index), *(tail.split(".") if tail else ()))
        places[variable.name] = (part(steps[:-1]), steps[-1], variable.unknown, variable)

    return RowMap(
        codebook=codebook,
        incident_class=incident_class(codebook),
        scalars=(_cells_of(scalars), _values_of([v.path for v in scalars])),
        lists=[
            ListMap(
                head,
                attrgetter(head),
                [
                    (_cells_of([v for _, v in held.get(i, [])]), _values_of([tail for tail, _ in held.get(i, [])]))
                    for i in range(max(held) + 1)
                ],
            )
            for head, held in lists.items()
        ],
        labels=[
            (v.name, v.label_of, {c.code: c.label for c in codebook.code_lists[codes]})
            for v in codebook.variables.values()
            if v.label_of is not None and (codes := codebook.variables[v.label_of].codes) is not None
        ],
        parts=parts,
        places=places,
        blank_row=dict.fromkeys(codebook.columns),
    )


def _cells_of(variables: list[Variable]) -> Cells:
    return [(v.name, AS_IT_IS.get(v.kind), v) for v in variables]


def _values_of(paths: list[str | None]) -> Values:
    """How to get several attributes of one object, always as a sequence. No path means the object itself."""
    names = [path for path in paths if path]
    if not names:
        return lambda element: (element,) * len(paths)
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda element: (get(element),)
