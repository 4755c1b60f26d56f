"""May a telling stand for an incident of its own? Enough must be told, and of one attack that took place."""

from __future__ import annotations

from gtdlike.coding.rules.drafts import Telling
from gtdlike.coding.rules.lexicon import word_set
from gtdlike.coding.rules.persons import given_names
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.triggers import Trigger


def _of_someone(scene: Scene, e: Trigger) -> bool:
    """ "The murder of six priests", "the killing of Ana Ruiz", "Ruiz's murder": the victims are told."""
    words, lows = scene.sentence.words, scene.sentence.lows
    if lows[e.first - 1 : e.first] == ["'s"]:
        return not e.plural and _someones(scene, e.first - 1)
    if "of" not in lows[e.last - 1 : e.last + 1]:
        return False
    if {"its", "their"} & set(lows[e.last : e.last + 5]):
        return False  # "the killing of most of its leaders": the group's own dead
    near = [x for x in scene.people if 0 <= x.first - e.last <= 4]
    person = any(x.shape == "person" and x.role != "perpetrator" for x in near)
    at = e.last + (lows[e.last : e.last + 1] == ["of"])
    named = at + 1 < len(words) and words[at].capital and words[at + 1].capital
    return person or named


def _someones(scene: Scene, i: int) -> bool:
    """Does a person stand before word `i`, by name or by what he or she is?"""
    words, lows = scene.sentence.words, scene.sentence.lows
    if any(x.shape == "person" and x.role != "perpetrator" and 0 <= i - x.last <= 3 for x in scene.people):
        return True
    called = i > 1 and words[i - 1].capital and words[i - 2].capital
    return called and not given_names().isdisjoint(lows[max(0, i - 4) : i])


def founds(telling: Telling, first: bool = True, *, weighed: bool = False) -> bool:
    """May this telling stand for an incident of its own? A later one needs more than "the attack" to be another.

    Less is asked of it where it is `weighed` in the end whether the draft is worth an incident."""
    scene = telling.scene
    first = first or telling.other
    local = telling.place is not None and bool(telling.place.city or telling.place.location)
    if not first and telling.date is None and not local and all(e.noun and e.definite for e in telling.events):
        return False
    specific = sum((
        telling.date is not None,
        telling.chain is not None and telling.chain.local,
        any(t.value for t in telling.tolls),
        bool(scene.groups),
    ))  # fmt: skip
    return any(_enough(telling, e, specific, weighed) for e in telling.events)


def _when_someone(scene: Scene, e: Trigger) -> bool:
    """ "The chief was killed when a suicide bomber embraced him": the attacker comes with the clause behind."""
    lows = scene.sentence.lows
    return any(
        p.role == "perpetrator"
        and p.first > e.last
        and "when" in lows[e.last : p.first]
        and "the" not in lows[p.first - 1 : p.head]
        for p in scene.people
    )


def _enough(telling: Telling, e: Trigger, specific: int, weighed: bool) -> bool:
    """Does this trigger, with so many specifics around it, tell of one attack that took place?"""
    scene, lows = telling.scene, telling.scene.sentence.lows
    if specific >= 2 and telling.chain is not None and any(t.total and t.value for t in telling.tolls):
        return True  # "the number of people killed in attacks on villages in Plateau state has risen to 86"
    by_perpetrator = (e.agent is not None and e.agent.role == "perpetrator") or bool(scene.groups)
    by_perpetrator = by_perpetrator or not word_set("disguise").isdisjoint(lows[: e.first])  # "men clad as soldiers"
    dead = [t for t in telling.tolls if t.fate == "killed" and t.value != 0]
    if e.kind == "assault" and dead and all(t.perpetrators and (e.noun or t.verb == e.first) for t in dead):
        return False  # "six attackers were shot dead": how it ended
    if e.kind in ("killing", "massacre", "execution") and not e.noun:
        if not dead or all(t.perpetrators for t in dead):
            return False
        return weighed or by_perpetrator or lows[e.first] in word_set("murdered") or _when_someone(scene, e)
    murder = e.noun and e.kind in ("killing", "assassination")
    if murder and not e.generic and _of_someone(scene, e):
        return True
    if e.noun and (e.plural or e.generic):
        counted = bool(word_set("counted") & set(lows[max(0, e.first - 3) : e.first]))
        return not e.generic and specific >= 2 + (not counted) - weighed
    if (e.weak or (e.noun and e.legal)) and specific < 2 - weighed:
        return False
    if (e.noun or e.kind == "hostage siege") and specific < 1:
        return False
    damage = e.kind == "facility" and not e.noun and lows[e.first] in word_set("damaged")
    blown_up = any(w.value["weaptype"] == "6" for w in scene.weapons)  # "was destroyed with dynamite"
    return by_perpetrator or blown_up or not damage
