"""Whose a target is by its name (corp), and which part of a group did it (gsubname)."""

from __future__ import annotations

from gtdlike.coding.rules.lexicon import word_set
from gtdlike.coding.rules.perpetrators import GroupMention
from gtdlike.coding.rules.prose import Prose, Sentence
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.sheet import Span


def _run_back(sentence: Sentence, end: int) -> int:
    """Where the run of capitalised words begins that ends before word `end`."""
    first = end
    while first > 0 and sentence.words[first - 1].capital and sentence.words[first - 1].text[:1].isalpha():
        first -= 1
    return first + (first < end and sentence.lows[first] == "the")


def organization(prose: Prose, scene: Scene, start: int, end: int) -> Span | None:
    """The organization that a target's words name: "Afghan National Police" of "Afghan National Police officers".

    None in a text in capitals, for a bare nationality, and for a person's name.
    """
    if prose.capitals:
        return None
    inside = [i for i, w in enumerate(scene.sentence.words) if start <= w.start and w.end <= end]
    named = [i for i in inside if scene.sentence.words[i].capital]
    if not named or not word_set("organization") & {scene.sentence.lows[i] for i in named}:
        return None
    last = max(i for i in named if scene.sentence.lows[i] in word_set("organization")) + 1
    first = max(_run_back(scene.sentence, last), inside[0])
    if last - first < 2:
        return None
    return scene.sentence.words[first].start, scene.sentence.words[last - 1].end


def subgroup(prose: Prose, scene: Scene, group: GroupMention) -> Span | None:
    """The part of a group that a sentence names: "the Karim faction of the X", "the X's Hamza Brigade"."""
    words, lows = scene.sentence.words, scene.sentence.lows
    at = group.first
    while at > 0 and lows[at - 1] == "the":
        at -= 1
    if at > 1 and lows[at - 1] == "of" and lows[at - 2] in word_set("part of a group"):
        first = _run_back(scene.sentence, at - 2 if not words[at - 2].capital else at - 1)
        if first < at - 2 and not prose.capitals:
            return words[first].start, words[at - 2].end
    if lows[group.last : group.last + 1] == ["'s"] and not prose.capitals:
        end = group.last + 1
        while end < len(words) and words[end].capital:
            end += 1
        if end - group.last > 2 and lows[end - 1] in word_set("part of a group"):
            return words[group.last + 1].start, words[end - 1].end
    return None
