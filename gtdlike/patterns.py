"""Names that are chosen by patterns such as `target-*`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from fnmatch import fnmatchcase


def matching(patterns: Iterable[str], known: Collection[str], unknown: Callable[[str], Exception]) -> set[str]:
    """The known names that fit one of the patterns. A pattern that fits none raises what `unknown` makes of it."""
    found: set[str] = set()
    for pattern in [patterns] if isinstance(patterns, str) else patterns:
        fitting = {name for name in known if fnmatchcase(name, pattern)}
        if not fitting:
            raise unknown(pattern)
        found |= fitting
    return found
