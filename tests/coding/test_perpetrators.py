"""Who did it: names of groups, claims, blame, denials, and what does not make a perpetrator."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.article import Article
from gtdlike.codebook import load_codebook
from gtdlike.coding import CodedIncident, RuleCoder
from gtdlike.coding.rules.lexicon import rows
from gtdlike.coding.rules.perpetrators import find_groups
from gtdlike.coding.rules.prose import read_prose

TOLD = "A bomb exploded on Monday at a bus station in Kabul, Afghanistan, killing six people. "
STABBED = "A man stabbed four people on Friday at a market in Lyon, France. "
ISIL = "Islamic State of Iraq and the Levant (ISIL)"
FARC = "Revolutionary Armed Forces of Colombia (FARC)"


def first(text: str) -> CodedIncident:
    """The first incident of a text."""
    return RuleCoder().code(Article(id="a", text=text))[0]


def who(text: str) -> object:
    return first(text).to_row()["gname"]


def named(text: str) -> list[str]:
    prose = read_prose(text)
    return [g.name for s in prose.sentences for g in find_groups(prose, s)]


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ("The Taliban claimed responsibility.", "Taliban"),
        ("Responsibility was claimed by the Taliban in a phone call.", "Taliban"),
        ("Islamic State claimed on Tuesday the bombing.", ISIL),
        ("Islamic State said in a statement that its fighters had carried out the bombing.", ISIL),
        ("No group claimed responsibility, but police blamed the Taliban.", "Taliban"),
        ("No group claimed responsibility; the police, though, attributed it to the Taliban.", "Taliban"),
        ("Officials said the Taliban were behind the attack.", "Taliban"),
        ("The authorities suspected the Taliban.", "Taliban"),
        ("Sources suspected that separatists were involved in the attack.", "Separatists"),
        ("Police identified the assailants as members of the Taliban.", "Taliban"),
        ("The Taliban is an armed movement. On Tuesday the group claimed responsibility.", "Taliban"),
        ("The attack bore the hallmarks of the Taliban.", "Taliban"),
        ("Police arrested a man whom they described as an anarchist.", "Anarchists"),
    ],
)
def test_claimed_or_blamed(more: str, name: str) -> None:
    assert who(TOLD + more) == name


@pytest.mark.parametrize(
    "more",
    [
        "No group claimed responsibility.",
        "The Taliban denied involvement.",
        "The Taliban condemned the attack.",
        "The region borders a valley where the Taliban are active.",
        "The government is in peace talks with the Taliban.",
        "Police said the man was inspired by Islamic State.",
        "The attacker had pledged allegiance to Islamic State.",
        "Soldiers killed a Taliban commander in another province in March.",
        "Police blamed the army.",
        "The gunmen escaped.",
    ],
)
def test_not_the_perpetrator(more: str) -> None:
    assert who(TOLD + more) == "Unknown"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Two policemen were killed on Monday in Cali, Colombia, in an ambush by FARC rebels.", FARC),
        ("FARC GUERRILLAS ATTACKED A POLICE STATION IN CALI, COLOMBIA, ON MONDAY, KILLING TWO POLICEMEN.", FARC),
        ("Several members of the FARC attacked a police station in Cali, Colombia, on Monday and killed two.", FARC),
        ("Police said FARC planted a bomb on Monday that exploded in Cali, Colombia.", FARC),
        ("Gunmen shot dead a FARC leader on Monday in Cali, Colombia.", "Unknown"),
        ("A FARC negotiator was shot dead on Monday in Cali, Colombia.", "Unknown"),
        ("Guerrillas attacked a village near Cali, Colombia, on Monday and killed two farmers.", "Unknown"),
    ],
)
def test_who_attacked_and_who_was_attacked(text: str, name: str) -> None:
    assert who(text) == name


def test_a_claim_outweighs_a_suspicion() -> None:
    row = first(TOLD + "Police suspected the Haqqani Network, but Islamic State claimed responsibility.").to_row()
    assert (row["gname"], row["claimed"], row["guncertain1"]) == (ISIL, 1, 0)


def test_a_suspicion_is_uncertain() -> None:
    assert first(TOLD + "The authorities suspected the Taliban.").to_row()["guncertain1"] == 1


def test_two_groups_that_are_blamed_together() -> None:
    row = first(TOLD + "Officials blamed the Taliban and the Haqqani Network.").to_row()
    assert {row["gname"], row["gname2"]} == {"Taliban", "Haqqani Network"}


def test_the_only_group_is_meant_by_the_rebels() -> None:
    text = "The rebels attacked a police post in Cali, Colombia, on Monday, killing two officers. FARC is at war."
    coded = first(text)
    assert coded.to_row()["gname"] == FARC
    [evidence] = [e for e in coded.evidence if e.variable == "gname"]
    assert evidence.rule == "group.agent_meant"
    assert evidence.how.value == "inferred"


@pytest.mark.parametrize(
    ("more", "claimed", "mode"),
    [
        ("The Taliban claimed responsibility in a video.", 1, 6),
        ("The Taliban claimed responsibility in a telephone call to a newspaper.", 1, 2),
        ("The Taliban claimed responsibility.", 1, 10),
        ("No group has claimed responsibility.", 0, None),
        ("An unknown group claimed responsibility.", 1, 10),
        ("The dead were taken to a hospital.", 0, None),
    ],
)
def test_claims(more: str, claimed: int, mode: int | None) -> None:
    row = first(TOLD + more).to_row()
    assert (row["claimed"], row.get("claimmode")) == (claimed, mode)


@pytest.mark.parametrize(
    ("text", "individual"),
    [
        (STABBED + "He acted alone, prosecutors said.", 1),
        (STABBED + "Pierre Durand was found guilty of the stabbing.", 1),
        (STABBED + "Islamic State claimed responsibility.", 0),
        (STABBED + "The victims were taken to a hospital.", 0),
    ],
)
def test_individuals(text: str, individual: int) -> None:
    assert first(text).to_row()["individual"] == individual


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Three gunmen opened fire at a market in Lahore, Pakistan, on Monday, killing two people.", 3),
        ("A gunman opened fire at a market in Lahore, Pakistan, on Monday, killing two people.", 1),
        ("Gunmen opened fire at a market in Lahore, Pakistan, on Monday, killing two people.", -99),
        ("Four men opened fire at a market in Lahore, Pakistan, on Monday, killing two people.", 4),
        (TOLD + "Islamic State claimed it and said two of its fighters had carried out the attack.", 2),
    ],
)
def test_numbers_of_attackers(text: str, number: int) -> None:
    assert first(text).to_row()["nperps"] == number


def test_names_that_mean_something_else_are_not_groups() -> None:
    assert named("Students and farmers saw the gunmen leave in a car.") == []
    assert named("They say that they fight for an Islamic state.") == []
    assert named("A CAR BOMB WAS FOUND, IT IS A FACT, AND THE STUDENTS LEFT FAR TOO LATE.") == []


def test_every_spelling_that_is_not_searched_is_left_out() -> None:
    plain = [u.spelling for u in load_codebook().unsearched if u.when == "always" and "(" not in u.spelling]
    standard = {g.name for g in load_codebook().groups}
    assert [s for s in plain if s in standard and s in named(f"We saw {s} there.")] == []


def test_an_acronym_belongs_to_the_country_that_the_article_tells_of() -> None:
    assert named("The FACT attacked a post near Faya in Chad.") == ["Front for Change and Concord in Chad (FACT)"]
    assert named("The FACT was stated by the minister in Lima, Peru.") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A group calling itself the Dawn Brigades took a priest hostage.", "Dawn Brigades"),
        ("The Northern Storm Battalion claimed the bombing.", "Northern Storm Battalion"),
        ("Harakat Fajr, an Islamist militant group, said it was behind it.", "Harakat Fajr"),
    ],
)
def test_groups_that_the_article_introduces(text: str, name: str) -> None:
    assert name in named(text)


def test_the_acronym_of_an_introduced_group_is_known_afterwards() -> None:
    text = "THE EASTERN LIBERATION FRONT [ELFO] IS NEW. THE ELFO ATTACKED A POST."
    assert len(set(named(text))) == 1
    assert len(named(text)) == 2


def test_the_lexicon_is_read_as_it_is_meant() -> None:
    assert {r["group"] for r in rows("blame")} <= {"", "before", "after", "any"}
    assert all(r["reach"].isdigit() for r in rows("blame") if r["group"])
    assert all(r["phrase"] == r["phrase"].lower() for r in rows("blame"))


PIECES = st.sampled_from(
    "The Taliban|Islamic State|FARC|a group calling itself|Dawn Brigades|claimed|claimed responsibility|blamed|"
    "was behind|attributed to|denied involvement|who were members of|said that it|attacked|was killed by|"
    "a bomb exploded|in Kabul|on Monday|(|)|,|;|.|\"|'s|two of its|the group|no group claimed responsibility|İ|–".split(
        "|"
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_any_text_is_coded_with_evidence_that_is_in_it(text: str) -> None:
    for coded in RuleCoder().code(Article(id="a", text=text)):
        for e in coded.evidence:
            if e.start is not None and e.end is not None:
                assert text[e.start : e.end] == e.quote
        assert coded.to_row()["gname"]


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_mentions_are_where_they_say(text: str) -> None:
    prose = read_prose(text)
    for s in prose.sentences:
        last = 0
        for g in find_groups(prose, s):
            assert last <= g.first < g.last <= len(s.words)
            assert g.noun_phrase <= g.first
            assert (g.start, g.end) == (s.words[g.first].start, s.words[g.last - 1].end)
            last = g.last
