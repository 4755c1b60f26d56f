"""Places: names in a sentence, chained from the small to the large, and settled on one place of the gazetteer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Literal

from attrs import define, frozen

from gtdlike.codebook import Country, load_codebook
from gtdlike.coding.gazetteer import Gazetteer, GazetteerPlace
from gtdlike.coding.rules.lexicon import Phrases, column, phrase_words, rows
from gtdlike.coding.rules.prose import Prose, Sentence

Level = Literal["country", "people", "province", "district", "city", "area", "part", "region", "any"]

IN = frozenset("in at near outside inside from to around across over between through throughout within into of on off toward towards".split())
NEAR = frozenset("near outside around toward towards off".split())
_LINKS = frozenset([",", "in", "of", "the", "(", ")", "[", "]", "'s", "and", "city", "northern", "southern", "eastern", "western", "central", "'",
                    "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "near", "outside", "just"])  # fmt: skip
_ATTACKED = frozenset("attacked raided stormed attack shelled bombarded overran invaded".split())
_INNER = frozenset("de del la las los el al bin ez es ed ad as of da do dos e y i ul ur di san".split())
_NAMELESS = frozenset("the a an this that its their his her other another same each every some several many two three four new main".split())


@frozen(slots=True)
class PlaceMention:
    """A place name: words `first` to `last` (exclusive) of its sentence, offsets in the text, and what it may be."""

    first: int
    last: int
    start: int
    end: int
    name: str
    level: Level
    country: int | None = None
    candidates: tuple[GazetteerPlace, ...] = ()
    preposition: str | None = None
    weak: bool = False
    point: tuple[float, float] | None = None
    province: str | None = None
    noun: str | None = None
    """The noun beside the name: village, city, district."""


@frozen(slots=True)
class PlaceChain:
    """Place names of one sentence that name one place together: "a market in X, Y province, Z"."""

    mentions: tuple[PlaceMention, ...]

    @property
    def first(self) -> PlaceMention:
        return self.mentions[0]

    @property
    def start(self) -> int:
        return min(m.start for m in self.mentions)

    @property
    def only_people(self) -> bool:
        return all(m.level == "people" for m in self.mentions)

    @property
    def local(self) -> bool:
        """Does it name anything smaller than a country?"""
        return any(m.level not in ("country", "people") for m in self.mentions)


@define(slots=True)
class Settled:
    """A place of the codebook's kind, with the mention behind each part."""

    country: int | None = None
    province: str | None = None
    city: str | None = None
    location: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    specificity: int = 5
    near: bool = False
    because: dict[str, PlaceMention] | None = None


@frozen(slots=True)
class _Named:
    country: Country | None
    people: bool
    row: dict[str, str] | None = None


@cache
def countries_by_code() -> dict[int, Country]:
    return {c.code: c for c in load_codebook().countries}


@cache
def countries_by_iso() -> dict[str, Country]:
    found: dict[str, Country] = {}
    for country in load_codebook().countries:
        if country.iso and country.iso not in found:
            found[country.iso] = country
    return found


@cache
def _names() -> Phrases[_Named]:
    entries: list[tuple[list[str], _Named]] = []
    by_name = {c.name: c for c in load_codebook().countries}
    for row in rows("regions"):
        entries.append((phrase_words(row["name"]), _Named(by_name[row["country"]], False, dict(row))))
    for country in load_codebook().countries:
        entries += [(phrase_words(n), _Named(country, False)) for n in (country.name, *country.aliases)]
        entries += [(phrase_words(n), _Named(country, True)) for n in country.demonyms]
    return Phrases(entries)


@cache
def _nouns() -> Phrases[str]:
    return Phrases((phrase_words(row["noun"]), row["level"]) for row in rows("place_nouns"))


@cache
def _stop() -> frozenset[str]:
    return frozenset(column("place_stop", "word"))


