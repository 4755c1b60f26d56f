"""Place names in a sentence: where they begin and end, what led to them, and what they may be."""

from __future__ import annotations

from gtdlike.coding.gazetteer import GazetteerPlace
from gtdlike.coding.rules.persons import given_names
from gtdlike.coding.rules.place_leads import Lead, lead
from gtdlike.coding.rules.place_lexicon import (
    country_names,
    function_words,
    glue,
    leads,
    no_places,
)
from gtdlike.coding.rules.place_model import PlaceMention
from gtdlike.coding.rules.place_nouns import SAINT, Found, NounReader, hyphened, places_of
from gtdlike.coding.rules.prose import Sentence

_APPOSITION = 6
"""So many words behind a name may say where it lies."""

_CHAINING = (",", "in", "of", "(", "[", "'s")


class PlaceReader(NounReader):
    """Reads the places of one article's sentences."""

    def local(self, s: Sentence, i: int, previous: PlaceMention | None) -> PlaceMention | None:
        """A name smaller than a country."""
        words, lows = s.words, s.lows
        if not words[i].capital or lows[i] in glue("nameless") or lows[i] in function_words():
            return None
        if lows[i] == "lake" and i + 1 < len(words) and words[i + 1].capital and not self.prose.capitals:
            return None  # a lake is no town, and lies in several countries
        here = lead(s, i, self.prose.capitals)
        if here.far:
            return None
        before = lows[i - 1] if i else ""
        chained = previous is not None and 0 < i - previous.last <= 2 and before in _CHAINING
        led = here.led or chained
        texts = s.texts
        if chained and before == "," and self._province_by_side(s, i):
            return self.make(s, i, i + 1, "any", candidates=tuple(self.gazetteer.find(words[i].text)))
        if (front := self._front(s, i, texts)) is not None:
            return front
        if lows[i] in ("barangay", "brgy", "village", "town", "city"):
            return None
        of_noun = self.noun(s, i - 2) if before == "of" and i > 1 else None
        if (
            of_noun is not None
            and previous is not None
            and previous.last == i - 2
            and previous.noun
            and previous.level != "country"
        ):
            of_noun = None  # in "the Sadr City district of Baghdad" it is Sadr City that is the district
        run = self.run(s, i)
        if lows[i] in SAINT and not self.prose.capitals and lows[run : run + 1] == ["'s"]:
            return self.make(s, i, run, "part", preposition="at") if led else None  # "at Saint Mark's cathedral"
        found = self.gazetteer.longest(texts, i)
        if found and not all(
            words[k].capital or lows[k] in glue("inner") or hyphened(s, k) for k in range(i, i + found[0])
        ):
            found = self._double(s, i) or self.gazetteer.longest(texts[: max(run, i + 1)], i)
        end = i + found[0] if found else run
        run = max(run, end)
        if end < len(words) and not words[end].after_space and lows[end][:1].isalpha():
            return None  # half of a word with a hyphen
        noun, end, found = self._noun_behind(s, i, end, run, found, led)
        if noun is not None:
            mention = self._with_noun(s, i, end, noun, found, led)
            if mention is not None or noun.value.level != "part":
                return mention
        if of_noun is not None and of_noun.value.level not in ("part", "area") and lows[i] not in no_places():
            if end < run <= i + 3 and not self.prose.capitals and found and found[1][0].population < 100_000:
                end, found = run, None  # "the village of Tongo Tongo", where the gazetteer has a Tongo elsewhere
            return self.make(s, i, end, of_noun.value.level, candidates=places_of(found), noun=lows[i - 2])
        if found is None:
            follows = led and (before != "of" or chained) and self._country_follows(s, run, texts)
            if follows and not here.article and (chained or lows[i] not in no_places()) and not self._odd(s, i, run):
                return self.make(s, i, run, "any")
            return self.make(s, i, run, "any") if self._unlisted(s, i, run, here) else None
        if end < run <= i + 3 and not any(word in given_names() for word in lows[i:run]):
            follows = led and self._country_follows(s, run, texts)
            if follows or self._unlisted(s, i, run, here):
                return self.make(s, i, run, "any")  # "Baga Sola", where the gazetteer has only a Baga elsewhere
        return self._bare(s, i, end, run, found, here, chained)

    def _unlisted(self, s: Sentence, i: int, run: int, here: Lead) -> bool:
        """ "Killed in Kebitigollewa on Thursday": a plain name behind "in" that no gazetteer has.

        Not where a newsroom's seat is told, of which it may be a quarter.
        """
        if self.setting.seat is not None and not self._explained(s, run):
            return False
        if here.preposition != "in" or here.article or self.prose.capitals or not 0 < i < run <= i + 3:
            return False
        behind = s.lows[run] if run < len(s.lows) else "."
        names = s.lows[i:run]
        return behind in glue("after a name") and not any(
            len(name) < 4 or not name.isalpha() or name in no_places() or name in given_names() or s.texts[k].isupper()
            for k, name in enumerate(names, start=i)
        )

    def _explained(self, s: Sentence, end: int) -> bool:
        """Does the text say where a name lies: "in Chaka, some 60 km from the port", "in Tarwa, a village near ..."?"""
        behind = s.lows[end : end + _APPOSITION]
        if behind[:1] != [","] or not behind[1:]:
            return False
        far = any(w in ("km", "kilometres", "kilometers", "miles") for w in behind)
        town = behind[1] in ("a", "an", "the") and any(n in behind for n in ("village", "town", "hamlet", "settlement"))
        return far or town

    def _double(self, s: Sentence, i: int) -> Found | None:
        """ "Jammu and Kashmir" is one region; "Jammu and Srinagar" are two cities."""
        end = next((j for j in range(i + 1, min(i + 4, len(s.lows) - 1)) if s.lows[j] == "and"), None)
        if end is None or not s.words[end + 1].capital:
            return None
        found = self.gazetteer.longest(s.texts[: self.run(s, end + 1)], i)
        whole = found is not None and i + found[0] > end + 1 and found[1][0].kind == "region1"
        return found if whole else None

    def _bare(
        self, s: Sentence, i: int, end: int, run: int, found: Found, here: Lead, chained: bool
    ) -> PlaceMention | None:  # fmt: skip
        """A name of the gazetteer without a noun; other names are words and persons as often as places."""
        words, lows = s.words, s.lows
        best, led = found[1][0], here.led or chained
        if end - i == 1 and (lows[i] in no_places() or (best.common_word and not led)):
            return None
        if self._other_name(s, i, end, best, here, chained):
            return None
        if (self.prose.capitals and (not led or here.article)) or (not led and (best.population < 100_000 or i == 0)):
            return None
        joined = i > 1 and words[i - 1].capital and lows[i - 1] not in leads() and words[i - 1].text[:1].isalpha()
        neighbours = not self.prose.capitals and (end < run or joined)
        if not (chained or self._country_follows(s, end, s.texts)):
            if not any(map(self.setting.plausible, found[1])):
                # A namesake abroad: the article means a place of its own that the gazetteer does not have.
                local = here.preposition in ("in", "at", "near", "outside") and not (here.article or best.common_word)
                local = local and lows[end : end + 1] != ["'s"]  # "at Rachel's Tomb"
                return self.make(s, i, end, "any") if local and not neighbours else None
            if neighbours and end < run and best.population < 100_000:
                return None  # "fired on Hamid Karim"
        weak = neighbours or not led or (here.article and best.kind == "city")
        return self.make(s, i, end, "any", candidates=tuple(found[1]), weak=weak)

    def _other_name(
        self, s: Sentence, i: int, end: int, best: GazetteerPlace, here: Lead, chained: bool
    ) -> bool:  # fmt: skip
        """Is it the name of an institution, an acronym, a street or a person?"""
        before = s.lows[i - 1] if i else ""
        if before == "of" and here.preposition == "of" and not chained:
            # "the Friends of Vermont"
            named = i > 1 and s.words[i - 2].capital and not self.prose.capitals
            return named or best.population < (100_000 if self.prose.capitals else 50_000)
        if before in ("(", "[") and end - i == 1 and len(s.lows[i]) < 6 and s.words[i].text.isupper():
            return True
        if here.preposition == "on" and best.population < 20_000:
            return True
        owner = end < len(s.lows) and s.lows[end] == "'s"
        return self.prose.capitals and owner and best.population < 50_000

    def _province_by_side(self, s: Sentence, i: int) -> bool:
        """ "Riffa, Southern, Bahrain": a word that is a province's name between commas, before the country."""
        if s.lows[i] not in no_places() or i + 2 >= len(s.lows) or s.lows[i + 1] != ",":
            return False
        hit = country_names().at(s.lows, i + 2)
        return hit is not None and hit.value.country is not None and not hit.value.people

    def _country_follows(self, s: Sentence, run: int, texts: list[str]) -> bool:
        """Do the names after a comma lead to a country or a place that is known?"""
        at = run
        for _ in range(3):
            if at >= len(s.lows) - 1 or s.lows[at] != ",":
                return False
            at += 1
            hit = country_names().at(s.lows, at)
            if hit is not None and hit.value.country is not None and not hit.value.people:
                return True
            if s.words[at].capital and s.lows[at] not in no_places() and self.gazetteer.longest(texts, at) is not None:
                return True
            at = self.run(s, at)
            while at < len(s.lows) and (noun := self.noun(s, at)):
                at = noun.end
        return False
