"""What one incident says when its sources differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gtdlike.evidence import How
from gtdlike.linking import Linked, link
from gtdlike.linking.figures import Figure, settle
from gtdlike.linking.merge import citation
from gtdlike.rows import to_row

Tell = Callable[..., Any]
DAY = dt.date(2016, 3, 23)


def one(*tellings: Any) -> Linked:
    (linked,) = link(tellings)
    return linked


def figure(value: int, article: str, day: int | None = 0, **more: Any) -> Figure:
    return Figure(value, article, None if day is None else DAY + dt.timedelta(day), **more)


@pytest.mark.parametrize(
    ("figures", "chosen", "why"),
    [
        ([figure(35, "a"), figure(39, "b", 1)], 39, "the figure of the most recent source"),
        ([figure(39, "a", None), figure(35, "b")], 35, "the figure of the most recent source"),
        ([figure(39, "a"), figure(38, "b"), figure(39, "c")], 39, "the figure of most of the recent sources"),
        ([figure(39, "a"), figure(38, "b")], 38, "the lowest figure of the recent sources"),
        (
            [figure(3, "a"), figure(4, "b"), figure(4, "c"), figure(3, "d")],
            3,
            "the lowest figure of the recent sources",
        ),
        (
            [figure(39, "a"), figure(200, "b", 1, claimed=True)],
            39,
            "because the perpetrators' own figures do not count",
        ),
        ([figure(39, "a"), figure(41, "b", 1, how=How.INFERRED)], 39, "because it is the one stated"),
        ([figure(-99, "b", 1), figure(39, "a")], 39, None),
        ([figure(200, "a", claimed=True)], 200, None),
        ([figure(-99, "a"), figure(-99, "b", 1)], -99, None),
        ([figure(39, "a"), figure(39, "b", 1)], 39, None),
        (
            [figure(5, "a"), figure(6, "a"), figure(6, "a"), figure(5, "b")],
            5,
            "the figure of most of the recent sources",
        ),
    ],
)
def test_the_rule_of_conflicting_reports(figures: list[Figure], chosen: int, why: str | None) -> None:
    assert settle(figures) == (chosen, why)


FIGURES = st.builds(
    figure,
    st.integers(-99, 9),
    st.sampled_from("abcd"),
    st.integers(0, 2),
    claimed=st.booleans(),
    how=st.sampled_from(How),
)


@given(st.lists(FIGURES, min_size=1, max_size=8), st.randoms())
def test_the_figure_that_stands_is_one_that_was_told_whatever_the_order(figures: list[Figure], chance: Any) -> None:
    chosen, why = settle(figures)
    told = {f.value for f in figures if f.value >= 0}
    assert chosen in (told or {f.value for f in figures})
    assert (why is not None) == (len(told) > 1)
    if told:
        chance.shuffle(figures)
        assert settle(figures) == (chosen, why)


def test_differing_figures_are_noted_and_kept(tell: Tell) -> None:
    linked = one(tell("early", "2016-03-22", nkill=11), tell("b", nkill=16), tell("c", nkill=16))
    assert linked.incident.casualties.killed == 16
    note = (
        "Sources differ on the number killed: 16 (b, c), 11 (early); 16 stands, the figure of the most recent source."
    )
    assert linked.notes == (note,)
    assert linked.incident.notes == note
    killed = {(r.article_id, r.value, r.published) for r in linked.reports if r.variable == "nkill"}
    assert killed == {("early", 11, dt.date(2016, 3, 22)), ("b", 16, DAY), ("c", 16, DAY)}


def test_a_default_is_no_figure_of_its_source(tell: Tell) -> None:
    silent = tell("silent", "2016-03-24", nwound=0, hows={"nwound": How.DEFAULT})
    linked = one(tell("a", nwound=81), silent)
    assert linked.incident.casualties.wounded == 81
    assert linked.notes == ()
    wounded = {(r.article_id, r.value, r.low, r.high) for r in linked.reports if r.variable == "nwound"}
    assert wounded == {("a", 81, 81, 81), ("silent", 0, None, None)}
    assert one(silent, tell("b", nwound=0, hows={"nwound": How.DEFAULT})).incident.casualties.wounded == 0


def test_a_day_that_is_told_stands_before_an_approximate_one(tell: Tell) -> None:
    vague = {"iday": 0, "approxdate": "last weekend", "hows": {"approxdate": How.STATED}}
    exact = dict.fromkeys(("iyear", "imonth", "iday"), How.INFERRED)
    assert one(tell("a", hows=exact), tell("b", "2016-03-24", **vague)).incident.date.day == 22


def test_a_perpetrators_own_figure_does_not_count(tell: Tell) -> None:
    boast = tell("boast", "2016-03-25", nkill=60, rules={"nkill": "casualties.claimed"})
    assert one(tell("a", nkill=16), boast).incident.casualties.killed == 16


def test_a_part_is_never_more_than_the_whole(tell: Tell) -> None:
    linked = one(tell("a", nkill=20, nkillter=18), tell("b", "2016-03-24", nkill=16))
    assert linked.incident.casualties.killed_perpetrators is None
    assert "number of attackers killed (18) is left out" in (linked.incident.notes or "")


def test_a_finer_date_and_place_stand(tell: Tell) -> None:
    coarse = tell("recalls", "2019-01-01", background=True, iday=0, city=None)
    incident = one(tell("a", hows={"iday": How.INFERRED}), coarse).incident
    assert (incident.date.month, incident.date.day, incident.place.city) == (3, 22, "Zaventem")


@pytest.mark.parametrize(
    ("how_a", "how_b", "chosen"),
    [
        (How.STATED, How.INFERRED, "Zaventem Airport"),
        (How.DEFAULT, How.INFERRED, "check-in desks of the airport"),
        (How.STATED, How.STATED, "check-in desks of the airport"),
    ],
)
def test_stated_beats_inferred_beats_default_and_then_the_most_recent(
    tell: Tell, how_a: How, how_b: How, chosen: str
) -> None:
    hall = "check-in desks of the airport"
    told = [
        tell("a", hows={"target1": how_a, "targtype1": how_a}),
        tell("b", "2016-03-24", target1=hall, hows={"target1": how_b, "targtype1": how_b}),
    ]
    assert one(*told).incident.targets[0].name == chosen


def test_a_known_value_beats_an_unknown_one_and_the_majority_the_rest(tell: Tell) -> None:
    told = [tell("a"), tell("b"), tell("c", "2016-04-01", gname="Unknown"), tell("d", suicide=1), tell("e", suicide=1)]
    incident = one(*told, tell("f", "2016-04-02", suicide=0)).incident
    assert incident.perpetrators[0].name == "Islamic State of Iraq and the Levant (ISIL)"
    assert incident.suicide is True


def test_details_need_the_answer_yes(tell: Tell) -> None:
    taken = tell("a", ishostkid=1, nhostkid=5)
    said_no = [tell(n, "2016-03-24", ishostkid=0) for n in "bc"]
    incident = one(taken, *said_no).incident
    assert incident.hostages.taken is False
    assert incident.hostages.number is None


def test_evidence_is_that_of_the_sources_which_agree(tell: Tell) -> None:
    linked = one(tell("early", "2016-03-22", nkill=11), tell("late", nkill=16))
    assert {e.article_id for e in linked.evidence if e.variable == "nkill"} == {"late"}
    assert {e.article_id for e in linked.evidence if e.variable == "city"} == {"early", "late"}
    row = to_row(linked.incident)
    codes = {name for name, value in row.items() if value is not None and not name.endswith("_txt")}
    assert codes - {e.variable for e in linked.evidence} == set()


def test_the_earliest_three_sources_are_cited(tell: Tell) -> None:
    told = [tell("d", None), tell("c", "2016-03-25"), tell("a", "2016-03-22"), tell("b", "2016-03-24")]
    assert one(*told).incident.citations == [
        '"Title of a," The Daily Test, 2016-03-22',
        '"Title of b," The Daily Test, 2016-03-24',
        '"Title of c," The Daily Test, 2016-03-25',
    ]


def test_an_article_without_a_title_is_cited_by_its_id(tell: Tell) -> None:
    article = evolve(tell("a7")[0], title=None, source=None)
    assert citation(article) == "a7, 2016-03-23"
    assert citation(evolve(article, url="https://example.org/7")) == "2016-03-23, https://example.org/7"


def test_the_summary_is_of_a_source_that_the_incident_follows(tell: Tell) -> None:
    told = [tell("a", "2016-03-22", nkill=11, summary="Eleven died."), tell("b", nkill=16, summary="Sixteen died.")]
    assert one(*told).incident.summary == "Sixteen died."


def test_what_crosses_a_border_fits_the_place_and_group_that_stand(tell: Tell) -> None:
    domestic = {"INT_LOG": 0, "INT_IDEO": 0, "INT_MISC": 0, "INT_ANY": 0, "natlty1": 21}
    foreign = {"INT_LOG": 1, "INT_IDEO": 1, "INT_MISC": 1, "INT_ANY": 1, "natlty1": 69, "target1": "French airport"}
    guess = {"how": How.DEFAULT, "gname": "Al-Shabaab"}
    incident = one(tell("a", **domestic), tell("b", "2016-03-24", **foreign, **guess)).incident
    assert incident.international.any is False
    # The group is one article's, the target's nationality the other's: nobody has compared these two.
    hows = {"gname": How.DEFAULT}
    told = [tell("a", **domestic, hows={"natlty1": How.DEFAULT, "targtype1": How.DEFAULT, "target1": How.DEFAULT})]
    linked = one(*told, tell("b", "2016-03-24", **foreign, hows=hows, gname="Unknown"))
    row = to_row(linked.incident)
    assert (row["gname"], row["natlty1"]) == ("Islamic State of Iraq and the Levant (ISIL)", 69)
    assert (row["INT_LOG"], row["INT_IDEO"], row["INT_MISC"], row["INT_ANY"]) == (0, -9, 1, 1)
    assert ("INT_IDEO", "linking.no-telling-agrees") in {(e.variable, e.rule) for e in linked.evidence}


def test_the_city_that_most_articles_name_stands_before_a_fuller_telling(tell: Tell) -> None:
    fuller = {"city": "Vilvoorde", "provstate": "Flemish Brabant", "latitude": 50.93, "longitude": 4.43}
    found = one(tell("a"), tell("b", "2016-03-24"), tell("c", "2016-03-30", **fuller))
    assert to_row(found.incident)["city"] == to_row(tell("a")[1].incident)["city"]
