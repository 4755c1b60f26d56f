"""What the files of one codebook say, before it is put on the one that it extends.

    drones/
      codebook.toml     id, version, title, extends; without, keep; [sections], [parents]; and any of the tables below
      variables.toml    [[variable]]
      rules.toml        [[rule]], [[dataset_rule]]
      codes/NAME.csv    one code list each; or [[codes.NAME]] in codebook.toml
      names/            groups.csv, countries.csv, unsearched.csv

Only `codebook.toml` must be there. A file of another name is a codebook in one file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from gtdlike.codebook.fields import ABOVE, HEADER, Entry, read_entry
from gtdlike.codebook.model import Country, Group, Unsearched
from gtdlike.codebook.names import read_countries, read_groups, read_unsearched
from gtdlike.codebook.problem import CodebookProblem, Mistake, Tell
from gtdlike.codebook.sheet import Row, read_sheet
from gtdlike.codebook.toml_file import TomlFile
from gtdlike.errors import remedy_for

if TYPE_CHECKING:
    from gtdlike.codebook.lines import Way

TABLES: Final = ("variable", "rule", "dataset_rule")
MAIN: Final = "codebook.toml"
RULES: Final = "rules.toml"
SIDE_FILES: Final = {"variables.toml": ("variable",), RULES: ("rule", "dataset_rule")}


@define
class CodeLine:
    """One code as a file gives it: only what is written there, and how to tell of a problem with it."""

    values: dict[str, Any]
    problem: Callable[[str | None, str, str], CodebookProblem]


@define
class Layer:
    """What the files of one codebook say."""

    file: TomlFile
    id: str = ""
    version: str = ""
    title: str = ""
    extends: str | None = None
    without: tuple[str, ...] = ()
    keep: dict[str, tuple[int, ...]] = field(factory=dict)
    sections: dict[str, str] = field(factory=dict)
    parents: dict[str, str] = field(factory=dict)
    tables: dict[str, list[Entry]] = field(factory=lambda: {kind: [] for kind in TABLES})
    codes: dict[str, list[CodeLine]] = field(factory=dict)
    groups: Sequence[Group] = ()
    countries: Sequence[Country] = ()
    unsearched: Sequence[Unsearched] = ()
    whole: bool = True
    """Whether nothing was wrong that leaves out so much that what else is wrong cannot be told."""


def read_layer(main: Traversable, folder: Traversable | None, tell: Tell, *, lean: bool = False) -> Layer:
    """The files of one codebook. All that is wrong is told; Mistake is raised where `codebook.toml` cannot be read.

    `folder` holds its other files, None if it is in one file. Names and `rules.toml` are left out of a `lean` one.
    """
    layer = Layer(TomlFile(main))
    _read_header(layer, tell)
    _read_tables(layer, layer.file, TABLES, HEADER, tell)
    for name, content in _table(layer.file, "codes", tell).items():
        tables = _list_of_tables(layer.file, ("codes", name), content, tell)
        entries = [read_entry("code", layer.file, way, table, tell) for way, table in tables]
        layer.codes[name] = [CodeLine(e.values, e.problem) for e in entries if not e.told and _has_code(e, tell)]
    if folder is None:
        return layer
    for name in SIDE_FILES:
        if not (lean and name == RULES):
            read_side_file(layer, folder, name, tell)
    for sheet in _sheets(folder.joinpath("codes")):
        layer.codes.setdefault(sheet.name.removesuffix(".csv"), []).extend(_codes(sheet, tell))
    if not lean:
        layer.groups = read_groups(folder, tell)
        layer.countries = read_countries(folder, tell)
        layer.unsearched = read_unsearched(folder, tell)
    return layer


def read_side_file(layer: Layer, folder: Traversable, name: str, tell: Tell) -> None:
    """The tables of `variables.toml` or `rules.toml`, if it is there."""
    if (file := folder.joinpath(name)).is_file():
        try:
            _read_tables(layer, TomlFile(file), SIDE_FILES[name], (), tell)
        except Mistake as mistake:
            layer.whole = False
            tell(mistake.problem)


def _has_code(entry: Entry, tell: Tell) -> bool:
    if "code" in entry.values:
        return True
    tell(entry.problem(None, "The field 'code' is missing.", "Add it."))
    return False


def _read_header(layer: Layer, tell: Tell) -> None:
    file, content = layer.file, layer.file.content
    for key in ("id", "version", "title"):
        if isinstance(content.get(key), str):
            setattr(layer, key, content[key])
        elif not (set(content) - {*HEADER, *TABLES} and key not in content and _misspelt(key, content)):
            tell(file.problem((key,), "", f"{key!r} is not given as text.", f'Write {key} = "...".'))
    if "extends" in content:
        if isinstance(content["extends"], str):
            layer.extends = content["extends"]
        else:
            tell(file.problem(("extends",), "", "'extends' is not a text.", 'Write extends = "gtd", or a path.'))
    without = content.get("without", [])
    if isinstance(without, list) and all(isinstance(name, str) for name in without):
        layer.without = tuple(without)
    else:
        remedy = 'Write the names of variables and rules: without = ["ransomamt"].'
        tell(file.problem(("without",), "", "'without' is not a list of texts.", remedy, value=True))
    layer.sections = _texts(file, "sections", tell)
    layer.parents = _texts(file, "parents", tell)
    for name, codes in _table(file, "keep", tell).items():
        if isinstance(codes, list) and all(type(code) is int for code in codes):
            layer.keep[name] = tuple(codes)
            continue
        remedy = ABOVE if name in HEADER else f"Write the codes that stay: {name} = [5, 6]."
        tell(file.problem(("keep", name), "[keep]", f"{name} is not a list of codes.", remedy))


def _misspelt(key: str, content: dict[str, Any]) -> bool:
    return any(remedy_for(word, [key], "") for word in content)


def _read_tables(layer: Layer, file: TomlFile, kinds: Sequence[str], others: Sequence[str], tell: Tell) -> None:
    known = (*others, *kinds)
    for key in file.content:
        if key not in known:
            lists = " and ".join(f"[[{kind}]]" for kind in kinds)
            remedy = ABOVE if key in HEADER else remedy_for(key, known, f"Take it out; here stand {lists}.")
            tell(file.problem((key,), "", f"There is no field {key!r}.", remedy))
    for kind in kinds:
        name = "name" if kind == "variable" else "id"
        for way, table in _list_of_tables(file, (kind,), file.content.get(kind, []), tell):
            entry = read_entry(kind, file, way, table, tell)
            if name in entry.values:
                layer.tables[kind].append(entry)
            elif name not in entry.told:
                tell(entry.problem(None, f"The field {name!r} is missing.", "Add it."))


def _list_of_tables(file: TomlFile, way: Way, content: Any, tell: Tell) -> Iterator[tuple[Way, dict[str, Any]]]:
    if isinstance(content, list) and all(isinstance(table, dict) for table in content):
        yield from (((*way, number), table) for number, table in enumerate(content))
    else:
        name = ".".join(map(str, way))
        tell(file.problem(way, "", f"It is not a list of tables [[{name}]].", f"Write [[{name}]] above each."))


def _table(file: TomlFile, key: str, tell: Tell) -> dict[str, Any]:
    table = file.content.get(key, {})
    if isinstance(table, dict):
        return table
    tell(file.problem((key,), "", f"{key!r} is not a table.", f"Write [{key}] and under it lines."))
    return {}


def _texts(file: TomlFile, key: str, tell: Tell) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, text in _table(file, key, tell).items():
        if isinstance(text, str):
            texts[name] = text
            continue
        remedy = ABOVE if name in HEADER else f'Write {name} = "...".'
        tell(file.problem((key, name), f"[{key}]", f"{name} is not a text.", remedy))
    return texts


def _sheets(folder: Traversable) -> list[Traversable]:
    if not folder.is_dir():
        return []
    return sorted((f for f in folder.iterdir() if f.name.endswith(".csv")), key=lambda f: f.name)


def _codes(sheet: Traversable, tell: Tell) -> Iterator[CodeLine]:
    for row in read_sheet(sheet, required=("code", "label"), optional=("parent", "definition"), tell=tell):
        try:
            values: dict[str, Any] = {"code": row.integer("code")}
            if row.get("parent"):
                values["parent"] = row.integer("parent")
        except Mistake as mistake:
            tell(mistake.problem)
            continue
        values.update({key: text for key in ("label", "definition") if (text := row.get(key))})
        yield CodeLine(values, _of_row(row, values["code"]))


def _of_row(row: Row, code: int) -> Callable[[str | None, str, str], CodebookProblem]:
    return lambda key, problem, remedy: row.problem(key or "code", problem, remedy, f"code {code}")
