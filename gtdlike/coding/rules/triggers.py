"""Words that tell of an attack, and whether the sentence says that it took place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from attrs import define, field

from gtdlike.coding.rules.lexicon import Hit, Phrases, phrase_words, phrases, rows
from gtdlike.coding.rules.people import Entity
from gtdlike.coding.rules.prose import Sentence

_CLAUSE = frozenset(", ; : -- – — . after before when while but which who that because as until".split())
_HARD = frozenset("; : -- – — . but".split())
_BY_GAP = 5


@define(slots=True)
class Trigger:
    """A word that tells of violence: words `first` to `last` (exclusive), its kind, and how it is told."""

    first: int
    last: int
    kind: str
    noun: bool
    weak: bool
    row: Mapping[str, str]
    plural: bool = False
    definite: bool = False
    indefinite: bool = False
    barred: str | None = None
    """Why this is no event: plan, negation, state, accident, drill, period, fiction, clash, generic."""
    attempt: bool = False
    legal: bool = False
    generic: bool = False
    agent: Entity | None = field(default=None)


@cache
def _contexts() -> dict[str, Phrases[Mapping[str, str]]]:
    sides = ("before", "after", "any")
    return {s: Phrases((phrase_words(r["phrase"]), r) for r in rows("contexts") if r["side"] == s) for s in sides}


def find_triggers(sentence: Sentence, people: list[Entity], names: list[tuple[int, int]]) -> list[Trigger]:
    """The triggers of a sentence. `names` are word runs that belong to names of groups."""
    lows = sentence.lows
    taken = {i for a, b in names for i in range(a, b)}
    everywhere = {hit.value["class"] for hit in _contexts()["any"].find(lows)}
    if everywhere & {"period"} and any(w in ("killed", "explosion", "bomb", "exploded") for w in lows) and "total" not in lows:
        pass
    found: list[Trigger] = []
    for hit in phrases("triggers").find(lows):
        if any(i in taken for i in range(hit.start, hit.end)):
            continue
        found.append(_judge(sentence, people, hit, everywhere))
    found += _actions(sentence, people, found, everywhere, taken)
    found.sort(key=lambda t: t.first)
    planned = next((t.first for t in found if t.barred == "plan"), None)
    for t in found:
        # "They planned to attack X; those who were to carry out the attack were caught": it is the planned one.
        if planned is not None and t.first > planned and t.noun and (t.definite or t.plural) and t.barred is None:
            t.barred = "plan"
    # "Attacks targeting tourists": the participle tells no attack of its own.
    found = [t for t in found if not (lows[t.first] in ("targeting", "targeted") and any(0 <= t.first - o.last <= 1 and o.noun for o in found))]
    battle = any(t.kind in ("clash", "state") and not t.definite for t in found)
    for t in found:
        if battle and t.barred is None and t.kind in ("killing", "assault", "attack", "massacre", "facility") and not t.attempt:
            # The dead of a battle or an air raid are not those of an attack, unless the attack has a clause of its own.
            near = min((abs(o.first - t.first) for o in found if o.kind in ("clash", "state")), default=99)
            cut = any(w in ("after", "when", "while", ";") for w in lows[min(t.first, *(o.first for o in found if o.kind in ("clash", "state"))) : max(t.first, *(o.first for o in found if o.kind in ("clash", "state")))])
            if (t.kind == "killing" and near < 25) or (near < 8 and not cut):
                t.barred = "clash"
    return found


def _judge(s: Sentence, people: list[Entity], hit: Hit[Mapping[str, str]], everywhere: set[str]) -> Trigger:
    lows, row = s.lows, hit.value
    noun = row["form"] == "noun"
    t = Trigger(hit.start, hit.end, row["kind"], noun, row["strength"] == "weak", row)
    if row["strength"] == "none":
        t.barred = row["kind"]
        # "in the ensuing clash": the fight is part of the attack that was told before.
        t.definite = bool({"ensuing", "subsequent", "resulting", "following", "this"} & set(lows[max(0, hit.start - 3) : hit.start])) or lows[hit.start - 1 : hit.start] == ["the"]
        return t
    if row["form"] == "base" and _spoken(lows, hit.start):
        t.barred = "speech"
    head = lows[hit.end - 1]
    before = lows[hit.start - 1] if hit.start else ""
    if noun:
        t.plural = head.endswith("s") and not head.endswith("ss") and row["phrase"] not in ("gunshots",)
        window = lows[max(0, hit.start - 4) : hit.start]
        t.definite = any(w in ("the", "this", "that", "'s") for w in window)
        t.indefinite = any(w in ("a", "an", "another", "one") for w in window[-3:])
    elif before in ("to",) and head.endswith("ed"):
        t.noun = False
    if noun and head in ("raid", "raids", "operation") and _POLICE & set(lows) and "by" not in lows[hit.end : hit.end + 3]:
        t.barred = "state"
    for scope in ("accident", "drill", "fiction"):
        if scope in everywhere:
            t.barred = scope
    if "period" in everywhere and (t.plural or t.kind == "killing"):
        t.barred = "period"
    _before(lows, t)
    _after(lows, t)
    _agent(s, people, t)
    return t


_REACH = {"release": 5, "launch": 7, "plant": 6, "defuse": 14, "discover": 9}
_WEAPON_KINDS = {"6": "bombing", "8": "facility", "2": "chemical", "12": "chemical", "1": "chemical"}
_SEARCHED = frozenset("cache seized seizure raid raided arsenal confiscated warehouse stockpile hideout laboratory".split())


def _actions(s: Sentence, people: list[Entity], found: list[Trigger], everywhere: set[str], taken: set[int]) -> list[Trigger]:
    """Verbs that are an attack only with a weapon beside them: "threw a petrol bomb", "a bomb was found and defused"."""
    lows = s.lows
    weapons = [w for w in phrases("weapons").find(lows) if w.value["weaptype"] in _WEAPON_KINDS]
    more: list[Trigger] = []
    for hit in phrases("actions").find(lows):
        same = next((t for t in found if t.first <= hit.start < t.last), None)
        if hit.start in taken or (same is not None and lows[hit.start] not in ("fired", "firing")):
            continue
        action = hit.value["action"]
        reach = _REACH[action]
        after = [w for w in weapons if 0 <= w.start - hit.end <= reach]
        before = [w for w in weapons if 0 <= hit.start - w.end <= reach]
        if action in ("launch", "plant", "release"):
            passive = any(x in ("was", "were", "been") for x in lows[max(0, hit.start - 2) : hit.start])
            near = before[-1:] if passive or (before and hit.start == before[-1].end) else after[:1]
            if lows[hit.start] in ("fired", "firing", "fire") and near and near[0].start >= hit.end:
                gap = lows[hit.end : near[0].start]
                if len(gap) > 4 or {",", "and", "at", "from", "on", "into"} & set(gap):
                    near = []  # "fired from a rifle and threw grenades"
            if action == "release":
                near = [w for w in near if w.value["weaptype"] == "2"]
            if action == "plant" and lows[hit.start] in ("arrived", "sent", "received", "mailed", "left"):
                near = [w for w in (before[-1:] + after[:1]) if w.value["weaptype"] in ("2", "12", "1") or lows[hit.start] in ("sent", "mailed")][:1]
        else:
            near = before[-1:] or after[:1]
            if _SEARCHED & set(lows):
                continue
        if not near or "self" in lows[hit.start]:
            continue
        kind = _WEAPON_KINDS[near[0].value["weaptype"]]
        row = {"phrase": hit.value["phrase"], "kind": kind, "form": "verb", "strength": "strong", "weaptype": near[0].value["weaptype"], "weapsubtype": near[0].value["weapsubtype"]}
        t = _judge(s, people, Hit(hit.start, hit.end, row), everywhere)
        if action in ("defuse", "discover"):
            t.attempt = True
            if t.barred in ("state", "negation"):
                t.barred = None
        if same is not None:
            if kind != "bombing":
                continue
            found.remove(same)
        more.append(t)
    return more


def _start_of_clause(lows: list[str], i: int, reach: int) -> int:
    """Where the clause begins that holds word `i`, at most `reach` words back."""
    j = i
    while j > 0 and i - j < reach and lows[j - 1] not in _CLAUSE:
        j -= 1
    return j


def _spoken(lows: list[str], i: int) -> bool:
    """A base form tells an event only as a headline does ("Gunmen kill 5"); in speech it urges or threatens."""
    before = lows[i - 1] if i else ""
    return i == 0 or before in ("we", "you", "they", "i", "and", "or", '"', "'", ":", ",", ".", "not", "who", "that", "them", "can", "us", ";", "must")


_POLICE = frozenset("arrested captured detained arrest police officers troops soldiers authorities suspects seized raided commandos".split())


def _before(lows: list[str], t: Trigger) -> None:
    start = _start_of_clause(lows, t.first, 9)
    # A modal or a plan reaches over "that" and "which" no further than its own clause.
    for hit in _contexts()["before"].find(lows[start : t.first]):
        distance = t.first - (start + hit.end)
        if distance > int(hit.value["reach"]):
            continue
        match hit.value["class"]:
            case "plan":
                word = lows[start + hit.start]
                if t.barred is None and not (word == "may" and lows[start + hit.start - 1 : start + hit.start] in (["in"], ["last"], ["of"])):
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
            case "state":
                if t.noun and t.barred is None and distance <= 1:
                    t.barred = "state"
            case _:
                pass
    if lows[t.first - 1 : t.first] == ["to"] and not t.plural and not t.attempt and t.barred is None:
        t.barred = "plan"  # an infinitive tells a purpose


def _after(lows: list[str], t: Trigger) -> None:
    if not t.noun:
        return
    end = t.last
    while end < len(lows) and end - t.last < 6 and lows[end] not in _HARD and lows[end] != ",":
        end += 1
    for hit in _contexts()["after"].find(lows[t.last : end]):
        if hit.start <= int(hit.value["reach"]) and hit.start <= 2 and t.barred is None:
            t.barred = "plan"


def _passive(lows: list[str], t: Trigger) -> bool:
    return any(w in ("was", "were", "been", "being", "be", "is", "are") for w in lows[max(0, t.first - 3) : t.first])


def _governed(lows: list[str], i: int) -> bool:
    """Does a preposition stand before the noun phrase that begins at `i`?"""
    before = lows[max(0, i - 2) : i]
    return bool(before) and (before[-1] in _PREPOSITIONS or (before[-1] in ("the", "a", "an") and before[0] in _PREPOSITIONS))


_PREPOSITIONS = frozenset("in of from with at near on inside for against outside to into under wearing".split())


def _agent(s: Sentence, people: list[Entity], t: Trigger) -> None:
    """Who did it: the subject of an active verb, or what stands after "by"."""
    lows = s.lows
    if t.kind in ("bombing", "suicide bombing") and not t.noun and lows[t.first] in ("exploded", "explode", "went", "detonated"):
        passive = True
    else:
        passive = t.noun or _passive(lows, t) or (t.first > 0 and lows[t.first - 1] in (",", "(") and not lows[t.first].endswith("ing"))
    agent: Entity | None = None
    for i in range(t.last, min(len(lows), t.last + 8)):
        if lows[i] == "by" and passive:
            agent = next((e for e in people if i < e.last and e.first <= i + _BY_GAP), None)
            break
        if lows[i] in _HARD:
            break
    if agent is None and not passive:
        start = _start_of_clause(lows, t.first, 14)
        subjects = [e for e in people if start <= e.first and e.last <= t.first]
        # "Fighters in army uniforms": what follows a preposition is not the subject.
        heads = [e for e in subjects if not _governed(lows, e.first)]
        agent = (heads or subjects)[-1] if subjects else None
        if agent is None and lows[t.first].endswith("ing") and lows[t.first - 1 : t.first] == [","]:
            # "Troops repelled the assault, killing six": the subject is that of the main clause.
            agent = next((e for e in people if e.last <= t.first and e.role), None)
        if agent is None:
            earlier = [e for e in people if e.last <= t.first and t.first - e.last <= 14 and e.role]
            agent = earlier[-1] if earlier and not any(w in _HARD for w in lows[earlier[-1].last : t.first]) else None
    if agent is None and not passive and t.barred is None and t.kind in ("attack", "assault", "killing", "bombing"):
        start = _start_of_clause(lows, t.first, 7)
        if any(h.value["class"] == "state" for h in _contexts()["before"].find(lows[start : t.first])):
            t.barred = "state"
    t.agent = agent
    if agent is not None and agent.role == "state" and t.barred is None:
        t.barred = "state"
