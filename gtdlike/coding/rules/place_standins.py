"""Words that stand for a place's name: "the Afghan capital", "this city", "here"."""

from __future__ import annotations

from gtdlike.coding.gazetteer import GazetteerPlace
from gtdlike.coding.rules.place_lexicon import countries_by_code, country_names, glue
from gtdlike.coding.rules.place_model import PlaceMention
from gtdlike.coding.rules.place_setting import Setting
from gtdlike.coding.rules.prose import Sentence

_OF_NATION = frozenset(("the", "this", "national", "nation", "country"))
_HERE = frozenset(("city", "capital", "town", "port"))
STANDING_IN = _HERE | {"here"}
"""The words that may stand for a place; all other names of places begin with a capital letter."""

_FAR_OFF = frozenset(("km", "kilometers", "kilometres", "miles"))
_AFTER_HERE = frozenset(
    (".", ",", ";", "today", "yesterday", "tonight", "on", "this", "late", "early", "when", "last", "and")
)


def stand_in(s: Sentence, i: int, setting: Setting, previous: PlaceMention | None) -> PlaceMention | None:
    """The place that the word at `i` stands for."""
    low, before = s.lows[i], s.lows[i - 1] if i else ""
    if low == "capital" and before != "this" and i:
        return _capital(s, i, setting, previous)
    k = i - 1
    while k > 0 and s.lows[k] in glue("direction"):
        k -= 1
    this = k >= 0 and s.lows[k] == "this" and low in _HERE
    if this or (low == "here" and _is_place(s, i)):
        seat = setting.seat
        if seat is not None and seat.place is not None:
            start = k if this else i
            return _mention(s, start, i + 1, seat.name, seat.country, (seat.place,), "here")
    return None


def _is_place(s: Sentence, i: int) -> bool:
    """ "Here" as a place, not at the head of a sentence or in somebody's speech."""
    after = s.lows[i + 1] if i + 1 < len(s.lows) else "."
    return i > 2 and after in _AFTER_HERE and s.lows[:i].count('"') % 2 == 0


def _capital(s: Sentence, i: int, setting: Setting, previous: PlaceMention | None) -> PlaceMention | None:
    """ "The capital", "Somalia's capital", "the Afghan capital", "the capital of Iraq"; none where its name follows."""
    last = i + 1 + (i + 1 < len(s.lows) and s.lows[i + 1] == "city")
    after = s.lows[last] if last < len(s.lows) else "."
    named = s.words[last + 1] if after in (",", "of", "(") and last + 1 < len(s.words) else None
    country: int | None
    if after == "of" and named is not None:
        hit = country_names().at(s.lows, last + 1)
        if hit is None or hit.value.country is None or hit.value.row:
            return None
        country, last = hit.value.country.code, hit.end
    else:
        whose = _whose(s, i, setting, previous)
        if whose is None:
            return None
        country = whose
        name = countries_by_code()[country].capital or ""
        follows = [w.low for w in s.words[last : last + 5]]
        if name.lower().split()[:1] and name.lower().split()[0] in follows:
            return None
    place = setting.capital(country)
    if place is None or _FAR_OFF & set(s.lows[max(0, i - 8) : i]):
        return None
    return _mention(s, i, last, place.name, country, (place,), "capital")


def _whose(s: Sentence, i: int, setting: Setting, previous: PlaceMention | None) -> int | None:
    before = s.lows[i - 1]
    if previous is not None and previous.country is not None and previous.level in ("people", "country"):
        if previous.last == i or (before == "'s" and previous.last == i - 1):
            return previous.country
        if before == "its":
            return previous.country
    if before == "'s":
        before = s.lows[i - 2] if i > 1 else ""
    return setting.home if before in _OF_NATION or before == "its" else None


def _mention(
    s: Sentence, first: int, last: int, name: str, country: int | None, places: tuple[GazetteerPlace, ...], noun: str
) -> PlaceMention:
    a, b = s.words[first].start, s.words[last - 1].end
    return PlaceMention(first, last, a, b, name, "city", None, places, "in", noun=noun)
