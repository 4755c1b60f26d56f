"""Which incidents are those of the previous release, so that they keep their ids."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from gtdlike.linking import Linked
from gtdlike.linking.beside import profiles
from gtdlike.linking.clusters import Clusters
from gtdlike.linking.decided import Key
from gtdlike.release.previous import Previous
from gtdlike.release.trace import Trace, profile_of


@frozen
class Succession:
    """The incidents of a build, those of before with their ids.

    `merged` has the ids that gave way to another one. `origins` has the ids of before that a telling belonged to.
    """

    incidents: list[Linked]
    merged: Mapping[int, int]
    origins: Mapping[Key, int]


def succeed(linked: Sequence[Linked], previous: Previous, trace: Trace) -> Succession:
    """Give each incident of the previous release its id again.

    Its id goes where most of its tellings are now. Where two ids meet, the older one (the lower number) lives on. An
    incident of which no telling is left is looked for by its values among the incidents without an id.
    """
    place_of = {key: place for place, one in enumerate(linked) for key in keys_of(one)}
    origins: dict[Key, int] = {}
    claims: dict[int, list[int]] = defaultdict(list)
    orphans: list[int] = []
    for eventid in sorted(previous.tellings):
        keys = trace.keys(previous.tellings[eventid])
        origins.update(dict.fromkeys(keys, eventid))
        if (place := most(keys, place_of)) is not None:
            claims[place].append(eventid)
        else:
            orphans.append(eventid)
    if orphans:
        # What was split off an incident is a new one, not another one that came back.
        new = [n for n, one in enumerate(linked) if n not in claims and not origins.keys() & set(keys_of(one))]
        for eventid, place in _found_again(orphans, [(n, linked[n]) for n in new], previous):
            claims[place].append(eventid)
    incidents = list(linked)
    merged: dict[int, int] = {}
    for place, (lives_on, *others) in claims.items():
        one = incidents[place]
        incidents[place] = evolve(one, incident=evolve(one.incident, eventid=lives_on))
        merged.update(dict.fromkeys(others, lives_on))
    return Succession(incidents, merged, origins)


def keys_of(one: Linked) -> list[Key]:
    """The tellings of an incident."""
    return [(m.article.id, m.telling) for m in one.members]


def most(keys: Sequence[Key], place_of: Mapping[Key, int]) -> int | None:
    """Where most of the tellings are; of equals, where the first of them is. None where none is anywhere."""
    places = Counter(place_of[key] for key in keys if key in place_of)
    return places.most_common(1)[0][0] if places else None


def _found_again(
    orphans: Sequence[int], new: Sequence[tuple[int, Linked]], previous: Previous
) -> list[tuple[int, int]]:
    """Incidents of before whose articles are gone, and the places of those that other articles tell now."""
    clusters = Clusters()
    places: dict[int, int] = {}
    for place, one in new:
        number: int | None = None
        for profile in profiles(one.members):
            number, _ = clusters.add(profile, to=number, never=places)
        if number is not None:
            places[number] = place
    found = []
    for eventid, incident in previous.incidents(orphans).items():
        best = clusters.best(profile_of(incident))
        if best is not None:
            found.append((eventid, places[best[0]]))
    return found
