"""What the answers of two coders to one question count for."""

from __future__ import annotations

from attrs import frozen


@frozen
class Score:
    """How many answers gold has and how many of them were found; how many were coded and how many of those are right.

    `same` tells whether the two say the same in all; `shared` is how many of their answers speak of one thing.
    """

    gold: int
    coded: int
    found: int
    right: int
    same: bool
    shared: int

    @property
    def asked(self) -> bool:
        """Whether either of them has an answer."""
        return self.gold > 0 or self.coded > 0
