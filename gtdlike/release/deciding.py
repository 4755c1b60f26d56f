"""Decisions at work: read, resolved to tellings, followed by linking, put into the incidents, and accounted for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import define, evolve, field

from gtdlike.codebook import Codebook
from gtdlike.linking import Decided, Linked, Ruling
from gtdlike.linking.decided import Key
from gtdlike.release.decision import Account, BadRow, Decision, Fate, Kind, Pointer
from gtdlike.release.decisions_csv import account_of, read_decisions, to_csv
from gtdlike.release.previous import DECISIONS, Previous
from gtdlike.release.resolve import Resolver, keep_pointers
from gtdlike.release.setting import Set, set_values
from gtdlike.release.succession import keys_of, most
from gtdlike.release.trace import Trace


@define
class Decisions:
    """All decisions of a build, and what became of each. The steps of a build call its methods in their order."""

    codebook: Codebook
    made: dict[tuple[object, ...], Decision] = field(factory=dict)
    """In the order in which they were made, by what they are about."""
    accounts: list[Account] = field(factory=list)
    dropped: dict[Key, str] = field(factory=dict)
    """The tellings of incidents that people left out, with the reason."""
    _links: list[Decision] = field(factory=list)
    _values: list[Decision] = field(factory=list)
    _decided: Decided = field(factory=lambda: Decided.of(()))

    @classmethod
    def read(cls, file: Path | None, previous: Previous, codebook: Codebook) -> Decisions:
        """Read the decisions that the previous release keeps, then those of the file, which come after them."""
        decisions = cls(codebook)
        for path, kept in ((previous.decisions, True), (file, False)):
            if path is None or (kept and file is not None and path.resolve() == file.resolve()):
                continue
            made, refused = read_decisions(path, codebook, kept=kept)
            decisions.accounts += refused
            for one in made:
                decisions._take(one)
        return decisions

    def _take(self, new: Decision) -> None:
        """Of two decisions about the same the later one holds, and it knows what the earlier one was about."""
        old = self.made.get(new.key)
        if old is not None:
            new = evolve(new, subject=_known(new.subject, old.subject), other=_known(new.other, old.other))
            if old.says != new.says or not old.kept:
                message = f"The decision in line {new.line}{_of(new)} takes its place."
                self._account(old, Fate.WITHOUT_EFFECT, message)
                del self.made[new.key]
        self.made[new.key] = new

    def decided(self, previous: Previous, trace: Trace) -> Decided:
        """Find the tellings that the decisions are about, and give linking those that it must follow."""
        resolver = Resolver(previous, trace)
        for key, one in list(self.made.items()):
            if one.withdrawn:
                self._account(one, Fate.WITHDRAWN)
                continue
            try:
                found = resolver.resolved(one)
            except BadRow as error:
                self.accounts.append(account_of(error, one.kind.value, one.who, one.kept, one.line))
                if not one.known:
                    # It could never be applied, so there is nothing to keep.
                    del self.made[key]
                continue
            self.made[key] = keep_pointers(one, found, trace)
            (self._links if found.kind in (Kind.MERGE, Kind.SPLIT) else self._values).append(found)
        rulings = [
            Ruling(one.who, one.kind is Kind.MERGE, frozenset(one.subject.tellings), frozenset(one.other.tellings))
            for one in self._links
        ]
        self._decided = Decided.of(rulings)
        return self._decided

    def apply(self, linked: Sequence[Linked]) -> list[Linked]:
        """The incidents with the values that were set, without those that were dropped."""
        self._account_links()
        place_of = {key: place for place, one in enumerate(linked) for key in keys_of(one)}
        drops: dict[int, Decision] = {}
        sets: dict[int, dict[str, Decision]] = defaultdict(dict)
        for one in self._values:
            place = most(one.subject.tellings, place_of)
            assert place is not None
            earlier = drops.get(place) if one.kind is Kind.DROP else sets[place].pop(str(one.variable), None)
            if earlier is not None:
                message = f"The decision in line {one.line}{_of(one)} is about the same incident, and later."
                self._account(earlier, Fate.WITHOUT_EFFECT, message)
            if one.kind is Kind.DROP:
                drops[place] = one
            else:
                sets[place][str(one.variable)] = one
        for place, drop in drops.items():
            self._drop(linked[place], drop, sets.pop(place, {}).values())
        told = {place: list(decisions.values()) for place, decisions in sets.items()}
        new = set_values([(linked[place], decisions) for place, decisions in told.items()], self.codebook)
        done = dict(zip(told, new, strict=True))
        for place, decisions in told.items():
            self._account_values(decisions, done[place])
        return [
            done[place].incident if place in done else one for place, one in enumerate(linked) if place not in drops
        ]

    @property
    def all_accounts(self) -> tuple[Account, ...]:
        """What became of each decision, in the order in which they were made."""
        return tuple(sorted(self.accounts, key=lambda one: (not one.kept, one.line)))

    def write(self, folder: Path) -> None:
        """Write the decisions that the next build takes up, if there are any."""
        if self.made:
            (folder / DECISIONS).write_text(to_csv(self.made.values()), encoding="utf-8", newline="\n")

    def _account_links(self) -> None:
        for number, one in enumerate(self._links):
            if (later := self._decided.overruled.get(number)) is not None:
                against = self._links[later]
                message = f"The decision in line {against.line}{_of(against)} is against it, and later."
                self._account(one, Fate.WITHOUT_EFFECT, message)
            elif number in self._decided.in_effect:
                self._account(one, Fate.APPLIED)
            else:
                self._account(one, Fate.WITHOUT_EFFECT, "The rules of linking say so too.")

    def _drop(self, incident: Linked, drop: Decision, sets: Iterable[Decision]) -> None:
        self._account(drop, Fate.APPLIED)
        for one in sets:
            self._account(one, Fate.WITHOUT_EFFECT, f"The decision in line {drop.line}{_of(drop)} drops the incident.")
        self.dropped.update(dict.fromkeys(keys_of(incident), f"dropped by {drop.who}: {drop.why}"))

    def _account_values(self, decisions: Iterable[Decision], found: Set) -> None:
        for one in decisions:
            if one in found.impossible:
                error = found.impossible[one]
                self.accounts.append(account_of(error, one.kind.value, one.who, one.kept, one.line))
            elif one in found.needless:
                self._account(one, Fate.WITHOUT_EFFECT, "The incident has this value already.")
            else:
                self._account(one, Fate.APPLIED)

    def _account(self, one: Decision, fate: Fate, message: str | None = None) -> None:
        self.accounts.append(Account(one.kind.value, one.who, one.kept, one.line, None, fate, message))


def _known(new: Pointer, old: Pointer) -> Pointer:
    return new if new.tellings else evolve(new, tellings=old.tellings)


def _of(decision: Decision) -> str:
    """Which file's line it is, where that is not the one that was given."""
    return " of the previous release's" if decision.kept else ""
