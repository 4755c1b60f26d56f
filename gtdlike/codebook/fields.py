"""The fields of the tables of a codebook, such as [[variable]]: which there are, and of what type each is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from attrs import NOTHING, define, field, fields

from gtdlike.codebook.model import DATASET_KINDS, KINDS, SEVERITIES, Code, DatasetRule, Rule, Variable
from gtdlike.codebook.problem import CodebookProblem, Tell
from gtdlike.codebook.toml_file import TomlFile
from gtdlike.errors import remedy_for

if TYPE_CHECKING:
    from gtdlike.codebook.lines import Way


class Refused(ValueError):
    """A value that a field does not take: what is wrong with it, and what to write."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem, self.remedy = problem, remedy


Reader = Callable[[str, Any], Any]
"""From the name of a field and what TOML gives for it to its value. Raises Refused."""


def _wrong_type(key: str, value: Any, wanted: str) -> Refused:
    return Refused(f"{key} = {value!r} is of a wrong type.", f"Write {wanted}.")


def _of(wanted: str, *types: type) -> Reader:
    def read(key: str, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, types):
            raise _wrong_type(key, value, wanted)
        return value

    return read


TEXT: Final = _of("a text", str)
INTEGER: Final = _of("an integer", int)
NUMBER: Final = _of("an integer or a number", int, float)


def _one_of(choices: Sequence[str]) -> Reader:
    def read(key: str, value: Any) -> Any:
        if TEXT(key, value) not in choices:
            remedy = remedy_for(value, choices, f"Write one of: {', '.join(choices)}.")
            raise Refused(f"There is no {key} {value!r}.", remedy)
        return value

    return read


def _names(key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise _wrong_type(key, value, 'a list such as ["nkill", "nwound"]')
    return tuple(value)


def _each(key: str, value: Any) -> Any:
    if not isinstance(value, str):
        return _names(key, value)
    if value not in KINDS:
        remedy = remedy_for(value, KINDS, f"Write one of {', '.join(KINDS)}, or a list of variables.")
        raise Refused(f"There is no kind {value!r}.", remedy)
    return value


def _examples(key: str, value: Any) -> tuple[Mapping[str, Any], ...]:
    rows = value if isinstance(value, list) else [value]
    if not all(isinstance(row, dict) for row in rows):
        raise _wrong_type(key, value, "{variable = value, ...}, or a list of such")
    for row in rows:
        for name, cell in row.items():
            plain = isinstance(cell, str | int | float | dt.date) and not isinstance(cell, bool | dt.datetime)
            if not plain:
                raise Refused(f"{name} = {cell!r} is no cell of a row.", "Write a number, a text or a date.")
    return tuple(rows)


READERS: Final[Mapping[str, Mapping[str, Reader]]] = {
    "variable": {
        **dict.fromkeys(
            ("name", "label", "section", "definition", "path", "codes", "label_of", "parent", "unit"), TEXT
        ),
        "kind": _one_of(KINDS),
        "unknown": _of("an integer or a text", int, str),
        "minimum": NUMBER,
        "maximum": NUMBER,
        "after": TEXT,
    },
    "rule": {
        **dict.fromkeys(("id", "section", "check", "message", "remedy", "variable"), TEXT),
        "severity": _one_of(SEVERITIES),
        "each": _each,
        "passes": _examples,
        "fails": _examples,
    },
    "dataset_rule": {
        **dict.fromkeys(("id", "section", "message", "remedy", "where"), TEXT),
        "severity": _one_of(SEVERITIES),
        "kind": _one_of(DATASET_KINDS),
        **dict.fromkeys(("columns", "alike"), _names),
    },
    "code": {"code": INTEGER, "label": TEXT, "definition": TEXT, "parent": INTEGER},
}
"""The fields of each table, and what reads them. `after` is no field of a variable: it says where to put it."""

CLASSES: Final[Mapping[str, type]] = {"variable": Variable, "rule": Rule, "dataset_rule": DatasetRule, "code": Code}
REQUIRED: Final = {
    kind: tuple(a.name for a in fields(cls) if a.default is NOTHING and a.name != "path")
    for kind, cls in CLASSES.items()
}
"""The fields that a new table must have. One that amends another needs its name alone."""

HEADER: Final = ("id", "version", "title", "extends", "without", "keep", "sections", "parents", "codes")
"""What stands in `codebook.toml` beside the tables. It is easily written below one of them by mistake."""
ABOVE: Final = "It belongs to the codebook: write it at the top of codebook.toml, above the first line in brackets."


@define
class Entry:
    """One table of a codebook: what its fields are, and where it stands."""

    kind: str
    file: TomlFile
    way: Way
    values: dict[str, Any] = field(factory=dict)
    told: set[str] = field(factory=set)
    """The fields that something is wrong with that was told."""

    @property
    def name(self) -> str:
        """The name of the variable, the id of the rule."""
        return str(self.values["name" if self.kind == "variable" else "id"])

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        if self.kind == "code":
            return f"code {self.values.get('code', f'number {int(self.way[-1]) + 1}')} of {self.way[1]}"
        name = self.values.get("name" if self.kind == "variable" else "id")
        return f"{self.kind.replace('_', ' ')} {name or f'number {int(self.way[-1]) + 1}'}"

    def problem(self, key: str | None, problem: str, remedy: str, *, value: bool = True) -> CodebookProblem:
        """A problem with a field, or with the table as a whole."""
        way = self.way if key is None or (*self.way, key) not in self.file.outline.keys else (*self.way, key)
        return self.file.problem(way, self.place, problem, remedy, value=value and way != self.way)


def read_entry(kind: str, file: TomlFile, way: Way, table: dict[str, Any], tell: Tell) -> Entry:
    """One table. Fields that are not known or of a wrong type are told and left out."""
    entry, readers = Entry(kind, file, way), READERS[kind]
    told: list[tuple[str, str, str, bool]] = []
    for key, value in table.items():
        if key not in readers:
            fields_are = f"The fields are: {', '.join(readers)}."
            remedy = ABOVE if key in HEADER else remedy_for(key, readers, fields_are)
            told.append((key, f"There is no field {key!r}.", remedy, False))
            # The field that was meant is not missing, and not wrong in another way.
            entry.told |= {known for known in readers if remedy_for(key, [known], "")}
            continue
        try:
            entry.values[key] = readers[key](key, value)
        except Refused as refused:
            told.append((key, refused.problem, refused.remedy, True))
        entry.told |= {key for key, *_ in told}
    for key, problem, remedy, is_value in told:  # now that the name of the table is known
        tell(entry.problem(key, problem, remedy, value=is_value))
    return entry


def tell_missing(entry: Entry, tell: Tell) -> None:
    """Tell which fields a new table lacks. One that was told to be of a wrong type is not missing."""
    for key in REQUIRED[entry.kind]:
        if key not in entry.values and key not in entry.told:
            entry.told.add(key)
            tell(entry.problem(None, f"The field {key!r} is missing.", "Add it."))
