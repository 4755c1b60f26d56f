"""What was attacked: the objects of the attack, in the order of how plainly the text names them as such."""

from __future__ import annotations

from attrs import frozen

from gtdlike.coding.rules.events import Draft
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

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.scene.sentence.words[self.start : self.end])


def _relation(scene: Scene, e: Entity, t: Trigger) -> float:
    lows = scene.sentence.lows
    if e.first >= t.last:
        gap = lows[t.last : e.first]
        if len(gap) > 14 or any(w in _BREAK for w in gap):
            return 0.5
        if "by" in gap[:1]:
            return 0.0
        step = 0.12 * len(gap)
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
        return 5.2 - 0.12 * len(gap)
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
                found.append(Candidate(score, scene, e, a, b))
    found.sort(key=lambda c: (-c.score, c.scene.sentence.index, c.start))
    seen: set[str] = set()
    unique = []
    for c in found:
        key = c.scene.sentence.lows[c.entity.head].rstrip("s")
        if key not in seen:
            seen.add(key)
            unique.append(c)
    return unique


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
        sheet.put(f"targtype{n}", c.entity.targtype, f"target.{c.entity.row['phrase']}", span, inferred=True)
        sheet.put(f"targsubtype{n}", c.entity.targsubtype, f"target.{c.entity.row['phrase']}", span, inferred=True)
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
    if e.shape != "person" or e.targsubtype not in (15, 16, 17, 18, 14, 45, 109, 93, 61):
        return False
    lows = c.scene.sentence.lows
    head = lows[e.head]
    plural = head.endswith("s") or head.endswith("men")
    before = lows[max(0, e.first - 2) : e.first]
    return not plural and not any(w in ("two", "three", "several") for w in before)
