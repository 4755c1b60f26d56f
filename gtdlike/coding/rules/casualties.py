"""Who was killed and wounded: people, counted or named, tied to the word that tells what became of them."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from gtdlike.coding.rules import nouns, verbs
from gtdlike.coding.rules.fates import FateWord, fate_words
from gtdlike.coding.rules.ledger import Ledger
from gtdlike.coding.rules.periods import counts_a_period
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.shared import linked_attacks, shared_with
from gtdlike.coding.rules.toll import Toll as Toll
from gtdlike.coding.rules.unhurt import none_told
from gtdlike.coding.rules.wordlists import wordset

_READERS: dict[str, Callable[[Ledger, FateWord], object]] = {
    "participle": verbs.participle,
    "active": verbs.object_of,
    "infinitive": verbs.infinitive,
    "fatal": verbs.subject_of,
    "state": verbs.subject_of,
    "noun": nouns.deed,
    "toll": nouns.stated_sum,
    "lives": nouns.lives,
    "treated": verbs.treated,
    "bodies": nouns.bodies,
    "hostages": nouns.hostages,
}


def tolls(sentence: Sentence) -> list[Toll]:
    """All that a sentence tells of the number of killed, wounded, kidnapped and captured."""
    found = [Toll(n.fate, 0, False, True, False, False, n.first, n.last, n.first) for n in none_told(sentence)]
    told = [w for w in fate_words(sentence) if w.fate is not None]
    if told:
        ledger = Ledger(sentence)
        for word in told:
            _READERS[word.form](ledger, word)
        found += _of_this_attack(ledger)
    return [t for t in found if not counts_a_period(sentence, t.verb, t.value)]


def _of_this_attack(ledger: Ledger) -> list[Toll]:
    """The tolls without those of other attacks; those told for several together are marked."""
    lows = ledger.lows
    linked = linked_attacks(ledger.sentence)
    found = []
    for t in ledger.found:
        if motive(lows, t.verb, t.noun) or _ordinal(lows, t):
            continue
        link = shared_with(ledger.sentence, linked, t.verb)
        if link is not None:
            t = evolve(t, shared=True, linked=link.count)
        found.append(t)
    return found


def motive(lows: list[str], at: int, noun: bool) -> bool:
    """ "In revenge for the killing of ...", "... for a raid that killed two": the reason for the attack, no outcome."""
    reach = lows[max(0, at - 7) : at] if noun else lows[max(0, at - 12) : at]
    led = next((i for i, w in enumerate(reach) if w in wordset("motive")), None)
    if led is None or noun:
        return led is not None
    return reach[led + 1 : led + 2] in (["for"], ["to"], ["against"], ["over"]) and bool({"that", "which"} & set(reach))


def _ordinal(lows: list[str], t: Toll) -> bool:
    """ "The third mayor who has been killed": counts what happened elsewhere, and tells nobody who died here."""
    if t.value != 1 or lows[t.first] in ("a", "an"):  # "a second man was wounded" here
        return False
    return bool(wordset("ordinal") & set(lows[t.first : t.first + 3]))
