"""What the coder takes for the target, class by class of how news names it. All sentences are made up."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.article import Article
from gtdlike.codebook import load_codebook
from gtdlike.coding import RuleCoder
from gtdlike.coding.base import CodedIncident
from gtdlike.coding.rules.lexicon import rows

CODER = RuleCoder()


def code(text: str) -> dict[str, object]:
    """The row of the first incident of a text."""
    article = Article(id="t", text=text, published=dt.date(2012, 5, 4))
    coded = CODER.code(article)
    assert coded, text
    return coded[0].to_row()


def targets(row: dict[str, object]) -> list[str]:
    return [str(row[f"target{n}"]) for n in (1, 2, 3) if row.get(f"target{n}")]


@pytest.mark.parametrize(
    ("text", "target", "targtype"),
    [
        # The object of the verb, what the preposition names, and what the text calls the target.
        ("Gunmen attacked a police station in Herat on Tuesday, killing two civilians.", "police station", 3),
        ("A bomb exploded outside a mosque in Quetta on Tuesday. Nobody was hurt.", "mosque", 15),
        ("Rebels fired rockets at the airport of Tripoli on Tuesday.", "airport", 6),
        ("A car bomb went off in Kabul on Tuesday. The target was a convoy of police officers.", "convoy", 3),
        ("Militants attempted to attack an army base near Gao on Tuesday. Three soldiers were hurt.", "army base", 4),
        # The passive, and a list of subjects.
        ("Two teachers were kidnapped by gunmen in Maiduguri on Tuesday.", "teachers", 8),
        ("A journalist and his driver were shot dead by gunmen in Mogadishu on Tuesday.", "journalist", 10),
        # Whose it is: owner, organisation, passengers.
        ("Gunmen set fire to the house of a judge in Cali on Tuesday.", "house", 2),
        ("A roadside bomb exploded beside a bus carrying police officers in Kandahar on Tuesday.", "bus", 3),
        ("A bomb went off at the gate of the army headquarters in Sanaa on Tuesday.", "headquarters", 4),
        # Capitals: title and name are one.
        ("LIMA, 4 MAY 90 -- TERRORISTS MURDERED MAYOR CARLOS QUISPE RAMOS IN AYACUCHO.", "CARLOS QUISPE RAMOS", 2),
        ("BOGOTA, 4 MAY 90 -- A BOMB EXPLODED IN FRONT OF THE TELEPHONE EXCHANGE IN CALI.", "TELEPHONE EXCHANGE", 16),
    ],
)  # fmt: skip
def test_what_was_attacked(text: str, target: str, targtype: int) -> None:
    row = code(text)
    assert any(target.lower() in t.lower() for t in targets(row)[:1]), targets(row)
    assert row["targtype1"] == targtype


def test_a_name_is_explained_by_another_sentence() -> None:
    row = code(
        "Gunmen opened fire on Karim Daoud in Basra on Tuesday. Daoud, a member of the provincial council, was killed."
    )
    assert "Daoud" in targets(row)[0]
    assert row["targtype1"] == 2


def test_a_pronoun_speaks_of_the_person_named_before() -> None:
    row = code(
        "Senator Ana Lopez was on her way home in Medellin on Tuesday. A gunman on a motorcycle shot her in the street."
    )
    assert "Ana Lopez" in targets(row)[0]


def test_only_victims_are_told() -> None:
    row = code("A bomb exploded in Baghdad on Tuesday. Three police officers were killed.")
    assert row["targtype1"] == 3
    row = code("A bomb exploded in Baghdad on Tuesday. Nobody was hurt.")
    assert row["targtype1"] == 20
    assert targets(row) == []


def test_a_town_is_a_target_only_where_it_is_attacked() -> None:
    assert code("Gunmen attacked Dalwa village in Borno on Tuesday, killing ten people.")["targtype1"] == 14
    near = code("Police found and defused a bomb near Dalwa village in Borno on Tuesday.")
    assert not any("village" in t for t in targets(near))


@pytest.mark.parametrize(
    "text",
    [
        "A truck bomb exploded at a bank in Bogota on Tuesday.",  # the truck is the weapon
        "On 29 March gunmen shot at a bank in Bogota.",  # a month is no demonstration
        "A bomb exploded at a bank in the West Bank on Tuesday.",
    ],
)
def test_words_that_only_look_like_targets(text: str) -> None:
    assert [t.lower() for t in targets(code(text))] == ["bank"]


@pytest.mark.parametrize(
    ("name", "kind", "part"),
    [
        ("targets", "targtype", "targsubtype"),
        ("organizations", "targtype", "targsubtype"),
        ("weapons", "weaptype", "weapsubtype"),
    ],
)
def test_the_lexicons_keep_to_the_codebook(name: str, kind: str, part: str) -> None:
    kinds, parts = load_codebook().code_list(f"{kind}1"), load_codebook().code_list(f"{part}1")
    phrases = [row["phrase"] for row in rows(name)]
    assert len(phrases) == len(set(phrases))
    for row in rows(name):
        assert row["phrase"], row
        if row[kind]:
            assert int(row[kind]) in kinds.by_code, row
        if row[part]:
            assert parts.parent(int(row[part])) == int(row[kind]), row


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "the a of and , . ; ( ) Mayor Ana Ruiz RUIZ MAYOR police base was were killed shot her him he bomb "
            "exploded at near in Lima on Tuesday targeting target gunmen by who which 's house 12 11th judge".split()
        ),
        max_size=40,
    )
)
def test_never_raises_and_quotes_the_text(words: list[str]) -> None:
    text = " ".join(words)
    coded: list[CodedIncident] = list(CODER.code(Article(id="t", text=text, published=dt.date(2012, 5, 4))))
    for c in coded:
        for e in c.evidence:
            if e.start is not None:
                assert text[e.start : e.end] == e.quote


def test_victims_named_later_are_targets_too() -> None:
    row = code(
        "Gunmen shot dead two teachers in Cali on Tuesday. The victims were identified as Ana Ruiz and Luis Mora."
    )
    assert targets(row)[0] == "teachers"
    assert any("Ana Ruiz" in t for t in targets(row)) or len(targets(row)) == 1


def test_who_tells_it_is_no_target() -> None:
    row = code("A bomb exploded at a market in Kabul on Tuesday, killing seven people, officials said.")
    assert targets(row)[0] == "market"
    assert not any("officials" in t for t in targets(row))


@pytest.mark.parametrize(
    ("text", "targtype", "targsubtype"),
    [
        ("Militants attacked a checkpoint near Suez on Tuesday. Two police officers were wounded.", 3, 24),
        ("Militants attacked a checkpoint near Suez on Tuesday. Two soldiers were wounded.", 4, 36),
        ("Militants attacked a checkpoint near Suez on Tuesday. A police officer and a soldier were wounded.", 4, 36),
        ("A bomb hit a convoy near Suez on Tuesday. Two soldiers were killed.", 4, 29),
        ("Gunmen attacked a border guard patrol near Suez on Tuesday. Five soldiers were killed.", 4, None),
    ],
)
def test_a_post_or_patrol_belongs_to_those_who_were_hit_there(text: str, targtype: int, targsubtype: int) -> None:
    row = code(text)
    assert row["targtype1"] == targtype
    assert targsubtype is None or row["targsubtype1"] == targsubtype


def test_soldiers_with_a_name_like_that_of_an_armed_group_are_soldiers() -> None:
    row = code("Gunmen opened fire on People's Defence Force soldiers near Juba on Tuesday, wounding two of them.")
    assert row["targtype1"] == 4


@pytest.mark.parametrize(
    ("text", "targtype"),
    [
        # The words of a name are no owner, and what ends a phrase elsewhere does not end a name.
        ("A bomb exploded at a wedding party in Quetta on Tuesday. Nobody was hurt.", 14),
        ("A bomb exploded at St. Anne's Chapel in Quetta on Tuesday. Nobody was hurt.", 15),
        ("A bomb exploded at a camp for displaced persons in Quetta on Tuesday. Nobody was hurt.", 14),
        ("A bomb exploded at an officers' bus in Quetta on Tuesday. Nobody was hurt.", 3),
        # Soldiers of a government are soldiers, whatever stands before them.
        ("A bomb exploded beside government troops in Quetta on Tuesday. Nobody was hurt.", 4),
        # A group that stands for election is a party; others are armed groups; taxi drivers are neither.
        ("A bomb exploded at a Hezbollah meeting in Beirut on Tuesday. Nobody was hurt.", 22),
        ("Gunmen shot dead two Free Syrian Army members in Idlib on Tuesday.", 17),
        ("Gunmen shot dead three taxi drivers in Lima on Tuesday.", 19),
        # Places and things of every type.
        ("Arsonists set fire to a telecommunications mast in Leeds on Tuesday.", 16),
        ("A bomb exploded at a water treatment plant in Basra on Tuesday. Nobody was hurt.", 9),
        ("A bomb exploded at a passport office in Basra on Tuesday. Nobody was hurt.", 2),
        ("A bomb exploded at a power substation in Basra on Tuesday. Nobody was hurt.", 21),
        ("Gunmen shot dead a blogger in Dhaka on Tuesday.", 10),
        ("A rocket was fired near a building in Basra on Tuesday. Nobody was hurt.", 14),
        # What it was meant for.
        ("A bomb went off too early in Herat on Tuesday as two men attempted to target a police post.", 3),
        ("Officers found petrol bombs placed under police cars in Lyon on Tuesday.", 3),
    ],
)
def test_every_type_by_what_news_calls_it(text: str, targtype: int) -> None:
    assert code(text)["targtype1"] == targtype
