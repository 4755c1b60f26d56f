"""From what the articles tell to incidents, each once."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from attrs import define

from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
from gtdlike.incident import Incident
from gtdlike.linking.beside import profiles
from gtdlike.linking.clusters import Clusters
from gtdlike.linking.compare import Fit
from gtdlike.linking.decided import Decided
from gtdlike.linking.linked import Linked, Member
from gtdlike.linking.merge import merge
from gtdlike.linking.profile import Profile


def link(items: Iterable[tuple[Article, CodedIncident]]) -> list[Linked]:
    """Find which coded incidents are the same incident, and make one of each.

    The tellings of an article are numbered as they come; besides that, the outcome does not depend on the order of the
    items. Each is compared only with incidents of its days and country, or of its place and year where the day is not
    told. The incidents come in the order of their dates.
    """
    tellings: Counter[str] = Counter()
    members = []
    for article, coded in items:
        tellings[article.id] += 1
        members.append(Member(article, coded, telling=tellings[article.id]))
    return link_members(members)


def link_members(members: Iterable[Member], decided: Decided | None = None) -> list[Linked]:
    """The same of members that are numbered within their articles already. What people decided precedes the rules."""
    with _collector_paused():
        return _linked(members, Decided.of(()) if decided is None else decided)


def _linked(members: Iterable[Member], decided: Decided) -> list[Linked]:
    return sorted(merge(_grouped(list(members), decided)), key=_order)


def _grouped(members: Sequence[Member], decided: Decided) -> list[list[Member]]:
    """The members of each incident, with why they are. What was needed to find out is given up with the answer."""
    known = sorted(zip(profiles(members), members, strict=True), key=_first)
    clusters = Clusters()
    found: list[list[tuple[Member, Fit | None]]] = []
    for profile, member in known:
        number, why = decided.place((member.article.id, member.telling), profile, clusters)
        if number == len(found):
            found.append([])
        found[number].append((member, why))
    for old, new, why in clusters.second_look(decided.places):
        member, _ = found[old].pop()
        found[new].append((member, why))
    return [
        [Member(m.article, m.coded, why, m.telling, decided.who((m.article.id, m.telling))) for m, why in group]
        for group in found
        if group
    ]


def _first(one: tuple[Profile, Member]) -> tuple[int | bool | str | _Written, ...]:
    """Precise and full tellings come first, so that vague ones find what they can join."""
    profile, member = one
    article = member.article
    published = article.published.isoformat() if article.published else "9999"
    first = (profile.recalls, -profile.precision, profile.background, -profile.told)
    return *first, published, article.id, _Written(member.coded.incident), member.telling


@define(eq=False)
class _Written:
    """An incident as it is written out, which takes long and only tells the tellings of one article apart."""

    incident: Incident

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Written) and self.text == other.text

    def __lt__(self, other: _Written) -> bool:
        return self.text < other.text

    @property
    def text(self) -> str:
        return repr(self.incident)


def _order(linked: Linked) -> tuple[int, int, int, int, str, int]:
    date, country, first = linked.incident.date, linked.incident.place.country, linked.members[0]
    return date.year or 0, date.month or 0, date.day or 0, country or 0, first.article.id, first.telling


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Without the garbage collector, which would look again and again at millions of objects that all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
