"""Two codings compared: what agrees, what pairs with what, and what must not matter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gtdlike
from gtdlike.errors import ReadError

ROOT = Path(__file__).resolve().parents[2]
NAME = st.sampled_from(["Cali", "Cali city", "Basra", "the market", "El Obeid", "police", "Taliban", "Unknown", ""])
ROW = st.fixed_dictionaries(
    {"article_id": st.sampled_from(["a", "b", "c"])},
    optional={
        "iyear": st.integers(2017, 2018), "imonth": st.integers(0, 2), "iday": st.integers(0, 2),
        "country": st.sampled_from([4, 95]), "city": NAME, "provstate": NAME, "gname": NAME, "target1": NAME,
        "corp1": NAME, "target2": NAME, "attacktype1": st.integers(1, 3), "weaptype1": st.integers(5, 6),
        "nkill": st.integers(-1, 3).map(lambda n: -99 if n < 0 else n), "success": st.integers(0, 1),
        "nhours": st.sampled_from([1.5, 2.0]),
    },
)  # fmt: skip
ROWS = st.lists(ROW, min_size=1, max_size=7)
BRIEF = {"article_id": "a", "iyear": 2018, "imonth": 1, "iday": 20, "country": 4, "city": "Kabul", "nkill": 3}


def evaluate(gold: Any, coded: Any, **options: Any) -> gtdlike.Evaluation:
    return gtdlike.evaluate(gold, coded, resamples=options.pop("resamples", 0), **options)


def counts(evaluation: gtdlike.Evaluation) -> dict[str, Any]:
    return {name: (one.counts, one.kappa, one.alpha) for name, one in evaluation.figures.items()}


@given(ROWS)
@settings(deadline=None, max_examples=40)
def test_a_coding_agrees_with_itself(rows: list[dict[str, Any]]) -> None:
    found = evaluate(rows, rows)
    assert list(found.differences()) == []
    for one in found.figures.values():
        assert one.precision in (1, None)
        assert one.recall in (1, None)
        assert one.f1 in (1, None)
        assert one.agreement in (1, None)
        assert one.kappa in (1, None)
        assert one.alpha in (1, None)
    assert found.figures["incident"].found == len(rows)


@given(ROWS, ROWS)
@settings(deadline=None, max_examples=40)
def test_agreement_does_not_care_who_is_first(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    this, that = evaluate(one, other).figures, evaluate(other, one).figures
    assert {name: (f.pairs, f.same) for name, f in this.items()} == {
        name: (f.pairs, f.same) for name, f in that.items()
    }
    assert this["incident"].f1 == that["incident"].f1


@given(ROWS, ROWS, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_the_order_of_rows_does_not_matter(one: list[dict[str, Any]], other: list[dict[str, Any]], chance: Any) -> None:
    shuffled, mixed = chance.sample(one, len(one)), chance.sample(other, len(other))
    this, that = evaluate(one, other, resamples=20), evaluate(shuffled, mixed, resamples=20)
    assert counts(this) == counts(that)
    assert [f.intervals for f in this.figures.values()] == [f.intervals for f in that.figures.values()]


def test_incidents_are_paired_so_that_all_of_them_agree_most() -> None:
    # Taken by itself the first row is most like the first of the other side; both pairs together say otherwise.
    gold = [{**BRIEF, "attacktype1": 3}, {**BRIEF, "city": "Basra", "attacktype1": 3, "target1": "market"}]
    coded = [{**BRIEF, "city": "Basra", "attacktype1": 3}, {**BRIEF, "attacktype1": 2}]
    found = evaluate(gold, coded)
    assert found.figures["incident"].found == 2
    assert found.figures["city"].same == 2
    assert [(d.field, d.gold, d.coded) for d in found.differences("attacktype1")] == [
        ("attacktype1", "3 (Bombing/Explosion)", "2 (Armed Assault)")
    ]
    assert found.figures["attacktype1"].confusion == {
        ("3 (Bombing/Explosion)", "2 (Armed Assault)"): 1,
        ("3 (Bombing/Explosion)", "3 (Bombing/Explosion)"): 1,
    }


def test_an_incident_of_one_side_only_counts_against_it() -> None:
    other = {"article_id": "a", "iyear": 2011, "imonth": 7, "iday": 22, "country": 151, "city": "Oslo", "nkill": 8}
    found = evaluate([BRIEF, other], [BRIEF])
    assert found.figures["nkill"].counts == (2, 1, 1, 1, 1, 1)
    assert found.figures["incident"].recall == 0.5
    found = evaluate([BRIEF], [BRIEF, other, {**BRIEF, "article_id": "elsewhere"}])
    assert found.figures["incident"].precision == pytest.approx(1 / 3)
    assert found.figures["nkill"].counts == (1, 3, 1, 1, 1, 1)


def test_lists_are_alternatives_and_unknown_is_no_answer() -> None:
    found = evaluate([{**BRIEF, "attacktype1": [2, 3], "nperps": -99}], [{**BRIEF, "attacktype1": 3, "nperps": 4}])
    assert found.figures["attacktype1"].f1 == 1
    assert found.figures["nperps"].counts == (0, 1, 0, 0, 1, 0)


@pytest.mark.parametrize(("optional", "missed"), [(True, 0), ("true", 0), (False, 1), ("false", 1), (None, 1)])
def test_an_optional_incident_need_not_be_found(optional: Any, missed: int) -> None:
    other = {"article_id": "a", "iyear": 2011, "imonth": 7, "iday": 22, "city": "Oslo", "optional": optional}
    found = evaluate([BRIEF, other], [BRIEF])
    assert found.figures["incident"].gold == 1 + missed
    assert len({difference.gold_incident for difference in found.differences()}) == missed


def test_names_are_compared_as_people_would() -> None:
    gold = {**BRIEF, "city": "Bogotá", "gname": "Revolutionary Armed Forces of Colombia", "target1": "a police station"}
    coded = {**BRIEF, "city": "Bogota city", "gname": "RAFC", "target2": "Police Station", "target1": "guards"}
    found = evaluate([gold], [coded]).figures
    assert found["city"].same == found["gname"].same == found["place"].same == 1
    assert found["targets"].counts == (1, 2, 1, 1, 1, 0)
    assert evaluate([gold], [{**gold, "gname": "Unknown"}]).figures["gname"].same == 0


def test_events_are_aligned_by_their_ids_where_all_rows_have_one() -> None:
    gold = [{"eventid": 201801200001, "nkill": 3}, {"eventid": 201801200002, "nkill": 5}]
    coded = [{"eventid": 201801200002, "nkill": 5}, {"eventid": 201801200001, "nkill": 4}]
    found = evaluate(gold, coded)
    assert found.figures["nkill"].counts == (2, 2, 1, 1, 2, 1)
    with pytest.raises(ReadError, match="eventid 201801200001 is there twice"):
        evaluate([gold[0], gold[0]], coded)
    with pytest.raises(ReadError, match="no article_id to align by"):
        evaluate(gold, coded, align_by="article")


@pytest.mark.parametrize("suffix", [".jsonl", ".json", ".csv", ".parquet"])
def test_every_format_of_rows_gives_the_same(suffix: str, tmp_path: Path) -> None:
    import pandas as pd

    rows = [BRIEF, {**BRIEF, "article_id": "7", "gname": "Taliban", "nkill": 5}]
    frame, path = pd.DataFrame(rows), tmp_path / f"rows{suffix}"
    match suffix:
        case ".csv":
            frame.to_csv(path, index=False)
        case ".parquet":
            frame.to_parquet(path)
        case ".json":
            path.write_text(json.dumps(rows))
        case _:
            path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert counts(evaluate(path, rows)) == counts(evaluate(rows, rows))


def test_accepted_codings_say_what_counts_as_right(tmp_path: Path) -> None:
    fields = {
        "date": [["2018-01-01", "2018-01-31"]], "country_txt": ["Afghanistan"], "place": ["Kabul", "Bagram"],
        "nkill": [2, 4], "attacktype1": [2, 3], "targets": [{"any": ["hotel", "inn"], "optional": False},
                                                            {"any": ["guests"], "optional": True}],
        "unheard_of": [1],
    }  # fmt: skip
    path = tmp_path / "gold.jsonl"
    line = {"article_id": "a", "incidents": [{"optional": False, "fields": fields}, {"optional": True, "fields": {}}]}
    path.write_text(json.dumps(line) + "\n")
    coded = {**BRIEF, "iday": 0, "attacktype1": 3, "target1": "the hotel", "target2": "a car", "gname": "Taliban"}
    found = evaluate(path, [coded, {**coded, "article_id": "not asked"}])
    assert {name: one.counts[:4] for name, one in found.figures.items()} == {
        "article": (1, 1, 1, 1), "incident": (1, 1, 1, 1), "date": (1, 1, 1, 1), "place": (1, 1, 1, 1),
        "targets": (1, 2, 1, 1), "country_txt": (1, 1, 1, 1), "attacktype1": (1, 1, 1, 1), "nkill": (1, 1, 1, 1),
        "all fields": (6, 7, 6, 6),
    }  # fmt: skip
    assert any("unheard_of" in note for note in found.notes)
    assert any("1 coded article is not among" in note for note in found.notes)
    with pytest.raises(ReadError, match="Accepted codings cannot be compared"):
        evaluate([coded], path)
    fields["nkill"] = [2]
    path.write_text(json.dumps(line))
    with pytest.raises(ReadError, match=r"article a, incident 1, nkill: .*least and the most"):
        evaluate(path, [coded])


def test_the_seeds_are_scored_against_their_accepted_codings() -> None:
    articles = [one for one in gtdlike.read([str(ROOT / "seeds/articles")]) if isinstance(one, gtdlike.Article)]
    coded = [one for article in articles for one in gtdlike.code(article)]
    found = gtdlike.evaluate(ROOT / "seeds/codings.jsonl", coded, resamples=50)
    f1, ends = found.figures["all fields"].f1, found.figures["all fields"].intervals["f1"]
    assert f1 is not None
    assert 0.7 < ends[0] < f1 < ends[1] < 1
    again = gtdlike.evaluate(ROOT / "seeds/codings.jsonl", coded, resamples=50)
    assert found.to_dict() == again.to_dict()


def test_a_misspelt_field_is_told_with_the_nearest() -> None:
    with pytest.raises(ReadError, match="Did you mean 'attacktype1'"):
        evaluate([BRIEF], [BRIEF], only=["atacktype1"])


def test_a_cell_that_cannot_be_read_counts_as_blank_and_is_told() -> None:
    found = evaluate([BRIEF], [{**BRIEF, "nkill": "three"}])
    assert found.figures["nkill"].counts[:3] == (1, 0, 0)
    assert any("row 1: nkill: 'three' is not a whole number" in note for note in found.notes)
