"""Reading a codebook from its files: `codebook.toml`, `variables.toml`, `codes/*.csv` and `names/*.csv`.

The files are read with the standard library alone, so that loading is quick. What a file cannot hold (an unknown
field, a code that is no number, a name twice) is a `CodebookError` that names the file and the line; what does not
fit together across files is found by `check_codebook`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from attrs import NOTHING, fields

from gtdlike.codebook.check import check_codebook
from gtdlike.codebook.load_rules import rules_of
from gtdlike.codebook.model import (
    KINDS,
    Code,
    Codebook,
    CodeList,
    Country,
    DatasetRule,
    Group,
    Rule,
    Unsearched,
    Variable,
)
from gtdlike.codebook.sheet import read_sheet
from gtdlike.errors import CodebookError, remedy_for

_FIELDS: Final = tuple(a.name for a in fields(Variable))
_REQUIRED: Final = tuple(a.name for a in fields(Variable) if a.default is NOTHING)
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    **dict.fromkeys(_FIELDS, (str,)),
    "unknown": (int, str),
    "minimum": (int, float),
    "maximum": (int, float),
}
_TYPE_NAMES: Final = {str: "a text", int: "an integer", float: "a number"}
_HEADER: Final = {"id", "version", "title", "sections", "parents"}


def load_codebook(name_or_path: str | Path = "gtd", *, check: bool = True) -> Codebook:
    """The codebook of a name that is built in (`gtd`), or in a folder of one's own.

    A folder of one's own holds the same files as the built-in one; `names/` and `codes/` may be absent. It is checked
    as a whole, and `CodebookError` is raised if anything is wrong with it; with `check=False` only what cannot be read
    is an error, and `check_codebook` tells the rest. The built-in codebook is read once.
    """
    if name_or_path in built_in_codebooks():
        return _built_in(str(name_or_path))
    folder = Path(name_or_path)
    if folder.name == "codebook.toml" and folder.is_file():
        folder = folder.parent
    if not folder.is_dir():
        raise CodebookError(
            f"There is no codebook {str(name_or_path)!r}: it is neither built in nor a folder.",
            remedy=remedy_for(
                str(name_or_path),
                built_in_codebooks(),
                f"Give the path of a folder with a codebook.toml, or one of: {', '.join(built_in_codebooks())}.",
            ),
        )
    codebook = _read(folder)
    problems = check_codebook(codebook) if check else []
    if problems:
        first, more = problems[0], len(problems) - 1
        raise CodebookError(
            first.problem + (f" (And {more} more.)" if more else ""),
            str(folder / first.file),
            first.place,
            " ".join(filter(None, (first.remedy, "`check_codebook` lists all that is wrong." if more else ""))),
        )
    return codebook


@cache
def built_in_codebooks() -> tuple[str, ...]:
    """The names of the codebooks that come with the package."""
    folders = resources.files("gtdlike.codebook").iterdir()
    return tuple(sorted(f.name for f in folders if f.is_dir() and f.joinpath("codebook.toml").is_file()))


@cache
def _built_in(name: str) -> Codebook:
    return _read(resources.files("gtdlike.codebook").joinpath(name))


def _read(folder: Traversable) -> Codebook:
    file = folder.joinpath("codebook.toml")
    header = _toml(file)
    for key in header:
        if key not in _HEADER:
            raise CodebookError(
                f"There is no field {key!r}.", str(file), remedy=remedy_for(key, _HEADER, "Take it out.")
            )
    for key in ("id", "version", "title"):
        if not isinstance(header.get(key), str):
            raise CodebookError(f"{key!r} is not given as text.", str(file), remedy=f'Write {key} = "...".')
    parents = _texts(header, "parents", file)
    code_lists = {
        sheet.name.removesuffix(".csv"): _code_list(sheet, parents.get(sheet.name.removesuffix(".csv")))
        for sheet in _sheets(folder.joinpath("codes"))
    }
    for name in parents:
        if name not in code_lists:
            raise CodebookError(
                f"There is no code list {name!r}.",
                str(file),
                "[parents]",
                remedy_for(name, code_lists, f"Write codes/{name}.csv, or take the line out."),
            )
    rules_file = folder.joinpath("rules.toml")
    rules = _toml(rules_file) if rules_file.is_file() else {}
    return Codebook(
        id=header["id"],
        version=header["version"],
        title=header["title"],
        sections=_texts(header, "sections", file),
        variables=_variables(folder.joinpath("variables.toml")),
        code_lists=code_lists,
        groups=_groups(folder.joinpath("names", "groups.csv")),
        countries=_countries(folder.joinpath("names", "countries.csv")),
        unsearched=_unsearched(folder.joinpath("names", "unsearched.csv")),
        rules=rules_of(rules.get("rule", []), Rule, str(rules_file)),
        dataset_rules=rules_of(rules.get("dataset_rule", []), DatasetRule, str(rules_file)),
    )


def _toml(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CodebookError("The file is missing.", str(file), remedy="Every codebook has one; write it.") from None
    except UnicodeDecodeError as error:
        raise CodebookError(f"It is not UTF-8: {error}.", str(file), remedy="Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"It is not TOML: {error}.", str(file), remedy="Correct it there.") from None


def _texts(header: dict[str, Any], key: str, file: Traversable) -> dict[str, str]:
    table = header.get(key, {})
    if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
        raise CodebookError(
            "It is not a table of texts.", str(file), f"[{key}]", f'Write [{key}] and under it lines such as x = "y".'
        )
    return table


def _variables(file: Traversable) -> dict[str, Variable]:
    content = _toml(file)
    tables = content.get("variable")
    if set(content) != {"variable"} or not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise CodebookError(
            "It is not a list of variables.", str(file), remedy="Write a table [[variable]] for each, and nothing else."
        )
    variables: dict[str, Variable] = {}
    for number, table in enumerate(tables, 1):
        variable = _variable(table, str(file), f"variable {table.get('name', f'number {number}')}")
        if variable.name in variables:
            raise CodebookError(
                "It is there twice.", str(file), f"variable {variable.name}", "Rename it or take one out."
            )
        variables[variable.name] = variable
    return variables


def _variable(table: dict[str, Any], file: str, place: str) -> Variable:
    for key, value in table.items():
        if key not in _FIELDS:
            remedy = remedy_for(key, _FIELDS, f"The fields are: {', '.join(_FIELDS)}.")
            raise CodebookError(f"There is no field {key!r}.", file, place, remedy)
        if isinstance(value, bool) or not isinstance(value, _TYPES[key]):
            kinds = " or ".join(_TYPE_NAMES[t] for t in _TYPES[key])
            raise CodebookError(f"{key} = {value!r} is of a wrong type.", file, place, f"Write {kinds}.")
    for key in _REQUIRED:
        if key not in table:
            raise CodebookError(f"The field {key!r} is missing.", file, place, "Add it.")
    if table["kind"] not in KINDS:
        remedy = remedy_for(table["kind"], KINDS, f"Write one of: {', '.join(KINDS)}.")
        raise CodebookError(f"There is no kind {table['kind']!r}.", file, place, remedy)
    return Variable(**table)


def _sheets(folder: Traversable) -> list[Traversable]:
    if not folder.is_dir():
        return []
    return sorted((f for f in folder.iterdir() if f.name.endswith(".csv")), key=lambda f: f.name)


def _code_list(file: Traversable, parent_list: str | None) -> CodeList:
    rows = read_sheet(file, required=("code", "label"), optional=("parent", "definition"))
    codes = tuple(
        Code(r.integer("code"), r.text("label"), r.get("definition"), r.optional_integer("parent")) for r in rows
    )
    return CodeList(file.name.removesuffix(".csv"), codes, parent_list)


def _groups(file: Traversable) -> tuple[Group, ...]:
    if not file.is_file():
        return ()
    rows = read_sheet(file, required=("name",), optional=("kind", "nationality", "aliases"))
    return tuple(
        Group(
            name=r.text("name"),
            aliases=r.several("aliases"),
            kind="generic" if r.choice("kind", ("group", "generic")) == "generic" else "group",
            nationality=r.optional_integer("nationality"),
        )
        for r in rows
    )


def _countries(file: Traversable) -> tuple[Country, ...]:
    if not file.is_file():
        return ()
    rows = read_sheet(file, required=("code", "name"), optional=("iso", "capital", "aliases", "demonyms"))
    return tuple(
        Country(
            code=r.integer("code"),
            name=r.text("name"),
            aliases=r.several("aliases"),
            demonyms=r.several("demonyms"),
            iso=r.get("iso") or None,
            capital=r.get("capital") or None,
        )
        for r in rows
    )


def _unsearched(file: Traversable) -> tuple[Unsearched, ...]:
    if not file.is_file():
        return ()
    rows = read_sheet(file, required=("spelling",), optional=("when", "why"))
    return tuple(
        Unsearched(
            spelling=r.text("spelling"),
            when="capitals" if r.choice("when", ("always", "capitals")) == "capitals" else "always",
        )
        for r in rows
    )
