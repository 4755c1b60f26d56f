"""Place names beside nouns: "Kabul airport", "the village of X", "Helmand province"."""

from __future__ import annotations

from collections.abc import Sequence

from gtdlike.coding.gazetteer import Gazetteer, GazetteerPlace
from gtdlike.coding.rules.lexicon import Hit
from gtdlike.coding.rules.place_leads import lead
from gtdlike.coding.rules.place_lexicon import (
    PlaceNoun,
    country_names,
    function_words,
    glue,
    leads,
    no_places,
    place_nouns,
)
from gtdlike.coding.rules.place_model import Level, PlaceMention
from gtdlike.coding.rules.place_setting import Setting
from gtdlike.coding.rules.prose import Prose, Sentence

Found = tuple[int, Sequence[GazetteerPlace]]
"""How many words a name of the gazetteer has, and its places."""

LONGEST = 6
_BARE_FRONT = ("barangay", "brgy", "vereda", "caserio")
"""Nouns that stand before a name without "of"."""

SAINT = frozenset(("saint", "st", "st.", "saints", "our"))
"""Names that begin so are those of churches and schools, where no more is told."""


class NounReader:
    """Reads the names of one article that stand beside a noun for a place."""

    def __init__(self, prose: Prose, gazetteer: Gazetteer, setting: Setting) -> None:
        self.prose = prose
        self.gazetteer = gazetteer
        self.setting = setting

    def make(self, s: Sentence, first: int, last: int, level: Level, **more: object) -> PlaceMention:
        """A mention of these words, with what leads to them."""
        a, b = s.words[first].start, s.words[last - 1].end
        led = lead(s, first, self.prose.capitals)
        more = {"preposition": led.preposition, "aside": led.aside, "name": self.prose.plain[a:b]} | more
        return PlaceMention(first, last, a, b, level=level, **more)  # type: ignore[arg-type]

    def noun(self, s: Sentence, i: int) -> Hit[PlaceNoun] | None:
        """The noun for a place at word `i`."""
        return place_nouns().at(s.lows, i)

    def run(self, s: Sentence, i: int) -> int:
        """The end of the run of capitalised words that begins at `i` (in capitals: up to the next function word)."""
        j = i
        while j < len(s.words) and j - i < LONGEST:
            word = s.words[j]
            if not (word.low[:1].isalnum() and (word.capital or word.text.isdigit())):
                joins = j > i and j + 1 < len(s.words) and s.words[j + 1].capital
                if not (joins and (word.low in glue("inner") or hyphened(s, j))):
                    break
            elif ((self.prose.capitals or j > i) and word.low in function_words()) or (
                j > i and (hit := country_names().at(s.lows, j)) is not None and hit.value.country is not None
            ):
                break
            j += 1
        return j

    def _odd(self, s: Sentence, i: int, run: int) -> bool:
        """In capitals a run of many words is no name."""
        return self.prose.capitals and (run - i > 3 or run <= i)

    def _noun_behind(
        self, s: Sentence, i: int, end: int, run: int, found: Found | None, led: bool
    ) -> tuple[Hit[PlaceNoun] | None, int, Found | None]:  # fmt: skip
        """The noun behind the name at `i`, with the name's end and places where the noun changes them."""
        noun = self.noun(s, end)
        if noun is not None or (self.prose.capitals and not led):
            return noun, end, found
        inner = next((k for k in range(i + 1, run) if self.noun(s, k)), None)
        if inner is not None and (not found or end <= inner):
            if self.prose.capitals and (inner - i > 3 or found):
                return None, end, found
            return self.noun(s, inner), inner, (found if found and end == inner else None)
        if found and end < run and not self.prose.capitals and (noun := self.noun(s, run)):
            return noun, run, None
        return None, end, found

    def _front(self, s: Sentence, i: int, texts: list[str]) -> PlaceMention | None:
        """ "Village of X", "Barangay X": the noun stands before the name."""
        words, lows = s.words, s.lows
        front = self.noun(s, i)
        if front is None or front.end >= len(words):
            return None
        of = lows[front.end] == "of"
        j = front.end + of
        if j >= len(words) or not words[j].capital or not (of or lows[i] in _BARE_FRONT):
            return None
        if lows[j] in function_words() or lows[j] in no_places() or country_names().at(lows, j):
            return None
        end = min(self.run(s, j), j + 3)
        if end <= j:
            return None
        found = self.gazetteer.longest(texts, j)
        if found and j + found[0] < end:
            found = None  # "the village of Tongo Tongo", where the gazetteer has a Tongo elsewhere
        stop = min(j + found[0], end) if found else end
        level: Level = front.value.level
        if level == "part" and not front.value.own and of and lows[j] not in SAINT:
            if not found or not any(map(self.setting.plausible, found[1])):
                return None
            level = "city"  # "the school of X" is in X
        within = {"preposition": "at"} if level != front.value.level else {}
        return self.make(s, j, stop, level, candidates=places_of(found), noun=lows[i], **within)

    def _with_noun(
        self, s: Sentence, i: int, end: int, noun: Hit[PlaceNoun], found: Found | None, led: bool
    ) -> PlaceMention | None:  # fmt: skip
        """A name with a noun behind it: "Rafah city", "Helmand province", "Kabul airport"."""
        name = self.prose.plain[s.words[i].start : s.words[end - 1].end]
        candidates = places_of(found) or tuple(self.gazetteer.find(name))
        word = s.lows[noun.end - 1]
        institution = i > 0 and s.words[i - 1].capital and s.words[noun.start].capital and not self.prose.capitals
        if institution and s.lows[i - 1] not in leads():
            return None
        if end == i + 1 and (s.lows[i] in no_places() or s.lows[i] in glue("direction")):
            # "The residential district", "this northern city"; but "Northern province" is one.
            regions = [c for c in candidates if c.kind != "city" and self.setting.plausible(c)]
            if not regions or noun.value.level not in ("province", "district"):
                return None
        if not candidates and (not led or self._named_behind(s, noun.end)):
            return None
        if noun.value.level == "city" and s.lows[noun.end : noun.end + 1] == ["of"] and self._capital(s, noun.end + 1):
            return None  # "the Gulf port of X", "the Nile Delta city of Y"
        inside = s.lows[noun.end : noun.end + 1] == ["in"] and self._capital(s, noun.end + 1)
        if word == "camp" and inside and not self.prose.capitals:
            return self.make(s, i, noun.end, "part", noun=word) if led else None  # "Shati Camp in Gaza city"
        if noun.value.level == "part":
            # "Kabul airport" is at Kabul when the name is one; otherwise the part has the name itself.
            known = [c for c in candidates if c.population > 20_000 and self.setting.plausible(c)]
            if known and not noun.value.own and not inside:  # "... in Revere"
                return self.make(s, i, end, "city", candidates=candidates, noun=word)
            common = noun.end == noun.start + 1 and not s.words[noun.start].capital and self.setting.silent
            home = known and (common or self.setting.weight(known[0].iso) > 0.5)
            if home and known[0].kind == "region1":
                return self.make(s, i, end, "province", candidates=candidates, noun=word)  # "the Florida mosque"
            if home and not inside and known[0].population > 100_000:
                return self.make(s, i, end, "city", candidates=candidates, noun=word)  # "a Lima restaurant"
            return self.make(s, i, noun.end, "part", noun=word) if led and not self._odd(s, i, end) else None
        return self.make(s, i, end, noun.value.level, candidates=candidates, noun=word)

    def _capital(self, s: Sentence, i: int) -> bool:
        """Does the word at `i` begin a name?"""
        return i < len(s.words) and s.words[i].capital and s.lows[i] not in function_words()

    def _named_behind(self, s: Sentence, i: int) -> bool:
        """ "The old town." and "the rural jurisdiction of X" hold no name before the noun."""
        return self.prose.capitals and (i >= len(s.lows) or s.lows[i] in (".", ",", "of", ";"))


def places_of(found: Found | None) -> tuple[GazetteerPlace, ...]:
    return tuple(found[1]) if found else ()


def hyphened(s: Sentence, i: int) -> bool:
    """Is it the middle of a name with hyphens: the "on" of "Stoke-on-Trent"?"""
    word = s.words[i]
    return word.low.isalpha() and not word.after_space and i + 1 < len(s.words) and not s.words[i + 1].after_space
