"""What the signs of an expression do, to Python values and to Polars expressions alike."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

OPERATORS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
"""All but the rest of a division, in which Python and Polars differ from SQL."""
