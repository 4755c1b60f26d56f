"""The perpetrator groups that a sentence names: those of the codebook, and those that the article introduces."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from attrs import frozen

from gtdlike.codebook import Group, load_codebook
from gtdlike.coding.rules.groupnames import spelling_at, spelling_starts
from gtdlike.coding.rules.lexicon import Phrases, words
from gtdlike.coding.rules.memo import remembered
from gtdlike.coding.rules.prose import Prose, Sentence, fold

_OPENING = ("(", "[")
_LONGEST = 9
_CALLING = frozenset(("called", "named", "itself", "themselves", "self"))
"""Words that every form of "calling itself" has one of."""


@frozen(slots=True)
class GroupMention:
    """A group's name: words `first` to `last` (exclusive), offsets, and the standard name where the codebook has one.

    `noun_phrase` is where the phrase begins that the name is part of ("several members of the ...").
    """

    first: int
    last: int
    start: int
    end: int
    name: str
    group: Group | None
    inspired: bool = False
    member: bool = False
    noun_phrase: int = -1

    @property
    def generic(self) -> bool:
        """An identity ("Separatists") and not an organization."""
        return self.group is not None and self.group.kind == "generic"


@cache
def words_of(word_class: str) -> frozenset[str]:
    """The words of one class of `lexicon/group_words.csv`."""
    return words("group_words", word_class)


@remembered
def find_groups(prose: Prose, sentence: Sentence) -> list[GroupMention]:
    """The groups that a sentence names, known to the codebook or introduced as a group."""
    found: list[GroupMention] = []
    introduced = _introduced_names(prose)
    free = 0
    for i in sorted({*spelling_starts(sentence.lows), *introduced.hits(sentence.lows)}):
        if i < free:
            continue
        hit = spelling_at(prose, sentence, i)
        if hit is not None:
            group: Group | None = hit.value.group
            name, end = hit.value.group.name, hit.end
        else:
            own = introduced.at(sentence.lows, i) if sentence.words[i].capital else None
            if own is None:
                continue
            group, name, end = None, own.value, own.end
        repeats = found and found[-1].name == name and i - found[-1].last <= 1 and sentence.lows[i - 1] in _OPENING
        if not repeats:
            found.append(_mention(sentence, i, end, name, group))
        free = end
    return found


def _mention(s: Sentence, first: int, last: int, name: str, group: Group | None) -> GroupMention:
    lows = s.lows
    after = lows[last] if last < len(lows) else ""
    phrase = noun_phrase_start(lows, first)
    # The acronym in parentheses after a name does not part it from its noun: "the Front (XYZ) guerrillas".
    if after in _OPENING:
        closing = next((k for k in range(last, min(len(lows), last + 8)) if lows[k] in (")", "]")), None)
        after = lows[closing + 1] if closing is not None and closing + 1 < len(lows) else ""
    member = after in words_of("member") or bool(words_of("member") & set(lows[phrase:first]))
    start, end = s.words[first].start, s.words[last - 1].end
    return GroupMention(first, last, start, end, name, group, after in words_of("relational"), member, phrase)


def noun_phrase_start(lows: Sequence[str], first: int) -> int:
    """Where the phrase begins that leads to the name at word `first`: "three alleged members of the"."""
    bodies, leading = _bodies(), _leading()
    i = first
    while i > 0 and first - i < 12:
        before = lows[i - 1]
        leads = before in leading or (before.isdigit() and i > 1)
        # A body that is the name's ("the northern front of the"), and the word that ties them.
        tied = before in ("of", "from") and i > 1 and lows[i - 2] in bodies
        body = before in bodies and lows[i] in ("of", "from")
        if not (leads or tied or body):
            break
        i -= 1
    return i


@cache
def _bodies() -> frozenset[str]:
    return words_of("member") | words_of("kind") | words_of("head")


@cache
def _leading() -> frozenset[str]:
    return words_of("lead") | words_of("member") | _demonyms() | {"-", '"', "'"}


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(fold(d) for c in load_codebook().countries for d in c.demonyms)


@cache
def _introducing() -> frozenset[str]:
    """Without one of these words no sentence introduces a group."""
    return words_of("head") | words_of("kind") | _CALLING


@remembered
def _introduced_names(prose: Prose) -> Phrases[str]:
    """Names that no list has and the article tells to be a group's, and the acronyms that it gives them."""
    entries: list[tuple[Sequence[str], str]] = []
    for s in prose.sentences:
        if _introducing().isdisjoint(s.lows):
            continue
        i = 0
        while i < len(s.words):
            found = _introduced(prose, s, i) if s.words[i].capital else None
            if found is None:
                i += 1
                continue
            first, last, acronym = found
            name = " ".join(prose.plain[s.words[first].start : s.words[last - 1].end].split())
            entries.append((tuple(s.lows[first:last]), name))
            if acronym is not None:
                entries.append(((acronym,), name))
            i = last
    return Phrases(entries, lasting=False)


