"""What a sentence tells of nobody being killed or wounded: "no casualties", "without injuries", "escaped unhurt"."""

from __future__ import annotations

from attrs import frozen

from gtdlike.coding.rules.fates import Fate, fate_words
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.wordlists import wordset

_NO = frozenset("no without any nobody neither nor not n't never".split())
_BEGIN = frozenset("no without any nobody".split())
_ALL = frozenset("casualties victims casualty victim".split())
_HURT = frozenset("injuries wounded injured hurt injury wounds".split())
_DEAD = frozenset("deaths fatalities killed death fatality dead".split())
_UNSURE = frozenset("whether if unless unclear unknown".split())
BOTH: tuple[Fate, Fate] = ("killed", "wounded")


@frozen(slots=True)
class NoneTold:
    """Words `first` to `last` (exclusive) tell that nobody met this fate."""

    fate: Fate
    first: int
    last: int


def none_told(sentence: Sentence) -> list[NoneTold]:
    """All that the sentence tells of nobody being killed or wounded."""
    lows = sentence.lows
    found = []
    for i, word in enumerate(() if _BEGIN.isdisjoint(lows.different) else lows):
        if word not in _BEGIN:
            continue
        before = set(lows[max(0, i - 6) : i])
        if (word == "any" and not _NO - {"any"} & before) or _UNSURE & before:
            continue
        found += _after(lows, i)
    for w in fate_words(sentence):
        if w.form == "unhurt":
            found += [NoneTold(fate, w.start, w.end) for fate in BOTH]
    return found


def _after(lows: list[str], i: int) -> list[NoneTold]:
    window = lows[i + 1 : i + 6]
    for k, word in enumerate(window):
        last = i + 2 + k
        if word in wordset("no news"):
            return []
        if word in _ALL:
            return [NoneTold(fate, i, last) for fate in BOTH]
        if word in _HURT or word in _DEAD:
            named: tuple[tuple[Fate, frozenset[str]], ...] = (("killed", _DEAD), ("wounded", _HURT))
            return [NoneTold(fate, i, last) for fate, words in named if words & set(window)]
    return []
