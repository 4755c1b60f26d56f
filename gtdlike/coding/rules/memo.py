"""What is found once in a sentence or an article is remembered with it, and forgotten with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Remembering(Protocol):
    """A sentence or the prose of an article."""

    memo: dict[object, Any]


S = TypeVar("S", bound=Remembering)


def remembered(find: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Let a function's results be kept by its first argument. The other arguments must be hashable."""

    @wraps(find)
    def recall(about: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (find, *args, *kwargs.values()) if args or kwargs else find
        found: R
        try:
            found = about.memo[key]
        except KeyError:
            found = about.memo[key] = find(about, *args, **kwargs)
        return found

    return recall
