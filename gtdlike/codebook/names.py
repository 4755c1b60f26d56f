"""Reading the names of a codebook: `names/groups.csv`, `names/countries.csv` and `names/unsearched.csv`."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources.abc import Traversable
from typing import TypeVar

from gtdlike.codebook.model import Country, Group, Unsearched
from gtdlike.codebook.problem import Mistake, Tell
from gtdlike.codebook.sheet import Row, read_sheet

Item = TypeVar("Item")


def read_groups(folder: Traversable, tell: Tell) -> tuple[Group, ...]:
    """The groups, none where the file is not there."""

    def group(row: Row) -> Group:
        return Group(
            name=row.text("name"),
            aliases=row.several("aliases"),
            kind="generic" if row.choice("kind", ("group", "generic")) == "generic" else "group",
            nationality=row.optional_integer("nationality"),
        )

    return _read(folder.joinpath("names", "groups.csv"), group, ("name",), ("kind", "nationality", "aliases"), tell)


def read_countries(folder: Traversable, tell: Tell) -> tuple[Country, ...]:
    """The countries, none where the file is not there."""

    def country(row: Row) -> Country:
        return Country(
            code=row.integer("code"),
            name=row.text("name"),
            aliases=row.several("aliases"),
            demonyms=row.several("demonyms"),
            iso=row.get("iso") or None,
            capital=row.get("capital") or None,
        )

    return _read(
        folder.joinpath("names", "countries.csv"),
        country,
        ("code", "name"),
        ("iso", "capital", "aliases", "demonyms"),
        tell,
    )


def read_unsearched(folder: Traversable, tell: Tell) -> tuple[Unsearched, ...]:
    """The spellings that are not looked for, none where the file is not there."""

    def spelling(row: Row) -> Unsearched:
        when = row.choice("when", ("always", "capitals"))
        return Unsearched(row.text("spelling"), "capitals" if when == "capitals" else "always")

    return _read(folder.joinpath("names", "unsearched.csv"), spelling, ("spelling",), ("when", "why"), tell)


def _read(
    file: Traversable, made: Callable[[Row], Item], required: tuple[str, ...], optional: tuple[str, ...], tell: Tell
) -> tuple[Item, ...]:
    if not file.is_file():
        return ()
    items: list[Item] = []
    for row in read_sheet(file, required=required, optional=optional, tell=tell):
        try:
            items.append(made(row))
        except Mistake as mistake:
            tell(mistake.problem)
    return tuple(items)
