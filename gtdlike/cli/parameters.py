"""The parameters that commands share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final

from cyclopts import Parameter, validators


def no_options(_type: Any, values: Sequence[str]) -> None:
    """Let `-` through, which is standard input, and refuse other words with a hyphen: they are mistyped options."""
    for value in values:
        if value.startswith("-") and value != "-":
            raise ValueError(f"There is no option {value}; see --help. A file of that name is given as ./{value}.")


Inputs = Annotated[list[str], Parameter(name="INPUT", allow_leading_hyphen=True, validator=no_options)]
"""Files, folders, patterns or `-`."""

Output = Annotated[str, Parameter(alias="-o", allow_leading_hyphen=True)]
"""A file, or `-` for standard output."""

Processes = Annotated[int | None, Parameter(alias="-p", validator=validators.Number(gte=1))]
"""How many processes work."""

USUAL_CACHE: Final = Path("the user's cache folder")
"""Stands for the folder that the system has for caches."""

Cache = Annotated[Path | None, Parameter(negative_none="no-")]
"""The folder of the cache, or None for `--no-cache`."""


def cache_folder(given: Path | None) -> Path | None:
    """The folder that is meant by the parameter."""
    if given is not USUAL_CACHE:
        return given
    from gtdlike.engines.cache import default_folder

    return default_folder()
