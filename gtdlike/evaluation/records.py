"""The incidents of one side of a comparison, from rows of any kind or from a file of accepted codings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import Factory, frozen

from gtdlike.cells import is_blank, read_cell
from gtdlike.codebook.model import Codebook, Variable
from gtdlike.coding.base import CodedIncident
from gtdlike.errors import ReadError
from gtdlike.evaluation.fields import Field
from gtdlike.evaluation.kinds import Cells, Wanted
from gtdlike.incident import UNKNOWN
from gtdlike.validation.source import open_source

_SHOWN_NOTES = 5
_YES = (True, "true", "True", "TRUE", "1")


@frozen
class Record:
    """One incident of one side. `wanted` is there where it is one of accepted codings, otherwise `cells` are."""

    name: str
    article: str | None
    eventid: int | None = None
    cells: Cells = Factory(dict)
    wanted: Mapping[str, Wanted] | None = None
    optional: bool = False
    evidence: Mapping[str, Sequence[Mapping[str, Any]]] = Factory(dict)


@frozen
class Side:
    """All incidents of one side. `articles` are those of accepted codings, with and without incidents."""

    records: Sequence[Record]
    articles: frozenset[str] | None = None
    origin: str | None = None
    notes: Sequence[str] = ()

    @property
    def fields(self) -> set[str]:
        """The names of the fields that accepted codings answer, or of the variables that rows fill."""
        return {name for r in self.records for name in (r.cells if r.wanted is None else r.wanted)}


def read_side(data: Any, codebook: Codebook, fields: Mapping[str, Field]) -> Side:
    """Read one side. Raises ReadError for what cannot be read or aligned."""
    if isinstance(data, Sequence) and not isinstance(data, str):
        data = [one.to_row() if isinstance(one, CodedIncident) else one for one in data]
    source = open_source(data, codebook, whole=True)
    origin = source.origin or (str(data) if isinstance(data, str) else None)
    notes: dict[str, None] = {}
    rows: list[tuple[int, dict[str, Any]]] = []
    for chunk in source.chunks:
        for broken in chunk.broken:
            notes[f"row {broken.row}: {broken.message} {broken.remedy}" if broken.row else broken.message] = None
        # What is no variable is read as well: the id of the article, the evidence, the incidents of an article.
        columns = {name: series.to_list() for name, series in chunk.columns.items()}
        for place, number in enumerate(chunk.numbers):
            rows.append((number, {name: column[place] for name, column in columns.items()}))
    if any(row.get("incidents") is not None for _, row in rows):
        records = [record for number, row in rows for record in _accepted(number, row, fields, origin, notes)]
        articles = frozenset(str(row["article_id"]) for _, row in rows)
        return Side(records, articles, origin, _few([*source.notes, *notes]))
    variables = {name: v for name, v in codebook.variables.items() if v.kind != "label"}
    records = [_row(number, row, variables, origin, notes) for number, row in rows]
    return Side(records, None, origin, _few([*source.notes, *notes]))


def _few(notes: list[str]) -> list[str]:
    beyond = len(notes) - _SHOWN_NOTES
    more = [f"{beyond} more cells or rows could not be read; `gtdlike validate` tells them all."]
    return notes if beyond <= 1 else notes[:_SHOWN_NOTES] + more


def _row(
    number: int, row: Mapping[str, Any], variables: Mapping[str, Variable], origin: str | None, notes: dict[str, None]
) -> Record:
    cells: dict[str, tuple[Any, ...]] = {}
    for name, variable in variables.items():
        if (cell := row.get(name)) is None:
            continue
        try:
            values = tuple(read_cell(variable, one) for one in (cell if isinstance(cell, list) else [cell]))
        except ValueError as error:
            notes[f"row {number}: {name}: {error}. It counts as blank; `gtdlike validate` tells more."] = None
            continue
        # Not known is no answer, as a blank is none: the scores of the other answers would hang on which was written.
        if known := tuple(value for value in values if value is not None and value is not UNKNOWN):
            cells[name] = known
    article = None if is_blank(row.get("article_id")) else _id(row["article_id"])
    eventid = cells["eventid"][0] if "eventid" in cells else None
    if article is None and eventid is None:
        remedy = "Give every row the id of the article that it was coded from, or of its event."
        raise ReadError("There is neither an article_id nor an eventid.", origin, f"row {number}", remedy)
    return Record(f"row {number}", article, eventid, cells, None, row.get("optional") in _YES, _evidence(row))


def _id(value: Any) -> str:
    # A spreadsheet makes 7.0 of the id 7.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _evidence(row: Mapping[str, Any]) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    evidence = row.get("evidence")
    for piece in evidence if isinstance(evidence, list) else ():
        if isinstance(piece, Mapping) and isinstance(piece.get("variable"), str):
            found.setdefault(piece["variable"], []).append(piece)
    return found


def _accepted(
    number: int, row: Mapping[str, Any], fields: Mapping[str, Field], origin: str | None, notes: dict[str, None]
) -> Iterator[Record]:
    """The incidents of one article as its accepted codings have them."""
    article, incidents = row.get("article_id"), row.get("incidents")
    form = 'Write a line such as {"article_id": "a", "incidents": [{"optional": false, "fields": {"nkill": [2, 3]}}]}.'
    if is_blank(article) or not isinstance(incidents, list):
        raise ReadError("This is no line of accepted codings.", origin, f"row {number}", form)
    for count, incident in enumerate(incidents, 1):
        place = f"article {article}, incident {count}"
        given = incident.get("fields") if isinstance(incident, Mapping) else None
        if not isinstance(given, Mapping):
            raise ReadError("The incident has no fields.", origin, place, form)
        wanted: dict[str, Wanted] = {}
        for name, value in given.items():
            if name not in fields:
                notes[f"The field {name!r} is none of the codebook, and is not compared."] = None
                continue
            try:
                answers = fields[name].kind.accepted(value)
            except ValueError as error:
                raise ReadError(f"{error}.", origin, f"{place}, {name}", "Correct it.") from None
            if answers is not None:
                wanted[name] = answers
        name = str(incident.get("incident_id") or f"incident {count}")
        yield Record(name, str(article), None, {}, wanted, incident.get("optional") is True)
