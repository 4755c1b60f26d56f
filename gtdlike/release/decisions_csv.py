"""`decisions.csv`: what people decided about a release, one decision a row, read and kept."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from gtdlike.cells import date as as_date
from gtdlike.codebook import Codebook
from gtdlike.errors import ReadError, describe, did_you_mean, remedy_for
from gtdlike.export.csv import guard, unguard
from gtdlike.linking.decided import Key
from gtdlike.release.decision import COLUMNS, OTHER, SUBJECT, USES, Account, BadRow, Decision, Fate, Kind, Pointer
from gtdlike.release.values import value_of

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_SHORTENED = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")


def read_decisions(path: Path, codebook: Codebook, *, kept: bool = False) -> tuple[list[Decision], list[Account]]:
    """The decisions of a file, and the rows that are none. Raises ReadError where it is no such file at all."""
    from gtdlike.reading.base import Unreadable
    from gtdlike.reading.decode import decode

    try:
        data = path.read_bytes()
    except OSError as error:
        remedy = "Give a CSV file, as --decisions FILE."
        raise ReadError(f"The decisions cannot be read ({error.strerror}).", str(path), remedy=remedy) from error
    text = decode(data, str(path))
    if isinstance(text, Unreadable):
        raise ReadError(f"{text.reason}.", str(path), remedy="Save it from the spreadsheet as CSV in UTF-8.")
    decisions: list[Decision] = []
    refused: list[Account] = []
    for line, row in _rows(text, path):
        try:
            if isinstance(row, BadRow):
                raise row
            decisions.append(_decision(row, codebook, line, kept))
        except BadRow as error:
            told = {} if isinstance(row, BadRow) else row
            refused.append(account_of(error, told.get("decision", ""), told.get("who") or None, kept, line))
    return decisions, refused


def account_of(error: BadRow, decision: str, who: str | None, kept: bool, line: int) -> Account:
    """The account of a row that cannot be applied."""
    return Account(
        decision, who, kept, line, error.place, Fate.NOT_APPLIED, describe(error.problem, remedy=error.remedy)
    )


def to_csv(decisions: Iterable[Decision]) -> str:
    """Decisions as `decisions.csv`; reading gives them back. No cell of it can run in a spreadsheet."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in decisions:
        told = {
            "decision": one.kind.value,
            **dict(zip(SUBJECT, _pointer_cells(one.subject), strict=True)),
            **dict(zip(OTHER, _pointer_cells(one.other), strict=True)),
            **{name: getattr(one, name) or "" for name in ("variable", "value", "who", "why", "date")},
            "withdrawn": "yes" if one.withdrawn else "",
        }
        writer.writerow([text if _NUMBER.fullmatch(text) else guard(text) for text in (told[c] for c in COLUMNS)])
    return stream.getvalue()


def _pointer_cells(pointer: Pointer) -> list[str]:
    told: dict[str, list[int]] = {}
    for article, telling in pointer.tellings:
        told.setdefault(article, []).append(telling)
    cells = ["" if cell is None else str(cell) for cell in pointer.name]
    return [*cells, json.dumps(told, ensure_ascii=False) if told else ""]


