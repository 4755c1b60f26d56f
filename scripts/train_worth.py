"""Find the weights of `gtdlike/coding/lexicon/worth.csv`: which drafts of wire reports in capitals are incidents.

    python scripts/train_worth.py FOLDER            five-fold figures, without and with the weights
    python scripts/train_worth.py FOLDER --write    writes the weights found from all articles of the folder

FOLDER holds `articles.jsonl` and `gold.jsonl` (accepted codings). A draft that is paired with an incident of the gold
coding is right, every other one is not. A logistic regression weighs its signs (`gtdlike.coding.rules.worth`), each
weight held small, so that no sign counts for much that few drafts show. Of the words only those count that stand in one
of the lexicons: names of people and places would be learned by heart. The same folder gives the same file.
"""

from __future__ import annotations

import argparse
import csv
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

import gtdlike
from gtdlike.coding.rules.coder import RuleCoder, drafted, finish
from gtdlike.coding.rules.judgement import is_incident
from gtdlike.coding.rules.worth import LEAST, signs

LEXICON = Path(__file__).resolve().parent.parent / "gtdlike" / "coding" / "lexicon"
NAMES = frozenset("given_names organizations agencies holidays regions worth".split())
"""Lexicons whose words are names, and the one that is written."""

SEEN = 6
"""In so many drafts a sign must be seen."""

HOLD = 20.0
"""How strongly a weight is held at zero."""

SMALLEST = 0.02
FOLDS = 5
ROUNDS = 12

Floats = npt.NDArray[np.float64]


@frozen
class Case:
    """A draft: its signs, what was coded of it, whether the rules alone keep it, and whether it is right."""

    article: str
    signs: frozenset[str]
    coded: Any
    kept: bool
    right: bool


def cases(folder: Path) -> list[Case]:
    """All drafts of the texts in capitals."""
    words, least_blame = lexicon_words(), RuleCoder().least_blame
    drafts = [
        d
        for article in gtdlike.read([str(folder / "articles.jsonl")])
        if isinstance(article, gtdlike.Article)
        for d in drafted(article, least_blame)
        if d.sheet.prose.capitals
    ]
    coded = [finish(d, first=d.main) for d in drafts]
    found = gtdlike.evaluate(folder / "gold.jsonl", coded, resamples=0, align_by="article")
    paired = {id(c.coded) for c in found.comparisons() if c.coded is not None and c.gold is not None}
    return [
        Case(
            d.article.id,
            frozenset(s for s in signs(d) if not s.startswith("word ") or s[5:] in words),
            one,
            is_incident(d.sheet, d.draft, d.main),
            id(record) in paired,
        )
        for d, one, record in zip(drafts, coded, found.coded.records, strict=True)
    ]


def lexicon_words() -> frozenset[str]:
    """The words of the lexicons, less those of names."""
    paths = (p for p in LEXICON.glob("*.csv") if p.stem not in NAMES and not p.stem.startswith("place_"))
    return frozenset(w for path in paths for w in re.findall(r"[a-z]{2,}", path.read_text(encoding="utf-8").casefold()))


def weigh(learned: Sequence[Case]) -> dict[str, float]:
    """The weight of each sign, by logistic regression (Newton's method)."""
    seen = Counter(sign for case in learned for sign in case.signs)
    names = sorted(sign for sign, times in seen.items() if times >= SEEN)
    place = {sign: n for n, sign in enumerate(names)}
    shown: Floats = np.zeros((len(learned), len(names)))
    for row, case in enumerate(learned):
        shown[row, [place[sign] for sign in case.signs if sign in place]] = 1.0
    right: Floats = np.array([case.right for case in learned], dtype=float)
    weights: Floats = np.zeros(len(names))
    for _ in range(ROUNDS):
        likely = 1.0 / (1.0 + np.exp(-(shown @ weights)))
        slope = shown.T @ (right - likely) - HOLD * weights
        bend = (shown * (likely * (1.0 - likely))[:, None]).T @ shown + HOLD * np.eye(len(names))
        weights = weights + np.linalg.solve(bend, slope)
    return {sign: round(float(weights[n]), 2) for sign, n in place.items() if abs(weights[n]) >= SMALLEST}


def folded(known: Sequence[Case]) -> list[Any]:
    """What is kept of each fold by weights that were found without it."""
    kept = []
    for fold in range(FOLDS):
        weights = weigh([c for c in known if _fold(c) != fold])
        kept += [c.coded for c in known if _fold(c) == fold and sum(weights.get(s, 0.0) for s in c.signs) >= LEAST]
    return kept


def _fold(case: Case) -> int:
    return zlib.crc32(case.article.encode()) % FOLDS


def show(label: str, gold: Path, coded: Iterable[Any]) -> None:
    """The figures of a coding."""
    figures = gtdlike.evaluate(gold, list(coded), resamples=0).figures
    told = ", ".join(
        f"{name} F1 {one.f1:.3f} (P {one.precision:.3f}, R {one.recall:.3f})"
        for name in ("incident", "all fields")
        if (one := figures[name]).f1 is not None and one.precision is not None and one.recall is not None
    )
    print(f"{label:16} {told}")


def main() -> None:
    """Learn, and show or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weights")
    arguments = parser.parse_args()
    known = cases(arguments.folder)
    gold = arguments.folder / "gold.jsonl"
    print(f"{len(known)} drafts, {sum(c.right for c in known)} of them right")
    show("rules alone", gold, (c.coded for c in known if c.kept))
    show("five-fold", gold, folded(known))
    if arguments.write:
        with (LEXICON / "worth.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("sign", "weight"))
            writer.writerows(sorted(weigh(known).items()))


if __name__ == "__main__":
    main()
