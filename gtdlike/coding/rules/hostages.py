"""Hostages, ransom and damage to property of a draft."""

from __future__ import annotations

from gtdlike.coding.rules.draft_tolls import told_of, toll_span
from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.sheet import Sheet


def code_hostages(sheet: Sheet, draft: Draft) -> None:
    """ishostkid, nhostkid, hostkidoutcome and ransom, where the attack took hostages."""
    types = {sheet.values.get(f"attacktype{n}") for n in (1, 2, 3)}
    taken = [(s, t) for s, t in told_of(draft) if t.fate == "kidnapped"]
    event = next(
        (
            (t.scene, e)
            for t in draft.tellings
            for e in t.events
            if e.kind in ("kidnapping", "hijacking", "hostage siege")
        ),
        None,
    )
    if not types & {4, 5, 6} and not taken:
        sheet.put("ishostkid", 0, "hostages.none_told")
        return
    span = toll_span(taken[0]) if taken else None
    if event is not None:
        words = event[0].sentence.words
        span = (words[event[1].first].start, words[event[1].last - 1].end)
    if span is None:
        sheet.put("ishostkid", 0, "hostages.none_told")
        return
    sheet.put("ishostkid", 1, "hostages.taken", span, inferred=True)
    known = [(s, t) for s, t in taken if t.value]
    if known:
        s = known[0][0]
        value = sum(t.value or 0 for x, t in known if x is s and not t.part)
        if value:
            sheet.put("nhostkid", value, "nhostkid.counted", toll_span(known[0]))
    sheet.put("nhostkid", -99, "nhostkid.unknown")
    _ransom(sheet, draft)


def _ransom(sheet: Sheet, draft: Draft) -> None:
    for scene in draft.scenes:
        hit = scene.has("ransom")
        if hit is None:
            continue
        words, lows = scene.sentence.words, scene.sentence.lows
        span = (words[hit.start].start, words[hit.end - 1].end)
        if any(w in ("no", "not", "never", "any") for w in lows[max(0, hit.start - 5) : hit.start]):
            sheet.put("ransom", 0, "ransom.none", span)
        else:
            sheet.put("ransom", 1, "ransom.told", span)
        return


def code_property(sheet: Sheet, draft: Draft) -> None:
    """property: 1 where damage is told, 0 where the text says there was none, -9 where it says nothing."""
    for name, value in (("no property", 0), ("property", 1)):
        for telling_scene in draft.scenes:
            hit = telling_scene.has(name)
            if hit is not None:
                words = telling_scene.sentence.words
                sheet.put(
                    "property",
                    value,
                    f"property.{'none' if value == 0 else 'damage'}",
                    (words[hit.start].start, words[hit.end - 1].end),
                )
                if value == 1:
                    sheet.put("propextent", 4, "propextent.unknown")
                return
    sheet.put("property", -9, "property.none_told")
