"""One incident out of several tellings: value by value, by the rules in `linking.toml`."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from itertools import compress, islice
from operator import eq, ne
from typing import Final

from attrs import evolve

from gtdlike.article import Article
from gtdlike.codebook import load_codebook
from gtdlike.codebook.model import Value
from gtdlike.evidence import Evidence, How
from gtdlike.linking.figures import ORDER, Figure, difference, settle
from gtdlike.linking.linked import Linked, Member
from gtdlike.linking.names import known as known_name
from gtdlike.linking.settings import Unit, settings
from gtdlike.linking.telling import Telling, tellings
from gtdlike.rows import from_columns

CITATIONS = ("scite1", "scite2", "scite3")
MADE = frozenset({"eventid", "related", "multiple", "summary", "addnotes", *CITATIONS})
"""Columns that are not chosen among the tellings: they are made from all of them, here or by the release."""


TOGETHER: Final = 1000
"""So many incidents are read and made together, column by column, which is quicker than row by row."""


def merge(groups: Iterable[Sequence[Member]]) -> Iterator[Linked]:
    """The incident that the tellings of each group are of, with its notes and evidence."""
    rest = iter(groups)
    while some := list(islice(rest, TOGETHER)):
        told = tellings(some)
        # Most columns are blank in all of them, and all their rows have the same columns.
        units = _units_within(frozenset(told[0][0].row))
        merged = [_merged(each, units) for each in told]
        names = {name for row, _, _ in merged for name, value in row.items() if value is not None}
        incidents = from_columns({name: [row.get(name) for row, _, _ in merged] for name in names}, len(merged))
        for each, incident, (_, notes, evidence) in zip(told, incidents, merged, strict=True):
            yield Linked(incident, tuple([telling.member for telling in each]), notes, evidence)


def _merged(
    tellings: Sequence[Telling], units: Sequence[Unit]
) -> tuple[dict[str, Value], tuple[str, ...], tuple[Evidence, ...]]:
    """The flat row of the incident that all these tellings are of, its notes and its evidence."""
    first = tellings[0].row
    # Of most columns all say the same: only the rest is weighed.
    differing: set[str] = set()
    for telling in tellings[1:]:
        differing.update(compress(first, map(ne, first.values(), telling.row.values())))
    filled = [column for column, value in first.items() if value is not None or column in differing]
    row = first | dict.fromkeys(differing | MADE)
    notes: list[str] = []
    made: list[Evidence] = []
    for place in _touched_by(differing):
        if not _take(units[place], tellings, row):
            columns = _units()[place].columns
            row.update({column: load_codebook().variables[column].unknown for column in columns})
            made += [Evidence(column, How.INFERRED, "linking.no-telling-agrees") for column in columns]
    for whole, parts in settings().any_of.items():
        row[whole] = _any([row.get(part) for part in parts])
        if any(telling.row.get(whole) != row[whole] for telling in tellings):
            made.append(Evidence(whole, How.INFERRED, "linking.any-of"))
    for variable, what in settings().reported.items():
        if variable in differing or (variable in settings().parts and row.get(variable) is not None):
            notes += _figure(variable, what, tellings, row)
    for question, details in settings().details.items():
        if row.get(question) != 1:
            row.update(dict.fromkeys(details))
    row["multiple"] = max([v for t in tellings if isinstance(v := t.row.get("multiple"), int)], default=None)
    row["summary"] = _summary(tellings, row, differing.intersection(filled))
    own = [str(note) for t in tellings if (note := t.row.get("addnotes"))]
    row["addnotes"] = " ".join(dict.fromkeys([*own, *notes])) or None
    for column, article in zip(CITATIONS, _sources(tellings), strict=False):
        row[column] = citation(article)
        made.append(Evidence(column, How.INFERRED, "linking.sources", article_id=article.id))
    if notes:
        made.append(Evidence("addnotes", How.INFERRED, "linking.conflicting-reports"))
    return row, tuple(notes), (*_evidence(tellings, row, filled), *made)


def citation(article: Article) -> str:
    """A source as it is cited: title, publisher, date and address, as far as they are known."""
    parts = [f'"{article.title},"' if article.title else None, f"{article.source}," if article.source else None]
    if article.published:
        parts.append(article.published.isoformat() + ("," if article.url else ""))
    parts.append(article.url)
    text = " ".join(part for part in parts if part)
    return text.rstrip(",") if article.title or article.source or article.url else f"{article.id}, {text}".rstrip(", ")


@cache
def _units() -> tuple[Unit, ...]:
    """The units of the settings, then every other column that is chosen by itself."""
    conf = settings()
    taken = {column for unit in conf.units for column in unit.columns} | MADE | set(conf.reported) | set(conf.any_of)
    single = (v.name for v in load_codebook().variables.values() if v.kind != "label" and v.name not in taken)
    return (*conf.units, *(Unit((name,)) for name in single))


@cache
def _touched() -> Mapping[str, Sequence[int]]:
    """For each column the places of the units that it matters to."""
    found: dict[str, list[int]] = {}
    for place, unit in enumerate(_units()):
        for column in unit.columns + unit.agree:
            found.setdefault(column, []).append(place)
    return found


def _touched_by(differing: Iterable[str]) -> list[int]:
    """The places of the units that must be weighed because tellings differ in these columns."""
    return sorted({place for column in differing for place in _touched().get(column, ())})


@lru_cache(maxsize=100)
def _units_within(columns: frozenset[str]) -> Sequence[Unit]:
    return [unit.within(columns) for unit in _units()]


def _take(unit: Unit, tellings: Sequence[Telling], row: dict[str, Value]) -> bool:
    """Put the best telling's values of a unit into the row. False where none fits the rest and it must be unknown."""
    answered = [(t, values) for t in tellings if (values := _values(unit, t)) != unit.blank]
    told = [(t, values) for t, values in answered if _agrees(unit, t, row)] if unit.agree else answered
    if unit.dates:
        told = [(t, values) for t, values in told if t.member.fit is None or not t.member.fit.misdated] or told
    if unit.most is not None:
        told = _of_most(unit.most, told)
    if not told:
        return not (answered and unit.else_unknown)
    row.update(zip(unit.columns, _best(unit, told), strict=True))
    return True


