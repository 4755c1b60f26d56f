"""How many attackers there were and how many were caught; and whether one acted alone, for no group."""

from __future__ import annotations

from gtdlike.coding.rules.events import Draft
from gtdlike.coding.rules.numbers import numbers
from gtdlike.coding.rules.people import Entity, count_head
from gtdlike.coding.rules.roles import wordings
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.sheet import Sheet

_GROUPS = frozenset("gang mob group groups squad squads unit units column columns command cell cells suspected".split())
_NOT_ONE = frozenset(
    "group cell organization attack leader commander stronghold hideout faction website base camp".split()
)


def code_individual(sheet: Sheet, draft: Draft, *, organized: bool) -> None:
    """individual: 1 where the text says that someone acted alone, and no organization is named for it."""
    if not organized:
        for scene in draft.scenes:
            for hit in wordings(scene.sentence, "alone"):
                words = scene.sentence.words
                span = (words[hit.start].start, words[hit.end - 1].end)
                sheet.put("individual", 1, "individual.alone", span, inferred=True)
    sheet.put("individual", 0, "individual.none_told")


def _single(scene: Scene, e: Entity) -> bool:
    lows = scene.sentence.lows
    head = lows[e.head]
    if e.role != "perpetrator" or not e.first or lows[e.first - 1] not in ("a", "an"):
        return False
    if head.endswith(("s", "men")) or head in _GROUPS:
        return False
    return not (e.last < len(lows) and lows[e.last] in _NOT_ONE)


def code_numbers(sheet: Sheet, draft: Draft) -> None:
    """nperps and nperpcap: how many attackers the text counts, and how many were caught."""
    for telling in draft.tellings[:3]:
        scene = telling.scene
        s = scene.sentence
        for number in numbers(s):
            head = count_head(s, number.end, 3)
            if head is None or head.role != "perpetrator" or not number.value or number.value >= 1000:
                continue
            if not any(t.first <= number.start < t.last and t.fate in ("killed", "wounded") for t in scene.tolls):
                span = (s.words[number.start].start, s.words[head.last - 1].end)
                sheet.put("nperps", number.value, "nperps.counted", span)
        for e in scene.people:
            if _single(scene, e):
                sheet.put("nperps", 1, "nperps.single", (s.words[e.first - 1].start, s.words[e.last - 1].end))
    sheet.put("nperps", -99, "nperps.unknown")
    for scene in draft.scenes:
        words, lows = scene.sentence.words, scene.sentence.lows
        for t in scene.tolls:
            if t.fate == "captured" and t.value and (t.perpetrators or "suspect" in " ".join(lows[t.first : t.last])):
                sheet.put("nperpcap", t.value, "nperpcap.counted", (words[t.first].start, words[t.last - 1].end))
