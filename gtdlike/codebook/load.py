"""Loading a codebook: the built-in one, or one of one's own with all that it extends.

The files are read with the standard library alone, so that loading is quick. What a file cannot hold (an unknown
field, a code that is no number, a name twice) is told with its file and line, and so is what does not fit together
across files; `load_codebook` raises the first of these as `CodebookError`, and `check_codebook` gives all of them.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from attrs import evolve

from gtdlike.codebook.extend import EMPTY, extended
from gtdlike.codebook.layer import MAIN, RULES, Layer, read_layer, read_side_file
from gtdlike.codebook.lazy import LazyMapping, LazySequence
from gtdlike.codebook.model import Codebook
from gtdlike.codebook.names import read_countries, read_groups, read_unsearched
from gtdlike.codebook.problem import CodebookProblem, Findings, Mistake
from gtdlike.errors import CodebookError, remedy_for


def load_codebook(name_or_path: str | Path = "gtd", *, check: bool = True) -> Codebook:
    """The codebook of a name that is built in (`gtd`), or one of one's own: a folder, or a `.toml` file.

    It is checked as a whole, and `CodebookError` is raised if anything is wrong with it; with `check=False` only what
    cannot be read is an error, and `check_codebook` tells the rest. The built-in codebook is read once.
    """
    if name_or_path in built_in_codebooks():
        return _built_in(str(name_or_path))
    findings = Findings()
    codebook = read_codebook(find_codebook(name_or_path), findings)
    problems = findings.problems
    if check and codebook is not None and not problems:
        from gtdlike.codebook.check import problems_of

        problems = problems_of(codebook)
    if problems or codebook is None:
        raise problems[0].as_error(len(problems) - 1)
    return codebook


@cache
def built_in_codebooks() -> tuple[str, ...]:
    """The names of the codebooks that come with the package."""
    folders = resources.files("gtdlike.codebook").iterdir()
    return tuple(sorted(f.name for f in folders if f.is_dir() and f.joinpath(MAIN).is_file()))


def find_codebook(path: str | Path) -> Path:
    """The `codebook.toml` of a folder, or the `.toml` file itself. Raises CodebookError where there is none."""
    found = Path(path)
    if found.is_dir():
        return found / MAIN
    if found.suffix == ".toml" and found.is_file():
        return found
    built_in = built_in_codebooks()
    raise CodebookError(
        f"There is no codebook {str(path)!r}: it is neither built in, nor a folder, nor a .toml file.",
        remedy=remedy_for(
            str(path), built_in, f"Give the path of a folder with a codebook.toml, or one of: {', '.join(built_in)}."
        ),
    )


def read_codebook(file: Path, findings: Findings, above: tuple[Path, ...] = ()) -> Codebook | None:
    """A codebook of one's own, put on those that it extends; None where so little can be read that there is none.

    `above` are the codebooks that extend this one.
    """
    try:
        layer = read_layer(file, file.parent if file.name == MAIN else None, findings.tell)
    except Mistake as mistake:
        findings.tell(mistake.problem)
        return None
    base = EMPTY if layer.extends is None else _base(layer, file, findings, above)
    codebook = None if base is None else extended(layer, base, findings)
    return codebook if layer.whole else None


def _base(layer: Layer, file: Path, findings: Findings, above: tuple[Path, ...]) -> Codebook | None:
    """The codebook that a layer extends; None, and why it cannot be had is told, where it cannot."""

    def tell(problem: str, remedy: str) -> None:
        findings.tell(layer.file.problem(("extends",), "extends", problem, remedy, value=True))

    name = str(layer.extends)
    if name in built_in_codebooks():
        return _built_in(name)
    try:
        found = find_codebook(file.parent / name)
    except CodebookError:
        remedy = remedy_for(name, built_in_codebooks(), "Write gtd, or a path from this file.")
        tell(f"There is no codebook {name!r}: it is neither built in, nor a folder, nor a .toml file.", remedy)
        return None
    chain = (*above, file)
    if any(found.resolve() == other.resolve() for other in chain):
        names = " extends ".join(other.parent.name if other.name == MAIN else other.name for other in (*chain, found))
        tell(f"It extends itself: {names}.", "Let one of them extend gtd, or nothing.")
        return None
    below = Findings()
    base = read_codebook(found, below, chain)
    problems: list[CodebookProblem] = below.problems
    if base is not None and not problems:
        from gtdlike.codebook.check import problems_of

        problems = problems_of(base)
    if problems:
        more = f" (And {len(problems) - 1} more.)" if len(problems) > 1 else ""
        tell(f"The codebook {name!r} has mistakes. {problems[0]}{more}", f"Put {name} right first.")
    return None if problems else base


@cache
def _built_in(name: str) -> Codebook:
    """A codebook of the package. Its names and rules, the larger part of its files, are read when they are needed."""
    folder = resources.files("gtdlike.codebook").joinpath(name)
    findings = Findings()
    layer = read_layer(folder.joinpath(MAIN), folder, _raise, lean=True)
    codebook = extended(layer, EMPTY, findings)

    @cache
    def rules() -> Codebook:
        side = Layer(layer.file)
        read_side_file(side, folder, RULES, _raise)
        return extended(side, EMPTY, findings)

    return evolve(
        codebook,
        groups=LazySequence(lambda: read_groups(folder, _raise)),
        countries=LazySequence(lambda: read_countries(folder, _raise)),
        unsearched=LazySequence(lambda: read_unsearched(folder, _raise)),
        rules=LazyMapping(lambda: dict(rules().rules)),
        dataset_rules=LazyMapping(lambda: dict(rules().dataset_rules)),
    )


def _raise(problem: CodebookProblem) -> None:
    raise problem.as_error()
