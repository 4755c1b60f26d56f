"""Is a draft worth an incident, in the wire reports in capitals of the 1980s and 90s? Weighed, and not ruled.

Such reports are long, and most of what they tell of violence is no news: battles, what was recalled in a speech, deeds
of an army, figures of speech. No single rule tells it apart, but many weak signs together do. The signs have names
that one can read, and `lexicon/worth.csv` their weights (log odds), which `scripts/train_worth.py` has found.
Other texts are shorter and plainer: there `is_incident` decides alone.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import fsum

from attrs import frozen

from gtdlike.article import Article
from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.judgement import is_incident
from gtdlike.coding.rules.lexicon import rows
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.sheet import Sheet
from gtdlike.coding.rules.triggers import Trigger

LEAST = -0.35
"""From this sum of weights a draft is an incident: a little below even odds, because a missed incident costs more."""

_SOLDIERS = 4
_AUXILIARIES = ("was", "were", "been", "has", "have", "had", "is", "are", "being")


@frozen
class Drafted:
    """A draft of an article with what was coded for it; it is the `number`th of `count`."""

    article: Article
    sheet: Sheet
    draft: Draft
    scenes: Sequence[Scene]
    number: int
    count: int
    anchor: dt.date | None

    @property
    def main(self) -> bool:
        """It is what the article tells of first."""
        return self.number == 0


def is_worth(drafted: Drafted) -> bool:
    """Is enough told of it, and as news?"""
    if not drafted.sheet.prose.capitals:
        return is_incident(drafted.sheet, drafted.draft, drafted.main)
    return weight_of(signs(drafted)) >= LEAST


def weight_of(shown: Iterable[str]) -> float:
    """What signs weigh together: an exact sum, because a set gives its signs in another order in each process."""
    weights = _weights()
    return fsum(weights.get(sign, 0.0) for sign in shown)


@cache
def _weights() -> dict[str, float]:
    return {row["sign"]: float(row["weight"]) for row in rows("worth")}


def signs(drafted: Drafted) -> set[str]:
    """All signs that a draft shows, by their names."""
    shown = {"always"}
    shown.update(_of_position(drafted))
    shown.update(_of_day(drafted))
    shown.update(_of_codes(drafted))
    shown.update(_of_grammar(drafted.draft))
    shown.update(f"word {w}" for t in drafted.draft.tellings for w in t.scene.sentence.lows)
    return shown


def _bucket(value: float, *limits: int) -> str:
    """The span of numbers in which a value lies, in words."""
    below = next((limit for limit in limits if value < limit), None)
    return f"from {limits[-1]}" if below is None else f"below {below}"


def _of_position(d: Drafted) -> Iterator[str]:
    tellings = d.draft.tellings
    first = tellings[0].scene.sentence.index
    if is_incident(d.sheet, d.draft, d.main):
        yield "enough told"
    yield f"drafts {min(d.count, 5)}"
    yield f"draft {min(d.number, 4)}"
    yield f"tellings {min(len(tellings), 5)}"
    yield f"supporting sentences {min(len(d.draft.support), 4)}"
    yield f"first sentence {_bucket(first, 1, 3, 6, 11)}"
    yield f"sentences {_bucket(len(d.scenes), 8, 16, 30)}"
    yield f"first sentence {_bucket(first, 3)}, tellings {min(len(tellings), 3)}"
    barred = Counter(t.barred for s in d.scenes for t in s.triggers if t.barred)
    for why, times in barred.items():
        yield from (f"{why} in the text {n}" for n in range(1, min(times, 4) + 1))
    share = sum(len(s.events) for s in d.scenes) / len(d.scenes)
    yield f"attacks a sentence {_bucket(10 * share, 2, 4, 7)} tenths"


def _of_day(d: Drafted) -> Iterator[str]:
    best = d.draft.best_date()
    if best is None or best.high is None or d.anchor is None:
        yield "no day" if best is None else "no day reckoned"
        return
    yield f"days ago {_bucket((d.anchor - best.high).days, 0, 2, 8, 46, 401)}"
    yield f"days told {_bucket(best.span, 2, 10, 40)}"


def _of_codes(d: Drafted) -> Iterator[str]:
    values = d.sheet.values
    rules = {e.variable: e.rule for e in reversed(d.sheet.evidence) if e.start is not None}
    yield f"year by {rules.get('iyear', 'none')}"
    places: list[str] = [name for name in ("city", "provstate", "location") if name in values]
    yield from places or ["no place"]
    if any(t.chain is not None and t.chain.local for t in d.draft.tellings):
        yield "place of its own"
    killed = values.get("nkill")
    if "nkill" in rules and isinstance(killed, int):
        yield "killed"
        yield f"killed {_bucket(killed, 1, 2, 10)}"
    if "nwound" in rules:
        yield "wounded"
    group = values.get("gname") != "Unknown"
    yield f"group by {rules.get('gname')}" if group else "no group"
    types = {values[f"targtype{n}"] for n in (1, 2, 3) if f"targtype{n}" in values}
    yield "target" if "target1" in values else "no target"
    yield from (f"target type {t}" for t in types)
    if types == {_SOLDIERS}:
        yield "soldiers only, by a group" if group else "soldiers only"
    yield f"attack type {values.get('attacktype1')}"
    yield f"attack by {rules.get('attacktype1')}"
    yield f"weapon type {values.get('weaptype1')}"
    if values.get("success") == 0:
        yield "no success"


def _of_grammar(draft: Draft) -> Iterator[str]:
    events = [e for t in draft.tellings for e in t.events]
    for e in events:
        yield f"kind {e.kind}"
        if e.noun and (e.definite or e.indefinite):
            yield "definite noun" if e.definite else "indefinite noun"
        yield from (name for name in ("plural", "legal", "weak", "generic", "attempt") if getattr(e, name))
        if e.agent is not None:
            yield f"doer {e.agent.role or 'other'}"
        elif not e.noun:
            yield "no doer"
    yield from (
        name
        for name, shown in (
            ("nouns only", all(e.noun for e in events)),
            ("definite nouns only", all(e.noun and e.definite for e in events)),
            ("all legal", all(e.legal for e in events)),
        )
        if shown
    )
    yield from _of_first(draft.tellings[0].scene, events[0])


def _of_first(scene: Scene, e: Trigger) -> Iterator[str]:
    """How the first word for the attack stands in its sentence."""
    if e.noun:
        yield "begins with a noun"
        return
    lows = scene.sentence.lows
    near = lows[max(0, e.first - 3) : e.first + 1]
    yield from (f"verb with {word}" for word in _AUXILIARIES if word in near)
    yield "verb in -ing" if lows[e.first].endswith("ing") else "verb in -ed" if lows[e.first].endswith("ed") else "verb"
