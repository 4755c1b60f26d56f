"""Who was killed and wounded: counted noun phrases, tied to the verb that tells what became of them."""

from __future__ import annotations

from typing import Literal

from attrs import define, evolve, field, frozen

from gtdlike.coding.rules.numbers import Number, numbers
from gtdlike.coding.rules.people import Entity, count_head
from gtdlike.coding.rules.prose import Sentence

Fate = Literal["killed", "wounded", "kidnapped", "captured"]

_KILL = frozenset("killed killing kills kill dead died dies dying murdered murdering slain massacred massacring executed executing beheaded assassinated slaughtered perished deaths death fatalities lives slaying gunned stabbed shot".split())
_WOUND = frozenset("wounded wounding wounds injured injuring injures injure hurt hurting maimed injuries hospitalized hospitalised".split())
_TAKE = frozenset("kidnapped kidnaped abducted kidnapping abducting kidnaping seized hostage hostages captive kidnap abduct".split())
_CATCH = frozenset("arrested detained captured apprehended".split())
_BE = frozenset("was were been being is are be got get left found feared reported confirmed believed".split())
_ACTIVE_ONLY = frozenset("killing wounding injuring kills murdering hurting massacring executing injures abducting slaying kidnapping kidnaping kidnap abduct kill".split())
_BREAK = frozenset("; . : while when after before that which who whose where because although as if since during but".split())
_FRIENDLY = frozenset("pro progovernment government regime peshmerga loyalist allied tribal".split())
_ADVERBS = frozenset("also reportedly seriously critically slightly severely badly fatally either allegedly instantly later only both still all, all apparently subsequently then".split())


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


@define(slots=True)
class _Phrase:
    number: Number
    head: Entity | None
    first: int
    last: int
    us: bool = field(default=False)
    part: bool = field(default=False)
    friendly: bool = field(default=False)


def _fate(word: str) -> Fate | None:
    if word in _KILL:
        return "killed"
    if word in _WOUND:
        return "wounded"
    if word in _TAKE:
        return "kidnapped"
    return "captured" if word in _CATCH else None


def _phrases(sentence: Sentence) -> list[_Phrase]:
    """Counted noun phrases: "at least seven people", "one soldier", "an officer", "another"."""
    lows = sentence.lows
    found: list[_Phrase] = []
    for number in numbers(sentence):
        start = number.end
        if lows[number.start - 1 : number.start] == ["no"] and lows[number.start] == "one":
            continue
        while start < len(lows) and lows[start] in ("of", "the", "other", "others", "more", "further", "additional", "its", "their", "his"):
            start += 1
        head = count_head(sentence, start)
        last = head.last if head else number.end
        if lows[number.end : number.end + 1] in (["others"], ["other"], ["more"]) and head is None:
            last = number.end + 1
        us = any(w in ("american", "americans", "u.s.", "us") for w in lows[number.end : last])
        friendly = any(w in _FRIENDLY for w in lows[number.end : last])
        found.append(_Phrase(number, head, number.start, last, us, friendly=friendly))
    taken = {i for p in found for i in range(p.first, p.last)}
    for i, word in enumerate(lows):
        if i in taken:
            continue
        if word in ("a", "an", "another", "the", "one", "his", "her", "its"):
            head = count_head(sentence, i + 1)
            if head and head.shape == "person" and head.head not in taken and _single(lows[head.head], word):
                found.append(_Phrase(Number(i, i + 1, 1, word == "another"), head, i, head.last))
                taken.update(range(i, head.last))
            elif word == "another" and i + 1 < len(lows) and (_fate(lows[i + 1]) or lows[i + 1] in _BE):
                found.append(_Phrase(Number(i, i + 1, 1, True), None, i, i + 1))
        elif word == "no" and i + 1 < len(lows):
            head = count_head(sentence, i + 1)
            if (head and head.shape == "person") or lows[i + 1] == "one":
                found.append(_Phrase(Number(i, i + 1, 0), head, i, head.last if head else i + 2))
    found += [p for p in _named(sentence) if not any(p.first < q.last and q.first < p.last for q in found)]
    found.sort(key=lambda p: p.first)
    _mark_parts(lows, found)
    return found


