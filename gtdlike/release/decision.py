"""A decision of people about a release: what it can be, and which incident or telling it is about."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from gtdlike.errors import GtdlikeError
from gtdlike.linking.decided import Key

SUBJECT = ("eventid", "article_id", "telling", "tellings")
OTHER = ("other_eventid", "other_article_id", "other_telling", "other_tellings")
COLUMNS = (
    "decision", *SUBJECT[:3], *OTHER[:3], "variable", "value", "who", "why", "date", "withdrawn", SUBJECT[3], OTHER[3],
)  # fmt: skip
"""The columns of `decisions.csv`. Those that nobody needs may be left out, in any order; `decision` must be there."""


class Kind(StrEnum):
    """What can be decided."""

    MERGE = "merge"
    SPLIT = "split"
    SET = "set"
    DROP = "drop"


USES = {
    Kind.MERGE: {*SUBJECT, *OTHER},
    Kind.SPLIT: {*SUBJECT, *OTHER},
    Kind.SET: {*SUBJECT, "variable", "value"},
    Kind.DROP: {*SUBJECT},
}
"""Which columns tell what is decided, for each kind."""


@frozen
class Pointer:
    """Which incident, or which article's telling of one, a decision is about.

    `tellings` are what it stood for when it was first read; a build fills them in, so that the decision keeps its
    meaning when the id is retired.
    """

    eventid: int | None = None
    article_id: str | None = None
    telling: int | None = None
    tellings: tuple[Key, ...] = ()

    @property
    def told(self) -> bool:
        """Whether it points at anything."""
        return self.eventid is not None or self.article_id is not None

    @property
    def name(self) -> tuple[int | None, str | None, int | None]:
        """What a person wrote."""
        return self.eventid, self.article_id, self.telling


@frozen
class Decision:
    """One row of `decisions.csv`."""

    kind: Kind
    subject: Pointer
    other: Pointer
    variable: str | None
    value: str | None
    who: str
    why: str
    date: str | None
    withdrawn: bool
    line: int
    kept: bool = False
    """Whether it was kept in the previous release, and is not of the file that was given."""

    @property
    def key(self) -> tuple[object, ...]:
        """What it decides about: a later row of the same key takes its place."""
        return self.kind, self.subject.name, self.other.name, self.variable

    @property
    def says(self) -> tuple[object, ...]:
        """What it says about that."""
        return self.value, self.who, self.why, self.date, self.withdrawn

    @property
    def known(self) -> bool:
        """Whether a build has found what it is about."""
        return bool(self.subject.tellings)


class BadRow(GtdlikeError):
    """A row that is no decision, or one that cannot be applied. `place` is the column. It costs itself, no more."""


class Fate(StrEnum):
    """What became of a decision. Every row of `decisions.csv` has exactly one fate."""

    APPLIED = "applied"
    """The release follows it, and would be another without it."""
    WITHOUT_EFFECT = "without_effect"
    """The release would be the same without it, or another decision takes its place."""
    NOT_APPLIED = "not_applied"
    """It cannot be understood, or what it is about cannot be found, or the codebook is against it."""
    WITHDRAWN = "withdrawn"
    """It was taken back."""

    @property
    def words(self) -> str:
        """The fate in words."""
        return "cannot be applied" if self is Fate.NOT_APPLIED else self.value.replace("_", " ")


@frozen
class Account:
    """What became of one row: where it stands, and why its fate is what it is."""

    decision: str
    who: str | None
    kept: bool
    line: int
    column: str | None
    fate: Fate
    message: str | None = None

    def place(self, file: str) -> str:
        """Where it stands, for people."""
        return f"{file}: line {self.line}" + (f", column {self.column}" if self.column else "")
