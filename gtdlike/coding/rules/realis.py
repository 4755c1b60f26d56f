"""Did it take place? Plans, threats, denials, attempts and habits around a trigger."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from gtdlike.coding.rules.lexicon import Phrases, phrase_words, rows, word_set
from gtdlike.coding.rules.trigger import Trigger, start_of_clause

_TOLD_AS_REASON = frozenset(("facility", "killing", "attack", "massacre", "kidnapping"))
_REASON = 25
"""So many words behind "because" a reason may go on."""


@cache
def contexts() -> dict[str, Phrases[Mapping[str, str]]]:
    """The phrases of the context lexicon, by the side of the trigger on which they count."""
    sides = ("before", "after", "any")
    return {s: Phrases((phrase_words(r["phrase"]), r) for r in rows("contexts") if r["side"] == s) for s in sides}


def spoken(lows: list[str], i: int) -> bool:
    """A base form tells an event only as a headline does ("Gunmen kill 5"); in speech it urges or threatens."""
    before = lows[i - 1] if i else ""
    return i == 0 or before in word_set("speaker")


def _named(t: Trigger, lows: list[str]) -> bool:
    """Is the violence named by a noun ("the shooting of", "the killing of")?"""
    return t.noun or lows[t.first].endswith("ing")


def stopped(lows: list[str], t: Trigger) -> bool:
    """ "Guards shot the bomber before he could detonate", "... before detonating": he had set out, more than a plan."""
    if t.noun or t.kind not in ("bombing", "suicide bombing"):
        return False
    lead = lows[max(0, t.first - 5) : t.first]
    if "before" not in lead or not (lead[-1] == "before" or "could" in lead or lead[-3:] == ["was", "able", "to"]):
        return False
    return bool({"bomber", "bombers", "attacker", "attackers", "assailant", "assailants"} & set(lows[: t.first]))


def _taken_for_granted(lows: list[str], t: Trigger) -> bool:
    """ "They may resign over the murder of Ana Ruiz": whatever may come, the murder was."""
    return t.noun and t.definite and "of" in lows[t.last - 1 : t.last + 1]


def read_before(lows: list[str], t: Trigger) -> None:
    """Judge a trigger by what stands before it in its clause."""
    start = start_of_clause(lows, t.first, 9)
    # A modal or a plan reaches over "that" and "which" no further than its own clause.
    for hit in contexts()["before"].find(lows[start : t.first]):
        distance = t.first - (start + hit.end)
        if distance > int(hit.value["reach"]):
            continue
        match hit.value["class"]:
            case "plan":
                word = lows[start + hit.start]
                if word in word_set("modal") and _goes_on(lows, start + hit.end, t):
                    continue
                sure = word in word_set("modal") and distance > 1 and _taken_for_granted(lows, t)
                if (
                    t.barred is None
                    and not sure
                    and not (
                        word == "may" and lows[start + hit.start - 1 : start + hit.start] in (["in"], ["last"], ["of"])
                    )
                ):
                    t.barred = "plan"
            case "negation":
                if t.barred is None and t.kind not in ("killing",):
                    t.barred = "negation"
            case "attempt":
                t.attempt = True
            case "legal":
                t.legal = True
            case "generic":
                t.generic = True
            case "motive":
                # "In revenge for the killing of ...": the reason for the attack, told of another one.
                if t.barred is None and _named(t, lows):
                    t.barred = "motive"
            case "state":
                if t.noun and t.barred is None and distance <= 1:
                    t.barred = "state"
            case _:
                pass
    if (
        t.barred is None
        and not t.noun
        and t.kind in _TOLD_AS_REASON
        and "because" in lows[max(0, t.first - _REASON) : t.first]
    ):
        t.barred = "motive"
    infinitive = lows[max(0, t.first - 1) : t.first] == ["to"] or lows[max(0, t.first - 2) : t.first] == ["to", "be"]
    if infinitive and not t.plural and not t.attempt and t.barred is None:
        t.barred = "plan"  # an infinitive tells a purpose


def _goes_on(lows: list[str], modal: int, t: Trigger) -> bool:
    """ "... those who could not recite it and shot six": the verb behind "and" goes on with the story."""
    told = t.row["form"] == "verb" and lows[t.first - 1 : t.first] == ["and"]
    return told and "be" not in lows[modal : t.first] and not lows[t.first].endswith("ing")


def read_after(lows: list[str], t: Trigger) -> None:
    """Judge a noun by what follows it: "the attack was foiled"."""
    if not t.noun:
        return
    end = t.last
    while end < len(lows) and end - t.last < 6 and lows[end] not in word_set("clause end") and lows[end] != ",":
        end += 1
    for hit in contexts()["after"].find(lows[t.last : end]):
        if hit.start <= int(hit.value["reach"]) and hit.start <= 2 and t.barred is None:
            t.barred = "plan"
