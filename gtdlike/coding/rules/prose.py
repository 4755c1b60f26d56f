"""The article as prose: words and sentences that keep their offsets in the text as it was given."""

from __future__ import annotations

import re
import string
import unicodedata
from functools import cache
from itertools import accumulate
from typing import Any

from attrs import define, field

from gtdlike.coding.rules.boilerplate import boilerplate
from gtdlike.coding.rules.lexicon import Lows, column

_SAME = (
    {
        "‘": "'", "’": "'", "‛": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u200b": " ",
        "\n": " ", "\r": " ", "\t": " ", "\f": " ", "\v": " ",
    }
)  # fmt: skip

WORD = re.compile(
    r"[A-Za-z]{2,}+(?=[ .,])"  # most words; they are what makes the cutting quick
    r"|(?:[A-Za-z]\.){2,}"  # U.S., a.m.
    r"|\d+(?:[.,:/]\d+)*"  # 1,200; 3.5; 09/16/2014; 11:30
    r"|'[sS](?!\w)"
    r"|[^\W\d_]+(?:'(?![sS](?!\w))[^\W\d_]+)*"
    r"|--+|[^\w\s]"
)
_PARTS = re.compile(f"({WORD.pattern})")
_BREAK = re.compile(r"\n\s*")
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")
_LINK = re.compile(r"Read\s{2,}[A-Z]")  # "Read" and, at a distance, the headline of another story


@cache
def _plain(char: str) -> str:
    """One character without its diacritics and in lower case, and still one character."""
    base = unicodedata.normalize("NFKD", char)[:1]
    low = base.lower()
    return low if len(low) == 1 else char


_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def fold(text: str) -> str:
    """Lower case without diacritics, of the same length as the text."""
    return text.lower() if text.isascii() else _NOT_ASCII.sub(lambda m: _plain(m.group()), text).lower()


def plain(text: str) -> str:
    """The text with one sign for all dashes, quotation marks and blanks that mean the same; of the same length."""
    for sign, same in _SAME.items():  # quicker than str.translate: most signs are in no text
        if sign in text:
            text = text.replace(sign, same)
    return text


LONGEST = 200
"""Words in a sentence at the most: what is longer is no prose, and is cut so that no text takes for ever."""


@define(slots=True)
class Word:
    """A word or a mark. `low` is folded; `start` and `end` are offsets in the text as given."""

    text: str
    low: str
    start: int
    end: int
    after_space: bool = True
    capital: bool = False
    """It begins with a capital letter."""