def _rows(text: str, path: Path) -> Iterator[tuple[int, dict[str, str] | BadRow]]:
    """The rows that are not blank, by the names of the columns, and the line on which each begins."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    header: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            begins, line = line, reader.line_num + 1
            cells = [unguard(cell.strip()) for cell in cells]
            if not any(cells):
                continue
            if header is None:
                header = _header(cells, path, begins)
            elif any(cells[len(header) :]):
                remedy = "Put a cell that holds a comma in double quotes."
                yield begins, BadRow(f"It has {len(cells)} cells and the header has {len(header)}.", remedy=remedy)
            else:
                yield begins, dict(zip(header, cells, strict=False))
    except csv.Error as error:
        remedy = "Look for a double quote that is not closed."
        raise ReadError(f"The file cannot be read on from here ({error}).", str(path), f"line {line}", remedy) from None
    if header is None:
        remedy = f"The first row names the columns: {', '.join(COLUMNS[:11])}."
        raise ReadError("The file is empty.", str(path), remedy=remedy)


def _header(cells: Sequence[str], path: Path, line: int) -> list[str]:
    names = [cell.casefold() for cell in cells]
    while names and not names[-1]:
        names.pop()
    for name in names:
        problem = None
        if name not in COLUMNS:
            problem, remedy = f"There is no column {name!r}.", remedy_for(name, COLUMNS, "Leave it out.")
        elif names.count(name) > 1:
            problem, remedy = f"The column {name!r} is there twice.", "Leave one out."
        if problem:
            raise ReadError(problem, str(path), f"line {line}", f"{remedy} The columns are: {', '.join(COLUMNS)}.")
    if "decision" not in names:
        remedy = f"It says {', '.join(Kind)} in each row."
        raise ReadError("There is no column 'decision'.", str(path), f"line {line}", remedy)
    return names


def _decision(row: Mapping[str, str], codebook: Codebook, line: int, kept: bool) -> Decision:
    word = row["decision"].casefold()
    if word not in set(Kind):
        problem = f"{row['decision']!r} is no decision." if word else "It does not say what is decided."
        remedy = " ".join(
            part for part in (did_you_mean(word, [kind.value for kind in Kind]), f"Write {', '.join(Kind)}.") if part
        )
        raise BadRow(problem, place="decision", remedy=remedy)
    kind = Kind(word)
    for name in ("who", "why"):
        if not row.get(name):
            raise BadRow(f"It does not say {name}.", place=name, remedy="People's decisions are told with who and why.")
    for name in ({*SUBJECT, *OTHER, "variable", "value"} - USES[kind]) & row.keys():
        if row[name]:
            raise BadRow(
                f"A {kind} has no {name}.", place=name, remedy="Leave the cell empty, or correct the decision."
            )
    subject, other = _pointer(row, SUBJECT), _pointer(row, OTHER)
    if not subject.told:
        raise BadRow("It does not say of which incident.", place="eventid", remedy="Give its eventid or an article_id.")
    if kind is Kind.MERGE and not other.told:
        remedy = "Give the other_eventid, or an other_article_id."
        raise BadRow("It does not say with which incident.", place="other_eventid", remedy=remedy)
    if kind is Kind.SPLIT and not other.told and (subject.eventid is None or subject.article_id is None):
        remedy = "Give the article_id that does not tell of the eventid, or the other incident from which to keep it."
        raise BadRow("It does not say what to split off.", place="article_id", remedy=remedy)
    variable, value = row.get("variable") or None, row.get("value") or None
    if kind is Kind.SET:
        variable, value = value_of(variable, value, codebook)
    date = row.get("date") or None
    try:
        date = date and as_date(date).isoformat()
    except ValueError as error:
        raise BadRow(f"{error}.", place="date", remedy="Or leave it empty.") from None
    withdrawn = row.get("withdrawn", "").casefold()
    if withdrawn not in ("", "yes", "no"):
        raise BadRow(
            f"{row['withdrawn']!r} is neither yes nor empty.", place="withdrawn", remedy="Write yes, or nothing."
        )
    back = withdrawn == "yes"
    return Decision(kind, subject, other, variable, value, row["who"], row["why"], date, back, line, kept)


def _pointer(row: Mapping[str, str], names: Sequence[str]) -> Pointer:
    eventid, article, telling, tellings = (row.get(name, "") for name in names)
    if _SHORTENED.fullmatch(eventid):
        remedy = "Format the column as a number without decimals, or as text, and enter the eventid again."
        raise BadRow(f"The spreadsheet has shortened the eventid to {eventid}.", place=names[0], remedy=remedy)
    if eventid and not re.fullmatch(r"\d{12}(\.0)?", eventid):
        raise BadRow(f"{eventid!r} is no eventid.", place=names[0], remedy="An eventid has twelve digits.")
    if telling and not (re.fullmatch(r"[1-9]\d{0,6}(\.0)?", telling) and article):
        remedy = f"It is the number of the incident in the article {names[1]}, from 1, as in links.parquet."
        raise BadRow(f"{telling!r} is no telling of an article.", place=names[2], remedy=remedy)
    return Pointer(
        int(eventid[:12]) if eventid else None,
        article or None,
        int(telling.removesuffix(".0")) if telling else None,
        _tellings(tellings, names[3]),
    )


def _tellings(cell: str, column: str) -> tuple[Key, ...]:
    try:
        told = json.loads(cell) if cell else {}
        if all(type(n) is int for numbers in told.values() for n in numbers):
            return tuple((article, n) for article, numbers in told.items() for n in numbers)
    except (ValueError, AttributeError, TypeError):
        pass
    raise BadRow("The tellings cannot be read.", place=column, remedy="Leave the cell empty: the build fills it in.")
