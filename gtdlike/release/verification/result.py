"""What a verification found: what was checked, how much of it, and every problem with its place and remedy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from attrs import asdict, define, field, frozen

from gtdlike.errors import describe

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

FEW: Final = 5
"""So many problems of one sort are listed; the last of them says how many there are more."""
SHOWN: Final = 20
"""So many are shown to a person."""


@frozen
class Problem:
    """One thing that is wrong with a release.

    `file` is the file that it is wrong with, `place` where in it, as far as that can be told: a line, or a row with its
    eventid and column. `more` counts problems of the same sort in the same file that are not listed.
    """

    check: str
    file: str
    place: str | None
    message: str
    remedy: str
    more: int = 0

    def __str__(self) -> str:
        more = f" So it is with {self.more:,} more." if self.more else ""
        return describe(f"{self.message}{more}", self.file, self.place, self.remedy)


@define
class Check:
    """One sort of proof: how much was looked at, and what was found. `skipped` says why it was not done, or not all."""

    name: str
    what: str
    """What `counted` counts."""
    counted: int = 0
    problems: list[Problem] = field(factory=list)
    skipped: str | None = None

    def add(self, file: str, place: str | None, message: str, remedy: str, more: int = 0) -> None:
        """Put a problem on record."""
        self.problems.append(Problem(self.name, file, place, message, remedy, more))

    def add_some(self, file: str, found: Sequence[tuple[str | None, str]], remedy: str, total: int) -> None:
        """Put problems of one sort on record, of which `found` holds the first, as places and messages."""
        for number, (place, message) in enumerate(found, 1):
            self.add(file, place, message, remedy, total - len(found) if number == len(found) else 0)

    @property
    def total(self) -> int:
        """The number of problems, those that are not listed as well."""
        return sum(1 + one.more for one in self.problems)


@define
class Verification:
    """The outcome of a verification. `str()` and the terminal show it to people, `to_dict()` is for programs."""

    folder: str
    checks: tuple[Check, ...]
    notes: tuple[str, ...] = ()
    """What could not be read of the articles that were given."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems that are listed, in the order of the checks."""
        return tuple(problem for check in self.checks for problem in check.problems)

    @property
    def ok(self) -> bool:
        """Whether the release is whole."""
        return not self.problems

    def summary(self) -> str:
        """The outcome in one line."""
        total = sum(check.total for check in self.checks)
        if not total:
            return "The release is whole."
        names = dict.fromkeys(problem.file for problem in self.problems)
        return f"{total:,} problem{'s' * (total != 1)}, in {', '.join(names)}."

    def to_dict(self, most: int | None = None) -> dict[str, Any]:
        """All of it, as JSON has it; of the problems at most so many."""
        return {
            "folder": self.folder,
            "ok": self.ok,
            "summary": self.summary(),
            "checks": [
                {"name": c.name, "counted": c.counted, "what": c.what, "problems": c.total, "skipped": c.skipped}
                for c in self.checks
            ],
            "problems": [asdict(problem) for problem in self.problems[:most]],
            "notes": list(self.notes),
        }

    def __str__(self) -> str:
        lines = [f"{self.folder}: {self.summary()}", *(outcome(check) for check in self.checks)]
        return "\n".join((*lines, *map(str, self.problems)))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from for_terminal(self, SHOWN)


def outcome(check: Check) -> str:
    """What became of a check, in one line."""
    told = f"{check.name}: {check.counted:,} {check.what}"
    if check.total:
        told += f", {check.total:,} problem{'s' * (check.total != 1)}"
    return f"{told}; {check.skipped}" if check.skipped else told


def for_terminal(verification: Verification, most: int) -> Iterator[Any]:
    """What rich prints: the outcome, a line for each check, and the first problems."""
    from rich.markup import escape
    from rich.table import Table

    colour = "green" if verification.ok else "red"
    yield f"[{colour}]{escape(f'{verification.folder}: {verification.summary()}')}[/]"
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for check in verification.checks:
        word, tint = ("ok", "green") if check.counted else ("-", "dim")
        if check.problems:
            word, tint = f"{check.total:,} problem{'s' * (check.total != 1)}", "red"
        counted = f"{check.counted:,} {check.what}" if check.counted or not check.skipped else ""
        told = "; ".join(part for part in (counted, check.skipped) if part)
        table.add_row(check.name, f"[{tint}]{word}[/]", escape(told))
    yield table
    for problem in verification.problems[:most]:
        where = ": ".join(part for part in (problem.file, problem.place) if part)
        more = f" So it is with {problem.more:,} more." if problem.more else ""
        yield f"[bold]{escape(where)}[/]: {escape(problem.message + more)} [dim]{escape(problem.remedy)}[/]"
    beyond = len(verification.problems) - most
    if beyond > 0:
        yield f"{beyond:,} more."
