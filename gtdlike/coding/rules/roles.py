"""What a sentence says that a group did: claimed it, is blamed for it, was seen at it, denied it, was its victim."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

from attrs import frozen

from gtdlike.coding.rules.lexicon import Hit, Phrases, phrase_words, rows
from gtdlike.coding.rules.perpetrators import GroupMention, words_of
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.triggers import Trigger

Role = Literal["claim", "agent", "attribution", "denial", "plain", "victim", "relation"]
_DETERMINERS = frozenset("the a an his her its their this that in on of for".split())
_PRONOUNS = frozenset("it they its their he one two members fighters".split())
_BE = frozenset("was were been being be is are".split())
_PREPOSITIONS = frozenset("against with to between for among about on at toward towards in than".split())
_INTRANSITIVE = frozenset("in on at by during when while last yesterday today after before and as near , .".split())


@frozen(slots=True)
class Wording:
    """A phrase of `lexicon/blame.csv`: where the group stands beside it, how far off, and what must lie between."""

    name: str
    group: str
    reach: int
    needs: str


@cache
def _phrases(name: str) -> Phrases[Wording]:
    return Phrases(
        (phrase_words(r["phrase"]), Wording(name, r["group"], int(r["reach"] or 0), r["needs"]))
        for r in rows("blame")
        if r["class"] == name
    )


@lru_cache(maxsize=2048)
def wordings(sentence: Sentence, name: str) -> tuple[Hit[Wording], ...]:
    """The phrases of one class in a sentence."""
    return tuple(_phrases(name).find(sentence.lows))


@frozen(slots=True)
class Verdict:
    """A role and its weight; `word` is the phrase that tells it, as word numbers."""

    weight: float
    role: Role
    word: tuple[int, int] | None = None
    doubt: bool = False


def _beside(s: Sentence, g: GroupMention, name: str) -> Hit[Wording] | None:
    """The phrase of a class that stands beside the group as the lexicon says."""
    lows = s.lows
    for hit in wordings(s, name):
        w = hit.value
        reach = w.reach + (8 if lows[g.last : g.last + 1] == [","] and name == "did" else 0)
        if w.group in ("before", "any") and g.last <= hit.start <= g.last + reach:
            # Who stands nearer to the verb, or an agent after "by", is its subject.
            if ";" not in lows[g.last : hit.start]:
                return hit
        if w.group in ("after", "any") and hit.end <= g.first <= hit.end + w.reach:
            between = lows[hit.end - 1 : g.first]
            if (not w.needs or w.needs in between) and ";" not in between:
                return hit
    return None


def passive(lows: Sequence[str], e: Trigger) -> bool:
    """Is the subject of the event's verb the one who suffered it?"""
    if e.noun:
        return False
    if _BE & set(lows[max(0, e.first - 3) : e.last]):
        return True
    after = lows[e.last] if e.last < len(lows) else "."
    suffered = e.kind in ("killing", "kidnapping", "assassination", "massacre", "stabbing") or lows[e.last - 1] in (
        "wounded",
        "injured",
    )
    return (
        suffered
        and lows[e.last - 1].endswith(("ed", "en", "slain", "shot", "dead", "death", "down"))
        and after in _INTRANSITIVE
    )


def _agent_after(s: Sentence, g: GroupMention, events: Sequence[Trigger]) -> bool:
    """ "... was attacked by several members of the group"."""
    lows, at = s.lows, g.noun_phrase - 1
    if at < 1 or lows[at] != "by":
        return False
    verb = next((w for w in reversed(lows[max(0, at - 3) : at]) if not w.endswith("ly")), "")
    if verb in words_of("other by"):
        return False
    return any(0 <= at - e.last <= 14 and ";" not in lows[e.last : at] for e in events)


