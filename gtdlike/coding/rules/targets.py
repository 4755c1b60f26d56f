"""What was attacked: the objects of the attack, in the order of how plainly the text names them as such."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from attrs import frozen

from gtdlike.coding.rules.events import Draft
from gtdlike.coding.rules.lexicon import Phrases, phrases
from gtdlike.coding.rules.people import Entity
from gtdlike.coding.rules.places import PlaceMention
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.sheet import Sheet
from gtdlike.coding.rules.triggers import Trigger

_AT = frozenset("against on at targeting targeted into toward towards upon hit struck hitting striking".split())
_BY = frozenset("near outside inside in front behind opposite beside along aboard under beneath by".split())
_BREAK = frozenset("; : . when while before after because which who".split())
_RANK_WORDS = frozenset("president minister mayor governor senator leader chief commander judge candidate deputy ambassador".split())


@frozen(slots=True)
class Candidate:
    """A target that the text offers: how plainly, where, and what it is."""

    score: float
    scene: Scene
    entity: Entity
    start: int
    end: int
    row: Mapping[str, str]
    """The lexicon's row that gives type and sub-type: that of the thing, or of whose thing it is."""

    @property
    def targtype(self) -> int | None:
        return int(self.row["targtype"]) if self.row["targtype"] else None

    @property
    def targsubtype(self) -> int | None:
        return int(self.row["targsubtype"]) if self.row["targsubtype"] else None


_OWNED = frozenset(
    "vehicle* car cars convoy* motorcade residence* house* home homes office* offices compound camp base headquarters building* patrol* "
    "apartment* truck* bus buses company companies staff employee* personnel individual* people patrol unit* officer* soldier*".split()
)
"""Things and people that have the type of the one they belong to."""


@cache
def _organizations() -> Phrases[Mapping[str, str]]:
    return phrases("organizations")


def _whose(scene: Scene, e: Entity) -> Mapping[str, str]:
    """Type and sub-type of a target: a house, car or member is of the type of the one that it belongs to."""
    lows = scene.sentence.lows
    row = e.row
    if row["phrase"] not in _OWNED and row["targtype"] not in ("14",) and row["phrase"] not in ("soldier*", "officer*", "troops"):
        return row
    if e.last < len(lows) and lows[e.last] == "of" and row["phrase"] in _OWNED:
        owner = next((o for o in scene.people if e.last < o.first + 1 and 0 <= o.first - e.last <= 4), None)
        if owner is not None and owner.role != "perpetrator" and owner.targtype not in (None, 14):
            return {**owner.row, "phrase": f"{row['phrase']} of {owner.row['phrase']}"}
    first = e.first
    while first > 0 and e.first - first < 8 and (scene.sentence.words[first - 1].capital or lows[first - 1] in ("(", ")", "of", "in", "the", "and", "'s")):
        first -= 1
    found = [h for h in _organizations().find(lows[first : e.last]) if h.value["targtype"] != row["targtype"]]
    if found and (row["phrase"] in _OWNED or row["targtype"] == "14" or row["phrase"] in ("soldier*", "officer*", "troops")):
        hit = found[-1].value
        sub = hit["targsubtype"] if e.shape == "person" or row["phrase"] in ("people",) else _SUBTYPES.get((hit["targtype"], e.shape), hit["targsubtype"])
        return {"phrase": f"{hit['phrase']} {row['phrase']}", "shape": e.shape, "role": "", "targtype": hit["targtype"], "targsubtype": sub}
    return row


_SUBTYPES = {("3", "facility"): "22", ("3", "vehicle"): "23", ("4", "facility"): "27", ("4", "vehicle"): "29"}