def _named(sentence: Sentence) -> list[_Phrase]:
    """A person by name, or a singular noun phrase of whatever kind, beside a verb of killing: one person each."""
    lows, words = sentence.lows, sentence.words
    found = []
    for v, word in enumerate(lows):
        if _fate(word) in (None, "captured") or word in ("deaths", "death", "lives", "injuries", "fatalities", "hostage", "hostages"):
            continue
        if v + 1 < len(lows) and lows[v + 1] in ("himself", "herself", "themselves"):
            found.append(_Phrase(Number(v + 1, v + 2, 1), _SELF, v + 1, v + 2))
        elif v + 1 < len(lows) and lows[v - 1 : v] not in (["was"], ["were"], ["been"], ["being"]):
            if lows[v + 1] in ("a", "an"):
                found.append(_Phrase(Number(v + 1, v + 2, 1), None, v + 1, v + 3))
            elif not all(w.text.isupper() for w in words[:8]):
                j = v + 1
                while j < len(lows) and words[j].capital and lows[j][:1].isalpha():
                    j += 1
                if j > v + 1:
                    found.append(_Phrase(Number(v + 1, v + 1, 1), None, v + 1, j))
        b = v - 1
        while b > 0 and (lows[b] in _BE or lows[b] in _ADVERBS or lows[b] in ("shot", "and", "stabbed", "abducted", "kidnapped", "had", "has", "have", "later")):
            b -= 1
        singular = b < v - 1 and any(w in ("was", "is", "been") for w in lows[b + 1 : v]) and "were" not in lows[b + 1 : v]
        if singular and words[b].capital and lows[b][:1].isalpha() and not all(w.text.isupper() for w in words[:8]):
            a = b
            while a > 0 and words[a - 1].capital and lows[a - 1][:1].isalpha() and b - a < 5:
                a -= 1
            found.append(_Phrase(Number(a, a, 1), None, a, b + 1))
    return found


_SELF = Entity(0, 0, 0, {"phrase": "himself", "shape": "person", "role": "perpetrator", "targtype": "", "targsubtype": ""})


def _mark_parts(lows: list[str], found: list[_Phrase]) -> None:
    """What follows "including" or "among them" is part of a number told beside it."""
    for i, word in enumerate(lows):
        if word not in ("including", "includes", "included", "among", "include", "them"):
            continue
        if word == "among" and lows[i + 1 : i + 2] not in (["them"], ["the"]):
            continue
        inside = [p for p in found if p.first > i]
        end = i + 1
        for p in inside:
            if p.first - end <= 3 and not any(_fate(w) or w in _BE or w in _BREAK for w in lows[end : p.first]) and (p.first == end or i + 1 == end or _joined(lows[end : p.first]) or i == 0):
                if i == 0 and p.first != i + 1:
                    break  # "Including the bomber, 31 people died": the second number is the whole
                p.part = True
                end = p.last
            else:
                break


_PLURAL = frozenset("people police men women children troops personnel families forces military army civilians".split())


def _single(head: str, article: str) -> bool:
    plural = head in _PLURAL or (head.endswith("s") and not head.endswith("ss") and head not in ("us",)) or head.endswith("men")
    return not plural


def _zero(sentence: Sentence) -> list[Toll]:
    """ "There were no casualties": none killed and none wounded."""
    lows = sentence.lows
    found = []
    for i, word in enumerate(lows):
        if word not in ("no", "without", "any", "nobody") or (word == "any" and not {"not", "no", "n't", "without"} & set(lows[max(0, i - 6) : i])):
            continue
        window = lows[i + 1 : i + 6]
        for k, w in enumerate(window):
            if w in ("casualties", "victims", "casualty"):
                found += [Toll(f, 0, False, True, False, False, i, i + 2 + k, i) for f in ("killed", "wounded")]
                break
            if w in ("injuries", "wounded", "injured", "hurt", "injury"):
                found.append(Toll("wounded", 0, False, True, False, False, i, i + 2 + k, i))
                if "deaths" in window or "fatalities" in window or "killed" in window:
                    found.append(Toll("killed", 0, False, True, False, False, i, i + 2 + k, i))
                break
            if w in ("deaths", "fatalities", "killed"):
                found.append(Toll("killed", 0, False, True, False, False, i, i + 2 + k, i))
                if "injuries" in window:
                    found.append(Toll("wounded", 0, False, True, False, False, i, i + 2 + k, i))
                break
            if w in (".", ";", "group", "claim", "immediate"):
                break
    return found


def _toll(p: _Phrase, fate: Fate, verb: int, total: bool = False) -> Toll:
    perpetrator = p.head is not None and p.head.role == "perpetrator" and not p.friendly
    general = p.head is None or p.head.row["phrase"] in ("people", "person", "persons", "victim*", "others", "individual*", "civilian*")
    return Toll(fate, p.number.value, perpetrator, general, p.number.another, p.us, p.first, p.last, verb, total, p.part)


