"""How many attackers there were, and how many of them were caught."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import frozen

from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.numbers import numbers, read_number
from gtdlike.coding.rules.people import Entity, count_head
from gtdlike.coding.rules.perpetrators import words_of
from gtdlike.coding.rules.roles import passive
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.sheet import Sheet, Span

_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
_MOST = 1000


@frozen(slots=True)
class Count:
    """A number of attackers, and the words `first` to `last` of the scene that tell it."""

    value: int
    rule: str
    scene: Scene
    first: int
    last: int

    @property
    def span(self) -> Span:
        """Where the text tells it."""
        words = self.scene.sentence.words
        return words[self.first].start, words[self.last - 1].end


def code_numbers(sheet: Sheet, draft: Draft) -> None:
    """nperps and nperpcap."""
    told = {id(t.scene) for t in draft.tellings}
    scenes = [*(s for s in draft.scenes if id(s) in told), *(s for s in draft.scenes if id(s) not in told)]
    best = _most_told([c for s in scenes for c in _counted(s)])
    best = best or next((c for s in scenes if id(s) in told for c in _one(s)), None)
    if best is None and not any(_plural(s, e) for s in draft.scenes for e in s.people):
        best = next((c for s in scenes for c in _the_one(s)), None)
    if best is not None:
        sheet.put("nperps", best.value, best.rule, best.span, inferred=best.rule == "nperps.the_one")
    sheet.put("nperps", -99, "nperps.unknown")
    for scene in draft.scenes:
        lows = scene.sentence.lows
        for t in scene.tolls:
            if t.fate == "captured" and t.value and (t.perpetrators or "suspect" in " ".join(lows[t.first : t.last])):
                sheet.put("nperpcap", t.value, "nperpcap.counted", Count(t.value, "", scene, t.first, t.last).span)


def _most_told(counts: list[Count]) -> Count | None:
    """The number that is told most often; where none is, the one that is told first."""
    if not counts:
        return None
    times = Counter(c.value for c in counts)
    return max(counts, key=lambda c: times[c.value])


def _agents(scene: Scene) -> list[Entity]:
    """Whoever does what the sentence tells of as an attack."""
    lows = scene.sentence.lows
    return [
        e.agent
        for e in scene.events
        if e.agent is not None and e.agent.role != "state" and e.agent.shape == "person"
        and (e.agent.first >= e.last or not passive(lows, e)) and (not e.noun or e.agent.role == "perpetrator")
    ]  # fmt: skip


def _counted(scene: Scene) -> Iterator[Count]:
    """ "Three gunmen", "all five attackers", "four men" who opened fire, "two of its members"."""
    s, lows = scene.sentence, scene.sentence.lows
    agents = {e.head for e in _agents(scene)}
    for number in numbers(s):
        if not number.value or number.value >= _MOST or number.another or lows[number.end : number.end + 1] == ["of"]:
            continue
        head = count_head(s, number.end, 3)
        if head is None or lows[head.head] in words_of("body") or lows[head.head] in ("suspect", "suspects"):
            continue  # of the suspects who were caught, not all did it
        doers = head.role == "perpetrator" or (head.head in agents and head.role != "state")
        fallen = any(t.first <= number.start < t.last and t.fate != "captured" for t in scene.tolls)
        whole = {"all", "the"} & set(lows[max(0, number.start - 2) : number.start + 1])
        if doers and number.value > 1 and (not fallen or whole) and not _attribute(scene, head.last):
            yield Count(number.value, "nperps.counted", scene, number.start, head.last)
    for i in range(1, len(lows) - 2 if "of" in lows.different else 0):
        if (
            lows[i] == "of"
            and lows[i + 1] in ("its", "their")
            and lows[i + 2] in words_of("member") | words_of("follower")
        ):
            read = read_number(lows, i - 1)
            if read is not None and read[1] and read[1] < _MOST:
                yield Count(read[1], "nperps.members", scene, i - 1, i + 3)


def _one(scene: Scene) -> Iterator[Count]:
    """ "A gunman", "a second bomber", "a man" who stabbed someone."""
    lows = scene.sentence.lows
    agents = {e.head for e in _agents(scene)}
    for e in scene.people:
        if not (e.role == "perpetrator" or e.head in agents) or _is_plural(lows, e) or _attribute(scene, e.last):
            continue
        start = next(
            (i for i in range(e.head - 1, max(-1, e.first - 3), -1) if lows[i] in ("a", "an", "one", "lone", "single")),
            None,
        )
        if start is None or lows[e.head] in words_of("body") or lows[start + 1] == "of":
            continue
        rank = next((_ORDINALS[w] for w in lows[start : e.head] if w in _ORDINALS), 1)
        yield Count(rank, "nperps.single", scene, start, e.last)


def _the_one(scene: Scene) -> Iterator[Count]:
    """ "The gunman", where no sentence speaks of several."""
    lows = scene.sentence.lows
    for e in scene.people:
        if e.role != "perpetrator" or _is_plural(lows, e) or lows[e.head] not in words_of("single"):
            continue
        if e.first and "the" in lows[e.first - 1 : e.head] and not _attribute(scene, e.last):
            yield Count(1, "nperps.the_one", scene, e.first, e.last)


def _is_plural(lows: list[str], e: Entity) -> bool:
    return lows[e.head].endswith(("s", "men", "people"))


def _plural(scene: Scene, e: Entity) -> bool:
    return e.role == "perpetrator" and _is_plural(scene.sentence.lows, e)


def _attribute(scene: Scene, last: int) -> bool:
    """The word only qualifies the next one: "a rebel website", "three guerrilla camps"."""
    lows = scene.sentence.lows
    return last < len(lows) and lows[last] in words_of("body") | words_of("office") | {
        "'s",
        "website",
        "attack",
        "attacks",
    }
