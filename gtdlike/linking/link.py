"""From what the articles tell to incidents, each once."""

from __future__ import annotations

from collections.abc import Iterable

from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
from gtdlike.linking.clusters import Clusters
from gtdlike.linking.linked import Linked, Member
from gtdlike.linking.merge import merge
from gtdlike.linking.profile import Profile


def link(items: Iterable[tuple[Article, CodedIncident]]) -> list[Linked]:
    """Find which coded incidents are the same incident, and make one of each.

    The outcome does not depend on the order of the items. Each is compared only with incidents of its days and
    country, or of its place and year where the day is not told. The incidents come in the order of their dates.
    """
    known = [(Profile.of(article, coded), Member(article, coded)) for article, coded in items]
    # Precise and full tellings come first, so that vague ones find what they can join; the rest makes the order total.
    known.sort(key=lambda one: (-one[0].precision, one[0].background, -one[0].told, _identity(one[1])))
    clusters = Clusters()
    members: list[list[Member]] = []
    for profile, member in known:
        number, fit = clusters.add(profile)
        if number == len(members):
            members.append([])
        members[number].append(Member(member.article, member.coded, fit))
    linked = [merge(group) for group in members]
    linked.sort(key=_order)
    return linked


def _identity(member: Member) -> tuple[str, str, str]:
    published = member.article.published
    return (published.isoformat() if published else "9999", member.article.id, repr(member.coded))


def _order(linked: Linked) -> tuple[int, int, int, int, str]:
    date, country = linked.incident.date, linked.incident.place.country
    return date.year or 0, date.month or 0, date.day or 0, country or 0, repr(linked.incident)
