"""Countries, peoples and regions in a sentence, and the places that head a paragraph."""

from __future__ import annotations

from gtdlike.coding.rules.place_lexicon import ABBREVIATED, country_names, function_words, glue, institutions
from gtdlike.coding.rules.place_model import PlaceMention
from gtdlike.coding.rules.place_nouns import LONGEST
from gtdlike.coding.rules.place_reading import PlaceReader
from gtdlike.coding.rules.prose import Sentence

_LAND = 3
"""So many words behind a people's name the land may stand: "the Turkish border town"."""

_HEADING_ENDS = (",", "--", "—", "–")


def read_heading(reader: PlaceReader, s: Sentence, i: int) -> PlaceMention | None:
    """The place that heads a paragraph as a dateline does: "BASRA, June 2.", "CALI -- "."""
    if i or len(s.words) < 3 or not s.words[0].text.isupper() or len(s.words[0].text) < 3:
        return None
    end = next((k for k, w in enumerate(s.lows[:5]) if w in _HEADING_ENDS), 0)
    if not end or (s.lows[end] == "," and (reader.prose.capitals or len(s.words) > 8)):
        return None
    places = reader.gazetteer.find(reader.prose.plain[s.start : s.words[end - 1].end])
    places = [p for p in places if reader.setting.plausible(p)]
    return reader.make(s, 0, end, "city", candidates=tuple(places), preposition="in") if places else None


def read_country(reader: PlaceReader, s: Sentence, i: int) -> PlaceMention | None:
    """A country, a people or a region of the lexicon."""
    hit = country_names().at(s.lows, i)
    if hit is None or not (reader.prose.capitals or s.words[i].capital):
        return None
    named, word = hit.value, s.words[i]
    if word.low in ("us", "uk", "uae", "drc") and (reader.prose.capitals or not word.text.isupper()):
        return None
    if named.country is None:
        return None
    if i and s.lows[i - 1] == "lake":
        return None  # "on the shores of Lake Chad"
    longer = reader.gazetteer.longest([w.text for w in s.words[i : i + LONGEST]], 0)
    if longer is not None and longer[0] > hit.end - i and longer[1][0].population > 10_000:
        return None  # "Guatemala City"
    code = named.country.code
    if named.row:
        point = (float(named.row["latitude"]), float(named.row["longitude"]))
        return reader.make(s, i, hit.end, "region", country=code, point=point, province=named.row["province"] or None)
    behind = reader.noun(s, hit.end)
    if behind is not None and not named.people and behind.value.level in ("part", "city"):
        return None  # "the Brasil neighbourhood"
    people = named.people or _adjective(s, i, hit.end)
    if people and (at := _land(s, hit.end)) is not None:
        mention = reader.make(s, i, hit.end, "country", country=code, noun=s.lows[at])
        if mention.preposition in glue("at land") or s.lows[at + 1 : at + 2] == ["of"]:
            return mention
    return reader.make(s, i, hit.end, "people" if people else "country", country=code)


def _land(s: Sentence, end: int) -> int | None:
    """ "In the Algerian desert", "at the Dutch port of ...": the noun that makes a people's name that of a country."""
    for k in range(end, min(end + _LAND, len(s.lows))):
        if s.lows[k] in glue("land"):
            return k
        if not s.lows[k].isalpha() or s.lows[k] in function_words():
            return None
    return None


def _adjective(s: Sentence, i: int, end: int) -> bool:
    """Is a country's name only an adjective: "the U.S. embassy", "the embassy of Spain"?"""
    after = s.lows[end] if end < len(s.lows) else "."
    if after in institutions():
        return True
    k = i - 1 - (i > 0 and s.lows[i - 1] == "the")
    if k > 0 and s.lows[k] == "of" and s.lows[k - 1] in institutions():
        return True
    return s.lows[i] in ABBREVIATED and after[:1].isalpha() and after not in function_words()
