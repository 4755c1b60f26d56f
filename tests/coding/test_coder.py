"""The rule coder as a whole: what holds for every text, whatever it codes."""

from __future__ import annotations

import datetime as dt
import pickle
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.article import Article
from gtdlike.codebook import load_codebook
from gtdlike.coding import CodedIncident, Coder, RuleCoder
from gtdlike.coding.code import code as code_one
from gtdlike.evidence import How
from gtdlike.reading import Unreadable, read
from gtdlike.validation import validate

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
ARTICLES = [item for item in read([SEEDS]) if isinstance(item, Article)]
CODER = RuleCoder()
WORDS = sorted({word for article in ARTICLES for word in article.text.split()})
# Letters that grow or shrink when their case is changed, marks that join the letter before, and breaks of all kinds.
STRANGE = "İßﬁǅ\u0301\u200b\u2028\ufeff\u00a0\r\n\t\v\0\U0001f4a3"
few = settings(max_examples=40, deadline=None)


def code(text: str, published: dt.date | None = None) -> Sequence[CodedIncident]:
    """Code a text, and check what must hold for any."""
    article = Article(id="a", text=text, published=published)
    coded = CODER.code(article)
    for one in coded:
        assert one.article_id == article.id
        check_evidence(one, text)
    return coded


def check_evidence(one: CodedIncident, text: str) -> None:
    row = one.to_row()
    told = {evidence.variable for evidence in one.evidence}
    assert told <= set(load_codebook().columns)
    for evidence in one.evidence:
        assert evidence.rule
        if evidence.start is None or evidence.end is None:
            assert (evidence.quote, evidence.how) != (None, How.STATED)
        else:
            assert 0 <= evidence.start < evidence.end <= len(text)
            assert text[evidence.start : evidence.end] == evidence.quote
    own = {"article_id", "background", "evidence"}
    assert {name for name in row if name not in own and not name.endswith("_txt")} <= told


def test_it_is_a_coder() -> None:
    assert isinstance(CODER, Coder)


@pytest.mark.parametrize("text", ["", " ", "\n\n\t", "\0", ".", "...", '"', "\ufeff", "—"])
def test_of_nothing_it_codes_nothing(text: str) -> None:
    assert list(code(text)) == []


def test_a_report_of_an_attack_is_an_incident() -> None:
    text = "KABUL, Afghanistan - Gunmen stormed a hotel in Kabul on Saturday, killing 14 people, officials said."
    (one,) = code(text, dt.date(2018, 1, 21))
    row = one.to_row()
    assert (row["iyear"], row["imonth"], row["iday"], row["country_txt"]) == (2018, 1, 20, "Afghanistan")
    assert row["nkill"] == 14


def test_what_is_no_article_is_named() -> None:
    with pytest.raises(TypeError, match="leave out what is Unreadable"):
        code_one(Unreadable("a.txt", "The file is empty", "Leave it out."))  # type: ignore[arg-type]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_every_quote_is_its_slice_of_the_article(article: Article) -> None:
    for one in CODER.code(article):
        assert one.article_id == article.id
        check_evidence(one, article.text)


def test_every_coded_row_is_valid() -> None:
    report = validate([one.to_row() for article in ARTICLES for one in CODER.code(article)])
    assert report.rows > 20
    assert report.errors == 0, str(report)


def test_the_same_article_gives_the_same_incidents() -> None:
    other: RuleCoder = pickle.loads(pickle.dumps(CODER))
    for article in random.Random(1).sample(ARTICLES, 12):
        first = CODER.code(article)
        assert CODER.code(article) == first
        assert other.code(evolve(article)) == first


@few
@given(st.text(max_size=400), st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_it_never_raises(text: str, published: dt.date | None) -> None:
    code(text, published)


@few
@given(st.lists(st.sampled_from(WORDS) | st.text(STRANGE, min_size=1, max_size=3), max_size=60))
def test_it_never_raises_on_the_words_of_the_news(words: list[str]) -> None:
    code(" ".join(words))
    code("".join(words), dt.date(2017, 1, 2))


@few
@given(st.randoms(use_true_random=False), st.sampled_from([str.upper, str.lower, str.title, str.swapcase, str.strip]))
def test_it_never_raises_on_articles_in_pieces(pick: random.Random, change: Callable[[str], str]) -> None:
    article = pick.choice(ARTICLES)
    sentences = article.text.split(". ")
    pick.shuffle(sentences)
    text = change(". ".join(sentences))
    text = text.replace(pick.choice("aeiou. "), pick.choice([*STRANGE, "", "  ", "."]))
    start, end = sorted((pick.randrange(len(text) + 1), pick.randrange(len(text) + 1)))
    rows = [one.to_row() for one in code(text[start:end], article.published)]
    report = validate(rows)
    assert report.errors == 0, str(report)


def test_killed_or_wounded_tells_of_neither_how_many() -> None:
    text = "Gunmen attacked a village near Gao on Monday. At least 40 people were killed or wounded."
    row = RuleCoder().code(Article(id="t", text=text, published=dt.date(2012, 5, 4)))[0].to_row()
    assert row.get("nkill") is None
    assert row.get("nwound") is None


@pytest.mark.parametrize(
    ("text", "incidents"),
    [
        ("Lagos - The striker shot twice and fired home the winner on Tuesday as Accra beat Lagos in the cup match. "
         "The attack of the home team was beaten back by the goalkeeper, and the coach spoke of a raid.", 0),
        ("Lagos - A bomb exploded outside the stadium in Lagos on Tuesday before the cup match of the home team, "
         "killing two fans. The coach and the players were unhurt, the league said.", 1),
        ("Lagos - Attackers fired on the bus of a football team near Lagos on Tuesday after a cup match, wounding the "
         "goalkeeper and the coach. Two players were wounded.", 1),
    ],
)  # fmt: skip
def test_sport_is_no_violence_unless_somebody_is_hit(text: str, incidents: int) -> None:
    assert len(RuleCoder().code(Article(id="t", text=text, published=dt.date(2012, 5, 4)))) == incidents
