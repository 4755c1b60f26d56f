"""The ledger of a sentence: its tolls, each counted phrase entered once for each fate."""

from __future__ import annotations

from attrs import evolve

from gtdlike.coding.rules.clause import Clause
from gtdlike.coding.rules.counted import BE, Counted
from gtdlike.coding.rules.fates import Fate, FateWord, is_fate
from gtdlike.coding.rules.lexicon import word_set
from gtdlike.coding.rules.marks import joined
from gtdlike.coding.rules.numbers import Number
from gtdlike.coding.rules.place_lexicon import country_names
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.toll import Toll
from gtdlike.coding.rules.wordlists import wordset

GENERAL = ("people", "person", "persons", "victim*", "others", "individual*")
_ANYONE = (*GENERAL, "man", "men", "woman", "suspected")
_SELF = ("himself", "herself", "themselves")
_ELLIPSIS = 8
_FEW = 20
"""More people than this are a crowd that the police shot into, and not attackers."""
_AMERICAN = frozenset("american americans u.s. us".split())


class Ledger(Clause):
    """Tolls are entered with the word that tells the fate; what is part of one or on top of it comes with it."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self._used: set[tuple[int, Fate]] = set()
        self.found: list[Toll] = []
        self._goes_on = self.lows[0] in wordset("goes on") or self.lows[:3] == ["in", "addition", ","]

    def add(self, phrases: list[Counted], word: FateWord, *, total: bool = False, zero: bool = False) -> None:
        assert word.fate is not None
        also = "also" in self.lows[max(0, word.start - 3) : word.end + 1] or _too(self.lows, word.end)
        also = also or (self._goes_on and word.form != "noun")
        for p in phrases:
            if (p.first, word.fate) in self._used:
                continue
            self._used.add((p.first, word.fate))
            general = not self._of_a_nation(p) if p.head is None else p.head.row["phrase"] in GENERAL
            self.found.append(
                Toll(
                    word.fate,
                    0 if zero else p.number.value,
                    self._attackers(p, word),
                    general,
                    p.number.another or p.plus or (also and not p.part),
                    p.has(self.lows, _AMERICAN),
                    p.first,
                    p.last,
                    word.start,
                    total,
                    p.part,
                    also=p.plus or (also and not p.part),
                    noun=word.form in ("noun", "bodies"),
                )
            )

    def _of_a_nation(self, p: Counted) -> bool:
        """ "Two Tunisians": a kind of people, although no list of heads has it."""
        nation = country_names().at(self.lows, p.number.end)
        return nation is not None and nation.value.people

    def _attackers(self, p: Counted, word: FateWord) -> bool:
        """Are these people of the attackers: by their name, or because it is the police who killed them?"""
        if p.head is not None and p.head.role == "perpetrator":
            return not p.friendly(self.lows)
        if (p.head is None and self._ellipsis(p)) or self._apposed(p, word):
            return True
        anyone = p.head is None or p.head.row["phrase"] in _ANYONE
        few = p.number.value is not None and p.number.value < _FEW
        return word.form in ("participle", "active", "state") and anyone and few and self._by_police(p, word)

    def _ellipsis(self, p: Counted) -> bool:
        """ "Six gunmen were killed and | 12 | were wounded": of the same."""
        before = [q for q in self.main if q.last <= p.first and q is not p]
        if not before or p.number.another or p.last != p.number.end or (p.number.value or 0) < 2:
            return False
        q = before[-1]
        between = self.lows[q.last : p.number.start]
        told = any(w in BE or is_fate(w) for w in between)
        return (
            q.head is not None
            and q.head.role == "perpetrator"
            and not q.friendly(self.lows)
            and told
            and between[-1] == "and"
            and len(between) < _ELLIPSIS
        )

    def _apposed(self, p: Counted, word: FateWord) -> bool:
        """ "The attacker, Oleg Varin, a guard from Perm, was shot dead": who he was stands between."""
        lows = self.lows
        named = lows[:1] == ["the"] and lows[2:3] == [","] and lows[1] in word_set("attacker")
        return (
            named
            and p.number.value == 1
            and word.form == "participle"
            and lows[word.start - 2 : word.start] == [",", "was"]
        )

    def add_all(self, phrases: list[Counted], word: FateWord) -> None:
        """Add phrases, and what is told beside them as a part or on top."""
        if not phrases:
            return
        ordered = sorted(phrases, key=lambda p: p.first)
        near = []
        for p in self.phrases:
            if p.attached and self.owner(p) in ordered:
                near.append(p)
        self.add(ordered, word)
        self.add(near, word)

    def one(self, word: FateWord, first: int, last: int, value: int = 1) -> bool:
        role = self.lows[first] in ("himself", "herself", "themselves")
        inside = [p for p in self.phrases if p.first >= first and p.last <= last and p.head is not None]
        head = inside[-1].head if inside else None
        before = len(self.found)
        self.add([Counted(Number(first, first + 1, value), head, first, min(last, first + 6))], word)
        if role and len(self.found) > before:
            self.found[-1] = evolve(self.found[-1], perpetrators=True)
        return True

    def people(self, people: list[tuple[int, int]], word: FateWord) -> None:
        """People of a list that begins with a name; some of them may be counted: "Judge Diaz and two of his guards"."""
        for first, last in people:
            self.one(word, first, last)
        end = people[-1][1]
        nxt = next((p for p in self.main if p.first >= end), None)
        if nxt is None or not 1 < (nxt.number.value or 0) < 200 or not joined(self.lows[end : nxt.first]):
            return
        if "and" in self.lows[end : nxt.first] or self.lows[nxt.first] != "the":
            self.add_all(self.series(nxt), word)

    def _by_police(self, p: Counted, word: FateWord) -> bool:
        """ "Shot dead by police", "police killed the man": those whom the police kill are the attackers."""
        lows = self.lows
        if p.last <= word.start:
            if word.form == "state":  # "officers shot the man dead"
                before = set(lows[max(0, p.first - 5) : p.first])
                return lows[p.first] == "the" and "shot" in before and bool(wordset("police") & before)
            return lows[word.end : word.end + 1] == ["by"] and bool(
                wordset("police") & set(lows[word.end + 1 : word.end + 5])
            )
        if lows[p.first] not in ("him", "her", "the"):
            return False
        return bool(wordset("police") & set(lows[max(0, word.start - 4) : word.start]))


def _too(lows: list[str], end: int) -> bool:
    """ "A policeman was killed too", "... were hurt as well"."""
    after = lows[end : end + 3]
    return after[:1] == ["too"] or (after[:2] == ["as", "well"] and after[2:] != ["as"])
