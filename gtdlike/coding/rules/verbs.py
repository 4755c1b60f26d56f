"""Tolls that a verb tells: "were killed", "killing two guards and Judge Diaz", "died", "left ten dead"."""

from __future__ import annotations

from attrs import evolve

from gtdlike.coding.rules.clause import NOT
from gtdlike.coding.rules.counted import BE
from gtdlike.coding.rules.fates import FateWord, fate_words, is_fate
from gtdlike.coding.rules.ledger import Ledger
from gtdlike.coding.rules.persons import given_names, is_person, one_subject, persons_before, persons_from
from gtdlike.coding.rules.toll import Toll
from gtdlike.coding.rules.wordlists import wordset

_PRENOMINAL = frozenset("recently the a brutally late slain his her of".split())
_TAKEN = ("they", "hostages", "captives", "both", "all", "victims")


def participle(ledger: Ledger, word: FateWord) -> None:
    start = ledger.predicate(word)
    passive = any(w in BE - {"has", "have", "had"} for w in ledger.lows[start : word.start])
    if not passive and object_of(ledger, word, near=True):
        return
    subject_of(ledger, word, start)


def object_of(ledger: Ledger, word: FateWord, near: bool = False) -> bool:
    """What follows the verb: "killed 11 soldiers", "killing the driver and three others", "murdered Judge Diaz"."""
    lows, at = ledger.lows, word.end
    if set(lows[max(0, word.start - 2) : word.start]) & wordset("unreal") and not near:
        return False
    heads = {p.first for p in ledger.main}
    while at < len(lows) and lows[at] in wordset("adverb") and at not in heads:
        at += 1
    if at >= len(lows):
        return False
    if word.form == "participle" and lows[max(0, word.start - 1)] in _PRENOMINAL:
        return True  # "the recently murdered senator"
    if lows[at] in ("him", "her", "himself", "herself", "themselves"):
        ledger.one(word, at, at + 1)
        gap = lows[at + 1 : at + 3]
        nxt = next((p for p in ledger.main if p.first > at), None)
        if nxt is not None and gap and gap[0] in (",", "and") and nxt.first <= at + 3:
            ledger.add_all(ledger.series(nxt), word)
        return True
    reach = 0 if near else 4
    nxt = next((p for p in ledger.main if p.first >= at), None)
    if (
        nxt is not None
        and (nxt.first - at <= reach or (near and nxt.first - at <= 1))
        and not any(w in wordset("cut") or w in ("and", "in", "by", "on", ",") for w in lows[at : nxt.first])
    ):
        listed = ledger.series(nxt)
        ledger.add_all(listed, word)
        _names_after(ledger, word, listed[-1].last)
        return True
    people = persons_from(ledger.sentence, at)
    if people and people[0][0] <= at + 1 and lows[at] not in (",", "and", ";"):
        ledger.people(people, word)
        return True
    return False


def _names_after(ledger: Ledger, word: FateWord, end: int) -> None:
    """ "killing two guards and Judge Diaz": a name that goes on with a list of counted people."""
    if ledger.lows[end : end + 1] == ["and"]:
        people = persons_from(ledger.sentence, end + 1)
        if people and people[0][0] == end + 1 and any(w in given_names() for w in ledger.lows[slice(*people[0])]):
            ledger.one(word, *people[0])