class PlaceFinder:
    """Finds the places of one article; its countries settle names that many places bear."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self.gazetteer = Gazetteer.load()
        self.votes: Counter[int] = Counter()
        self.first: dict[int, tuple[int, int]] = {}

    def mentions(self, sentence: Sentence, blocked: Sequence[tuple[int, int]] = ()) -> list[PlaceMention]:
        """The place names of a sentence; word runs in `blocked` (names of groups, dates) are passed over."""
        found: list[PlaceMention] = []
        words, lows = sentence.words, sentence.lows
        taken = {i for a, b in blocked for i in range(a, b)}
        i = 0
        while i < len(words):
            mention = None
            if i not in taken and lows[i][:1].isalpha():
                mention = self._country(sentence, i) or self._local(sentence, i, found[-1] if found else None)
            if mention is None or any(k in taken for k in range(mention.first, mention.last)):
                i += 1
            else:
                found.append(mention)
                i = max(mention.last, i + 1)
        return found

    def _make(self, s: Sentence, first: int, last: int, level: Level, **more: object) -> PlaceMention:
        a, b = s.words[first].start, s.words[last - 1].end
        before = s.lows[first - 1] if first else ""
        if before == "the" and first > 1:
            before = s.lows[first - 2]
        preposition = before if before in IN else None
        return PlaceMention(first, last, a, b, self.prose.plain[a:b], level, preposition=preposition, **more)  # type: ignore[arg-type]

    def _country(self, s: Sentence, i: int) -> PlaceMention | None:
        hit = _names().at(s.lows, i)
        if hit is None or not (self.prose.capitals or s.words[i].capital):
            return None
        named, word = hit.value, s.words[i]
        if hit.end == i + 1 and word.low in ("us", "uk", "uae", "drc") and (self.prose.capitals or not word.text.isupper()):
            return None
        country = named.country
        assert country is not None
        if named.row:
            point = (float(named.row["latitude"]), float(named.row["longitude"]))
            return self._make(s, i, hit.end, "region", country=country.code, point=point, province=named.row["province"] or None)
        return self._make(s, i, hit.end, "people" if named.people else "country", country=country.code)

    def _noun(self, s: Sentence, i: int) -> tuple[int, Level] | None:
        hit = _nouns().at(s.lows, i)
        return (hit.end, hit.value) if hit else None  # type: ignore[return-value]

    def _run(self, s: Sentence, i: int) -> int:
        """The end of the run of capitalised words that begins at `i` (in capitals: up to the next function word)."""
        j = i
        while j < len(s.words) and j - i < 6:
            word = s.words[j]
            if not (word.low[:1].isalnum() and (word.capital or word.text.isdigit())):
                if not (word.low in _INNER and j > i and j + 1 < len(s.words) and s.words[j + 1].capital):
                    break
            elif self.prose.capitals and word.low in _FUNCTION:
                break
            j += 1
        return j

    def _local(self, s: Sentence, i: int, previous: PlaceMention | None) -> PlaceMention | None:
        words, lows = s.words, s.lows
        if not words[i].capital or lows[i] in _NAMELESS or lows[i] in _FUNCTION:
            return None
        before = lows[i - 1] if i else ""
        led = before in IN or before in _ATTACKED or (before == "the" and i > 1 and lows[i - 2] in IN)
        chained = previous is not None and 0 < i - previous.last <= 2 and before in (",", "in", "of", "(", "[", "'s")
        texts = [w.text for w in words]
        if (front := self._front(s, i, texts)) is not None:
            return front
        if self._noun(s, i) and lows[i] in ("barangay", "brgy", "village", "town", "city"):
            return None
        of_noun = self._noun(s, i - 2) if before == "of" and i > 1 else None
        run = self._run(s, i)
        found = self.gazetteer.longest(texts[: max(run, i + 1)], i)
        end = i + found[0] if found else run
        noun = self._noun(s, end) if end < len(words) else None
        if noun is None and not self.prose.capitals:
            inner = next((k for k in range(i + 1, run) if self._noun(s, k)), None)
            if inner is not None and (not found or end <= inner):
                noun, end, found = self._noun(s, inner), inner, (found if found and end == inner else None)
            elif found and end < run and run < len(words) and (noun := self._noun(s, run)):
                end, found = run, None
        if noun is not None and noun[1] == "part" and not found and not (led or chained):
            noun = None
        if noun is not None:
            return self._with_noun(s, i, end, noun, found, led or chained)
        if of_noun is not None and of_noun[1] not in ("part", "area"):
            return self._make(s, i, end, of_noun[1], candidates=tuple(found[1]) if found else (), noun=lows[i - 2])
        if not found:
            if (led and before != "of" or chained) and not self.prose.capitals and self._country_follows(s, run, texts):
                if chained or lows[i] not in _stop():
                    return self._make(s, i, run, "any")
            return None
        if end - i == 1 and (lows[i] in _stop() or (found[1][0].common_word and not (led or chained))):
            return None
        # A name among other names is a person or an institution ("Valencia Lopez", "Istanbul Bar Association").
        joined = i > 1 and words[i - 1].capital and lows[i - 1] not in IN and words[i - 1].text[:1].isalpha()
        neighbours = not self.prose.capitals and (end < run or joined)
        if self.prose.capitals and not (led or chained):
            return None
        if before == "of" and not chained and found[1][0].population < 50000:
            return None
        if not (led or chained) and (found[1][0].population < 100_000 or i == 0):
            return None
        return self._make(s, i, end, "any", candidates=tuple(found[1]), weak=bool(neighbours) or not (led or chained))

    def _front(self, s: Sentence, i: int, texts: list[str]) -> PlaceMention | None:
        """ "Village of X", "Barangay X": the noun stands before the name."""
        words, lows = s.words, s.lows
        front = self._noun(s, i)
        if front is None or front[0] >= len(words):
            return None
        of = lows[front[0]] == "of"
        j = front[0] + of
        if j >= len(words) or not words[j].capital or not (of or lows[i] in ("barangay", "brgy")) or lows[j] in _FUNCTION:
            return None
        end = min(self._run(s, j), j + 3)
        if end <= j:
            return None
        found = self.gazetteer.longest(texts, j)
        stop = min(j + found[0], end) if found else end
        return self._make(s, j, stop, front[1], candidates=tuple(found[1]) if found else (), noun=lows[i])

    def _with_noun(
        self, s: Sentence, i: int, end: int, noun: tuple[int, Level], found: tuple[int, Sequence[GazetteerPlace]] | None, led: bool
    ) -> PlaceMention | None:  # fmt: skip
        """A name with a noun behind it: "Rafah city", "Helmand province", "Kabul airport"."""
        name = self.prose.plain[s.words[i].start : s.words[end - 1].end]
        candidates = tuple(found[1]) if found else tuple(self.gazetteer.find(name))
        word = s.lows[noun[0] - 1]
        if noun[1] == "part":
            # "Kabul airport" is at Kabul when the name is one; otherwise the part has the name itself.
            if candidates and candidates[0].population > 20000 and word not in _QUARTERS:
                return self._make(s, i, end, "city", candidates=candidates, noun=word)
            return self._make(s, i, noun[0], "part", noun=word) if led else None
        return self._make(s, i, end, noun[1], candidates=candidates, noun=word)

    def _country_follows(self, s: Sentence, run: int, texts: list[str]) -> bool:
        """Do the names after a comma lead to a country or a place that is known?"""
        at = run
        for _ in range(3):
            if at >= len(s.lows) - 1 or s.lows[at] != ",":
                return False
            at += 1
            if _names().at(s.lows, at) is not None or self.gazetteer.longest(texts, at) is not None:
                return True
            at = self._run(s, at)
            while at < len(s.lows) and (noun := self._noun(s, at)):
                at = noun[0]
        return False

    def chains(self, sentence: Sentence, mentions: Sequence[PlaceMention]) -> list[PlaceChain]:
        """Mentions that stand in one row name one place."""
        found: list[list[PlaceMention]] = []
        for mention in mentions:
            if found:
                last = found[-1][-1]
                between = sentence.lows[last.last : mention.first]
                while between and _nouns().at(between, 0):
                    between = between[1:]
                apart = "and" in between or (last.level == mention.level == "country") or (not between and last.level != "people")
                if len(between) <= 4 and all(w in _LINKS for w in between) and not apart and last.level != "people":
                    if last.level != "country" or "'s" in between:
                        found[-1].append(mention)
                        continue
            found.append([mention])
        return [PlaceChain(tuple(sorted(c, key=lambda m: m.level == "country"))) for c in found]

    def vote(self, mentions: Sequence[PlaceMention], weight: int = 1) -> None:
        """Count the countries that the article speaks of."""
        for mention in mentions:
            if mention.country is not None:
                self.votes[mention.country] += 2 * weight if mention.level != "people" else weight
                self.first.setdefault(mention.country, (mention.start, mention.end))

    def _best(self, candidates: Sequence[GazetteerPlace], country: int | None, province: str | None, kinds: tuple[str, ...]) -> GazetteerPlace | None:
        iso = countries_by_code()[country].iso if country in countries_by_code() else None
        total = sum(self.votes.values()) or 1

        def score(place: GazetteerPlace) -> float:
            home = countries_by_iso().get(place.iso)
            vote = self.votes[home.code] / total if home else 0.0
            near = 3.0 if province and place.province and _alike(place.province, province) else 0.0
            return 6 * vote + near + math.log10(place.population + 10) / 2 + (0.5 if place.kind == kinds[0] else 0.0)

        fitting = [c for c in candidates if c.kind in kinds and (iso is None or c.iso == iso)]
        return max(fitting, key=lambda c: (score(c), -c.id), default=None)

    def settle(self, chain: PlaceChain) -> Settled:
        """One place from a chain: its country, first-order region, city and what is finer."""
        out = Settled(because={})
        assert out.because is not None
        for m in chain.mentions:
            if m.level in ("country", "region") and m.country is not None and out.country is None:
                out.country = m.country
                out.because["country"] = m
            if m.level == "region" and m.province:
                out.province = m.province
                out.because["provstate"] = m
        if out.country is None:
            self._country_of(chain, out)
        local = [m for m in chain.mentions if m.level not in ("country", "people", "region")]
        point = self._province(local, out)
        point = self._city(local, out) or point
        out.near = any((m.preposition or "") in NEAR for m in chain.mentions if m is out.because.get("city"))
        self._point(chain, out, point)
        return out

    def _province(self, local: list[PlaceMention], out: Settled) -> GazetteerPlace | None:
        """Take the first-order region off the large end of a chain."""
        if not local or out.province is not None or out.because is None:
            return None
        last, rest = local[-1], local[:-1]
        iso = countries_by_code()[out.country].iso if out.country in countries_by_code() else None
        region = self._best(last.candidates, out.country, None, ("region1",))
        city = self._best(last.candidates, out.country, None, ("city",))
        smaller = [m for m in rest if m.level not in ("part",)]
        if region is None and iso and (smaller or last.level == "province"):
            region = self.gazetteer.region(iso, last.name)
        if last.level == "province" or (last.level == "any" and not smaller and region is not None and city is None):
            pass
        elif last.level in ("any", "district") and smaller and (region is not None or (city is None and last.level == "any" and len(smaller) > 0)):
            pass
        else:
            return None
        out.province = region.name if region is not None and last.level != "province" else last.name
        out.because["provstate"] = last
        local.pop()
        return region

    def _city(self, local: list[PlaceMention], out: Settled) -> GazetteerPlace | None:
        """City and location from what is left of a chain, small to large."""
        assert out.because is not None
        point: GazetteerPlace | None = None
        for k, m in enumerate(local):
            larger = local[k + 1 :]
            city = self._best(m.candidates, out.country, out.province, ("city", "region2"))
            town_follows = any(x.noun in ("city", "town", "municipality") or (x.level == "any" and x.candidates) for x in larger)
            inner = m.level == "part" or (m.level in ("area", "district") and town_follows) or (
                m.level == "any" and any(x.noun == "city" for x in larger)
            )  # fmt: skip
            if inner or out.city is not None:
                if inner and out.city is None:
                    out.location = m.name if out.location is None else f"{out.location}, {m.name}"
                    out.because.setdefault("location", m)
                continue
            out.city = m.name
            out.because["city"] = m
            point = city
            if city is not None and out.province is None and city.province:
                out.province = city.province
                out.because.setdefault("provstate", m)
        return point

    def _country_of(self, chain: PlaceChain, out: Settled) -> None:
        best: GazetteerPlace | None = None
        because = None
        for m in chain.mentions:
            found = self._best(m.candidates, None, None, ("region1", "city", "region2") if m.level == "province" else ("city", "region1", "region2"))
            if found is not None and (best is None or found.population > best.population):
                best, because = found, m
        if best is not None and because is not None and (home := countries_by_iso().get(best.iso)):
            out.country = home.code
            assert out.because is not None
            out.because["country"] = because

    def _point(self, chain: PlaceChain, out: Settled, place: GazetteerPlace | None) -> None:
        iso = countries_by_code()[out.country].iso if out.country in countries_by_code() else None
        if place is not None and place.kind == "city" and out.city:
            out.latitude, out.longitude, out.specificity = place.latitude, place.longitude, 1
            return
        if place is None and out.province and iso:
            place = self.gazetteer.region(iso, out.province)
        if place is not None:
            out.latitude, out.longitude = place.latitude, place.longitude
            out.specificity = 2 if out.city else 4 if place.kind == "region1" else 3
            return
        for m in chain.mentions:
            if m.point:
                out.latitude, out.longitude = m.point
                out.specificity = 2 if out.city else 4 if m.province else 3


def _alike(a: str, b: str) -> bool:
    from gtdlike.coding.gazetteer import fold

    x, y = fold(a), fold(b)
    return x == y or x in y or y in x


_QUARTERS = frozenset("neighborhood neighbourhood quarter suburb sector borough barangay brgy barrio street avenue road boulevard highway hill creek farm".split())
_FUNCTION = frozenset(
    "the a an this that these those and or but when while where who which whose whom as by with without for from to of in on at is "
    "are was were be been being has have had do does did not no it its he she they we i you his her their our my said says told "
    "according also after before during since until today yesterday tonight monday tuesday wednesday thursday friday saturday sunday "
    "january february march april june july august september october november december killed wounded injured reported report "
    "police army military soldiers people government president attack attacks bomb two three four five six seven eight nine ten one "
    "another other several many some all more most least about around over under into out up down off then there here if because "
    "so than such only just near between against among through will would could should may might can must".split()
)
