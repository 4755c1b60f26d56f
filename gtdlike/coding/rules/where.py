"""The place of a draft: country to location, coordinates and how specific they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gtdlike.codebook import load_codebook
from gtdlike.coding.placenames import fold
from gtdlike.coding.rules.drafts import Draft
from gtdlike.coding.rules.memo import remembered
from gtdlike.coding.rules.place_model import PlaceChain, PlaceMention, Settled
from gtdlike.coding.rules.places import PlaceFinder
from gtdlike.coding.rules.scene import Scene
from gtdlike.coding.rules.sheet import Sheet

_AT = frozenset(("in", "at", "near", "outside", "inside", "on"))
"""The prepositions that say where something happens; "from" and "of" do not."""

_SUPPORT = 6
"""So many sentences around the telling are asked for a place that the telling lacks."""


_LEAD = 3
"""An attack told in the first sentences without a place is told from where it was."""


_ABBREVIATION = 3


_TOWNS = frozenset(("city", "capital", "town", "port"))


_COURT = frozenset("court courts judge jury trial sentenced convicted charged verdict".split())
"""Words of a report from where a court sits, not from where it happened."""


def code_place(sheet: Sheet, draft: Draft, finder: PlaceFinder, later: Sequence[Draft]) -> None:
    """country to location: the first place told that names a city, completed from the others that agree.

    `later`: the drafts of the attacks that the article tells of after this one; where those were, this one was not.
    """
    best = _told(draft)
    if best is None or not best.city:
        best = _completed(best, _supporting(draft, finder))
    recalled = all(t.other and not _in_the_town(t.scene) for t in draft.tellings)
    if not recalled and (best is None or not (best.city or best.province)):
        best = _completed(best, _of_article(draft, finder, best.country if best else None, later))
    if best is not None:
        _put(sheet, best)
    if "country" not in sheet.values:
        _country_of_context(sheet, draft, finder)
    if "country" in sheet.values:
        code = sheet.values["country"]
        assert isinstance(code, int)
        region = load_codebook().code_lists["country"].parent(code)
        e = next(e for e in sheet.evidence if e.variable == "country")
        span = (e.start, e.end) if e.start is not None and e.end is not None else None
        sheet.put("region", region, "place.region", span, inferred=True)
    sheet.put("specificity", 5, "place.unknown")


def _in_the_town(scene: Scene) -> bool:
    """ "A bomb that killed 40 people in the city": in the town of which the article speaks."""
    lows = scene.sentence.lows
    return any(lows[i : i + 2] == ["in", "the"] and lows[i + 2] in _TOWNS for i in range(len(lows) - 2))


def _told(draft: Draft) -> Settled | None:
    """The first place that the tellings name, or a later one that is finer and agrees."""
    best: Settled | None = None
    for telling in draft.tellings:
        place = telling.place
        if place is None:
            continue
        finer = best is not None and best.city is None and place.city is not None
        if (
            best is None
            or (finer and place.country in (best.country, None))
            or (best.country is None and place.country)
        ):
            best = place
    return best


def _completed(best: Settled | None, others: Iterator[Settled]) -> Settled | None:
    """The first of the other places that is finer and does not contradict what is told."""
    for other in others:
        if best is None or not (best.city or best.province or best.country or best.location):
            return other
        if best.country and other.country and best.country != other.country:
            continue
        if best.province and (not other.province or fold(best.province) != fold(other.province)):
            continue
        if other.city or (other.province and not best.province):
            if best.location and not other.location and best.because and other.because is not None:
                other.location = best.location
                other.because["location"] = best.because["location"]
            return other
    return best


def _supporting(draft: Draft, finder: PlaceFinder) -> Iterator[Settled]:
    """Places from the sentences around, where the telling itself has none."""
    for scene in draft.scenes[:_SUPPORT]:
        for chain in scene.chains:
            if _says_where(chain):
                yield finder.settle(chain)


def _says_where(chain: PlaceChain) -> bool:
    lead = min(chain.mentions, key=lambda m: m.start)
    at = lead.preposition in _AT or (lead.level == "country" and lead.noun is not None)  # "the Kenyan town of ..."
    return chain.local and not chain.first.weak and not chain.aside and at


def _of_article(draft: Draft, finder: PlaceFinder, country: int | None, later: Sequence[Draft]) -> Iterator[Settled]:
    """The town that the article tells of most often, if it is in the article's country; else the newsroom's seat."""
    most = _told_most(finder).get(country or finder.setting.home)
    if most is not None and not any(t.chain is most for other in later for t in other.tellings):
        town = finder.settle(most)
        town.location = None  # the town may be that of all attacks of the article, the street is not
        yield town
    first = draft.tellings[0].scene.sentence
    lead = first.index < _LEAD and not any(low in _COURT for low in first.lows)
    if (
        lead
        and not _in_the_country(draft)
        and (seat := _seat(finder)) is not None
        and seat.country == (country or finder.setting.home)
    ):
        yield seat


def _in_the_country(draft: Draft) -> bool:
    """ "In the Algerian desert": told to be somewhere in a country, and not in the newsroom's town."""
    telling = draft.tellings[0]
    lead = telling.chain.first if telling.chain is not None else None
    return lead is not None and lead.level == "country" and lead.noun is not None and lead.noun not in _TOWNS


