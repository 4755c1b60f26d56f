"""Which group an article means by "the group" or "the rebels": the one named last, or the only one that it names."""

from __future__ import annotations

from bisect import bisect_left

from attrs import frozen

from gtdlike.coding.rules.lexicon import Hit
from gtdlike.coding.rules.memo import remembered
from gtdlike.coding.rules.people import entities
from gtdlike.coding.rules.perpetrators import GroupMention, find_groups, words_of
from gtdlike.coding.rules.prose import Prose, Sentence
from gtdlike.coding.rules.roles import Verdict
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.triggers import find_triggers
from gtdlike.coding.rules.verdicts import verdict
from gtdlike.coding.rules.wordings import Wording, is_related, wordings

_NEAR = 3


@remembered
def _named(prose: Prose) -> tuple[tuple[int, GroupMention], ...]:
    """The organizations that the article names as actors, each with the number of its sentence."""
    found: list[tuple[int, GroupMention]] = []
    for s in prose.sentences:
        found += [(s.index, g) for g in find_groups(prose, s) if not g.generic and not is_related(s, g)]
    return tuple(found)


def antecedent(prose: Prose, index: int) -> GroupMention | None:
    """The organization that the sentences before number `index` named last."""
    named = _named(prose)
    at = bisect_left(named, index, key=lambda x: x[0])
    return named[at - 1][1] if at and named[at - 1][0] >= index - _NEAR else None


@remembered
def only_group(prose: Prose) -> GroupMention | None:
    """The one organization that the article names, if it names no other."""
    named = _named(prose)
    return named[0][1] if named and len({g.name for _, g in named}) == 1 else None


def anaphor_before(sentence: Sentence, at: int, reach: int = 4) -> Hit[Wording] | None:
    """ "The group", "it": what stands for a group as the subject of the verb at word `at`."""
    return next((h for h in reversed(wordings(sentence, "anaphor")) if 0 <= at - h.end <= reach), None)


def speaks_of_rebels(sentence: Sentence, first: int, last: int) -> bool:
    """Do the words name attackers by what they are in a conflict, as one does who has named the group before?"""
    words = set(sentence.lows[max(0, first - 1) : last])
    if words_of("open") & set(sentence.lows[max(0, first - 3) : last]):
        return False
    return bool(words_of("species") & words) or ("the" in words and bool({"terrorists", "extremists"} & words))


def names_organization(prose: Prose) -> bool:
    """Does the article name any organization as an actor?"""
    return bool(_named(prose))


@frozen(slots=True)
class Finding:
    """A group that an article blames, in a sentence that need not tell of the attack."""

    scene: Scene
    mention: GroupMention
    verdict: Verdict


@remembered
def blamed_alone(prose: Prose) -> Finding | None:
    """The claim of, or the blame on, the one organization that the article names."""
    group = only_group(prose)
    best: Finding | None = None
    for s in prose.sentences if group is not None else ():
        groups = find_groups(prose, s)
        mine = [g for g in groups if group is not None and g.name == group.name]
        if not mine:
            continue
        people = entities(s)
        triggers = find_triggers(s, people, [(g.first, g.last) for g in groups])
        scene = Scene(s, [], groups, people, triggers, [], [], [])
        for g in mine:
            v = verdict(scene, g, False)
            if v.role == "denial":
                return None
            if (
                v.role in ("claim", "attribution")
                and _of_the_news(scene, v)
                and v.weight > max(4.0, best.verdict.weight if best else 0.0)
            ):
                best = Finding(scene, g, v)
    return best


def _of_the_news(scene: Scene, v: Verdict) -> bool:
    """Is it the attack of the report that is claimed or blamed, and none that the text only recalls?"""
    lows = scene.sentence.lows
    if words_of("recalling") & set(lows) or any(len(w) == 4 and w.isdigit() and w[:2] in ("19", "20") for w in lows):
        return False
    deeds = [t for t in scene.triggers if t.noun]
    at = v.word[0] if v.word is not None else 0
    nearest = min(deeds, key=lambda t: abs(t.first - at), default=None)
    return nearest is None or nearest.definite or not (nearest.indefinite or nearest.plural)
