"""Where something happened: names, what stands for a name, chains, the article's setting, and the coded place."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.article import Article
from gtdlike.coding import RuleCoder
from gtdlike.coding.rules.place_model import PlaceMention, Settled
from gtdlike.coding.rules.place_setting import Setting
from gtdlike.coding.rules.places import PlaceFinder
from gtdlike.coding.rules.prose import read_prose


def settled(text: str) -> list[Settled]:
    """The places of the last sentence."""
    prose = read_prose(text)
    finder = PlaceFinder(prose)
    sentence = prose.sentences[-1]
    return [finder.settle(c) for c in finder.chains(sentence, finder.mentions(sentence))]


def mentions(text: str) -> list[PlaceMention]:
    prose = read_prose(text)
    finder = PlaceFinder(prose)
    return [m for s in prose.sentences for m in finder.mentions(s)]


def names(text: str) -> list[str]:
    return [m.name for m in mentions(text) if m.level not in ("country", "people")]


def setting(text: str) -> Setting:
    return PlaceFinder(read_prose(text)).setting


def coded(text: str) -> dict[str, object]:
    found = RuleCoder().code(Article(id="a", text=text, published=dt.date(2015, 3, 4)))
    assert found, text
    return dict(found[0].to_row())


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("A bomb went off in central Nairobi.", "Nairobi"),
        ("A bomb went off on the northern outskirts of Nairobi.", "Nairobi"),
        ("A bomb went off in the Kenyan city of Mombasa.", "Mombasa"),
        ("A bomb went off in Mombasa city, Kenya.", "Mombasa"),
        ("A bomb went off at the Nairobi airport.", "Nairobi"),
        ("They fired on the girls of the Secondary School of Mombasa in Kenya.", "Mombasa"),
        ("A BOMB WENT OFF IN SOUTHERN BARRANQUILLA, COLOMBIA.", "Barranquilla"),
    ],
)
def test_a_city_is_found_over_the_words_before_it(text: str, city: str) -> None:
    assert city in [p.city for p in settled(text)]


@pytest.mark.parametrize(
    ("text", "city", "country"),
    [
        ("A bomb went off in the Kenyan capital.", "Nairobi", 104),
        ("A bomb went off in Kenya's capital.", "Nairobi", 104),
        ("Kenya is quiet. Kenyan police said so. A bomb went off in the capital.", "Nairobi", 104),
        ("Shots were heard in the capital of Kenya.", "Nairobi", 104),
    ],
)
def test_the_capital_of_a_country_is_a_city(text: str, city: str, country: int) -> None:
    place = settled(text)[-1]
    assert place.city == city
    assert place.country in (country, settled("It was in Kenya.")[-1].country)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya reported losses. He was sentenced to capital punishment.",
        "Kenya reported losses. A bomb went off in the provincial capital.",
        "Kenya reported losses. They met at a hotel 90 km from the capital.",
    ],
)
def test_other_capitals_are_none(text: str) -> None:
    assert all(p.city is None for p in settled(text))


def test_a_capital_with_its_name_behind_it_is_told_once() -> None:
    assert names("A bomb went off in the Kenyan capital, Nairobi.") == ["Nairobi"]


@pytest.mark.parametrize("words", ["in this city", "in this northern city", "here on Monday", "in this capital"])
def test_here_is_where_the_dateline_is(words: str) -> None:
    place = settled(f"MOMBASA, March 3 - Nothing is known. Two people were shot dead {words}, Kenyan police said.")[0]
    assert place.city in ("MOMBASA", "Mombasa")


def test_a_speech_that_says_here_is_no_place() -> None:
    text = 'MOMBASA, March 3 - Nothing is known. "I have lived as a free man here on this land," he said.'
    assert all(m.noun != "here" for m in mentions(text))


@pytest.mark.parametrize(
    "text",
    [
        "A bomb went off near the U.S. embassy.",
        "Gunmen fired on the Spain embassy.",
        "Gunmen fired on the consulate of Spain.",
        "The Latin American bishops met.",
        "A CAR BOMB WENT OFF.",
    ],
)
def test_a_country_as_an_adjective_is_no_place(text: str) -> None:
    assert all(m.level == "people" for m in mentions(text))


@pytest.mark.parametrize(
    "text",
    [
        "TWO BOMBS WENT OFF IN THE RESIDENTIAL DISTRICT.",
        "THEY CAUSED DAMAGE IN THE OLD TOWN.",
        "THE ADMINISTRATIVE DEPARTMENT OF SECURITY WAS ATTACKED.",
        "The Friends of Vermont sent a letter.",
        "Men fired on Hamid Karim on Tuesday.",
        "The farm lies 90 km north of Nairobi.",
    ],
)
def test_words_persons_and_institutions_are_no_places(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("A court in Nairobi heard the case.", True),
        ("He was arrested in Nairobi.", True),
        ("Talks were held in Nairobi.", True),
        ("The talks in Nairobi ended.", True),
        ("A bomb went off in Nairobi.", False),
    ],
)
def test_where_people_met_or_were_caught_is_beside_the_event(text: str, aside: bool) -> None:
    [mention] = mentions(text)
    assert mention.aside is aside


def test_a_chain_goes_from_the_small_to_the_large() -> None:
    [place] = settled("A bomb went off in Malindi, Coast, Kenya.")
    assert (place.city, place.country) == ("Malindi", settled("It was in Kenya.")[0].country)
    assert place.because is not None
    assert place.because["city"].name == "Malindi"


def test_a_hall_is_in_the_city_behind_it() -> None:
    [place] = settled("Men stormed the Assembly Hall concert venue in Nairobi.")
    assert (place.location, place.city) == ("Assembly Hall", "Nairobi")
    [place] = settled("Men stormed the Assembly Hall, a large theatre on the outskirts of Nairobi.")
    assert (place.location, place.city) == ("Assembly Hall", "Nairobi")


def test_a_name_of_many_places_is_in_the_country_of_the_article() -> None:
    peru = settled("Peru was calm. Peruvian police said so. A bomb went off in Trujillo.")[0]
    honduras = settled("Honduras was calm. Honduran police said so. A bomb went off in Trujillo.")[0]
    assert peru.country == settled("It was in Peru.")[0].country
    assert honduras.country == settled("It was in Honduras.")[0].country


def test_a_small_namesake_abroad_is_not_meant() -> None:
    place = settled("EL SALVADOR WAS CALM. SALVADORAN POLICE SAID SO. A BOMB WENT OFF IN SAN JORGE.")[0]
    assert place.country == settled("IT WAS IN EL SALVADOR.")[0].country


def test_names_are_not_shouted() -> None:
    [place] = settled("A BOMB WENT OFF IN RIO DE JANEIRO, BRAZIL.")
    assert place.city == "Rio de Janeiro"


def test_the_dateline_and_the_names_tell_the_setting() -> None:
    found = setting("MOMBASA, March 3 - Kenyan police said that a man was shot. Officials of the United States came.")
    assert found.seat is not None
    assert found.seat.name == "MOMBASA"
    assert found.home == settled("It was in Kenya.")[0].country


def test_a_groups_name_tells_of_no_country() -> None:
    assert setting("The Islamic State of Iraq claimed it.").home is None


@pytest.mark.parametrize("text", ["It is quiet.", "Kenya and Peru and Chile and Iraq spoke."])
def test_an_article_about_no_country_has_no_home(text: str) -> None:
    assert setting(text).home is None


def test_a_heading_gives_its_place() -> None:
    [mention] = mentions("NAIROBI, July 3. ")
    assert (mention.name, mention.preposition) == ("NAIROBI", "in")


def test_the_city_comes_from_the_sentences_around() -> None:
    row = coded("A bomb killed five people on Monday. It went off at a market in Mombasa, Kenya, at noon.")
    assert (row["city"], row["country_txt"]) == ("Mombasa", "Kenya")


def test_the_court_is_not_where_it_happened() -> None:
    row = coded("NAIROBI, March 3 - A court in Nairobi convicted a Kenyan of the bombing of a bar in Mombasa in 2012.")
    assert row["city"] == "Mombasa"


def test_the_country_of_the_article_is_inferred() -> None:
    found = RuleCoder().code(Article(id="a", text="Kenyan police said that gunmen shot dead two officers on Monday."))
    [evidence] = [e for e in found[0].evidence if e.variable == "country"]
    assert evidence.how == "inferred"
    assert evidence.quote == "Kenyan"


_WORDS = st.sampled_from(
    "in near the of city town capital here this Kenya Kenyan Nairobi San Juan , . ( ) 's - -- U.S. embassy 40 km north "
    "NAIROBI PERU province district airport village and a bomb killed court from to Assembly Hall".split()
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, max_size=25).map(" ".join) | st.text(max_size=80))
def test_every_mention_quotes_the_text_and_nothing_raises(text: str) -> None:
    prose = read_prose(text)
    finder = PlaceFinder(prose)
    for sentence in prose.sentences:
        found = finder.mentions(sentence)
        assert all(a.last <= b.first for a, b in pairwise(found))
        for m in found:
            assert sentence.words[m.first].start == m.start < m.end == sentence.words[m.last - 1].end
            assert text[m.start : m.end].strip()
        for chain in finder.chains(sentence, found):
            place = finder.settle(chain)
            assert 1 <= place.specificity <= 5
            assert (place.latitude is None) == (place.longitude is None)


def test_a_region_whose_name_holds_and_is_one_place() -> None:
    text = "Gunmen attacked a police station in Pulwama district, Jammu and Kashmir state, India, on Tuesday."
    row = RuleCoder().code(Article(id="a", text=text, published=dt.date(2012, 5, 4)))[0].to_row()
    assert (row["city"], row["provstate"]) == ("Pulwama", "Jammu and Kashmir")
    text = "Bombs exploded in Jammu and Srinagar, India, on Tuesday."
    row = RuleCoder().code(Article(id="a", text=text, published=dt.date(2012, 5, 4)))[0].to_row()
    assert row["city"] == "Jammu"


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("JEDDAH, July 4. A man who was stopped by guards near a consulate blew himself up, killing two.", "Jeddah"),
        ("A bomb killed three people at a market in KABUL on Monday, officials said.", "Kabul"),
    ],
)
def test_a_town_in_capitals_is_written_as_a_name(text: str, city: str) -> None:
    rows = [c.to_row() for c in RuleCoder().code(Article(id="a", text=text, published=dt.date(2016, 12, 30)))]
    assert [row.get("city") for row in rows] == [city]
