"""Dates in the sentences of an article: those that are told, and those that are counted from a date told before.

"The day before", "two days later" and "that night" need the date that they count from: one in the same sentence, else
the last one told, else the day of the report.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from gtdlike.coding.rules.daygrammar import ANAPHORA, Found, read_dates
from gtdlike.coding.rules.days import around, codable
from gtdlike.coding.rules.memo import remembered
from gtdlike.coding.rules.prose import Prose, Sentence

if TYPE_CHECKING:
    from gtdlike.coding.rules.dateline import Dateline

_BOUND = re.compile(
    r"\b(?P<side>after|before|since|until|till|ahead of|following|from|by|prior to)"
    r"(?:\s+(?:early|late|the|his|her|their|its|an?|last|at|least|about|around"
    r"|(?:morning|afternoon|evening|night) of))*\s*$"
)
_SINCE = re.compile(r"(?P<side>since|from|until)\b")
_LATER = ("after", "since", "following", "from")
_OF_NOUN = re.compile(
    r"(?:'s\b|\s+(?!(?:in|at|and|or|to|by|when|that|on|with|of|the|a|he|she|it|they)\b)[a-z])"
)  # "Monday's ...", "the 4 July attack"
_THE = re.compile(r"\bthe\s+(?:last\s+)?$")
_WHEN = re.compile(r"\s*,\s*when\b")
_COMES = re.compile(
    r"\b(?:comes?|came|follows|it\s+(?:is|was|has been))\s+"
    r"(?:just\s+|only\s+|less than\s+|about\s+|nearly\s+|almost\s+)?$"
)
_LINE_END = re.compile(r"[\s*_]*(?:\([^)\n]{0,60}\)[\s*_]*)?(?:--|—|–|-\s|:)")
_REPORT = frozenset({"words", "weekday", "weekend", "unit", "ago", "last_month", "month_unit", "holiday", *ANAPHORA})
_LEAD = 3
"""A sentence of the lead tells what is new today; further back "two days after" may count from any day."""
_REACH = 4


@frozen(slots=True)
class DateMention:
    """A date in a sentence: from `low` to `high`, both None where the year is not known. Offsets are of the text."""

    start: int
    end: int
    low: dt.date | None
    high: dt.date | None
    relative: bool = False
    side: str | None = None
    """`after` or `before` where the date only bounds the event ("days after 4 January", "until May")."""
    rule: str = "told"
    """The rule of the grammar that read it."""
    assumed: bool = False
    """The year, or the whole date, follows from another date."""
    shift: int = 0
    """Days from the date that it is counted from."""

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def span(self) -> int:
        """Days from first to last."""
        return (self.high - self.low).days if self.low and self.high else 99999


def _side(text: str, found: Found) -> str | None:
    """Does the date only bound the event? "After the 4 July attack" and "since Monday's blast" tell its very day."""
    if found.rule in ANAPHORA or found.rule == "months":
        return None
    if found.rule == "year" and (bound := _SINCE.match(text, found.start)):
        return "after" if bound["side"] in _LATER else "before"
    m = _BOUND.search(text, max(0, found.start - 40), found.start)
    if m is None or _WHEN.match(text, found.end):
        return None  # "on edge since Wednesday, when a bomb killed ..." tells the day of the bomb
    if _OF_NOUN.match(text, found.end) and (text.startswith("'s", found.end) or _THE.search(m.group())):
        return None
    return "after" if m["side"] in _LATER else "before"


def find_dates(text: str, anchor: dt.date | None, offset: int = 0, last: str = "") -> Iterator[DateMention]:
    """The dates of a text in lower case, from left to right; `offset` is added to their places."""
    for f in read_dates(text, anchor, last):
        a, b = offset + f.start, offset + f.end
        yield DateMention(a, b, f.low, f.high, f.rule in _REPORT, _side(text, f), f.rule, f.assumed, f.shift)


def sentence_dates(prose: Prose, sentence: Sentence, anchor: dt.date | None) -> list[DateMention]:
    """The dates of a sentence."""
    mentions = _told(prose, sentence, anchor)
    found = []
    for m in mentions:
        counted = _resolve(prose, sentence, m, mentions, anchor) if m.rule in ANAPHORA else m
        if counted is not None:
            found.append(counted)
    return found


@remembered
def _told(prose: Prose, sentence: Sentence, anchor: dt.date | None) -> tuple[DateMention, ...]:
    """The dates of a sentence as they are told, whatever others they are counted from."""
    return tuple(find_dates(prose.low[sentence.start : sentence.end], anchor, sentence.start))


def _resolve(
    prose: Prose,
    sentence: Sentence,
    mention: DateMention,
    others: Sequence[DateMention],
    anchor: dt.date | None,
) -> DateMention | None:
    """A date that is counted from another one, or None where that one is not told."""
    beside = [m for m in others if m.rule not in ANAPHORA and m.exact]
    lead = sentence.index < _LEAD
    base: dt.date | None
    if mention.rule in ("lag", "earlier"):
        nearest = min(beside, key=lambda m: abs(m.start - mention.start), default=None)
        if nearest is not None:
            base = nearest.low
        elif (
            mention.rule == "earlier"
            and 0 < sentence.index < _LEAD
            and not _COMES.search(prose.plain, sentence.start, mention.start)
        ):
            base = _told_before(prose, sentence, anchor) or anchor
        elif lead or _COMES.search(prose.plain, sentence.start, mention.start):
            base = anchor
        else:
            base = _told_before(prose, sentence, anchor) if mention.rule == "earlier" else None
    else:
        before = [m for m in beside if m.start < mention.start]
        base = before[-1].low if before and mention.rule == "later" else _told_before(prose, sentence, anchor)
    if base is None or mention.low is None or mention.high is None:
        return None
    low, high = around(base, mention.shift, (mention.high - mention.low).days // 2)
    if low is None or not codable(low) or (anchor and low > anchor + dt.timedelta(days=1)):
        return None
    return evolve(mention, low=low, high=high)


def in_dateline(prose: Prose, sentence: Sentence, mention: DateMention) -> bool:
    """The date is that of the dateline ("LIMA, 11 MAR 89 (EFE) --"), not one that the report tells."""
    return sentence.index < _LEAD and _LINE_END.match(prose.plain, mention.end) is not None


def _told_before(prose: Prose, sentence: Sentence, anchor: dt.date | None) -> dt.date | None:
    """The last day told in the sentences before that is not the day of a statement or of something else."""
    from gtdlike.coding.rules.attach import dates_no_attack

    for before in reversed(prose.sentences[max(0, sentence.index - _REACH) : sentence.index]):
        told = [
            m
            for m in _told(prose, before, anchor)
            if m.exact
            and m.rule not in ANAPHORA
            and not in_dateline(prose, before, m)
            and not dates_no_attack(before, m)
        ]
        if told:
            return told[-1].low
    return None


def find_dateline(prose: Prose, published: dt.date | None) -> Dateline | None:
    """The dateline of an article; see `gtdlike.coding.rules.dateline`."""
    from gtdlike.coding.rules.dateline import find_dateline as find

    return find(prose, published)
