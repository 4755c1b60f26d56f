"""One cell: from what is written in a flat row to the typed value, and back."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import index
from typing import TYPE_CHECKING, Any

from gtdlike.codebook.model import Kind, Value, Variable
from gtdlike.incident import UNKNOWN, Amount, Code, Count, Name, YesNo

if TYPE_CHECKING:
    import cattrs


def write_cell(variable: Variable, value: Any) -> Value:
    """What stands in the flat row for a typed value. Raises ValueError where it cannot stand there."""
    if value is None:
        return None
    if value is UNKNOWN:
        if variable.unknown is None:
            raise ValueError("UNKNOWN cannot be written, because the codebook has no unknown code for it; use None")
        return variable.unknown
    if type(value) is bool and variable.kind == "boolean":
        return int(value)
    if isinstance(value, str) and not value:
        return None
    written: Value = _READERS[variable.kind](value)
    return int(written) if written is True or written is False else written


def read_cell(variable: Variable, value: Any) -> Any:
    """The typed value of a cell of the flat row. Raises ValueError where it is not of the variable's kind."""
    if value is None or (value == "" if variable.kind == "text" else is_blank(value)):
        return None
    return UNKNOWN if is_unknown(variable, value) else _READERS[variable.kind](value)


def is_blank(value: Any) -> bool:
    """Whether a value stands for an empty cell: None, NaN, NaT, NA and text of spaces do."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return True
    try:
        return bool(value != value)
    except (TypeError, ValueError):
        # pandas' NA compares to NA, which is neither true nor false; so does an array, which is no blank.
        return str(value) == "<NA>"


def is_unknown(variable: Variable, value: Any) -> bool:
    """Whether a cell holds the unknown code of its variable, as a number or as text."""
    unknown = variable.unknown
    if unknown is None:
        return False
    if isinstance(value, str) and not isinstance(unknown, str):
        try:
            return float(_plain(value)) == unknown
        except ValueError:
            return False
    return type(value) is not bool and bool(value == unknown)


def whole_number(value: Any) -> int:
    """A whole number, also where it is written as "3", "3.0" or 3.0."""
    if type(value) is int:
        return value
    if isinstance(value, str):
        try:
            return int(_plain(value))
        except ValueError:
            value = _float(value, "a whole number")
    if isinstance(value, float):
        if value.is_integer():
            return int(value)
    elif not isinstance(value, bool):
        try:
            return index(value)
        except TypeError:
            pass
    raise ValueError(f"{value!r} is not a whole number")


def number(value: Any) -> float:
    """A finite number, also where it is written as text."""
    if isinstance(value, str):
        value = _float(value, "a number")
    if not isinstance(value, bool) and value is not UNKNOWN:
        try:
            result = float(value)
        except (TypeError, ValueError, OverflowError):
            pass
        else:
            if math.isfinite(result):
                return result
    raise ValueError(f"{value!r} is not a finite number")


def yes_no(value: Any) -> bool:
    """True or False, also where it is written as 1 or 0."""
    if value is True or value is False:
        return bool(value)
    try:
        answer = whole_number(value)
    except ValueError:
        answer = -1
    if answer not in (0, 1):
        raise ValueError(f"{value!r} is neither 0 (no) nor 1 (yes)")
    return answer == 1


def text(value: Any) -> str:
    """Text as it is; a number is not text."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not text")
    return value


def date(value: Any) -> dt.date:
    """A day, also where it is written as 2017-01-16 or as a moment at midnight."""
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(f"{value!r} is not a date; write it as 2017-01-16") from None
    if isinstance(value, dt.datetime):
        if value.time() != dt.time():
            raise ValueError(f"{value.isoformat()!r} is a moment, not a date")
        return value.date()
    if not isinstance(value, dt.date):
        raise ValueError(f"{value!r} is not a date")
    return value


def _float(value: str, what: str) -> float:
    try:
        return float(_plain(value))
    except ValueError:
        raise ValueError(f"{value!r} is not {what}") from None


def _plain(value: str) -> str:
    # Python reads 1_000 and the digits of every script as numbers. No other reader of the data does.
    if "_" in value or not value.isascii():
        raise ValueError
    return value


_READERS: Mapping[Kind, Callable[[Any], Any]] = {
    "integer": whole_number,
    "code": whole_number,
    "number": number,
    "boolean": yes_no,
    "text": text,
    "date": date,
}


@lru_cache(maxsize=1)
def converter() -> cattrs.Converter:
    """The cattrs converter that types the cells of an incident. `UNKNOWN` must already stand where it is meant."""
    import cattrs

    made = cattrs.Converter()

    def hook(exact: type | None, read: Callable[[Any], Any], may_be_unknown: bool) -> Callable[[Any, Any], Any]:
        def structure(value: Any, _: Any) -> Any:
            if type(value) is exact or value is None or (value is UNKNOWN and may_be_unknown):
                return value
            return read(value)

        return structure

    # The field's type, the type of a value that may stay as it is, and how any other value is read.
    answers: list[tuple[Any, type | None, Callable[[Any], Any]]] = [
        (YesNo, bool, yes_no),
        (Count, int, whole_number),
        (Amount, None, number),
        (Name, str, text),
    ]
    facts: list[tuple[Any, type | None, Callable[[Any], Any]]] = [
        (Code, int, whole_number),
        (float | None, None, number),
        (str | None, str, text),
        (dt.date | None, None, date),
    ]
    for may_be_unknown, fields in ((True, answers), (False, facts)):
        for kind, exact, read in fields:
            made.register_structure_hook(kind, hook(exact, read, may_be_unknown))
    return made
