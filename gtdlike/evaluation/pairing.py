"""Which incident of one side is which of the other: by the ids of events, or by what is told within an article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from attrs import frozen

from gtdlike.errors import ReadError
from gtdlike.evaluation.assignment import assign
from gtdlike.evaluation.fields import Field
from gtdlike.evaluation.kinds import Wanted
from gtdlike.evaluation.records import Record, Side
from gtdlike.evaluation.score import Score
from gtdlike.evaluation.settings import settings

Align = Literal["auto", "article", "eventid"]
MOST = 300
"""More incidents than these in one article are a sign that its id is none of an article."""
_MOST_SHARED = 2
# Each counts more than any sum of the next: a thousandth of likeness, a field that agrees, the same words, the tie.
_STEP, _TIE = 10**6, 2**24


@frozen
class Answers:
    """A field of a pair: what is wanted, what was said, and what they count for."""

    field: Field
    wanted: Wanted | None
    said: Any
    score: Score


def wanted_of(gold: Record, field: Field) -> Wanted | None:
    """What a gold incident accepts in a field."""
    return field.kind.wanted(gold.cells) if gold.wanted is None else gold.wanted.get(field.name)


def answers_of(gold: Record, coded: Record, fields: Iterable[Field]) -> Iterator[Answers]:
    """The fields of a pair in which either has an answer. What accepted codings leave out is not asked."""
    for field in fields:
        wanted = wanted_of(gold, field)
        if wanted is None and gold.wanted is not None:
            continue
        said = field.kind.said(coded.cells)
        score = field.kind.score(wanted, said)
        if score.asked:
            yield Answers(field, wanted, said, score)


def aligned_by(gold: Side, coded: Side, how: Align) -> Literal["article", "eventid"]:
    """What incidents are aligned by: their own ids where that is asked for, or where all rows have one."""
    if how != "auto":
        return how
    have = all(side.records and all(r.eventid is not None for r in side.records) for side in (gold, coded))
    return "eventid" if have else "article"


def align(gold: Side, coded: Side, key: Literal["article", "eventid"]) -> list[tuple[str, list[Record], list[Record]]]:
    """The incidents of both sides that may be the same: those of each article, or those of each id of an event.

    Articles come in a fixed order, whatever that of the rows.
    """
    sides = (gold.records, coded.records)
    for side, records in zip((gold, coded), sides, strict=True):
        for record in records:
            if getattr(record, key) is None:
                remedy = "Give it to every row of both sides, or align by the other id with --align."
                column = "eventid" if key == "eventid" else "article_id"
                raise ReadError(f"There is no {column} to align by.", side.origin, record.name, remedy)
    ids = {str(getattr(record, key)) for records in sides for record in records}
    if gold.articles is not None:
        ids = set(gold.articles)
    groups: dict[str, tuple[list[Record], list[Record]]] = {one: ([], []) for one in sorted(ids)}
    for place, (side, records) in enumerate(zip((gold, coded), sides, strict=True)):
        for record in records:
            if (group := groups.get(str(getattr(record, key)))) is not None:
                group[place].append(record)
                most = 1 if key == "eventid" else MOST
                if len(group[place]) > most:
                    raise _too_many(key, record, side, most)
    return [(one, *group) for one, group in groups.items()]


def _too_many(key: str, record: Record, side: Side, most: int) -> ReadError:
    if key == "eventid":
        remedy = "Give each event one row, or align by articles with --align article."
        return ReadError(f"The eventid {record.eventid} is there twice.", side.origin, record.name, remedy)
    remedy = "Give the rows the id of the article that each was coded from."
    return ReadError(f"The article {record.article} has more than {most} incidents.", side.origin, record.name, remedy)


def pair(golds: Sequence[Record], codeds: Sequence[Record], fields: Sequence[Field]) -> list[tuple[int, int]]:
    """The pairs of incidents of one article that agree most, all in all; what agrees in next to nothing stays alone.

    Among pairings that agree in equally much, that counts in which more fields agree, then in which more incidents say
    the very same, then one that hangs on what the incidents say, and not on their order.
    """
    ours = [_digest(gold, fields) for gold in golds]
    theirs = [_digest(coded, fields) for coded in codeds]
    worth = [
        [_worth(gold, coded, fields, one ^ other) for coded, other in zip(codeds, theirs, strict=True)]
        for gold, one in zip(golds, ours, strict=True)
    ]
    return assign(worth)


def _worth(gold: Record, coded: Record, fields: Iterable[Field], mixed: int) -> int:
    """What it is worth to take two incidents for the same: nothing where they agree in next to nothing."""
    likeness, agreeing, differing = 0.0, 0, 0
    for answers in answers_of(gold, coded, fields):
        agreeing += answers.score.same
        differing += not answers.score.same
        wanted = answers.wanted
        if wanted is not None and answers.field.kind.tells(wanted):
            likeness += answers.field.weight * min(answers.score.shared, _MOST_SHARED)
    if likeness < settings().least and differing:
        return 0
    # At least one, because two incidents that agree in everything are the same, be it in nothing that weighs.
    identical = 1 + (mixed == 0)
    return ((round(likeness * 1000) * _STEP + agreeing) * _STEP + identical) * _STEP * _TIE + mixed


def _digest(record: Record, fields: Iterable[Field]) -> int:
    """A number that hangs on what an incident says. It is the same on both sides."""
    said: Mapping[str, Any] = record.cells if record.wanted is None else record.wanted
    text = repr([(name, said[name]) for field in fields for name in (field.name, *field.variables) if name in said])
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=3).digest())
