"""Which tellings of this build a decision is about."""

from __future__ import annotations

from attrs import evolve, frozen

from gtdlike.errors import remedy_for
from gtdlike.linking.decided import Key
from gtdlike.release.decision import OTHER, SUBJECT, BadRow, Decision, Kind, Pointer
from gtdlike.release.previous import Previous
from gtdlike.release.trace import Trace


@frozen
class Resolver:
    """Finds the tellings that a decision is about. An eventid is one of the previous release.

    A decision that was read before knows what its eventids stood for. For a merger that is what counts: those tellings
    are of one incident. All else follows the incident with its id, as long as it has one.
    """

    previous: Previous
    trace: Trace

    def resolved(self, decision: Decision) -> Decision:
        """The decision with the tellings that both its sides are about. Raises BadRow where one cannot be found."""
        subject = self._pointer(decision.subject, SUBJECT, decision.kind)
        if decision.kind not in (Kind.MERGE, Kind.SPLIT):
            return evolve(decision, subject=subject)
        if decision.other.told:
            other = self._pointer(decision.other, OTHER, decision.kind)
        else:
            other = self._rest(decision, subject)
        common = set(subject.tellings) & set(other.tellings)
        if decision.kind is Kind.SPLIT and common:
            # Told of both by now: what is split off is the one that was named first.
            other = evolve(other, tellings=tuple(key for key in other.tellings if key not in common))
        if not other.tellings:
            problem = "Nothing else tells of that incident, so there is nothing to split."
            raise BadRow(problem, place=SUBJECT[1], remedy="To leave the incident out, drop it.")
        return evolve(decision, subject=subject, other=other)

    def _pointer(self, pointer: Pointer, columns: tuple[str, ...], kind: Kind) -> Pointer:
        if pointer.article_id is None:
            found = self._incident(pointer, columns, kind)
        elif pointer.tellings:
            found = self.trace.keys(pointer.tellings)
        elif pointer.eventid is None:
            found = self._article(pointer.article_id, pointer.telling, columns)
        else:
            found = self._article_of(pointer, pointer.eventid, columns)
        if not found:
            problem = f"What told of {pointer.eventid or pointer.article_id} is not found in the input any more."
            raise BadRow(problem, place=columns[0 if pointer.eventid else 1], remedy=_WITHDRAW)
        return evolve(pointer, tellings=found)

    def _incident(self, pointer: Pointer, columns: tuple[str, ...], kind: Kind) -> tuple[Key, ...]:
        eventid = pointer.eventid
        assert eventid is not None
        if pointer.tellings and (kind is Kind.MERGE or eventid not in self.previous.tellings):
            return self.trace.keys(pointer.tellings)
        return self.trace.keys(self.previous.tellings[self._living(eventid, columns)])

    def _rest(self, decision: Decision, subject: Pointer) -> Pointer:
        """All of the incident but what is split off."""
        whole = Pointer(decision.subject.eventid, tellings=decision.other.tellings)
        keys = self._incident(whole, SUBJECT, decision.kind)
        return Pointer(tellings=tuple(key for key in keys if key not in subject.tellings))

    def _article(self, article: str, telling: int | None, columns: tuple[str, ...]) -> tuple[Key, ...]:
        keys = sorted(key for key in self.trace.present if key[0] == article)
        if not keys:
            told = sorted({key[0] for key in self.trace.present})
            remedy = remedy_for(article, told, "sources.parquet lists the article ids.")
            raise BadRow(f"No article {article!r} tells of an incident.", place=columns[1], remedy=remedy)
        return self._one(keys, article, telling, columns)

    def _article_of(self, pointer: Pointer, eventid: int, columns: tuple[str, ...]) -> tuple[Key, ...]:
        living, article = self._living(eventid, columns), pointer.article_id
        keys = [key for key in self.previous.tellings[living] if key[0] == article]
        if pointer.telling is not None:
            keys = [key for key in keys if key[1] == pointer.telling]
        if not keys:
            which = f" as its incident {pointer.telling}" if pointer.telling else ""
            problem = f"{article!r} does not tell of {eventid}{which}."
            told = sorted({key[0] for key in self.previous.tellings[living]})
            remedy = remedy_for(str(article), told, f"These do: {', '.join(told)}.")
            raise BadRow(problem, place=columns[1], remedy=remedy)
        return self.trace.keys(keys)

    @staticmethod
    def _one(keys: list[Key], article: str, telling: int | None, columns: tuple[str, ...]) -> tuple[Key, ...]:
        """One telling of an article. Where there are several, a person must say which."""
        numbers = ", ".join(str(key[1]) for key in keys)
        if telling is None and len(keys) > 1:
            problem = f"{article!r} tells of {len(keys)} incidents."
            raise BadRow(problem, place=columns[2], remedy=f"Say which one: {numbers}, as in links.parquet.")
        found = [key for key in keys if telling in (None, key[1])]
        if not found:
            raise BadRow(f"{article!r} has no incident {telling}.", place=columns[2], remedy=f"It has {numbers}.")
        return tuple(found)

    def _living(self, eventid: int, columns: tuple[str, ...]) -> int:
        if self.previous.folder is None:
            problem = f"The eventid {eventid} is that of a release, and no release was given."
            remedy = "Give that release as --previous RELEASE, or name an article_id instead."
            raise BadRow(problem, place=columns[0], remedy=remedy)
        living = self.previous.living(eventid)
        if living is None:
            gone = "was retired." if eventid in self.previous.retired else "is not in the previous release."
            remedy = "Look the incident up in that release, or name an article_id instead."
            raise BadRow(f"The eventid {eventid} {gone}", place=columns[0], remedy=remedy)
        return living


_WITHDRAW = "Write yes under withdrawn, if the decision has had its day."


def keep_pointers(decision: Decision, resolved: Decision, trace: Trace) -> Decision:
    """The decision as the release keeps it: with what it is about now, and what it was about in articles that are not
    at hand, which may come back."""
    here = {article for article, _ in trace.present}

    def kept(old: Pointer, new: Pointer) -> Pointer:
        away = {key for key in old.tellings if key[0] not in here and trace.key(key) is None}
        return evolve(old, tellings=tuple(sorted({*new.tellings, *away})))

    return evolve(
        decision, subject=kept(decision.subject, resolved.subject), other=kept(decision.other, resolved.other)
    )
