"""Whether a fit is good enough to say that a telling is of the same incident."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

from gtdlike.linking.cluster import Cluster
from gtdlike.linking.compare import Fit, fit
from gtdlike.linking.profile import DAY, Profile
from gtdlike.linking.settings import settings


def same_incident(profile: Profile, cluster: Cluster, found: Fit) -> bool:
    """Whether a telling that fits a cluster so well is of its incident."""
    conf = settings()
    vague = profile.precision < DAY or cluster.precision < DAY
    if found.score < conf.threshold["vague" if vague else "same"]:
        return False
    support, place, elsewhere, here = _told_by(found.signals)
    if vague:
        dated = profile.precision and cluster.precision
        if support < (1 if profile.precision else 2) or not (place or (elsewhere and dated)):
            return False
    elif not support and not here:
        return False
    if profile.article_id not in cluster.articles:
        return True
    told = (other for other in cluster.members if other.article_id == profile.article_id)
    # These are surely of one incident among themselves, so a number of them will do.
    return all(_one_in_article(profile, other) for other in islice(told, conf.crowded))


@lru_cache(maxsize=50_000)
def _told_by(signals: tuple[str, ...]) -> tuple[int, bool, bool, bool]:
    """How many of these signals support a fit; whether a place agrees, another will do, it is the same city."""
    conf, found = settings(), set(signals)
    place, elsewhere = (not one.isdisjoint(found) for one in (conf.place, conf.elsewhere))
    return len(conf.supporting & found), place, elsewhere, not found.isdisjoint(("same_city", "same_location"))


def _one_in_article(profile: Profile, other: Profile) -> bool:
    """Whether one article tells an incident twice. It tells them apart, so more is asked than of two articles."""
    if profile.multiple and other.multiple:
        return False
    found = fit(profile, Cluster.of(other))
    conf = settings()
    if found is None:
        return False
    here = conf.elsewhere.isdisjoint(found.signals)
    if here and found.score >= conf.threshold["same_article"] and not conf.sure.isdisjoint(found.signals):
        return True
    return found.score >= conf.threshold["same"] and _complement(profile, other)


def _complement(a: Profile, b: Profile) -> bool:
    """Whether two tellings of an article are the halves of one: each has what the other lacks, or one has nothing."""
    ours, theirs = _facts(a), _facts(b)
    if not ours or not theirs:
        return True
    return not ours <= theirs and not theirs <= ours and ours & theirs <= {"day"}


def _facts(profile: Profile) -> set[str]:
    facts = {"day": profile.precision == DAY, "killed": profile.killed, "wounded": profile.wounded}
    return {name for name, told in facts.items() if told}
