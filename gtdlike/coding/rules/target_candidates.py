"""Phrases in their roles, made into candidates: what each is, what it is called, and how plainly it was the target."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.lexicon import word_set
from gtdlike.coding.rules.people import Entity
from gtdlike.coding.rules.perpetrators import GroupMention
from gtdlike.coding.rules.prose import Prose
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.target_grammar import Role
from gtdlike.coding.rules.target_name_words import name_at, upper_case
from gtdlike.coding.rules.target_names import Person, named, spoken_of, who_is
from gtdlike.coding.rules.target_owners import has_class, organizations, row_of
from gtdlike.coding.rules.target_phrases import NounPhrase
from gtdlike.coding.rules.target_roles import aims_of, roles_of, victims_of

VIOLENT_PARTY = "22"
_ARMS = frozenset("1 2 6 8".split())
"""Weapon types whose names hold words for people and things: biological, chemical, explosive, incendiary."""
PLAIN = 4.6
"""From this score the text says that this was attacked, and not only that the attack was near it."""


@frozen(slots=True)
class Candidate:
    """A target that the text offers: how plainly, where, and what it is. `start` and `end` are offsets in the text."""

    score: float
    scene: Scene
    phrase: NounPhrase
    start: int
    end: int
    row: Mapping[str, str]
    """The lexicon's row that gives type and sub-type: that of the thing, or of whose thing it is."""
    key: str
    """What it is called, so that the same thing counts once."""
    person: Person | None = None
    victim: bool = False
    """Told as one who came to harm, not as what was attacked."""

    named: bool = True
    """The words say more of it than that there were victims."""

    @property
    def targtype(self) -> int | None:
        return int(self.row["targtype"]) if self.row["targtype"] else None

    @property
    def targsubtype(self) -> int | None:
        return int(self.row["targsubtype"]) if self.row["targsubtype"] else None


def _name_in(scene: Scene, phrase: NounPhrase) -> tuple[int, int] | None:
    """The name of a person within a noun phrase, or the phrase itself where it is one."""
    s = scene.sentence
    upper = upper_case(s)
    start = phrase.head.last if phrase.head is not None else phrase.first
    for i in dict.fromkeys((start, phrase.first)):
        if i >= phrase.last:
            continue
        end = name_at(s, i, upper)
        if end is not None:
            end = min(end, phrase.last)
        if end is None or any(m.first < end and i < m.last and m.level != "people" for m in scene.mentions):
            continue
        if any(g.first < end and i < g.last for g in scene.groups):
            continue
        if phrase.head is not None and (i == phrase.head.first or phrase.head.head >= i) and end > phrase.head.head:
            continue
        if phrase.head is not None or end == phrase.last or s.lows[phrase.last - 1] in (")", "]"):
            return i, end
    return None


def _placename(scene: Scene, head: Entity) -> bool:
    """The head is part of the name of a town or region ("the West Bank"); the name of a building is none."""
    if scene.sentence.lows[head.head] in word_set("place unit") and scene.sentence.words[head.head - 1].capital:
        return True  # "Kasai prefecture"; "the prefecture" alone is an office
    mention = next((m for m in scene.mentions if m.first <= head.head < m.last), None)
    return (
        mention is not None
        and mention.level != "people"
        and mention.last - mention.first > 1
        and bool(mention.candidates)
        and mention.noun is None
    )


def _no_target(scene: Scene, head: Entity) -> bool:
    """The head is a weapon ("truck bomb", "chemical agent"), or a word of a date ("29 March")."""
    if any(w.start <= head.head < w.end and w.value["weaptype"] in _ARMS for w in scene.weapons):
        return True
    return _dated(scene, head.head) or _rams(scene, head)


def _rams(scene: Scene, head: Entity) -> bool:
    """ "Drove a van into a crowd", "a van was driven at a crowd": the van is the weapon."""
    lows = scene.sentence.lows
    led = not word_set("rammed").isdisjoint(lows[head.last : head.last + 2])
    return head.shape == "vehicle" and any(
        e.kind == "ramming" and (head.last <= e.first or (led and e.last <= head.last)) for e in scene.events
    )


def _somebody(prose: Prose, scene: Scene, role: Role) -> Candidate | None:
    """ "shot her": the person of whom the sentences before speak."""
    person = spoken_of(prose, scene.sentence.index, same=role.pronoun == "subject")
    if person is None:
        return None
    return Candidate(
        role.score - 0.3,
        scene,
        role.phrase,
        person.start,
        person.end,
        named(person.row),
        person.name[-1],
        person,
        role.victim,
    )


def _other_than(group: GroupMention, head: Entity | None) -> bool:
    """The words hold a group's name, and the head is something else all the same.

    "Popular Defence Forces soldiers" are soldiers, however much their name is like that of an armed group; taxi drivers
    are an identity under which attacks are coded, and a target like others."""
    if head is None:
        return False
    if group.generic:
        return head.targtype is not None and group.first <= head.head < group.last
    return head.role == "state" and not group.first <= head.own < group.last


