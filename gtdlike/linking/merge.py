"""One incident out of several tellings: value by value, by the rules in `linking.toml`."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from attrs import define, evolve

from gtdlike.article import Article
from gtdlike.codebook import load_codebook
from gtdlike.codebook.model import Value
from gtdlike.evidence import Evidence, How
from gtdlike.linking.figures import ORDER, Figure, difference, settle
from gtdlike.linking.linked import Linked, Member, SourceReport
from gtdlike.linking.settings import Unit, settings
from gtdlike.rows import from_row, to_row

CITATIONS = ("scite1", "scite2", "scite3")
MADE = frozenset({"eventid", "related", "multiple", "summary", "addnotes", *CITATIONS})
"""Columns that are not chosen among the tellings: they are made from all of them, here or by the release."""


@define(slots=False)
class Telling:
    """A member with its flat row and what is needed to weigh it."""

    member: Member
    row: dict[str, Value]

    @cached_property
    def hows(self) -> dict[str, How]:
        """The strongest way in which each variable was arrived at."""
        hows: dict[str, How] = {}
        for evidence in self.member.coded.evidence:
            old = hows.get(evidence.variable)
            if old is None or ORDER[evidence.how] > ORDER[old]:
                hows[evidence.variable] = evidence.how
        return hows

    @property
    def article(self) -> Article:
        return self.member.article

    @property
    def published(self) -> dt.date:
        return self.article.published or dt.date.min

    def claimed(self, variable: str) -> bool:
        """Whether the figure is the perpetrator's own."""
        rules = settings().claimed_figures
        return any(e.variable == variable and e.rule in rules for e in self.member.coded.evidence)


def merge(members: Sequence[Member]) -> Linked:
    """The incident that all these tellings are of, with its notes, evidence and reports."""
    tellings = [Telling(member, to_row(member.coded.incident)) for member in members]
    tellings.sort(key=lambda t: (t.article.published or dt.date.max, t.article.id, repr(t.row), t.member.telling))
    row: dict[str, Value] = dict.fromkeys(load_codebook().columns)
    notes: list[str] = []
    made: list[Evidence] = []
    for unit in _units():
        if not _take(unit, tellings, row):
            row.update({column: load_codebook().variables[column].unknown for column in unit.columns})
            made += [Evidence(column, How.INFERRED, "linking.no-telling-agrees") for column in unit.columns]
    for whole, parts in settings().any_of.items():
        row[whole] = _any([row[part] for part in parts])
        if any(t.row[whole] != row[whole] for t in tellings):
            made.append(Evidence(whole, How.INFERRED, "linking.any-of"))
    for variable, what in settings().reported.items():
        notes += _figure(variable, what, tellings, row)
    for question, details in settings().details.items():
        if row[question] != 1:
            row.update(dict.fromkeys(details))
    row["multiple"] = max((v for t in tellings if isinstance(v := t.row["multiple"], int)), default=None)
    row["summary"] = _summary(tellings, row)
    own = [str(t.row["addnotes"]) for t in tellings if t.row["addnotes"]]
    row["addnotes"] = " ".join(dict.fromkeys([*own, *notes])) or None
    for column, article in zip(CITATIONS, _sources(tellings), strict=False):
        row[column] = citation(article)
        made.append(Evidence(column, How.INFERRED, "linking.sources", article_id=article.id))
    if notes:
        made.append(Evidence("addnotes", How.INFERRED, "linking.conflicting-reports"))
    incident = from_row(row)
    evidence = (*_evidence(tellings, to_row(incident)), *made)
    return Linked(incident, tuple(t.member for t in tellings), tuple(notes), evidence, tuple(_reports(tellings)))


def citation(article: Article) -> str:
    """A source as it is cited: title, publisher, date and address, as far as they are known."""
    parts = [f'"{article.title},"' if article.title else None, f"{article.source}," if article.source else None]
    if article.published:
        parts.append(article.published.isoformat() + ("," if article.url else ""))
    parts.append(article.url)
    text = " ".join(part for part in parts if part)
    return text.rstrip(",") if article.title or article.source or article.url else f"{article.id}, {text}".rstrip(", ")


def _units() -> Iterator[Unit]:
    """The units of the settings, then every other column that is chosen by itself."""
    conf = settings()
    yield from conf.units
    taken = {column for unit in conf.units for column in unit.columns} | MADE | set(conf.reported) | set(conf.any_of)
    for variable in load_codebook().variables.values():
        if variable.kind != "label" and variable.name not in taken:
            yield Unit((variable.name,))


