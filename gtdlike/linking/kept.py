"""Sets of which one is kept for all that are equal: most tellings say little, and many say the same."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final, TypeVar

T = TypeVar("T")

NOTHING: Final[frozenset[Any]] = frozenset()


def kept(values: Iterable[T]) -> frozenset[T]:
    """The set of some values."""
    found = frozenset(values)
    return _kept(found) if found else NOTHING


@lru_cache(maxsize=100_000)
def only(value: T) -> frozenset[T]:
    """The set of one value."""
    return frozenset((value,))


@lru_cache(maxsize=100_000)
def _kept(values: frozenset[T]) -> frozenset[T]:
    return values
