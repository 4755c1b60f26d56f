"""The date of a draft, as precise as it is told and no more."""

from __future__ import annotations

import datetime as dt

from gtdlike.coding.rules.dates import DateMention
from gtdlike.coding.rules.events import Draft
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