def _agent_before(s: Sentence, g: GroupMention, events: Sequence[Trigger]) -> float:
    """ "Members of the group attacked ...", "a group attack": the group is the subject, or names the attack."""
    lows = s.lows
    lead = lows[g.noun_phrase - 1] if g.noun_phrase else ""
    after = lows[g.last] if g.last < len(lows) else ""
    for e in events:
        gap = e.first - g.last
        if gap < 0:
            continue
        between = lows[g.last : e.first]
        if e.noun:
            whose = {"its", "their"} & set(between[-3:])
            if (
                whose
                and gap <= 14
                and lead not in _PREPOSITIONS | {"by", "of"}
                and not words_of("barrier") & set(between)
            ):
                return 4.0
            if (
                gap <= 3
                and lead != "anti"
                and not any(w in _PREPOSITIONS or w in (",", "and", "or", "by", "of") for w in between)
            ):
                return 4.0
            continue
        if gap > (18 if g.member else 13) or passive(lows, e):
            continue
        if lead in _PREPOSITIONS or lead == "by" or (lead in ("of", "from") and not g.member):
            continue
        if after in words_of("office") or ";" in between or words_of("barrier") & set(between):
            continue
        if e.agent is not None and e.agent.first > g.last + 1 and e.agent.role != "perpetrator":
            continue
        return 4.4 if g.member else 4.0
    return 0.0


def _victim(s: Sentence, g: GroupMention, events: Sequence[Trigger]) -> bool:
    """The group, or one of it, is what was attacked: "attacked a camp of the group", "a group leader was killed"."""
    lows = s.lows
    lead = lows[g.noun_phrase - 1] if g.noun_phrase else ""
    if g.first and lows[g.first - 1] in words_of("not alone"):
        return True
    for e in events:
        if e.noun:
            if lead in ("against", "on", "of") and 0 <= g.noun_phrase - 1 - e.last <= 1 and lead != "of":
                return True
            continue
        ahead = e.first - g.last
        if 0 <= ahead <= 12 and passive(lows, e) and not {",", ";", "by"} & set(lows[g.last : e.first - 2]):
            return True
        gap = lows[e.last : g.first]
        if (
            g.first >= e.last
            and len(gap) <= 6
            and not passive(lows, e)
            and "by" not in gap
            and not _INTRANSITIVE & set(gap) - {"on", "at"}
        ):
            if all(
                w in words_of("lead")
                or w in words_of("member")
                or w in words_of("office")
                or w in _DETERMINERS
                or w == "at"
                for w in gap
            ):
                return True
    return False


def _denied(s: Sentence, g: GroupMention) -> Hit[Wording] | None:
    return _beside(s, g, "denial")


def is_related(s: Sentence, g: GroupMention) -> bool:
    """The group is only what another one, or a lone attacker, is said to be near to."""
    return g.inspired or _beside(s, g, "relation") is not None


def _blamed(s: Sentence, g: GroupMention) -> Hit[Wording] | None:
    hit = _beside(s, g, "attribution")
    if (
        hit is None
        or {"if", "whether"} & set(s.lows[max(0, hit.start - 8) : hit.start])
        or "not" in s.lows[max(0, hit.start - 2) : hit.start]
    ):
        return None
    return hit


def _suspected(s: Sentence, g: GroupMention) -> Hit[Wording] | None:
    """Someone suspects the group; "the suspected members of the group" tells nothing of what they did."""
    hit = _beside(s, g, "suspicion")
    if hit is None or (g.noun_phrase < hit.start and hit.value.reach <= 3):
        return None
    before = s.lows[hit.start - 1] if hit.start else ""
    return None if before in _PREPOSITIONS or before in ("of", "by", "a", "an", "the", "") else hit


def verdict(scene: Scene, g: GroupMention, told: bool) -> Verdict:
    """What the sentence says of the group. `told`: the sentence tells of the attack itself."""
    s = scene.sentence
    denial = _denied(s, g)
    if denial is not None:
        return Verdict(0.0, "denial", (denial.start, denial.end))
    related = is_related(s, g)
    others = [o for o in scene.groups if o.last <= g.first and o.name != g.name]
    claim = None if related and others else _claim(scene, g)
    if claim is not None:
        return claim
    if related:
        return Verdict(0.0, "relation")
    events = scene.events
    doubt = bool(wordings(s, "doubt"))
    if told and _agent_after(s, g, events):
        return Verdict(5.0, "agent", doubt=doubt)
    blamed = _blamed(s, g)
    if blamed is not None:
        return Verdict(4.4, "attribution", (blamed.start, blamed.end), doubt)
    if _victim(s, g, events):
        return Verdict(0.0, "victim")
    if told and (weight := _agent_before(s, g, events)):
        return Verdict(weight, "agent", doubt=doubt)
    did = _beside(s, g, "did")
    if did is not None and _active(s, g, did):
        return Verdict(4.0, "agent", (did.start, did.end), doubt)
    if _beside(s, g, "background") is not None:
        return Verdict(0.0, "plain")
    suspected = _suspected(s, g)
    if suspected is not None:
        return Verdict(3.2, "attribution", (suspected.start, suspected.end), True)
    if told and g.member:
        return Verdict(2.6, "agent", doubt=True)
    return Verdict(1.2 if told else 0.8, "plain")