def _relation(scene: Scene, e: Entity, t: Trigger) -> float:
    lows = scene.sentence.lows
    if e.first >= t.last:
        gap = lows[t.last : e.first]
        if len(gap) > 14 or any(w in _BREAK for w in gap):
            return 0.5
        if "by" in gap[:1]:
            return 0.0
        step = 0.12 * len(gap)
        if t.kind in ("killing", "massacre") and not t.noun:
            return (3.4 if len(gap) <= 3 else 2.0) - step
        words = scene.sentence.words
        if len(gap) > 2 and gap[-1] in ("a", "an", "the") and gap[-2] == "," and all(words[t.last + k].capital or gap[k] in ("on", "at", "of", "and", ",", "the") for k in range(len(gap) - 1)):
            return 5.4  # "opened fire on Ana Ruiz, a judge"
        if any(w in ("targeting", "targeted", "against") for w in gap[-6:]):
            return 6.0 - step
        if any(w in _AT for w in gap[-4:]):
            return 5.0 - step
        if any(w in _BY for w in gap[-5:]):
            return (4.2 if e.shape != "person" else 3.6) - step
        if not t.noun and t.kind not in ("bombing", "suicide bombing") and len(gap) <= 3 and "," not in gap:
            return 5.5 - step
        if t.noun and "of" in gap[-3:]:
            return 4.8 - step
        return 2.5 - step
    gap = lows[e.last : t.first]
    if len(gap) > 12 or any(w in _BREAK for w in gap):
        return 0.3
    passive = any(w in ("was", "were", "been", "being") for w in gap[-3:]) or (t.first and lows[t.first - 1] in ("been", "were", "was"))
    if passive and not t.noun and t.kind not in ("bombing", "suicide bombing"):
        return (3.0 if t.kind in ("killing", "massacre") else 5.2) - 0.12 * len(gap)
    if any(w in ("at", "near", "outside", "against", "on", "targeting", "inside") for w in lows[max(0, e.first - 3) : e.first]):
        return 3.0 - 0.12 * len(gap)
    return 0.8


def _named(scene: Scene, e: Entity) -> tuple[int, int]:
    """The words of the target's name: a proper name beside the noun is part of it ("Mayor Ana Ruiz", "X, a judge")."""
    words, lows = scene.sentence.words, scene.sentence.lows
    start, end = e.first, e.last
    upper = sum(w.text.isupper() for w in words) > 0.7 * len(words)
    if e.shape == "person" and not upper:
        j = end
        while j < len(words) and words[j].capital and words[j].text[:1].isalpha() and j - end < 4:
            j += 1
        if j > end and not any(m.first <= end < m.last for m in scene.mentions):
            return start, j
        if end < len(words) and lows[end] == "," and e.first > 1 and lows[e.first - 1] in ("a", "an", "the"):
            pass
        k = e.first - 1
        if k > 1 and lows[k] in ("a", "an", "the") and lows[k - 1] == ",":
            b = k - 1
            a = b
            while a > 0 and words[a - 1].capital and words[a - 1].text[:1].isalpha() and b - a < 5:
                a -= 1
            if b - a >= 1 and a > 0:
                return a, b
    return start, end


def candidates(draft: Draft) -> list[Candidate]:
    """All that may be the target, best first, each thing once."""
    found: list[Candidate] = []
    for order, telling in enumerate(draft.tellings):
        scene = telling.scene
        for e in scene.people:
            if e.role == "perpetrator":
                continue
            if any(t.agent is e for t in scene.triggers):
                continue
            if any(g.first <= e.first < g.last for g in scene.groups):
                continue
            score = max((_relation(scene, e, t) for t in telling.events), default=0.0)
            score -= 0.35 * order
            if e.shape != "person" and e.row["phrase"] in ("car", "vehicle*", "truck*", "motorcycle*", "village*", "town", "city", "area", "neighborhood*", "street*", "road*", "districts"):
                score -= 1.0
            if e.row["phrase"] in ("people", "person", "persons", "others", "man", "men", "victim*", "woman", "individual*", "family"):
                score -= 0.8
            if score >= 1.2:
                a, b = _named(scene, e)
                found.append(Candidate(score, scene, e, a, b, _whose(scene, e)))
    found += _named_victim(draft)
    found.sort(key=lambda c: (-c.score, c.scene.sentence.index, c.start))
    seen: set[str] = set()
    unique = []
    for c in found:
        key = c.scene.sentence.lows[c.entity.head].rstrip("s")
        if key not in seen:
            seen.add(key)
            unique.append(c)
    return unique


def _rule(c: Candidate) -> str:
    return c.row["phrase"].replace("*", "").replace(" ", "_")


