"""Whether the code lists of a codebook and its names of groups and countries are in order, and fit each other."""

from __future__ import annotations

from collections.abc import Iterator

from gtdlike.codebook.locate import Finding, Item
from gtdlike.codebook.model import Codebook, CodeList
from gtdlike.codebook.twice import twice
from gtdlike.errors import remedy_for


def list_findings(codebook: Codebook) -> Iterator[Finding]:
    """All that is wrong with code lists."""
    for codes in codebook.code_lists.values():
        if not codes.codes:
            yield Item("codes", codes.name), "The code list is empty.", "Add its codes, or take the list away."
        for code, first, second in twice((c.code, c.label) for c in codes):
            problem = f"The code is there twice, as {first!r} and as {second!r}."
            yield Item("codes", codes.name, code=code), problem, "Give one of them another."
        for label, earlier, later in twice((c.label, c.code) for c in codes):
            problem = f"The label {label!r} is also that of the code {earlier}."
            yield Item("codes", codes.name, ("label",), code=later), problem, "Change one of them."
        yield from _parents(codes, codebook)


def _parents(codes: CodeList, codebook: Codebook) -> Iterator[Finding]:
    parents = codebook.code_lists.get(codes.parent_list or "")
    if codes.parent_list is not None and parents is None:
        remedy = remedy_for(codes.parent_list, codebook.code_lists, f"Write codes/{codes.parent_list}.csv.")
        yield Item("parents", codes.name), f"There is no code list {codes.parent_list!r}.", remedy
    for c in codes:
        if c.parent is None:
            continue
        item = Item("codes", codes.name, ("parent",), code=c.code)
        if codes.parent_list is None:
            problem = "It has a parent, and the list of the parents is not named."
            yield item, problem, f"Write {codes.name} = the name of that list under [parents] in codebook.toml."
        elif parents is not None and c.parent not in parents.by_code:
            remedy = f"Write one of the codes of codes/{parents.name}.csv."
            yield item, f"There is no parent {c.parent} in {parents.name!r}.", remedy


def name_findings(codebook: Codebook) -> Iterator[Finding]:
    """All that is wrong with the names of groups and countries."""
    yield from _groups(codebook)
    yield from _countries(codebook)


def _groups(codebook: Codebook) -> Iterator[Finding]:
    for name, *_ in twice((g.name, g.name) for g in codebook.groups):
        yield Item("group", name), "The group is there twice.", "Make one line of the two."
    called = ((name, g.name) for g in codebook.groups for name in dict.fromkeys((g.name, *g.aliases)))
    for name, first, second in twice((_as_matched(n), g) for n, g in called):
        if first != second:
            yield Item("group", second), f"The name {name!r} is also that of {first!r}.", "Leave it to one of them."
    if (nationalities := codebook.code_lists.get("natlty")) is not None:
        for g in codebook.groups:
            if g.nationality is not None and g.nationality not in nationalities.by_code:
                remedy = "Write one of the codes of codes/natlty.csv."
                yield Item("group", g.name), f"There is no nationality {g.nationality}.", remedy


def _countries(codebook: Codebook) -> Iterator[Finding]:
    for code, first, second in twice((c.code, c.name) for c in codebook.countries):
        yield Item("country", second), f"The code {code} is also that of {first}.", "Correct one."
    called = ((_as_matched(n), c.name) for c in codebook.countries for n in dict.fromkeys((c.name, *c.aliases)))
    for name, first, second in twice(called):
        if first != second:
            yield Item("country", second), f"The name {name!r} is also that of {first}.", "Leave it to one of them."
    if (codes := codebook.code_lists.get("country")) is not None:
        for c in codebook.countries:
            if c.code not in codes.by_code:
                remedy = "Add it to codes/country.csv, or take it out here."
                yield Item("country", c.name), f"There is no country of the code {c.code}.", remedy


def _as_matched(name: str) -> str:
    """How a name is told from others: in capitals only by its letters as they are, otherwise regardless of case."""
    return name if name.isupper() else name.casefold()
