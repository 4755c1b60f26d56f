"""From what the articles tell to incidents, each once."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from attrs import evolve

from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
from gtdlike.linking.beside import profiles
from gtdlike.linking.clusters import Clusters
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
    members = list(members)
    known = list(zip(profiles(members), members, strict=True))
    of_article = Counter(member.article.id for member in members)

    def order(one: tuple[Profile, Member]) -> tuple[int | bool | str, ...]:
        profile, member = one
        article = member.article
        published = article.published.isoformat() if article.published else "9999"
        # What is written out takes long, and only tells the tellings of one article apart.
        written = repr(member.coded.incident) if of_article[article.id] > 1 else ""
        # Precise and full tellings come first, so that vague ones find what they can join.
        first = (profile.recalls, -profile.precision, profile.background, -profile.told)
        return *first, published, article.id, written, member.telling

    known.sort(key=order)
    clusters = Clusters()
    found: list[list[Member]] = []
    for profile, member in known:
        number, fit = decided.place((member.article.id, member.telling), profile, clusters)
        if number == len(found):
            found.append([])
        found[number].append(Member(member.article, member.coded, fit, member.telling))
    for old, new, fit in clusters.second_look(decided.places):
        member = found[old].pop()
        found[new].append(Member(member.article, member.coded, fit, member.telling))
    return sorted(merge(_with_who(group, decided) for group in found if group), key=_order)


def _with_who(members: list[Member], decided: Decided) -> list[Member]:
    """The members with who decided that they belong together, where the rules did not."""
    whos = [decided.who((member.article.id, member.telling)) for member in members]
    return [m if who is None else evolve(m, decided_by=who) for m, who in zip(members, whos, strict=True)]


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