def _named_victim(draft: Draft) -> list[Candidate]:
    """A person whom the attack names without a noun; a later sentence may say what he or she was."""
    for telling in draft.tellings[:2]:
        words, lows = telling.scene.sentence.words, telling.scene.sentence.lows
        for t in telling.events:
            if t.noun:
                continue
            i = t.last
            while i < len(lows) and lows[i] in ("on", "at", "and", "against", "killed", "wounded", "injured", "dead"):
                i += 1
            j = i
            while j < len(words) and words[j].capital and words[j].text[:1].isalpha() and j - i < 6:
                j += 1
            if j - i < 2 or sum(w.text.isupper() for w in words) > 0.7 * len(words):
                continue
            if any(m.first < j and i < m.last for m in telling.scene.mentions) or any(g.first < j and i < g.last for g in telling.scene.groups):
                continue
            if any(e.first < j and i < e.last for e in telling.scene.people):
                continue
            row = _said_of(draft, lows[j - 1]) or {"phrase": "named person", "shape": "person", "role": "", "targtype": "14", "targsubtype": "68"}
            return [Candidate(5.3, telling.scene, Entity(i, j, j - 1, row), i, j, row)]
    return []


def _said_of(draft: Draft, surname: str) -> Mapping[str, str] | None:
    """What another sentence says that a named person is: "Ruiz, a judge, ..."."""
    for scene in draft.scenes:
        lows = scene.sentence.lows
        for i, w in enumerate(lows[:-2]):
            if w == surname and lows[i + 1] == "," and lows[i + 2] in ("a", "an", "the", "who", "former"):
                for e in scene.people:
                    if i + 2 < e.last <= i + 14 and e.shape == "person" and e.role != "perpetrator":
                        return e.row
    return None


def _nationality(scene: Scene, c: Candidate) -> PlaceMention | None:
    return next((m for m in scene.mentions if m.level == "people" and c.start - 1 <= m.first < c.end), None)


def code_targets(sheet: Sheet, draft: Draft, most: int = 3) -> list[Candidate]:
    """targtype, targsubtype, target and natlty for up to three targets. Gives back the candidates that were taken."""
    pool = candidates(draft)
    taken: list[Candidate] = []
    for c in pool:
        if len(taken) == most or (taken and c.score < max(2.6, taken[0].score - 2.2)):
            break
        taken.append(c)
    for n, c in enumerate(taken, start=1):
        words = c.scene.sentence.words
        span = (words[c.start].start, words[c.end - 1].end)
        sheet.put(f"targtype{n}", c.targtype, f"target.{_rule(c)}", span, inferred=True)
        sheet.put(f"targsubtype{n}", c.targsubtype, f"target.{_rule(c)}", span, inferred=True)
        sheet.put(f"target{n}", sheet.prose.text[span[0] : span[1]], "target.name", span)
        nation = _nationality(c.scene, c)
        if nation is not None:
            sheet.put(f"natlty{n}", nation.country, "target.nationality", (nation.start, nation.end))
        elif "country" in sheet.values and c.entity.shape != "":
            sheet.put(f"natlty{n}", sheet.values["country"], "target.nationality_of_place", span, inferred=True)
    if not taken:
        victims = next(((s, t) for s in draft.scenes for t in s.tolls if t.value and not t.perpetrators), None)
        if victims is not None:
            s, t = victims
            span = (s.sentence.words[t.first].start, s.sentence.words[t.last - 1].end)
            sheet.put("targtype1", 14, "target.victims", span, inferred=True)
            sheet.put("targsubtype1", 67, "target.victims", span, inferred=True)
            sheet.put("target1", sheet.prose.text[span[0] : span[1]], "target.victims", span)
        else:
            sheet.put("targtype1", 20, "target.unknown")
    return taken


def prominent(c: Candidate) -> bool:
    """Is the target one specific, prominent person, as the codebook wants for an assassination?"""
    e = c.entity
    if e.shape != "person" and " of " not in c.row["phrase"]:
        return False
    if c.targsubtype not in (15, 16, 17, 18, 14, 45, 109, 93, 61):
        return False
    lows = c.scene.sentence.lows
    head = lows[e.head]
    plural = head.endswith("s") or head.endswith("men")
    before = lows[max(0, e.first - 2) : e.first]
    return not plural and not any(w in ("two", "three", "several") for w in before)
