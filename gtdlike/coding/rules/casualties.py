"""Who was killed and wounded: people, counted or named, tied to the word that tells what became of them."""

from __future__ import annotations

from attrs import evolve, frozen

from gtdlike.coding.rules.counted import BE, Counted, counted, joined
from gtdlike.coding.rules.fates import Fate, FateWord, fate_words, is_fate
from gtdlike.coding.rules.numbers import Number
from gtdlike.coding.rules.periods import counts_a_period
from gtdlike.coding.rules.persons import given_names, is_person, one_subject, persons_before, persons_from
from gtdlike.coding.rules.prose import Sentence
from gtdlike.coding.rules.shared import linked_attacks, shared_with
from gtdlike.coding.rules.unhurt import none_told

_ADVERBS = frozenset(
    "also reportedly seriously critically slightly severely badly fatally either allegedly instantly later only both still all apparently "
    "subsequently then immediately brutally already lightly gravely deliberately confirmed believed feared "
    "feared left being subsequently".split()
)  # fmt: skip
_LINKS = frozenset("and or then later shot".split())
_CUT = frozenset(
    "; . : when after while before because although as if since but exploded detonated said reported told".split()
)
_UNREAL = frozenset("would could may might will should to must can cannot threatened".split())
_NOT = frozenset("not n't never nor neither".split())
_POLICE = frozenset(
    "police policemen officers officer troops soldiers guards guard forces army military commandos marines marksmen snipers".split()
)
_TAKES = frozenset("took take taking taken takes seized seizing held holding holds hold kept keeping".split())
_LOSES = frozenset("claimed claims claiming cost costs costing took taken taking take lost losing loss".split())
_PRENOMINAL = frozenset("recently the a brutally late slain his her of".split())
_DEATHS = frozenset("death murder assassination killing slaying execution".split())
_SUM = frozenset("to at reached reaches reaching passed passes is was of hit topped exceeded exceeds surpassed".split())


@frozen(slots=True)
class Toll:
    """A number of people and their fate, as one phrase tells it. `value` None: some, but not how many."""

    fate: Fate
    value: int | None
    perpetrators: bool
    general: bool
    """The phrase counts people as such ("39 people"), not one kind of them ("two soldiers")."""
    another: bool
    us: bool
    first: int
    last: int
    verb: int
    total: bool = False
    """A stated sum ("the death toll rose to 143")."""
    part: bool = False
    """Already counted in another phrase ("including the bomber")."""
    shared: bool = False
    """Told for several linked attacks together ("across both attacks")."""
    back: bool = False
    """As many as were kidnapped ("the hostages were killed")."""
    linked: int | None = None
    """How many attacks it is shared by, where that is told beside it."""
    also: bool = False
    """On top of what was told before ("were also killed", "another five")."""
    possessive: bool = False
    """Told only in passing ("his death", "the senator's murder")."""
    noun: bool = False
    """Told by a noun ("the murder of the judge"), which often recalls what a verb tells too."""


def tolls(sentence: Sentence) -> list[Toll]:
    """All that a sentence tells of the number of killed, wounded, kidnapped and captured."""
    found = [Toll(n.fate, 0, False, True, False, False, n.first, n.last, n.first) for n in none_told(sentence)]
    words = fate_words(sentence)
    if words:
        found += _Reader(sentence, words).read()
    return [t for t in found if not counts_a_period(sentence, t.verb, t.value)]


_GENERAL = ("people", "person", "persons", "victim*", "others", "individual*")


