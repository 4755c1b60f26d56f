"""The triggers of a sentence: found by the lexicon, judged by what stands around them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from gtdlike.coding.rules.actions import ensuing_blast, find_actions, find_split_verbs
from gtdlike.coding.rules.agents import find_agent
from gtdlike.coding.rules.lexicon import Hit, phrases, word_set
from gtdlike.coding.rules.people import Entity
from gtdlike.coding.rules.people_verbs import find_people_verbs
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.realis import contexts, read_after, read_before, spoken, stopped
from gtdlike.coding.rules.trigger import Trigger

__all__ = ["Trigger", "find_triggers"]

_BATTLE = ("clash", "state")
_LISTED = 4
_ARREST = 8
"""So many words behind "was seized" may stand before the police who did it."""
_OBJECT, _SUBJECT = 4, 3
"""So many words behind and before a trigger may tell that it is meant as a figure of speech."""
_IN_BATTLE = ("killing", "assault", "attack", "massacre", "execution", "facility")


def find_triggers(sentence: Sentence, people: list[Entity], names: list[tuple[int, int]]) -> list[Trigger]:
    """The triggers of a sentence. `names` are word runs that belong to names of groups."""
    lows = sentence.lows
    taken = {i for a, b in names for i in range(a, b)}
    everywhere = {hit.value["class"] for hit in contexts()["any"].find(lows)}
    hits = [h for h in phrases("triggers").find(lows) if not any(i in taken for i in range(h.start, h.end))]
    found = [_judge(lows, people, hit, everywhere) for hit in hits]
    found += find_actions(lows, found, taken, lambda hit: _judge(lows, people, hit, everywhere))
    found += find_split_verbs(lows, found, taken, lambda hit: _judge(lows, people, hit, everywhere))
    found += find_people_verbs(lows, found, people, lambda hit: _judge(lows, people, hit, everywhere))
    found.sort(key=lambda t: t.first)
    _bar_planned(found)
    _bar_battle(lows, found)
    _bar_listed(lows, found)
    blast = ensuing_blast(lows)
    return [t for t in found if t.first != blast and not _mere_participle(lows, t, found)]


def _bar_planned(found: list[Trigger]) -> None:
    """ "They planned to attack X; those who were to carry out the attack were caught": it is the planned one."""
    planned = next((t.first for t in found if t.barred == "plan"), None)
    for t in found:
        if planned is not None and t.first > planned and t.noun and (t.definite or t.plural) and t.barred is None:
            t.barred = "plan"


def _bar_listed(lows: list[str], found: list[Trigger]) -> None:
    """ "Air raids, rocket strikes and shelling": what is listed with the deeds of an air force is of the same war."""
    for t, o in pairwise(found):
        between = lows[t.last : o.first]
        listed = len(between) <= _LISTED and bool({",", "and", "or"} & set(between[-1:]))
        if listed and t.noun and t.barred == "state" and o.barred is None and (o.noun or lows[o.first].endswith("ing")):
            o.barred = "state"


def _mere_participle(lows: list[str], t: Trigger, found: list[Trigger]) -> bool:
    """ "Attacks targeting tourists", "the targeted officials": the participle tells no attack of its own."""
    if lows[t.first] not in ("targeting", "targeted"):
        return False
    return any(0 <= t.first - o.last <= 1 and o.noun for o in found) or (
        lows[t.first] == "targeted" and lows[t.first - 1 : t.first] in (["the"], ["these"], ["those"])
    )


def _bar_battle(lows: list[str], found: list[Trigger]) -> None:
    """The dead of a battle or an air raid are not those of an attack, unless the attack has a clause of its own."""
    battles = [t.first for t in found if t.kind in _BATTLE]
    if not any(t.kind in _BATTLE and not t.definite for t in found):
        return
    for t in found:
        if t.barred is None and t.kind in _IN_BATTLE and not t.attempt:
            near = min(abs(b - t.first) for b in battles)
            between = lows[min(t.first, *battles) : max(t.first, *battles)]
            cut = any(w in ("after", "when", "while", ";") for w in between)
            if (t.kind == "killing" and near < 25) or (near < 8 and not cut):
                t.barred = "clash"


def _determiner(lows: list[str], i: int) -> tuple[bool, bool]:
    """Is the noun at `i` definite ("the deadly attack", "Friday's attack"), is it indefinite ("another attack")?"""
    for word in reversed(lows[max(0, i - 4) : i]):
        if word in ("the", "this", "that", "'s"):
            return True, False
        if word in ("a", "an", "another", "one"):
            return False, True
        if (word.endswith("ed") and len(word) > 5) or word in word_set("governing") or not word[0].isalnum():
            return False, False
    return False, False


def _figurative(lows: list[str], t: Trigger) -> bool:
    """ "The bill was shot down", "an explosion in prices", "holding us hostage": nothing of it is done to people."""
    after = lows[t.last : t.last + _OBJECT]
    cut = next((k for k, w in enumerate(after) if w in word_set("clause end") or w == ","), len(after))
    near = {*after[:cut], *lows[max(0, t.first - _SUBJECT) : t.first]}
    if t.kind == "hostage siege" and not word_set("figurative hostage").isdisjoint(near):
        return True
    return not word_set("figurative").isdisjoint(near)


def _judge(lows: list[str], people: list[Entity], hit: Hit[Mapping[str, str]], everywhere: set[str]) -> Trigger:
    row = hit.value
    noun = row["form"] == "noun"
    t = Trigger(hit.start, hit.end, row["kind"], noun, row["strength"] == "weak", row)
    if row["strength"] == "none":
        t.barred = row["kind"]
        # "in the ensuing clash": the fight is part of the attack that was told before.
        led = lows[max(0, hit.start - 3) : hit.start]
        t.definite = bool(word_set("ensuing") & set(led)) or led[-1:] == ["the"]
        return t
    if row["form"] == "base" and spoken(lows, hit.start):
        t.barred = "speech"
    head = lows[hit.end - 1]
    before = lows[hit.start - 1] if hit.start else ""
    if noun:
        t.plural = head.endswith("s") and not head.endswith("ss") and row["phrase"] not in ("gunshots",)
        t.definite, t.indefinite = _determiner(lows, hit.start)
    elif before in ("to",) and head.endswith("ed"):
        t.noun = False
    if (
        noun
        and head in ("raid", "raids", "operation")
        and word_set("police action") & set(lows)
        and "by" not in lows[hit.end : hit.end + 3]
    ):
        t.barred = "state"
    for scope in ("accident", "drill", "fiction"):
        if scope in everywhere:
            t.barred = scope
    if _figurative(lows, t):
        t.barred = "metaphor"
    if "period" in everywhere and (t.plural or t.kind == "killing"):
        t.barred = "period"
    arrested = word_set("police action") & set(lows[hit.end : hit.end + _ARREST])
    if row["kind"] == "kidnapping" and not noun and head == "seized" and before in ("was", "were") and arrested:
        t.barred = "state"  # "was seized late on Monday when police broke into a flat"
    if row["kind"] == "suicide bombing" and not noun and word_set("cornered") & set(lows[hit.end : hit.end + 8]):
        t.barred = "state"  # "blew himself up when soldiers cornered him"
    read_before(lows, t)
    read_after(lows, t)
    find_agent(lows, people, t)
    if stopped(lows, t):
        t.attempt, t.barred, t.agent = True, None, None
    return t
