"""How well linking finds the true grouping of the set in benchmarks/linking/set.

    python -m benchmarks.linking.quality

Run it at the top of the repository; it takes about two seconds. The articles are coded by the rule coder and linked.
Each coding is then taken for that mention of the grouping in whose words most of its evidence lies, so that a wrongly
coded date or figure does not decide what it is a coding of. Counted are pairs of codings that are linked and pairs that
should be: precision, recall and F1, then every false merge and every missed pair by name.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

from attrs import Factory, define, frozen

from gtdlike.article import Article
from gtdlike.coding import RuleCoder
from gtdlike.coding.base import CodedIncident
from gtdlike.linking import Linked, link
from gtdlike.linking.cluster import Cluster
from gtdlike.linking.compare import Fit, fit
from gtdlike.linking.profile import Profile
from gtdlike.reading import read

SET = Path(__file__).resolve().parent / "set"
TELLING = frozenset({"iday", "location", "attacktype1", "weaptype1", "target1", "nkill", "nwound"})
"""The variables whose evidence says what a coding is of: each has one vote."""
BLEND = 0.34
"""A coding with this part of its votes for a second mention, or more, is a blend of both."""


@frozen
class Mention:
    """One article's mention of an incident; `says` are the words of the article that speak of it and nothing else."""

    article: str
    incident: str
    background: bool
    date: str
    place: str
    says: tuple[str, ...]


@frozen
class Truth:
    """The grouping: the mentions, of each incident its cluster of look-alikes, and the series that it is a part of."""

    articles: dict[str, Article]
    mentions: tuple[Mention, ...]
    cluster: dict[str, str]
    series: dict[str, str]

    @classmethod
    def load(cls, folder: Path = SET) -> Truth:
        """The set as it lies in a folder."""
        articles = {one.id: one for one in read([folder / "articles.jsonl"]) if isinstance(one, Article)}
        incidents = _rows(folder / "incidents.csv")
        mentions = tuple(
            Mention(r["article"], r["incident"], r["background"] == "yes", r["date"], r["place"], says(r))
            for r in _rows(folder / "grouping.csv")
        )
        series = {row["slug"]: row["part_of"] for row in incidents if row["part_of"]}
        return cls(articles, mentions, {row["slug"]: row["cluster"] for row in incidents}, series)


def says(row: dict[str, str]) -> tuple[str, ...]:
    """The words of a mention, of which a cell holds several with ` | ` between them."""
    return tuple(row["says"].split(" | "))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@frozen
class Coding:
    """A coded incident and the mentions that it codes: one, several if it blends them, or none."""

    coded: CodedIncident
    mentions: tuple[Mention, ...]
    number: int

    @property
    def incidents(self) -> frozenset[str]:
        """What it is a coding of. A coding of no mention is an incident of its own, so that joining it is an error."""
        return frozenset(m.incident for m in self.mentions) or frozenset({f"({self.name})"})

    @property
    def name(self) -> str:
        """The article, and which of its codings it is."""
        return f"{self.coded.article_id}:{self.number}"


