"""From what the articles tell to incidents, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from gtdlike.article import Article
from gtdlike.coding.base import CodedIncident
from gtdlike.linking.clusters import Clusters
from gtdlike.linking.linked import Linked, Member
from gtdlike.linking.merge import merge
from gtdlike.linking.profile import Precision, Profile
from gtdlike.linking.scene import common_names


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


def link_members(members: Iterable[Member]) -> list[Linked]:
    """The same of members that are numbered within their articles already."""
    known = _known(members)
    # Precise and full tellings come first, so that vague ones find what they can join; the rest makes the order total.
    known.sort(key=lambda one: (one[0].recalls, -one[0].precision, one[0].background, -one[0].told, _identity(one[1])))
    clusters = Clusters()
    found: list[list[Member]] = []
    for profile, member in known:
        number, fit = clusters.add(profile)
        if number == len(found):
            found.append([])
        found[number].append(evolve(member, fit=fit))
    for old, new, fit in clusters.second_look():
        found[new].append(evolve(found[old].pop(), fit=fit))
    linked = [merge(group) for group in found if group]
    linked.sort(key=_order)
    return linked


def _known(members: Iterable[Member]) -> list[tuple[Profile, Member]]:
    """The members with their profiles, as they are beside each other.

    No name is left in them that is told of all the time, and no number that is known to be another one: of the wounded, or of another
    telling of the article.
    """
    given = list(members)
    news = Counter(member.article.id for member in given if not member.coded.background)
    profiles = []
    killed: dict[str, list[int | None]] = {}
    for member in given:
        main = not member.coded.background and news[member.article.id] == 1
        profile = Profile.of(member.article, member.coded, main=main)
        profiles.append(profile)
        killed.setdefault(profile.article_id, []).append(profile.killed)
    common = common_names((p.first if p.precision == Precision.DAY else p.published, p.names) for p in profiles)
    return [(_beside(profile, common, killed), member) for profile, member in zip(profiles, given, strict=True)]


def _beside(profile: Profile, common: frozenset[str], killed: Mapping[str, Sequence[int | None]]) -> Profile:
    others = {figure for figure in killed[profile.article_id] if figure != profile.killed}
    names, numbers = profile.names - common, profile.numbers - others - {profile.wounded}
    if names == profile.names and numbers == profile.numbers:
        return profile
    return evolve(profile, names=names, numbers=numbers)


def _identity(member: Member) -> tuple[str, str, str, int]:
    published = member.article.published
    return (published.isoformat() if published else "9999", member.article.id, repr(member.coded), member.telling)


def _order(linked: Linked) -> tuple[int, int, int, int, str]:
    date, country = linked.incident.date, linked.incident.place.country
    return date.year or 0, date.month or 0, date.day or 0, country or 0, repr(linked.incident)
