"""The weights and lists of `linking.toml`, typed."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.resources import files

from attrs import evolve, field, frozen


@frozen
class Unit:
    """Columns that are taken together from one telling."""

    columns: tuple[str, ...]
    fullest: bool = False
    dates: bool = False
    """Whether it is the date: not taken from a telling whose day was found to be that of its article's news."""
    beside: tuple[str, ...] = ()
    """Columns that are taken with the others, but of which a value does not make a telling fuller."""
    agree: tuple[str, ...] = ()
    """Columns in which a telling must say what the incident says already."""
    blank_agrees: bool = True
    else_unknown: bool = False
    most: str | None = None
    """A column of names: what most of the articles call it outweighs all else."""
    blank: tuple[None, ...] = field(init=False)
    """The values of a telling that says nothing of it."""

    @blank.default
    def _blank(self) -> tuple[None, ...]:
        return (None,) * len(self.columns)

    def within(self, columns: Collection[str]) -> Unit:
        """The unit without the columns that are not among these, because no telling says anything there."""
        told = tuple(column for column in self.columns if column in columns)
        return evolve(self, columns=told, agree=tuple(column for column in self.agree if column in columns))


Pairs = frozenset[tuple[int, int]]


@frozen
class Settings:
    """What `linking.toml` says. See there for what each value means."""

    threshold: Mapping[str, float]
    weights: Mapping[str, float]
    figures: Mapping[str, float]
    margin: float
    supporting: frozenset[str]
    sure: frozenset[str]
    needs: Mapping[str, frozenset[str]]
    place: frozenset[str]
    elsewhere: frozenset[str]
    crowded: int
    nearby_km: float
    alike: float
    suffixes: frozenset[str]
    letters: tuple[tuple[str, str], ...]
    unknown_attacks: frozenset[int]
    compatible_attacks: Pairs
    unknown_targets: frozenset[int]
    confusable_targets: Pairs
    common_words: frozenset[str]
    unknown_weapons: frozenset[int]
    families: tuple[tuple[str, ...], ...]
    claimed_figures: frozenset[str]
    scene_variables: frozenset[str]
    common_months: int
    kinds: tuple[tuple[str, ...], ...]
    months: frozenset[str]
    no_names: frozenset[str]
    fresh_days: int
    recollections: tuple[str, ...]
    ranges: Mapping[str, tuple[str, ...]]
    number_words: Mapping[str, int]
    units: tuple[Unit, ...]
    any_of: Mapping[str, tuple[str, ...]]
    reported: Mapping[str, str]
    parts: Mapping[str, str]
    details: Mapping[str, tuple[str, ...]]
    uninformative: Mapping[str, int]


@cache
def settings() -> Settings:
    """The settings that come with the package."""
    data = tomllib.loads(files("gtdlike.linking").joinpath("linking.toml").read_text(encoding="utf-8"))
    return Settings(
        threshold=data["threshold"],
        weights=data["weights"],
        figures=data["figures"],
        margin=data["signals"]["margin"],
        supporting=frozenset(data["signals"]["supporting"]),
        sure=frozenset(data["signals"]["sure"]),
        needs={signal: frozenset(needed) for signal, needed in data["needs"].items()},
        place=frozenset(data["signals"]["place"]),
        elsewhere=frozenset(data["signals"]["elsewhere"]),
        crowded=data["blocks"]["crowded"],
        nearby_km=data["places"]["nearby_km"],
        alike=data["places"]["alike"],
        suffixes=frozenset(data["places"]["suffixes"]),
        letters=tuple((written, plain) for written, plain in data["places"]["letters"]),
        unknown_attacks=frozenset({data["attacks"]["unknown"]}),
        compatible_attacks=_both_ways(data["attacks"]["compatible"]),
        unknown_targets=frozenset(data["targets"]["unknown"]),
        confusable_targets=_both_ways(data["targets"]["confusable"]),
        common_words=frozenset(data["targets"]["common"]),
        unknown_weapons=frozenset({data["weapons"]["unknown"]}),
        families=tuple(tuple(family) for family in data["groups"]["families"]),
        claimed_figures=frozenset(data["groups"]["claimed_figures"]),
        scene_variables=frozenset(data["scene"]["variables"]),
        common_months=data["scene"]["common_months"],
        kinds=tuple(tuple(alike) for alike in data["scene"]["kinds"]),
        months=frozenset(data["scene"]["months"]),
        no_names=frozenset(data["scene"]["no_names"]),
        fresh_days=data["dates"]["fresh_days"],
        recollections=tuple(data["dates"]["recollections"]),
        ranges={kind: tuple(data["ranges"][kind]) for kind in ("at_least", "at_most", "about")},
        number_words=data["ranges"]["number_words"],
        units=tuple(_unit(**unit) for unit in data["unit"]),
        any_of={whole: tuple(parts) for whole, parts in data["any_of"].items()},
        reported=data["reported"],
        parts=data["parts"],
        details={question: tuple(columns) for question, columns in data["details"].items()},
        uninformative=data["uninformative"],
    )


def _unit(
    columns: Iterable[str],
    agree: Iterable[str] = (),
    *,
    fullest: bool = False,
    dates: bool = False,
    beside: Iterable[str] = (),
    blank_agrees: bool = True,
    else_unknown: bool = False,
    most: str | None = None,
) -> Unit:
    return Unit(tuple(columns), fullest, dates, tuple(beside), tuple(agree), blank_agrees, else_unknown, most)


def _both_ways(pairs: Iterable[tuple[int, int]]) -> Pairs:
    return frozenset(pair for a, b in pairs for pair in ((a, b), (b, a)))