@define(slots=True, eq=False)
class Sentence:
    """A run of words that make one statement. `paragraph` counts from 0; `index` counts sentences of the article."""

    words: list[Word]
    index: int = 0
    paragraph: int = 0
    lows: Lows = field(init=False)
    memo: dict[object, Any] = field(factory=dict, repr=False)

    texts: list[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.texts = [w.text for w in self.words]
        self.lows = Lows([w.low for w in self.words])

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


@define(slots=True, eq=False)
class Prose:
    """An article's text, cut into sentences. Boilerplate and headers are left out of `sentences`."""

    text: str
    plain: str
    """The text with one sign for all dashes, quotation marks and blanks; of the same length."""
    low: str
    """The plain text, folded."""
    sentences: list[Sentence]
    capitals: bool
    """All of the text is in capitals, so that case tells nothing."""
    memo: dict[object, Any] = field(factory=dict, repr=False)

    def quote(self, start: int, end: int) -> str:
        return self.text[start:end]


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(column("abbreviations", "abbreviation"))


_UPPER, _LOWER = string.ascii_uppercase.encode(), string.ascii_lowercase.encode()


def in_capitals(text: str) -> bool:
    # Letters are counted as bytes where they can be, which is many times quicker.
    ascii_only = text.encode("ascii", "ignore")
    upper = len(ascii_only) - len(ascii_only.translate(None, _UPPER))
    lower = len(ascii_only) - len(ascii_only.translate(None, _LOWER))
    if len(ascii_only) < len(text):
        others = _NOT_ASCII.findall(text)
        upper += sum(map(str.isupper, others))
        lower += sum(map(str.islower, others))
    return upper > 4 * lower


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs lie. A line is one, unless the lines are wrapped at a width; then blank lines part them."""
    lines = [line for line in text.split("\n") if line.strip()]
    wrapped = len(lines) > 4 and max(map(len, lines)) < 100 and sum(len(x) > 45 for x in lines) > 0.5 * len(lines)
    found, start = [], 0
    for gap in (_BLANK_LINES if wrapped else _BREAK).finditer(text):
        found.append((start, start + len(text[start : gap.start()].rstrip())))
        start = gap.end()
    found.append((start, len(text)))
    return [(a, b) for a, b in found if text[a:b].strip()]


def _words(text: str, plain: str, low: str, start: int, end: int) -> list[Word]:
    # What lies between the words, and the words, in turn; where each ends.
    parts = _PARTS.split(plain[start:end])
    ends = list(accumulate(map(len, parts), initial=start))
    words = [
        Word(text[a:b], low[a:b], a, b, between != "", text[a].isupper())
        for between, a, b in zip(parts[::2], ends[1::2], ends[2::2], strict=False)
    ]
    if words and start > 0:
        words[0].after_space = True
    if "-" in parts:  # "car-bomb" is two words; "10-15" keeps its mark
        words = [w for w in words if w.text != "-" or w.after_space or not _ties(plain, w.start)]
    return words


def _ties(plain: str, i: int) -> bool:
    """Does the hyphen at `i` tie two words?"""
    return plain[i + 1 : i + 2].isalnum() and not plain[max(0, i - 1) : i].isdigit()


def _ends(words: list[Word], i: int, capitals: bool) -> bool:
    """Does the sentence end with the mark at `i`?"""
    word = words[i]
    if word.text not in (".", "!", "?", "...", "…"):
        # An abbreviation such as "p.m." may end a sentence too.
        return bool(
            len(word.text) > 3 and word.text.endswith(".") and i + 1 < len(words)
            and words[i + 1].capital and words[i + 1].low in _STARTERS and not capitals
        )  # fmt: skip
    if i + 1 >= len(words):
        return True
    nxt = words[i + 1]
    if nxt.text in ('"', "'", ")", "]") and not nxt.after_space:
        return False  # the closing mark ends it instead
    before = words[i - 1] if i else None
    if word.text == "." and before is not None and not word.after_space:
        if before.low in _abbreviations() or (len(before.text) == 1 and before.text.isalpha()):
            return False
        if before.text.isdigit() and not nxt.after_space:
            return False
        if not nxt.after_space:  # a missing space: "on Monday.The"
            return before.text[-1:].islower() and nxt.capital and len(nxt.text) > 1
    first = next((w for w in words[i + 1 : i + 4] if w.text[:1].isalnum()), nxt)
    return capitals or first.capital or first.text[:1].isdigit() or nxt.text in ('"', "[", "(", "-", "*")


_STARTERS = frozenset("the a an he she it they in on at no there this that police officials but however".split())
_CLOSING = ('"', "'", ")", "]")
_ENDING = frozenset((*_CLOSING, ".", "!", "?", "…"))
"""How words and marks end that may end a sentence."""


def _sentences(words: list[Word], capitals: bool) -> list[list[Word]]:
    found: list[list[Word]] = []
    first = 0
    for i in (*(i for i, w in enumerate(words) if w.text[-1] in _ENDING), len(words)):
        while i - first >= LONGEST:
            found.append(words[first : first + LONGEST])
            first += LONGEST
        if i == len(words) or i - first + 1 == LONGEST or _closes(words, i) or _ends(words, i, capitals):
            found.append(words[first : i + 1])
            first = i + 1
    return [s for s in found if any(w.text[:1].isalnum() for w in s)]


def _closes(words: list[Word], i: int) -> bool:
    """Is the mark at `i` a closing one behind the end of a sentence?"""
    word = words[i]
    return (
        word.text in _CLOSING and not word.after_space and i > 0 and words[i - 1].text in (".", "!", "?")
        and (i + 1 >= len(words) or words[i + 1].capital or words[i + 1].text in ('"', "["))
    )  # fmt: skip


_EDITOR = re.compile(
    r"\[(?:[A-Z ]*TEXT|[A-Z]*\s*REPORT|EXCERPTS?|PASSAGE\s+(?:OMITTED|INDISTINCT)|AS\s+(?:RECEIVED|PUBLISHED|HEARD)"
    r"|WORDS?\s+INDISTINCT|(?:BEGIN|END|VIDEO)?\s*RECORDING|(?:VIDEO|COMMUNIQUE|INTERVIEW|SPEECH|COMMENTARY|EDITORIAL)"
    r"[^\]]{0,400})\]"
)


def read_prose(text: str) -> Prose:
    """Cut a text into sentences. Never raises, whatever the text is."""
    # Editor's brackets of transcribed radio say nothing of what happened; blanks of the same length keep the offsets.
    same = _EDITOR.sub(lambda m: " " * len(m.group()), plain(text))
    low = fold(same)
    capitals = in_capitals(text[:5000])
    sentences: list[Sentence] = []
    for paragraph, (start, end) in enumerate(paragraphs(text)):
        words = _words(text, same, low, start, end)
        for run in _sentences(words, capitals or in_capitals(text[start:end])):
            sentence = Sentence(run, index=len(sentences), paragraph=paragraph)
            effect = boilerplate(sentence.lows) or ("skip" if _LINK.match(same, start, end) else None)
            if effect == "end" and sentences:
                return Prose(text, same, low, sentences, capitals)
            if effect is None:
                sentences.append(sentence)
    return Prose(text, same, low, sentences, capitals)