def tolls(sentence: Sentence) -> list[Toll]:
    """All that a sentence tells of the number of killed, wounded, kidnapped and captured."""
    lows = sentence.lows
    phrases = _phrases(sentence)
    found = _zero(sentence)
    used: set[tuple[int, Fate]] = set()
    for v, word in enumerate(lows):
        fate = _fate(word)
        if fate is None:
            continue
        if fate == "kidnapped" and word in ("hostage", "hostages") and "taken" not in lows[max(0, v - 2) : v] and "took" not in lows[max(0, v - 3) : v]:
            continue
        if word in ("shot", "stabbed", "gunned") and not (v + 1 < len(lows) and lows[v + 1] in ("dead", "down", "to")):
            fate = None if word != "gunned" else fate
            if fate is None:
                continue
        if word in ("deaths", "death", "lives", "fatalities", "injuries"):
            _nominal(lows, phrases, v, fate, found, used)
            continue
        before = [p for p in phrases if p.last <= v]
        after = [p for p in phrases if p.first > v]
        be = any(w in _BE for w in lows[max(0, v - 4) : v])
        nxt = next((p for p in after if p.first - v <= 1 + (lows[v + 1] in _ADVERBS if v + 1 < len(lows) else 0)), None)
        active = word in _ACTIVE_ONLY or (not be and nxt is not None and word not in ("dead", "died", "perished"))
        if active:
            if nxt is None:  # "killing the driver and three others"
                nxt = next((p for p in after if p.first - v <= 4 and not any(w in _BREAK or w == "and" for w in lows[v + 1 : p.first])), None)
            if nxt is not None:
                for p in _series(lows, phrases, nxt):
                    if (p.first, fate) not in used:
                        used.add((p.first, fate))
                        found.append(_toll(p, fate, v))
            continue
        for p in reversed(_left_series(lows, before, v)):
            if (p.first, fate) not in used:
                used.add((p.first, fate))
                found.append(_toll(p, fate, v))
        for p in before:
            if p.part and (p.first, fate) not in used and not any(_fate(w) for w in lows[p.last : v] if w not in _PAIR):
                used.add((p.first, fate))
                found.append(_toll(p, fate, v))
    if _SHARED & set(zip(lows, lows[1:], strict=False)):
        found = [evolve(t, shared=True) for t in found]
    return found


_SHARED = {
    ("both", "attacks"), ("both", "incidents"), ("both", "blasts"), ("both", "explosions"), ("all", "attacks"), ("two", "blasts"),
    ("the", "attacks"), ("two", "attacks"), ("three", "attacks"), ("across", "all"), ("across", "both"), ("across", "the"),
    ("both", "bombings"), ("the", "incidents"), ("four", "attacks"), ("all", "of"), ("all", "three"), ("all", "four"),
}  # fmt: skip
_PAIR = frozenset("shot stabbed kidnapped abducted wounded injured captured arrested".split())


def _nominal(lows: list[str], phrases: list[_Phrase], v: int, fate: Fate, found: list[Toll], used: set[tuple[int, Fate]]) -> None:
    """ "45 lives", "the deaths of six soldiers", "the death toll rose to 143"."""
    for p in phrases:
        close = p.last <= v <= p.last + 1 and lows[v] != "death"
        of = lows[v + 1 : v + 2] == ["of"] and v + 2 <= p.first <= v + 4
        toll = "toll" in lows[v + 1 : v + 3] and v < p.first <= v + 12 and not any(w in (".", ";") for w in lows[v : p.first])
        if (close or of or toll) and (p.first, fate) not in used:
            used.add((p.first, fate))
            item = _toll(p, fate, v, total=toll)
            found.append(item)
            if of:
                for q in _series(lows, phrases, p)[1:]:
                    if (q.first, fate) not in used:
                        used.add((q.first, fate))
                        found.append(_toll(q, fate, v))
            return


def _joined(words: list[str]) -> bool:
    """Do these words between two counted phrases make them one list?"""
    return 0 < len(words) <= 2 and all(w in (",", "and", "plus", "or", "as", "well") for w in words)


def _series(lows: list[str], phrases: list[_Phrase], first: _Phrase) -> list[_Phrase]:
    """A counted phrase and those that follow it in a list: "two soldiers, a child and three others"."""
    found = [first]
    for p in phrases:
        if p.first > found[-1].first and p.first >= found[-1].last and _joined(lows[found[-1].last : p.first]):
            # "... and three others were wounded" begins a clause of its own.
            if lows[found[-1].last : p.first] == [","] and found[-1].number.start == found[-1].number.end and lows[p.first] in ("a", "an", "the"):
                continue  # "killed Malik, a lawmaker": an apposition
            after = lows[p.last : p.last + 4]
            if any(_fate(w) for w in after[:3]) and (not after or after[0] in _BE or _fate(after[0])):
                break
            found.append(p)
    return found


