"""The rule coder: an article goes in, coded incidents come out, each value with its evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from attrs import frozen

from gtdlike.article import Article
from gtdlike.codebook import load_codebook
from gtdlike.coding.base import CodedIncident
from gtdlike.coding.rules.attacks import code_attack
from gtdlike.coding.rules.blame import code_numbers, code_perpetrators
from gtdlike.coding.rules.dates import find_dateline
from gtdlike.coding.rules.days import codable
from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.events import draft_incidents
from gtdlike.coding.rules.figures import code_casualties
from gtdlike.coding.rules.foretaste import may_tell_of_violence, may_trigger
from gtdlike.coding.rules.hostages import code_hostages, code_property
from gtdlike.coding.rules.judgement import code_criteria, code_international
from gtdlike.coding.rules.outcome import code_missed, code_outcome
from gtdlike.coding.rules.places import PlaceFinder
from gtdlike.coding.rules.prose import read_prose
from gtdlike.coding.rules.scene import Scene, begin_scenes, read_scenes
from gtdlike.coding.rules.sheet import Sheet
from gtdlike.coding.rules.subject import is_sport
from gtdlike.coding.rules.summary import summarize
from gtdlike.coding.rules.targets import code_targets
from gtdlike.coding.rules.when import code_date
from gtdlike.coding.rules.where import code_place
from gtdlike.coding.rules.worth import Drafted, is_worth
from gtdlike.coding.version import code_version
from gtdlike.rows import from_row

BACKGROUND_AFTER = dt.timedelta(days=45)
"""An attack so long before the report is not its news."""


@frozen
class RuleCoder:
    """Codes articles by rules and lexicons: offline, deterministic, with a reason for every value.

    `least_blame` is the weight of evidence from which a group counts as the perpetrator: 2.5 keeps groups that the
    text only mentions out of `gname`.
    """

    least_blame: float = 2.5

    @property
    def version(self) -> str:
        """Changes with anything that could change what is coded: rules, lexicons, codebook, libraries, options."""
        return f"{code_version()} {self!r}"

    def code(self, article: Article) -> Sequence[CodedIncident]:
        """The incidents that the article tells of, in the order in which it tells them."""
        coded: list[CodedIncident] = []
        for draft in drafted(article, self.least_blame):
            if is_worth(draft):
                coded.append(finish(draft, first=not coded))
        return coded


def drafted(article: Article, least_blame: float) -> Iterator[Drafted]:
    """All that the article tells of as attacks, coded, before it is judged which of it are incidents."""
    if not may_tell_of_violence(article.text) or is_sport(article.text):
        return
    prose = read_prose(article.text)
    if not any(map(may_trigger, prose.sentences)):
        return
    # Outside the codebook's years no day is counted from; a date near the calendar's end has no day after it.
    published = article.published if codable(article.published) else None
    line = find_dateline(prose, published)
    anchor = (line.date if line else None) or published
    if not codable(anchor):
        anchor = None
    scenes = begin_scenes(prose, line.end if line else 0)
    if not any(scene.events for scene in scenes):
        return
    finder = PlaceFinder(prose, published)
    read_scenes(prose, scenes, finder, anchor)
    drafts = draft_incidents(scenes, finder)
    header = line.day if line and line.date and line.place is None else None
    report = line.day if line and line.date else None
    for n, draft in enumerate(drafts):
        sheet = Sheet(prose, article.id)
        brief = scenes if len(drafts) == 1 and len(scenes) <= 8 else ()
        _code(sheet, draft, finder, anchor, header, report, least_blame, drafts[n + 1 :], main=n == 0, brief=brief)
        yield Drafted(article, sheet, draft, scenes, n, len(drafts), anchor)


def _code(
    sheet: Sheet, draft: Draft, finder: PlaceFinder, anchor: dt.date | None,
    header: tuple[int, int] | None, report: tuple[int, int] | None, least_blame: float,
    later: Sequence[Draft],
    *, main: bool, brief: Sequence[Scene],
) -> None:  # fmt: skip
    code_date(sheet, draft, anchor, header, report, main)
    code_place(sheet, draft, finder, later)
    targets = code_targets(sheet, draft)
    code_attack(sheet, draft, targets)
    code_outcome(sheet, draft)
    code_numbers(sheet, draft)
    code_perpetrators(sheet, draft, least_blame)
    code_casualties(sheet, draft, brief)
    code_hostages(sheet, draft)
    code_property(sheet, draft)
    if brief:
        code_missed(sheet, draft)
    code_criteria(sheet, draft)
    code_international(sheet)


def finish(drafted: Drafted, *, first: bool) -> CodedIncident:
    """The incident of a draft; `first` where none of the article stands before it."""
    article, sheet = drafted.article, drafted.sheet
    sheet.put("summary", summarize(sheet.values, load_codebook()), "summary.from_codes")
    day = article.published.isoformat() if article.published else None
    cited = ", ".join(x for x in (article.title, article.source, day, article.url) if x)
    sheet.put("scite1", cited or None, "sources.article")
    sheet.put("dbsource", "gtdlike rule coder", "sources.coder")
    incident = from_row(sheet.values)
    return CodedIncident(
        article.id,
        incident,
        tuple(sheet.evidence),
        background=_background(sheet, drafted.draft, drafted.anchor, first),
    )


def _background(sheet: Sheet, draft: Draft, anchor: dt.date | None, first: bool) -> bool:
    """Does the article only recall the incident?"""
    best = draft.best_date()
    if best is not None and best.high is not None and anchor is not None:
        return anchor - best.high > BACKGROUND_AFTER
    if best is not None and best.high is not None and not best.relative and best.span > 20:
        return True
    year = sheet.values.get("iyear")
    if anchor is not None and isinstance(year, int) and year < anchor.year - 1:
        return True
    return not first and best is not None and best.span > 300
