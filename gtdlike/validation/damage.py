"""What spreadsheets and statistics programs do to cells, known by its look and told by its name."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final, cast

from attrs import frozen

from gtdlike.codebook.expression.screen import Screen, found_in
from gtdlike.codebook.model import Severity, Variable
from gtdlike.validation.mojibake import PATTERN, is_mojibake, repaired
from gtdlike.validation.scan import Texts

if TYPE_CHECKING:
    import polars as pl

MARKS: Final = (
    ".", "-", "--", "?", "NA", "N/A", "n/a", "n.a.", "N.A.", "#N/A", "<NA>", "NULL", "Null", "null", "None", "none",
    "NaN", "nan", "NaT",
)  # fmt: skip
ERRORS: Final = ("#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")

_MONTHS: Final = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_TURNED: Final = rf"^(?:(?:\d{{1,2}}-)?(?:{_MONTHS})-\d{{2}}|\d{{1,2}}-(?:{_MONTHS})|\d{{4}}-\d{{2}}-\d{{2}} 00:00:00)$"
_TURNED_INTO_DATE: Final = re.compile(_TURNED)
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.](?:\d{2}|\d{4})")
_SHORTENED: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_SERIAL: Final = re.compile(r"(\d{5})(?:\.0*)?")
# So many letters has a mark at most, so many Jan-17, an error or 05-Jan-17 at most, and so many a date with its time.
_MARK, _MONTH, _SHORT, _MOMENT = 4, 6, 9, 19
# The days of 1954 to 2100, as Excel counts them; a smaller number is more likely a year.
_SERIALS: Final = range(20_000, 73_416)
_FIRST_DAY: Final = dt.date(1899, 12, 30)


@frozen
class Finding:
    """What is known of a cell or a row: which rule it breaks, and what to say."""

    rule: str
    severity: Severity
    message: str
    remedy: str


def explain(variable: Variable, shown: str) -> Finding | None:
    """What happened to a cell that is wrong, or that `text_damage` points at; None where it is not known."""
    cell, text = shown.strip(), variable.kind in ("text", "label")
    if cell in MARKS:
        asked = (
            f", or write {variable.unknown} if it was asked and is not known" if variable.unknown is not None else ""
        )
        message = f"{cell!r} stands for an empty cell."
        return Finding("missing-mark", "warning" if text else "error", message, f"Leave the cell empty{asked}.")
    if cell in ERRORS:
        message = f"{cell!r} is an error of a spreadsheet: the value is lost."
        return Finding("spreadsheet-error", "error", message, "Correct the formula, or leave the cell empty.")
    if text:
        return _of_text(shown)
    if _SHORTENED.fullmatch(cell):
        message = f"{cell!r} is a number that a spreadsheet shortened: its last digits are lost."
        return Finding("spreadsheet-number", "error", message, _TAKE_ANEW)
    if variable.kind == "date":
        return _serial(cell)
    if _TURNED_INTO_DATE.match(cell) or _DATE.fullmatch(cell):
        message = f"{cell!r} is a date, which a spreadsheet makes of numbers with a dash or a slash."
        return Finding("spreadsheet-date", "error", message, _TAKE_ANEW)
    return None


_TAKE_ANEW: Final = "Take it from where it was before, and give the column the format Text in the spreadsheet."


def _of_text(shown: str) -> Finding | None:
    if _TURNED_INTO_DATE.match(shown.strip()):
        message = f"{shown!r} looks like what a spreadsheet makes of text such as 1-5, which it takes for a date."
        return Finding("spreadsheet-date", "warning", message, _TAKE_ANEW)
    if not is_mojibake(shown):
        return None
    was = repaired(shown)
    if was is None:
        lost = "\ufffd" in shown
        message = f"The text has characters that {'are lost' if lost else 'only a wrong encoding makes'}."
        return Finding("mojibake", "warning", message, "Take it from where it was before, and save it as UTF-8.")
    start = next((i for i, (a, b) in enumerate(zip(shown, was, strict=False)) if a != b), 0)
    here = was if len(was) <= _SHOWN else f"... {was[max(0, start - 20) : start + 40]} ..."
    return Finding("mojibake", "warning", "The text was UTF-8 and was read in another encoding.", f"Write {here!r}.")


_SHOWN: Final = 100


def _serial(cell: str) -> Finding | None:
    found = _SERIAL.fullmatch(cell)
    if found is None or int(found[1]) not in _SERIALS:
        return None
    day = _FIRST_DAY + dt.timedelta(days=int(found[1]))
    message = f"{cell!r} is a date as a spreadsheet counts days since 1900: {day}."
    return Finding("spreadsheet-date", "error", message, f"Write it as {day}, or leave the cell empty.")


SCREEN: Final = cast(Screen, found_in(PATTERN))
"""How a text looks that was read in a wrong encoding."""


def suspects(texts: Texts) -> Any:
    """Which texts have the length of something else that `damaged` finds: an array of truths."""
    length = texts.lengths
    # An error begins with a mark, and a day with a digit, which all come before the colon.
    short = (length <= _SHORT) & (texts.firsts < ord(":"))
    return (length <= _MARK) | (length == _MONTH) | (length == _MOMENT) | short


def damaged(cells: pl.Series) -> pl.Series:
    """Which cells of text are to be explained. Patterns are run over those alone that can hold them."""
    import polars as pl

    cell = pl.col(cells.name)
    looks = cells.to_frame().select(
        known=cell.is_in([*MARKS, *ERRORS]),
        turned=(cell.str.len_bytes() <= _MOMENT) & cell.str.contains("-", literal=True),
        strange=cell.str.len_bytes() != cell.str.len_chars(),
    )
    found = looks["known"]
    for column, pattern in (("turned", _TURNED), ("strange", PATTERN)):
        places = looks[column].arg_true()
        if len(places):
            found = found.scatter(places, found[places] | cells[places].str.contains(pattern))
    return found
