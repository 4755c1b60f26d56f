"""A toll: a number of people and what became of them, as one phrase tells it."""

from __future__ import annotations

from attrs import frozen

from gtdlike.coding.rules.fates import Fate


@frozen(slots=True)
class Toll:
    """A number of people and their fate, as one phrase tells it. `value` None: some, but not how many."""

    fate: Fate
    value: int | None
    perpetrators: bool
    general: bool
    """The phrase counts people as such ("39 people"), not one kind of them ("two soldiers")."""
    another: bool
    us: bool
    first: int
    last: int
    verb: int
    total: bool = False
    """A stated sum ("the death toll rose to 212")."""
    part: bool = False
    """Already counted in another phrase ("including the bomber")."""
    shared: bool = False
    """Told for several linked attacks together ("across both attacks")."""
    back: bool = False
    """As many as were kidnapped ("the hostages were killed")."""
    linked: int | None = None
    """How many attacks it is shared by, where that is told beside it."""
    also: bool = False
    """On top of what was told before ("were also killed", "another five")."""
    possessive: bool = False
    """Told only in passing ("his death", "the senator's murder")."""
    noun: bool = False
    """Told by a noun ("the murder of the judge"), which often recalls what a verb tells too."""
