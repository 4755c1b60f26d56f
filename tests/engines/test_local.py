"""The local engine: order, fates, and what survives a coder that raises or dies."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
from gtdlike.engines import Fate, Outcome, run
from gtdlike.engines.local import CHUNK_ARTICLES
from gtdlike.engines.pool import _give_up
from gtdlike.incident import Incident
from gtdlike.reading import Unreadable


def articles(texts: Iterable[str]) -> list[Article]:
    return [Article(f"a{n}", text, language="en") for n, text in enumerate(texts)]


def in_short(outcomes: Iterable[Outcome]) -> list[tuple[str | None, str, list[str | None]]]:
    return [(o.article and o.article.id, o.fate.value, [c.incident.summary for c in o.coded]) for o in outcomes]


class EveryWord:
    """One incident for each word; raises on "raise"."""

    def code(self, article: Article) -> list[CodedIncident]:
        words = article.text.split()
        if "raise" in words:
            raise ValueError("no")
        return [CodedIncident(article.id, Incident(summary=word)) for word in words]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(["", "one", "one two", "raise"]), st.none()), max_size=12))
def test_every_item_has_one_outcome_in_its_place(texts: list[str | None]) -> None:
    items = [
        Unreadable(f"file {n}", "it is empty", "Fill it.") if text is None else Article(f"a{n}", text, language="en")
        for n, text in enumerate(texts)
    ]
    outcomes = list(run(items, coder=EveryWord()))
    assert [o.article or o.unreadable for o in outcomes] == items
    expected = {None: Fate.UNREADABLE, "": Fate.NO_INCIDENT, "raise": Fate.FAILED}
    assert [o.fate for o in outcomes] == [expected.get(text, Fate.CODED) for text in texts]


def test_messages_say_why(coders: ModuleType) -> None:
    items = [
        *articles(["raise", "nonsense"]),
        Article("fr", "texte", language="fr-CA"),
        Unreadable("x.txt", "the text is empty", "Give the text."),
    ]
    raised, nonsense, french, unread = run(items, coder=coders.WordCoder())
    assert raised.message == "The coder failed: RuntimeError: the coder met a word that it cannot bear"
    assert nonsense.message == "The coder returned str instead of CodedIncident."
    assert (french.fate, "'fr'" in str(french.message)) == (Fate.NOT_ENGLISH, True)
    assert unread.message == "the text is empty. Give the text."


def test_the_language_is_found_in_the_text() -> None:
    spanish = (
        "El presidente dijo que los habitantes de la ciudad no tienen agua desde hace tres días por la sequía. " * 3
    )
    english = (
        "The president said that the people of the city have had no water for three days because of the drought. " * 3
    )
    outcomes = list(run([Article("es", spanish), Article("en", english)], coder=EveryWord()))
    assert [o.fate for o in outcomes] == [Fate.NOT_ENGLISH, Fate.CODED]


def test_a_pool_gives_what_one_process_gives(coders: ModuleType) -> None:
    texts = ["attack " * (n % 4) + ("raise" if n % 17 == 0 else "") for n in range(3 * CHUNK_ARTICLES + 5)]
    items: list[Article | Unreadable] = [*articles(texts)]
    items.insert(40, Unreadable("x", "no", "none"))
    alone = in_short(run(items, coder=coders.WordCoder(), processes=1))
    assert in_short(run(items, coder=coders.WordCoder(), processes=2)) == alone


def test_a_process_that_dies_costs_only_its_article(coders: ModuleType) -> None:
    texts = ["attack"] * (2 * CHUNK_ARTICLES)
    texts[CHUNK_ARTICLES + 3] = "die"
    texts[5] = "unsendable"
    outcomes = list(run(articles(texts), coder=coders.WordCoder(), processes=2))
    assert Counter(o.fate for o in outcomes) == {Fate.CODED: len(texts) - 2, Fate.FAILED: 2}
    assert "could not be sent back" in str(outcomes[5].message)
    assert outcomes[CHUNK_ARTICLES + 3].message == "The process that coded the article died. Code it alone to see why."


def test_a_pool_that_is_given_up_leaves_no_process() -> None:
    executor = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
    executor.submit(time.sleep, 600)
    (process,) = executor._processes.values()
    _give_up(executor)
    process.join(60)
    assert process.exitcode is not None


def test_input_is_read_only_a_little_ahead(coders: ModuleType) -> None:
    taken = 0

    def endless() -> Iterator[Article]:
        nonlocal taken
        while True:
            taken += 1
            yield Article(str(taken), "attack", language="en")

    outcomes = run(endless(), coder=coders.WordCoder(), processes=2)
    for _ in range(3):
        next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert taken <= 8 * CHUNK_ARTICLES


@pytest.mark.parametrize(
    ("name", "reason"), [("Unpicklable", "cannot be pickled"), ("DiesOnArrival", "no worker process")]
)
def test_without_a_pool_the_work_is_done_here_and_it_is_said(coders: ModuleType, name: str, reason: str) -> None:
    coder = getattr(coders, name)()
    with pytest.warns(RuntimeWarning, match=reason):
        outcomes = list(run(articles(["attack", "attack attack"]), coder=coder, processes=2))
    assert [len(o.coded) for o in outcomes] == [1, 2]


def test_no_process_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="processes=0"):
        run([], coder=EveryWord(), processes=0)


POOL = """
from gtdlike.article import Article
from gtdlike.engines import run
from slow_coder import SlowCoder

if __name__ == "__main__":
    items = [Article(str(n), "text", language="en") for n in range(1000)]
    for outcome in run(items, coder=SlowCoder(), processes=2):
        print(outcome.article.id, flush=True)
"""
SLOW = """
import time

class SlowCoder:
    def code(self, article):
        time.sleep(0.01)
        return []
"""


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text(POOL, encoding="utf-8")
    (tmp_path / "slow_coder.py").write_text(SLOW, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, str(tmp_path / "code.py")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    assert process.stdout.readline() == "0\n"
    process.kill()
    # The workers hold the other end of the pipe, so it ends when they do.
    process.communicate(timeout=30)
    assert process.returncode != 0
