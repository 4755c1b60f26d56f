"""From scenes to drafts of incidents: which tellings speak of the same attack, and which begin another."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from gtdlike.coding.rules.drafts import Draft, Telling
from gtdlike.coding.rules.founding import founds
from gtdlike.coding.rules.frames import Frame, read_frame, set_in
from gtdlike.coding.rules.lexicon import word_set
from gtdlike.coding.rules.likeness import likeness
from gtdlike.coding.rules.places import PlaceFinder
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.tellings import tell
from gtdlike.coding.rules.trigger import Trigger

_MILITARY = 4
_NIGHT = dt.timedelta(days=1)
_COMPARED = 100
"""With so many of the last attacks a telling is compared: in a longer list an attack is not told of again from afar."""

_BE = frozenset(("was", "were", "been", "being"))
_TARGET = frozenset(("target", "targets"))


def _compared(drafts: list[Draft], current: Draft | None) -> list[tuple[int, Draft]]:
    """The drafts, with their numbers, of whose attacks a further telling may speak."""
    first = max(0, len(drafts) - _COMPARED)
    near = list(enumerate(drafts[first:], start=first))
    if current is not None and all(draft is not current for _, draft in near):
        near.insert(0, (drafts.index(current), current))
    return near if first == 0 or near[0][0] == 0 else [(0, drafts[0]), *near]


def _another_day(frame: Frame, draft: Draft) -> bool:
    """ "Last Wednesday, January 24, the target was ...": the setting of another attack than the last one."""
    day, best = frame.date, draft.best_date()
    if day is None or best is None or not (day.low and day.high and best.low and best.high):
        return False
    return day.exact and (day.high < best.low - _NIGHT or best.high < day.low - _NIGHT)


def _losses(telling: Telling, scenes: Sequence[Scene]) -> bool:
    """Soldiers killed, of whom the sentence before says that they are on the offensive, fell in battle."""
    if any(e.kind not in ("killing", "massacre", "execution") for e in telling.events):
        return False
    index = telling.scene.sentence.index
    before = next((s for s in scenes if s.sentence.index == index - 1), None)
    soldiers = any(p.targtype == _MILITARY and p.shape == "person" for p in telling.scene.people)
    return soldiers and before is not None and not word_set("offensive").isdisjoint(before.sentence.lows)


def _claimed_together(scene: Scene, drafts: list[Draft], current: Draft | None) -> None:
    """ "The group claimed both attacks": of all that happened on the day of the last one."""
    lows = scene.sentence.lows
    both = any({"both", "the", "all", "these"} & set(lows[max(0, e.first - 3) : e.first]) for e in scene.events)
    if current is None or not both or not scene.groups or scene.tolls or scene.dates:
        return
    last = current.best_date()
    for draft in drafts:
        day = draft.best_date()
        if draft is current or day is None or last is None or (day.low == last.low and day.high == last.high):
            draft.support.append(scene)


def _of_many(telling: Telling) -> bool:
    """Does it speak only of attacks in the plural?"""
    return all(e.noun and (e.plural or e.generic) and not e.definite for e in telling.events)


def _refers(telling: Telling) -> bool:
    """ "The blast was felt in Cyprus", "the raid": what was told before, whatever it was."""
    lows = telling.scene.sentence.lows
    return all(
        e.noun and e.definite and not e.plural and "'s" not in lows[e.first - 2 : e.first] for e in telling.events
    )


def _no_attack(t: Trigger) -> bool:
    """An accident, or a man who blew himself up when soldiers cornered him."""
    return not t.definite and (t.barred == "accident" or (t.barred == "state" and t.kind == "suicide bombing"))


def _aim(telling: Telling) -> bool:
    """ "The rocket was targeting a base in Y", "the target of the attack was Y": of the attack told before."""
    lows = telling.scene.sentence.lows
    return all(
        (lows[e.first] == "targeting" and bool(_BE & set(lows[max(0, e.first - 2) : e.first])))
        or (e.noun and e.definite and bool(_TARGET & set(lows[max(0, e.first - 4) : e.first])))
        for e in telling.events
    )


def draft_incidents(scenes: Sequence[Scene], finder: PlaceFinder) -> list[Draft]:
    """The drafts of an article, in the order in which it tells of them."""
    drafts: list[Draft] = []
    accidents: list[Draft] = []
    current: Draft | None = None
    frame: Frame | None = None
    before: list[Scene] = []
    weighed = finder.prose.capitals
    barred = False  # Has the text told of an accident, or of someone cornered, and of no attack?
    for scene in scenes:
        if not scene.events:
            barred = barred or any(_no_attack(t) for t in scene.triggers)
            found = read_frame(scene)
            if found is not None:
                frame = found
                if found.header:
                    current = None  # what follows a header has nothing to do with what stands before it
            elsewhen = found is not None and current is not None and _another_day(found, current)
            if current is not None and not elsewhen:
                current.support.append(scene)
                if any(t.barred == "accident" and t.noun and t.definite for t in scene.triggers):
                    accidents.append(current)  # "The blast was caused by a gas leak"
            elif not drafts and not elsewhen:
                before.append(scene)
            continue
        story = current
        for telling in tell(scene, finder):
            fresh = frame is not None and frame.header and not frame.used
            set_in(telling, frame, finder)
            scored = []
            for i, draft in _compared(drafts, current):
                score = None if fresh else likeness(telling, draft, draft is current, i == 0, weighed)
                if score is not None:
                    scored.append((score, -i, draft))
            best = max(scored, key=lambda x: x[:2], default=None)
            new = founds(telling, first=not drafts, weighed=weighed) and not _losses(telling, scenes)
            new = new and not (_refers(telling) and not drafts and barred)
            if not new and _of_many(telling):
                if current is not None and not fresh and (scene.one_of_many or any(t.total for t in scene.tolls)):
                    current.support.append(scene)  # "The dead passed 300, more than in any other single bombing"
                elif scene.one_of_many and not drafts:
                    before.append(scene)  # "One of three bombings took place in X. A car exploded in a market ..."
                else:
                    _claimed_together(scene, drafts, current)
                continue  # "a series of bombings": no telling of any one of them
            if current is not None and not fresh and (scene.has("multiple") is not None or _aim(telling)):
                current.add(telling)  # "one of four attacks on that day" tells of this one
                continue
            enough = 0.5 if telling.own or telling.other else 0.0
            if best is not None and (best[0] >= enough or not new) and best[0] >= 0.0:
                best[2].add(telling)
                current = best[2]
            elif new:
                # What leads up to the first attack speaks of it too.
                current = Draft([telling], before if not drafts else [])
                drafts.append(current)
                if frame is not None:
                    frame.used = True
            if telling.other and story is not None:
                current = story  # what follows goes on with the news, not with what it is compared to
            elif not telling.other:
                story = current
    drafts = [draft for draft in drafts if not any(draft is accident for accident in accidents)]
    days = Counter(best.low if best is not None else None for best in (draft.best_date() for draft in drafts))
    for draft in drafts:
        day = draft.best_date()
        same = days[day.low] + days[None] if day is not None and day.low is not None else len(drafts)
        draft.among = same > 1
    return drafts
