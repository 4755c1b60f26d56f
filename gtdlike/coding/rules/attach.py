"""Which happening a date belongs to: an attack, a statement, or something else such as a trial or a funeral."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from attrs import frozen

from gtdlike.coding.rules.lexicon import Hit, phrases, rows, words
from gtdlike.coding.rules.prose import Sentence

if TYPE_CHECKING:
    from gtdlike.coding.rules.dates import DateMention
    from gtdlike.coding.rules.triggers import Trigger

_FRONTS = frozenset((",", ";", "but", "and", ":", "--", '"', "that"))
_TURNS = frozenset(("and", "before", "but", "then"))
_LIMIT = 10
_OBJECT = 3
"""Who stands so near behind the verb of an attack was hit: "shot dead a senior judge" tells of no court."""
_ASIDE = 4
"""So many words may stand between "what" and the verb of who says so."""
_MEMBER = 3
_CLAIM, _CLAIMED = 3, 4.0
_LED = 7
"""So many words before an occasion its preposition may stand: "at Canada's National War Memorial"."""
_CLAUSE = 14
_WEEK = 10
_MONTH = 31


@frozen(slots=True)
class Governor:
    """What a date dates: `kind` is attack, state, statement, other or future; `cost` is how far apart the words are."""

    kind: str
    cost: float
    trigger: Trigger | None = None


@cache
def _edges(kind: str) -> frozenset[str]:
    return words("date_edges", kind)


@cache
def _costs() -> dict[str, int]:
    return {row["word"]: int(row["cost"]) for row in rows("date_edges") if row["class"] == "cost"}


def _words_of(sentence: Sentence, mention: DateMention) -> tuple[int, int]:
    """The words of a date, with the preposition and the time of day that go with it."""
    words, lows = sentence.words, sentence.lows
    a = next((i for i, w in enumerate(words) if w.end > mention.start), len(words))
    b = next((i for i, w in enumerate(words) if w.start >= mention.end), len(words))
    while a > 0 and (lows[a - 1] in _edges("lead") or (lows[a - 1][0].isdigit() and ":" in lows[a - 1])):
        a -= 1
    while b < len(lows) and (lows[b] in _edges("trail") or (lows[b][0].isdigit() and lows[b - 1] in _edges("trail"))):
        b += 1
    return a, b


def _candidates(sentence: Sentence, triggers: Sequence[Trigger]) -> list[tuple[int, int, str, Trigger | None]]:
    """The happenings of a sentence: words from and to, kind, and the trigger."""
    found: list[tuple[int, int, str, Trigger | None]] = []
    for t in triggers:
        if t.barred is None:
            found.append((t.first, t.last, "attack", t))
        elif not t.noun or t.barred == "motive":
            found.append((t.first, t.last, "state", None))
    for hit in phrases("date_governors").find(sentence.lows):
        if hit.value["class"] == "statement" and "what" in sentence.lows[max(0, hit.start - _ASIDE) : hit.start]:
            continue  # "seized on Sunday in what the police called a revenge"
        if _member(sentence.lows, hit.start) or _occasion(sentence.lows, hit, triggers):
            continue
        hurt = any(
            t.barred is None and not t.noun and t.last <= hit.start <= t.last + _OBJECT
            and not any(w in _costs() for w in sentence.lows[t.last : hit.start])
            for t in triggers
        )  # fmt: skip
        if not hurt and not any(a < hit.end and hit.start < b for a, b, _, _ in found):
            found.append((hit.start, hit.end, hit.value["class"], None))
    return found


def _member(lows: Sequence[str], at: int) -> bool:
    """ "A member of parliament, was shot on Friday": no sitting of the parliament is dated."""
    led = set(lows[max(0, at - _MEMBER) : at - 1])
    return lows[at - 1 : at] == ["of"] and not words("date_edges", "member").isdisjoint(led)


def _occasion(lows: Sequence[str], hit: Hit[Mapping[str, str]], triggers: Sequence[Trigger]) -> bool:
    """ "Killed six at a funeral on Friday": the day is that of the attack as well."""
    if hit.value["phrase"].rstrip("*") not in words("date_edges", "occasion"):
        return False
    at = next(
        (i for i in range(hit.start - 1, max(-1, hit.start - _LED), -1) if lows[i] in words("date_edges", "at")), None
    )
    return at is not None and (not triggers or any(-1 <= at - t.last <= _CLAUSE for t in triggers))


def governor(sentence: Sentence, mention: DateMention, triggers: Sequence[Trigger] = ()) -> Governor | None:
    """What the date dates, or None where no word near by tells."""
    lows = sentence.lows
    a, b = _words_of(sentence, mention)
    found = [c for c in _candidates(sentence, triggers) if c[1] <= a or c[0] >= b]
    if mention.rule == "lag":
        # "A day after she was shot": the date is that of what comes after, and of nothing else.
        behind = [c for c in found if b <= c[0] <= b + 8]
        return Governor(behind[0][2], 0.0, behind[0][3]) if behind else Governor("other", 0.0)
    if lows[b : b + 1] == ["'s"] or (a < len(lows) and lows[a] == "the" and b < len(lows) and lows[b].isalpha()):
        owned = [c for c in found if b <= c[0] <= b + 6 and not any(w in _costs() for w in lows[b : c[0]])]
        if owned:
            first = min(owned, key=lambda c: c[0])
            return Governor(first[2], 0.0, first[3])
    fronted = b + 1 < len(lows) and (a == 0 or lows[a - 1] in _FRONTS)
    only_right = fronted and a > 0 and lows[a - 1] == "that"
    # "Gunmen killed four on Wednesday, officials said": who said it comes behind the comma, and when is not told.
    follows = any(c[1] <= a and c[2] == "attack" for c in found)
    if fronted and follows and lows[a - 1] == "," and lows[b] == "," and a > 0:
        fronted = False  # "... near Reno, Nevada, early on Tuesday, officials said"
    closed = not fronted and lows[b : b + 1] == [","] and follows
    if a > 0 and lows[b : b + 2] == [",", "according"]:
        fronted, closed = False, True  # "... near Sirte on Tuesday, according to an officer"
    # "Abducted on Monday and later found", "attacked on Monday before police shot him": it dates what it follows.
    turned = a > 0 and lows[b : b + 1] and lows[b] in _TURNS and follows
    # "The number of those killed at a hall on Thursday has gone up": the day is part of the subject.
    inner = not fronted and follows and lows[b : b + 1] in (["has"], ["have"], ["had"])
    turned = turned or inner
    fronted = fronted and not turned
    best: Governor | None = None
    for start, end, kind, trigger in found:
        if start >= b:
            if (closed and kind == "statement") or (turned and kind != "attack"):
                continue
            between = lows[b:start]
            if fronted and between[:1] == [","]:
                between = between[1:]
            # "On Friday, four men in two cars opened fire": a date in front waits long for its verb.
            cost = _cost(between) - 0.5 * len(between) if fronted else _cost(between) + (1.0 if between else 0.0)
        elif only_right:
            continue
        else:
            cost = _cost(lows[end:a]) + (8.0 if fronted and lows[a - 1] != "and" else 0.0)
        if kind == "attack" and trigger is not None and not trigger.noun:
            cost -= 0.5
        if start >= b and trigger is not None and trigger.noun and _for_it(lows, start):
            cost += 6.0  # "sentenced on Thursday for the murder of six"
        if kind == "attack" and trigger is not None and trigger.noun and end <= a:
            cost += _CLAIMED if _claimed(lows, start) else 0.0
        if cost <= _LIMIT and (best is None or cost < best.cost):
            best = Governor(kind, cost, trigger)
    return best


def _for_it(lows: Sequence[str], i: int) -> bool:
    """Does "for" or "over" lead to the noun at `i`?"""
    return bool({"for", "over"} & set(lows[max(0, i - 3) : i]))


def _claimed(lows: Sequence[str], at: int) -> bool:
    """ "The group claimed the blasts on Thursday": the day of the claim."""
    return not words("date_edges", "claim").isdisjoint(lows[max(0, at - _CLAIM) : at])


def _cost(lows: Sequence[str]) -> float:
    return len(lows) + sum(_costs().get(w, 0) for w in lows)


def dates_no_attack(sentence: Sentence, mention: DateMention, triggers: Sequence[Trigger] = ()) -> bool:
    """The date is that of a statement ("police said on Tuesday"), a trial, an arrest, or of what is to come."""
    found = governor(sentence, mention, triggers)
    if found is not None and found.kind == "origin":
        # "The siege began on 24 May" dates the siege; "the movement began in 1984" dates no attack.
        return mention.span > _MONTH
    if found is not None and found.kind == "statement" and mention.span > _WEEK and mention.low is not None:
        return False  # "in 2015, he added": what is said today is dated by its day
    return found is not None and found.kind != "attack"


def owner(sentence: Sentence, mention: DateMention, triggers: Sequence[Trigger]) -> Trigger | None:
    """The trigger that a date belongs to, where its words tell."""
    found = governor(sentence, mention, triggers)
    return found.trigger if found is not None else None
