"""Checking a codebook as a whole: what its files say of each other must fit together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from gtdlike.codebook.model import Codebook, CodeList, Variable
from gtdlike.errors import describe, remedy_for


@frozen
class CodebookProblem:
    """One thing that is wrong with a codebook: in which of its files, where in it, and what to do about it."""

    problem: str
    file: str
    place: str
    remedy: str

    def __str__(self) -> str:
        return describe(self.problem, self.file, self.place, self.remedy)


def check_codebook(codebook: Codebook) -> list[CodebookProblem]:
    """All that is wrong with a codebook, file by file; an empty list if nothing is."""
    return [
        *_sections(codebook),
        *(p for variable in codebook.variables.values() for p in _variable(variable, codebook)),
        *_unique(codebook),
        *(p for codes in codebook.code_lists.values() for p in _code_list(codes, codebook)),
        *_groups(codebook),
        *_countries(codebook),
    ]


def _sections(codebook: Codebook) -> Iterator[CodebookProblem]:
    for name, description in codebook.sections.items():
        if not description.strip():
            yield CodebookProblem("The description is empty.", "codebook.toml", f"section {name}", "Say what it is.")


def _variable(variable: Variable, codebook: Codebook) -> Iterator[CodebookProblem]:
    for problem, remedy in (
        *_description(variable, codebook),
        *_codes(variable, codebook),
        *_parent(variable, codebook),
        *_values(variable, codebook),
    ):
        yield CodebookProblem(problem, "variables.toml", f"variable {variable.name}", remedy)


# What follows yields pairs: a problem of one variable, and its remedy.


def _description(variable: Variable, codebook: Codebook) -> Iterator[tuple[str, str]]:
    for key in ("label", "definition"):
        if not getattr(variable, key).strip():
            yield f"The {key} is empty.", "Fill it in."
    if variable.section not in codebook.sections:
        remedy = remedy_for(variable.section, codebook.sections, "Add it to [sections] in codebook.toml.")
        yield f"There is no section {variable.section!r}.", remedy
    if (variable.kind == "label") != (variable.path is None):
        yield "Every variable has a `path`, except labels: they are derived.", "Add or take out `path`."


def _codes(variable: Variable, codebook: Codebook) -> Iterator[tuple[str, str]]:
    if (variable.kind == "code") != (variable.codes is not None):
        yield "A variable of the kind 'code', and no other, has `codes`.", "Add or take out `codes`."
    if variable.codes is not None and variable.codes not in codebook.code_lists:
        remedy = remedy_for(variable.codes, codebook.code_lists, f"Write codes/{variable.codes}.csv.")
        yield f"There is no code list {variable.codes!r}.", remedy
    if (variable.kind == "label") != (variable.label_of is not None):
        yield "A variable of the kind 'label', and no other, has `label_of`.", "Add or take out `label_of`."
    if variable.label_of is not None and variable.label_of not in _coded(codebook):
        remedy = remedy_for(variable.label_of, _coded(codebook), "Name a variable of the kind 'code'.")
        yield f"There is no code variable {variable.label_of!r} that it could label.", remedy


def _parent(variable: Variable, codebook: Codebook) -> Iterator[tuple[str, str]]:
    if variable.parent is None:
        return
    if variable.parent not in _coded(codebook):
        remedy = remedy_for(variable.parent, _coded(codebook), "Name a variable of the kind 'code'.")
        yield f"There is no code variable {variable.parent!r} that could be its parent.", remedy
        return
    parent = codebook.variables[variable.parent]
    codes = codebook.code_lists.get(variable.codes or "")
    if codes is None or (codes.parent_list is not None and codes.parent_list not in codebook.code_lists):
        return  # said elsewhere
    if codes.parent_list != parent.codes:
        yield (
            f"Its parent {parent.name!r} has codes of {parent.codes!r}, but the parents of {codes.name!r} are of "
            f"{codes.parent_list!r}.",
            f'Correct `parent`, or write {codes.name} = "{parent.codes}" under [parents] in codebook.toml.',
        )


def _values(variable: Variable, codebook: Codebook) -> Iterator[tuple[str, str]]:
    low, high, unknown = variable.minimum, variable.maximum, variable.unknown
    if low is not None and high is not None and low > high:
        yield f"The minimum {low} is above the maximum {high}.", "Swap the two."
    if (low, high) != (None, None) and variable.kind not in ("integer", "number"):
        yield "Only numbers have a minimum and a maximum.", "Take them out."
    if unknown is None:
        return
    if variable.kind in ("label", "date"):
        yield f"A {variable.kind} has no `unknown`.", "Take it out."
    elif isinstance(unknown, str) != (variable.kind == "text"):
        yield f"`unknown` is {unknown!r}.", "Write a text if the variable is a text, and an integer otherwise."
    elif isinstance(unknown, int) and _is_answer(unknown, variable, codebook):
        yield f"`unknown` is {unknown}, which is also an answer.", "Write a number that is none."


def _is_answer(number: int, variable: Variable, codebook: Codebook) -> bool:
    if variable.kind == "boolean":
        return number in (0, 1)
    if variable.kind == "code":
        codes = codebook.code_lists.get(variable.codes or "")
        return codes is not None and number in codes.by_code
    low = variable.minimum if variable.minimum is not None else float("-inf")
    high = variable.maximum if variable.maximum is not None else float("inf")
    return low <= number <= high


def _coded(codebook: Codebook) -> list[str]:
    return [v.name for v in codebook.variables.values() if v.kind == "code"]


def _unique(codebook: Codebook) -> Iterator[CodebookProblem]:
    variables = codebook.variables.values()
    for what, texts in (
        ("label", [(v.label, v.name) for v in variables]),
        ("path", [(v.path, v.name) for v in variables if v.path is not None]),
    ):
        for text, first, second in _twice(texts):
            problem = f"The {what} {text!r} is also that of {first}."
            yield CodebookProblem(problem, "variables.toml", f"variable {second}", "Change one of them.")


def _code_list(codes: CodeList, codebook: Codebook) -> Iterator[CodebookProblem]:
    file = f"codes/{codes.name}.csv"
    if not codes.codes:
        yield CodebookProblem("The code list is empty.", file, "line 1", "Add its codes, or take the file away.")
    for code, _, second in _twice((str(c.code), c.label) for c in codes):
        yield CodebookProblem("The code is there twice.", file, f"code {code} ({second})", "Give one of them another.")
    for label, first, second in _twice((c.label, str(c.code)) for c in codes):
        yield CodebookProblem(
            f"The label {label!r} is also that of the code {first}.", file, f"code {second}", "Change one of them."
        )
    parents = codebook.code_lists.get(codes.parent_list or "")
    if codes.parent_list is not None and parents is None:
        remedy = remedy_for(codes.parent_list, codebook.code_lists, f"Write codes/{codes.parent_list}.csv.")
        place = f"[parents] {codes.name}"
        yield CodebookProblem(f"There is no code list {codes.parent_list!r}.", "codebook.toml", place, remedy)
    for c in codes:
        if c.parent is None:
            continue
        if codes.parent_list is None:
            problem = "It has a parent, and the list of the parents is not named."
            remedy = f"Write {codes.name} = the name of that list under [parents] in codebook.toml."
            yield CodebookProblem(problem, file, f"code {c.code}", remedy)
        elif parents is not None and c.parent not in parents.by_code:
            remedy = f"Write one of the codes of codes/{parents.name}.csv."
            yield CodebookProblem(f"There is no parent {c.parent} in {parents.name!r}.", file, f"code {c.code}", remedy)


def _groups(codebook: Codebook) -> Iterator[CodebookProblem]:
    file = "names/groups.csv"
    for name, _, _ in _twice((g.name, g.name) for g in codebook.groups):
        yield CodebookProblem("The group is there twice.", file, f"group {name}", "Make one line of the two.")
    called = ((name, g.name) for g in codebook.groups for name in dict.fromkeys((g.name, *g.aliases)))
    for name, first, second in _twice((_as_matched(n), g) for n, g in called):
        if first != second:
            yield CodebookProblem(
                f"The name {name!r} is also that of {first!r}.", file, f"group {second}", "Leave it to one of them."
            )
    if (nationalities := codebook.code_lists.get("natlty")) is not None:
        for g in codebook.groups:
            if g.nationality is not None and g.nationality not in nationalities.by_code:
                remedy = "Write one of the codes of codes/natlty.csv."
                yield CodebookProblem(f"There is no nationality {g.nationality}.", file, f"group {g.name}", remedy)


def _countries(codebook: Codebook) -> Iterator[CodebookProblem]:
    file = "names/countries.csv"
    for code, first, second in _twice((str(c.code), c.name) for c in codebook.countries):
        yield CodebookProblem(f"The code {code} is also that of {first}.", file, f"country {second}", "Correct one.")
    called = ((_as_matched(n), c.name) for c in codebook.countries for n in dict.fromkeys((c.name, *c.aliases)))
    for name, first, second in _twice(called):
        if first != second:
            yield CodebookProblem(
                f"The name {name!r} is also that of {first}.", file, f"country {second}", "Leave it to one of them."
            )
    if (codes := codebook.code_lists.get("country")) is not None:
        for c in codebook.countries:
            if c.code not in codes.by_code:
                remedy = "Add it to codes/country.csv, or take it out here."
                yield CodebookProblem(f"There is no country of the code {c.code}.", file, f"country {c.name}", remedy)


def _as_matched(name: str) -> str:
    """How a name is told from others: in capitals only by its letters as they are, otherwise regardless of case."""
    return name if name.isupper() else name.casefold()


def _twice(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """The texts that come twice, each with the owner of the first and of the later one."""
    owners: dict[str, str] = {}
    for text, owner in pairs:
        if text in owners:
            yield text, owners[text], owner
        else:
            owners[text] = owner