def _left_series(lows: list[str], before: list[_Phrase], v: int) -> list[_Phrase]:
    """The counted phrases that are the subject of the verb at `v`, from right to left."""
    parts = [p for p in before if p.part]
    before = [p for p in before if not p.part]
    if not before:
        return []
    last = before[-1]
    gap = lows[last.last : v]
    if parts and parts[-1].first >= last.last:
        gap = [",", *lows[parts[-1].last : v]] if lows[parts[-1].last] == "," else lows[parts[-1].last : v]
        gap = [w for w in gap if w != ","]
    if len(gap) > 12 or any(w in (";", ".") for w in gap):
        return []
    # A comma or a verb between subject and verb is allowed only for an apposition: "two men, both officers, were killed".
    if any(_fate(w) for w in gap) and not all(_fate(w) or w in _BE or w in _ADVERBS or w in ("and", "or", "had", "have", "has", "then") for w in gap):
        return []
    commas = gap.count(",")
    if commas and gap[0] == ",":
        # An apposition: "two men, both officers, were killed"; "Malik, an officer, was killed".
        rest = gap[len(gap) - 1 - gap[::-1].index(",") + 1 :]
        if not all(w in _BE or w in _ADVERBS or _fate(w) or w in ("had", "have", "has", "and") for w in rest):
            return []
        if commas == 1 and lows[last.first] not in ("a", "an", "the"):
            return []
    elif commas or any(w in ("when", "after", "while", "attacked", "exploded", "detonated", "fire", "attack") for w in gap):
        return []
    found = [last]
    for p in reversed(before[:-1]):
        if p.last <= found[-1].first and _joined(lows[p.last : found[-1].first]):
            found.append(p)
        elif "including" in lows[p.last : found[-1].first] or "among" in lows[p.last : found[-1].first]:
            return [p]  # "nine people, including three children, were killed"
        else:
            break
    return found


@define(slots=True)
class Count:
    """The settled number for one fate, and the tolls that it rests on."""

    total: int | None = None
    perpetrators: int | None = None
    us: int | None = None
    because: list[tuple[Sentence, Toll]] = field(factory=list)
    because_perpetrators: tuple[Sentence, Toll] | None = None


def settle(told: list[tuple[Sentence, Toll]], fate: Fate, attacks: int = 1) -> Count:
    """One count from all that an incident's sentences tell.

    Kinds of people told in one sentence add up; what a later sentence tells of the attackers comes on top; a later,
    larger sum takes the place of an earlier one; details of what was summed before do not. A number told for several
    linked attacks together is spread over their number, `attacks`.
    """
    out = Count()
    per_sentence: dict[int, list[tuple[Sentence, Toll]]] = {}
    for sentence, toll in told:
        if toll.fate == fate:
            per_sentence.setdefault(sentence.index, []).append((sentence, toll))
    victims: int | None = None
    for items in per_sentence.values():
        known = [(s, t) for s, t in items if t.value is not None]
        mine = [(s, t) for s, t in known if t.perpetrators and not t.part]
        inside = [(s, t) for s, t in known if t.perpetrators and t.part]
        theirs = [(s, t) for s, t in known if not t.perpetrators and not t.part]
        if inside and theirs and out.perpetrators is None:
            # Attackers that the total already holds.
            out.perpetrators = sum(t.value or 0 for _, t in inside)
            out.because_perpetrators = inside[0]
            theirs_value = sum(t.value or 0 for _, t in theirs)
            victims = max(0, theirs_value - out.perpetrators)
            out.because = theirs + inside
            continue
        if mine and (out.perpetrators is None or any(t.another for _, t in mine)):
            value = sum(t.value or 0 for _, t in mine)
            out.perpetrators = value + (out.perpetrators or 0)
            out.because_perpetrators = mine[0]
            out.because += mine
        if theirs:
            stated = [(s, t) for s, t in theirs if t.total]
            value = (stated[-1][1].value or 0) if stated else sum(t.value or 0 for _, t in theirs)
            if attacks > 1 and any(t.shared for _, t in theirs):
                value //= attacks
            if victims is None or stated:
                victims, out.because = value, theirs + [b for b in out.because if b[1].perpetrators]
            elif all(t.another for _, t in theirs):
                victims += value
                out.because += theirs
            elif value > victims:
                victims, out.because = value, theirs + [b for b in out.because if b[1].perpetrators]
        american = sum(t.value or 0 for _, t in theirs if t.us)
        if american:
            out.us = max(out.us or 0, american)
    if victims is not None or out.perpetrators is not None:
        out.total = (victims or 0) + (out.perpetrators or 0)
    return out