def _introduced(prose: Prose, s: Sentence, i: int) -> tuple[int, int, str | None] | None:
    """A group's name from word `i` on: "the X Brigades claimed", "a group calling itself X", "X Front (XF)"."""
    lows = s.lows
    last = _name_end(prose, s, i)
    first = i + (lows[i] == "the")
    if last <= first:
        return None
    called = not _CALLING.isdisjoint(lows) and _called(lows, i)
    if (last - first == 1 and not called) or spelling_at(prose, s, first) is not None:
        return None
    run = set(lows[first:last])
    headed = bool(words_of("head") & run) and not words_of("state") & run
    acronym = _acronym(s, first, last)
    claims = _claims(lows, i, last)
    if called or (headed and (claims or acronym is not None)) or (last - first > 1 and _explained(prose, s, last)):
        return first, last, acronym
    return None


def _name_end(prose: Prose, s: Sentence, i: int) -> int:
    """Where the capitalized words that begin at `i` end; in a text in capitals, where a quotation or a bracket does."""
    words, lows = s.words, s.lows
    if not words[i].text[:1].isalpha() or not words[i].capital:
        return i
    if prose.capitals:
        return _end_in_capitals(lows, i)
    if i and words[i - 1].capital and lows[i - 1] != "the" and words[i - 1].text[:1].isalpha():
        return i  # in the middle of a name
    j = i
    while j < len(words) and j - i < _LONGEST:
        named = words[j].capital and words[j].text[:1].isalpha()
        linked = j > i and (lows[j] in words_of("link") or lows[j] == "'s") and j + 1 < len(words)
        if not (named or (linked and (words[j + 1].capital or lows[j + 1] in words_of("link")))):
            break
        j += 1
    while j > i and (lows[j - 1] in words_of("link") or lows[j - 1] == "'s"):
        j -= 1
    return j


def _end_in_capitals(lows: Sequence[str], i: int) -> int:
    if i == 0 or lows[i - 1] not in ("the", '"'):
        return i
    for j in range(i + 1, min(len(lows), i + _LONGEST)):
        if lows[i - 1] == '"' and lows[j] == '"':
            return j
        if lows[j] in _OPENING:
            return j if lows[i - 1] == "the" and lows[j - 1] in words_of("head") | {"liberation"} else i
        if not lows[j][:1].isalpha() and lows[j] != "-":
            return i
    return i


def _called(lows: Sequence[str], i: int) -> bool:
    before = lows[max(0, i - 8) : i]
    while before and before[-1] in ('"', "'", "the"):
        before = before[:-1]
    groups = {"group", "groups", "organization", "organisation", "faction", "cell", "movement", "gang"}
    if before[-2:] in (
        ["calling", "itself"],
        ["calls", "itself"],
        ["called", "itself"],
        ["calling", "themselves"],
        ["identifying", "itself"],
    ):
        return True
    if before[-2:] in (["self", "styled"], ["self", "proclaimed"], ["identifies", "itself"]):
        return True
    if before[-1:] == ["as"] and {"itself", "themselves"} & set(before[-3:]):
        return True
    return before[-1:] in (["called"], ["named"]) and bool(groups & set(before[-4:]))


def _explained(prose: Prose, s: Sentence, last: int) -> bool:
    """ "..., an Islamist militant group": the apposition after a name says what it is."""
    lows = s.lows
    if prose.capitals or lows[last : last + 1] != [","] or lows[last + 1 : last + 2] not in (["a"], ["an"], ["the"]):
        return False
    for k in range(last + 2, min(len(lows), last + 7)):
        if lows[k] in words_of("kind"):
            of_islamic_state = " ".join(lows[k + 1 : k + 4]) == "of islamic state"
            return of_islamic_state or bool(words_of("violent") & set(lows[last + 1 : k + 6]))
        if not lows[k][:1].isalpha():
            return False
    return False


def _acronym(s: Sentence, first: int, last: int) -> str | None:
    """The acronym in brackets after a name, if the name's words begin with most of its letters."""
    if last + 2 >= len(s.words) or s.lows[last] not in _OPENING or s.lows[last + 2] not in (")", "]"):
        return None
    short = s.words[last + 1].text
    letters = [c for c in s.lows[last + 1] if c.isalpha()]
    initials = [w[0] for w in s.lows[first:last]]
    if not short.isupper() or not 2 < len(letters) < 9:
        return None
    return s.lows[last + 1] if sum(c in initials for c in letters) >= len(letters) - 1 else None


def _claims(lows: Sequence[str], first: int, last: int) -> bool:
    after, before = lows[last : last + 4], lows[max(0, first - 3) : first]
    before = [w for w in before if w not in ("the", '"')]
    return (
        "claimed" in after[:3]
        or "responsibility" in after
        or list(after[:2]) in (["was", "behind"], ["were", "behind"])
        or before[-2:] in (["claimed", "by"], ["attributed", "to"], ["behalf", "of"], ["work", "of"], ["out", "by"])
    )