def _of_most(column: str, told: list[tuple[Telling, tuple[Value, ...]]]) -> list[tuple[Telling, tuple[Value, ...]]]:
    """The tellings that have the name which more than half of the articles have; all where there is none such."""
    names = [known_name(name) if isinstance(name := telling.row.get(column), str) else None for telling, _ in told]
    votes = Counter([name for name, _ in {(name, one[0].article.id) for name, one in zip(names, told, strict=True)}])
    del votes[None]
    if len(votes) < 2:
        return told
    name, most = votes.most_common(1)[0]
    return [one for one, own in zip(told, names, strict=True) if own == name] if 2 * most > votes.total() else told


def _best(unit: Unit, told: Sequence[tuple[Telling, tuple[Value, ...]]]) -> tuple[Value, ...]:
    """The values of a unit for which most speaks."""
    if len(different := {values for _, values in told}) == 1:
        return told[0][1]
    nothing = _says_nothing()
    known = {
        values: [
            column
            for column, value in zip(unit.columns, values, strict=True)
            if value is not None and value not in nothing[column] and column not in unit.beside
        ]
        for values in different
    }
    fullest = max(map(len, known.values()))
    left = [one for one in told if len(known[one[1]]) >= (fullest if unit.fullest else min(fullest, 1))]
    if len({values for _, values in left}) == 1:
        return left[0][1]
    # An article that tells the incident twice has one vote.
    votes = Counter([values for values, _ in {(values, t.article.id) for t, values in told}])

    def rank(one: tuple[Telling, tuple[Value, ...]]) -> tuple[int | bool | dt.date, ...]:
        telling, values = one
        hows = telling.hows
        how = max([ORDER[hows.get(column, How.INFERRED)] for column in known[values]], default=0)
        return how, len(known[values]), votes[values], not telling.member.coded.background, telling.published

    # Tellings are in order, so that max, which takes the first of equals, does not depend on that of the input.
    return max(left, key=rank)[1]


