"""Who was killed and wounded: the tolls of sentences, and the numbers of incidents."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtdlike.article import Article
from gtdlike.coding import RuleCoder
from gtdlike.coding.rules.casualties import tolls
from gtdlike.coding.rules.fates import Fate
from gtdlike.coding.rules.numbers import numbers, read_number
from gtdlike.coding.rules.prose import read_prose
from gtdlike.coding.rules.tally import settle
from gtdlike.coding.rules.toll import Toll


def told(text: str) -> list[Toll]:
    return [t for s in read_prose(text).sentences for t in tolls(s)]


def count(text: str, fate: Fate = "killed") -> tuple[int | None, int | None]:
    """The settled total and the attackers in it."""
    pairs = [(s, t) for s in read_prose(text).sentences for t in tolls(s)]
    settled = settle(pairs, fate)
    return settled.total, settled.perpetrators


@pytest.mark.parametrize(
    ("text", "total"),
    [
        # counted, by every common verb
        ("Seven people were killed in the blast.", 7),
        ("The blast killed seven people.", 7),
        ("A gunman opened fire, killing two guards and a cook.", 3),
        ("At least 20 people died.", 20),
        ("Twelve people lost their lives.", 12),
        ("The bombing claimed 12 lives.", 12),
        ("The attack claimed the lives of 15 people.", 15),
        ("The explosion left 9 dead and 30 wounded.", 9),
        ("The attack caused the deaths of two women and a child.", 3),
        ("All 61 people on board were killed.", 61),
        ("THE BODIES OF FOUR MINERS WERE FOUND NEAR THE RIVER.", 4),
        ("Three nurses were kidnapped and later killed.", 3),
        ("Both hostages were executed.", 2),
        ("She managed to kill 2 guards before she fled.", 2),
        # stated sums
        ("The death toll of the attack has gone up to 212, the ministry said.", 212),
        ("The number of people killed when gunmen stormed a hall rose to 58 on Friday.", 58),
        ("The number of dead from two explosions at a market has climbed to 37.", 37),
        ("This brings the number of victims to 16.", 16),
        # named people, each one
        ("COLONEL WALTER RIVAS WAS KILLED BY GUNMEN IN THE CAPITAL.", 1),
        ("THE MURDER OF SENATOR PEDRO PABLO RUIZ SHOCKED THE COUNTRY.", 1),
        ("THE ASSASSINATION OF DR PRADO AND HIS SISTER, NORMA PRADO, WAS PLANNED FOR MONTHS.", 2),
        ("THE ASSASSINATION OF EDITOR AND POET HUGO TEJADA WAS NEVER SOLVED.", 1),
        ("SOLDIERS JUAN PEREZ, LUIS SOTO, AND MARIO DIAZ WERE KILLED.", 3),
        ("THE UNION MOURNS THE MURDER OF TEACHER ROSA PINTO AND TWO OF HER PUPILS.", 3),
        ("PABLO ARCE, 61, CHAIRMAN OF THE CLUB, DIED IN THE LOBBY.", 1),
        ("TWO MEN ON A MOTORCYCLE KILLED LUCIA TORO, SISTER OF SENATOR IVAN TORO OF THE CHAMBER.", 1),
        ("Masked men shot and killed Peter Lund, a baker and former member of the council.", 1),
        ("The mine killed her, her brother, a nurse, and four students.", 7),
        ("JUDGE LUIS MORA WAS KILLED. HIS DRIVER WAS ALSO KILLED.", 2),
        ("Ten people died in the blast. The baker Peter Lund was also killed.", 10),
        ("Marta Weiss was stabbed on the stairs and died before dawn.", 1),
        ("THE KILLING OF 35-YEAR-OLD JULIA FELD REMAINS A RIDDLE.", 1),
        # part of a number, and on top of it
        ("Nine people, including three children, were killed.", 9),
        ("Ten people were killed, the mayor among them, and 33 were injured.", 10),
        ("He killed 24 people, 7 of them children.", 24),
        ("THE GANG MURDERED THE DOCTOR, AS WELL AS TWO NURSES.", 3),
        ("Oto Brandt, a judge of the region, was killed along with his wife and a cook.", 3),
        # nobody
        ("There were no casualties.", 0),
        ("No one was killed or injured.", 0),
        ("NOT A SINGLE GUEST WAS KILLED.", 0),
        ("The minister escaped unhurt.", 0),
        # nothing that can be used
        ("Dozens of people were killed.", None),
        ("THE FIGHTING HAS LEFT SOME 4,000 DEAD IN 6 YEARS.", None),
        ("SO FAR THIS YEAR 31 TEACHERS HAVE BEEN MURDERED.", None),
        ("The letter spoke of revenge for the killing of a student.", None),
        ("SHE IS THE SIXTH TEACHER WHO HAS BEEN MURDERED.", None),
        ("The judge received death threats.", None),
        ("He would be killed, the caller said.", None),
    ],
)
def test_killed(text: str, total: int | None) -> None:
    assert count(text)[0] == total


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Six people were wounded.", 6),
        ("FOUR PEOPLE WERE KILLED, INCLUDING A NUN, AND SIX WERE WOUNDED, INCLUDING TWO DOCTORS.", 6),
        ("A dozen guests, including the host, were killed and six waiters were wounded.", 6),
        ("The bomb killed 5 people and wounded an additional 21.", 21),
        ("THE FIRE RESULTED IN THE INJURY OF NINE PEOPLE.", 9),
        ("FIVE DANCERS WERE INJURED. SEVEN OTHER PEOPLE WERE ALSO INJURED.", 12),
        ("The shots killed one man and hurt at least 8 others. In all 11 other people were injured.", 11),
        ("NEITHER THE COOK NOR HIS SON WERE INJURED.", 0),
        ("Nobody was hurt.", 0),
    ],
)
def test_wounded(text: str, total: int | None) -> None:
    assert count(text, "wounded")[0] == total


@pytest.mark.parametrize(
    ("text", "total", "attackers"),
    [
        ("Police shot and killed the attacker.", 1, 1),
        ("They shot him dead on the roof.", 1, 1),
        ("Three pilgrims, in addition to the gunman, were killed.", 4, 1),
        ("In addition to the shooter, six shoppers were killed.", 7, 1),
        ("Forty people were killed, as were the three assailants.", 43, 3),
        ("Ten people, including six cadets and four gunmen, were killed.", 10, 4),
        ("Five guards were killed. Two gunmen were also killed.", 7, 2),
        ("He killed himself and a policeman.", 2, 1),
        ("Three pro-government militants were killed.", 3, None),
    ],
)
def test_attackers_among_the_dead(text: str, total: int, attackers: int | None) -> None:
    assert count(text) == (total, attackers)


def test_a_number_for_several_attacks_is_spread_over_them() -> None:
    assert count("Thirty people were killed across all three attacks.")[0] == 10
    assert count("At least 40 people were killed across the attacks.")[0] is None
    assert count("Nine guards died in this attack, and 50 were hurt across all three.")[0] == 9


def test_own_numbers_come_before_shared_ones() -> None:
    assert count("Thirty people died in both attacks. Eleven people were killed here.")[0] == 11


def test_a_first_figure_that_was_corrected_does_not_count() -> None:
    assert count("The death toll has climbed to 29. Officials had at first put the toll at 44.")[0] == 29


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("seven", 7),
        ("twenty five", 25),
        ("two hundred and six", 206),
        ("1,200", 1200),
        ("a dozen", 12),
        ("dozens", None),
    ],
)
def test_numbers_in_words_and_digits(words: str, value: int | None) -> None:
    read = read_number(words.split(), 0)
    assert read is not None
    assert read == (len(words.split()), value)


def test_ages_dates_and_measures_count_nobody() -> None:
    text = "Ana Diaz, 42, was at a shop 30 kilometres away on May 12 with a 17-year-old."
    assert numbers(read_prose(text).sentences[0]) == []


def test_a_short_report_that_tells_only_the_wounded_has_no_dead() -> None:
    text = "A bomb exploded at a market in Lima, Peru, on 3 May 2013. Four people were injured."
    [coded] = RuleCoder().code(Article("a", text, published=dt.date(2013, 5, 4)))
    row = coded.to_row()
    assert (row["nkill"], row["nwound"], row["nkillter"]) == (0, 4, 0)
    for e in row["evidence"]:
        assert e["start"] is None or text[e["start"] : e["end"]] == e["quote"]


def test_attackers_who_died_are_among_the_dead_and_among_the_attackers() -> None:
    text = "Three men blew themselves up around a hall in Lima, Peru, on 3 May 2013. They killed one person."
    [coded] = RuleCoder().code(Article("a", text, published=dt.date(2013, 5, 4)))
    row = coded.to_row()
    assert (row["nkill"], row["nkillter"], row["nperps"]) == (4, 3, 3)
    text = "A suicide bomber and gunmen attacked an army base in Lima, Peru, on 3 May 2013. Nine attackers were killed."
    [coded] = RuleCoder().code(Article("a", text, published=dt.date(2013, 5, 4)))
    row = coded.to_row()
    assert (row["nkill"], row["nkillter"], row["nperps"]) == (9, 9, -99)


_WORDS = st.sampled_from(
    (
        "two people killed wounded , and . ; were was the a of in addition to including among them 12 dozens police "
        "attacker himself died dead toll rose lives claimed bodies found both attacks across all not neither nor no "
        "Ana Diaz his driver hostages taken who him"
    ).split()
)


@given(st.lists(_WORDS, max_size=25).map(" ".join))
def test_tolls_lie_in_their_sentence(text: str) -> None:
    for variant in (text, text.upper()):
        for sentence in read_prose(variant).sentences:
            for toll in tolls(sentence):
                assert 0 <= toll.first <= toll.last <= len(sentence.words)
                assert 0 <= toll.verb < len(sentence.words)
                assert toll.value is None or toll.value >= 0


@given(st.text(max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    told(text)


@given(st.integers(min_value=1, max_value=900))
def test_a_number_is_found_wherever_it_stands(n: int) -> None:
    assert count(f"{n} people were killed.")[0] == n
    assert count(f"The blast killed {n} people.")[0] == n
    assert count(f"The death toll rose to {n}.")[0] == n


@pytest.mark.parametrize(
    ("text", "wounded"),
    [
        ("Three soldiers sustained injuries.", 3),
        ("Four more received gunshot wounds.", 4),
        ("Two passers-by suffered burns.", 2),
        ("Two bystanders were treated for minor injuries.", 2),
        ("Five others are in critical condition.", 5),
    ],
)
def test_wounded_by_what_they_had(text: str, wounded: int) -> None:
    assert count(text, "wounded")[0] == wounded


def test_nobody_killed_or_injured_is_none_of_either() -> None:
    text = "Gunmen attacked a convoy near Gao on Tuesday. No one was killed or injured in the attack."
    row = RuleCoder().code(Article(id="a", text=text, published=dt.date(2012, 5, 4)))[0].to_row()
    assert (row["nkill"], row["nwound"]) == (0, 0)


def test_no_dead_are_counted_as_none_where_the_sentence_speaks_of_them() -> None:
    text = "A bomb went off at a market in Kabul on Monday. Many bled to death on the spot. Seven were wounded."
    spoken = "A bomb at a market in Kabul left countless dead and seven wounded on Monday, officials said."
    for told in (text, spoken):
        rows = [c.to_row() for c in RuleCoder().code(Article(id="a", text=told, published=dt.date(2019, 5, 3)))]
        assert [row.get("nkill") for row in rows] == [None], told
