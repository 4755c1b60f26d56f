"""Date and place of a draft, as the codebook wants them."""

from __future__ import annotations

import datetime as dt

from gtdlike.codebook import load_codebook
from gtdlike.coding.rules.dates import DateMention
from gtdlike.coding.rules.events import Draft, Telling
from gtdlike.coding.rules.places import PlaceFinder, PlaceMention, Settled
from gtdlike.coding.rules.sheet import Sheet, Span


def code_date(sheet: Sheet, draft: Draft, anchor: dt.date | None, header: Span | None, anchor_span: Span | None, main: bool) -> None:
    """iyear, imonth, iday, approxdate: the most exact date told of the attack; else what the day of the report allows."""
    best = draft.best_date()
    if best is not None:
        _write(sheet, best)
        return
    if header is not None and main and anchor is not None:
        _exact(sheet, anchor, "date.header", header)
        return
    bounded = [d for s in draft.scenes for d in s.dates if d.side == "after" and d.low is not None and d.span < 40]
    if bounded and not main:
        d = bounded[0]
        assert d.low is not None
        sheet.put("iyear", d.low.year, "date.shortly_after", (d.start, d.end), inferred=True)
        sheet.put("imonth", d.low.month, "date.shortly_after", (d.start, d.end), inferred=True)
        _approximate(sheet, d)
        return
    vague = next((t.date for t in draft.tellings if t.date is not None), None)
    if vague is not None and anchor is None:
        sheet.put("approxdate", sheet.prose.text[vague.start : vague.end], "date.no_anchor", (vague.start, vague.end))
        return
    if main and anchor is not None:
        # News tells of what is new: the month of the report, and no day.
        sheet.put("iyear", anchor.year, "date.of_report", anchor_span, inferred=True)
        sheet.put("imonth", anchor.month, "date.of_report", anchor_span, inferred=True)
        sheet.put("iday", 0, "date.of_report", anchor_span, inferred=True)


def _exact(sheet: Sheet, day: dt.date, rule: str, span: Span) -> None:
    sheet.put("iyear", day.year, rule, span)
    sheet.put("imonth", day.month, rule, span)
    sheet.put("iday", day.day, rule, span)


def _write(sheet: Sheet, d: DateMention) -> None:
    assert d.low is not None and d.high is not None
    span = (d.start, d.end)
    relative = d.relative
    if d.low == d.high:
        rule = "date.relative" if relative else "date.absolute"
        sheet.put("iyear", d.low.year, rule, span, inferred=relative)
        sheet.put("imonth", d.low.month, rule, span, inferred=relative)
        sheet.put("iday", d.low.day, rule, span, inferred=relative)
        return
    night = (d.high - d.low).days == 1
    if night and sheet.prose.plain[d.start : d.end].lower().startswith("new year"):
        _exact(sheet, d.high, "date.new_year", span)
        return
    sheet.put("iyear", d.high.year, "date.span", span, inferred=relative)
    if (d.low.year, d.low.month) == (d.high.year, d.high.month):
        sheet.put("imonth", d.low.month, "date.span", span, inferred=relative)
    elif d.span <= 10:
        # A week that crosses a month: most of its days decide.
        middle = d.low + (d.high - d.low) / 2
        sheet.values.pop("iyear", None)
        sheet.evidence = [e for e in sheet.evidence if e.variable != "iyear"]
        sheet.put("iyear", middle.year, "date.span", span, inferred=True)
        sheet.put("imonth", middle.month, "date.span", span, inferred=True)
    else:
        sheet.put("imonth", 0, "date.span", span)
    sheet.put("iday", 0, "date.span", span)
    _approximate(sheet, d)


def _approximate(sheet: Sheet, d: DateMention) -> None:
    sheet.put("iday", 0, "date.span", (d.start, d.end))
    sheet.put("approxdate", sheet.prose.text[d.start : d.end], "date.approximate", (d.start, d.end))


def _rank(t: Telling) -> float:
    p = t.place
    assert p is not None
    return 2.0 * bool(p.city) + 1.0 * bool(p.province) + 0.5 * bool(p.location) + 0.5 * bool(p.country)


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
