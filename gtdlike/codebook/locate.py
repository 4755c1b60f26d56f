"""Where in the files of a codebook something stands: looked up where there is a problem to tell, and not before."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, Final

from attrs import define, frozen

from gtdlike.codebook.layer import MAIN, SIDE_FILES
from gtdlike.codebook.lines import Way
from gtdlike.codebook.model import Codebook
from gtdlike.codebook.problem import CodebookProblem, Mistake
from gtdlike.codebook.sheet import Row, read_sheet
from gtdlike.codebook.toml_file import TomlFile

_KEYS: Final = {"variable": "name", "rule": "id", "dataset_rule": "id"}
_NAMES: Final = {
    "group": ("groups.csv", "name", ("kind", "nationality", "aliases")),
    "country": ("countries.csv", "name", ("code", "iso", "capital", "aliases", "demonyms")),
}


@frozen
class Item:
    """What a problem is about: a variable, a rule, a code of a list ..., and the way to a field in it.

    `at` is the number of the character, from 0, where the field is a text.
    """

    kind: str
    name: str
    way: Way = ()
    at: int | None = None
    code: int | None = None

    @property
    def place(self) -> str:
        """The item in words."""
        if self.kind == "codes":
            return f"code list {self.name}" if self.code is None else f"code {self.code}"
        if self.kind == "parents":
            return f"[parents] {self.name}"
        if self.kind == "sections":
            return f"section {self.name}"
        return f"{self.kind.replace('_', ' ')} {self.name}"

    @property
    def file(self) -> str:
        """The file in which it usually stands."""
        if self.kind in _NAMES:
            return f"names/{_NAMES[self.kind][0]}"
        if self.kind == "codes":
            return f"codes/{self.name}.csv"
        return next((file for file, kinds in SIDE_FILES.items() if self.kind in kinds), MAIN)


Finding = tuple[Item, str, str]
"""What is wrong with what, and the remedy."""


@define(slots=False)
class _Files:
    """The files of one codebook, read once more."""

    main: Path

    @cached_property
    def toml(self) -> list[TomlFile]:
        folder = self.main.parent
        side = [folder / name for name in SIDE_FILES] if self.main.name == MAIN else []
        found: list[TomlFile] = []
        for file in (self.main, *side):
            try:
                if file.is_file():
                    found.append(TomlFile(file))
            except Mistake:
                continue  # told while reading
        return found

    def rows(self, *path: str, required: tuple[str, ...], optional: tuple[str, ...]) -> list[Row]:
        file = self.main.parent.joinpath(*path)
        if self.main.name != MAIN or not file.is_file():
            return []
        return read_sheet(file, required=required, optional=optional, tell=lambda problem: None)


class Locator:
    """Turns what is wrong with an item into a problem with its file and line, as far as they can be found."""

    def __init__(self, codebook: Codebook) -> None:
        self._layers = [_Files(Path(file)) for file in codebook.origin]

    def problem(self, item: Item, problem: str, remedy: str) -> CodebookProblem:
        """The problem, told of the last place in the codebook's own files that says something of the item."""
        for layer in self._layers:
            if (found := self._in(layer, item, problem, remedy)) is not None:
                return found
        return CodebookProblem(problem, item.file, item.place, remedy)

    def own(self, kind: str) -> set[str]:
        """The names of the variables or the ids of the rules that the codebook's own files speak of."""
        tables = (table for file in self._layers[0].toml for table in _tables(file, kind)) if self._layers else ()
        return {str(table.get(_KEYS[kind])) for table in tables}

    def _in(self, layer: _Files, item: Item, problem: str, remedy: str) -> CodebookProblem | None:
        if item.kind in _NAMES:
            file, column, optional = _NAMES[item.kind]
            rows = layer.rows("names", file, required=(column,), optional=optional)
            found = [row for row in rows if row.get(column) == item.name]
            return found[-1].problem(column, problem, remedy, item.place) if found else None
        if item.kind == "codes" and item.code is not None:
            columns = ("label", "parent", "definition")
            rows = layer.rows("codes", f"{item.name}.csv", required=("code",), optional=columns)
            found = [row for row in rows if row.get("code") == str(item.code)]
            if found:
                column = str(item.way[0]) if item.way else "code"
                return found[-1].problem(column, problem, remedy, item.place)
        for toml in reversed(layer.toml):
            if (way := _way(toml, item)) is not None:
                is_value = bool(item.way) and toml.outline.key(way) is not None
                return toml.problem(way, item.place, problem, remedy, value=is_value, at=item.at)
        return None


def _tables(file: TomlFile, kind: str) -> list[dict[str, Any]]:
    tables = file.content.get(kind, [])
    return [table for table in tables if isinstance(table, dict)] if isinstance(tables, list) else []


def _way(file: TomlFile, item: Item) -> Way | None:
    """The way to the item in a file, as far as it goes; None if the file does not speak of it."""
    if item.kind in ("sections", "parents"):
        return (item.kind, item.name) if item.name in file.content.get(item.kind, {}) else None
    if item.kind == "codes":
        codes = file.content.get("codes", {}).get(item.name, [])
        places = [n for n, table in enumerate(codes) if item.code in (None, table.get("code"))]
        return ("codes", item.name, places[-1], *item.way) if places else None
    key = _KEYS.get(item.kind, "")
    places = [n for n, table in enumerate(file.content.get(item.kind, [])) if table.get(key) == item.name]
    if not places:
        return None
    way: Way = (item.kind, places[-1])
    for step in item.way:
        if file.outline.key((*way, step)) is None:
            break
        way = (*way, step)
    return way