def _active(s: Sentence, g: GroupMention, did: Hit[Wording]) -> bool:
    """The group is the subject of the verb: "carried out" has an object, and nobody else speaks in between."""
    lows = s.lows
    between = lows[g.last : did.start]
    after = lows[did.end] if did.end < len(lows) else "."
    return not (words_of("barrier") | _BE - {"be"}) & set(between) and after not in _INTRANSITIVE


def _claim(scene: Scene, g: GroupMention) -> Verdict | None:
    s, lows = scene.sentence, scene.sentence.lows
    hit = _beside(s, g, "claim")
    unclaimed = wordings(s, "no claim")
    if hit is not None and not any(n.start <= hit.start < n.end + 2 for n in unclaimed):
        nearer = [
            o
            for o in scene.groups
            if g.last <= o.first < hit.start and not o.inspired and _beside(s, o, "relation") is None
        ]
        if hit.value.group == "before" and any(w in (",", "but", "while") for w in lows[g.last : hit.start]) and nearer:
            return None
        return Verdict(6.0, "claim", (hit.start, hit.end))
    if g.noun_phrase and lows[g.noun_phrase - 1] in _PREPOSITIONS | {"of", "by"}:
        return None
    return _claimed_deed(scene, g) or _said_it_did(scene, g)


def _claimed_deed(scene: Scene, g: GroupMention) -> Verdict | None:
    """ "The group claimed on Monday the bombing of ...": what is claimed is an attack and no fact."""
    lows = scene.sentence.lows
    for i in range(g.last, min(len(lows), g.last + _subject_reach(scene, g, 8))):
        if lows[i] in ("claimed", "claims", "claiming") and scene.sentence.words[i].after_space:
            for j in range(i + 1, min(len(lows), i + 9)):
                if lows[j] in ("that", "it", "they", "he", "to", "there", "more", "when", "after"):
                    break
                if lows[j] in _DEEDS or any(t.noun and t.first == j and t.barred != "state" for t in scene.triggers):
                    return Verdict(5.8, "claim", (i, i + 1))
            return None
    return None


def _subject_reach(scene: Scene, g: GroupMention, reach: int) -> int:
    """How far the verb of a subject may be: further where an apposition comes between, no further than the next group."""
    lows = scene.sentence.lows
    if lows[g.last : g.last + 1] == [","]:
        reach += 8
    nearer = [
        o.first - g.last
        for o in scene.groups
        if o.first >= g.last and not is_related(scene.sentence, o) and o.name != g.name
    ]
    return min([reach, *nearer])


_DEEDS = frozenset(
    "deed attempt raid abduction abductions operation action killings killing plot attack attacks".split()
)


def _said_it_did(scene: Scene, g: GroupMention) -> Verdict | None:
    """ "The group said in a statement that its fighters had carried out ..."."""
    lows = scene.sentence.lows
    for i in range(g.last, min(len(lows), g.last + _subject_reach(scene, g, 14))):
        if lows[i] in ("said", "says", "announced", "stated", "boasted", "wrote", "claims", "claimed"):
            for j in range(i + 1, min(len(lows), i + 12)):
                if lows[j] not in _PRONOUNS:
                    continue
                later = lows[j + 1 : j + 9]
                if "not" in later[:4] or "no" in later[:4]:
                    return None
                active = any(
                    j < t.first <= j + 9 and not t.noun and t.barred in (None, "plan") and not passive(lows, t)
                    for t in scene.triggers
                )
                phrase = any(
                    j < h.start + 1 <= j + 8 for name in ("did", "attribution") for h in wordings(scene.sentence, name)
                )
                downed = bool(
                    {"downed", "seized", "taken", "captured", "abducted", "executed", "acted", "responsible"}
                    & set(later)
                )
                if active or phrase or downed:
                    return Verdict(5.6, "claim", (i, i + 1))
            return None
    return None
