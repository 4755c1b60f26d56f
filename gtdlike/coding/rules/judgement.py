"""Is it an incident, by which criteria, with how much doubt; and did it cross a border?"""

from __future__ import annotations

from functools import cache

from gtdlike.codebook import Group, load_codebook
from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.sheet import Sheet

_VAGUE = frozenset("attack.attack attack.hostage_siege attack.facility attack.killing attack.massacre".split())
"""Words that tell of violence, but not of which kind: an attack needs more than one of them."""


def is_incident(sheet: Sheet, draft: Draft, main: bool) -> bool:
    """Is enough told of it? A recalled attack needs more than a word, a vague one more than a date."""
    v = sheet.values
    rules = {e.variable: e.rule for e in sheet.evidence if e.start is not None}
    known = (
        1.0 * ("iyear" in rules and rules["iyear"] != "date.of_report")
        + 1.0 * ("city" in v or "provstate" in v or "location" in v)
        + 1.0 * ("nkill" in rules or "nwound" in rules)
        + 1.0 * (v.get("gname") != "Unknown")
        + 0.5 * ("target1" in v)
    )
    if not main:
        return known >= 2.0
    if "country" not in v and not ("nkill" in rules or "nwound" in rules) and v.get("gname") == "Unknown":
        return known >= 2.0  # a figure of speech names no place, no victims and nobody who did it
    return known >= (1.5 if rules.get("attacktype1") in _VAGUE else 0.5)


def code_criteria(sheet: Sheet, draft: Draft) -> None:
    """crit1-3 and doubtterr: an attack by a non-state actor meets the criteria unless the text says otherwise."""
    t = draft.tellings[0]
    e = t.events[0]
    words = t.scene.sentence.words
    span = (words[e.first].start, words[e.last - 1].end)
    military = sheet.values.get("targtype1") == 4
    sheet.put("crit1", 1, "criteria.goal", span, inferred=True)
    sheet.put("crit2", 1, "criteria.audience", span, inferred=True)
    sheet.put("crit3", 1, "criteria.outside_warfare", span, inferred=True)
    known = sheet.values.get("gname") != "Unknown"
    if military and not known:
        sheet.put("doubtterr", 1, "doubt.military_target", span, inferred=True)
        sheet.put("alternative", 1, "doubt.insurgency", span, inferred=True)
    else:
        sheet.put("doubtterr", 0, "doubt.none_told")


@cache
def _groups() -> dict[object, Group]:
    return {group.name: group for group in reversed(load_codebook().groups) if group.name != "Unknown"}


def code_international(sheet: Sheet) -> None:
    """INT_LOG, INT_IDEO, INT_MISC and INT_ANY from the nationalities of place, group and targets."""
    v = sheet.values
    place = v.get("country")
    group = _groups().get(v.get("gname"))
    home = group.nationality if group else None
    targets = [v[f"natlty{n}"] for n in (1, 2, 3) if f"natlty{n}" in v]
    e = next((e for e in sheet.evidence if e.variable in ("natlty1", "country") and e.start is not None), None)
    span = (e.start, e.end) if e is not None and e.start is not None and e.end is not None else None
    log = -9 if home is None or place is None else int(home != place)
    ideo = -9 if home is None or not targets else int(any(t != home for t in targets))
    misc = -9 if place is None or not targets else int(any(t != place for t in targets))
    parts = (log, ideo, misc)
    both = 1 if 1 in parts else -9 if -9 in parts else 0
    for name, value in (("INT_LOG", log), ("INT_IDEO", ideo), ("INT_MISC", misc), ("INT_ANY", both)):
        sheet.put(name, value, "international.nationalities", span if value != -9 else None, inferred=True)
