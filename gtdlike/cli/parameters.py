"""The parameters that commands share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

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