def _group(scene: Scene, role: Role) -> Candidate | None:
    """An armed group, its members or its camp, where the text says plainly that it was attacked."""
    phrase = role.phrase
    if role.score < PLAIN or (phrase.head is not None and phrase.head.role == "perpetrator"):
        return None
    words = scene.sentence.words
    row = {"phrase": "armed group", "shape": "", "role": "", "targtype": "17", "targsubtype": "94"}
    party = next((o for o in organizations(scene, phrase) if o["targtype"] == VIOLENT_PARTY), None)
    if party is not None:
        row = {**party, "shape": "", "role": ""}
    start, end = words[phrase.first].start, words[phrase.last - 1].end
    return Candidate(role.score - 0.5, scene, phrase, start, end, row, words[phrase.last - 1].low)


def _place(scene: Scene, role: Role) -> Candidate | None:
    """A town that was itself attacked: "fired rockets at X", "attacked X"."""
    phrase = role.phrase
    mention = next((m for m in scene.mentions if phrase.first <= m.first < phrase.last and m.level != "people"), None)
    told = any(t.last <= phrase.first for t in scene.events)
    if role.score < PLAIN or mention is None or role.victim or phrase.joined or not told or _dated(scene, phrase.first):
        return None
    words = scene.sentence.words
    row = {"phrase": "town", "shape": "facility", "role": "", "targtype": "14", "targsubtype": "75"}
    start, end = words[phrase.first].start, words[phrase.last - 1].end
    return Candidate(role.score - 1.6, scene, phrase, start, end, row, words[phrase.last - 1].low)


def _dated(scene: Scene, i: int) -> bool:
    word = scene.sentence.words[i]
    return any(d.start <= word.start < d.end for d in scene.dates)


def _candidate(prose: Prose, scene: Scene, role: Role) -> Candidate | None:
    phrase = role.phrase
    words, lows = scene.sentence.words, scene.sentence.lows
    head = phrase.head
    if head is not None and (head.role == "perpetrator" or any(t.agent is head for t in scene.triggers)):
        return None
    group = next((g for g in scene.groups if phrase.first < g.last and g.first < phrase.last), None)
    if group is not None and not _other_than(group, head):
        return _group(scene, role)
    if role.pronoun is not None:
        return _somebody(prose, scene, role)
    first, last = phrase.first, phrase.last
    name = _name_in(scene, phrase) if head is None or head.shape == "person" else None
    row = row_of(prose, scene, phrase)
    if head is None and row["targtype"]:
        name = None
    if head is None and name is None and not row["targtype"]:
        return _place(scene, role)
    if head is not None and (_placename(scene, head) or _no_target(scene, head)):
        return None
    start, end = words[first].start, words[last - 1].end
    person = None
    key = lows[head.head].rstrip("s") if head is not None else lows[last - 1]
    score = role.score
    if name is not None:
        person = who_is(prose, lows[name[0] : name[1]])
        key = lows[name[1] - 1]
        if head is None:
            if name[1] - name[0] < 2 and person is None:
                return None
            row = named(person.row if person is not None else None)
        elif person is not None and row["targtype"] in ("14", ""):
            row = named(person.row)
        if person is not None:
            key = person.name[-1]
            if len(person.name) > name[1] - name[0] or (head is None and person.row["targtype"]):
                start, end = person.start, person.end
        score += 0.4
    if not row["targtype"]:
        return None
    if head is not None:
        if has_class(head.row["phrase"], "area") and row["targtype"] in ("14", "19"):
            if role.score < PLAIN and head.shape != "vehicle":
                return None  # near or in a town: where it was, not what it was at
            score -= 1.2
        if role.victim and has_class(head.row["phrase"], "anyone") and row["targtype"] == "14" and name is None:
            return None
        if has_class(head.row["phrase"], "anyone") and row["targtype"] == "14" and name is None:
            score -= 0.8
    return Candidate(score, scene, phrase, start, end, row, key, person, role.victim)


def candidates(prose: Prose, draft: Draft) -> list[Candidate]:
    """All that may be the target, best first, each thing once."""
    found: list[Candidate] = []
    for order, telling in enumerate(draft.tellings):
        for role in roles_of(telling.scene, telling.events):
            c = _candidate(prose, telling.scene, role)
            if c is not None:
                found.append(evolve(c, score=c.score - 0.3 * min(order, 5)))
    later = [(s, role) for s in draft.support if not s.one_of_many for role in aims_of(s)]
    later += [(s, role) for s in draft.scenes for role in victims_of(s)]
    for scene, role in later:
        c = _candidate(prose, scene, role)
        if c is not None:
            found.append(evolve(c, score=c.score - 0.02 * min(scene.sentence.index, 20)))
    found.sort(key=lambda c: (-c.score, c.scene.sentence.index, c.start))
    unique: dict[str, Candidate] = {}
    for c in found:
        unique.setdefault(c.key, c)
    return list(unique.values())
