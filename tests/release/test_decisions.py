"""`decisions.csv`: people have the last word, and it holds when the data is built again."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gtdlike.cli import run
from gtdlike.codebook import load_codebook
from gtdlike.errors import ReadError
from gtdlike.release.decision import COLUMNS, Decision, Kind, Pointer
from gtdlike.release.decisions_csv import read_decisions, to_csv

A = {"iday": 1, "city": "Aalst", "provstate": "Aalst", "target1": "Town hall of Aalst"}
B = {"iday": 9, "city": "Brugge", "provstate": "Brugge", "target1": "Bank of Brugge", "nkill": 2}


def rows(*decisions: dict[str, Any]) -> str:
    """The text of a file of decisions; who and why need not be told."""
    names = [name for name in COLUMNS if any(name in one for one in decisions) or name in ("who", "why")]
    lines = [{"who": "Ada", "why": "the court says so", **one} for one in decisions]
    return "\n".join([",".join(names), *(",".join(f'"{one.get(name, "")}"' for name in names) for one in lines)])


def test_a_merger_holds_in_every_later_release(newsroom: Any) -> None:
    newsroom.tell("a", A)
    newsroom.tell("b", B)
    first = newsroom.release("first")
    one, other = first.id("a"), first.id("b")
    merge = rows({"decision": "merge", "eventid": other, "other_eventid": one})
    second = newsroom.release("second", merge, previous=first)
    assert second.ids == {("a", 1): one, ("b", 1): one}
    assert (second.fates, second.changes) == (["applied"], [(other, "merged", one)])
    assert second.rows("changes")[0]["reason"] == "decided by Ada"
    assert {row["article_id"]: row["decided_by"] for row in second.rows("links")} in (
        {"a": None, "b": "Ada"},
        {"a": "Ada", "b": None},
    )
    # No file is given any more, one of the ids is gone, both articles are corrected, and one has another name.
    newsroom.articles = {"a": ({**A, "nkill": 12},), "b2": newsroom.articles["b"]}
    third = newsroom.release("third", previous=second)
    fourth = newsroom.release("fourth", merge, previous=third)
    for release in (third, fourth):
        assert release.ids == {("a", 1): one, ("b2", 1): one}
        assert (release.fates, release.changes) == (["applied"], [])


def test_a_split_takes_an_article_out_of_an_incident_for_good(newsroom: Any) -> None:
    for article in "abc":
        newsroom.tell(article, A)
    first = newsroom.release("first")
    eventid = first.id("a")
    split = rows({"decision": "split", "eventid": eventid, "article_id": "b"})
    second = newsroom.release("second", split, previous=first)
    new = second.id("b")
    assert second.ids == {("a", 1): eventid, ("b", 1): new, ("c", 1): eventid}
    assert (second.fates, second.changes) == (["applied"], [(new, "split", eventid)])
    assert second.rows("changes")[0]["reason"] == "decided by Ada"
    assert {row["article_id"]: row["decided_by"] for row in second.rows("links")} == {"a": None, "b": "Ada", "c": None}
    newsroom.tell("d", A)
    third = newsroom.release("third", previous=second)
    assert third.id("a") == third.id("c") == eventid
    assert third.id("b") == new
    assert third.fates == ["applied"]
    assert third.changes == []


def test_two_incidents_can_be_kept_apart(newsroom: Any) -> None:
    newsroom.tell("a", A)
    newsroom.tell("b", B)
    first = newsroom.release("first")
    newsroom.tell("b", A)
    apart = rows({"decision": "split", "eventid": first.id("a"), "other_eventid": first.id("b")})
    assert len(newsroom.release("linked", previous=first).rows()) == 1
    second = newsroom.release("second", apart, previous=first)
    assert (second.ids, second.fates) == (first.ids, ["applied"])


def test_a_value_that_was_set_stands_with_its_evidence_and_a_note(newsroom: Any) -> None:
    newsroom.tell("a", A)
    first = newsroom.release("first")
    eventid = first.id("a")
    decisions = rows(
        {"decision": "set", "eventid": eventid, "variable": "nkill", "value": 20, "why": "the court's count."},
        {"decision": "set", "eventid": eventid, "variable": "attacktype1", "value": "Armed Assault", "who": "Bo"},
        {"decision": "set", "eventid": eventid, "variable": "nperps", "value": "-99"},
        {"decision": "set", "eventid": eventid, "variable": "target1", "value": "=cmd()"},
        {"decision": "set", "eventid": eventid, "variable": "natlty1", "value": ""},
        {"decision": "set", "eventid": eventid, "variable": "gname", "value": "Unknown"},
    )
    second = newsroom.release("second", decisions, previous=first)
    third = newsroom.release("third", previous=second)
    for release in (second, third):
        assert release.fates == ["applied"] * 5 + ["without_effect"]
        row = release.row(eventid)
        assert (row["nkill"], row["attacktype1"], row["attacktype1_txt"]) == (20, 2, "Armed Assault")
        assert (row["nperps"], row["target1"], row["natlty1"], row["natlty1_txt"]) == (-99, "=cmd()", None, None)
        assert row["addnotes"].startswith("nkill is 20, not 16, as Ada decided: the court's count. attacktype1 is 2 (A")
        evidence = {e["variable"]: e for e in release.rows("evidence") if e["rule"].startswith("decision: ")}
        assert set(evidence) == {"nkill", "attacktype1", "nperps", "target1", "natlty1", "addnotes"}
        assert (evidence["attacktype1"]["rule"], evidence["attacktype1"]["value"]) == ("decision: Bo", "2")
        assert sum(e["variable"] == "nkill" for e in release.rows("evidence")) == 1
    kept = (second.folder / "decisions.csv").read_text(encoding="utf-8")
    assert "'=cmd()" in kept
    assert ",-99," in kept
    assert (third.folder / "decisions.csv").read_text(encoding="utf-8") == kept


def test_values_that_need_each_other_are_set_together(newsroom: Any) -> None:
    newsroom.tell("a", A)
    first = newsroom.release("first")
    told = {"nhostkid": 5, "ishostkid": 1, "nreleased": 9, "nkillter": 99}
    decisions = rows(*({"decision": "set", "article_id": "a", "variable": v, "value": told[v]} for v in told))
    second = newsroom.release("second", decisions, previous=first)
    row = second.row(first.id("a"))
    assert [row[v] for v in told] == [5, 1, None, None]
    assert second.fates == ["applied", "applied", "not_applied", "not_applied"]
    assert second.problems[0].startswith(
        "decisions.csv: line 4, column value: 9 hostages came away alive, but there were 5"
    )
    assert second.manifest.rejected == 0


def test_a_value_that_was_set_can_mend_an_incident_that_has_errors(newsroom: Any) -> None:
    newsroom.tell("a", {**A, "attacktype1": 77})
    newsroom.tell("b", B)
    first = newsroom.release("first")
    assert first.manifest.rejected == 1
    mend = rows({"decision": "set", "article_id": "a", "variable": "attacktype1", "value": 3})
    second = newsroom.release("second", mend, previous=first)
    assert (second.row(second.id("a"))["attacktype1"], second.manifest.rejected) == (3, 0)


def test_what_people_say_of_multiple_and_related_stands(newsroom: Any) -> None:
    newsroom.tell("a", {**A, "multiple": 1}, {**A, "multiple": 1, "city": "Gent", "target1": "Gent"}, {**B, "iday": 2})
    newsroom.tell("b", B)
    first = newsroom.release("first")
    one, two, three = (first.id("a", n) for n in (1, 2, 3))
    assert first.row(one)["related"] == str(two)
    decisions = rows(
        {"decision": "set", "eventid": two, "variable": "multiple", "value": 0},
        {"decision": "set", "eventid": three, "variable": "multiple", "value": 1},
        {"decision": "set", "eventid": three, "variable": "related", "value": f"{one}, {two}"},
        {"decision": "set", "article_id": "b", "variable": "multiple", "value": 1},
    )
    second = newsroom.release("second", decisions, previous=first)
    assert second.fates == ["applied"] * 4
    told = {row["eventid"]: (row["multiple"], row["related"]) for row in second.rows()}
    assert told == {one: (0, None), two: (0, None), three: (1, f"{one}, {two}"), first.id("b"): (1, None)}


def test_what_is_dropped_leaves_for_good_until_it_is_withdrawn(newsroom: Any) -> None:
    newsroom.tell("a", A)
    newsroom.tell("b", B)
    first = newsroom.release("first")
    eventid = first.id("a")
    drop = {"decision": "drop", "eventid": eventid}
    late = {"decision": "set", "article_id": "a", "variable": "nkill", "value": 1}
    second = newsroom.release("second", rows(drop, late), previous=first)
    assert second.changes == [(eventid, "retired", None)]
    assert second.rows("changes")[0]["reason"] == "dropped by Ada: the court says so"
    assert second.fates == ["applied", "without_effect"]
    assert second.manifest.tellings == {"coded": 2, "linked": 1, "dropped": 1, "rejected": 0}
    newsroom.tell("c", {**A, "nkill": 17})
    third = newsroom.release("third", previous=second)
    assert (list(third.ids), third.fates, third.changes) == ([("b", 1)], ["applied", "without_effect"], [])
    fourth = newsroom.release("fourth", rows({**drop, "withdrawn": "yes"}), previous=third)
    assert (fourth.id("a"), fourth.row(fourth.id("a"))["nkill"]) == (eventid + 1, 1)
    assert fourth.changes == [(eventid + 1, "added", None)]
    assert sorted(fourth.fates) == ["applied", "withdrawn", "without_effect"]
    fifth = newsroom.release("fifth", previous=fourth)
    assert (fifth.ids, fifth.fates) == (fourth.ids, ["applied", "withdrawn"])


def test_the_later_decision_holds(newsroom: Any) -> None:
    newsroom.tell("a", A)
    newsroom.tell("b", B)
    set_ = {"decision": "set", "article_id": "a", "variable": "nkill", "value": 30}
    join = {"decision": "merge", "article_id": "a", "other_article_id": "b"}
    first = newsroom.release("first", rows(set_, {**set_, "value": 31}, join))
    assert first.row(first.id("a"))["nkill"] == 31
    assert first.fates == ["without_effect", "applied", "applied"]
    assert first.problems == ["decisions.csv: line 2: The decision in line 3 takes its place."]
    part = {"decision": "split", "article_id": "a", "other_article_id": "b"}
    second = newsroom.release("second", rows(part, {**set_, "value": 32, "telling": 1}), previous=first)
    assert second.row(second.id("a"))["nkill"] == 32
    assert len(second.rows()) == 2
    assert second.problems == [
        "decisions.csv: line 2: The decision in line 3 is about the same incident, and later.",
        "decisions.csv: line 3: The decision in line 2 is against it, and later.",
        "decisions.csv: line 2: The rules of linking say so too.",
    ]


def test_a_decision_waits_for_its_articles(newsroom: Any) -> None:
    newsroom.tell("a", A)
    newsroom.tell("b", B)
    first = newsroom.release("first", rows({"decision": "merge", "article_id": "a", "other_article_id": "b"}))
    newsroom.articles.pop("b")
    second = newsroom.release("second", previous=first)
    assert second.problems == [
        "decisions.csv: line 2, column other_article_id: What told of b is not found in the input any more. Write yes "
        "under withdrawn, if the decision has had its day."
    ]
    newsroom.tell("b", B)
    third = newsroom.release("third", previous=second)
    assert (third.ids, third.fates) == (first.ids, ["applied"])


def test_a_merger_is_of_what_the_incidents_were_when_it_was_decided(newsroom: Any) -> None:
    newsroom.tell("a", A)
    newsroom.tell("b", B)
    newsroom.tell("c", {**A, "nkill": 17})
    first = newsroom.release("first")
    merge = rows({"decision": "merge", "eventid": first.id("a"), "other_eventid": first.id("b")})
    second = newsroom.release("second", merge, previous=first)
    newsroom.tell("d", {**A, "nkill": 15})
    newsroom.articles.pop("c")
    third = newsroom.release("third", previous=second)
    assert len(third.rows()) == 1
    # What was there is held together, though the rules would not; what the rules added, they may take away again.
    elsewhere = {"iday": 20, "city": "Gent", "provstate": "Gent", "target1": "Port of Gent", "nkill": 0}
    newsroom.tell("c", elsewhere)
    newsroom.tell("d", {**elsewhere, "iday": 27, "city": "Mons", "provstate": "Mons", "target1": "School of Mons"})
    fourth = newsroom.release("fourth", previous=third)
    assert fourth.id("a") == fourth.id("b") == fourth.id("c") == first.id("a")
    assert fourth.id("d") != first.id("a")


BAD = [
    ("drip,,,,,Ada,x", "column decision: 'drip' is no decision. Did you mean 'drop'? Write merge, split, set, drop."),
    (",,,,,Ada,x", "column decision: It does not say what is decided."),
    ("drop,,,,,Ada,x", "column eventid: It does not say of which incident. Give its eventid or an article_id."),
    ("drop,,a,,,Ada,", "column why: It does not say why."),
    ("drop,,a,,,,x", "column who: It does not say who."),
    ("drop,,a,nkill,,Ada,x", "column variable: A drop has no variable."),
    ("merge,,a,,,Ada,x", "column other_eventid: It does not say with which incident."),
    ("split,,a,,,Ada,x", "column article_id: It does not say what to split off."),
    ("drop,2.01603E+11,,,,Ada,x", "column eventid: The spreadsheet has shortened the eventid to 2.01603E+11."),
    ("drop,20160301,,,,Ada,x", "column eventid: '20160301' is no eventid. An eventid has twelve digits."),
    ("drop,201603010001,,,,Ada,x", "column eventid: The eventid 201603010001 is that of a release, and no release was"),
    ("drop,,aa,,,Ada,x", "column article_id: No article 'aa' tells of an incident. Did you mean 'a'?"),
    ("drop,,b,,,Ada,x", "column telling: 'b' tells of 2 incidents. Say which one: 1, 2, as in links.parquet."),
    ("set,,a,,5,Ada,x", "column variable: It does not say which variable to set."),
    ("set,,a,nkil,5,Ada,x", "column variable: There is no variable 'nkil'. Did you mean 'nkill'?"),
    ("set,,a,country_txt,Chad,Ada,x", "column variable: country_txt is the label of country. Set country; the label"),
    ("set,,a,eventid,201603010001,Ada,x", "column variable: An eventid is never set."),
    ("set,,a,nkill,many,Ada,x", "column value: 'many' is not a whole number."),
    ("set,,a,attacktype1,77,Ada,x", "column value: 77 is not a code of attacktype. Write one of"),
    ("set,,a,country,4,Ada,x", "column value: 4 (Afghanistan) belongs to region 6 (South Asia), but region is 8"),
    ("drop,,a,,,Ada,x,y", "line 2: It has 8 cells and the header has 7."),
]


@pytest.mark.parametrize(("row", "message"), BAD, ids=[message[7:50] for _, message in BAD])
def test_a_bad_row_costs_itself_and_says_what_to_do(newsroom: Any, row: str, message: str) -> None:
    newsroom.tell("a", A)
    newsroom.tell("b", B, {**B, "iday": 20, "city": "Gent", "target1": "Gent"})
    header = "decision,eventid,article_id,variable,value,who,why"
    release = newsroom.release("first", f"{header}\n{row}\nset,,a,nkill,3,Ada,x\n")
    assert release.fates == ["not_applied", "applied"]
    assert message in release.problems[0], release.problems
    assert release.row(release.id("a"))["nkill"] == 3
    assert release.manifest.rejected == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The file is empty. The first row names the columns: decision, eventid, "),
        ("decison,eventid\n", "line 1: There is no column 'decison'. Did you mean 'decision'? The columns are: "),
        ("eventid,who,why\n", "line 1: There is no column 'decision'. It says merge, split, set, drop in each row."),
        ("decision,who,Who\n", "line 1: The column 'who' is there twice."),
        ("PK\x03\x04", "It is a ZIP archive or an office document, not text. Save it from the spreadsheet as CSV"),
    ],
)
def test_a_file_that_is_none_is_refused_before_any_work(newsroom: Any, text: str, message: str) -> None:
    newsroom.tell("a", A)
    with pytest.raises(ReadError) as error:
        newsroom.release("first", text)
    assert f"first-decisions.csv: {message}" in str(error.value)
    assert not (newsroom.folder / "first").exists()


def test_a_spreadsheet_may_write_the_file_in_its_own_way(newsroom: Any) -> None:
    newsroom.tell("a", A)
    text = "\ufeffDecision;Article_ID;Variable;Value;Who;Why;\r\n;;;;;;\r\nset;a;nkill;21;Ada;court;\r\n"
    assert newsroom.release("first", text).row(201603010001)["nkill"] == 21


NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1).map(str.strip).filter(bool)
NUMBERS = st.integers(1, 5)
POINTERS = st.builds(
    Pointer,
    st.none() | st.integers(197001010001, 209912319999),
    NAMES,
    st.none() | NUMBERS,
    st.lists(st.tuples(NAMES, NUMBERS), unique=True).map(lambda keys: tuple(sorted(keys))),
)
DECISIONS = st.one_of(
    st.builds(Decision, st.just(Kind.MERGE), POINTERS, POINTERS, st.none(), st.none(), NAMES, NAMES,
              st.sampled_from([None, "2024-07-01"]), st.booleans(), st.just(2)),
    st.builds(Decision, st.just(Kind.SET), POINTERS, st.just(Pointer()), st.just("target1"), st.none() | NAMES, NAMES,
              NAMES, st.none(), st.booleans(), st.just(2)),
)  # fmt: skip


@given(decision=DECISIONS)
def test_what_is_written_is_read_again(decision: Decision, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "decisions.csv"
    path.write_text(to_csv([decision]), encoding="utf-8", newline="")
    assert read_decisions(path, load_codebook()) == ([decision], [])
    for row in csv.reader(path.open(encoding="utf-8", newline="")):
        assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in row)


ARTICLES = st.sampled_from("abcd")
ROWS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"decision": st.sampled_from(["merge", "split"]), "article_id": ARTICLES,
                               "other_article_id": ARTICLES}),
        st.fixed_dictionaries({"decision": st.just("set"), "article_id": ARTICLES, "telling": st.sampled_from(["", 1]),
                               "variable": st.sampled_from(["nkill", "nwound", "attacktype1", "iday"]),
                               "value": st.sampled_from([1, 2, 40])}),
        st.fixed_dictionaries({"decision": st.just("drop"), "article_id": ARTICLES}),
        st.just({"decision": "drop", "article_id": "nowhere"}),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(decided=ROWS)
def test_whatever_is_decided_is_accounted_for_and_holds_when_it_is_built_again(
    decided: list[dict[str, Any]], new_newsroom: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    newsroom = new_newsroom(tmp_path_factory.mktemp("decided"))
    for article, told in (("a", A), ("b", A), ("c", {**A, "nkill": 17}), ("d", B)):
        newsroom.tell(article, told)
    first = newsroom.release("first", rows(*decided))
    assert sorted(one.line for one in first.manifest.decisions) == list(range(2, len(decided) + 2))
    second = newsroom.release("second", previous=first)
    assert (second.rows(), second.ids, second.changes) == (first.rows(), first.ids, [])
    kept = [row for row in (first.folder, second.folder) if (row / "decisions.csv").exists()]
    texts = [(folder / "decisions.csv").read_text(encoding="utf-8") for folder in kept]
    assert len(set(texts)) <= 1
    lines = texts[0].count("\n") if texts else 1
    assert [one.line for one in second.manifest.decisions] == list(range(2, lines + 1))


def test_the_command_tells_what_became_of_each_decision(
    newsroom: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    text = "A bomb killed four people at a market in Kabul on 3 May 2017."
    (folder / "kabul.txt").write_text(text, encoding="utf-8")
    (folder / "kabul.json").write_text(json.dumps({"published": "2017-05-04"}), encoding="utf-8")
    assert run(["build", str(folder), "-o", str(tmp_path / "first"), "-p", "1"]) == 0
    file = folder / "decisions.csv"
    file.write_text(
        "decision,eventid,variable,value,who,why\nset,201705030001,nkill,5,Ada,the ministry\n"
        "set,201705030001,nwound,lots,Ada,the ministry\n",
        encoding="utf-8",
    )
    capsys.readouterr()
    options = ["--previous", str(tmp_path / "first"), "--decisions", str(file), "--also", "csv"]
    assert run(["build", str(folder), "-o", str(tmp_path / "second"), "-p", "1", *options]) == 0
    told = capsys.readouterr()
    assert "decisions: 1 applied, 1 cannot be applied" in told.out
    assert f"since {tmp_path / 'first'}: all ids as they were" in told.out
    assert f"{file}: line 3, column value: cannot be applied: 'lots' is not a whole number." in told.err
    assert run(["build", str(folder), "-o", str(tmp_path / "third"), "-p", "1", "--also", "xslx"]) == 2
    assert "There is no format 'xslx'." in capsys.readouterr().err
