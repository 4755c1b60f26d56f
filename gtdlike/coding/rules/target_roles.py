"""Who and what stands in which relation to the word for the attack: its object, what it aimed at, what it was near."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gtdlike.coding.rules.fates import fate_words
from gtdlike.coding.rules.lexicon import phrases
from gtdlike.coding.rules.memo import remembered
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.target_grammar import (
    BE,
    HARD,
    NUMBERS,
    Role,
    pronoun_object,
    pronoun_subject,
    speaks,
    subjects,
)
from gtdlike.coding.rules.target_phrases import NounPhrase, ends, phrase_at, phrases_from
from gtdlike.coding.rules.triggers import Trigger

_AIM = frozenset("against targeting targeted targets aimed directed".split())
_TELL_AIM = frozenset("target targets aimed directed intended meant destined targeting targeted".split())
_AT = frozenset("at on into upon toward towards".split())
_BY = frozenset(
    "near outside behind opposite beside along aboard under underneath beneath alongside facing next front between "
    "around".split()
)
_IN = frozenset("in inside within through".split())
_FILL = frozenset("dead and to death also on fire up down wounded killed injured hostage captive a by".split())
_VICTIMS = frozenset({"killing", "massacre", "execution"})
_GOES_OFF = frozenset("exploded explode explodes exploding detonated detonate detonates detonating went".split())


def roles_of(scene: Scene, events: Sequence[Trigger]) -> list[Role]:
    """The roles that one sentence gives around its words for the attack; the best of each phrase."""
    memo, key = scene.sentence.memo, (roles_of, *(e.first for e in events))
    if key not in memo:
        memo[key] = _best_roles(scene, events)
    found: list[Role] = memo[key]
    return found


def _best_roles(scene: Scene, events: Sequence[Trigger]) -> list[Role]:
    best: dict[int, Role] = {}
    mixed = len({e.kind for e in events}) > 1
    for t in events:
        for role in _roles_around(scene, t, mixed):
            known = best.get(role.phrase.last)
            if known is None or known.score < role.score:
                best[role.phrase.last] = role
    for role in aims_of(scene):
        known = best.get(role.phrase.last)
        if known is None or known.score < role.score:
            best[role.phrase.last] = role
    return [role for role in best.values() if not speaks(scene, role.phrase)]


def _object_score(t: Trigger, mixed: bool) -> float:
    if t.kind in _VICTIMS:
        return 3.4
    if t.kind == "facility" and mixed:
        return 4.2
    return 5.5


@remembered
def _roles_around(scene: Scene, t: Trigger, mixed: bool) -> tuple[Role, ...]:
    return tuple(_roles(scene, t, mixed))


def _roles(scene: Scene, t: Trigger, mixed: bool) -> Iterator[Role]:
    lows = scene.sentence.lows
    # "attempted to attack the base": the noun of the lexicon is a verb here.
    noun = t.noun and lows[t.first - 1 : t.first] != ["to"]
    passive = not noun and any(w in BE for w in lows[max(0, t.first - 3) : t.first])
    passive = passive and not lows[t.first].endswith("ing")  # "was responsible for setting fire to"
    passive = passive or (not noun and _trailing(lows, t))
    if passive and not (t.kind == "bombing" and lows[t.first] in _GOES_OFF):
        score = _object_score(t, mixed) - 0.3
        yield from pronoun_subject(scene, t.first, score)
        for n, phrase in enumerate(subjects(scene, t.first)):
            yield Role(score - 0.2 * n, phrase)
    elif t.row.get("action") == "trip":  # "a bus drove over a mine"
        for n, phrase in enumerate(subjects(scene, t.first)):
            yield Role(5.2 - 0.2 * n, phrase)
    elif not noun and not passive and lows[t.first] not in _GOES_OFF:
        i = t.last
        while i < len(lows) and i - t.last < 4 and lows[i] in _FILL:
            i += 1
        yield from pronoun_object(scene, i, _object_score(t, mixed))
        for n, phrase in enumerate(phrases_from(scene, i)):
            yield Role(_object_score(t, mixed) - 0.2 * n - 0.12 * (i - t.last), phrase)
    elif noun and "of" in lows[t.last - 1 : t.last + 1]:
        for n, phrase in enumerate(phrases_from(scene, t.last + (lows[t.last - 1] != "of"))):
            yield Role(5.0 - 0.2 * n, phrase)
    elif noun and t.first > 1 and lows[t.first - 1] == "'s":
        whose = phrase_at(scene, max(0, t.first - 4), t.first - 1)
        if whose is not None:
            yield Role(4.0, whose)
    yield from _after(scene, t)
    yield from _before(scene, t, noun)


def _trailing(lows: list[str], t: Trigger) -> bool:
    """ "two engineers, kidnapped last week in X, ...": a participle that tells of what stands before it."""
    following = lows[t.last] if t.last < len(lows) else "."
    return (
        lows[t.first - 1 : t.first] == [","]
        and lows[t.last - 1].endswith(("ed", "en", "shot"))
        and (following in ends() or following.isdigit() or following in NUMBERS or not following[:1].isalnum())
    )


def _before(scene: Scene, t: Trigger, noun: bool) -> Iterator[Role]:
    """ "the market bombing"; "at a bank in X a bomb exploded" """
    lows = scene.sentence.lows
    if noun:
        of = next((e for e in scene.people if e.last == t.first and e.shape == "facility" and e.role == ""), None)
        if of is not None:
            yield Role(4.7, NounPhrase(of.first, of.last, of))
    i = t.first - 2
    while i >= 0 and t.first - i < 14 and lows[i] not in HARD and lows[i] != "by":
        if lows[i] in ("at", "near", "outside", "inside", "against") and not any(
            x.first <= i < t.first for x in scene.events
        ):
            phrase = phrase_at(scene, i + 1, t.first)
            if phrase is not None and phrase.head is not None and phrase.head.shape != "person":
                yield Role(3.2 - 0.05 * (t.first - i), phrase)
        i -= 1


def _after(scene: Scene, t: Trigger) -> Iterator[Role]:
    """What follows a preposition after the attack word."""
    lows = scene.sentence.lows
    i = t.last
    if lows[t.last - 1] in _AT | _AIM | _BY:
        i = t.last - 1
    while i < len(lows) and i - t.last < 24:
        word = lows[i]
        if word in HARD or any(
            o.first == i and o is not t and not o.noun and o.kind not in _VICTIMS for o in scene.triggers
        ):
            return
        score = 6.0 if word in _AIM else 5.0 if word in _AT else 4.2 if word in _BY else 3.4 if word in _IN else 0.0
        if score and not (word in _IN and i + 1 < len(lows) and lows[i + 1] == "front"):
            j = i + 1
            while j < len(lows) and lows[j] in ("of", "at", "on", "to", "against", "the") and j - i < 3:
                j += 1
            yield from pronoun_object(scene, j, score - 0.08 * (i - t.last))
            for n, phrase in enumerate(phrases_from(scene, j)):
                person = phrase.head is None or phrase.head.shape == "person"
                fit = score - (0.6 if person and word in _BY else 0.4 if person and word in _IN else 0.0)
                yield Role(fit - 0.08 * (i - t.last) - 0.2 * n, phrase)
        i += 1


def victims_of(scene: Scene) -> Iterator[Role]:
    """Those of whom a sentence says that they were killed, wounded or taken, whether or not it speaks of the attack."""
    lows = scene.sentence.lows
    for cue in phrases("victim_cues").find(lows):
        if any(e.role == "perpetrator" and e.first < cue.end for e in scene.people):
            continue
        for n, phrase in enumerate(phrases_from(scene, cue.end)):
            yield Role(3.1 - 0.1 * n, phrase, victim=True)
    for word in fate_words(scene.sentence):
        if word.fate in (None, "captured"):
            continue
        passive = any(w in BE for w in lows[max(0, word.start - 3) : word.start])
        if word.form == "participle" and passive:
            yield from pronoun_subject(scene, word.start, 3.0)
            for n, phrase in enumerate(subjects(scene, word.start)):
                yield Role(3.0 - 0.1 * n, phrase, victim=True)
        elif word.form in ("active", "participle"):
            yield from pronoun_object(scene, word.end, 3.0)
            for n, phrase in enumerate(phrases_from(scene, word.end)):
                if not speaks(scene, phrase):
                    yield Role(3.0 - 0.1 * n, phrase, victim=True)


@remembered
def aims_of(scene: Scene) -> tuple[Role, ...]:
    """ "the target was X", "X was the target", "meant for X", "aimed at X": told beside the attack word."""
    return () if _TELL_AIM.isdisjoint(scene.sentence.lows.different) else tuple(_aims(scene))


def _aims(scene: Scene) -> Iterator[Role]:
    lows = scene.sentence.lows
    for i, word in enumerate(lows[:-2]):
        j = None
        if (word in ("target", "targets") and lows[i + 1] in BE) or (
            word in ("aimed", "directed", "intended", "meant", "destined") and lows[i + 1] in ("at", "for", "against")
        ):
            j = i + 2
        elif (
            word == "targeting"
            or (word == "targeted" and lows[i - 1 : i] not in (["was"], ["were"], ["been"]))
            or (word == "target" and lows[i - 1 : i] == ["to"])
        ):
            j = i + 1
        if j is not None:
            for n, phrase in enumerate(phrases_from(scene, j)):
                yield Role(5.6 - 0.2 * n, phrase)
