"""From a chain of names to one place: country, first-order region, city, what is finer, and coordinates."""

from __future__ import annotations

import math

from gtdlike.coding.gazetteer import Gazetteer, GazetteerPlace
from gtdlike.coding.placenames import fold
from gtdlike.coding.rules.place_lexicon import countries_by_iso, glue, iso_of
from gtdlike.coding.rules.place_model import PlaceChain, PlaceMention, Settled
from gtdlike.coding.rules.place_setting import Setting

_CITY = 100_000
"""So many people make a city that has quarters."""

_OWN_NAME = 0.7
"""A place is meant by its own name rather than by another name of it."""

_QUARTER = 15.0
"""So many kilometres from its centre a quarter of a city may lie."""

_MOST_OF_IT = 0.6
"""A province of whose people so many live in the city is little more than the city."""

_ANY = ("city", "region1", "region2")
_TOWN = ("city", "town", "municipality", "capital", "here", "dateline", "village")
_MINOR = frozenset("de del la las los el y da do dos e di al".split())


class Settler:
    """Settles the chains of one article, by the gazetteer and the article's setting."""

    def __init__(self, gazetteer: Gazetteer, setting: Setting) -> None:
        self.gazetteer = gazetteer
        self.setting = setting

    def settle(self, chain: PlaceChain) -> Settled:
        """One place from a chain."""
        out = Settled(because={})
        assert out.because is not None
        for m in chain.mentions:
            if m.level in ("country", "region") and m.country is not None and out.country is None:
                out.country = m.country
                out.because["country"] = m
            if m.level == "region" and m.province and out.province is None:
                out.province = m.province
                out.because["provstate"] = m
            if m.level == "region" and out.location is None and m.province != m.name:
                out.location = self.name(m)
                out.because["location"] = m
        if out.country is None:
            self._country_of(chain, out)
        local = [m for m in chain.mentions if m.level not in ("country", "people", "region")]
        if out.country is None and local and self.setting.home is not None:
            # "Assembly Hall": a name that no gazetteer has is in the country that the article is about.
            out.country = self.setting.home
            out.because["country"] = local[0]
        point = self._province(local, out)
        point = self._city(local, out) or point
        out.near = any(m.preposition in glue("near") for m in chain.mentions if m is out.because.get("city"))
        self._point(chain, out, point)
        return out

    def name(self, mention: PlaceMention) -> str:
        """A place's name as a row should have it: as the text writes it, but not all in capitals."""
        name = mention.name
        if not self.setting.prose.capitals or not name.isupper():
            return name
        for place in mention.candidates:
            if fold(place.name) == fold(name):
                return place.name
        words = name.lower().split()
        return " ".join(w if w in _MINOR and i else w.capitalize() for i, w in enumerate(words))

    def _best(
        self, mention: PlaceMention, country: int | None, province: str | None, kinds: tuple[str, ...]
    ) -> GazetteerPlace | None:
        iso = iso_of(country)

        def score(place: GazetteerPlace) -> float:
            near = 3.0 if province and place.province and _alike(place.province, province) else 0.0
            own = _OWN_NAME if fold(place.name) == name else 0.0
            return self.setting.score(place) + near + own + (0.5 if place.kind == kinds[0] else 0.0)

        name = fold(mention.name)
        fitting = [c for c in mention.candidates if c.kind in kinds and (iso is None or c.iso == iso)]
        return max(fitting, key=lambda c: (score(c), -c.id), default=None)

    def _country_of(self, chain: PlaceChain, out: Settled) -> None:
        """The country of a chain that names none: that of its likeliest place, the larger ones first."""
        best: GazetteerPlace | None = None
        because: PlaceMention | None = None
        for m in chain.mentions:
            kinds = ("region1", "city", "region2") if m.level in ("province", "district") else _ANY
            found = self._best(m, None, None, kinds)
            if found is None or not (self.setting.plausible(found) or m.noun in ("capital", "here", "dateline")):
                continue
            if best is None or self.setting.score(found) > self.setting.score(best):
                best, because = found, m
        if best is not None and because is not None and (home := countries_by_iso().get(best.iso)):
            out.country = home.code
            assert out.because is not None
            out.because["country"] = because

    def _province(self, local: list[PlaceMention], out: Settled) -> GazetteerPlace | None:
        """Take the first-order region off the large end of a chain."""
        if not local or out.province is not None or out.because is None:
            return None
        last, rest = local[-1], local[:-1]
        iso = iso_of(out.country)
        region = self._best(last, out.country, None, ("region1",))
        city = self._best(last, out.country, None, ("city",))
        smaller = [m for m in rest if m.level not in ("part",)]
        stated = last.level == "province"
        if region is None and iso and (smaller or stated):
            region = self.gazetteer.region(iso, last.name)
        alone = last.level == "any" and not smaller and region is not None and city is None
        after = last.level in ("any", "district") and bool(smaller) and (
            region is not None or (city is None and last.level == "any")
        )  # fmt: skip
        if after and region is not None and all(self._quarter(m, last, out) for m in smaller):
            return None
        # "Southern district": the noun is a district's, but the country calls its first-order regions so.
        named_so = last.level == "district" and region is not None and city is None
        if not (stated or alone or after or named_so):
            return None
        out.province = region.name if region is not None and not stated else self.name(last)
        out.because["provstate"] = last
        local.pop()
        return region

    def _city(self, local: list[PlaceMention], out: Settled) -> GazetteerPlace | None:
        """City and location from what is left of a chain, small to large."""
        assert out.because is not None
        point: GazetteerPlace | None = None
        for k, m in enumerate(local):
            larger = local[k + 1 :]
            city = self._best(m, out.country, out.province, ("city", "region2"))
            town_follows = any(x.noun in _TOWN or (x.level == "any" and x.candidates) for x in larger)
            named = any(x.noun in _TOWN for x in larger)
            inner = (
                m.level == "part"
                or (m.level in ("area", "district") and town_follows)
                or (m.level == "any" and (named or any(self._much_larger(x, city, out) for x in larger)))
                or any(x.noun == "here" or self._quarter(m, x, out) for x in larger)
            )
            if inner or out.city is not None:
                if inner and out.city is None:
                    name = self.name(m)
                    out.location = name if out.location is None else f"{out.location}, {name}"
                    out.because.setdefault("location", m)
                continue
            out.city = self.name(m)
            out.because["city"] = m
            point = city
            out.people = city.population if city is not None else 0
            if city is not None and out.province is None and city.province:
                out.province = city.province
                out.because.setdefault("provstate", m)
        return point

    def _quarter(self, m: PlaceMention, other: PlaceMention, out: Settled) -> bool:
        """Is it a quarter of the city that the other name tells ("the Musaga district of Bujumbura")?

        Where that city's province bears the same name, a district that lies far off, or that no gazetteer has, is one
        of the province.
        """
        if m.level not in ("district", "area"):
            return False
        town = self._best(other, out.country, None, ("city",))
        if town is None or town.population < _CITY:
            return False
        known = [c for c in m.candidates if c.iso == town.iso]
        if known:
            return any(_km(c, town) <= _QUARTER for c in known)
        region = self._best(other, out.country, None, ("region1",))
        return region is None or town.population >= _MOST_OF_IT * region.population

    def _much_larger(self, other: PlaceMention, city: GazetteerPlace | None, out: Settled) -> bool:
        """Is another name of the chain that of a city, of which the first is a quarter: "Chinatown, Vancouver"?"""
        town = self._best(other, out.country, out.province, ("city",)) if other.level == "any" else None
        return town is not None and town.population > 100_000 + 20 * (city.population if city else 0)

    def _point(self, chain: PlaceChain, out: Settled, place: GazetteerPlace | None) -> None:
        iso = iso_of(out.country)
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


def _km(a: GazetteerPlace, b: GazetteerPlace) -> float:
    """How far apart two places are that lie close together."""
    east = (a.longitude - b.longitude) * math.cos(math.radians(a.latitude))
    return 111.2 * math.hypot(a.latitude - b.latitude, east)


def _alike(a: str, b: str) -> bool:
    x, y = fold(a), fold(b)
    return x == y or x in y or y in x
