"""The setting of an article: which countries it speaks of, and where its newsroom sits."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Sequence

from attrs import frozen

from gtdlike.coding.gazetteer import Gazetteer, GazetteerPlace
from gtdlike.coding.placenames import fold
from gtdlike.coding.rules.dates import find_dateline
from gtdlike.coding.rules.lexicon import phrase_words
from gtdlike.coding.rules.perpetrators import find_groups
from gtdlike.coding.rules.place_lexicon import ABBREVIATED, countries_by_code, countries_by_iso, country_names, iso_of
from gtdlike.coding.rules.place_model import PlaceMention
from gtdlike.coding.rules.prose import Prose, Sentence

DATELINE_VOTE = 5.0
"""A newsroom's seat tells of the country as much as naming it twice or three times does."""

_GROUP_NOUNS = frozenset("state qaeda qaida front movement party army forces taliban".split())

HOME_SHARE = 0.35
"""The share of the votes from which a country counts as the one that the article is about."""

_MUCH = 3.0
"""An article that speaks less of a country ("two U.S. soldiers") says little of where it was."""

_TOWN = 20_000
"""So many people make a town known, where an article names no country."""

_BRACKETS = re.compile(r"[(\[]\s*([^)\]]+)")


@frozen(slots=True)
class Seat:
    """Where the newsroom sits: the dateline's place."""

    start: int
    end: int
    name: str
    place: GazetteerPlace | None
    country: int | None


