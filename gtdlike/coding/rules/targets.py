"""What was attacked: up to three targets with type, sub-type, name and nationality."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.prose import Prose
from gtdlike.coding.rules.sheet import Sheet
from gtdlike.coding.rules.subunits import organization
from gtdlike.coding.rules.target_candidates import Candidate, candidates
from gtdlike.coding.rules.target_owners import has_class, row_of
from gtdlike.coding.rules.target_phrases import phrase_at

LEAST = 2.6
"""Below this score a phrase is only near the attack and not its target."""


def _victims(prose: Prose, draft: Draft) -> Iterator[Candidate]:
    """Those who were killed, wounded or taken, where the text names no other target."""
    for scene in draft.scenes:
        for toll in scene.tolls:
            if toll.perpetrators or toll.value == 0 or toll.fate == "captured":
                continue
            phrase = phrase_at(scene, toll.first)
            if phrase is None or (phrase.head is not None and phrase.head.role == "perpetrator"):
                continue
            row = row_of(prose, scene, phrase) if phrase.head is not None else None
            words = scene.sentence.words
            if row is None or not row["targtype"]:
                row = {"phrase": "victims", "shape": "person", "role": "", "targtype": "14", "targsubtype": "67"}
            end = min(max(phrase.last, toll.last), len(words))
            score = 1.0 + (row["targtype"] != "14") - 0.01 * scene.sentence.index
            yield Candidate(
                score,
                scene,
                phrase,
                words[toll.first].start,
                words[end - 1].end,
                row,
                "victims",
                named=phrase.head is not None,
            )


_POLICE, _SOLDIERS = "3", "4"
_OF_POLICE = {"27": "22", "29": "23", "36": "24", "73": "23"}
_OF_SOLDIERS = {"22": "27", "23": "29", "24": "36", "73": "29"}
"""The sub-types of a base, a vehicle and a checkpoint; those of the people themselves are 25 and 34."""


def _manned(prose: Prose, draft: Draft, c: Candidate) -> Candidate:
    """A checkpoint, patrol or convoy belongs to the police or to soldiers: to those who were hit there, if the text
    tells of one of them only."""
    if not all(has_class(part, "manned") for part in c.row["phrase"].split(" of ")):
        return c
    hit = {
        row_of(prose, scene, phrase)["targtype"]
        for scene in draft.scenes
        for toll in scene.tolls
        if toll.fate in ("killed", "wounded")
        and toll.value != 0
        and not toll.perpetrators
        and (phrase := phrase_at(scene, toll.first)) is not None
        and phrase.head is not None
    } & {_POLICE, _SOLDIERS}
    if len(hit) != 1 or c.row["targtype"] in hit:
        return c
    (force,) = hit
    subs, people = (_OF_POLICE, "25") if force == _POLICE else (_OF_SOLDIERS, "34")
    row = {**c.row, "targtype": force, "targsubtype": subs.get(c.row["targsubtype"], people)}
    return evolve(c, row=row)


def _natlty(sheet: Sheet, n: int, c: Candidate) -> None:
    nation = next((m for m in c.scene.mentions if m.level == "people" and c.start <= m.start < c.end), None)
    if nation is not None:
        sheet.put(f"natlty{n}", nation.country, "target.nationality", (nation.start, nation.end))
    elif "country" in sheet.values:
        sheet.put(f"natlty{n}", sheet.values["country"], "target.nationality_of_place", (c.start, c.end), inferred=True)


def code_targets(sheet: Sheet, draft: Draft, most: int = 3) -> list[Candidate]:
    """targtype, targsubtype, corp, target and natlty of up to three targets. Gives back the candidates taken."""
    taken: list[Candidate] = []
    for c in candidates(sheet.prose, draft):
        if len(taken) == most:
            break
        least = max(LEAST, taken[0].score - 2.2) if taken else 1.2
        if c.score >= least or (c.victim and c.person is not None and c.score > 2.0):
            taken.append(c)
    if not taken:
        taken = sorted(_victims(sheet.prose, draft), key=lambda c: -c.score)[:1]
    for n, c in enumerate([_manned(sheet.prose, draft, c) for c in taken], start=1):
        span = (c.start, c.end)
        rule = f"target.{c.row['phrase'].replace('*', '').replace(' ', '_')}"
        sheet.put(f"targtype{n}", c.targtype, rule, span, inferred=True)
        sheet.put(f"targsubtype{n}", c.targsubtype, rule, span, inferred=True)
        if c.named:
            sheet.put(f"target{n}", sheet.prose.text[c.start : c.end], "target.name", span)
            corp = organization(sheet.prose, c.scene, c.start, c.end)
            if corp is not None:
                sheet.put(f"corp{n}", sheet.prose.text[slice(*corp)], "target.organization", corp)
        _natlty(sheet, n, c)
    if not taken:
        sheet.put("targtype1", 20, "target.unknown")
    return taken


_GENERAL = frozenset(
    "official officials officer officers employee employees worker workers member members staff".split()
)
"""Words that say where somebody works and not that he or she is somebody whom one knows."""


def prominent(c: Candidate) -> bool:
    """Is the target one specific, prominent person, as the codebook wants for an assassination?"""
    head = c.phrase.head
    if head is not None and head.shape != "person":
        thing, _, owner = c.row["phrase"].partition(" of ")
        return has_class(thing, "residence") and has_class(owner, "prominent")
    if head is not None and c.scene.sentence.lows[head.head].endswith(("s", "men")):
        return False
    row = c.person.row if c.person is not None and c.row["targtype"] in ("14", "") else c.row
    if has_class(row["phrase"], "prominent"):
        return True
    return c.person is not None and row["targtype"] in ("2", "22") and row["phrase"].split()[-1] not in _GENERAL
