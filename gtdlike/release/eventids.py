"""Event ids, and the incidents that belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from attrs import evolve, frozen

from gtdlike.evidence import Evidence, How
from gtdlike.incident import Incident
from gtdlike.linking.linked import Linked
from gtdlike.linking.profile import Precision, span

MOST_A_DAY = 9999
DECISION = "decision: "
"""What the rule of evidence begins with where people decided; then comes who."""
ALONE = "Told as one of several coordinated attacks; the others are not in this release."


def dated(linked: Linked) -> Linked:
    """The incident with a year, from the publication of its earliest source if no text tells one.

    A mere recollection says nothing about the year, so it stays without one.
    """
    date = linked.incident.date
    days = [m.article.published for m in linked.members if m.article.published and not m.coded.background]
    if date.year is not None or not days:
        return linked
    published = min(days)
    article = next(m.article for m in linked.members if m.article.published == published)
    approximate = date.approximate or f"not later than {published.isoformat()}, the day of the article"
    # A month that is still to come in the year of the article is that of the year before.
    ahead = (date.month or 0, date.day or 0) > (published.month, published.day)
    new = evolve(date, year=published.year - ahead, month=date.month or 0, day=date.day or 0, approximate=approximate)
    given = {"iyear": None, "imonth": date.month, "iday": date.day, "approxdate": date.approximate}
    made = [
        Evidence(variable, How.INFERRED, "release.year-of-publication", article_id=article.id)
        for variable, value in given.items()
        if value is None
    ]
    return evolve(linked, incident=evolve(linked.incident, date=new), evidence=(*linked.evidence, *made))


@frozen
class Given:
    """The event ids that were given in earlier releases. Each stays with its incident, and none is given again.

    `held` are those of the previous release, whose incidents bring them along; `retired` had an incident once.
    """

    held: frozenset[int] = frozenset()
    retired: frozenset[int] = frozenset()

    def last_of_days(self) -> dict[int, int]:
        """The highest number that was given for each day."""
        last: dict[int, int] = {}
        for eventid in self.held | self.retired:
            day, number = divmod(eventid, 10_000)
            last[day] = max(number, last.get(day, 0))
        return last


def numbered(incidents: Sequence[Linked], given: Given | None = None) -> tuple[list[Linked], list[Linked]]:
    """The incidents with their event ids, in the order of these; and those that can have none.

    An incident with an id of an earlier release keeps it, whatever its date is now. The id of a new one is its date,
    with 00 for an unknown month or day, and the next number of that day, from 0001. Within a day the order is that of
    country, city and then all other values, so it does not depend on the order of the input.
    """
    given = given or Given()
    by_day: dict[int, list[Linked]] = defaultdict(list)
    with_ids: list[Linked] = []
    without: list[Linked] = []
    for one in incidents:
        date = one.incident.date
        if one.incident.eventid in given.held:
            with_ids.append(one)
        elif date.year is None or not 1 <= date.year <= 9999:
            without.append(one)
        else:
            by_day[(date.year * 100 + (date.month or 0)) * 100 + (date.day or 0)].append(one)
    last = given.last_of_days()
    for day in sorted(by_day):
        ordered = sorted(by_day[day], key=_order)
        first = last.get(day, 0) + 1
        room = MOST_A_DAY + 1 - first
        without += ordered[room:]
        for number, one in enumerate(ordered[:room], first):
            with_ids.append(evolve(one, incident=evolve(one.incident, eventid=day * 10_000 + number)))
    with_ids.sort(key=lambda one: one.incident.eventid or 0)
    return with_ids, without


def _order(linked: Linked) -> tuple[int, str, str, tuple[str, ...]]:
    incident = evolve(linked.incident, eventid=None)
    place = incident.place
    return place.country or 0, str(place.city or ""), repr(incident), tuple(m.article.id for m in linked.members)


def related(incidents: Sequence[Linked]) -> list[Linked]:
    """The incidents with `multiple` and `related` that agree: who is one of several attacks names the others by id.

    Attacks belong together when one article tells both as parts of several, in one country and at one time. Where an
    article says so of one attack only, the others that it tells as its own news belong to it too if they are of the
    same day, and of the same type or province.
    """
    together: dict[str, list[int]] = defaultdict(list)
    beside: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(incidents):
        if "multiple" in _decided(one) and one.incident.multiple is not True:
            continue
        said = {m.article.id for m in one.members if m.coded.incident.multiple is True}
        for article in sorted(said):
            together[article].append(number)
        for article in sorted({m.article.id for m in one.members if not m.coded.background} - said):
            beside[article].append(number)
    partners: dict[int, set[int]] = defaultdict(set)
    for article, numbers in together.items():
        alike = {n for n in beside[article] if any(_alike(incidents[n], incidents[one]) for one in numbers)}
        for a, b in combinations([*numbers, *sorted(alike)], 2):
            if _at_one_time(incidents[a].incident, incidents[b].incident):
                partners[a].add(b)
                partners[b].add(a)
    return [_with_partners(one, [incidents[p] for p in sorted(partners[n])]) for n, one in enumerate(incidents)]


def _alike(one: Linked, other: Linked) -> bool:
    """Whether two attacks are of one day and country, and of one type or province, all of which are known."""
    (precise, first, _), (precise_other, first_other, _) = span(one.incident.date), span(other.incident.date)
    if precise != Precision.DAY or precise_other != Precision.DAY or first != first_other:
        return False
    a, b = one.incident, other.incident
    if a.place.country is None or a.place.country != b.place.country:
        return False
    return a.attacks[:1] == b.attacks[:1] != [] or a.place.province == b.place.province is not None


def _decided(one: Linked) -> set[str]:
    """The variables on which people had the last word."""
    return {e.variable for e in one.evidence if e.rule.startswith(DECISION)}


def _with_partners(one: Linked, partners: Sequence[Linked]) -> Linked:
    incident = one.incident
    decided = _decided(one)
    if "related" in decided:
        return one
    if partners:
        ids = ", ".join(str(p.incident.eventid) for p in partners)
        made = [Evidence("related", How.INFERRED, "release.related")]
        if incident.multiple is not True:
            made.append(Evidence("multiple", How.INFERRED, "release.related"))
        return evolve(one, incident=evolve(incident, multiple=True, related=ids), evidence=(*one.evidence, *made))
    if incident.multiple is not True and incident.related is None:
        return one
    evidence = tuple(e for e in one.evidence if e.variable != "related")
    multiple, notes = incident.multiple, incident.notes
    if multiple is True and "multiple" not in decided:
        multiple, notes = False, " ".join(part for part in (notes, ALONE) if part)
        evidence = tuple(e for e in evidence if e.variable != "multiple")
        evidence += tuple(Evidence(v, How.INFERRED, "release.related") for v in ("multiple", "addnotes"))
    return evolve(one, incident=evolve(incident, multiple=multiple, related=None, notes=notes), evidence=evidence)


def _at_one_time(a: Incident, b: Incident) -> bool:
    if a.place.country is not None and b.place.country is not None and a.place.country != b.place.country:
        return False
    (precise_a, first_a, last_a), (precise_b, first_b, last_b) = span(a.date), span(b.date)
    if Precision.NONE in (precise_a, precise_b):
        return False
    return first_a <= last_b + 1 and first_b <= last_a + 1
