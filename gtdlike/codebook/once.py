"""Making something of a codebook once, however often it is asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from gtdlike.codebook.model import Codebook

P = ParamSpec("P")
T = TypeVar("T")

_KEPT: Final = 32


def once_per_codebook(make: Callable[Concatenate[Codebook, P], T]) -> Callable[Concatenate[Codebook, P], T]:
    """A function of a codebook (and of arguments with a hash) that keeps what it made for the last few of them.

    A codebook is known by its identity, because it holds mappings and has no hash; it is held here, so that its
    identity stays its own.
    """
    made: OrderedDict[tuple[Hashable, ...], tuple[Codebook, T]] = OrderedDict()

    @wraps(make)
    def once(codebook: Codebook, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key: tuple[Any, ...] = (id(codebook), *args, *sorted(kwargs.items()))
        if key not in made:
            made[key] = codebook, make(codebook, *args, **kwargs)
            if len(made) > _KEPT:
                made.popitem(last=False)
        made.move_to_end(key)
        return made[key][1]

    return once
