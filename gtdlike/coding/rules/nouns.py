"""Tolls that a noun tells: "the murder of Senator X", "the death toll rose to 212", "14 bodies", "took 20 hostages"."""

from __future__ import annotations

from attrs import evolve

from gtdlike.coding.rules.fates import FateWord
from gtdlike.coding.rules.ledger import GENERAL, Ledger
from gtdlike.coding.rules.persons import persons_from
from gtdlike.coding.rules.wordlists import wordset


def deed(ledger: Ledger, word: FateWord) -> None:
    """ "The murder of Senator X", "the deaths of six soldiers", "45 deaths"."""
    lows, at = ledger.lows, word.end
    if lows[at : at + 1] in (["of"], ["to"]) and (lows[at] == "of" or lows[word.start] in ("injuries", "injury")):
        nxt = next((p for p in ledger.main if p.first > at), None)
        people = persons_from(ledger.sentence, at + 1)
        if nxt is not None and nxt.first <= at + 3 and not (people and people[0][0] < nxt.first):
            listed = ledger.series(nxt)
            ledger.add_all(listed, word)
            if lows[listed[-1].last : listed[-1].last + 2] == ["and", "of"]:
                more = next((p for p in ledger.main if p.first == listed[-1].last + 2), None)
                ledger.add([more] if more else [], word)
        elif people and people[0][0] <= at + 6 and (lows[word.start] != "massacre" or len(people) > 1):
            ledger.people(people, word)
        return
    if (
        at <= len(lows)
        and word.start
        and lows[word.start - 1] in ("'s", "his", "her", "'")
        and word.fate == "killed"
        and lows[word.start] in wordset("deed")
    ):
        ledger.one(word, max(0, word.start - 2), word.start)
        if ledger.found:
            ledger.found[-1] = evolve(ledger.found[-1], possessive=True, perpetrators=False)
        return
    number = next((p for p in ledger.main if word.start - 1 <= p.last <= word.start and p.head is None), None)
    if number is not None and lows[word.start] not in ("murder", "massacre", "execution", "assassination", "death"):
        ledger.add([number], word)


def stated_sum(ledger: Ledger, word: FateWord) -> None:
    """ "The death toll of the attack rose to 212", "the number of dead has climbed to 37"."""
    lows = ledger.lows
    for p in ledger.phrases:
        if p.first < word.end or p.first - word.end > 22 or p.number.value is None:
            continue
        lead = lows[max(0, p.first - 1)]
        if any(w in (";", ".") for w in lows[word.end : p.first]):
            return
        if (lead in wordset("sum") or "to" in lows[p.first : p.number.end]) and (
            p.head is None or p.head.row["phrase"] in GENERAL or lows[p.last : p.last + 1] in (["dead"], ["killed"])
        ):
            if lead == "of" and p.first - word.end > 2:
                continue
            if {"first", "initially", "originally", "earlier"} & set(lows[max(0, word.start - 6) : p.last]):
                return  # "officials had at first put the toll at 44"
            ledger.add([p], word, total=True)
            return


def lives(ledger: Ledger, word: FateWord) -> None:
    lows = ledger.lows
    if not set(lows[max(0, word.start - 8) : word.start]) & wordset("cost"):
        return
    if lows[word.end : word.end + 1] == ["of"]:
        nxt = next((p for p in ledger.main if word.end < p.first <= word.end + 3), None)
        if nxt is not None:
            ledger.add_all(ledger.series(nxt), word)
        else:
            for first, last in persons_from(ledger.sentence, word.end + 1):
                ledger.one(word, first, last)
        return
    ledger.add([p for p in ledger.main if word.start - 2 <= p.last <= word.start and p.head is None][-1:], word)


def bodies(ledger: Ledger, word: FateWord) -> None:
    """ "14 bodies were found", "the bodies of four miners"."""
    lows = ledger.lows
    if not wordset("found") & set(lows[max(0, word.start - 6) : word.end + 14]):
        return
    number = [
        p for p in ledger.main if word.start - 2 <= p.last <= word.start and p.number.value and p.number.value > 1
    ]
    if not number and lows[word.end : word.end + 1] == ["of"]:
        number = [p for p in ledger.main if word.end < p.first <= word.end + 3]
    ledger.add(number[-1:], word)


def hostages(ledger: Ledger, word: FateWord) -> None:
    """ "Took 20 people hostage", "held five hostages"."""
    p = next((p for p in reversed(ledger.main) if p.last <= word.end and p.first < word.end), None)
    if p is None or word.start - p.last > 2 or p.number.value is None:
        return
    if set(ledger.lows[max(0, p.first - 8) : p.first]) & wordset("take") or set(ledger.lows[p.last : word.end + 3]) & {
        "taken",
        "held",
    }:
        ledger.add([p], word)
