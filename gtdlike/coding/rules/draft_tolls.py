"""Which tolls of an article are those of a draft, and which are of other violence or of another time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from gtdlike.coding.rules.casualties import Toll
from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.scene import Scene, told_aside
from gtdlike.coding.rules.sheet import Span
from gtdlike.coding.rules.triggers import Trigger
from gtdlike.coding.rules.wordlists import wordset

_CAMPAIGN = 5
"""So many times the dead of the attack, told in a sentence without it, are those of a whole campaign."""

_DAYS = dt.timedelta(days=2)


def told_of(draft: Draft) -> list[tuple[Sentence, Toll]]:
    """The tolls that belong to the draft: those of its tellings, and of the sentences that follow them up."""
    told: list[tuple[Sentence, Toll]] = []
    tellings = {id(t.scene): t for t in draft.tellings}
    for scene in draft.scenes:
        telling = tellings.get(id(scene))
        for toll in scene.tolls:
            if telling is None and _of_other_violence(scene, toll):
                continue
            if telling is not None and not toll.perpetrators and _by_state(scene, toll):
                continue
            if telling is not None and not telling.whole and not _nearest_is_ours(scene, toll, telling.events):
                continue
            told.append((scene.sentence, toll))
    return told


def with_rest(
    draft: Draft, scenes: Sequence[Scene], told: list[tuple[Sentence, Toll]]
) -> list[tuple[Sentence, Toll]]:  # fmt: skip
    """In a short text about one attack the other sentences tell of it too ("Three attackers were also killed")."""
    seen = {scene.sentence.index for scene in draft.scenes}
    killed = max((t.value for _, t in told if t.fate == "killed" and t.value), default=0)
    rest = [
        (scene.sentence, t)
        for scene in scenes
        if scene.sentence.index not in seen and not _of_another_time(draft, scene)
        for t in scene.tolls
        if not (t.fate == "killed" and killed and (t.value or 0) > _CAMPAIGN * killed)
    ]
    return sorted(told + rest, key=lambda item: item[0].index)


def _of_another_time(draft: Draft, scene: Scene) -> bool:
    """ "The rebels killed 76 policemen there in April 2010": another attack, told beside this one."""
    best = draft.best_date()
    if best is None or best.low is None or best.high is None or not scene.events:
        return False
    days = [d for d in scene.dates if d.side is None and d.low is not None and d.high is not None]
    return any(d.high and d.high < best.low - _DAYS for d in days) and not any(
        d.low and d.high and d.high >= best.low - _DAYS and d.low <= best.high + _DAYS for d in days
    )


def _of_other_violence(scene: Scene, toll: Toll) -> bool:
    """In a sentence without an attack: is the toll that of a battle, a raid or an accident?

    Not where it tells how the attack ended: "In the ensuing shootout two guards died", "Police killed the attackers".
    """
    barred = {t.barred for t in scene.triggers if not (t.barred == "clash" and t.definite)}
    if not barred & {"plan", "accident", "period", "clash", "state"}:
        return False
    sequel = toll.also or (
        bool(wordset("sequel") & set(scene.sentence.lows)) and not any(c.local for c in scene.chains)
    )
    if toll.perpetrators:
        return not (sequel or _the_attackers(scene, toll))
    return not sequel or bool(barred & {"plan", "accident", "period"})


def _by_state(scene: Scene, toll: Toll) -> bool:
    """ "... the tomb of the general, who was killed by a drone": somebody whom the state killed."""
    return any(told_aside(scene, t) and t.first <= toll.verb < t.last for t in scene.triggers)


def _the_attackers(scene: Scene, toll: Toll) -> bool:
    lows = scene.sentence.lows
    return lows[toll.first] in ("the", "both", "all", "him", "her") or "the" in lows[toll.first : toll.last]


def _nearest_is_ours(scene: Scene, toll: Toll, ours: list[Trigger]) -> bool:
    best = min(scene.events, key=lambda e: min(abs(e.first - toll.verb), abs(e.last - toll.verb)), default=None)
    return best in ours


def toll_span(item: tuple[Sentence, Toll]) -> Span:
    sentence, toll = item
    a, b = min(toll.first, toll.verb), max(toll.last, toll.verb + 1)
    return sentence.words[a].start, sentence.words[min(b, len(sentence.words)) - 1].end
