"""Where the tellings of the previous release are now: the articles may be renamed, corrected or coded anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
from gtdlike.incident import Incident
from gtdlike.linking import Member
from gtdlike.linking.cluster import Cluster
from gtdlike.linking.compare import fit
from gtdlike.linking.decided import Key
from gtdlike.linking.profile import Profile
from gtdlike.release.manifest import Input
from gtdlike.release.previous import OldArticle, Previous


@frozen
class Trace:
    """The way from the tellings of the previous release to those of this build."""

    present: frozenset[Key]
    """The tellings of this build."""
    articles: Mapping[str, str]
    """Articles of before and what they are called now; those that are gone are left out."""
    moved: Mapping[Key, Key | None]
    """The tellings of articles whose numbers do not mean any more what they did; None if one is not told any more."""
    changed: Mapping[str, bool]
    """These articles, and whether they tell of as many incidents as before."""

    @classmethod
    def of(
        cls, previous: Previous, inputs: Iterable[Input], members: Sequence[Member], coder: tuple[str, str]
    ) -> Trace:
        """Follow all tellings of the previous release. `coder` names what coded the articles now."""
        now = {one.id: one for one in inputs if one.id is not None}
        articles = _articles(previous, now)
        by_article: dict[str, list[Member]] = defaultdict(list)
        for member in members:
            by_article[member.article.id].append(member)
        same_coder = coder == previous.coder
        changed = {
            old: list[tuple[Key, int]]()
            for old, new in articles.items()
            if not _as_it_was(previous.articles[old], now[new], same_coder=same_coder)
        }
        for eventid, keys in previous.tellings.items():
            for key in keys:
                if key[0] in changed:
                    changed[key[0]].append((key, eventid))
        as_many = {old: previous.articles[old].incidents == now[articles[old]].incidents for old in changed}
        incidents = previous.incidents(eventid for told in changed.values() for _, eventid in told)
        moved: dict[Key, Key | None] = {}
        for article, told in changed.items():
            moved |= _renumbered(told, by_article[articles[article]], incidents, as_many[article])
        return cls(frozenset((m.article.id, m.telling) for m in members), articles, moved, as_many)

    def key(self, old: Key) -> Key | None:
        """The telling of this build that a telling of before is; None where it is not told any more."""
        if old in self.moved:
            return self.moved[old]
        new = (self.articles.get(old[0], old[0]), old[1])
        # What was in no incident before, because it was dropped, can only be followed by its number.
        lost = old[0] in self.changed and (not self.changed[old[0]] or new in self.moved.values())
        return new if new in self.present and not lost else None

    def keys(self, old: Iterable[Key]) -> tuple[Key, ...]:
        """Those of the tellings that are there now."""
        return tuple(dict.fromkeys(new for one in old if (new := self.key(one)) is not None))


def profile_of(incident: Incident) -> Profile:
    """An incident of a release for comparison, as if one article told it."""
    return Profile.of(Article("", ""), CodedIncident("", incident))


def _articles(previous: Previous, now: Mapping[str, Input]) -> dict[str, str]:
    """An article is the one of its text; where the text is another, that of its id, unless that one was moved there."""
    same = {id for id, old in previous.articles.items() if id in now and now[id].digest == old.digest}
    elsewhere: dict[str | None, list[str]] = defaultdict(list)
    for id in sorted(now.keys() - same, reverse=True):
        elsewhere[now[id].digest].append(id)
    found = {id: id for id in same}
    rest = sorted(previous.articles.keys() - same)
    for id in rest:
        if renamed := elsewhere[previous.articles[id].digest]:
            found[id] = renamed.pop()
    taken = set(found.values())
    for id in rest:
        if id not in found and id in now and id not in taken:
            found[id] = id
    return found


def _as_it_was(old: OldArticle, now: Input, *, same_coder: bool) -> bool:
    """Whether the numbers of an article's tellings still mean the same."""
    if old.incidents != now.incidents:
        return False
    # One incident was told and one is: a correction of its date or place does not make it another one.
    return old.incidents == 1 or (old.digest == now.digest and same_coder)


def _renumbered(
    old: Sequence[tuple[Key, int]], members: Sequence[Member], incidents: Mapping[int, Incident], as_many: bool
) -> dict[Key, Key | None]:
    """Which of an article's incidents are which now: those that fit best; then, if they are as many, by number."""
    now = {(m.article.id, m.telling): Profile.of(m.article, m.coded) for m in members}
    fits = []
    for key, eventid in old:
        before = profile_of(incidents[eventid])
        for new, profile in now.items():
            alike = fit(profile, Cluster.of(before))
            if alike is not None and alike.score > 0:
                fits.append((-alike.score, key, new))
    moved: dict[Key, Key | None] = {key: None for key, _ in old}
    free = set(now)
    for _, key, best in sorted(fits):
        if moved[key] is None and best in free:
            moved[key] = best
            free.remove(best)
    for key, found in moved.items():
        by_number = next((one for one in free if one[1] == key[1]), None)
        if found is None and as_many and by_number is not None:
            moved[key] = by_number
            free.remove(by_number)
    return moved