def aligned(coded: CodedIncident, article: Article, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions in whose words the evidence of a coding lies; if it lies in none, in whose sentences."""
    pieces = {(e.variable, e.start, e.end) for e in coded.evidence if e.variable in TELLING and e.start is not None}
    for widen in (False, True):
        votes: Counter[Mention] = Counter()
        for mention in mentions:
            spans = [_span(article.text, words, widen=widen) for words in mention.says]
            votes[mention] = len(
                {variable for variable, start, end in pieces for a, b in spans if start < b and a < (end or 0)}
            )
        most = max(votes.values(), default=0)
        if most:
            return tuple(m for m in mentions if votes[m] >= max(BLEND * most, 1) and votes[m])
    return ()


def _span(text: str, words: str, *, widen: bool) -> tuple[int, int]:
    """Where the words stand, or the whole sentence about them."""
    start = text.index(words)
    end = start + len(words)
    if not widen:
        return start, end
    before = max(text.rfind(stop, 0, start) for stop in (". ", "\n"))
    after = [place for stop in (". ", "\n") if (place := text.find(stop, end - 1)) >= 0]
    return before + 1, min(after, default=len(text))


@define
class Score:
    """Pairs of codings of different articles or of one: rightly linked, wrongly linked, and missed."""

    right: int = 0
    wrong: list[tuple[Coding, Coding]] = Factory(list)
    missed: list[tuple[Coding, Coding]] = Factory(list)

    @property
    def precision(self) -> float:
        """Of the pairs that are linked, how many should be; 1 where none is."""
        return self.right / (self.right + len(self.wrong)) if self.right or self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that should be linked, how many are; 1 where none should."""
        return self.right / (self.right + len(self.missed)) if self.right or self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@define
class Result:
    """What came of linking the set."""

    truth: Truth
    codings: dict[int, Coding]
    linked: list[Linked]

    def score(self, cluster: str | None = None) -> Score:
        """The pairs of all clusters of look-alikes, or those within one of them."""
        score = Score()
        group = {id(m.coded): number for number, one in enumerate(self.linked) for m in one.members}
        for a, b in combinations(self.codings.values(), 2):
            if cluster is not None and {cluster} != self._clusters(a) | self._clusters(b):
                continue
            together = group[id(a.coded)] == group[id(b.coded)]
            same = self.same(a, b)
            if together and same is False:
                score.wrong.append((a, b))
            elif same is True:
                score.right += together
                score.missed += [] if together else [(a, b)]
        return score

    def same(self, a: Coding, b: Coding) -> bool | None:
        """Whether two codings are of one incident; None where that is neither right nor wrong.

        That is so of a blend and what it blends, and of a whole series of attacks and one of its parts.
        """
        if not a.incidents & b.incidents:
            series = self.truth.series
            part = any(series.get(x) == y or series.get(y) == x for x in a.incidents for y in b.incidents)
            return None if part else False
        return True if a.incidents == b.incidents and len(a.incidents) == 1 else None

    def _clusters(self, coding: Coding) -> set[str]:
        return {self.truth.cluster.get(incident, "") for incident in coding.incidents}

    @property
    def uncoded(self) -> list[Mention]:
        """The mentions of which there is no coding."""
        found = {m for coding in self.codings.values() for m in coding.mentions}
        return [mention for mention in self.truth.mentions if mention not in found]


def measure(truth: Truth) -> Result:
    """Code the articles, link what was coded, and find the mention that each coding is of."""
    coder = RuleCoder()
    items, codings = [], {}
    by_article: dict[str, list[Mention]] = defaultdict(list)
    for mention in truth.mentions:
        by_article[mention.article].append(mention)
    for article in truth.articles.values():
        for number, coded in enumerate(coder.code(article), 1):
            items.append((article, coded))
            codings[id(coded)] = Coding(coded, aligned(coded, article, by_article[article.id]), number)
    return Result(truth, codings, link(items))


def lines(result: Result) -> Iterable[str]:
    """The report, line by line."""
    truth, codings = result.truth, list(result.codings.values())
    named = {m.incident for m in truth.mentions}
    clusters = sorted({truth.cluster[incident] for incident in named})
    yield (
        f"{len(truth.articles)} articles, {len(truth.mentions)} mentions of {len(named)} incidents "
        f"in {len(clusters)} clusters of look-alikes."
    )
    strays, blends = [c for c in codings if not c.mentions], [c for c in codings if len(c.mentions) > 1]
    coded = len(truth.mentions) - len(result.uncoded)
    yield f"The coder made {len(codings)} codings of {coded} mentions."
    yield f"{len(result.uncoded)} mentions are not coded; {len(strays)} codings are of none, {len(blends)} of several."
    yield "".join(f"\n  not coded: {m.article}: {m.incident}" for m in result.uncoded).lstrip("\n")
    yield "".join(f"\n  of no mention: {c.name}" for c in strays).lstrip("\n")
    yield "".join(f"\n  a blend: {c.name}: {', '.join(m.incident for m in c.mentions)}" for c in blends).lstrip("\n")
    yield f"\n{'cluster':12} {'right':>6} {'wrong':>6} {'missed':>6} {'precision':>10} {'recall':>7} {'F1':>7}"
    whole = result.score()
    for name, score in [*((cluster, result.score(cluster)) for cluster in clusters), ("all", whole)]:
        yield (
            f"{name:12} {score.right:6} {len(score.wrong):6} {len(score.missed):6} "
            f"{score.precision:10.3f} {score.recall:7.3f} {score.f1:7.3f}"
        )
    for what, pairs in (("false merge", whole.wrong), ("missed", whole.missed)):
        for a, b in pairs:
            yield f"\n{what}: {_told(a)}\n  and {_told(b)}\n  {_reason(result, a, b)}"


def _told(coding: Coding) -> str:
    row = coding.coded.to_row()
    day = "-".join(
        f"{row.get(part, '?'):02}" if isinstance(row.get(part), int) else "?" for part in ("iyear", "imonth", "iday")
    )
    shown = ", ".join(str(row[name]) for name in ("city", "location", "target1", "gname") if name in row)
    back = " (recalled)" if coding.coded.background else ""
    figures = f"{row.get('nkill', '?')} killed, {row.get('nwound', '?')} wounded"
    return f"{coding.name} [{' + '.join(sorted(coding.incidents))}] {day} {shown}; {figures}{back}"


def _reason(result: Result, a: Coding, b: Coding) -> str:
    """How the two fit each other by themselves, and how those of them that joined others fitted."""
    one, other = (Profile.of(result.truth.articles[c.coded.article_id], c.coded) for c in (a, b))
    joined = {id(m.coded): m.fit for one in result.linked for m in one.members}
    alone = fit(other, Cluster.of(one))
    parts = [f"by themselves: {_weighed(alone) if alone else 'they rule each other out'}"]
    parts += [f"{c.name} joined by: {_weighed(why)}" for c in (a, b) if (why := joined[id(c.coded)])]
    return "\n  ".join(parts)


def _weighed(found: Fit) -> str:
    return f"{found.weighed} = {found.score:g}"


def main() -> int:
    """Print the report. The exit code is 1 where two incidents are merged or F1 is under 0.95."""
    result = measure(Truth.load())
    for line in lines(result):
        if line:
            print(line)
    score = result.score()
    return int(bool(score.wrong) or score.f1 < 0.95)


if __name__ == "__main__":
    sys.exit(main())