def _take(unit: Unit, tellings: Sequence[Telling], row: dict[str, Value]) -> bool:
    """Put the best telling's values of a unit into the row. False where none fits the rest and it must be unknown."""
    answered = [t for t in tellings if any(t.row[c] is not None for c in unit.columns)]
    told = [
        t for t in answered if all(t.row[c] == row[c] or (unit.blank_agrees and t.row[c] is None) for c in unit.agree)
    ]
    if not told:
        return not (answered and unit.else_unknown)
    votes = Counter(values for values, _ in {(_values(unit, t), t.article.id) for t in told})

    def rank(telling: Telling) -> tuple[int | bool | dt.date, ...]:
        known = [c for c in unit.columns if _informative(c, telling.row[c])]
        how = max((ORDER[telling.hows.get(c, How.INFERRED)] for c in known), default=0)
        weight = (len(known), how) if unit.fullest else (how, len(known))
        votes_for = votes[_values(unit, telling)]
        return (bool(known), *weight, votes_for, not telling.member.coded.background, telling.published)

    # Tellings are in order, so that max, which takes the first of equals, does not depend on the order of the input.
    row.update(zip(unit.columns, _values(unit, max(told, key=rank)), strict=True))
    return True


def _any(answers: Sequence[Value]) -> Value:
    """Yes if any answer is yes, otherwise unknown if any is, otherwise no; blank where no question was answered."""
    given = [answer for answer in answers if answer is not None]
    if not given or 1 in given:
        return 1 if given else None
    return next((answer for answer in given if answer != 0), 0)


def _values(unit: Unit, telling: Telling) -> tuple[Value, ...]:
    return tuple(telling.row[c] for c in unit.columns)


def _informative(column: str, value: Value) -> bool:
    if value is None or value == settings().uninformative.get(column):
        return False
    return value != load_codebook().variables[column].unknown


def _figure(variable: str, what: str, tellings: Sequence[Telling], row: dict[str, Value]) -> list[str]:
    """Settle one figure. The answer is the notes that this needs."""
    figures = [
        Figure(v, t.article.id, t.article.published, t.hows.get(variable, How.INFERRED), t.claimed(variable))
        for t in tellings
        if isinstance(v := t.row[variable], int)
    ]
    if not figures:
        return []
    chosen, reason = settle(figures)
    notes = [difference(what, figures, chosen, reason)] if reason else []
    whole = row.get(settings().parts.get(variable, ""))
    if isinstance(whole, int) and 0 <= whole < chosen:
        return [*notes, f"The {what} ({chosen}) is left out, because it is more than the total that stands ({whole})."]
    row[variable] = chosen
    return notes


def _summary(tellings: Sequence[Telling], row: dict[str, Value]) -> Value:
    """The summary of the telling that the incident follows in most of its values, so that the two agree."""
    told = [t for t in tellings if t.row["summary"]]
    if not told:
        return None

    def agreement(telling: Telling) -> tuple[bool, int, dt.date]:
        figures = sum(telling.row[c] != row[c] for c in settings().reported)
        same = sum(value is not None and value == row[c] for c, value in telling.row.items())
        return not telling.member.coded.background, same - 2 * figures, telling.published

    return max(told, key=agreement).row["summary"]


def _sources(tellings: Sequence[Telling]) -> list[Article]:
    """The articles in the order of their publication, each once; undated ones come last."""
    return list({t.article.id: t.article for t in tellings}.values())


def _evidence(tellings: Sequence[Telling], row: dict[str, Value]) -> Iterator[Evidence]:
    """The evidence of those tellings that say what the incident says."""
    for telling in tellings:
        for evidence in telling.member.coded.evidence:
            value = row.get(evidence.variable)
            if evidence.variable == "addnotes" or (value is not None and value == telling.row[evidence.variable]):
                yield evolve(evidence, article_id=telling.article.id)


def _reports(tellings: Sequence[Telling]) -> Iterator[SourceReport]:
    labels = {v.name for v in load_codebook().variables.values() if v.kind == "label"}
    for telling in tellings:
        for name, value in telling.row.items():
            if value is not None and name not in labels:
                yield SourceReport(telling.article.id, name, value, telling.article.published)