def _agrees(unit: Unit, telling: Telling, row: dict[str, Value]) -> bool:
    """Whether a telling says of other columns what the incident says already."""
    told = telling.row
    return all(told.get(c) == row.get(c) or (unit.blank_agrees and told.get(c) is None) for c in unit.agree)


def _any(answers: Sequence[Value]) -> Value:
    """Yes if any answer is yes, otherwise unknown if any is, otherwise no; blank where no question was answered."""
    given = [answer for answer in answers if answer is not None]
    if not given or 1 in given:
        return 1 if given else None
    return next((answer for answer in given if answer != 0), 0)


def _values(unit: Unit, telling: Telling) -> tuple[Value, ...]:
    return tuple(map(telling.row.get, unit.columns))


@cache
def _says_nothing() -> Mapping[str, frozenset[Value]]:
    """The values of each column that tell nothing."""
    codes = settings().uninformative
    return {v.name: frozenset({None, v.unknown, codes.get(v.name)}) for v in load_codebook().variables.values()}


def _figure(variable: str, what: str, tellings: Sequence[Telling], row: dict[str, Value]) -> list[str]:
    """Settle one figure. The answer is the notes that this needs."""
    row[variable] = None
    told = [(t, v) for t in tellings if isinstance(v := t.row.get(variable), int)]
    if not told:
        return []
    # A default is no figure of its source: where nothing speaks of the wounded, nobody said that there were none.
    told = [(t, v) for t, v in told if t.hows.get(variable) is not How.DEFAULT] or told
    chosen = told[0][1]
    notes: list[str] = []
    if any(v != chosen for _, v in told):
        figures = [
            Figure(v, t.article.id, t.article.published, t.hows.get(variable, How.INFERRED), t.claimed(variable))
            for t, v in told
        ]
        chosen, reason = settle(figures)
        notes = [difference(what, figures, chosen, reason)] if reason else []
    whole = row.get(settings().parts.get(variable, ""))
    if isinstance(whole, int) and 0 <= whole < chosen:
        return [*notes, f"The {what} ({chosen}) is left out, because it is more than the total that stands ({whole})."]
    row[variable] = chosen
    return notes


def _summary(tellings: Sequence[Telling], row: dict[str, Value], differing: Set[str]) -> Value:
    """The summary of the telling that the incident follows in most of its values, so that the two agree."""
    told = [t for t in tellings if t.row.get("summary")]
    if len(told) < 2:
        return told[0].row["summary"] if told else None
    # With what all say alike they all agree alike.
    columns = differing - {"summary"}
    reported = columns & settings().reported.keys()

    def agreement(telling: Telling) -> tuple[bool, int, dt.date]:
        own = telling.row
        figures = sum([own[c] != row[c] for c in reported])
        same = sum([own[c] is not None and own[c] == row[c] for c in columns])
        return not telling.member.coded.background, same - 2 * figures, telling.published

    return max(told, key=agreement).row["summary"]


def _sources(tellings: Sequence[Telling]) -> list[Article]:
    """The articles in the order of their publication, each once; undated ones come last."""
    return list({t.article.id: t.article for t in tellings}.values())


def _evidence(tellings: Sequence[Telling], row: Mapping[str, Value], filled: Iterable[str]) -> list[Evidence]:
    """The evidence of those tellings that say what the incident says."""
    found: list[Evidence] = []
    columns = [column for column in filled if row[column] is not None]
    values = [row[column] for column in columns]
    for telling in tellings:
        article = telling.article.id
        followed = {"addnotes", *compress(columns, map(eq, values, map(telling.row.__getitem__, columns)))}
        found += [
            evidence if evidence.article_id == article else evolve(evidence, article_id=article)
            for evidence in telling.member.coded.evidence
            if evidence.variable in followed
        ]
    return found
