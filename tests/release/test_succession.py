"""Releases month by month: every incident keeps its id, and what became of each id is on record."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gtdlike.errors import ReadError

CITIES = [
    "Aalst", "Brugge", "Charleroi", "Dendermonde", "Eupen", "Fleurus", "Geel", "Hasselt", "Ieper", "Jodoigne",
    "Kortrijk", "Liege", "Mechelen", "Namur", "Oostende", "Poperinge", "Quaregnon", "Ronse", "Seraing", "Tournai",
    "Ukkel", "Verviers", "Waregem", "Xhoris", "Ypres", "Zottegem",
]  # fmt: skip


def attack(number: int, **values: Any) -> dict[str, Any]:
    """An incident that nothing else is taken for."""
    city = values.get("city", CITIES[number % len(CITIES)])
    told = {"iday": number % 28 + 1, "imonth": 1 + number // 26 % 12, "city": city, "provstate": city, "nkill": 3}
    return {**told, "target1": f"Town hall of {city}", **values}


def test_twenty_more_articles_and_five_corrections(newsroom: Any) -> None:
    for number in range(30):
        newsroom.tell(f"a{number}", attack(number))
    first = newsroom.release("first")
    assert len(first.rows()) == 30
    for number in range(30, 45):
        newsroom.tell(f"a{number}", attack(number))
    for number in range(45, 50):
        # More about an incident that is known already.
        newsroom.tell(f"a{number}", attack(number - 40, nkill=4))
    newsroom.tell("a0", attack(0, iday=17))
    newsroom.tell("a1", attack(1, city="Knokke", provstate="Knokke", target1="Town hall of Knokke"))
    newsroom.tell("a2", attack(2, nkill=80))
    newsroom.tell("a3", attack(3, imonth=2, iday=9, city="Knokke", provstate="Knokke", target1="A school", nkill=0))
    newsroom.opening["a4"] = "This article was corrected, and what it tells was not changed by that at all."
    second = newsroom.release("second", previous=first)
    old, new = first.ids, second.ids
    assert {key: new[key] for key in old} == old
    added = {new[f"a{number}", 1] for number in range(30, 45)}
    assert added.isdisjoint(old.values())
    assert [new[f"a{number}", 1] for number in range(45, 50)] == [old[f"a{number}", 1] for number in range(5, 10)]
    redated = {old["a0", 1], old["a3", 1]}
    assert second.changes == sorted([(i, "added", None) for i in added] + [(i, "redated", None) for i in redated])
    assert second.manifest.changes == {"added": 15, "redated": 2}
    [why] = [row["reason"] for row in second.rows("changes") if row["eventid"] == old["a0", 1]]
    assert why == "2016-01-01 is now 2016-01-17"
    assert second.row(old["a0", 1])["iday"] == 17
    assert second.row(old["a1", 1])["city"] == "Knokke"
    assert second.row(old["a2", 1])["nkill"] == 80


def test_new_incidents_get_the_next_number_of_their_day(newsroom: Any) -> None:
    newsroom.tell("m", attack(0, city="Mons"))
    newsroom.tell("z", attack(0, city="Zele"))
    first = newsroom.release("first")
    assert (first.id("m"), first.id("z")) == (201601010001, 201601010002)
    newsroom.tell("a", attack(0, city="Aarlen"))
    newsroom.articles.pop("z")
    second = newsroom.release("second", previous=first)
    assert (second.id("m"), second.id("a")) == (201601010001, 201601010003)
    assert second.changes == [(201601010002, "retired", None), (201601010003, "added", None)]


def test_a_chain_of_releases_never_gives_an_id_again(newsroom: Any) -> None:
    newsroom.tell("a", attack(0, city="Aalst"))
    newsroom.tell("b", attack(0, city="Brugge"))
    releases = [newsroom.release("0")]
    newsroom.articles.pop("b")
    releases.append(newsroom.release("1", previous=releases[-1]))
    newsroom.tell("c", attack(0, city="Charleroi"))
    releases.append(newsroom.release("2", previous=releases[-1]))
    newsroom.articles.pop("c")
    releases.append(newsroom.release("3", previous=releases[-1]))
    newsroom.tell("d", attack(0, city="Dendermonde"))
    last = newsroom.release("4", previous=releases[-1])
    assert last.ids == {("a", 1): 201601010001, ("d", 1): 201601010004}
    assert last.manifest.retired == {"201601010002": None, "201601010003": None}
    [why] = [row["reason"] for row in releases[1].rows("changes")]
    assert why == "not in the input any more: b"


def test_of_a_merger_the_older_id_lives_on(newsroom: Any) -> None:
    newsroom.tell("a", attack(0))
    newsroom.tell("b", attack(0, city="Jette", nkill=9))
    first = newsroom.release("first")
    low, high = sorted(first.ids.values())
    newsroom.tell("b", attack(0))
    second = newsroom.release("second", previous=first)
    assert second.ids == {("a", 1): low, ("b", 1): low}
    assert second.changes == [(high, "merged", low)]
    assert second.rows("changes")[0]["reason"].startswith("linked by the rules: same day, same city")
    # What is corrected back is another incident, and its old id stays retired.
    newsroom.tell("b", attack(0, city="Jette", nkill=9))
    third = newsroom.release("third", previous=second)
    assert third.id("a") == low
    assert third.id("b") == high + 1
    assert third.changes == [(high + 1, "split", low)]
    assert third.manifest.retired == {str(high): low}


def test_of_a_split_the_part_with_most_of_the_tellings_keeps_the_id(newsroom: Any) -> None:
    for article in "abc":
        newsroom.tell(article, attack(5))
    first = newsroom.release("first")
    newsroom.tell("a", attack(0))
    second = newsroom.release("second", previous=first)
    assert second.id("b") == second.id("c") == first.id("a")
    assert second.changes == [(second.id("a"), "split", first.id("a"))]
    assert second.rows("changes")[0]["reason"] == f"what a tells does not fit {first.id('a')} any more"


def test_an_article_under_another_name_is_the_same_article(newsroom: Any) -> None:
    """Rows of a table without ids are called by their numbers, and those shift when a row is put in above them."""
    newsroom.tell("news:1", attack(0))
    newsroom.tell("news:2", attack(1), attack(2))
    first = newsroom.release("first")
    newsroom.articles = {
        "news:1": (attack(7),),
        "news:2": newsroom.articles["news:1"],
        "news:3": newsroom.articles["news:2"],
    }
    second = newsroom.release("second", previous=first)
    assert second.id("news:2") == first.id("news:1")
    assert [second.id("news:3", n) for n in (1, 2)] == [first.id("news:2", n) for n in (1, 2)]
    assert second.changes == [(second.id("news:1"), "added", None)]


def test_an_incident_that_other_articles_tell_by_now_keeps_its_id(newsroom: Any) -> None:
    newsroom.tell("a", attack(0))
    newsroom.tell("b", attack(9))
    first = newsroom.release("first")
    newsroom.articles.pop("a")
    newsroom.tell("c", attack(0, nkill=4), attack(12))
    second = newsroom.release("second", previous=first)
    assert second.id("c", 1) == first.id("a")
    assert second.changes == [(second.id("c", 2), "added", None)]


def test_an_article_with_several_incidents_that_tells_them_in_another_order(newsroom: Any) -> None:
    newsroom.tell("a", attack(0), attack(1), attack(2))
    first = newsroom.release("first")
    newsroom.tell("a", attack(6), attack(2, nkill=4), attack(0))
    second = newsroom.release("second", previous=first)
    assert second.id("a", 3) == first.id("a", 1)
    assert second.id("a", 2) == first.id("a", 3)
    # The one that fits none of the new ones is the one that is left.
    assert second.id("a", 1) not in first.ids.values()
    assert {change for _, change, _ in second.changes} == {"added", "retired"}
    assert "not told any more by a" in [row["reason"] for row in second.rows("changes")]


def test_another_coder_may_tell_the_incidents_of_an_article_in_another_order(newsroom: Any) -> None:
    newsroom.tell("a", attack(0), attack(1), attack(2))
    newsroom.tell("b", attack(3), attack(4))
    first = newsroom.release("first", "decision,eventid,article_id,telling,who,why\ndrop,,a,2,Ada,x\n")
    newsroom.backwards = True
    second = newsroom.release("second", previous=first)
    assert (second.changes, second.fates) == ([], ["applied"])
    assert [second.id("a", n) for n in (3, 1)] == [first.id("a", n) for n in (1, 3)]
    assert [second.id("b", n) for n in (2, 1)] == [first.id("b", n) for n in (1, 2)]


def test_an_incident_that_has_errors_by_now_is_retired_with_that_reason(newsroom: Any) -> None:
    newsroom.tell("a", attack(0))
    newsroom.tell("b", attack(1))
    first = newsroom.release("first")
    newsroom.tell("a", attack(0, attacktype1=77))
    second = newsroom.release("second", previous=first)
    assert second.changes == [(first.id("a"), "retired", None)]
    assert second.rows("changes")[0]["reason"] == "it has errors; see rejected.jsonl"


def test_a_release_can_be_built_again_in_its_place(newsroom: Any) -> None:
    newsroom.tell("a", attack(0))
    first = newsroom.release("first")
    newsroom.tell("b", attack(1))
    again = newsroom.release("again", previous=first)
    files = {path.name: path.read_bytes() for path in again.folder.iterdir()}
    same = newsroom.release("same", previous=first)
    assert {path.name: path.read_bytes() for path in same.folder.iterdir()} == files
    assert not (first.folder / "changes.parquet").exists()


def test_what_is_no_release_of_this_codebook_is_refused_before_any_work(newsroom: Any, tmp_path: Path) -> None:
    newsroom.tell("a", attack(0))
    release = newsroom.release("first")
    manifest = release.folder / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8"))

    def refused(match: str) -> None:
        with pytest.raises(ReadError, match=match):
            newsroom.release("second", previous=release)
        assert not (tmp_path / "second").exists()

    manifest.write_text(json.dumps({**told, "codebook": "drones"}), encoding="utf-8")
    refused(r"first: The release is of the codebook 'drones', and this one is of 'gtd'")
    files = {name: file for name, file in told["files"].items() if name != "links.parquet"}
    manifest.write_text(json.dumps({**told, "files": files}), encoding="utf-8")
    refused(r"The release has no links\.parquet, so its ids cannot be kept\. Build that release again")
    manifest.write_text("{}", encoding="utf-8")
    refused(r"manifest\.json: It is not the manifest of a release \(entries are missing\)")
    manifest.write_text(json.dumps(told), encoding="utf-8")
    data = bytearray((release.folder / "links.parquet").read_bytes())
    data[len(data) // 2] ^= 1
    (release.folder / "links.parquet").write_bytes(data)
    refused(r"links\.parquet: It is not the file that the release was built with")
    (release.folder / "links.parquet").unlink()
    refused(r"links\.parquet: The file is missing\. Fetch the release again")
    manifest.unlink()
    refused(r"first: This is no release \(it has no manifest\.json\)")
    with pytest.raises(ReadError, match="there is no such folder"):
        newsroom.release("second", previous=evolve(release, folder=tmp_path / "nowhere"))


ATTACKS = [attack(0), attack(0, nkill=40), attack(0, city="Jette"), attack(1), attack(2, iday=4)]
TOLD = st.lists(st.sampled_from(ATTACKS), min_size=1, max_size=2)
HEAP = st.dictionaries(st.sampled_from("abcdef"), TOLD, min_size=1)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(heaps=st.lists(HEAP, min_size=2, max_size=4))
def test_whatever_becomes_of_the_articles_no_id_changes_in_silence(
    heaps: list[dict[str, Any]], new_newsroom: Callable[[Path], Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    newsroom = new_newsroom(tmp_path_factory.mktemp("heaps"))
    before, ever = None, set[int]()
    for number, heap in enumerate(heaps):
        newsroom.articles = {article: tuple(told) for article, told in heap.items()}
        release = newsroom.release(str(number), previous=before)
        ids = [row["eventid"] for row in release.rows()]
        assert len(set(ids)) == len(ids)
        if before is not None:
            old = {row["eventid"] for row in before.rows()}
            changes = {eventid: (change, other) for eventid, change, other in release.changes if change != "redated"}
            assert len(changes) == sum(change != "redated" for _, change, _ in release.changes)
            # Every id is accounted for: kept, gone with a reason, or new and never seen before.
            assert old - set(ids) == {e for e, (change, _) in changes.items() if change in ("retired", "merged")}
            assert set(ids) - old == {e for e, (change, _) in changes.items() if change in ("added", "split")}
            assert ever.isdisjoint(set(ids) - old)
            for eventid, (change, other) in changes.items():
                assert (
                    (other in ids) if change == "merged" else (other in old) if change == "split" else other is None
                ), eventid
            same = {a for a in heap if heap[a] == heaps[number - 1].get(a)}
            for eventid in old - set(ids):
                left = [key for key, told in before.ids.items() if told == eventid and key[0] in same]
                # Where a telling of it is still there, it lives on in another incident.
                assert not left or changes[eventid][0] == "merged"
        ever |= set(ids)
        before = release
