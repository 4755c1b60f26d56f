"""Wire reports in capitals: what is news, and what is war, a memory or a figure of speech."""

from __future__ import annotations

import datetime as dt

import pytest

from gtdlike import Article
from gtdlike.coding.rules.coder import RuleCoder, drafted
from gtdlike.coding.rules.judgement import is_incident
from gtdlike.coding.rules.worth import is_worth, signs

NEWS = [
    "TWO BOMBS EXPLODED LAST NIGHT OUTSIDE A BANK IN TRUJILLO, PERU, WOUNDING THREE PASSERSBY. "
    "POLICE SAID THE SHINING PATH IS BELIEVED TO BE RESPONSIBLE. THE BANK'S WINDOWS WERE SHATTERED.",
    "UNIDENTIFIED MEN YESTERDAY SHOT AND KILLED JUDGE PEDRO LUCERO AS HE LEFT HIS RESIDENCE IN CALI, COLOMBIA. "
    "THE ASSAILANTS FLED IN A STOLEN CAR.",
    "REBELS THIS MORNING KIDNAPPED A COFFEE GROWER AND TWO OF HIS WORKERS NEAR MATAGALPA, NICARAGUA. "
    "THE KIDNAPPERS DEMANDED A RANSOM, HIS FAMILY REPORTED.",
]

NO_NEWS = [
    "OUR UNITS TODAY CONTINUE TO HARASS ENEMY POSITIONS. THE ARMY'S BATTALION SUFFERED MANY CASUALTIES IN THE "
    "FIGHTING. OUR RIFLES AND GRENADES AMBUSHED THE SOLDIERS OF THE INFANTRY BRIGADE.",
    "THE GENERAL SAID THE PRESS HAS ATTACKED THE ARMY VERY OFTEN. WE RECALL THE ATTACKS OF OTHER YEARS, "
    "WHEN SOLDIERS WERE KILLED BY THOSE WHO ARE NOW SPEAKING OF THE PEACE PROCESS.",
    "THE DELEGATE CHARGED THAT THE COUNTRY'S OFFICERS HAVE ATTACKED THE CLERGY IN SPEECHES AND INTERVIEWS. "
    "IT IS MORE A PROCESS OF INTIMIDATION, OR AN ACT OF FEAR, HE ADDED.",
]


def article(text: str) -> Article:
    return Article(id="wire", text=text, published=dt.date(1989, 6, 14))


@pytest.mark.parametrize("text", NEWS)
def test_news_is_worth_an_incident(text: str) -> None:
    assert len(RuleCoder().code(article(text))) == 1


@pytest.mark.parametrize("text", NO_NEWS)
def test_war_memories_and_speeches_are_not(text: str) -> None:
    assert not RuleCoder().code(article(text))


@pytest.mark.parametrize("text", NEWS + NO_NEWS)
def test_only_texts_in_capitals_are_weighed(text: str) -> None:
    plain = ". ".join(part.capitalize() for part in text.split(". "))
    for d in drafted(article(plain), RuleCoder().least_blame):
        assert is_worth(d) == is_incident(d.sheet, d.draft, d.main)


def test_a_sign_is_a_name_that_one_can_read() -> None:
    shown = {sign for text in NEWS for d in drafted(article(text), RuleCoder().least_blame) for sign in signs(d)}
    assert {"wounded", "kind bombing", "doer perpetrator", "drafts 1", "place of its own", "word bank"} <= shown
