"""The grammar of a toll: where a predicate begins, which counted phrases are its subject, which make one list."""

from __future__ import annotations

from gtdlike.coding.rules.counted import BE, Counted, counted
from gtdlike.coding.rules.fates import FateWord, is_fate
from gtdlike.coding.rules.marks import joined, mark
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.wordlists import wordset

_LINKS = frozenset("and or then later shot".split())
NOT = frozenset("not n't never nor neither".split())


_AFTER = frozenset("by in at on near with along outside inside and or but".split())
_TREATED = 4
"""So many words may tell what was done to people before they were killed."""


def _treated_before(lows: list[str], at: int) -> int | None:
    """ "Five workers | were rounded up and | killed": where what was done to them before begins."""
    for i in range(at - 1, max(0, at - 1 - _TREATED), -1):
        if lows[i] in ("was", "were"):
            return i if lows[i + 1].endswith(("ed", "en", "ound", "ught", "ept")) else None
        if not lows[i].isalpha() or lows[i] in BE or is_fate(lows[i]):
            return None
    return None


class Clause:
    """A sentence with its counted phrases; `main` are those that stand for themselves."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.lows = sentence.lows
        self.phrases = counted(sentence)
        mark(self.lows, self.phrases)
        self.main = [p for p in self.phrases if not p.attached]

    def owner(self, p: Counted) -> Counted | None:
        """The number beside which a part or an addition is told: the one before it, else the one after it."""
        before = [q for q in self.main if q.last <= p.first]
        after = [q for q in self.main if q.first >= p.last]
        return before[-1] if before else after[0] if after else None

    def predicate(self, word: FateWord) -> int:
        """Where the predicate that ends in this word begins: "| were kidnapped and later killed"."""
        lows, i = self.lows, word.start
        while i > 0:
            w = lows[i - 1]
            if (
                w in BE
                or w in wordset("adverb")
                or w in wordset("unreal")
                or w in NOT
                or (
                    w in _LINKS
                    and i > 1
                    and (is_fate(lows[i - 2]) or lows[i - 2] in wordset("adverb") or lows[i - 2] in BE)
                )
                or (is_fate(w) and i < word.start and (lows[i] in _LINKS or lows[i] in wordset("adverb")))
                or (w == "and" and i > 1 and lows[i - 2] in wordset("struck"))
                or (w in wordset("struck") and i < word.start and lows[i] == "and")
            ):
                i -= 1
            elif (
                w == "and"
                and i == word.start
                and self._intransitive(word)
                and (begins := _treated_before(lows, i - 1)) is not None
            ):
                i = begins
            else:
                break
        return i

    def _intransitive(self, word: FateWord) -> bool:
        """Is nobody named behind the word whom it befell?"""
        after = self.lows[word.end : word.end + 1]
        return not after or not after[0][0].isalnum() or after[0] in wordset("break") | _AFTER

    def subject(self, start: int, reach: int) -> list[Counted]:
        """The counted phrases that are the subject of a predicate that begins at `start`."""
        lows = self.lows
        before = [p for p in self.main if p.last <= start]
        if not before:
            return []
        last = before[-1]
        hidden = {i for p in self.phrases if p.attached for i in range(p.first, p.last)}
        gap = [lows[i] for i in range(last.last, start) if i not in hidden]
        if any(p.attached for p in self.phrases if last.last <= p.first < start):
            gap = [
                w
                for w in gap
                if w not in (",", "including", "in", "addition", "to", "and", "counting", "among", "them", "not")
            ]
        if len(gap) > reach or any(w in wordset("cut") or is_fate(w) for w in gap):
            return []
        if "," in gap:
            tail = gap[len(gap) - gap[::-1].index(",") :]
            if (
                tail
                or (gap[0] != "," and last.number.value == 1 and gap.count(",") > 1)
                or (gap.count(",") == 1 and len(gap) > 1 and lows[last.first] not in ("a", "an", "the"))
            ):
                return []
        if gap and gap[-1] == "and":
            return []
        if "and" in gap and "between" not in gap and (last.number.value or 2) == 1:
            return []
        found = [last]
        for p in reversed(before[:-1]):
            if (
                len(found) == 1
                and lows[p.last : last.first] == [","]
                and lows[last.first] in ("a", "an")
                and "," in gap
                and p.number.value == 1
            ):
                break  # "the driver, a father of three, also died"
            if ";" in lows[p.last : found[-1].first] and any(is_fate(w) for w in lows[max(0, p.first - 2) : p.first]):
                break  # "killed the attackers; two passers-by were hurt"
            if p.last <= found[-1].first and joined(lows[p.last : found[-1].first]):
                found.append(p)
            else:
                break
        return found

    def series(self, first: Counted) -> list[Counted]:
        """A counted phrase and those that follow it in a list: "two soldiers, a child and three others"."""
        lows, found = self.lows, [first]
        for p in self.main:
            if p.first < found[-1].last or not joined(lows[found[-1].last : p.first]):
                continue
            goes_on = any(q.first >= p.last and joined(lows[p.last : q.first]) for q in self.main)
            if (
                lows[found[-1].last : p.first] == [","]
                and lows[p.first] in ("a", "an", "the")
                and found[-1].number.value == 1
                and not goes_on
            ):
                continue  # "killed a teacher, the father of two": an apposition
            after = lows[p.last : p.last + 3]
            if after and (after[0] in BE or is_fate(after[0])):
                break  # "... and three others were wounded" begins a clause of its own
            found.append(p)
        return found
