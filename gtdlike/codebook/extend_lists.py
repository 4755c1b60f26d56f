"""The code lists of a codebook that extends another: amended, added to, and narrowed to what it keeps."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from gtdlike.codebook.layer import CodeLine, Layer
from gtdlike.codebook.model import Code, Codebook, CodeList
from gtdlike.codebook.problem import Findings
from gtdlike.errors import remedy_for


def code_lists(layer: Layer, base: Codebook, findings: Findings) -> dict[str, CodeList]:
    """The code lists of the base and those of the layer, each with the list of its parents."""
    lists = dict(base.code_lists)
    for name, lines in layer.codes.items():
        old = base.code_lists.get(name)
        lists[name] = CodeList(name, _codes(name, lines, old, findings), old.parent_list if old else None)
    for name, parent in layer.parents.items():
        if name in lists:
            lists[name] = evolve(lists[name], parent_list=parent)
        else:
            remedy = remedy_for(name, lists, f"Write codes/{name}.csv or [[codes.{name}]], or take the line out.")
            problem = f"There is no code list {name!r}."
            findings.tell(layer.file.problem(("parents", name), "[parents]", problem, remedy))
    return lists


def _codes(name: str, lines: Sequence[CodeLine], old: CodeList | None, findings: Findings) -> tuple[Code, ...]:
    """The codes of the base, amended, and then the new ones. A code that is there twice is left for the check."""
    codes: list[Code] = list(old.codes) if old else []
    place_of = {code.code: place for place, code in enumerate(codes)}
    amended: set[int] = set()
    for line in lines:
        number = line.values["code"]
        if number in place_of and number not in amended:
            amended.add(number)
            codes[place_of[number]] = evolve(codes[place_of[number]], **line.values)
        elif "label" in line.values:
            codes.append(Code(**line.values))
        else:
            findings.told.add(("codes", name, "label"))
            findings.tell(line.problem("label", "The label is empty.", "Fill it in, or take the code out."))
    return tuple(codes)


def kept_only(layer: Layer, book: Codebook, findings: Findings) -> Codebook:
    """The codebook with the codes of [keep] only: those below other codes go with them, and so do the countries."""
    lists = dict(book.code_lists)
    for name, kept in layer.keep.items():
        if name not in lists:
            remedy = remedy_for(name, lists, "The code lists are those that `codes` of a variable names.")
            problem = f"There is no code list {name!r}."
            findings.tell(layer.file.problem(("keep", name), "[keep]", problem, remedy))
            continue
        for place, code in enumerate(kept):
            if code not in lists[name].by_code:
                problem = f"There is no code {code} in the list {name!r}."
                remedy = _codes_of(lists[name])
                findings.tell(layer.file.problem(("keep", name, place), "[keep]", problem, remedy))
        stay = tuple(c for c in lists[name].codes if c.code in kept)
        lists[name] = evolve(lists[name], codes=stay or lists[name].codes)
    narrowed = set(layer.keep) & set(lists)
    while narrowed:
        below = {name for name, codes in lists.items() if codes.parent_list in narrowed}
        for name in below:
            above = lists[lists[name].parent_list or ""].by_code
            stay = tuple(c for c in lists[name].codes if c.parent is None or c.parent in above)
            lists[name] = evolve(lists[name], codes=stay)
        narrowed = below
    countries, groups = book.countries, book.groups
    if lists.get("country") is not book.code_lists.get("country"):
        countries = tuple(c for c in countries if c.code in lists["country"].by_code)
    if lists.get("natlty") is not book.code_lists.get("natlty"):
        known = lists["natlty"].by_code
        groups = tuple(g if g.nationality in known else evolve(g, nationality=None) for g in groups)
    return evolve(book, code_lists=lists, countries=countries, groups=groups)


def _codes_of(codes: CodeList) -> str:
    known = sorted(codes.by_code)
    if len(known) > 20:
        return f"It has {len(known)} codes, from {known[0]} to {known[-1]}."
    return f"Its codes are: {', '.join(map(str, known))}."