class _Reader:
    """Reads the tolls of one sentence; each counted phrase is used once for each fate."""

    def __init__(self, sentence: Sentence, words: list[FateWord]) -> None:
        self.sentence = sentence
        self.lows = sentence.lows
        self.words = words
        self.phrases = counted(sentence)
        self.main = [p for p in self.phrases if not p.attached]
        self.used: set[tuple[int, Fate]] = set()
        self.found: list[Toll] = []

    def read(self) -> list[Toll]:
        for word in self.words:
            if word.fate is None:
                continue
            match word.form:
                case "participle":
                    self._participle(word)
                case "active":
                    self._object(word)
                case "infinitive":
                    if set(self.lows[max(0, word.start - 3) : word.start]) & {"managed", "able"} or self.lows[
                        word.start - 1
                    ] in ("and", "then"):
                        self._object(evolve(word, form="active"), near=True)
                case "fatal" | "state":
                    self._subject(word)
                case "noun":
                    self._noun(word)
                case "toll":
                    self._sum(word)
                case "lives":
                    self._lives(word)
                case "bodies":
                    self._bodies(word)
                case "hostages":
                    self._hostages(word)
        linked = linked_attacks(self.sentence)
        return [
            evolve(t, shared=True, linked=link.count, value=None if link.count == 0 else t.value)
            if (link := shared_with(self.sentence, linked, t.verb))
            else t
            for t in self.found
            if not (t.noun and _motive(self.lows, t.verb)) and not _ordinal(self.lows, t)
        ]

    def _add(self, phrases: list[Counted], word: FateWord, *, total: bool = False, zero: bool = False) -> None:
        assert word.fate is not None
        also = "also" in self.lows[max(0, word.start - 3) : word.end + 1]
        for p in phrases:
            if (p.first, word.fate) in self.used:
                continue
            self.used.add((p.first, word.fate))
            general = p.head is None or p.head.row["phrase"] in _GENERAL
            perpetrators = p.head is not None and p.head.role == "perpetrator" and not p.friendly(self.lows)
            if (
                word.form in ("participle", "active")
                and not perpetrators
                and _vague(p, general)
                and self._by_police(p, word)
            ):
                perpetrators = True
            self.found.append(Toll(
                word.fate, 0 if zero else p.number.value, perpetrators, general, p.number.another or p.plus or (also and not p.part),
                p.has(self.lows, _AMERICAN), p.first, p.last, word.start, total, p.part, also=p.plus or (also and not p.part), noun=word.form in ("noun", "bodies"),
            ))  # fmt: skip

    def _with_attached(self, phrases: list[Counted], word: FateWord) -> None:
        """Add phrases, and what is told beside them as a part or on top."""
        if not phrases:
            return
        ordered = sorted(phrases, key=lambda p: p.first)
        near = []
        for p in self.phrases:
            if p.attached and self._owner(p) in ordered:
                near.append(p)
        self._add(ordered, word)
        self._add(near, word)

    def _owner(self, p: Counted) -> Counted | None:
        """The number beside which a part or an addition is told: the one before it, else the one after it."""
        before = [q for q in self.main if q.last <= p.first]
        after = [q for q in self.main if q.first >= p.last]
        return before[-1] if before else after[0] if after else None

    def _predicate(self, word: FateWord) -> int:
        """Where the predicate that ends in this word begins: "were seriously | wounded", "were kidnapped and later | killed"."""
        lows, i = self.lows, word.start
        while i > 0:
            w = lows[i - 1]
            if w in BE or w in _ADVERBS or w in _UNREAL or w in _NOT:
                i -= 1
            elif w in _LINKS and i > 1 and (is_fate(lows[i - 2]) or lows[i - 2] in _ADVERBS or lows[i - 2] in BE):
                i -= 1
            elif is_fate(w) and i < word.start and (lows[i] in _LINKS or lows[i] in _ADVERBS):
                i -= 1
            else:
                break
        return i

    def _participle(self, word: FateWord) -> None:
        start = self._predicate(word)
        passive = any(w in BE - {"has", "have", "had"} for w in self.lows[start : word.start])
        if not passive and self._object(word, near=True):
            return
        self._subject(word, start)

    def _object(self, word: FateWord, near: bool = False) -> bool:
        """What follows the verb: "killed 11 soldiers", "killing the driver and three others", "murdered Judge Diaz"."""
        lows, at = self.lows, word.end
        if set(lows[max(0, word.start - 2) : word.start]) & _UNREAL and not near:
            return False
        while at < len(lows) and lows[at] in _ADVERBS:
            at += 1
        if at >= len(lows):
            return False
        if word.form == "participle" and lows[max(0, word.start - 1)] in _PRENOMINAL:
            return True  # "the recently murdered senator"
        if lows[at] in ("him", "her", "himself", "herself", "themselves"):
            self._one(word, at, at + 1)
            gap = lows[at + 1 : at + 3]
            nxt = next((p for p in self.main if p.first > at), None)
            if nxt is not None and gap and gap[0] in (",", "and") and nxt.first <= at + 3:
                self._with_attached(self._series(nxt), word)
            return True
        reach = 0 if near else 4
        nxt = next((p for p in self.main if p.first >= at), None)
        if (
            nxt is not None
            and (nxt.first - at <= reach or (near and nxt.first - at <= 1))
            and not any(w in _CUT or w in ("and", "in", "by", "on", ",") for w in lows[at : nxt.first])
        ):
            listed = self._series(nxt)
            self._with_attached(listed, word)
            self._names_after(word, listed[-1].last)
            return True
        people = persons_from(self.sentence, at)
        if people and people[0][0] <= at + 1 and lows[at] not in (",", "and", ";"):
            self._people(people, word)
            return True
        return False

    def _people(self, people: list[tuple[int, int]], word: FateWord) -> None:
        """People of a list that begins with a name; some of them may be counted: "Judge Diaz and two of his guards"."""
        for first, last in people:
            self._one(word, first, last)
        end = people[-1][1]
        nxt = next((p for p in self.main if p.first >= end), None)
        if nxt is None or not 1 < (nxt.number.value or 0) < 200 or not joined(self.lows[end : nxt.first]):
            return
        if "and" in self.lows[end : nxt.first] or self.lows[nxt.first] != "the":
            self._with_attached(self._series(nxt), word)

    def _names_after(self, word: FateWord, end: int) -> None:
        """ "killing two guards and Judge Diaz": a name that goes on with a list of counted people."""
        if self.lows[end : end + 1] == ["and"]:
            people = persons_from(self.sentence, end + 1)
            if people and people[0][0] == end + 1 and any(w in given_names() for w in self.lows[slice(*people[0])]):
                self._one(word, *people[0])

    def _one(self, word: FateWord, first: int, last: int, value: int = 1) -> bool:
        role = self.lows[first] in ("himself", "herself", "themselves")
        inside = [p for p in self.phrases if p.first >= first and p.last <= last and p.head is not None]
        head = inside[-1].head if inside else None
        before = len(self.found)
        self._add([Counted(Number(first, first + 1, value), head, first, min(last, first + 6))], word)
        if role and len(self.found) > before:
            self.found[-1] = evolve(self.found[-1], perpetrators=True)
        return True

    def _subject(self, word: FateWord, start: int | None = None) -> None:
        lows = self.lows
        start = self._predicate(word) if start is None else start
        verbs = lows[start : word.start]
        if set(verbs) & _UNREAL and not set(verbs) & {"has", "have"}:
            return
        zero = bool(set(verbs) & _NOT) or "neither" in lows[max(0, start - 10) : start]
        one = any(w in ("was", "is", "has") for w in verbs)
        many = any(w in ("were", "are", "have") for w in verbs)
        phrases = self._left(start, 5 if word.form == "state" else 14)
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
                people = persons_before(self.sentence, start)
                if len(people) > 1:
                    for first, last in people:
                        self._one(word, first, last)
                    return
            if zero:
                self._add(phrases, word, zero=True)
            else:
                self._with_attached(phrases, word)
            return
        if word.form == "state" and not one:
            if lows[start - 1 : start] in (["him"], ["her"]) and "shot" in lows[max(0, start - 4) : start]:
                self._one(word, start - 1, start)
                before = set(lows[max(0, start - 9) : start])
                if before & _POLICE or "they" in before:
                    self.found[-1] = evolve(self.found[-1], perpetrators=True)
            return
        people = persons_before(self.sentence, start)
        if many and len(people) > 1 and people[-1][1] >= start - 1:
            for first, last in people:
                self._one(word, first, last, 0 if zero else 1)
        elif one and word.fate != "captured" and lows[word.start] != "seized":
            run = one_subject(self.sentence, start)
            if run is not None:
                self._one(word, *run, 0 if zero else 1)
                if lows[start - 1] == "who" and self.found and "," not in lows[max(0, start - 2) : start]:
                    self.found[-1] = evolve(self.found[-1], possessive=True)
        elif (
            many
            and lows[start - 1 : start]
            and lows[start - 1] in ("they", "hostages", "captives", "both", "all", "victims")
        ):
            self._back(word, start)
        elif word.form == "fatal" and not many and start > 0:
            if (
                lows[start - 1] == ","
                and (runs := persons_before(self.sentence, start))
                and runs[-1][1] < start - 1
                and len(runs) == 1
            ):
                self._one(word, *runs[0])
            elif lows[start - 1] == "and" and _struck(lows, start):
                self._one(word, start - 1, start)
            elif lows[start - 1] in ("he", "she", "who") or (
                people and people[-1][1] == start and is_person(self.sentence, *people[-1])
            ):
                self._one(word, start - 1, start)

    def _back(self, word: FateWord, start: int) -> None:
        """ "The hostages were killed": as many as were told before to have been taken."""
        assert word.fate is not None
        if word.fate == "killed":
            self.found.append(
                Toll(word.fate, None, False, False, False, False, start - 1, start, word.start, back=True)
            )

    def _left(self, start: int, reach: int) -> list[Counted]:
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
        if len(gap) > reach or any(w in _CUT or is_fate(w) for w in gap):
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
            if p.last <= found[-1].first and joined(lows[p.last : found[-1].first]):
                found.append(p)
            else:
                break
        return found

    def _series(self, first: Counted) -> list[Counted]:
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

    def _noun(self, word: FateWord) -> None:
        """ "The murder of Senator X", "the deaths of six soldiers", "45 deaths"."""
        lows, at = self.lows, word.end
        if lows[at : at + 1] in (["of"], ["to"]) and (lows[at] == "of" or lows[word.start] in ("injuries", "injury")):
            nxt = next((p for p in self.main if p.first > at), None)
            people = persons_from(self.sentence, at + 1)
            if nxt is not None and nxt.first <= at + 3 and not (people and people[0][0] < nxt.first):
                listed = self._series(nxt)
                self._with_attached(listed, word)
                if lows[listed[-1].last : listed[-1].last + 2] == ["and", "of"]:
                    more = next((p for p in self.main if p.first == listed[-1].last + 2), None)
                    self._add([more] if more else [], word)
            elif people and people[0][0] <= at + 6 and (lows[word.start] != "massacre" or len(people) > 1):
                self._people(people, word)
            return
        if (
            at <= len(lows)
            and word.start
            and lows[word.start - 1] in ("'s", "his", "her", "'")
            and word.fate == "killed"
            and lows[word.start] in _DEATHS
        ):
            self._one(word, max(0, word.start - 2), word.start)
            if self.found:
                self.found[-1] = evolve(self.found[-1], possessive=True, perpetrators=False)
            return
        number = next((p for p in self.main if word.start - 1 <= p.last <= word.start and p.head is None), None)
        if number is not None and lows[word.start] not in ("murder", "massacre", "execution", "assassination", "death"):
            self._add([number], word)

    def _sum(self, word: FateWord) -> None:
        """ "The death toll of the attack rose to 143", "the number of dead has climbed to 91"."""
        lows = self.lows
        for p in self.phrases:
            if p.first < word.end or p.first - word.end > 22 or p.number.value is None:
                continue
            lead = lows[max(0, p.first - 1)]
            if any(w in (";", ".") for w in lows[word.end : p.first]):
                return
            if (lead in _SUM or "to" in lows[p.first : p.number.end]) and (
                p.head is None
                or p.head.row["phrase"] in _GENERAL
                or lows[p.last : p.last + 1] in (["dead"], ["killed"])
            ):
                if lead == "of" and p.first - word.end > 2:
                    continue
                if {"first", "initially", "originally", "earlier"} & set(lows[max(0, word.start - 6) : p.last]):
                    return  # "had at first put the toll at 103"
                self._add([p], word, total=True)
                return

    def _lives(self, word: FateWord) -> None:
        lows = self.lows
        if not set(lows[max(0, word.start - 8) : word.start]) & _LOSES:
            return
        if lows[word.end : word.end + 1] == ["of"]:
            nxt = next((p for p in self.main if word.end < p.first <= word.end + 3), None)
            if nxt is not None:
                self._with_attached(self._series(nxt), word)
            else:
                for first, last in persons_from(self.sentence, word.end + 1):
                    self._one(word, first, last)
            return
        self._add([p for p in self.main if word.start - 2 <= p.last <= word.start and p.head is None][-1:], word)

    def _bodies(self, word: FateWord) -> None:
        """ "28 bodies were found", "the bodies of six priests"."""
        lows = self.lows
        if not {"found", "recovered", "discovered", "pulled", "dumped", "retrieved", "counted", "taken"} & set(
            lows[max(0, word.start - 6) : word.end + 14]
        ):
            return
        number = [
            p for p in self.main if word.start - 2 <= p.last <= word.start and p.number.value and p.number.value > 1
        ]
        if not number and lows[word.end : word.end + 1] == ["of"]:
            number = [p for p in self.main if word.end < p.first <= word.end + 3]
        self._add(number[-1:], word)

    def _hostages(self, word: FateWord) -> None:
        """ "Took 20 people hostage", "held five hostages"."""
        p = next((p for p in reversed(self.main) if p.last <= word.end and p.first < word.end), None)
        if p is None or word.start - p.last > 2 or p.number.value is None:
            return
        if set(self.lows[max(0, p.first - 8) : p.first]) & _TAKES or set(self.lows[p.last : word.end + 3]) & {
            "taken",
            "held",
        }:
            self._add([p], word)

    def _by_police(self, p: Counted, word: FateWord) -> bool:
        """ "Shot dead by police", "police killed the man": those whom the police kill are the attackers."""
        lows = self.lows
        if p.last <= word.start:
            return lows[word.end : word.end + 1] == ["by"] and bool(_POLICE & set(lows[word.end + 1 : word.end + 5]))
        if lows[p.first] not in ("him", "her", "the"):
            return False
        return bool(_POLICE & set(lows[max(0, word.start - 4) : word.start]))


