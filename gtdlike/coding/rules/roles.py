"""What a sentence says that a group did to others or they to it: the agent of the attack, or its victim."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from attrs import frozen

from gtdlike.coding.rules.numbers import number_lead
from gtdlike.coding.rules.perpetrators import GroupMention, words_of
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.triggers import Trigger

Role = Literal["claim", "agent", "attribution", "denial", "plain", "victim", "relation"]


@frozen(slots=True)
class Verdict:
    """A role and its weight; `word` is the phrase that tells it, as word numbers."""

    weight: float
    role: Role
    word: tuple[int, int] | None = None
    doubt: bool = False


def passive(lows: list[str], e: Trigger) -> bool:
    """Is the subject of the event's verb the one who suffered it?"""
    if e.noun:
        return False
    if words_of("be") & set(lows[max(0, e.first - 3) : e.last]):
        return True
    after = lows[e.last] if e.last < len(lows) else "."
    if after in ("at", "as", "up", "in") and number_lead(lows, e.last):
        return False  # "killed at least 22 villagers"
    suffered = e.kind in ("killing", "kidnapping", "assassination", "massacre", "execution", "stabbing") or lows[
        e.last - 1
    ] in (
        "wounded",
        "injured",
    )
    return (
        suffered
        and lows[e.last - 1].endswith(("ed", "en", "slain", "shot", "dead", "death", "down"))
        and after in words_of("no object")
    )


def agent_after(s: Sentence, g: GroupMention, events: Sequence[Trigger]) -> bool:
    """ "... was attacked by several members of the group"."""
    lows, at = s.lows, g.noun_phrase - 1
    if at < 1 or lows[at] != "by":
        return False
    verb = next((w for w in reversed(lows[max(0, at - 3) : at]) if not w.endswith("ly")), "")
    if verb in words_of("other by"):
        return False
    return any(0 <= at - e.last <= 14 and ";" not in lows[e.last : at] for e in events)


def agent_before(s: Sentence, g: GroupMention, events: Sequence[Trigger]) -> float:
    """ "Members of the group attacked ...", "a group attack": the group is the subject, or names the attack."""
    lows = s.lows
    lead = lows[g.noun_phrase - 1] if g.noun_phrase else ""
    after = lows[g.last] if g.last < len(lows) else ""
    for e in events:
        gap = e.first - g.last
        if gap < 0:
            continue
        between = lows[g.last : e.first]
        if not e.noun and between[:1] == [","] and between[-1:] == [","] and gap < 26:
            gap, between = 1, []  # "the Front, a band that says it fights for a state, seized 21 people"
        if e.noun and words_of("reaction") & set(between):
            continue  # "the group praised the attack"
        if e.noun:
            whose = {"its", "their"} & set(between[-3:])
            if (
                whose
                and gap <= 14
                and lead not in words_of("preposition") | {"by", "of"}
                and not words_of("barrier") & set(between)
            ):
                return 4.0
            if (
                gap <= 3
                and lead != "anti"
                and not any(w in words_of("preposition") or w in (",", "and", "or", "by", "of") for w in between)
            ):
                return 4.0
            continue
        if gap > (18 if g.member else 13) or passive(lows, e):
            continue
        if lead in words_of("preposition") or lead == "by" or (lead in ("of", "from") and not g.member):
            continue
        if after in words_of("office") or ";" in between or words_of("barrier") & set(between):
            continue
        if e.agent is not None and e.agent.first > g.last + 1 and e.agent.role != "perpetrator":
            continue
        return 4.4 if g.member else 4.0
    return 0.0


def is_victim(s: Sentence, g: GroupMention, events: Sequence[Trigger]) -> bool:
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
        if g.first < e.last or len(gap) > 6 or passive(lows, e) or words_of("no object") & set(gap) - {"on", "at"}:
            continue
        if all(w in _object_words() for w in gap):
            return True
    return False


@cache
def _object_words() -> frozenset[str]:
    """What may stand between a verb and the group that is its object."""
    return words_of("lead") | words_of("member") | words_of("office") | words_of("determiner") | {"at"}
