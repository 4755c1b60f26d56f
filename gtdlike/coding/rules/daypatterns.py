"""The words that make a date, as patterns over text in lower case. The first pattern that fits a place wins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from gtdlike.coding.rules.lexicon import column, phrase_words, rows

_M = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_D = r"(?P<day>\d{1,2})(?:st|nd|rd|th|d)?\b"
_Y = r"(?P<year>(?:19|20)\d\d)\b(?!'?s\b)"
_WEEKDAY = r"(?:mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs)?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b\.?"
_HALF = r"(?:morning|afternoon|evening|night)"
# "Friday, March 15", "Wednesday (Dec 26)", "Friday night, the 15th of March": one date.
_W = rf"(?:(?:last\s+|this\s+)?\b(?P<weekday>{_WEEKDAY})(?:\s+{_HALF})?\s*(?:,\s*|\(\s*)?(?:the\s+)?)?"
_N = r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_U = r"(?P<unit>day|week|month|year)s?"
_LEADS = r"last|in|this|since|during|of|by|early|late|mid|until|the|this past"
_PATTERNS = [
    ("slash", r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>(?:19|20)\d\d)\b"),
    ("iso", r"\b(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)\b"),
    (
        "month_day",
        rf"{_W}\b{_M}\s*{_D}(?:\s*(?:[-–]|and|to)\s*(?P<day2>\d{{1,2}})\b(?!\s*[:.]\d))?(?:\s*,?\s*{_Y})?"
        r"(?!\s*[:.]\d|\s*(?:people|persons))",
    ),
    (
        "day_month",
        rf"{_W}\b(?:(?P<day0>\d{{1,2}})(?:\s*[-–]\s*|\s+(?:and|to)\s+))?{_D}\s+(?:of\s+)?{_M}"
        rf"(?:\s*,?\s*(?:{_Y}|(?P<yy>\d\d)\b(?!\s*(?:%|percent|people))))?",
    ),
    ("months", rf"\b{_M}\s*(?:to|through|until|till|[-–])\s*(?:early\s+|late\s+|mid-?)?[a-z]{{3,9}}\s*,?\s*{_Y}"),
    ("month_year", rf"\b{_M}(?:\s+of|,)?\s+{_Y}"),
    ("month_unit", rf"\b(?:last\s+)?{_M}\s+(?:of\s+)?(?P<which>last|this)\s+year\b"),  # "in November last year"
    ("first_hours", rf"\b(?:first|early|opening)\s+(?:hours?|minutes?|moments)\s+of\s+{_Y}"),
    ("holiday", ""),
    (
        "lag",  # "a day after she was shot", "53 hours after the attack", "it is four days since the killing"
        rf"\b(?:{_N}\s+{_U}|(?P<hours>[2-9]\d|1\d\d)\s+hours)\s+"
        r"(?:after\b(?!\s+(?:that|this|which)\b)|since\s+(?=[a-z]+\s+(?!\d)))",
    ),
    (
        "earlier",  # "two days earlier", "the day before"; but "the day before the vote" counts from the vote
        rf"\b(?:{_N}\s+{_U}\s+(?:earlier|before|previously)\b|(?:the\s+)?(?:previous|preceding)\s+(?:day|{_HALF})\b"
        r"|the\s+(?:day|night|evening)\s+before\b)"
        r"(?=\s*(?:$|[,.;:)\"]|(?:in|at|on|when|that|by|and)\b))",
    ),
    (
        "later",
        rf"\b(?:{_N}\s+(?P<unit2>days?|weeks?)\s+later\b|(?:the\s+)?(?:next|following)\s+(?:day|{_HALF})\b"
        r"|the\s+(?:day|morning)\s+after\b(?=\s*[,.;:)]))",
    ),
    ("same", rf"\b(?:on\s+)?(?:that|the\s+same)\s+(?:very\s+)?(?:day|{_HALF})\b"),
    ("ago", rf"\b{_N}\s+{_U}\s+ago(?P<exactly>\s+to\s+the\s+day|\s+(?:today|yesterday))?\b"),
    ("words", ""),
    (
        "weekday",
        rf"(?<!\ba )(?<!\bevery )(?<!\beach )(?P<which>last\s+|this\s+|past\s+|next\s+)?\b(?P<weekday>{_WEEKDAY})",
    ),
    ("weekend", r"\b(?P<which>last|this|over the|past)\s+weekend\b"),
    ("unit", r"\b(?P<which>last|this|past|previous)\s+(?P<unit>week|month|year)\b"),
    ("last_month", rf"\b(?P<which>{_LEADS})[\s-]+{_M}(?!\s*\d)"),
    (
        "year",
        r"\b(?:in|since|of|during|early|late|mid|from|until|the|and|year)[\s-]+"
        rf"{_Y}(?!\s*(?:people|persons|[-–]\s*\d))",
    ),
]
_LISTED = {"holiday": "holidays", "words": "date_words"}
# "The sixth attack this year", "23 times so far this month": a count over a time, no date.
COUNTED = re.compile(
    r"\b(?:so far|thus far|times|\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|total of)\b[^.;]{0,40}$"
)


def _alternatives(phrases: list[str]) -> str:
    spaced = (re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True))
    return rf"(?<![\w/])(?P<phrase>{'|'.join(spaced)})(?![\w/])"


@cache
def patterns() -> list[tuple[str, re.Pattern[str]]]:
    """The rules of the grammar, by name, in their order."""
    return [(n, re.compile(_alternatives(column(_LISTED[n], "phrase")) if n in _LISTED else p)) for n, p in _PATTERNS]


@cache
def namesakes() -> re.Pattern[str]:
    """What may be named after a day and tells none."""
    return re.compile(rf"(?:\s*\")?\s+(?:{'|'.join(column('date_namesakes', 'word'))})s?\b")


@cache
def _listed(rule: str) -> dict[str, tuple[str, str]]:
    return {row["phrase"]: (row["from"], row["to"]) for row in rows(_LISTED[rule])}


def listed(rule: str, phrase: str) -> tuple[str, str]:
    """What the lexicon of a rule says of a phrase: from and to."""
    return _listed(rule)[" ".join(phrase.split())]


@cache
def listed_words(rule: str) -> Mapping[tuple[str, ...], tuple[str, str]]:
    """The same for all phrases of a rule, by the words that a sentence has for them."""
    return {tuple(phrase_words(phrase)): told for phrase, told in _listed(rule).items()}
