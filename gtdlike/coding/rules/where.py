"""The place of a draft: country to location, coordinates and how specific they are."""

from __future__ import annotations

from gtdlike.codebook import load_codebook
from gtdlike.coding.rules.events import Draft
from gtdlike.coding.rules.places import PlaceFinder, PlaceMention, Settled
from gtdlike.coding.rules.sheet import Sheet


def code_place(sheet: Sheet, draft: Draft, finder: PlaceFinder, dateline: PlaceMention | None, main: bool) -> None:
    """country to location: the first place told that names a city, completed from the others that agree."""
    told = [t for t in draft.tellings if t.place is not None]
    best: Settled | None = None
    for t in told:
        p = t.place
        assert p is not None
        if best is None or (best.city is None and p.city is not None and p.country in (best.country, None)) or (best.country is None and p.country):
            best = p
    if best is None or not (best.city or best.province):
        settled = _supporting(draft, finder)
        if settled is not None and (best is None or best.country in (None, settled.country)):
            best = settled
    if best is not None and best.because is not None:
        b = best.because
        if best.country is not None:
            m = b["country"]
            stated = m.level == "country"
            sheet.put("country", best.country, "place.country" if stated else "place.gazetteer", (m.start, m.end), inferred=not stated)
        if best.province and "provstate" in b:
            m = b["provstate"]
            sheet.put("provstate", best.province, "place.province", (m.start, m.end), inferred=m.name != best.province)
        if best.city:
            m = b["city"]
            sheet.put("city", best.city, "place.city", (m.start, m.end))
        if best.location and "location" in b:
            m = b["location"]
            sheet.put("location", best.location, "place.location", (m.start, m.end))
        if best.latitude is not None:
            m = b.get("city") or b.get("provstate") or next(iter(b.values()))
            for variable, value in (("latitude", best.latitude), ("longitude", best.longitude)):
                sheet.put(variable, value, "place.gazetteer", (m.start, m.end), inferred=True)
        near = b.get("city")
        if near is not None:
            sheet.put("vicinity", 1 if best.near else 0, "place.vicinity", (near.start, near.end), inferred=not best.near)
        if b:
            m = next(iter(b.values()))
            sheet.put("specificity", best.specificity, "place.specificity", (m.start, m.end), inferred=True)
    if "country" not in sheet.values:
        _country_of_context(sheet, draft, finder, dateline, main)
    if "country" in sheet.values:
        code = sheet.values["country"]
        assert isinstance(code, int)
        region = load_codebook().code_lists["country"].parent(code)
        e = next(e for e in sheet.evidence if e.variable == "country")
        span = (e.start, e.end) if e.start is not None and e.end is not None else None
        sheet.put("region", region, "place.region", span, inferred=True)
    sheet.put("specificity", 5, "place.unknown")


def _supporting(draft: Draft, finder: PlaceFinder) -> Settled | None:
    """A place from the sentences around, where the telling itself has none."""
    for scene in draft.scenes[:6]:
        for chain in scene.chains:
            lead = min(chain.mentions, key=lambda m: m.start)
            if chain.local and not chain.first.weak and lead.preposition in ("in", "at", "near", "outside", "inside"):
                return finder.settle(chain)
    return None


def _country_of_context(sheet: Sheet, draft: Draft, finder: PlaceFinder, dateline: PlaceMention | None, main: bool) -> None:
    """No place is told: the country that the telling's people belong to, else the one that the article is about."""
    for scene in draft.scenes[:4]:
        for m in scene.mentions:
            if m.country is not None and m.level in ("country", "region"):
                sheet.put("country", m.country, "place.country_in_sentence", (m.start, m.end), inferred=True)
                return
    for scene in draft.scenes[:2]:
        for m in scene.mentions:
            if m.country is not None and m.level == "people":
                sheet.put("country", m.country, "place.nationality", (m.start, m.end), inferred=True)
                return
    if finder.votes:
        code, count = finder.votes.most_common(1)[0]
        if count * 2 >= sum(finder.votes.values()):
            first = finder.first.get(code)
            if first is not None:
                sheet.put("country", code, "place.country_of_article", first, inferred=True)
