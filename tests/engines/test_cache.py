"""The cache: what was coded comes back exactly, and nothing that happens to the cache changes an outcome."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import define, evolve, field
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.article import Article
from gtdlike.coding import RuleCoder
from gtdlike.coding.base import CodedIncident, Coder
from gtdlike.engines import Fate, Outcome, code_article, run
from gtdlike.engines.cache import VERSIONS, Cache, default_folder, opened
from gtdlike.engines.keep import kept, key_of, restored
from gtdlike.evidence import Evidence, How
from gtdlike.incident import Casualties, Incident
from gtdlike.reading import Unreadable, read
from gtdlike.testing import incidents

SEEDS = Path(__file__).parents[2] / "seeds"


@define
class CountingCoder:
    """An incident for each word; it counts the articles that it coded."""

    version: str = "1"
    coded: list[str] = field(factory=list)

    def code(self, article: Article) -> list[CodedIncident]:
        self.coded.append(article.id)
        if "raise" in article.text:
            raise RuntimeError("no")
        return [CodedIncident(article.id, Incident(summary=word)) for word in article.text.split()]


ARTICLES = [Article(f"a{n}", text, language="en") for n, text in enumerate(["one", "two words", "", "one"])]
ITEMS = [*ARTICLES[:2], Unreadable("x.txt", "It is empty", "Fill it."), *ARTICLES[2:]]

Items = list[Article | Unreadable]


def outcomes(folder: Path, coder: Coder | None = None, items: Items | None = None) -> list[Outcome]:
    coder = coder or CountingCoder()
    with opened(folder, coder) as cache:
        return list(run(items or ITEMS, coder=coder, cache=cache))


def the_file(folder: Path) -> Path:
    (path,) = folder.glob("*.sqlite")
    return path


@pytest.fixture(scope="module")
def seeds() -> list[Outcome]:
    """The example articles, coded."""
    coder = RuleCoder()
    return [code_article(article, coder) for article in read([SEEDS]) if isinstance(article, Article)]


def test_all_that_the_rule_coder_gives_comes_back_exactly(seeds: list[Outcome]) -> None:
    told = 0
    for outcome in seeds:
        assert outcome.article is not None
        data = kept(outcome)
        assert data is not None
        again = restored(outcome.article, data)
        assert again == outcome
        assert repr(again) == repr(outcome)
        told += len(again.coded)
    assert told > 20


EVIDENCE = st.builds(
    lambda how, rule, place, own, article: (
        Evidence("nkill", how, rule, *place, "abcdefgh"[slice(*place)] if own else "else", article)
        if place
        else Evidence("nkill", how, rule, article_id=article)
    ),
    st.sampled_from(How), st.text(max_size=3), st.none() | st.tuples(st.integers(0, 3), st.integers(4, 8)),
    st.booleans(), st.none() | st.text(max_size=3),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.builds(CodedIncident, st.text(max_size=3), incidents(), st.tuples(EVIDENCE), st.booleans()), max_size=2)
)
def test_any_incident_of_the_codebook_comes_back_exactly(coded: list[CodedIncident]) -> None:
    article = Article("a", "abcdefgh")
    outcome = Outcome(article, None, Fate.CODED, tuple(coded))
    data = kept(outcome)
    assert data is not None
    again = restored(article, data)
    assert again == outcome
    assert repr(again) == repr(outcome)


@pytest.mark.parametrize(
    "incident",
    [
        Incident(summary=lambda: None),  # type: ignore[arg-type]
        Incident(casualties=Casualties(killed=3.0)),  # type: ignore[arg-type]
        Incident(attacks=[99999999999999]),
        Incident(summary=""),
        Incident(summary="\ud800"),
        type("MyIncident", (Incident,), {})(),
    ],
)
def test_what_would_not_come_back_exactly_is_not_kept(incident: Incident) -> None:
    article = Article("a", "text")
    data = kept(Outcome(article, None, Fate.CODED, (CodedIncident("a", incident),)))
    assert data is None or repr(restored(article, data).coded[0].incident) == repr(incident)


def test_what_was_coded_is_not_coded_again(tmp_path: Path) -> None:
    first, second = CountingCoder(), CountingCoder()
    expected = list(run(ITEMS, coder=CountingCoder()))
    assert outcomes(tmp_path, first, ITEMS[:2]) == expected[:2]
    assert outcomes(tmp_path, second) == expected
    assert outcomes(tmp_path, second, ITEMS[::-1]) == expected[::-1]
    assert (first.coded, second.coded) == (["a0", "a1"], ["a2", "a3"])


@pytest.mark.parametrize(
    "change",
    [
        {"id": "b"}, {"text": "one "}, {"title": "one"}, {"published": dt.date(2017, 1, 1)}, {"source": "x"},
        {"url": "x"}, {"language": "eng"},
    ],
)  # fmt: skip
def test_whatever_a_coder_sees_counts(change: dict[str, object]) -> None:
    assert key_of(evolve(ARTICLES[0], **change)) != key_of(ARTICLES[0])


def test_another_version_or_coder_codes_anew(tmp_path: Path) -> None:
    outcomes(tmp_path, CountingCoder("1"))
    another = CountingCoder("2")
    outcomes(tmp_path, another)
    assert len(another.coded) == 4
    kinder = type("KinderCoder", (CountingCoder,), {})()
    outcomes(tmp_path, kinder)
    assert len(kinder.coded) == 4


def test_the_version_of_the_rule_coder_tells_its_options() -> None:
    assert RuleCoder().version == RuleCoder().version != RuleCoder(least_blame=3).version


def test_an_edited_file_of_the_package_makes_another_version(tmp_path: Path) -> None:
    """In a copy: a word more in a lexicon, and what was coded before it is out of date."""
    import shutil

    import gtdlike

    shutil.copytree(Path(gtdlike.__file__).parent, tmp_path / "gtdlike", ignore=shutil.ignore_patterns("__pycache__"))
    script = "from gtdlike.coding import RuleCoder; print(RuleCoder().version)"

    def version() -> str:
        done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
        return done.stdout

    before = version()
    assert version() == before
    with (tmp_path / "gtdlike" / "coding" / "lexicon" / "given_names.csv").open("a") as lexicon:
        lexicon.write("esmeralda\n")
    assert version() != before


def test_a_coder_without_a_version_is_not_cached_and_told_so(tmp_path: Path) -> None:
    class Coder:
        def code(self, article: Article) -> list[CodedIncident]:
            return []

    with pytest.warns(RuntimeWarning, match="has no attribute `version`"), opened(tmp_path, Coder()) as cache:
        assert cache is None
    assert not list(tmp_path.iterdir())


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    for _ in range(2):
        coder = CountingCoder()
        (outcome,) = outcomes(tmp_path, coder, [Article("a", "raise", language="en")])
        assert (outcome.fate, coder.coded) == (Fate.FAILED, ["a"])


def cut_off(data: bytes) -> bytes:
    return data[: len(data) // 2]


def nonsense(data: bytes) -> bytes:
    return b"this is no database " * 500


def flipped(data: bytes) -> bytes:
    return data[:100] + bytes(255 - byte for byte in data[100:])


@pytest.mark.parametrize("damage", [cut_off, nonsense, flipped])
def test_a_damaged_cache_is_begun_anew(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    expected = outcomes(tmp_path)
    path = the_file(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.warns(RuntimeWarning, match="is damaged"):
        assert outcomes(tmp_path) == expected
    coder = CountingCoder()
    assert outcomes(tmp_path, coder) == expected
    assert coder.coded == []


@settings(max_examples=40, deadline=None)
@given(st.integers(0), st.integers(1, 255))
def test_a_flipped_byte_changes_no_outcome(tmp_path_factory: pytest.TempPathFactory, where: int, mask: int) -> None:
    folder = tmp_path_factory.mktemp("flipped")
    expected = outcomes(folder)
    path = the_file(folder)
    data = bytearray(path.read_bytes())
    data[where % len(data)] ^= mask
    path.write_bytes(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # most such bytes are found out, and told of; some hold nothing
        assert outcomes(folder) == expected


def test_a_cache_that_cannot_be_made_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    expected = list(run(ITEMS, coder=CountingCoder()))
    with pytest.warns(RuntimeWarning, match="cannot be used .* goes on without it"):
        assert outcomes(tmp_path / "file") == expected


def test_old_versions_are_forgotten(tmp_path: Path) -> None:
    for number in range(VERSIONS + 3):
        outcomes(tmp_path, CountingCoder(str(number)))
        os.utime(max(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime), (number, number))
    assert len(list(tmp_path.iterdir())) == VERSIONS
    coder = CountingCoder(str(VERSIONS + 2))
    outcomes(tmp_path, coder)
    assert coder.coded == []


def test_a_cache_keeps_within_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gtdlike.engines.cache.LIMIT", 100_000)
    monkeypatch.setattr("gtdlike.engines.cache.SECONDS", 0)
    items: Items = [Article(str(n), os.urandom(2000).hex(), language="en") for n in range(120)]
    outcomes(tmp_path, items=items)
    assert the_file(tmp_path).stat().st_size < 120_000
    coder = CountingCoder()
    outcomes(tmp_path, coder, items[-9:])
    assert coder.coded == []


SCRIPT = """
import sys, time
from pathlib import Path
from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
from gtdlike.engines import run
from gtdlike.engines.cache import opened
from gtdlike.incident import Incident

