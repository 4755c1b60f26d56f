"""Valid flat rows and typed incidents of a codebook."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

from gtdlike.codebook.model import Codebook, Value, Variable
from gtdlike.codebook.rowchecks import row_checks
from gtdlike.errors import MissingExtraError
from gtdlike.incident import Incident
from gtdlike.rowmap import row_map
from gtdlike.rows import arrow_type, from_row
from gtdlike.testing.repair import labelled, repair
from gtdlike.validation.damage import explain

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

_DATE_PATHS = ("date.year", "date.month", "date.day")
_APPROXIMATE_PATH = "date.approximate"
_EVENTID_PATH = "eventid"


def rows(codebook: Codebook | None = None) -> SearchStrategy[dict[str, Value]]:
    """Valid flat rows, which violate no rule of one row: all the columns in order, blanks as None.

    Codes are of their lists, sub-types and countries of the parent that stands in the row, labels of their codes;
    numbers keep to their ranges or are the unknown code; dates are of the calendar, or end in a 0 for an unknown day
    or month; text is anything that UTF-8 can write, with line breaks but without other control characters. Cells that
    a rule of the codebook objects to are left empty, or are as in the rule's examples.
    """
    _require_hypothesis()
    import hypothesis.strategies as st

    book = row_map(codebook).codebook
    plan = [(v, _values(v, book)) for v in _parents_first(book) if v.path not in (*_DATE_PATHS, _EVENTID_PATH)]
    size = len(plan) // 8 + 1
    bits = st.binary(min_size=size, max_size=size)
    date_names = [_at(book, path) for path in _DATE_PATHS]
    eventid, approximate = _at(book, _EVENTID_PATH), _at(book, _APPROXIMATE_PATH)
    checks = row_checks(book)

    @st.composite
    def row(draw: DrawFn) -> dict[str, Value]:
        cells: dict[str, Value] = dict.fromkeys(book.columns)
        date = draw(_dates())
        for name, part in zip(date_names, date, strict=True):
            if name:
                cells[name] = part
        if eventid:
            year, month, day = (part or 0 for part in date)
            number = draw(st.integers(1, 9999))
            cells[eventid] = (year * 10_000 + month * 100 + day) * 10_000 + number if year else None
        # Which cells are filled: each with even odds, and in every other row with odds of one in four.
        mask = int.from_bytes(draw(bits))
        if draw(st.booleans()):
            mask &= int.from_bytes(draw(bits))
        for place, (variable, values) in enumerate(plan):
            wanted = variable.name == approximate and 0 in date
            if not (wanted or mask >> place & 1):
                continue
            if variable.parent is None:
                cells[variable.name] = draw(values)
            else:
                above = cells.get(variable.parent)
                codes = [c.code for c in book.code_lists[variable.codes or ""] if c.parent in (None, above)]
                if codes:
                    cells[variable.name] = draw(st.sampled_from(codes))
        filled = {name: cell for name, cell in cells.items() if cell is not None}
        repair(filled, book, checks, only_empty=draw(st.booleans()))
        return dict.fromkeys(book.columns) | labelled(filled, book)

    return row()


def incidents(codebook: Codebook | None = None) -> SearchStrategy[Incident]:
    """Typed incidents: those of `rows`."""
    return rows(codebook).map(lambda row: from_row(row, codebook))


def _require_hypothesis() -> None:
    try:
        import hypothesis  # noqa: F401
    except ModuleNotFoundError:
        remedy = 'Install it: pip install "gtdlike[test]".'
        raise MissingExtraError("gtdlike.testing needs hypothesis, which is not installed.", remedy=remedy) from None


def _at(book: Codebook, path: str) -> str | None:
    return next((v.name for v in book.variables.values() if v.path == path), None)


def _parents_first(book: Codebook) -> list[Variable]:
    """The variables that hold something of their own, each after the one whose code its own must belong to."""
    ordered: dict[str, Variable] = {}

    def place(variable: Variable) -> None:
        if variable.parent and variable.parent not in ordered:
            place(book.variables[variable.parent])
        ordered.setdefault(variable.name, variable)

    for variable in book.variables.values():
        if variable.kind != "label":
            place(variable)
    return list(ordered.values())


def _dates() -> SearchStrategy[tuple[int | None, int | None, int | None]]:
    import hypothesis.strategies as st

    @st.composite
    def date(draw: DrawFn) -> tuple[int | None, int | None, int | None]:
        year = draw(st.none() | st.integers(1970, 2030))
        if year is None:
            return None, None, None
        month = draw(st.just(0) | st.integers(1, 12))
        day = draw(st.integers(0, calendar.monthrange(year, month)[1])) if month else 0
        return year, month, day

    return date()


def _values(variable: Variable, book: Codebook) -> SearchStrategy[Value]:
    """What may stand in a cell of the variable, blanks apart."""
    import hypothesis.strategies as st

    own: SearchStrategy[Value]
    match variable.kind:
        case "code":
            own = st.sampled_from([c.code for c in book.code_lists[variable.codes or ""]])
        case "boolean":
            own = st.integers(0, 1)
        case "integer":
            most = 2 ** (arrow_type(variable, book).bit_width - 1) - 1
            low = -most if variable.minimum is None else int(variable.minimum)
            own = st.integers(low, most if variable.maximum is None else int(variable.maximum))
        case "number":
            own = st.floats(variable.minimum, variable.maximum, allow_nan=False, allow_infinity=False)
        case "date":
            own = st.dates(dt.date(1970, 1, 1), dt.date(2030, 12, 31))
        case _:
            # No surrogates, which UTF-8 cannot write, and no control characters but the line break.
            letters = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n")
            own = st.text(letters, min_size=1, max_size=20).filter(lambda text: explain(variable, text) is None)
    return own if variable.unknown is None else own | st.just(variable.unknown)
