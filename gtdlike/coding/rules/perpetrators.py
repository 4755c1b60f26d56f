"""Names of perpetrator groups in a sentence, and what the sentence says they did: claimed, blamed, seen at it."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from attrs import define, frozen

from gtdlike.codebook import Group, load_codebook
from gtdlike.coding.rules.lexicon import Phrases, phrase_words
from gtdlike.coding.rules.prose import Prose, Sentence

Role = Literal["claim", "agent", "attribution", "denial", "plain"]
_AFTER_INSPIRED = frozenset("inspired aligned affiliated linked related style like led".split())
_HEADS = frozenset("front army brigade brigades movement group cell faction command forces organization organisation commando commandos jihad squad squads militia battalion wing party union league cartel gang mafia network province state emirate resistance vanguard fraction".split())
_MEMBERS = frozenset(
    "militant militants fighter fighters rebel rebels gunman gunmen guerrilla guerrillas guerrila guerrilas members member terrorists terrorist "
    "insurgents insurgent extremists jihadists jihadis operatives operative affiliates affiliate commandos unit units group suicide suspected "
    "cell column squad militia columns troops forces".split()
)


@frozen(slots=True)
class GroupMention:
    """A group's name: words `first` to `last` (exclusive), offsets, and the standard name where the codebook has one."""

    first: int
    last: int
    start: int
    end: int
    name: str
    group: Group | None
    inspired: bool = False
    member: bool = False

    @property
    def generic(self) -> bool:
        return self.group is not None and self.group.kind == "generic"


@define(slots=True)
class _Alias:
    group: Group
    capitals: bool


def _spellings(group: Group) -> list[str]:
    names = [group.name, *group.aliases]
    for name in list(names):
        bare = re.sub(r"\s*\([^)]*\)", "", name).strip()
        inner = re.findall(r"\(([^)]{2,})\)", name)
        names.append(bare)
        names += [i for i in inner if i.replace("-", "").isupper() and " " not in i]
    return [n for n in dict.fromkeys(names) if len(n) > 1]


@cache
def _aliases() -> Phrases[_Alias]:
    entries = []
    groups = load_codebook().groups
    for own in (True, False):
        for group in groups:
            spellings = _spellings(group)
            listed = {group.name, *group.aliases}
            for name in spellings:
                if (name in listed) is own:
                    words = phrase_words(name)
                    if len(words) > 2 and words[0] == "the":
                        words = words[1:]
                    entries.append((words, _Alias(group, name.upper() == name)))
    return Phrases(entries)


# Acronyms that are words: in a text that is all in capitals they say nothing.
_WORDS = frozenset("is isis arm mir arena al ah as the and for ira ana ala apra era eta lit pac fan man ram rap mas al mal al far fal sol".split()) - {"isis", "ira", "eta", "mir", "mas", "fal"}


def find_groups(prose: Prose, sentence: Sentence) -> list[GroupMention]:
    """The groups that a sentence names, known to the codebook or introduced as a group."""
    lows, words = sentence.lows, sentence.words
    found: list[GroupMention] = []
    i = 0
    while i < len(lows):
        hit = _aliases().at(lows, i) if lows[i][:1].isalnum() else None
        if hit is not None and _genuine(prose, sentence, hit.start, hit.end, hit.value):
            j = hit.end
            group = hit.value.group
            after = lows[j] if j < len(lows) else ""
            last = found[-1] if found else None
            if last is not None and last.group is group and i - last.last <= 1 and lows[i - 1] in ("(", "[", "-"):
                i = j
                continue
            found.append(
                GroupMention(
                    i, j, words[i].start, words[j - 1].end, group.name, group,
                    inspired=after in _AFTER_INSPIRED, member=after in _MEMBERS or lows[max(0, i - 1)] in _MEMBERS,
                )
            )  # fmt: skip
            i = j
            continue
        unknown = _introduced(prose, sentence, i)
        if unknown is not None:
            found.append(unknown)
            i = unknown.last
        else:
            i += 1
    return found


def _genuine(prose: Prose, s: Sentence, start: int, end: int, alias: _Alias) -> bool:
    first = s.words[start]
    if alias.capitals:
        if prose.capitals:
            return not (end == start + 1 and (first.low in _WORDS or len(first.low) < 3))
        return all(w.text.isupper() or not w.text.isalpha() for w in s.words[start:end]) or (
            end == start + 1 and len(first.text) > 3 and first.text[0].isupper() and first.text[1:].islower()
        )
    if alias.group.kind == "generic":
        return True
    return prose.capitals or first.capital or first.text[:1].isdigit()


def _introduced(prose: Prose, s: Sentence, i: int) -> GroupMention | None:
    """A name that no list has, told to be a group: "the X Brigades claimed", "a group calling itself X"."""
    words, lows = s.words, s.lows
    if prose.capitals or not words[i].capital or not words[i].text[:1].isalpha():
        return None
    if i and words[i - 1].capital and lows[i - 1] not in ("the",) and words[i - 1].text[:1].isalpha():
        return None
    j = i
    while j < len(words) and j - i < 9:
        if words[j].capital and words[j].text[:1].isalpha():
            j += 1
        elif j > i and lows[j] in ("of", "the", "for", "and", "al", "'s", "in", "de", "ul", "e") and j + 1 < len(words) and (words[j + 1].capital or lows[j + 1] in ("the", "of")):
            j += 1
        else:
            break
    while j > i and lows[j - 1] in ("of", "the", "for", "and", "in", "'s"):
        j -= 1
    first = i + (lows[i] == "the")
    if first >= j:
        return None
    run = lows[first:j]
    called = i > 1 and lows[i - 1] in ("itself", "themselves", "called", "named", "as") and {"group", "organization", "calling", "itself"} & set(lows[max(0, i - 6) : i])
    after = lows[j : j + 3]
    before = lows[max(0, i - 2) : i]
    claims = after[:1] == ["claimed"] or after[:2] in (["has", "claimed"], ["have", "claimed"], ["later", "claimed"], ["took", "responsibility"], ["spokesman", "claimed"])
    by = before[-2:] == ["claimed", "by"] or before[-2:-1] == ["claimed"] or before[-2:] in (["attributed", "to"], ["behalf", "of"])
    behind = after[:2] == ["was", "behind"] or after[:2] == ["were", "behind"]
    if len(run) == 1 and not called:
        return None
    headed = bool(_HEADS & set(run))
    if not (called or ((claims or by or behind) and headed)):
        return None
    end = words[j - 1].end
    return GroupMention(first, j, words[first].start, end, prose.plain[words[first].start : end], None)
