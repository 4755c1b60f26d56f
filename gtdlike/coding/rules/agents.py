"""Who did it, by grammar: the subject of an active verb, or what stands after "by"."""

from __future__ import annotations

from gtdlike.coding.rules.lexicon import word_set
from gtdlike.coding.rules.people import Entity, disguise
from gtdlike.coding.rules.place_lexicon import country_names
from gtdlike.coding.rules.realis import contexts
from gtdlike.coding.rules.trigger import Trigger, start_of_clause

_BY_GAP = 5
_FRONT = frozenset(("after", "when", "before", "and", "as", "that", ",", ".", ";", "while", "because", "since"))


def _passive(lows: list[str], t: Trigger) -> bool:
    return any(w in ("was", "were", "been", "being", "be", "is", "are") for w in lows[max(0, t.first - 3) : t.last])


def _governed(lows: list[str], i: int) -> bool:
    """Does a preposition stand before the noun phrase that begins at `i`?"""
    before = lows[max(0, i - 2) : i]
    return bool(before) and (
        before[-1] in word_set("governing") or (before[-1] in ("the", "a", "an") and before[0] in word_set("governing"))
    )


def _of_another(lows: list[str], t: Trigger, by: int) -> bool:
    """ "A bomb exploded at a post manned | by soldiers": who manned it, and not who attacked."""
    verb = lows[by - 1]
    own = by - 1 <= t.last - (not t.noun) or lows[by - 2] in ("and", "or", ",")
    return not own and verb.endswith(("ed", "en", "un")) and verb not in word_set("attack verb")


def _begins_clause(lows: list[str], i: int) -> bool:
    """ "(Hurt in the attack and) | the attacker was shot": a new subject with a verb of its own."""
    return lows[i : i + 1] != [] and any(w in ("was", "were") for w in lows[i + 1 : i + 5])


def _who(lows: list[str], comma: int) -> int:
    """Where the clause begins with ", who" that ends with the comma; 0 where there is none."""
    who = next((j for j in range(comma - 1, max(0, comma - 20), -1) if lows[j] in ("who", "which")), 0)
    return who if who and lows[who - 1] == "," else 0


def _is_country(lows: list[str], i: int) -> bool:
    """Is word `i` the name of a country that is the subject, and not where something was done ("in Iraq killed")?"""
    hit = country_names().at(lows, i)
    named = hit is not None and hit.end == i + 1 and hit.value.country is not None and not hit.value.people
    return named and (i == 0 or lows[i - 1] in _FRONT)


def find_agent(lows: list[str], people: list[Entity], t: Trigger) -> None:
    """Who did it: the subject of an active verb, or what stands after "by"."""
    if (
        t.kind in ("bombing", "suicide bombing")
        and not t.noun
        and lows[t.first] in ("exploded", "explode", "went", "detonated")
    ):
        passive = True
    else:
        passive = (
            t.noun
            or _passive(lows, t)
            or (
                t.first > 0
                and lows[t.first - 1] in (",", "(")
                and not lows[t.first].endswith("ing")
                and not _who(lows, t.first - 1)
            )
        )
    agent: Entity | None = None
    for i in range(t.last, min(len(lows), t.last + 8)):
        if lows[i] == "by" and passive and _of_another(lows, t, i):
            break
        if lows[i] == "by" and passive:
            agent = next((e for e in people if i < e.last and e.first <= i + _BY_GAP), None)
            by = contexts()["before"].find(lows[i + 1 : i + 1 + _BY_GAP])
            if t.barred is None and (agent is None or not agent.role) and any(h.value["class"] == "state" for h in by):
                t.barred = "state"  # "killed by an American drone"
            break
        if lows[i] in word_set("clause end") or (t.noun and lows[i] == "and" and _begins_clause(lows, i + 1)):
            break
    if agent is None and not passive:
        start = start_of_clause(lows, t.first, 14)
        subjects = [e for e in people if start <= e.first and e.last <= t.first]
        # "Fighters in army uniforms": what follows a preposition is not the subject.
        heads = [e for e in subjects if not _governed(lows, e.first) and "as" not in lows[max(0, e.first - 1) : e.own]]
        agent = (heads or subjects)[-1] if subjects else None
        if lows[t.first - 1 : t.first] == ["then"] and lows[t.first - 2 : t.first - 1] in ([","], ["and"]):
            # "A gunman killed a guard who stood there, then burst in": the subject goes on.
            agent = next((e for e in people if e.last <= t.first and e.role), agent)
        if agent is None and lows[start - 1 : start] == [","]:
            # "The rebels, who say that they fight for the poor, killed six": the subject is what "who" speaks of.
            who = _who(lows, start - 1)
            if who:
                agent = next((e for e in people if who - 3 <= e.last <= who - 1), None)
        if agent is None and t.first > start and lows[start] in ("they", "he", "she"):
            t.agent = None
            return  # who "they" are, another clause tells
        if agent is None and lows[t.first].endswith("ing") and lows[t.first - 1 : t.first] == [","]:
            # "Troops repelled the assault, killing six": the subject is that of the main clause.
            agent = next((e for e in people if e.last <= t.first and e.role), None)
        if agent is None:
            earlier = [e for e in people if e.last <= t.first and t.first - e.last <= 14 and e.role]
            agent = (
                earlier[-1]
                if earlier and not any(w in word_set("clause end") for w in lows[earlier[-1].last : t.first])
                else None
            )
    if (
        (agent is None or not agent.role)
        and not passive
        and t.barred is None
        and t.kind in ("attack", "assault", "killing", "bombing")
    ):
        start = start_of_clause(lows, t.first, 7)
        hits = contexts()["before"].find(lows[start : t.first])
        if any(h.value["class"] == "state" and not disguise(lows, start + h.start) for h in hits):
            t.barred = "state"
    if agent is None and not passive and t.barred is None and t.first and _is_country(lows, t.first - 1):
        t.barred = "state"  # "Iran fired missiles at two bases"
    t.agent = agent
    own_side = word_set("own side") & set(lows[t.last : t.last + 7])  # "a soldier shot two of his comrades"
    if agent is not None and agent.role == "state" and t.barred is None and not own_side:
        t.barred = "state"
