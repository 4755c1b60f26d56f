"""The profiles of tellings as they are beside each other: what all of them say tells nothing apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gtdlike.linking.kept import kept
from gtdlike.linking.linked import Member
from gtdlike.linking.profile import DAY, Profile
from gtdlike.linking.scene import common_names


def profiles(members: Sequence[Member]) -> list[Profile]:
    """The profile of each telling.

    No name is left in it that is told of all the time, and no number that is known to be another one: that of the
    wounded, or of those whom another telling of the article tells to be dead.
    """
    news = Counter(member.article.id for member in members if not member.coded.background)
    found = []
    killed: dict[str, list[int | None]] = {}
    for member in members:
        main = not member.coded.background and news[member.article.id] == 1
        profile = Profile.of(member.article, member.coded, main=main)
        found.append(profile)
        killed.setdefault(profile.article_id, []).append(profile.killed)
    common = common_names((p.first if p.precision == DAY else p.published, p.names) for p in found)
    for profile in found:
        _leave_out(profile, common, killed[profile.article_id])
    return found


def _leave_out(profile: Profile, common: frozenset[str], killed: Sequence[int | None]) -> None:
    if not profile.names.isdisjoint(common):
        profile.names -= common
    if profile.numbers:
        others = {profile.wounded, *[figure for figure in killed if figure != profile.killed]}
        profile.numbers = kept(profile.numbers - others)
