"""The choice among the dates that an article tells around an attack."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache

from attrs import evolve

from gtdlike.coding.rules.attach import dates_no_attack
from gtdlike.coding.rules.dates import DateMention, in_dateline, sentence_dates
from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.lexicon import words
from gtdlike.coding.rules.people import entities
from gtdlike.coding.rules.prose import Prose, Sentence
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.triggers import find_triggers

_BEFORE = 3
"""So many sentences back a date may still be that of the story which goes on."""
_AFTER = 8
"""So many sentences on a date without a word for the attack may still be its date."""
_WEEKS = 16
_CALENDAR = frozenset({"month_day", "day_month", "slash", "iso"})
_AT = re.compile(
    r"\bat\s+(?:(?:about|around|approximately|exactly)\s+)?(?:\d{4}|\d{1,2}[:.]\d\d|\d{1,2}\s*[ap]\.?m)\b"
    r"|\bat\s+(?:noon|midnight|dawn|midday|daybreak)\b",
    re.IGNORECASE,
)


def choose(prose: Prose, draft: Draft, anchor: dt.date | None) -> DateMention | None:
    """The best date of a draft: one told with the attack, made exact by what its other sentences tell."""
    own = draft.best_date()
    first = draft.tellings[0].date
    if first is not None and first.low is None and (own is None or not own.exact):
        return None  # a date without a year says more than the vague year of another sentence
    if own is not None and own.exact:
        return own
    if own is not None and own.low is not None and own.high is not None:
        within = list(_of_sentences(draft.support, anchor))
        if own.span <= _WEEKS:
            # Whatever the sentence is about, "since Friday, March 15" is the one day told of those weeks.
            within += [d for s in draft.scenes for d in s.dates if d.exact and d.rule in _CALENDAR]
        inside = [d for d in within if d.low is not None and own.low <= d.low <= own.high]
        return inside[0] if inside else own
    tellings = {t.scene.sentence.index for t in draft.tellings}
    near = [s for s in draft.support if any(s.sentence.index - n in tellings for n in range(1, _AFTER + 1))]
    around = list(_of_sentences(near, anchor))
    if around:
        return around[0]
    return _story(prose, draft, anchor)


def _of_sentences(scenes: Iterable[Scene], anchor: dt.date | None) -> Iterator[DateMention]:
    """The exact days of sentences that go on with the attack without a word for it ("Three men arrived on Monday")."""
    for scene in scenes:
        for d in scene.dates:
            if _fits(d, anchor) and not dates_no_attack(scene.sentence, d, scene.triggers):
                yield d


def _fits(d: DateMention, anchor: dt.date | None) -> bool:
    late = anchor is not None and d.high is not None and d.high > anchor + dt.timedelta(days=1)
    return d.exact and d.side is None and d.rule != "later" and not late


def _story(prose: Prose, draft: Draft, anchor: dt.date | None) -> DateMention | None:
    """The day of the story that the draft goes on with ("He then drove to the market and opened fire again")."""
    first = draft.tellings[0].scene.sentence
    for before in reversed(prose.sentences[max(0, first.index - _BEFORE) : first.index]):
        told = [d for d in _dates(prose, before, anchor) if _fits(d, anchor) and not in_dateline(prose, before, d)]
        if told:
            return evolve(told[-1], assumed=True)
    return None


def _dates(prose: Prose, sentence: Sentence, anchor: dt.date | None) -> list[DateMention]:
    triggers = find_triggers(sentence, entities(sentence), [])
    return [d for d in sentence_dates(prose, sentence, anchor) if not dates_no_attack(sentence, d, triggers)]


def report_day(prose: Prose, draft: Draft) -> tuple[int, int] | None:
    """Where the text tells the hour of the attack but no day: then it is the day of the report."""
    for telling in draft.tellings:
        sentence = telling.scene.sentence
        if any(d.side is None for d in telling.scene.dates):
            continue
        m = _AT.search(prose.plain, sentence.start, sentence.end)
        if m is not None:
            return m.span()
    return None


@cache
def _words(way: str) -> frozenset[str]:
    return words("story_words", way)


def told_as_new(draft: Draft) -> bool:
    """A further attack of the same news: told by a verb, with "meanwhile" or the like, and not as something past."""
    telling = draft.tellings[0]
    lows = telling.scene.sentence.lows
    return (
        any(not e.noun for e in telling.events)
        and bool(_words("on") & set(lows[:8]))
        and not _words("back") & set(lows)
    )