def subject_of(ledger: Ledger, word: FateWord, start: int | None = None) -> None:
    lows = ledger.lows
    start = ledger.predicate(word) if start is None else start
    verbs = lows[start : word.start]
    if word.form == "fatal":
        # "She was wounded and died": one of the dead only.
        ledger.found = [t for t in ledger.found if t.fate != "wounded" or not start <= t.verb < word.start]
    if set(verbs) & wordset("unreal") and not set(verbs) & {"has", "have"}:
        return
    zero = bool(set(verbs) & NOT) or "neither" in lows[max(0, start - 10) : start]
    one = any(w in ("was", "is", "has") for w in verbs)
    many = any(w in ("were", "are", "have") for w in verbs)
    if "being" in verbs and lows[start - 1 : start] == ["before"] and word.fate == "killed":
        _fell(ledger, word, start)
        return
    if word.form == "state" and lows[start - 2 : start] == ["shot", "them"]:
        _fell(ledger, word, start - 1)
        return
    if word.fate == "killed" and lows[start - 1 : start] == ["and"] and _of_the_taken(ledger, word, start):
        return
    phrases = ledger.subject(start, 5 if word.form == "state" else 14)
    if (
        phrases
        and one
        and not many
        and len(phrases) == 1
        and (phrases[0].number.value or 2) > 1
        and phrases[0].last < start
    ):
        phrases = []  # "two men came in and the judge was killed"
    if phrases:
        if many and len(phrases) == 1 and phrases[0].number.value == 1 and phrases[0].head is not None:
            people = persons_before(ledger.sentence, start)
            if len(people) > 1:
                for first, last in people:
                    ledger.one(word, first, last)
                return
        if zero:
            ledger.add(phrases, word, zero=True)
        else:
            ledger.add_all(phrases, word)
        return
    if word.form == "state" and not one:
        if lows[start - 1 : start] in (["him"], ["her"]) and "shot" in lows[max(0, start - 4) : start]:
            ledger.one(word, start - 1, start)
            before = set(lows[max(0, start - 9) : start])
            if before & wordset("police") or "they" in before:
                ledger.found[-1] = evolve(ledger.found[-1], perpetrators=True)
        return
    people = persons_before(ledger.sentence, start)
    if many and len(people) > 1 and people[-1][1] >= start - 1:
        for first, last in people:
            ledger.one(word, first, last, 0 if zero else 1)
    elif one and word.fate != "captured" and lows[word.start] != "seized":
        run = one_subject(ledger.sentence, start)
        if run is not None:
            ledger.one(word, *run, 0 if zero else 1)
            if lows[start - 1] == "who" and ledger.found and "," not in lows[max(0, start - 2) : start]:
                ledger.found[-1] = evolve(ledger.found[-1], possessive=True)
    elif (
        many
        and lows[start - 1 : start]
        and lows[start - 1] in ("they", "hostages", "captives", "both", "all", "victims")
    ):
        _back(ledger, word, start)
    elif word.form == "fatal" and not many and start > 0:
        if (
            lows[start - 1] == ","
            and (runs := persons_before(ledger.sentence, start))
            and runs[-1][1] < start - 1
            and len(runs) == 1
        ):
            ledger.one(word, *runs[0])
        elif (
            (lows[start - 1] == "and" and _struck(lows, start))
            or lows[start - 1] in ("he", "she", "who")
            or (people and people[-1][1] == start and is_person(ledger.sentence, *people[-1]))
        ):
            ledger.one(word, start - 1, start)


def _fell(ledger: Ledger, word: FateWord, at: int) -> None:
    """ "Two men stabbed a guard before being shot dead", "... before police shot them dead": those who attacked."""
    attackers = [p for p in ledger.main if p.last <= at and p.head is not None and p.head.role == "perpetrator"]
    assert word.fate is not None
    value = attackers[0].number.value if attackers else None if ledger.lows[at] == "them" else 1
    ledger.found.append(Toll(word.fate, value, True, False, False, False, at, word.end, word.start))


def _of_the_taken(ledger: Ledger, word: FateWord, start: int) -> bool:
    """ "Twelve miners were abducted in the hills and later found dead": all who were taken."""
    taken = [t for t in ledger.found if t.fate == "kidnapped" and t.verb < start]
    if not taken or not {"later", "then"} & set(ledger.lows[start : word.start]):
        return False
    _back(ledger, word, start)
    return True


def _back(ledger: Ledger, word: FateWord, start: int) -> None:
    """ "The hostages were killed": as many as were told before to have been taken."""
    assert word.fate is not None
    if word.fate == "killed":
        ledger.found.append(Toll(word.fate, None, False, False, False, False, start - 1, start, word.start, back=True))


def _struck(lows: list[str], end: int) -> bool:
    """ "She was stabbed in the street | and died"."""
    for i in range(end - 1, max(0, end - 16), -1):
        if lows[i] in (";", ".", ",") and i < end - 2:
            return False
        if lows[i] == "was" and any(is_fate(w) or w in wordset("struck") for w in lows[i + 1 : i + 4]):
            return True
    return False


def treated(ledger: Ledger, word: FateWord) -> None:
    """ "Twenty people were taken to hospital": the wounded, where the sentence does not tell them otherwise."""
    others = any(
        w.fate == "wounded" and w.form != "treated" and ledger.lows[w.start] != "wounds"
        for w in fate_words(ledger.sentence)
    )
    if not others and not wordset("carried") & set(ledger.lows[max(0, word.start - 12) : word.start]):
        subject_of(ledger, word)


def infinitive(ledger: Ledger, word: FateWord) -> None:
    """ "He managed to kill one and wound twelve": done, other than what somebody wanted to do."""
    before = ledger.lows[max(0, word.start - 3) : word.start]
    if {"managed", "able"} & set(before) or before[-1:] in (["and"], ["then"]):
        object_of(ledger, evolve(word, form="active"), near=True)
