"""The date of a draft, as precise as it is told and no more."""

from __future__ import annotations

import datetime as dt

from gtdlike.coding.rules.dates import DateMention
from gtdlike.coding.rules.daychoice import choose, report_day, told_as_new
from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.sheet import Sheet, Span

_SAID = 3
"""So many days before the report a statement may be that it tells of."""


def code_date(
    sheet: Sheet, draft: Draft, anchor: dt.date | None, header: Span | None, anchor_span: Span | None, main: bool
) -> None:
    """iyear, imonth, iday, approxdate: the most exact date told of the attack; else what the report's day allows."""
    # "06/15/2014: Assailants ..." dates the attack; "5 October 2010 - ..." dates the report.
    heads = header is not None and sheet.prose.plain[header[1] : header[1] + 2].lstrip().startswith(":")
    if header is not None and heads and main and anchor is not None:
        _exact(sheet, anchor, "date.header", header)
        return
    best = choose(sheet.prose, draft, anchor)
    if best is not None:
        _write(sheet, best)
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
    if anchor is None:
        return
    hour = report_day(sheet.prose, draft)
    if hour is not None:
        # What the ministry said on Friday did not happen at dawn on Saturday.
        said = [d for s in draft.scenes[:3] for d in s.dates if d.exact and d.relative and d.low and d.side is None]
        first = min((d for d in said if d.low and d.low < anchor), key=lambda d: d.low or anchor, default=None)
        if first is not None and first.low is not None and (anchor - first.low).days <= _SAID:
            _exact(sheet, first.low, "date.hour_of_statement", (first.start, first.end), inferred=True)
            return
        _exact(sheet, anchor, "date.hour_of_report", hour, inferred=True)
    elif main or told_as_new(draft):
        # News tells of what is new: the month of the report, and no day.
        sheet.put("iyear", anchor.year, "date.of_report", anchor_span, inferred=True)
        sheet.put("imonth", anchor.month, "date.of_report", anchor_span, inferred=True)
        sheet.put("iday", 0, "date.of_report", anchor_span, inferred=True)


def _exact(sheet: Sheet, day: dt.date, rule: str, span: Span, *, inferred: bool = False) -> None:
    sheet.put("iyear", day.year, rule, span, inferred=inferred)
    sheet.put("imonth", day.month, rule, span, inferred=inferred)
    sheet.put("iday", day.day, rule, span, inferred=inferred)


def _write(sheet: Sheet, d: DateMention) -> None:
    assert d.low is not None
    assert d.high is not None
    span = (d.start, d.end)
    inferred = d.relative or d.assumed
    if d.low == d.high:
        _exact(sheet, d.low, "date.relative" if d.relative else "date.absolute", span, inferred=inferred)
        return
    night = (d.high - d.low).days == 1
    if night and d.rule == "holiday":
        # "The New Year attack": the night belongs to both days, and most of it to the second.
        _exact(sheet, d.high, "date.new_year", span, inferred=True)
        return
    if (d.low.year, d.low.month) == (d.high.year, d.high.month):
        year, month = d.low.year, d.low.month
    elif d.span <= 10:
        # A week that crosses a month: most of its days decide.
        middle = d.low + (d.high - d.low) / 2
        year, month, inferred = middle.year, middle.month, True
    else:
        year, month = d.high.year, 0
    sheet.put("iyear", year, "date.span", span, inferred=inferred)
    sheet.put("imonth", month, "date.span", span, inferred=inferred)
    _approximate(sheet, d)


def _approximate(sheet: Sheet, d: DateMention) -> None:
    sheet.put("iday", 0, "date.span", (d.start, d.end))
    sheet.put("approxdate", sheet.prose.text[d.start : d.end], "date.approximate", (d.start, d.end))
