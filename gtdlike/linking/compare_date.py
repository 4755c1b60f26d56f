"""How the date of a telling fits the tellings of an incident so far."""

from __future__ import annotations

import datetime as dt

from gtdlike.linking.cluster import Cluster
from gtdlike.linking.profile import DAY, Precision, Profile
from gtdlike.linking.settings import settings


def compare_date(profile: Profile, cluster: Cluster) -> str | None:
    """The signal of the date; None where it is another."""
    # Where people joined tellings of days further apart, each of these days is one of the incident.
    if (profile.first, profile.last) in cluster.days and profile.precision == DAY:
        return "same_day"
    precision = profile.precision if profile.precision < cluster.precision else cluster.precision
    if not precision:
        days = _days_before(profile, cluster)
        return "days_before" if days is not None and days <= settings().fresh_days else "no_date"
    # One article may tell the day before or after, so a day of difference is allowed, but not more within a cluster.
    slack = 1 if profile.precision == DAY or cluster.precision == DAY else 0
    if profile.first > cluster.earliest_last + slack or cluster.latest_first > profile.last + slack:
        return _misdated(profile, cluster)
    if precision == DAY:
        same = any(profile.first <= last and first <= profile.last for first, last in cluster.days)
        return "same_day" if same else "day_apart"
    days = _days_before(profile, cluster)
    if days is not None and days <= settings().fresh_days:
        return "day_before" if days <= 1 else "days_before"
    return "same_month" if precision == Precision.MONTH else "same_year"


def reaches(profile: Profile, cluster: Cluster) -> bool:
    """Whether the dates are near enough to be compared at all: most pairs of a block are not, and this is soon said."""
    first, earliest_last = profile.first, cluster.earliest_last
    if first <= earliest_last + 1 and cluster.latest_first <= profile.last + 1:
        return True
    if not profile.precision or not cluster.precision or profile.recalls:
        return True
    late = profile.of_report and earliest_last < first <= earliest_last + max(1, settings().fresh_days)
    return late or (first, profile.last) in cluster.days


def _days_before(profile: Profile, cluster: Cluster) -> int | None:
    """How long before it was news the one that tells no day must have been, if it is the other: in days."""
    news = set() if profile.background or profile.published is None else {profile.published}
    days: list[int]
    if profile.precision == DAY:
        days = [day - profile.first for day in cluster.news]
    elif cluster.days:
        days = [day - last for day in news for _, last in cluster.days]
    else:
        days = [abs(day - other) for day in news for other in cluster.news]
    return min((one for one in days if one >= 0), default=None)


def _misdated(profile: Profile, cluster: Cluster) -> str | None:
    """The signal of a date that is another one, but may be that of the article's news and not that of the attack."""
    if not profile.of_report or profile.first <= cluster.earliest_last or not cluster.days:
        return None
    if profile.recalls:
        mine = dt.date.fromordinal(profile.first)
        days = (dt.date.fromordinal(first) for first, _ in cluster.days)
        same = any((day.month, day.day) == (mine.month, mine.day) for day in days)
        return "anniversary" if same else "day_of_recollection"
    return "day_of_report" if profile.first - cluster.earliest_last <= settings().fresh_days else None