class Setting:
    """The countries of an article, counted; they settle what a name means that many places bear."""

    def __init__(self, prose: Prose, gazetteer: Gazetteer, published: dt.date | None = None) -> None:
        self.prose = prose
        self.gazetteer = gazetteer
        self.votes: Counter[int] = Counter()
        self.first: dict[int, tuple[int, int]] = {}
        self._weights: dict[int, float] = {}
        self._named = False
        """Does it name a country, and not only peoples? Of whom there are people tells little of where it was."""
        self._of_groups: set[int] = set()
        """The countries of the armed groups that it names: they may strike abroad, but rarely at a namesake there."""
        self._line = find_dateline(prose, published)
        for number, sentence in enumerate(prose.sentences):
            self._count(sentence, 2.0 if number < 3 else 1.0)
            for g in find_groups(prose, sentence):
                if g.group is not None and not g.generic and g.group.nationality is not None:
                    self._of_groups.add(g.group.nationality)
        self.seat = self._find_seat()
        if self.seat is not None and self.seat.country is not None:
            self._named = True
            self._add(self.seat.country, DATELINE_VOTE, (self.seat.start, self.seat.end))

    def _add(self, code: int, weight: float, span: tuple[int, int]) -> None:
        self._weights[code] = self._weights.get(code, 0.0) + weight
        self.first.setdefault(code, span)

    def _count(self, sentence: Sentence, weight: float) -> None:
        free, skip = 0, self._line.end if self._line else 0
        for i, hit in country_names().hits(sentence.lows).items():
            word = sentence.words[i]
            if i < free or word.start < skip or not word.capital:
                continue
            free = hit.end
            country = None if self._of_group(sentence, i) else hit.value.country
            if country is not None and not (
                word.low in ("us", "uk") and (self.prose.capitals or not word.text.isupper())
            ):
                # A people, and a power that is everywhere ("the U.S. embassy"), tell less than the name of a country.
                share = 0.5 if word.low in ABBREVIATED or country.iso == "US" else 1.0 if hit.value.people else 2.0
                self._add(country.code, weight * share, (word.start, sentence.words[hit.end - 1].end))
                self._named = self._named or not hit.value.people

    def _of_group(self, s: Sentence, i: int) -> bool:
        """ "The Islamic State of Iraq", "al-Qaeda in the Arabian Peninsula": a group's name tells of no country."""
        k = i - 1 - (i > 0 and s.lows[i - 1] == "the")
        if i and s.lows[i - 1] in ("lake", "gulf") and s.words[i - 1].capital:
            return True  # "on the shores of Lake Chad"
        return k > 0 and s.lows[k] in ("of", "in") and s.lows[k - 1] in _GROUP_NOUNS

    def vote(self, mentions: Sequence[PlaceMention]) -> None:
        """Count the countries of towns that can be no other."""
        for m in mentions:
            if m.country is None and m.candidates and not m.weak and m.noun not in ("capital", "here"):
                best = m.candidates[0]
                rival = next((c.population for c in m.candidates if c.iso != best.iso), 0)
                if (
                    best.population > 100_000
                    and best.population > 8 * rival
                    and (home := countries_by_iso().get(best.iso))
                ):
                    self._add(home.code, 1.0, (m.start, m.end))

    def weight(self, iso: str | None) -> float:
        """How much the article speaks of a country, from 0 to 1: the one it speaks most of has 1."""
        country = countries_by_iso().get(iso or "")
        if country is None or not self._weights:
            return 0.0
        return self._weights.get(country.code, 0.0) / max(_MUCH, *self._weights.values())

    @property
    def silent(self) -> bool:
        """The article names no country at all."""
        return not self._weights

    @property
    def home(self) -> int | None:
        """The country that the article is about, if it is about one."""
        if not self._weights:
            return None
        code = max(self._weights, key=lambda c: (self._weights[c], -c))
        return code if self._weights[code] >= HOME_SHARE * sum(self._weights.values()) else None

    def plausible(self, place: GazetteerPlace) -> bool:
        """May the article mean this place, when it does not say in which country it lies?"""
        weight = self.weight(place.iso)
        if self.silent or weight >= 0.3 or place.population >= 500_000:
            return True
        if not self._named and place.population >= _TOWN:
            return True
        return weight >= 0.05 and place.population >= (200_000 if self.prose.capitals else 50_000)

    def score(self, place: GazetteerPlace) -> float:
        """How likely the article means this place, among others of the same name."""
        seat = 1.5 if is_capital(place) else 0.0
        country = countries_by_iso().get(place.iso)
        of_group = 1.5 if country is not None and country.code in self._of_groups else 0.0
        return 4 * self.weight(place.iso) + math.log10(place.population + 10) / 2 + seat + of_group

    def capital(self, code: int | None) -> GazetteerPlace | None:
        """The capital of a country of the codebook, as the gazetteer has it."""
        country = countries_by_code().get(code) if code is not None else None
        if country is None or country.capital is None:
            return None
        return self.gazetteer.inside(country.capital, country.iso) if country.iso else None

    def _find_seat(self) -> Seat | None:
        line = self._line
        if line is None or line.place is None:
            return None
        start, end = line.place
        name = self.prose.plain[start:end].split("/")[0].strip()
        end = start + len(name)
        if not name:
            return None
        rest = self.prose.plain[end : line.end]
        iso = self._country_in(rest)
        places = [p for p in self.gazetteer.find(name) if iso is None or p.iso == iso]
        best = max(places, key=self.score, default=None)
        if best is not None and not self.plausible(best) and not is_capital(best) and iso is None:
            best = None
        home = countries_by_iso().get(best.iso if best is not None else iso or "")
        return Seat(start, end, name, best, home.code if home else None)

    def _country_in(self, text: str) -> str | None:
        """The country that stands behind a dateline's place: "(EL SALVADOR)", ", Philippines"."""
        for part in (*_BRACKETS.findall(text), *text.split(",")):
            hit = country_names().at(words := phrase_words(part), 0)
            if hit is not None and hit.end == len(words) and not hit.value.people and hit.value.country is not None:
                return iso_of(hit.value.country.code)
        return None


def is_capital(place: GazetteerPlace) -> bool:
    """Is it the capital of its country?"""
    country = countries_by_iso().get(place.iso)
    return country is not None and place.kind == "city" and fold(country.capital or "") == fold(place.name)
