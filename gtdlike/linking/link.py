"""From what the articles tell to incidents, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from attrs import evolve

from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
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
    decided = Decided.of(()) if decided is None else decided
    known = [(Profile.of(member.article, member.coded), member) for member in members]
    # Precise and full tellings come first, so that vague ones find what they can join; the rest makes the order total.
    known.sort(key=lambda one: (-one[0].precision, one[0].background, -one[0].told, _identity(one[1])))
    clusters = Clusters()
    found: list[list[Member]] = []
    for profile, member in known:
        number, fit = decided.place((member.article.id, member.telling), profile, clusters)
        if number == len(found):
            found.append([])
        found[number].append(evolve(member, fit=fit))
    linked = [merge([_decided(member, decided) for member in group]) for group in found]
    linked.sort(key=_order)
    return linked


def _decided(member: Member, decided: Decided) -> Member:
    who = decided.who((member.article.id, member.telling))
    return member if who is None else evolve(member, decided_by=who)


def _identity(member: Member) -> tuple[str, str, str, int]:
    published = member.article.published
    return (published.isoformat() if published else "9999", member.article.id, repr(member.coded), member.telling)


def _order(linked: Linked) -> tuple[int, int, int, int, str]:
    date, country = linked.incident.date, linked.incident.place.country
    return date.year or 0, date.month or 0, date.day or 0, country or 0, repr(linked.incident)
