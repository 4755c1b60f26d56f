"""The same bytes whatever the order of the articles and the number of processes."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from gtdlike.article import Article
from gtdlike.cli import run
from gtdlike.coding import RuleCoder
from gtdlike.coding.rules.lexicon import rows
from gtdlike.coding.rules.worth import weight_of
from gtdlike.reading import read

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
ARTICLES = [item for item in read([SEEDS]) if isinstance(item, Article)][:24]


def write(path: Path, articles: list[Article]) -> Path:
    lines = (
        json.dumps({"id": a.id, "text": a.text, "published": a.published.isoformat() if a.published else None})
        for a in articles
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def coded(path: Path, articles: list[Article], processes: int) -> list[str]:
    """The lines of the coded file, brought back into the order of `ARTICLES`."""
    output = path / "coded.jsonl"
    given = write(path / "articles.jsonl", articles)
    assert run(["code", str(given), "-o", str(output), "--processes", str(processes)]) == 0
    places = {a.id: n for n, a in enumerate(ARTICLES)}
    lines = output.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["article_id"] for line in lines] == [
        a.id for a in articles for line in lines if json.loads(line)["article_id"] == a.id
    ]
    return sorted(lines, key=lambda line: places[json.loads(line)["article_id"]])


@pytest.mark.parametrize("processes", [1, 2])
def test_neither_order_nor_processes_change_a_byte(processes: int, tmp_path: Path) -> None:
    (tmp_path / "as_given").mkdir()
    (tmp_path / "mixed").mkdir()
    expected = coded(tmp_path / "as_given", ARTICLES, 1)
    assert len(expected) > 10
    mixed = random.Random(7).sample(ARTICLES, len(ARTICLES))
    assert coded(tmp_path / "mixed", mixed, processes) == expected


def test_an_article_is_coded_the_same_after_any_other() -> None:
    coder = RuleCoder()
    first = [coder.code(a) for a in ARTICLES]
    assert [coder.code(a) for a in reversed(ARTICLES)] == first[::-1]


def test_signs_weigh_the_same_in_any_order() -> None:
    shown = [row["sign"] for row in rows("worth")]
    orders = (random.Random(n).sample(shown, len(shown)) for n in range(50))
    assert len({weight_of(order) for order in orders}) == 1