class Coder:
    version = "1"
    def code(self, article):
        time.sleep(0.01)
        return [CodedIncident(article.id, Incident(summary=article.text))]

folder, first, last = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
items = [Article(str(n), f"text {n}", language="en") for n in range(first, last)]
with opened(folder, Coder()) as cache:
    for outcome in run(items, coder=Coder(), processes=1, cache=cache):
        assert outcome.coded[0].incident.summary == outcome.article.text
        print(outcome.article.id, flush=True)
    print("recalled", cache.recalled)
"""

Start = Callable[[int, int], "subprocess.Popen[str]"]


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Start]:
    """Start a process that codes the articles of a range with a cache, a hundredth of a second each."""
    script = tmp_path / "code.py"
    script.write_text(SCRIPT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    started: list[subprocess.Popen[str]] = []

    def start(first: int, last: int) -> subprocess.Popen[str]:
        command = [sys.executable, str(script), str(tmp_path / "cache"), str(first), str(last)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        started.append(subprocess.Popen(command, text=True, env=environment, **pipes))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_a_killed_run_loses_a_second_of_work_at_most(child: Start) -> None:
    process = child(0, 1000)
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == "150":
            process.kill()
            break
    process.communicate()
    again, errors = child(0, 150).communicate()
    assert errors == ""
    assert int(again.split()[-1]) > 50


def test_several_processes_share_a_cache(child: Start) -> None:
    at_once = [child(0, 60), child(30, 90), child(0, 90)]
    for process in at_once:
        _, errors = process.communicate()
        assert (process.returncode, errors) == (0, "")
    told, _ = child(0, 90).communicate()
    assert told.split()[-2:] == ["recalled", "90"]


def test_the_usual_folder_is_that_of_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GTDLIKE_CACHE")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "gtdlike"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert default_folder() == tmp_path / "local" / "gtdlike"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert default_folder() == Path.home() / "Library" / "Caches" / "gtdlike"
    monkeypatch.setenv("GTDLIKE_CACHE", str(tmp_path))
    assert default_folder() == tmp_path


def test_without_a_folder_there_is_no_cache() -> None:
    with opened(None, CountingCoder()) as cache:
        assert cache is None


def test_a_pool_and_one_process_share_a_cache(tmp_path: Path, seeds: list[Outcome]) -> None:
    items, coder, expected = [o.article for o in seeds if o.article], RuleCoder(), seeds
    with Cache(tmp_path, "v") as cache:
        assert list(run(items[:20], coder=coder, cache=cache)) == expected[:20]
    with Cache(tmp_path, "v") as cache:
        assert list(run(items, coder=coder, processes=2, cache=cache)) == expected
        assert cache.recalled == 20
    with Cache(tmp_path, "v") as cache:
        assert list(run(items, coder=coder, cache=cache)) == expected
        assert cache.recalled == len(items)