@remembered
def _told_most(finder: PlaceFinder) -> dict[int | None, PlaceChain]:
    """For each country that of its towns, as the text first names it, which the article tells of most often."""
    counts: dict[int, Counter[str]] = {}
    chains: dict[tuple[int, str], PlaceChain] = {}
    for chain in finder.told:
        if _says_where(chain):
            place = finder.settle(chain)
            name = fold(place.city or place.province or "")
            if name and place.country is not None:
                counts.setdefault(place.country, Counter())[name] += 1
                chains.setdefault((place.country, name), chain)
    return {country: chains[country, names.most_common(1)[0][0]] for country, names in counts.items()}


def _seat(finder: PlaceFinder) -> Settled | None:
    """The dateline's place."""
    seat = finder.setting.seat
    if seat is None or seat.place is None:
        return None
    name = seat.name
    if name.isupper():  # "TURIN" is Turin, where the gazetteer has a Torino
        name = seat.place.name if fold(seat.place.name) == fold(name) else _in_lower_case(name)
    here = PlaceMention(0, 0, seat.start, seat.end, name, "city", candidates=(seat.place,), noun="dateline")
    return finder.settle(PlaceChain((here,)))


def _put(sheet: Sheet, place: Settled) -> None:
    """Write the parts of a place, each with the name behind it."""
    because = place.because or {}
    if place.country is not None and "country" in because:
        m = because["country"]
        stated = m.level == "country"
        rule = "place.country" if stated else "place.gazetteer"
        sheet.put("country", place.country, rule, (m.start, m.end), inferred=not stated)
    for variable, value, part, rule in (
        ("provstate", place.province, "provstate", "place.province"),
        ("city", place.city, "city", "place.city"),
        ("location", place.location, "location", "place.location"),
    ):
        if value and part in because:
            m = because[part]
            stands_for = m.noun in ("capital", "here", "dateline")
            inferred = stands_for or (variable == "provstate" and m.name != value)
            if value.isupper():
                value = _in_lower_case(value)
            sheet.put(variable, value, f"place.{m.noun}" if stands_for else rule, (m.start, m.end), inferred=inferred)
    if place.latitude is not None and because:
        m = because.get("city") or because.get("provstate") or next(iter(because.values()))
        for variable, number in (("latitude", place.latitude), ("longitude", place.longitude)):
            sheet.put(variable, number, "place.gazetteer", (m.start, m.end), inferred=True)
    if (town := because.get("city")) is not None:
        sheet.put("vicinity", 1 if place.near else 0, "place.vicinity", (town.start, town.end), inferred=not place.near)
    if because:
        m = next(iter(because.values()))
        sheet.put("specificity", place.specificity, "place.specificity", (m.start, m.end), inferred=True)


def _in_lower_case(name: str) -> str:
    """A name that stands in capitals ("JEDDAH, July 4") as names are written; abbreviations stay."""
    return name if len(name) <= _ABBREVIATION else " ".join(word.capitalize() for word in name.split())


def _country_of_context(sheet: Sheet, draft: Draft, finder: PlaceFinder) -> None:
    """No place is told: a country in which the tellings' sentences put it, else the one that the article is about."""
    if (m := _first(draft.scenes[:4], ("country", "region"), located=True)) is not None:
        sheet.put("country", m.country, "place.country_in_sentence", (m.start, m.end), inferred=True)
        return
    home = finder.setting.home
    if home is not None:
        sheet.put("country", home, "place.country_of_article", finder.setting.first[home], inferred=True)
        return
    if (m := _first(draft.scenes[:2], ("country", "region", "people"), located=False)) is not None:
        sheet.put("country", m.country, "place.nationality", (m.start, m.end), inferred=True)


def _first(scenes: list[Scene], levels: tuple[str, ...], *, located: bool) -> PlaceMention | None:
    """The first name of such a kind; `located`: behind a preposition of place."""
    for scene in scenes:
        for m in scene.mentions:
            if m.country is not None and m.level in levels and (not located or m.preposition in _AT):
                return m
    return None
