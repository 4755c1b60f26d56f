"""What a codebook is: variables, code lists and names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, Literal, get_args

from attrs import field, frozen

from gtdlike.errors import CodebookError, remedy_for

Kind = Literal["integer", "number", "boolean", "code", "label", "text", "date"]
KINDS: Final[tuple[str, ...]] = get_args(Kind)
Value = int | float | bool | str | dt.date | None


@frozen
class Code:
    """One code of a list: what is written, what it is called, what it means, and the code above it."""

    code: int
    label: str
    definition: str = ""
    parent: int | None = None


@frozen
class CodeList:
    """A named list of codes. `parent_list` names the list that the `parent` of each code belongs to."""

    name: str
    codes: tuple[Code, ...]
    parent_list: str | None = None

    @cached_property
    def by_code(self) -> Mapping[int, Code]:
        return {c.code: c for c in self.codes}

    @cached_property
    def by_label(self) -> Mapping[str, Code]:
        return {c.label: c for c in self.codes}

    def label(self, code: int) -> str:
        """The label of a code. Raises KeyError where the list has no such code."""
        return self.by_code[code].label

    def code(self, label: str) -> int:
        """The code of a label, to the letter. Raises KeyError where the list has no such label."""
        return self.by_label[label].code

    def parent(self, code: int) -> int | None:
        """The code above this one, if it has one."""
        return self.by_code[code].parent

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)


@frozen
class Variable:
    """One column of the flat row, and all that is known about it.

    `kind`: `code` is an integer of the list `codes`; `label` is the text of another variable's code (`label_of`);
    `boolean` is 0 or 1. `unknown` is what stands for "asked, and not known" (-9, -99, "Unknown"). `parent` names the
    variable whose code must be the parent of this one's. `path` is the place in the typed incident: attribute names,
    with an index into lists (`targets[0].type`); a label has none, because it is derived.
    """

    name: str
    label: str
    section: str
    kind: Kind
    definition: str
    path: str | None = None
    codes: str | None = None
    label_of: str | None = None
    parent: str | None = None
    unknown: int | str | None = None
    minimum: float | None = None
    maximum: float | None = None
    unit: str | None = None


Severity = Literal["error", "warning"]
SEVERITIES: Final[tuple[str, ...]] = get_args(Severity)
DatasetKind = Literal["unique", "reference", "mutual"]
DATASET_KINDS: Final[tuple[str, ...]] = get_args(DatasetKind)


@frozen
class Rule:
    """A rule of one row, as a SQL boolean expression: a row violates it where the expression is false.

    As in a CHECK of SQL, a row in which it is NULL passes. `variable` is the cell that a violation is told of, by
    default the first one of the expression. `each` is the kind of variables, or the variables, for each of which the
    rule holds; the expression then calls the cell `value`. In `message` and `remedy` a name in braces stands for the
    cell. `passes` and `fails` are examples: cells of a row that passes, and of one that violates this rule alone.
    """

    id: str
    severity: Severity
    section: str
    check: str
    message: str
    remedy: str
    variable: str | None = None
    each: Kind | tuple[str, ...] | None = None
    passes: tuple[Mapping[str, Value], ...] = ()
    fails: tuple[Mapping[str, Value], ...] = ()


@frozen
class DatasetRule:
    """A rule of all rows together.

    `unique`: no two rows have the same values in `columns`, all filled, and in `alike`, where a blank is like a blank.
    The other kinds are about a column that lists ids of rows, separated by commas, and the column of the ids
    (`columns = ["related", "eventid"]`); a row may name itself as well. `reference`: the ids that a row names are
    there. `mutual`: a row that it names, and that is there, names it as well. `where` is a SQL expression; only rows
    for which it is true are looked at. In `message` and `remedy` `{other}` stands for the number of the other row
    (`unique`) or for the id that is named, and `{eventid}` for the id of the row.
    """

    id: str
    severity: Severity
    section: str
    kind: DatasetKind
    columns: tuple[str, ...]
    message: str
    remedy: str
    alike: tuple[str, ...] = ()
    where: str | None = None


@frozen
class Group:
    """A standard perpetrator name, what else it is called, and the country (code) that it is at home in.

    `kind` is `group` for an organization and `generic` for an identity ("Separatists"). An alias in capitals only
    ("IS") is told apart from a word by its case.
    """

    name: str
    aliases: tuple[str, ...] = ()
    kind: Literal["group", "generic"] = "group"
    nationality: int | None = None


@frozen
class Unsearched:
    """A spelling of a group that stands for something else in any text, and is not looked for.

    `when` is `always`, or `capitals` for an acronym that is a word: a text in capitals cannot tell the two apart.
    """

    spelling: str
    when: Literal["always", "capitals"] = "always"


@frozen
class Country:
    """A country of the code list: what else it is called, its people and adjective, its ISO 3166 code, its capital."""

    code: int
    name: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    iso: str | None = None
    capital: str | None = None


@frozen
class Codebook:
    """A codebook: everything that drives coding, validation, export and the docs."""

    id: str
    version: str
    title: str
    sections: Mapping[str, str] = field(repr=False)
    variables: Mapping[str, Variable] = field(repr=False)
    code_lists: Mapping[str, CodeList] = field(repr=False)
    groups: Sequence[Group] = field(repr=False)
    countries: Sequence[Country] = field(repr=False)
    unsearched: Sequence[Unsearched] = field(repr=False, default=())
    rules: Mapping[str, Rule] = field(repr=False, factory=dict)
    dataset_rules: Mapping[str, DatasetRule] = field(repr=False, factory=dict)
    extends: str | None = None
    """The codebook that this one was made from, as it is named there."""
    origin: tuple[str, ...] = field(repr=False, eq=False, default=())
    """The files `codebook.toml` that it was read from, its own first, then those that it extends."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns of the flat row, in order."""
        return tuple(self.variables)

    def variable(self, name: str) -> Variable:
        """The variable of a name. Raises CodebookError, with the nearest name, where there is none."""
        try:
            return self.variables[name]
        except KeyError:
            remedy = remedy_for(name, self.variables, "`columns` lists the variables.")
            raise CodebookError(f"There is no variable {name!r}.", f"codebook {self.id}", remedy=remedy) from None

    def code_list(self, variable: str) -> CodeList:
        """The code list of a variable, or of the variable that a label belongs to."""
        found = self.variable(variable)
        if found.label_of is not None:
            found = self.variable(found.label_of)
        if found.codes is None:
            raise CodebookError(
                f"The variable {variable!r} has no codes: it is of the kind {found.kind!r}.", f"codebook {self.id}"
            )
        return self.code_lists[found.codes]

    def label(self, variable: str, code: int | None) -> str | None:
        """The label of a code of a variable, None for a blank. Raises CodebookError where the list lacks the code."""
        if code is None:
            return None
        codes = self.code_list(variable)
        if code not in codes.by_code:
            raise CodebookError(
                f"There is no code {code!r}.",
                f"codebook {self.id}",
                variable,
                f"The code list {codes.name!r} has: {', '.join(map(str, codes.by_code))}.",
            )
        return codes.label(code)
