"""What comes twice among things that must differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

Key = TypeVar("Key")
Owner = TypeVar("Owner")


def twice(pairs: Iterable[tuple[Key, Owner]]) -> Iterator[tuple[Key, Owner, Owner]]:
    """The keys that come twice, each with the owner of the first and of the later one."""
    owners: dict[Key, Owner] = {}
    for key, owner in pairs:
        if key in owners:
            yield key, owners[key], owner
        else:
            owners[key] = owner
