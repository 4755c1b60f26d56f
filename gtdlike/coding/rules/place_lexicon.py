"""The words around place names, from the lexicons: countries and peoples, nouns for places, and what links names."""

from __future__ import annotations

from functools import cache
from typing import cast

from attrs import frozen

from gtdlike.codebook import Country, load_codebook
from gtdlike.coding.rules.lexicon import Phrases, column, phrase_words, rows
from gtdlike.coding.rules.place_model import Level

ABBREVIATED = frozenset(("us", "u.s.", "usa", "u.s.a.", "uk", "u.k.", "uae", "u.a.e.", "drc"))
"""Names of countries that stand before a noun as an adjective does ("the U.S. embassy")."""


@frozen(slots=True)
class Named:
    """What a name of the codebook's countries and the lexicons' regions stands for; no country where it is none."""

    country: Country | None
    people: bool
    row: dict[str, str] | None = None


@frozen(slots=True)
class PlaceNoun:
    """A noun beside a place name. A part of a city that is `own` bears its own name, and not its city's."""

    level: Level
    own: bool


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


def iso_of(code: int | None) -> str | None:
    """The ISO code of a country of the codebook, for the gazetteer."""
    country = countries_by_code().get(code) if code is not None else None
    return country.iso if country else None


@cache
def country_names() -> Phrases[Named]:
    """Names of countries, peoples and regions; the lexicons go before the codebook."""
    entries: list[tuple[list[str], Named]] = []
    by_name = {c.name: c for c in load_codebook().countries}
    for row in rows("place_countries"):
        entries.append((phrase_words(row["name"]), Named(by_name.get(row["country"]), row["use"] == "people")))
    for row in rows("regions"):
        entries.append((phrase_words(row["name"]), Named(by_name[row["country"]], False, dict(row))))
    for country in load_codebook().countries:
        entries += [(phrase_words(n), Named(country, False)) for n in (country.name, *country.aliases)]
        entries += [(phrase_words(n), Named(country, True)) for n in country.demonyms]
    return Phrases(entries)


@cache
def place_nouns() -> Phrases[PlaceNoun]:
    """Nouns beside place names: village, province, street."""
    return Phrases(
        (phrase_words(row["noun"]), PlaceNoun(cast(Level, row["level"]), row["own"] == "1"))
        for row in rows("place_nouns")
    )


@cache
def no_places() -> frozenset[str]:
    """Words that are no place by themselves."""
    return frozenset(column("place_stop", "word"))


@cache
def function_words() -> frozenset[str]:
    """Words that end a name where a text in capitals does not show it."""
    return frozenset(column("place_function_words", "word"))


@cache
def glue(use: str) -> frozenset[str]:
    """The small words of one use: in, near, attacked, direction, side, near_side, link, inner, nameless."""
    return frozenset(row["word"] for row in rows("place_glue") if row["use"] == use)


@cache
def aside_words() -> frozenset[str]:
    """What comes before "in X" where X is not where it happened: "a court in X", "spoke in X"."""
    return frozenset(column("place_aside", "word"))


@cache
def institutions() -> frozenset[str]:
    """Nouns before which a country's name is an adjective: "the USSR embassy"."""
    return frozenset(column("place_institutions", "word"))


@cache
def leads() -> frozenset[str]:
    """The prepositions that lead to a place."""
    return glue("in") | glue("near")
