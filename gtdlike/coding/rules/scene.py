"""All that one sentence tells, found once: dates, places, groups, people, casualties, triggers, weapons, cues."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from attrs import define, field

from gtdlike.coding.rules.casualties import Toll, tolls
from gtdlike.coding.rules.dates import DateMention, sentence_dates
from gtdlike.coding.rules.lexicon import Hit, phrases, word_set
from gtdlike.coding.rules.people import Entity, disguise, entities
from gtdlike.coding.rules.perpetrators import GroupMention, find_groups
from gtdlike.coding.rules.places import PlaceChain, PlaceFinder, PlaceMention
from gtdlike.coding.rules.prose import Prose, Sentence
from gtdlike.coding.rules.triggers import Trigger, find_triggers


@define(slots=True, eq=False)
class Scene:
    """One sentence and what is in it."""

    sentence: Sentence
    dates: list[DateMention]
    groups: list[GroupMention]
    people: list[Entity]
    triggers: list[Trigger]
    tolls: list[Toll]
    weapons: list[Hit[Mapping[str, str]]]
    cues: list[Hit[Mapping[str, str]]]
    mentions: list[PlaceMention] = field(factory=list)
    chains: list[PlaceChain] = field(factory=list)
    memo: dict[object, Any] = field(factory=dict, repr=False)

    @property
    def events(self) -> list[Trigger]:
        return [t for t in self.triggers if t.barred is None]

    def has(self, cue: str) -> Hit[Mapping[str, str]] | None:
        return next((c for c in self.cues if c.value["class"] == cue), None)

    @property
    def one_of_many(self) -> bool:
        """ "This was one of six bombings": counts the attack that was told before it among others."""
        hit = self.has("multiple")
        return hit is not None and self.sentence.lows[hit.start : hit.start + 2] == ["one", "of"]

    def word_at(self, offset: int) -> int:
        """The number of the word at an offset of the text."""
        return bisect_left(self.sentence.words, offset + 1, key=lambda w: w.end)


def begin_scenes(prose: Prose, skip_until: int) -> list[Scene]:
    """The scenes of an article with their triggers; what lies before offset `skip_until` (a dateline) is left out."""
    scenes: list[Scene] = []
    for sentence in prose.sentences:
        if sentence.end <= skip_until:
            continue
        if sentence.start < skip_until:
            rest = [w for w in sentence.words if w.start >= skip_until]
            if not rest:
                continue
            sentence = Sentence(rest, sentence.index, sentence.paragraph)
        groups = find_groups(prose, sentence)
        # "The Army of National Liberation" is no army: a name's words tell nothing of the state or of victims. But taxi
        # drivers and settlers, under whom attacks are coded too, may well be victims.
        inside = {i for g in groups if not g.generic for i in range(g.first, g.last)}
        people = [e for e in entities(sentence) if e.head not in inside or e.role == "perpetrator"]
        people = [e for e in people if not disguise(sentence.lows, e.head)]
        triggers = find_triggers(sentence, people, [(g.first, g.last) for g in groups])
        scenes.append(Scene(sentence, [], groups, people, triggers, [], [], []))
    return scenes


def read_scenes(prose: Prose, scenes: list[Scene], finder: PlaceFinder, anchor: dt.date | None) -> None:
    """Read what else the sentences tell: dates, tolls, weapons, cues and places."""
    for n, scene in enumerate(scenes):
        sentence = scene.sentence
        scene.dates = sentence_dates(prose, sentence, anchor)
        scene.tolls = tolls(sentence)
        scene.weapons = list(phrases("weapons").find(sentence.lows))
        scene.cues = list(phrases("cues").find(sentence.lows))
        blocked = [(g.first, g.last) for g in scene.groups]
        for d in scene.dates:
            a = scene.word_at(d.start)
            blocked.append((a, max(a + 1, scene.word_at(d.end - 1) + 1)))
        scene.mentions = finder.mentions(sentence, blocked)
        finder.vote(scene.mentions, 2 if n < 3 else 1)
        if not scene.events and _aftermath(scene):
            for mention in scene.mentions:
                mention.aside = True
        scene.chains = finder.chains(sentence, scene.mentions)


def _aftermath(scene: Scene) -> bool:
    """Where the police broke in, or a man was caught, is not where the attack was."""
    return any(t.barred == "state" for t in scene.triggers) or not word_set("aftermath").isdisjoint(scene.sentence.lows)


def told_aside(scene: Scene, trigger: Trigger) -> bool:
    """ "... of the general, who was killed by a drone": what the state did to somebody, told of him in passing."""
    lead = scene.sentence.lows[max(0, trigger.first - 4) : trigger.first + 1]
    passing = bool({"who", "whom", "which", "whose"} & set(lead)) and bool({"was", "were", "been"} & set(lead))
    return trigger.barred == "state" and not trigger.noun and passing