def _struck(lows: list[str], end: int) -> bool:
    """ "He was shot six times | and died"."""
    for i in range(end - 1, max(0, end - 16), -1):
        if lows[i] in (";", ".", ",") and i < end - 2:
            return False
        if lows[i] == "was" and any(
            is_fate(w) or w in ("shot", "stabbed", "hit", "attacked", "beaten") for w in lows[i + 1 : i + 4]
        ):
            return True
    return False


def _vague(p: Counted, general: bool) -> bool:
    return (
        (p.head is None or general or p.head.row["phrase"] in ("man", "men", "woman", "suspected", "individual*"))
        and p.number.value is not None
        and p.number.value < 20
    )


_AMERICAN = frozenset("american americans u.s. us".split())
_MOTIVES = frozenset(
    "response retaliation revenge avenge avenging vengeance reprisal inspired protest anniversary memory commemorate commemorating retaliate".split()
)


def _motive(lows: list[str], at: int) -> bool:
    """ "In revenge for the killing of ...": a death that is the reason for the attack, not its outcome."""
    return bool(_MOTIVES & set(lows[max(0, at - 7) : at]))


_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth latest".split())


def _ordinal(lows: list[str], t: Toll) -> bool:
    """ "The third mayor who has been killed": counts what happened elsewhere, and tells nobody who died here."""
    return t.value == 1 and bool(_ORDINALS & set(lows[t.first : t.first + 3]))
